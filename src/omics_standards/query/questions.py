"""Questions with names: SPARQL in a file, with its title, its meaning and its parameters in comments at the top.

A question is one ``.rq`` file, a query that any SPARQL engine reads as it is. Lines that begin with ``#+`` hold, as YAML, ``title``,
``description`` and ``parameters``. A line ``#? name: text`` becomes its text where the parameter is given: ``$values`` there stands for
the values as SPARQL writes them, ``$list`` for the same with commas between them. Values are never pasted as text: ids become IRIs that
were checked, everything else becomes literals that are escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..emit.encode import escape
from ..errors import UsageError
from ..models.prefixes import expand, is_iri
from ..models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..profiles import Profile
    from ..profiles.schema import Table
    from .asking import Known

__all__ = ["KINDS", "Parameter", "Question", "load_questions", "question"]

KINDS: Final = ("terms", "text", "flag", "number", "slot", "record", "archive")
"""What a parameter's value is: terms of an ontology, texts, yes or no, a number, slots of the model, ids of records, an archive's sheet."""

_FOLDER: Final = Path(__file__).resolve().parent / "questions"
_MARK: Final = re.compile(r"^(\s*)#\?\s*(\w+):\s*(.*)$", re.MULTILINE)
_FLAGS: Final = {"yes": "true", "true": "true", "1": "true", "no": "false", "false": "false", "0": "false"}
_BETWEEN: Final = "|"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes
    ----------
    kind
        One of :data:`KINDS`.
    slot
        Of terms, and of texts from a list: the slot that they fill.
    cls
        Of slots: the class that must have them.
    default
        Value where none is given; '' leaves the line out.
    """

    name: str
    kind: str
    description: str
    slot: str = ""
    cls: str = ""
    default: str = ""
    required: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A named question."""

    name: str
    title: str
    description: str
    text: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def query(self, given: Mapping[str, str], known: Known) -> str:
        """Return the query with values in place of its parameters.

        Parameters
        ----------
        given
            Value by parameter; several values are separated by ``|``.
        known
            What the dataset and the ontologies know of terms and records.

        Raises
        ------
        UsageError
            A parameter does not exist, is required and absent, or its value is of another kind.
        """
        for name in given:
            if name not in self.parameters:
                raise UsageError(f"{self.name} has no parameter {name!r}{_instead(name, self.parameters)}")
        values: dict[str, list[str]] = {}
        for parameter in self.parameters.values():
            raw = given.get(parameter.name, parameter.default)
            if raw.strip():
                values[parameter.name] = _values(parameter, raw, known)
            elif parameter.required:
                example = f", such as --set {parameter.name}={parameter.example!r}" if parameter.example else ""
                raise UsageError(f"{self.name} needs {parameter.name}: {parameter.description}{example}")

        def fill(mark: re.Match[str]) -> str:
            if mark[2] not in values:
                return mark[0]
            found = values[mark[2]]
            return mark[1] + mark[3].replace("$values", " ".join(found)).replace("$list", ", ".join(found))

        return _MARK.sub(fill, self.text)


def _instead(word: str, known: Mapping[str, object] | Sequence[str]) -> str:
    near = get_close_matches(word, list(known), 3, 0.5)
    return f"; do you mean {' or '.join(near)}?" if near else f"; there are: {', '.join(known) or 'none'}"


def _values(parameter: Parameter, raw: str, known: Known) -> list[str]:
    """Turn what was given into SPARQL: every piece an IRI, a literal or a row of such."""
    pieces = [piece for part in raw.split(_BETWEEN) if (piece := part.strip())]
    match parameter.kind:
        case "terms":
            return [f"<{iri}>" for piece in pieces for iri in known.terms(parameter.slot, piece)]
        case "record":
            return [f"<{iri}>" for piece in pieces for iri in known.records(piece)]
        case "slot":
            return [_slot_row(piece, parameter.cls) for piece in pieces]
        case "archive":
            return _required_by(pieces)
        case "flag":
            if raw.strip().lower() not in _FLAGS:
                raise UsageError(f"{parameter.name}: yes or no is expected, not {raw!r}")
            return [_FLAGS[raw.strip().lower()]]
        case "number":
            return [_number(parameter.name, raw)]
    if parameter.slot and MODEL.slots[parameter.slot].kind == "enum":
        words = {word.casefold(): word for word in MODEL.enums[MODEL.slots[parameter.slot].range]}
        for piece in pieces:
            if piece.casefold() not in words:
                raise UsageError(f"{parameter.name}: there is no {piece!r}{_instead(piece, list(words.values()))}")
    # Queries compare in lower case.
    return [f'"{escape(piece.lower())}"' for piece in pieces]


def _number(name: str, raw: str) -> str:
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        raise UsageError(f"{name}: a number is expected, not {raw!r}") from None
    if not number.is_finite():
        raise UsageError(f"{name}: a number is expected, not {raw!r}")
    return f"{number:f}"


def _iri(curie: str) -> str:
    iri = expand(curie) or curie
    assert is_iri(iri), iri
    return f"<{iri}>"


def _slot_row(name: str, cls: str) -> str:
    slots = MODEL.classes[cls].slots if cls else tuple(MODEL.slots)
    slug = name.lower().replace(" ", "_").replace("-", "_")
    if slug not in slots:
        raise UsageError(f"{cls or 'the model'} has no slot {name!r}{_instead(slug, slots if cls else [])}; docs/model.md lists them")
    return f'("{slug}" {_iri(MODEL.slots[slug].uri)})'


def _required_by(names: Sequence[str]) -> list[str]:
    """Rows of class, slot, predicate, column and sheet that archives require."""
    from ..profiles import load_profiles
    from ..profiles.requirements import profiles_with_rules

    profiles = [(p, {p.id, p.family, *p.write.targets, *([p.archive.casefold()] if p.archive else [])}) for p in load_profiles()]
    ruled = set(profiles_with_rules())
    asking = {p.id: p.id in ruled or any(c.required for t in p.tables for c in t.columns.values()) for p, _ in profiles}
    rows: dict[str, None] = {}
    for name in names:
        found = [p for p, words in profiles if name.casefold() in words and asking[p.id]]
        if not found:
            raise UsageError(f"no profile {name!r} says what it requires{_instead(name, [i for i, asks in asking.items() if asks])}")
        # Who asks what an archive requires fills in its sheets; its documents ask for the same under other names.
        sheets = [p for p in found if p.layout != "tree" or p.id == name.casefold()]
        rows |= dict.fromkeys(row for profile in sheets or found for row in _required_rows(profile))
    return list(rows)


def _required_rows(profile: Profile) -> list[str]:
    """Rows of one profile; of a slot that all its sheets with such records require, one row without a sheet."""
    sheets: dict[str, set[str]] = {}
    asked: dict[tuple[str, str], dict[str, str]] = {}
    for table in profile.tables:
        for role in table.records.values():
            if not role.stub:
                sheets.setdefault(role.cls, set()).add(table.title or table.id)
        for key, column in table.columns.items():
            for target in column.to[:1] if column.required else ():
                place = (table.record_of(target).cls, target.partition(".")[2])
                # The first spelling of a header is the one that the archive writes today.
                asked.setdefault(place, {})[table.title or table.id] = key.split("|")[0]
        for place, header in _ruled(profile, table):
            asked.setdefault(place, {})[table.title or table.id] = header
    rows = []
    for (cls, slot), columns in asked.items():
        everywhere = sheets.get(cls, set()) <= set(columns)
        for sheet, header in list(columns.items())[: 1 if everywhere else None]:
            end = f'"{slot}" {_iri(MODEL.slots[slot].uri)} "{escape(header)}" "{"" if everywhere else escape(sheet)}"'
            kinds = [c for c, known in MODEL.classes.items() if not known.abstract and MODEL.is_a(c, cls) and slot in known.slots]
            rows += [f"({_iri(MODEL.classes[kind].uri)} {end})" for kind in kinds]
    return rows


def _ruled(profile: Profile, table: Table) -> Iterator[tuple[tuple[str, str], str]]:
    """Class and slot, and header, of what the archive's own facts say is required of every sample type, package or checklist."""
    from ..mapping.headers import match_headers
    from ..profiles.requirements import kinds, profiles_with_rules, requirements

    if profile.id not in profiles_with_rules() or not table.records:
        return
    asked = [requirements(profile.id, table.id, kind) for kind in [k.name for k in kinds(profile.id, table.id)] or [""]]
    wanted = [{rule.header for rule in rules if rule.required and not rule.group} for rules in asked]
    for rule in asked[0]:
        spec = match_headers(table, [rule.header])[0].spec if all(rule.header in headers for headers in wanted) else None
        for target in spec.to[:1] if spec is not None else ():
            yield (table.record_of(target).cls, target.partition(".")[2]), rule.header


