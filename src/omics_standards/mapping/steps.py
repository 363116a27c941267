"""Steps: how the text of a cell becomes a reading of a slot.

A step is chosen by the slot's kind in the model, or by name (``as:`` in a profile). Each takes the raw text (or the texts of
the cells that belong together) and gives a :class:`~omics_standards.records.Reading` in which everything has happened:
normalised, grounded, checked against the model. Steps are pure, so their readings can be remembered.

=============  ========================================================================================================
name           for
=============  ========================================================================================================
string         text, blanks tidied
integer …      ``integer``, ``decimal``, ``boolean``
date           EDTF; day or month first is decided by the whole column
quantity, age  numbers with UCUM units; companion ``unit``
enum           controlled vocabularies of the model, by normal form and known spellings
term           ontology terms; a name, an accession, or both (``NT=…;AC=…``)
place          country and region; companion ``region``
geopoint       coordinates in one cell; ``point`` with companion ``longitude``
pool           ``pooled``, ``not pooled``, or the names of what was pooled (``SN=…;SN=…``)
accession      accessions of archives (slots of kind uri, by default, where the profile names ``kinds``)
uri            web addresses
doi            digital object identifiers, without resolver
file           a file name, with its size where the cell says it
path           a file name with its folders
attribute      an attribute under the bracketed name of its header
measured       the same, where a unit stands behind its number in the cell
pairs          an attribute ``name: value`` or ``name=value``, as a cell of several such pairs holds them
reference      the name or accession of another record
version        name and version of a template or standard (``NT=human;VV=v1.1.0``)
=============  ========================================================================================================
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..findings import CODES, Issue
from ..models.slots import MODEL, check_value
from ..records import BLANK, Attribute, Missing, Plain, Reading, Rejected
from ..terms import terms_for
from ..terms.curies import parse_accession
from ..values.accessions import spelt_out
from ..values.lists import split_parallel
from ..values.missing import read_missing
from ..values.text import clean, looks_garbled
from .bulk import Clean, CleanAccessions, clean_of
from .parsers import PARSERS
from .species import ontologies_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..models.slots import SlotDef
    from ..profiles.schema import Column
    from ..records import Value
    from ..tables import Sheet
    from ..terms import Terms
    from ..values.parsed import Parsed

__all__ = ["Environment", "Step", "build_step"]


@dataclass(frozen=True)
class Environment:
    """What steps need beside the text.

    Attributes
    ----------
    file
        Name of the file.
    terms
        The ontology bundle, or the stand-in that calls everything unverifiable; with the decisions in force before it.
    today
        ISO date that sampling dates are compared with; None for no comparison.
    sheet
        For decisions that take the whole column; None in tests.
    quiet, keep
        Words for absence that this format reserves, and words that it uses as values.
    among
        True where the dataset is made of several files, so that each origin names its own.
    """

    file: str
    terms: Terms
    today: str | None = None
    sheet: Sheet | None = None
    quiet: frozenset[str] = field(default_factory=frozenset)
    keep: frozenset[str] = field(default_factory=frozenset)
    among: bool = False


@dataclass(frozen=True)
class Step:
    """One column's way of reading: the slot, the profile's word on the column, and where it stands.

    Attributes
    ----------
    parts
        What each cell of a tuple is: ``value`` first, then the companions that the sheet has.
    """

    slot: SlotDef
    spec: Column
    env: Environment
    header: str
    parts: tuple[str, ...]
    column: int
    counted: bool
    headers: tuple[str, ...] = ()
    notes: list[Issue] = field(default_factory=list, compare=False)

    def note(self, issue: Issue) -> None:
        """Say something of the column as a whole; it becomes a finding on the header."""
        if issue not in self.notes:
            self.notes.append(issue)

    @property
    def words(self) -> frozenset[str]:
        """Words that elsewhere say that a value is absent and here are values."""
        return self.env.keep | {"none"} if self.slot.name in _NONE_ANSWERS else self.env.keep

    @property
    def takes(self) -> frozenset[str]:
        """Which cells beside a value the step reads; others stand beside it for whoever looks at the origin."""
        return _TAKES.get(self.kind, frozenset())

    @property
    def kind(self) -> str:
        """Name of the step."""
        if self.spec.as_:
            return self.spec.as_
        if self.slot.kind == "uri" and (self.spec.kinds or self.slot.name == "accessions"):
            return "accession"
        if self.slot.name in ("md5", "sha256", "doi"):
            return self.slot.name
        if self.slot.name == "modification_parameters":
            return "modification"
        if self.slot.kind == "quantity" and self.slot.name.endswith("age"):
            return "age"
        return self.slot.kind


_TAKES = {
    "term": frozenset({"accession", "source"}),
    "quantity": frozenset({"unit"}),
    "age": frozenset({"unit"}),
    "attribute": frozenset({"unit", "accession", "source", "name"}),
    "measured": frozenset({"unit", "accession", "source", "name"}),
    "place": frozenset({"region", "country"}),
    "point": frozenset({"longitude"}),
}

# Slots in which "none" is an answer: nothing was given, done or found.
_NONE_ANSWERS = frozenset(
    {
        "alcohol_status", "chemical_administration", "depletion", "diet", "enrichment_process", "genetic_modification", "host_diet",
        "host_disorder", "medical_history", "medication", "perturbation", "smoking_status", "spike_in", "treatment",
    }
)  # fmt: skip


def build_step(
    slot: str,
    spec: Column,
    env: Environment,
    *,
    header: str,
    parts: tuple[str, ...] = ("value",),
    column: int = -1,
    counted: bool = True,
    headers: tuple[str, ...] = (),
    context: bool = False,
) -> tuple[Callable[..., Reading], Clean | CleanAccessions | None]:
    """Make the function that reads a column, and the test of whole batches that may spare it the reading.

    Parameters
    ----------
    slot
        Name of the slot that it feeds.
    spec
        The profile's word on the column.
    env
        What is needed from outside.
    header
        The column's header as it stands.
    parts
        ``("value",)``, or with companions.
    column
        0-based position, for decisions that take the whole column; -1 for constants.
    counted
        False for a second reading of a cell: it says nothing where it finds nothing.
    headers
        Headers of all parts.
    context
        The last text of each tuple is the row's organism, which the column does not own.

    Returns
    -------
    read : callable
        From a text (from a tuple of texts where there are companions) to a reading.
    clean : Clean or None
        Tells whether all texts of a batch are values as they stand.
    """
    step = Step(MODEL.slots[slot], spec, env, header, parts, column, counted, headers)
    if context:
        return _InContext(step), None
    read = _read_of(step, spec, parts)
    if spec.means:
        return _Meanings(read, step, {k.casefold(): v for k, v in spec.means.items()}, spec.split), None
    return read, clean_of(step) if isinstance(read, _Cell) else None


def _read_of(step: Step, spec: Column, parts: Sequence[str]) -> Callable[..., Reading]:
    parse = PARSERS[step.kind](step)
    plain = _Cell(step, parse) if step.kind != "string" else _Text(step, parse)
    one = plain if spec.local is None else _OwnId(plain, spec.local)
    if spec.join is not None and "more" in parts:
        return _Lines(_Many(step, one, spec.split) if spec.split else one, spec.join)
    if len(parts) > 1:
        several = _Tuple(step, parse)
        return _ManyTuples(step, several, spec.split) if spec.split else several
    return _Many(step, one, spec.split) if spec.split else one


class _Meanings:
    """Reads what the format means by a word instead of the word; the cell's own text stays with the reading."""

    __slots__ = ("delimiter", "means", "read", "step")

    def __init__(self, read: Callable[..., Reading], step: Step, means: dict[str, str], delimiter: str | None) -> None:
        self.read = read
        self.step = step
        self.means = means
        self.delimiter = delimiter

    def _meant(self, text: str) -> str:
        pieces = text.split(self.delimiter) if self.delimiter else [text]
        return (self.delimiter or "").join(self.means.get(p.strip().casefold(), p) for p in pieces)

    def __call__(self, said: str | tuple[str, ...]) -> Reading:
        meant = self._meant(said) if isinstance(said, str) else (self._meant(said[0]), *said[1:])
        known = self.read(meant)
        if meant == said:
            return known
        if any(issue.code.startswith("term-") for issue in known.issues) and isinstance(meant, str) and parse_accession(meant):
            return self.read(said)  # no bundle that has the term: its name says more than its number
        reading = Reading(known.slot, known.values, known.fate, known.issues, (*known.steps, "as the format means it"))
        reading.missing, reading.rejected, reading.raw = known.missing, known.rejected, said
        return reading


