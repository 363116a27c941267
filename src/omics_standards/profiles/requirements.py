"""What an archive asks of a sheet: its columns in order, which are required, and what each may hold.

Facts of archives stand in ``archives/`` as tables, since they are many (an archive has two hundred kinds of sample) and only
templates, writers and preflight need them: nothing is read before it is asked for, and a conversion never asks.

``<profile>.fields.tsv`` has a line per field: ``name`` (``name#2`` for a field that means something else in other kinds),
``header`` where the archive spells it otherwise (``!`` before it: never with a star), ``values`` (separated by ``|``; ``@list`` is
one of ``vocabularies.tsv``; a leading ``~`` says that other values pass; a trailing ``:`` that the value goes on behind a colon),
``pattern``, ``notation``, ``units``, ``missing`` (words for absence; ``-`` for none, blank for those of the archive), ``max``
(characters), ``example``.
``<profile>.kinds.tsv`` has a line per table and kind of sample: the ``fields`` in order, ``*`` before the required ones, ``+``
before the recommended ones, ``{group}`` before those of which one is required; ``extends`` names kinds whose fields come first
(those that begin with ``~`` are no kinds of the archive but what several have in common).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from ..errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = [
    "FieldRule",
    "Kind",
    "archives_folder",
    "archives_settings",
    "default_kind",
    "field_rule",
    "find_kind",
    "kinds",
    "profiles_with_rules",
    "requirements",
]

Requirement = Literal["required", "group", "recommended", "optional"]

_FOLDER: Final = Path(__file__).parent / "archives"
_MARKED: Final = re.compile(r"(?P<star>[*+])?(?:\{(?P<group>[^}]*)\})?(?P<name>.+)")
_VERSION: Final = re.compile(r"[. ]\d+(\.\d+)*$")
_REQUIREMENTS: Final[dict[str, Requirement]] = {"*": "required", "+": "recommended"}
_RANKS: Final = {"required": 0, "group": 1, "recommended": 2, "optional": 3}

_TIME: Final = r"(T\d{2}(:\d{2}(:\d{2})?)?(Z|[+-]\d{2}:?\d{2})?)?"
_ISO: Final = rf"\d{{4}}(-\d{{2}}(-\d{{2}}{_TIME})?)?"
_NAMED: Final = r"(\d{2}-)?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{4}"
_UTC: Final = r"\d{4}(-\d{2}(-\d{2}(T([01]\d|2[0-3])(:[0-5]\d){0,2}Z)?)?)?"
# Patterns that several fields share, by their name in the tables: dates, which have to be days of the calendar besides.
_PATTERNS: Final = {
    "{isodate}": rf"{_ISO}(/{_ISO})?",
    "{date}": rf"({_ISO}|{_NAMED})(/({_ISO}|{_NAMED}))?",
    "{utcdate}": rf"{_UTC}(/{_UTC})?",
}
_DAY: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
# Countries that INSDC calls otherwise than before (https://www.insdc.org/submitting-standards/country-list/).
_RENAMED: Final = {"turkey": "Turkiye", "czechrepublic": "Czechia"}


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What an archive says of one column.

    Attributes
    ----------
    name
        The archive's name of the field, without marks.
    header
        The header as the archive's sheet spells it, with its star.
    requirement
        ``required``, ``group`` (at least one field of :attr:`group` must be filled), ``recommended`` or ``optional``.
    group
        Name of that group; '' elsewhere.
    values
        What the archive accepts, in its own spelling; () where any text is.
    open
        True where other values than these pass as well.
    upto
        The values concern the text before the first such sign (``:`` in ``China: Beijing``); '' for the whole text.
    pattern
        Regular expression that the whole text matches; '' for any.
    notation
        How the archive writes the form of the value; '' where it says nothing.
    units
        Units that the archive knows for the field, as it writes them.
    missing
        Words for an absent value that the archive accepts here.
    longest
        Number of characters at most; None for any.
    example
        A value that the archive accepts; '' where none is known.
    dated
        The pattern is one of dates, which have to be days of the calendar besides.
    """

    name: str
    header: str
    requirement: Requirement = "optional"
    group: str = ""
    values: tuple[str, ...] = ()
    open: bool = False
    upto: str = ""
    pattern: str = ""
    notation: str = ""
    units: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    longest: int | None = None
    example: str = ""
    dated: bool = False

    @property
    def required(self) -> bool:
        """The archive refuses a record without it."""
        return self.requirement == "required"

    @property
    def form(self) -> str:
        """The form of a value in words, where the archive says it or its pattern is a plain one; else the pattern; '' for any text.

        Examples
        --------
        >>> rules = {r.name: r for r in requirements("ena", "samples", "ERC000021")}
        >>> rules["depth"].form, rules["tax_id"].form, rules["project name"].form
        ('a number', 'a whole number', '')
        """
        return self.notation or (_in_words(self.pattern) if self.pattern else "")

    def listed(self, text: str) -> str:
        """The part of a text that the archive's values are about."""
        return text.partition(self.upto)[0].strip() if self.upto else text

    def spelled(self, text: str) -> str | None:
        """The archive's own spelling of a text that differs from it by case and signs only; None where it lists no such value.

        Examples
        --------
        >>> strategy = next(r for r in requirements("ena", "experiments") if r.name == "library_strategy")
        >>> strategy.spelled("rna seq"), strategy.spelled("RNA-Seq"), strategy.spelled("sequencing")
        ('RNA-Seq', 'RNA-Seq', None)
        """
        told = self.listed(text)
        if told in self.values:
            return text
        forms, plain = _spellings(self.values), _plain(told)
        known = forms.get(plain) or (forms.get(_plain(_RENAMED[plain])) if plain in _RENAMED else None)
        return text.replace(told, known, 1) if known is not None and told else None

    def takes(self, text: str) -> bool:
        """Tell whether a text has the form of the field, whatever values are listed.

        Examples
        --------
        >>> date = next(r for r in requirements("ddbj", "samples", "Human") if r.name == "collection_date")
        >>> date.takes("2020-02-29"), date.takes("2021-02-29"), date.takes("29 Feb 2020")
        (True, False, False)
        """
        if self.pattern and re.fullmatch(self.pattern, text) is None:
            return False
        return not self.dated or all(_is_day(*found) for found in _DAY.findall(text))

    def nearest(self, text: str) -> str | None:
        """The listed value that a text is most like; None where it is like none.

        Examples
        --------
        >>> strategy = next(r for r in requirements("ena", "experiments") if r.name == "library_strategy")
        >>> strategy.nearest("RNA-Sequencing"), strategy.nearest("photography")
        ('RNA-Seq', None)
        """
        forms = _spellings(self.values)
        near = get_close_matches(_plain(self.listed(text)), forms, 1, 0.6)
        return forms[near[0]] if near else None


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return False
    return True


