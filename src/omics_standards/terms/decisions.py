"""Curated decisions: what people settled about texts, in layers; later layers win.

A :class:`Decision` says what a text means in a slot: that it *is* a term, that it is *not* a certain term (a synonym that
misleads), or that it is a term of *none* of the ontologies and stays text. Decisions live in SSSOM files, which
:mod:`.sssom` reads and writes; :mod:`.replay` puts them before everything that looks terms up. Nothing here needs a library,
and nothing here looks a term up.

The layers, each of which overrules those before it:

1. the project's, shipped with the package (``ontologies/decisions.sssom.tsv`` of the source code);
2. the user's: ``$OMICS_STANDARDS_DECISIONS``, else ``decisions.sssom.tsv`` in the user's configuration folder;
3. the run's: ``--decisions FILE``, in the order given.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ..errors import DecisionError
from .keys import exact_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "ENVIRONMENT_VARIABLE",
    "PREDICATES",
    "Decision",
    "DecisionFile",
    "Decisions",
    "check_consistent",
    "load_decisions",
    "project_path",
    "user_path",
]

ENVIRONMENT_VARIABLE: Final = "OMICS_STANDARDS_DECISIONS"
"""Names the user's decisions file; an empty value stands for no file."""

_NAME: Final = "decisions.sssom.tsv"

PREDICATES: Final[dict[str, str]] = {
    "skos:exactMatch": "exact",
    "owl:equivalentClass": "exact",
    "owl:sameAs": "exact",
    "skos:closeMatch": "close",
    "skos:broadMatch": "broad",
    "rdfs:subClassOf": "broad",
    "skos:narrowMatch": "narrow",
}
"""Predicates that say what a text means: the term is the same, nearly the same, broader or narrower.

Direction as in SSSOM's specification: after ``skos:broadMatch`` stands a broader concept.

References
----------
SSSOM, common mapping predicates: https://mapping-commons.github.io/sssom/spec-model/
"""

Kind = Literal["is", "not", "none"]


class Decision(NamedTuple):
    """What a person settled about a text.

    Attributes
    ----------
    text
        As it is written; compared in the form of :func:`omics_standards.terms.keys.exact_key`.
    slot
        The slot it was decided for; '' for every slot that takes the term's ontology.
    kind
        ``is``: the text is the term ``id``. ``not``: it is not. ``none``: no ontology has it, it stays text.
    id, label
        CURIE and label of the term; '' for ``none``.
    predicate
        A key of :data:`PREDICATES`.
    confidence
        From 0 to 1.
    by
        ORCIDs (``orcid:0000-…``) or names of those who decided.
    date
        ISO date; '' where the file has none.
    version
        Version of the ontology that the decision was made with.
    justification
        Term of the Semantic Mapping Vocabulary.
    comment
        Anything.
    file, line
        Where the decision stands; '' and 0 for one that was not read from a file.
    """

    text: str
    slot: str = ""
    kind: Kind = "is"
    id: str = ""
    label: str = ""
    predicate: str = "skos:exactMatch"
    confidence: float = 1.0
    by: tuple[str, ...] = ()
    date: str = ""
    version: str = ""
    justification: str = "semapv:ManualMappingCuration"
    comment: str = ""
    file: str = ""
    line: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """Slot and normal form of the text."""
        return self.slot, exact_key(self.text)

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.file}, line {self.line}" if self.line else self.file

    @property
    def match(self) -> str:
        """How the term relates to the text: exact, close, broad or narrow."""
        return PREDICATES.get(self.predicate, "exact")

    def outcome(self) -> tuple[str, ...]:
        """What is said of the text, without who said it and when."""
        return (self.kind, self.id, self.match if self.kind == "is" else "")

    def said(self) -> str:
        """The decision in words.

        Examples
        --------
        >>> Decision("liver", "tissue", "is", "UBERON:0002107", "liver").said()
        "'liver' is UBERON:0002107 (liver)"
        >>> Decision("lump", "tissue", "none").said()
        "'lump' is a term of no ontology"
        """
        if self.kind == "none":
            return f"{self.text!r} is a term of no ontology"
        label = f" ({self.label})" if self.label else ""
        relation = {"exact": "", "close": "nearly ", "broad": "narrower than ", "narrow": "broader than "}[self.match]
        return f"{self.text!r} is {'not ' if self.kind == 'not' else relation}{self.id}{label}"


class DecisionFile(NamedTuple):
    """The decisions of one file, in its order, with its name and the sha256 of its bytes."""

    name: str
    sha256: str
    decisions: tuple[Decision, ...]


def check_consistent(decisions: Iterable[Decision]) -> None:
    """Find out whether one file says two things of one text.

    Parameters
    ----------
    decisions
        Those of one file.

    Raises
    ------
    DecisionError
        Two of them contradict each other; the message names both lines.

    Examples
    --------
    >>> is_liver = Decision("hepar", "tissue", "is", "UBERON:0002107", "liver", file="a.sssom.tsv", line=7)
    >>> check_consistent([is_liver, is_liver._replace(line=9)])
    >>> check_consistent([is_liver, is_liver._replace(id="UBERON:0002048", label="lung", line=9)])
    Traceback (most recent call last):
    omics_standards.errors.DecisionError: a.sssom.tsv, lines 7 and 9 contradict each other: 'hepar' is UBERON:0002107 (liver), ...
    """
    positive: dict[tuple[str, str], Decision] = {}
    negative: dict[tuple[str, str, str], Decision] = {}
    for one in decisions:
        if one.kind == "not":
            other = positive.get(one.key)
            clash = other if other is not None and other.kind == "is" and other.id == one.id else None
            negative.setdefault((*one.key, one.id), one)
        else:
            other = positive.setdefault(one.key, one)
            clash = other if other.outcome() != one.outcome() else negative.get((*one.key, one.id))
        if clash is not None:
            slot = f" in {one.slot}" if one.slot else ""
            lines = f"lines {clash.line} and {one.line}" if one.line else "two decisions"
            raise DecisionError(f"{one.file}, {lines} contradict each other: {clash.said()}, and {one.said()}{slot}; take one of them away")