class _Cell:
    """Reads one text of one cell."""

    __slots__ = ("parse", "step")

    def __init__(self, step: Step, parse: Callable[..., Parsed | None]) -> None:
        self.step = step
        self.parse = parse

    def __call__(self, text: str) -> Reading:
        step = self.step
        absent = read_missing(text, keep=step.words, quiet=step.env.quiet)
        if absent is not None and not absent.trailing:
            return missing_reading(step, text, absent.reason, absent.issues)
        return finish(step, text, text, self.parse(text))


class _Text(_Cell):
    """Reads free text and names: clean text needs no more than a look."""

    __slots__ = ()

    def __call__(self, text: str) -> Reading:
        if self.step.slot.pattern is None and self.step.counted and text.isalnum() and not text.isalpha() and text.isascii():
            # Letters and digits together (S17, CRR456568) are neither a word for absence nor in need of cleaning.
            return Plain(self.step.slot.name, text)
        return super().__call__(text)


class _OwnId:
    """Reads accessions where the submitter's own ids may stand, since the records have no accession yet."""

    __slots__ = ("form", "one", "step")

    def __init__(self, one: _Cell, form: str) -> None:
        self.one = one
        self.step = one.step
        self.form = re.compile(form, re.IGNORECASE)

    def __call__(self, text: str) -> Reading:
        known = clean(text)
        if known and self.form.fullmatch(known) and read_missing(known) is None:
            reading = Reading("alternative_names", (known,), "mapped", steps=("the submitter's own id",))
            return _with_raw(reading, text)
        return self.one(text)


