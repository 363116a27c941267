"""Records in normal form: what two records must have in common to say the same.

In: a record, or its entry in ``dataset.json``. Out: slot → sorted values, without what says where they came from; and the
differences of two sets of records, one by one.

Equal here means equal as JSON and RDF have it, by value:

* a multivalued slot is a set; its order says nothing;
* 12 and 12.0 are one number (xsd:decimal compares values); 1 kg and 1000 g are not, since no unit is converted;
* a CURIE and the IRI that it stands for are one resource;
* text is compared character by character: no case folding, no Unicode normalisation (RDF 1.1 Concepts, 3.3); lone surrogates,
  which no output can hold, are U+FFFD;
* missing and rejected entries, the values kept as attributes, and whether a record is a stub are compared like any slot.

References
----------
RDF 1.1 Concepts and Abstract Syntax, sections 3.3 and 5; XML Schema 1.1 part 2, 3.3.3 (decimal); RFC 8259, section 6.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from ..models.prefixes import compress
from ..models.slots import MODEL
from ..records import Record
from .jsontext import TAIL, encode_sorted, ranks_of, record_to_dict

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set

    from ..records import Reading

__all__ = [
    "KINDS",
    "TYPE",
    "Difference",
    "Kind",
    "NormalForm",
    "compare",
    "differences",
    "mapped",
    "normal_entry",
    "normal_form",
    "slot_order",
]

NormalForm = dict[str, tuple[Any, ...]]
"""Slot → sorted values, each as JSON holds it; slots without a value are not there."""

Kind = Literal["removed", "added", "renamed", "changed", "relabelled"]
KINDS: Final[tuple[Kind, ...]] = ("removed", "added", "renamed", "changed", "relabelled")

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Decimal numbers beyond this many digits are no measurements; writing them out in full could take gigabytes.
_MOST_DIGITS: Final = 60
# Fields of an entry that are not slots to compare.
_NOT_COMPARED: Final = ("id", "origin")
_TEXT: Final = "text"
_IRI_KINDS: Final = ("uri", "reference")
_NUMBERS: Final = ("quantity", "geopoint", "decimal", "integer")
# What a class change is told as; no slot is called so.
TYPE: Final = "@type"


class Difference(NamedTuple):
    """One thing that two sets of records say differently.

    Attributes
    ----------
    kind
        ``added``, ``removed``: a whole record; ``renamed``: the same record under another id; ``changed``: the values of a slot;
        ``relabelled``: the values of a slot are the same terms under other labels.
    cls
        Class of the record, as the second set has it where both have the record.
    id
        Id of the record; of one that both have, as the second set has it.
    slot
        '' for whole records, ``@type`` where the class changed.
    before, after
        Values in normal form. Of an added or removed record: its normal form as one JSON object; of a renamed one: its ids.

    Examples
    --------
    >>> Difference("changed", "Biosample", "biosample/S1", "sex", ("male",), ("female",)).to_dict()["before"]
    ['male']
    """

    kind: Kind
    cls: str
    id: str
    slot: str = ""
    before: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as a JSON object."""
        return {
            "kind": self.kind, "class": self.cls, "id": self.id, "slot": self.slot, "before": list(self.before), "after": list(self.after),
        }  # fmt: skip