class Kind(NamedTuple):
    """A kind of sample (sample type, package, checklist, template) that has columns of its own, and the table it belongs to."""

    name: str
    title: str
    table: str


class _Line(NamedTuple):
    kind: Kind
    extends: tuple[str, ...]
    fields: tuple[str, ...]


class _Facts(NamedTuple):
    settings: dict[str, Any]
    fields: dict[str, dict[str, str]]
    order: dict[str, int]
    lines: dict[tuple[str, str], _Line]


def _rows(file: str) -> Iterator[dict[str, str]]:
    lines = (_FOLDER / file).read_text(encoding="utf-8").split("\n")
    header = lines[0].split("\t")
    for line in lines[1:]:
        if line:
            cells = line.split("\t")
            yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


@lru_cache(maxsize=1)
def _settings() -> dict[str, dict[str, Any]]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((_FOLDER / "archives.yaml").read_text(encoding="utf-8"), Loader=loader))  # a safe loader


@lru_cache(maxsize=1)
def _vocabularies() -> dict[str, tuple[str, ...]]:
    return {row["vocabulary"]: tuple(row["values"].split("|")) for row in _rows("vocabularies.tsv")}


@lru_cache(maxsize=16)
def _facts(profile: str) -> _Facts | None:
    settings = _settings().get(profile)
    told = settings.get("facts", profile) if settings is not None else ""
    if settings is None or not (_FOLDER / f"{told}.fields.tsv").is_file():
        return None
    fields = {row["name"]: row for row in _rows(f"{told}.fields.tsv")}
    lines = {}
    for row in _rows(f"{told}.kinds.tsv"):
        kind = Kind(row["kind"], row["title"], row["table"])
        lines[kind.table, kind.name] = _Line(kind, _listed(row["extends"]), _listed(row["fields"]))
    return _Facts(settings, fields, {name: i for i, name in enumerate(fields)}, lines)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def archives_settings(profile: str) -> dict[str, Any]:
    """What ``archives.yaml`` says of a profile; empty where it says nothing."""
    return _settings().get(profile, {})


def archives_folder() -> Path:
    """Folder of the facts that the package ships."""
    return _FOLDER


def profiles_with_rules() -> list[str]:
    """Ids of the profiles whose archive's requirements are known, sorted.

    Examples
    --------
    >>> "ena" in profiles_with_rules()
    True
    >>> "mwtab" in profiles_with_rules()
    False
    """
    return sorted(profile for profile in _settings() if _facts(profile) is not None)