def _read(path: Path) -> Question:
    import yaml

    lines = path.read_text(encoding="utf-8").splitlines()
    head = "\n".join(line[2:].removeprefix(" ") for line in lines if line.startswith("#+"))
    try:
        said: dict[str, Any] = yaml.safe_load(head) or {}
        parameters = {name: _parameter(name, entry) for name, entry in (said.get("parameters") or {}).items()}
        made = Question(
            path.stem,
            str(said["title"]),
            str(said["description"]).strip(),
            "\n".join(li for li in lines if li[:2] != "#+") + "\n",
            parameters,
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as e:
        raise UsageError(f"{path}: its first lines must be '#+ title: ...', '#+ description: ...' and, if any, parameters ({e!r})") from e
    marks = {mark[2] for mark in _MARK.finditer(made.text)}
    if marks ^ set(parameters):
        raise UsageError(f"{path}: parameters {sorted(marks ^ set(parameters))} are declared or used ('#? name: ...'), but not both")
    return made


def _parameter(name: str, entry: Mapping[str, Any]) -> Parameter:
    known = dict(entry)
    slot = str(known.pop("slot", ""))
    made = Parameter(name, str(known.pop("kind", "terms" if slot else "text")), slot=slot, cls=str(known.pop("class", "")), **known)
    if made.kind not in KINDS:
        raise KeyError(f"kind {made.kind!r} of {name}")
    if slot and slot not in MODEL.slots:
        raise KeyError(f"slot {slot!r} of {name}")
    return made


@lru_cache(maxsize=8)
def load_questions(folder: str | None = None) -> Mapping[str, Question]:
    """Return the questions of the package, and those of a folder (``*.rq``), by name; the folder's win.

    Raises
    ------
    UsageError
        A file does not say what it asks.

    Examples
    --------
    >>> load_questions()["publications"].title
    'Publications'
    """
    places = [_FOLDER, *([Path(folder)] if folder else [])]
    if folder and not Path(folder).is_dir():
        raise UsageError(f"{folder}: there is no such folder of questions")
    return {path.stem: _read(path) for place in places for path in sorted(place.glob("*.rq"))}


def question(name: str, folder: str | None = None) -> Question:
    """Return a question by name.

    Raises
    ------
    UsageError
        There is none; near names are said.

    Examples
    --------
    >>> question("local-terms").title
    'Terms that no ontology knows'
    >>> question("local-trems")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no question 'local-trems'; do you mean local-terms?
    """
    known = load_questions(folder)
    if name not in known:
        raise UsageError(f"no question {name!r}{_instead(name, known)}")
    return known[name]