@lru_cache(maxsize=65_536)
def _number(text: str) -> Any:
    """The one spelling of a number, as JSON holds it; text that is none stays."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return text
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    plain = plain if plain not in ("-0", "") else "0"
    return int(plain) if "." not in plain else float(plain) if repr(float(plain)) == plain else plain


def _text(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _resource(text: str) -> str:
    """The one spelling of an IRI: its CURIE where it has one."""
    return (compress(text) or text) if text.startswith(("http://", "https://")) else text


def _value(kind: str, value: Any, *, raw: bool) -> Any:
    """One value in normal form."""
    if isinstance(value, bool):
        return value
    if kind in _NUMBERS:
        if isinstance(value, dict):
            return {k: _text(v) if k == "unit" else _number(str(v)) for k, v in value.items()}
        return _number(str(value))
    if isinstance(value, str):
        return _resource(_text(value)) if kind in _IRI_KINDS else _text(value)
    if isinstance(value, dict):
        if kind == "term":
            return {"id": _resource(_text(value["id"])), "label": _text(value.get("label", ""))}
        left = {k: v for k, v in value.items() if raw or kind != "missing" or k != "raw"}
        return {k: _value("term" if k == "term" else "string", v, raw=raw) for k, v in left.items()}
    return value


@cache
def _kinds(cls: str) -> dict[str, str]:
    """Kinds of the slots of a class; those that take text as it is go by one name."""
    definitions = {slot: MODEL.slot(cls, slot) for slot in MODEL.classes[cls].slots if slot not in ("stub", *_NOT_COMPARED)}
    return {s: _TEXT if d.kind in ("string", "enum", "date") else d.kind for s, d in definitions.items() if d is not None}


def normal_entry(cls: str, entry: Mapping[str, Any], *, raw: bool = True) -> NormalForm:
    """Return a record of ``dataset.json`` in normal form.

    Parameters
    ----------
    cls
        The record's class.
    entry
        Its JSON object.
    raw
        Whether the text that said that a value is absent counts; without it, only the reason does.

    Returns
    -------
    dict
        As :func:`normal_form` gives it.

    Examples
    --------
    >>> normal_entry("Biosample", {"id": "biosample/S1", "age": {"value": "8.0", "unit": "wk"}})
    {'age': ({'value': 8, 'unit': 'wk'},)}
    >>> normal_entry("Biosample", {"id": "biosample/S1"})
    {}
    """
    form: NormalForm = {}
    kinds = _kinds(cls)
    for slot, values in entry.items():
        kind = kinds.get(slot, "string")
        if kind == _TEXT and type(values) is str and values.isascii():
            form[slot] = (values,)  # most values are: nothing to bring into a form
        elif slot == "stub":
            if values:
                form[slot] = (True,)
        elif slot not in _NOT_COMPARED:
            several = [_value(kind, v, raw=raw) for v in (values if isinstance(values, list) else (values,))]
            if len(several) > 1:
                several = [v for _, v in sorted({encode_sorted(v): v for v in several}.items())]
            if several:
                form[slot] = tuple(several)
    return form


def normal_form(record: Record, *, raw: bool = True) -> NormalForm:
    """Return what a record says, without where it says so: two records say the same where these are equal.

    Parameters
    ----------
    record
        A record, converted or loaded.
    raw
        Whether the text that said that a value is absent counts; without it, only the reason does.

    Returns
    -------
    dict
        Slot → sorted tuple of values as ``dataset.json`` holds them, numbers in their shortest spelling; ``missing``,
        ``rejected`` and ``attributes`` like slots; ``stub`` where the record is one. The id is not in it.

    Examples
    --------
    >>> from omics_standards.records import Field, Quantity, Reading, Record, Source
    >>> def made(text):
    ...     reading = Reading("age", (Quantity(text, unit="wk"),))
    ...     return Record("Biosample", "biosample/S1", (reading,), (Field("age", (), (), Source("", "")),), 2)
    >>> normal_form(made("8.0")) == normal_form(made("8"))
    True
    >>> normal_form(made("8.0")) == normal_form(made("8.1"))
    False
    """
    return normal_entry(record.cls, record_to_dict(record, origin=False), raw=raw)


def slot_order(cls: str, slots: Iterable[str]) -> list[str]:
    """Return slots in the model's order: the class change first, what every record ends with last."""
    ranks = ranks_of(cls)
    return sorted(slots, key=lambda s: (-1 if s == TYPE else ranks.get(s, len(ranks)), s))