class _Lines:
    """Reads a text that goes on from cell to cell."""

    __slots__ = ("between", "one", "step")

    def __init__(self, one: _Cell | _OwnId | _Many, between: str) -> None:
        self.one = one
        self.step = one.step
        self.between = between

    def __call__(self, texts: tuple[str, ...]) -> Reading:
        said = [t.strip() for t in texts if t]
        if not said:
            return BLANK
        known = self.one(self.between.join(said))
        reading = Reading(known.slot, known.values, known.fate, known.issues, known.steps)
        reading.missing, reading.rejected, reading.raw = known.missing, known.rejected, texts
        return reading


class _Tuple:
    """Reads cells that belong together: a number with its unit, latitude with longitude."""

    __slots__ = ("parse", "step")

    def __init__(self, step: Step, parse: Callable[..., Parsed | None]) -> None:
        self.step = step
        self.parse = parse

    def __call__(self, texts: tuple[str, ...]) -> Reading:
        step = self.step
        value = texts[0]
        absent = read_missing(value, keep=step.words, quiet=step.env.quiet) if value else None
        if absent is not None and not absent.trailing:
            # A unit beside a word for absence says nothing; a longitude or an accession does.
            others = [t for p, t in zip(step.parts, texts, strict=True) if t and p not in ("value", "unit") and read_missing(t) is None]
            if not others:
                return missing_reading(step, value, absent.reason, absent.issues, raw=texts)
            value = ""
        if not value and not any(texts):
            return BLANK
        more = {p: ("" if read_missing(t) else t) for p, t in zip(step.parts[1:], texts[1:], strict=True) if p in step.takes}
        if not value and not any(more.values()):
            # What qualifies a blank cell qualifies nothing; it is kept so that it is not lost.
            at = next(i for i, t in enumerate(texts) if t)
            return kept_reading(step, texts[at], (), raw=texts, header=step.headers[at] if step.headers else "")
        if not value and "unit" in more and not any(t for p, t in more.items() if p != "unit"):
            if not more["unit"]:
                only = next(t for t in texts if t)
                found = read_missing(only)
                return missing_reading(step, only, found.reason if found else "missing", (), raw=texts)
            issue = Issue("unit-without-value", "a number in the cell beside it", "fill in the number, or clear the unit")
            at = step.parts.index("unit")
            return kept_reading(step, more["unit"], (issue,), raw=texts, header=step.headers[at] if step.headers else "")
        return finish(step, value or next(t for t in texts if t), texts, self.parse(value, **more))