class Decisions:
    """All decisions that are in force, looked up by text and slot.

    Parameters
    ----------
    files
        In order of their layers: a later file overrules an earlier one. Of two that hold for a text, the one that was made for
        the slot is taken before the one that was made for any.

    Notes
    -----
    Plain data: pickled as it stands.

    Examples
    --------
    >>> known = Decisions([DecisionFile("a", "", (Decision("hepar", "", "is", "UBERON:0002107", "liver"),))])
    >>> known.find("Hepar", "tissue").id, known.find("hepatic", "tissue")
    ('UBERON:0002107', None)
    """

    __slots__ = ("_found", "_keys", "_refused", "files")

    def __init__(self, files: Iterable[DecisionFile] = ()) -> None:
        self.files: tuple[DecisionFile, ...] = tuple(f for f in files if f.decisions)
        self._found: dict[tuple[str, str], Decision] = {}
        self._refused: dict[tuple[str, str], dict[str, Decision]] = {}
        for file in self.files:
            for one in file.decisions:
                self._add(one)
        self._keys = frozenset(key for _, key in (*self._found, *self._refused))

    def _add(self, one: Decision) -> None:
        key = one.key
        if one.kind == "not":
            self._refused.setdefault(key, {})[one.id] = one
            known = self._found.get(key)
            if known is not None and known.id == one.id:
                del self._found[key]
            return
        self._found[key] = one
        if one.id in self._refused.get(key, ()):
            del self._refused[key][one.id]

    def __bool__(self) -> bool:
        return bool(self.files)

    def __len__(self) -> int:
        return len(self._found) + sum(map(len, self._refused.values()))

    def __iter__(self) -> Iterator[Decision]:
        """Yield what is in force, by slot and text."""
        rows = [*self._found.items(), *((key, one) for key, ones in self._refused.items() for one in ones.values())]
        yield from (one for _, one in sorted(rows, key=lambda row: (row[0], row[1].kind, row[1].id)))

    def mention(self, text: str) -> bool:
        """Tell whether anything was decided on a text, in any slot; the one question that is asked of every text."""
        return exact_key(text) in self._keys

    def find(self, text: str, slot: str) -> Decision | None:
        """Return what a text is decided to be in a slot (``is`` or ``none``); None where nothing is decided."""
        key = exact_key(text)
        found = self._found
        one = found.get((slot, key))
        if one is None and slot:
            one = found.get(("", key))
            if one is not None and one.id in self._refused.get((slot, key), ()):
                return None
        return one

    def refused(self, text: str, slot: str) -> dict[str, Decision]:
        """Return the terms that a text is decided not to be in a slot, by CURIE."""
        if not self._refused:
            return {}
        key = exact_key(text)
        terms = dict(self._refused.get(("", key), {}))
        if slot:
            terms |= self._refused.get((slot, key), {})
            chosen = self._found.get((slot, key))
            if chosen is not None:
                terms.pop(chosen.id, None)
        return terms

    def used(self) -> list[dict[str, str]]:
        """Return name and sha256 of the files that hold decisions, for a report."""
        return [{"file": file.name, "sha256": file.sha256} for file in self.files]


def project_path() -> Path:
    """Return the file of decisions that is shipped with the package."""
    return Path(__file__).with_name(_NAME)


def user_path() -> Path | None:
    """Return the place of the user's decisions; None where ``$OMICS_STANDARDS_DECISIONS`` is set to nothing."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named is not None:
        return Path(named).expanduser() if named else None
    from platformdirs import user_config_dir

    return Path(user_config_dir("omics-standards", appauthor=False)) / _NAME


def load_decisions(files: Sequence[str | os.PathLike[str]] = (), *, layers: bool = True) -> Decisions:
    """Read the decisions that are in force.

    Parameters
    ----------
    files
        The run's own files, in order.
    layers
        False leaves out the project's and the user's.

    Returns
    -------
    Decisions
        Empty where nothing is decided.

    Raises
    ------
    DecisionError
        A file that was named does not exist, is not SSSOM, or contradicts itself.
    """
    places = [project_path(), user_path()] if layers else []
    found = [_read(place) for place in places if place is not None and place.is_file()]
    return Decisions([*found, *(_read(Path(file)) for file in files)])


def _read(path: Path) -> DecisionFile:
    try:
        data = path.read_bytes()
    except OSError as e:
        raise DecisionError(f"{path} cannot be read as a file of decisions: {e.strerror}") from e
    if not _has_rows(data):
        return DecisionFile(path.name, sha256(data).hexdigest(), ())
    # The library that knows the format costs a tenth of a second: a run without decisions does without it.
    from .sssom import read_file

    return DecisionFile(path.name, sha256(data).hexdigest(), tuple(read_file(path).decisions()))


def _has_rows(data: bytes) -> bool:
    """Tell whether anything stands below the metadata and the header; a file that has neither is for the reader to refuse."""
    lines = [line for line in data.splitlines() if line.strip() and not line.startswith(b"#")]
    return len(lines) > 1 or (bool(lines) and b"predicate_id" not in lines[0]) or not data.strip()