def kinds(profile: str, table: str | None = None) -> list[Kind]:
    """List the kinds of sample that an archive has sheets of their own for.

    Parameters
    ----------
    profile
        Id of a profile.
    table
        Id of one of its tables; None for all.

    Returns
    -------
    list of Kind
        In the archive's order; empty where nothing is known or the table is the same for all.

    Examples
    --------
    >>> [k.name for k in kinds("ngdc-gsa", "human-sample")]
    ['general', 'pathogen', 'metagenome']
    >>> kinds("ngdc-gsa", "run")
    []
    """
    facts = _facts(profile)
    found = [line.kind for line in facts.lines.values()] if facts else []
    return [k for k in found if k.name and not k.name.startswith("~") and table in (None, k.table)]


def default_kind(profile: str, table: str) -> str:
    """The kind that is meant where none is named; '' for a table that is the same for all."""
    facts = _facts(profile)
    return str(facts.settings.get("default", {}).get(table, "")) if facts else ""


def find_kind(profile: str, table: str, name: str) -> str:
    """Find a kind by what a person calls it: its name in any case, without its version, or its title.

    Parameters
    ----------
    profile, table
        As for :func:`requirements`.
    name
        What was asked for; '' for the default.

    Returns
    -------
    str
        The archive's name.

    Raises
    ------
    UsageError
        There is none, or several; the message lists the nearest.

    Examples
    --------
    >>> find_kind("ncbi-biosample", "samples", "human")
    'Human.1.0'
    >>> find_kind("ena", "samples", "no such thing")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: ena has no kind 'no such thing'; list them with: omics-standards template --list ena
    """
    known = kinds(profile, table)
    if not name or not known:
        return default_kind(profile, table) if known else ""
    wanted = _plain(name)
    bare = _plain(_VERSION.sub("", name))
    for form in (lambda k: k.name.casefold(), lambda k: _plain(_VERSION.sub("", k.name)), lambda k: _plain(k.title)):
        hits = [k.name for k in known if form(k) in (name.casefold(), wanted, bare)]
        if len(hits) == 1:
            return hits[0]
    part = [k.name for k in known if wanted in _plain(f"{k.name} {k.title}")]
    if len(part) == 1:
        return part[0]
    near = part[:8] or get_close_matches(name, [k.name for k in known], 5, 0.5)
    advice = f"did you mean {', '.join(near)}? " if near else ""
    raise UsageError(f"{profile} has no kind {name!r}; {advice}list them with: omics-standards template --list {profile}")


@lru_cache(maxsize=256)
def _in_words(pattern: str) -> str:
    """Say what a pattern takes, from what it takes of a few texts."""
    if re.fullmatch(pattern, "0123456789abcdef" * 2) and not re.fullmatch(pattern, "0123"):
        return "32 hexadecimal digits"
    takes = [re.fullmatch(pattern, text) is not None for text in ("12", "1.5", "2020-05-06", "abc")]
    plain = {(True, False): "a whole number", (True, True): "a number"}.get((takes[0], takes[1]))
    if plain is not None and not takes[2] and not takes[3]:
        return plain
    return "YYYY-MM-DD, or a part of it" if takes[2] and not takes[3] else pattern


@lru_cache(maxsize=128)
def _spellings(values: tuple[str, ...]) -> dict[str, str]:
    """Values by what is left of them without case and signs; of two that are alike then, the first."""
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(_plain(value), value)
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def headers_of(profile: str, table: str, kinds: Collection[str] = ()) -> dict[str, int]:
    """Name the columns that an archive has for a table, whatever the kind.

    Parameters
    ----------
    profile, table
        Id of a profile and of one of its tables.
    kinds
        Templates or packages that a dataset declares; others than the archive has are passed over.

    Returns
    -------
    dict of str to int
        Headers, in small letters: 0 where one of those kinds has the column, 1 where another has. Empty where nothing is known.

    Examples
    --------
    >>> found = headers_of("sdrf-proteomics", "rows", ["human"])
    >>> found["characteristics[age]"], found["comment[ms min mz]"], "comment[minimum mz]" in found
    (0, 1, False)
    >>> headers_of("mwtab", "study")
    {}
    """
    facts = _facts(profile)
    if facts is None:
        return {}
    found: dict[str, int] = {}
    for line in facts.lines.values():
        if line.kind.table == table:
            for name in _marked(facts, table, line.kind.name):
                header = (facts.fields[name]["header"] or name.partition("#")[0]).lstrip("!*").casefold()
                found[header] = min(found.get(header, 1), 0 if line.kind.name in kinds else 1)
    return found