class _InContext:
    """Reads names of terms beside the row's organism: anatomy and life stages have ontologies of their own for some species."""

    __slots__ = ("cells", "step")

    def __init__(self, step: Step) -> None:
        self.step = step
        self.cells: dict[str, _Cell] = {}

    def __call__(self, texts: tuple[str, str]) -> Reading:
        text, organism = texts
        if not text:
            return BLANK
        cell = self.cells.get(organism)
        if cell is None:
            known = terms_for(self.step.env.terms, "organism")
            within = ontologies_for(organism, tuple(self.step.spec.within) or self.step.slot.ontologies, known)
            step = replace(self.step, spec=self.step.spec.model_copy(update={"within": list(within)}))
            cell = self.cells[organism] = _Cell(step, PARSERS["term"](step))
        return cell(text)


class _Many:
    """Reads several values in one cell, each as one."""

    __slots__ = ("delimiter", "one", "step")

    def __init__(self, step: Step, one: Callable[[str], Reading], delimiter: str) -> None:
        self.step = step
        self.one = one
        self.delimiter = delimiter

    def __call__(self, text: str) -> Reading:
        pieces = [p for p in (clean(p) for p in text.split(self.delimiter)) if p]
        if self.step.slot.kind == "reference":
            # DDBJ writes runs of samples as SAMD00005658-SAMD00005660.
            pieces = [a for p in pieces for a in spelt_out(p)]
        if len(pieces) < 2:
            return self.one(text)
        return _gathered(self.step, [self.one(p) for p in pieces], text)


def _gathered(step: Step, readings: list[Reading], raw: str | tuple[str, ...]) -> Reading:
    """Make one reading of those of the pieces of a cell, or of cells that stand in parallel."""
    slot = step.slot.name
    text = raw if isinstance(raw, str) else raw[0] or next(t for t in raw if t)
    values = tuple(dict.fromkeys(v for r in readings if r.slot == slot for v in r.values))
    issues = tuple(dict.fromkeys(i for r in readings for i in r.issues))
    if step.kind == "pairs":
        issues = (*issues, *_repeated(values))
    absent = next((r.missing for r in readings if r.missing), None)
    refused = next((r.rejected.finding for r in readings if r.rejected), None)
    kept = next((r for r in readings if r.fate == "kept"), None)
    if values or refused:
        # What one piece is refused for, or only kept for, is told with the whole cell, so that no piece is lost.
        refused = refused or (kept.issues[0].code if kept is not None and kept.issues else None)
        rejected = Rejected(slot, text, refused) if refused else None
        return _with_raw(Reading(slot, values, "mapped" if values else "rejected", issues, ("split",), absent, rejected), raw)
    if kept is not None or readings[0] is BLANK:
        return kept_reading(step, text, issues, raw)
    return _with_raw(readings[0], raw)


class _ManyTuples:
    """Reads lists that stand in parallel: several names in one cell, as many accessions in the next."""

    __slots__ = ("delimiter", "one", "step")

    def __init__(self, step: Step, one: _Tuple, delimiter: str) -> None:
        self.step = step
        self.one = one
        self.delimiter = delimiter

    def __call__(self, texts: tuple[str, ...]) -> Reading:
        paired = split_parallel(texts, [self.delimiter])
        if not paired.issues and len(paired.rows) < 2:
            return self.one(texts)
        if paired.issues:
            # Nobody can say which belongs to which: the names are read alone, the whole of the cells is kept beside them.
            whole = self.delimiter.join(t for t in texts if t)
            names = [clean(p) for p in texts[0].split(self.delimiter)]
            if not any(names):
                return kept_reading(self.step, whole, paired.issues, texts)
            alone = _gathered(self.step, [self.one((p, *[""] * (len(texts) - 1))) for p in names if p], texts)
            rejected = Rejected(self.step.slot.name, whole, paired.issues[0].code)
            fate = "mapped" if alone.values else "rejected"
            return _with_raw(Reading(alone.slot, alone.values, fate, (*alone.issues, *paired.issues), ("split",), None, rejected), texts)
        return _gathered(self.step, [self.one(row) for row in paired.rows], texts)


def _repeated(values: tuple[Value, ...]) -> list[Issue]:
    """Say which name stands in a cell with more than one value."""
    names = Counter(v.name for v in values if isinstance(v, Attribute))
    return [Issue("key-repeated", f"one value of {n!r}", "give one value, or name the second one apart") for n, c in names.items() if c > 1]


def _with_raw(reading: Reading, raw: str | tuple[str, ...]) -> Reading:
    reading.raw = raw
    return reading


