"""What the filling of cells asks of records and of readers, worked out once for each."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...mapping.headers import header_forms
from ...mapping.parsers import unit_of
from ...models.slots import MODEL
from ...profiles.schema import Column
from ...records import Attribute
from ...values.text import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...mapping.headers import Match
    from ...mapping.readers import Reader
    from ...records import Missing, Record, Rejected, Value

__all__ = ["Place", "View", "form_of"]

form_of = lru_cache(maxsize=65_536)(normal)


class View:
    """A record as cells ask for it.

    Attributes
    ----------
    slots
        Its values by slot.
    named
        Its attributes by slot and the normal form of their names.
    absent, refused
        Missing and rejected entries by the normal form of their slots.
    left
        Values by slot that no cell of the row tells yet; see :meth:`refill`.
    told
        Slots and values that cells tell, of whatever row.
    """

    __slots__ = ("absent", "left", "named", "record", "refused", "slots", "told")

    def __init__(self, record: Record, told: set[tuple[str, object]]) -> None:
        self.record = record
        self.told = told
        # Sets that keep their order: a record may have a hundred attributes.
        self.slots: dict[str, dict[Value, None]] = {}
        self.named: dict[tuple[str, str], list[Attribute]] = {}
        self.absent: dict[str, list[Missing]] = {}
        self.refused: dict[str, list[Rejected]] = {}
        for reading in record.readings:
            if reading.values:
                self.slots.setdefault(reading.slot, {}).update(dict.fromkeys(reading.values))
            if reading.missing is not None:
                self.absent.setdefault(form_of(reading.missing.slot), []).append(reading.missing)
            if reading.rejected is not None:
                self.refused.setdefault(form_of(reading.rejected.slot), []).append(reading.rejected)
        for slot, values in self.slots.items():
            for value in values:
                if isinstance(value, Attribute):
                    self.named.setdefault((slot, form_of(value.name)), []).append(value)
        self.left: dict[str, dict[Value, None]] = {}

    def refill(self) -> None:
        """Begin another row, in which nothing is told yet."""
        self.left = {slot: values.copy() for slot, values in self.slots.items()}

    def attributes(self, slot: str, forms: Sequence[str]) -> list[Attribute]:
        """Attributes of a slot under any of some names that are not told yet."""
        waiting = self.left.get(slot)
        return [v for form in forms for v in self.named.get((slot, form), ()) if v in waiting] if waiting else []


class Place:
    """A reader of a cell, as the filling asks for it.

    Attributes
    ----------
    template
        Position of the template whose record it feeds.
    piece
        Which piece of a list in the cell it reads, 0 where the cell is none.
    parts
        What each of its cells is.
    forms
        Normal forms of its header and of the name in the header.
    naming
        Whether its cell names the record.
    beside
        Normal forms of the headers of its companions, with their positions.
    """

    __slots__ = (
        "beside",
        "forms",
        "kept_as",
        "named",
        "naming",
        "parts",
        "piece",
        "reader",
        "said_of",
        "slot",
        "slot_form",
        "spec",
        "template",
        "unit",
        "with_size",
    )

    def __init__(self, reader: Reader, template: int, match: Match, headers: Sequence[str]) -> None:
        self.reader = reader
        self.template = template
        self.piece = match.piece
        self.slot = reader.slot
        self.slot_form = form_of(reader.slot)
        self.spec = match.spec or Column(keep="main")
        step = getattr(reader.read, "step", None)
        known = step.parts if step is not None else tuple(getattr(reader.read, "parts", ("value",)))
        count = len(reader.columns)
        self.parts: tuple[str, ...] = known[:count] if len(known) >= count else (*known, *["other"] * (count - len(known)))
        kind = MODEL.slots[self.slot].kind if self.slot in MODEL.slots else "string"
        self.naming = False
        self.unit = unit_of(step) if step is not None and kind in ("quantity", "integer") else ""
        names = [reader.header, match.name] if match.name else [reader.header]
        self.forms = tuple(dict.fromkeys(f for n in names for f in header_forms(n) if f))
        self.beside = {f: k for k, c in enumerate(reader.columns[1:], 1) for f in header_forms(headers[c]) if f}
        self.said_of = frozenset((self.slot_form, *self.forms))
        self.kept_as = frozenset(("attributes", form) for form in (*self.forms, *self.beside))
        # Attributes go under their own names, unless the cell or one beside it says the name.
        self.named = kind == "attribute" and self.spec.as_ != "pairs" and "name" not in self.parts
        self.with_size = self.spec.as_ == "file" and self.slot == "file_name" and any("file_size" in t for t in self.spec.to)

    def may_tell(self, view: View) -> bool:
        """Tell whether a record has anything that the cell could hold; most cells of wide tables have not."""
        left = view.left
        if left.get(self.slot) or (view.absent and not self.said_of.isdisjoint(view.absent)):
            return True
        if view.refused and not self.said_of.isdisjoint(view.refused):
            return True
        return "attributes" in left and not self.kept_as.isdisjoint(view.named)

    def only(self, view: View) -> Value | None:
        """The one value that the cell can hold, where nothing else of the record bears on it; None elsewhere."""
        if self.reader.context or self.with_size or self.slot == "accessions" or view.refused:
            return None
        if self.named:
            known = view.attributes(self.slot, self.forms)
            return known[0] if len(known) == 1 else None
        values = view.left.get(self.slot)
        return next(iter(values)) if values and len(values) == 1 else None