def requirements(profile: str, table: str, kind: str = "") -> list[FieldRule]:
    """List what an archive asks of a table.

    Parameters
    ----------
    profile
        Id of a profile (``ngdc-gsa``).
    table
        Id of one of its tables (``sample``).
    kind
        A sample type, package, checklist or template, as :func:`kinds` names it or a person calls it; '' for the default one.
        A table without kinds ignores it.

    Returns
    -------
    list of FieldRule
        In the order of the archive's columns; empty where nothing is known of the table.

    Raises
    ------
    UsageError
        The table has kinds, and this is none of them.

    References
    ----------
    ``archives/archives.yaml`` names the source of each archive's facts.

    Examples
    --------
    >>> date = next(r for r in requirements("ena", "samples", "ERC000011") if r.name == "collection date")
    >>> date.required, "not collected" in date.missing, "missing" in date.missing
    (True, True, False)
    >>> requirements("mwtab", "study")
    []
    """
    facts = _facts(profile)
    if facts is None or not any(line.kind.table == table for line in facts.lines.values()):
        return []
    return list(_rules(profile, table, find_kind(profile, table, kind)))


@lru_cache(maxsize=4096)
def field_rule(profile: str, name: str) -> FieldRule | None:
    """What an archive asks of a field, whichever kinds have it; None where it knows no such field.

    Parameters
    ----------
    profile
        As for :func:`requirements`.
    name
        The archive's name of the field.

    Examples
    --------
    >>> place = field_rule("ddbj", "lat_lon")
    >>> place.requirement, place.takes("41.1 N 24.3 E"), place.takes("141.1 N 24.3 E")
    ('optional', True, False)
    >>> field_rule("ddbj", "mood") is None
    True
    """
    facts = _facts(profile)
    return _rule(facts, name, "optional", "") if facts is not None and name in facts.fields else None


@lru_cache(maxsize=512)
def _rules(profile: str, table: str, kind: str) -> tuple[FieldRule, ...]:
    facts = _facts(profile)
    assert facts is not None
    marks = _marked(facts, table, kind)
    order = facts.settings.get("order")
    if order:
        head = facts.settings.get("head", 0)
        ranked = order == "required"

        def place(name: str) -> tuple[bool, int, int]:
            index = facts.order[name]
            behind = index >= head
            return (behind, _RANKS[marks[name][0]] if ranked and behind else 0, index)

        marks = {name: marks[name] for name in sorted(marks, key=place)}
    return tuple(_rule(facts, name, *mark) for name, mark in marks.items())


def _marked(facts: _Facts, table: str, kind: str) -> dict[str, tuple[Requirement, str]]:
    """Fields of a kind with how they are required; a kind's own mark of a field wins over that of those it extends."""
    line = facts.lines[table, kind]
    found: dict[str, tuple[Requirement, str]] = {}
    for base in line.extends:
        found |= _marked(facts, table, base)
    for text in line.fields:
        match = _MARKED.fullmatch(text)
        assert match is not None, text
        group = match["group"] or ""
        found[match["name"]] = ("group", group) if group else (_REQUIREMENTS.get(match["star"] or "", "optional"), "")
    return found


def _rule(facts: _Facts, name: str, requirement: Requirement, group: str) -> FieldRule:
    row = facts.fields[name]
    plain = name.partition("#")[0]
    header = row["header"] or plain
    mark = "" if header[0] in "!*" else facts.settings.get({"required": "star", "group": "group"}.get(requirement, ""), "")
    values, is_open, upto = _values(row["values"])
    return FieldRule(
        name=plain,
        header=f"{mark}{header.removeprefix('!')}",
        requirement=requirement,
        group=group,
        values=values,
        open=is_open,
        upto=upto,
        pattern=_PATTERNS.get(row["pattern"], row["pattern"]),
        notation=row["notation"],
        units=_listed(row["units"]),
        missing=_missing(row["missing"], facts.settings),
        longest=int(row["max"]) if row["max"] else None,
        example=row["example"],
        dated=row["pattern"] in _PATTERNS,
    )


def _values(text: str) -> tuple[tuple[str, ...], bool, str]:
    is_open = text.startswith("~")
    text = text.removeprefix("~")
    if not text.startswith("@"):
        return _listed(text), is_open, ""
    upto = ":" if text.endswith(":") else ""
    return _vocabularies()[text.strip("@:")], is_open, upto


def _missing(text: str, settings: dict[str, Any]) -> tuple[str, ...]:
    if text == "-":
        return ()
    if text.startswith("@"):
        return _vocabularies()[text[1:]]
    return _listed(text) if text else _vocabularies().get(settings.get("missing", ""), ())