def _unlabelled(values: tuple[Any, ...]) -> list[str]:
    """Values of terms without their labels."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict) and "id" in value:
            return value["id"]
        if isinstance(value, dict) and isinstance(value.get("term"), dict):
            return {**value, "term": value["term"]["id"]}
        return value

    return sorted(encode_sorted(bare(v)) for v in values)


def mapped(form: NormalForm, cls: str, ids: Mapping[str, str]) -> NormalForm:
    """Return a normal form whose references use the ids of the other side.

    Examples
    --------
    >>> mapped({"subject": ("subject/M1",)}, "Biosample", {"subject/M1": "subject/mouse-1"})
    {'subject': ('subject/mouse-1',)}
    >>> mapped({"name": ("subject/M1",)}, "Biosample", {"subject/M1": "subject/mouse-1"})
    {'name': ('subject/M1',)}
    """
    changed = {}
    for slot, values in form.items():
        definition = MODEL.slot(cls, slot)
        if definition is not None and definition.kind == "reference" and any(v in ids for v in values):
            changed[slot] = tuple(sorted({ids.get(v, v) for v in values}, key=encode_sorted))
    return {**form, **changed} if changed else form


def compare(cls: str, record_id: str, before: NormalForm, after: NormalForm) -> Iterator[Difference]:
    """Yield the differences of one record, slot by slot in the model's order; nothing where it says the same.

    Parameters
    ----------
    cls, record_id
        What the differences name.
    before, after
        Normal forms.

    Examples
    --------
    >>> [d.slot for d in compare("Biosample", "biosample/S1", {"sex": ("male",)}, {"sex": ("female",)})]
    ['sex']
    >>> list(compare("Biosample", "biosample/S1", {"sex": ("male",)}, {"sex": ("male",)}))
    []
    """
    for slot in slot_order(cls, before.keys() | after.keys()):
        old, new = before.get(slot, ()), after.get(slot, ())
        if old != new:
            kind: Kind = "relabelled" if old and new and _unlabelled(old) == _unlabelled(new) else "changed"
            yield Difference(kind, cls, record_id, slot, old, new)


def _keyed(records: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    """Records by class and id."""
    found: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        found.setdefault((record.cls, record.id), []).append(record)
    return found


def _joined(records: Sequence[Record], *, raw: bool, leave_out: frozenset[str]) -> NormalForm:
    """The normal form of what several records of one id say."""
    known: NormalForm = {}
    for record in records:
        form = normal_form(record, raw=raw)
        if leave_out:
            form = {s: v for s, v in form.items() if s not in leave_out}
        if not known:
            known = form
            continue
        for slot, values in form.items():
            together = {encode_sorted(v): v for v in (*known.get(slot, ()), *values)}
            known[slot] = tuple(v for _, v in sorted(together.items()))
    return known


def _less(old: Record, new: Record, names: Mapping[str, str]) -> tuple[Record, Record]:
    """Both records without the slots that say the same as they stand, of which no normal form need be made."""
    a, b = _said(old), _said(new)
    if a is None or b is None:
        return old, new
    same = {s for s, values in a.items() if s in b and _one(s, values, b[s])}
    if names:
        same -= {s for s in same if any(v in names for v in a[s] if type(v) is str)}
    return _without(old, same), _without(new, same)


def _one(slot: str, values: Sequence[Hashable], others: Sequence[Hashable]) -> bool:
    """Tell whether values are the same as they stand, in whatever order where order says nothing."""
    if values == others:
        return True
    several = slot in TAIL or (slot in MODEL.slots and MODEL.slots[slot].multivalued)
    return several and len(values) == len(others) and set(values) == set(others)


def _said(record: Record) -> dict[str, list[Hashable]] | None:
    """What a record says as it stands, by slot; None where one reading says things of several."""
    said: dict[str, list[Hashable]] = {}
    for reading in record.readings:
        if reading.missing is None and reading.rejected is None:
            said.setdefault(reading.slot, []).extend(reading.values)
        elif reading.values:
            return None
        else:
            said.setdefault(_entry_slot(reading), []).append((reading.missing, reading.rejected))
    return said


def _entry_slot(reading: Reading) -> str:
    return "missing" if reading.missing is not None else "rejected" if reading.rejected is not None else reading.slot


def _without(record: Record, slots: Set[str]) -> Record:
    left = tuple([r for r in record.readings if _entry_slot(r) not in slots])
    return Record(record.cls, record.id, left, (), 0, stub=record.stub)


def differences(
    a: Iterable[Record],
    b: Iterable[Record],
    *,
    ids: Mapping[str, str] | None = None,
    raw: bool = True,
    leave_out: Iterable[str] = (),
) -> list[Difference]:
    """Compare two sets of records, record by record and slot by slot.

    Parameters
    ----------
    a, b
        Before and after. Records are matched by class and id, else by id alone (their class changed). Local ids are relative to
        the base, so those of two versions of a sheet match although their bases differ.
    ids
        Ids of ``a`` → ids of ``b``, for records that go by another id there; references follow. None: all keep theirs. A pair is
        told as ``renamed``.
    raw
        Whether the text that said that a value is absent counts; without it, only the reason does.
    leave_out
        Slots that are not compared.

    Returns
    -------
    list of Difference
        In the model's order of classes, by id, in the model's order of slots; [] where both say the same.

    Examples
    --------
    >>> from omics_standards.records import Field, Reading, Record, Source
    >>> def made(sex):
    ...     return Record("Biosample", "biosample/S1", (Reading("sex", (sex,)),), (Field("sex", (), (), Source("", "")),), 2)
    >>> differences([made("male")], [made("female")])
    [Difference(kind='changed', cls='Biosample', id='biosample/S1', slot='sex', before=('male',), after=('female',))]
    >>> differences([made("male")], [made("male")])
    []
    """
    out, names = frozenset(leave_out), ids or {}
    before, after = _keyed(a), _keyed(b)

    def form(records: Sequence[Record]) -> NormalForm:
        return _joined(records, raw=raw, leave_out=out)

    found: list[Difference] = []
    new_class: dict[str, str] = {}
    for cls, record_id in after:
        if (cls, record_id) not in before:
            new_class[record_id] = cls
    seen: set[tuple[str, str]] = set()
    for (cls, old_id), old in before.items():
        record_id = names.get(old_id, old_id)
        key = (cls, record_id)
        if key not in after and record_id in new_class:
            key = (new_class[record_id], record_id)
        if key not in after or key in seen:
            found.append(Difference("removed", cls, old_id, before=(_plain(form(old)),)))
            continue
        seen.add(key)
        if old_id != record_id:
            found.append(Difference("renamed", key[0], record_id, before=(old_id,), after=(record_id,)))
        if key[0] != cls:
            found.append(Difference("changed", key[0], record_id, TYPE, (cls,), (key[0],)))
        new = after[key]
        if len(old) == len(new) == 1 and key[0] == cls:
            one, other = _less(old[0], new[0], names)
            was, now = form([one]), form([other])
        else:
            was, now = form(old), form(new)
        found += compare(key[0], record_id, mapped(was, cls, names) if names else was, now)
    found += [Difference("added", key[0], key[1], after=(_plain(form(new)),)) for key, new in after.items() if key not in seen]
    classes = {cls: n for n, cls in enumerate(MODEL.records)}
    # Sorting is stable: the differences of one record stay in the order of its slots.
    return sorted(found, key=lambda d: (classes.get(d.cls, len(classes)), d.id, d.kind != "removed"))


def _plain(form: NormalForm) -> dict[str, list[Any]]:
    """A normal form as JSON holds it."""
    return {slot: list(values) for slot, values in form.items()}