def missing_reading(step: Step, text: str, reason: str, issues: tuple[Issue, ...], raw: str | tuple[str, ...] | None = None) -> Reading:
    """The reading of a cell that says that its value is absent."""
    if not step.counted:
        return BLANK
    accepts = step.spec.accepts
    if accepts is not None and reason not in accepts:
        issues = (
            *issues,
            Issue("missing-not-accepted", f"a value, or one of: {', '.join(accepts) or 'none'}", "give the value, or one of these reasons"),
        )
    name = step.slot.name if step.kind not in ("attribute", "measured") else step.header
    reading = Reading("missing", (), "missing", issues, ("missing",), missing=Missing(name, reason, text))
    return _with_raw(reading, raw if raw is not None else text)


def kept_reading(step: Step, text: str, issues: tuple[Issue, ...], raw: str | tuple[str, ...] | None = None, header: str = "") -> Reading:
    """The reading of a text that its slot does not take but that is worth keeping: an attribute under the column's header."""
    name = clean(header or step.header).lstrip("* ") or step.slot.name
    return _with_raw(
        Reading("attributes", (Attribute(name, clean(text) or text),), "kept", issues, ("kept",)), raw if raw is not None else text
    )


_INVISIBLE = Issue("text-invisible", "text that can be seen", "clear the cell; it only looks blank")


def finish(step: Step, text: str, raw: str | tuple[str, ...], parsed: Parsed | None) -> Reading:
    """Turn what a parser made of a text into a reading, after asking the model whether the value fits the slot.

    An error without a value is rejected; doubt without a value keeps the text as an attribute.
    """
    if parsed is None or (not text.isprintable() and not clean(text)):
        if not step.counted or not text:
            return BLANK
        return kept_reading(step, text, () if clean(text) else (_INVISIBLE,), raw)
    value, steps, issues = parsed
    if not text.isascii():
        repaired = looks_garbled(text)
        if repaired is not None:
            issues = (*issues, Issue("encoding-damaged", "text that was decoded as it was written", f"correct the cell to {repaired!r}"))
    if not step.counted:
        return Reading(step.slot.name, (value,), "", (), steps) if value is not None and check_value(step.slot, value) is None else BLANK
    if value is None:
        if any((i.severity or CODES[i.code].severity) == "error" for i in issues):
            return _rejected(step, text, raw, issues, steps)
        return kept_reading(step, text, issues, raw)
    code = check_value(step.slot, value)
    if code is not None:
        if all(i.code != code for i in issues):
            issues = (*issues, Issue(code, expected_of(step.slot), "correct the cell"))
        # Doubtful values are carried with their warning, impossible ones are not.
        if CODES[code].severity == "error":
            return _rejected(step, text, raw, issues, steps, code=code, candidate=value)
    if not steps and not issues and value == raw and isinstance(value, str):
        return Plain(step.slot.name, value)
    if isinstance(value, Attribute):
        return _with_raw(Reading(step.slot.name, (value,), "mapped", issues, steps), raw)
    return _with_raw(Reading(step.slot.name, (value,), "mapped", issues, steps), raw)


def _rejected(
    step: Step,
    text: str,
    raw: str | tuple[str, ...],
    issues: tuple[Issue, ...],
    steps: tuple[str, ...],
    *,
    code: str = "",
    candidate: Value | None = None,
) -> Reading:
    name = step.slot.name
    issues = tuple(
        i if i.fix else i._replace(fix="correct the cell, or say why there is no value, for instance 'not collected'") for i in issues
    )
    reason = code or next(i.code for i in issues if (i.severity or CODES[i.code].severity) == "error")
    return _with_raw(Reading(name, (), "rejected", issues, steps, rejected=Rejected(name, text, reason), candidate=candidate), raw)


def expected_of(slot: SlotDef) -> str:
    """Say in words what a slot takes."""
    parts = [slot.description.rstrip(".") or slot.name.replace("_", " ")]
    if slot.units:
        parts.append(f"in {', '.join(slot.units[:6])}")
    if slot.pattern:
        parts.append(f"of the form {slot.pattern}")
    if slot.minimum is not None or slot.maximum is not None:
        parts.append(
            f"between {slot.minimum if slot.minimum is not None else '-∞'} and {slot.maximum if slot.maximum is not None else '∞'}"
        )
    return ", ".join(parts)
