"""Two sides in; which records are on one side only, which go by another id, which say something else; slot by slot on demand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..emit.jsontext import encode_sorted
from ..emit.normal import TYPE, Difference, NormalForm, compare, mapped, normal_entry
from ..models.slots import MODEL
from .pairing import pair
from .terms import TermChanges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sides import Side
    from .terms import TermChange

__all__ = ["Comparison", "Event", "Key"]

_CLASSES: Final = {cls: n for n, cls in enumerate(MODEL.records)}


class Key(NamedTuple):
    """A record of one side."""

    cls: str
    id: str


class Event(NamedTuple):
    """A record that may differ: as it is before (None where it is added) and after (None where it is removed)."""

    old: Key | None
    new: Key | None

    @property
    def key(self) -> Key:
        """What it is told under."""
        found = self.new or self.old
        assert found is not None
        return found


# Where a record stands on its side: several places where several entries have its id, and what they say is joined.
_Places = tuple[int, ...]


class Comparison:
    """What two sides say differently; iterating yields :class:`~omics_standards.emit.normal.Difference`.

    Only where records stand and hashes of what they say are kept; what differs is read again as it is told.

    Attributes
    ----------
    before, after
        The sides.
    renamed
        Ids before → ids after, of records that are the same under another id.
    """

    def __init__(self, before: Side, after: Side, *, renames: bool = True, leave_out: frozenset[str] = frozenset()) -> None:
        self.before = before
        self.after = after
        self._leave_out = leave_out
        self._old, self._new = _index(before), _index(after)
        self._terms = TermChanges(before.report, after.report)
        both = [k for k in self._old if k in self._new]
        removed, added = (_without(self._old, self._new), _without(self._new, self._old))
        events = [Event(k, k) for k in both if self._old[k][1] != self._new[k][1]]
        # The same id in another class is the same thing, understood otherwise.
        reclassified = _same_id(removed, added)
        events += [Event(old, new) for old, new in reclassified]
        removed = [k for k in removed if k not in {old for old, _ in reclassified}]
        added = [k for k in added if k not in {new for _, new in reclassified}]
        pairs = pair(self, removed, added) if renames else {}
        self.renamed = {old.id: new.id for old, new in pairs.items() if old.id != new.id}
        events += [Event(old, new) for old, new in pairs.items()]
        taken = set(pairs.values())
        events += [Event(k, None) for k in removed if k not in pairs] + [Event(None, k) for k in added if k not in taken]
        events.sort(key=lambda e: (_CLASSES.get(e.key.cls, len(_CLASSES)), e.key.id, e.new is not None))
        self.events: tuple[Event, ...] = tuple(events)
        self.sizes = Counter(k.cls for k in self._old), Counter(k.cls for k in self._new)

    def old_form(self, key: Key) -> NormalForm:
        """Normal form of a record before."""
        return self._form(self.before, key, self._old[key][0])

    def new_form(self, key: Key) -> NormalForm:
        """Normal form of a record after."""
        return self._form(self.after, key, self._new[key][0])

    def _form(self, side: Side, key: Key, places: _Places) -> NormalForm:
        form = normal_entry(key.cls, side.read(key.cls, places[0]))
        for place in places[1:]:
            for slot, values in normal_entry(key.cls, side.read(key.cls, place)).items():
                known = {encode_sorted(v): v for v in (*form.get(slot, ()), *values)}
                form[slot] = tuple(v for _, v in sorted(known.items()))
        return {s: v for s, v in form.items() if s not in self._leave_out} if self._leave_out else form

    def entries(self, key: Key, *, after: bool, origin: bool = False) -> list[dict[str, Any]]:
        """Return a record of one side as ``dataset.json`` holds it, with its origins on request."""
        side, index = (self.after, self._new) if after else (self.before, self._old)
        return [side.read(key.cls, place, origin=origin) for place in index[key][0]]

    def same(self) -> Iterator[Key]:
        """Yield the records that say the same, letter by letter, in the order of the second side."""
        return (k for k, (_, digest) in self._new.items() if k in self._old and self._old[k][1] == digest)

    def places(self, *, after: bool) -> dict[Key, int]:
        """Return the places of records in the order of one side."""
        return {key: place for place, key in enumerate(self._new if after else self._old)}

    def __iter__(self) -> Iterator[Difference]:
        for event in self.events:
            yield from self.of(event)

    def of(self, event: Event) -> Iterator[Difference]:
        """Yield the differences of one record."""
        old, new = event
        if new is None:
            assert old is not None
            yield Difference("removed", old.cls, old.id, before=({s: list(v) for s, v in self.old_form(old).items()},))
            return
        if old is None:
            yield Difference("added", new.cls, new.id, after=({s: list(v) for s, v in self.new_form(new).items()},))
            return
        if old.id != new.id:
            yield Difference("renamed", new.cls, new.id, before=(old.id,), after=(new.id,))
        if old.cls != new.cls:
            yield Difference("changed", new.cls, new.id, TYPE, (old.cls,), (new.cls,))
        form = self.old_form(old)
        form = mapped(form, old.cls, self.renamed) if self.renamed else form
        for difference in compare(new.cls, new.id, form, self.new_form(new)):
            self._terms.look(difference, lambda: (self.entries(old, after=False, origin=True), self.entries(new, after=True, origin=True)))
            yield difference

    def terms(self) -> list[TermChange]:
        """Return the terms that the two sides understand differently, known once all differences were told."""
        return self._terms.found()

    def versions(self) -> list[tuple[str, str, str]]:
        """Return what was converted with other versions: name, version before, version after ('' where there is none)."""
        return self._terms.versions()


def _index(side: Side) -> dict[Key, tuple[_Places, bytes]]:
    """Where each record stands and a hash of what it says."""
    found: dict[Key, tuple[_Places, bytes]] = {}
    for cls, record_id, place, digest in side:
        key = Key(cls, record_id)
        known = found.get(key)
        found[key] = ((place,), digest) if known is None else ((*known[0], place), known[1] + digest)
    return found


def _without(index: dict[Key, tuple[_Places, bytes]], other: dict[Key, tuple[_Places, bytes]]) -> list[Key]:
    return [k for k in index if k not in other]


def _same_id(removed: list[Key], added: list[Key]) -> list[tuple[Key, Key]]:
    """Records of one id whose class is another now; only where the id tells one record on each side."""
    before, after = Counter(k.id for k in removed), Counter(k.id for k in added)
    by_id = {k.id: k for k in added if after[k.id] == 1}
    return [(k, by_id[k.id]) for k in removed if before[k.id] == 1 and k.id in by_id]
