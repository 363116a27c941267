"""JSON-LD as a tree: projects, their studies, samples, assays, runs and files, each record once, below what it belongs to.

The same graph as the other syntaxes. What points up (a run at its assay) is read downwards under the names of the frame that
``omics-standards model show frame`` prints; what a record points at and nothing contains (its people, its protocols) stands where it is
first met. The tree is made in memory.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from ..models import slots as model_slots
from ..models.slots import MODEL
from .jsonld import record_to_jsonld

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..records import Record

__all__ = ["FramedWriter", "frame"]

# Where a record hangs: the first of these slots that it fills with a record of the dataset.
_UPWARDS: Final = ("run", "assay", "samples", "derived_from", "studies", "projects", "parent_projects")


@cache
def frame() -> dict[str, Any]:
    """Return the JSON-LD frame that is generated from the model."""
    loaded: dict[str, Any] = json.loads(Path(model_slots.__file__).with_name("_frame.jsonld").read_text(encoding="utf-8"))
    return loaded


@cache
def _downwards() -> dict[str, str]:
    """Slot that points up to the name of the edge seen from above."""
    slots = {MODEL.slots[s].uri: s for s in _UPWARDS}
    terms = frame()["@context"].items()
    return {slots[t["@reverse"]]: name for name, t in terms if isinstance(t, dict) and "@reverse" in t}


class FramedWriter:
    """Gathers records and writes the tree at the end.

    Parameters
    ----------
    out
        Open for text, UTF-8.
    base
        IRI that local ids are relative to; ends in ``/``.
    """

    suffix = "framed.jsonld"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._base = base
        self._objects: list[dict[str, Any]] = []

    def encode(self, records: Iterable[Record]) -> list[dict[str, Any]]:
        """Make the objects of a chunk of records."""
        return [record_to_jsonld(r) for r in records]

    def write(self, encoded: list[dict[str, Any]]) -> None:
        """Keep them."""
        self._objects += encoded

    def close(self) -> None:
        """Write the tree."""
        tree = _Tree(self._objects).made()
        document = {"@context": {**frame()["@context"], "@base": self._base}, "@graph": tree}
        json.dump(document, self._out, ensure_ascii=False, indent=1)
        self._out.write("\n")


class _Tree:
    """The objects of a dataset, each below another or at the top."""

    def __init__(self, objects: list[dict[str, Any]]) -> None:
        self._objects: dict[str, dict[str, Any]] = {}
        for found in objects:
            known = self._objects.get(found["id"])
            if known is None:
                self._objects[found["id"]] = found
            else:
                _merge(known, found)
        # Files hang below the run that lists them, whatever else they point at.
        runs = [o for o in self._objects.values() if "Run" in _listed(o["type"])]
        self._files = {t: o["id"] for o in reversed(runs) for t in _listed(o.get("data_files")) if isinstance(t, str) and t != o["id"]}
        free = (i for i in self._objects if i not in self._files)
        self._parents = {i: p for i in free if (p := self._parent(i)) is not None}
        self._placed: set[str] = set()

    def _parent(self, identifier: str) -> tuple[str, str] | None:
        """The record that one hangs below, and the slot that says so."""
        said = self._objects[identifier]
        for slot in _UPWARDS:
            for target in _listed(said.get(slot)):
                if isinstance(target, str) and target in self._objects and target != identifier:
                    return target, slot
        return None

    def _hangs(self, identifier: str) -> bool:
        """Tell whether the way up from a record ends, rather than running in a circle."""
        seen = {identifier}
        at = identifier
        while at in self._parents:
            at = self._parents[at][0]
            if at in seen:
                return False
            seen.add(at)
        return True

    def made(self) -> list[dict[str, Any]]:
        """The objects at the top, with all others below them."""
        below: dict[str, list[tuple[str, str]]] = {}
        loose = {i for i in self._parents if not self._hangs(i)}
        for identifier, (parent, slot) in self._parents.items():
            if identifier not in loose:
                below.setdefault(parent, []).append((_downwards()[slot], identifier))
        order = {MODEL.classes[c].uri.partition(":")[2]: k for k, c in enumerate(MODEL.records)}
        tops = [i for i in self._objects if (i not in self._parents and i not in self._files) or i in loose]
        tops += [i for i in self._objects if i in self._files]  # where they have no place by then
        # Trees first, so that people and protocols stand inside them; the rest is what nothing points at.
        tops.sort(key=lambda i: (i not in below, min(order[t] for t in _listed(self._objects[i]["type"]))))
        return [self._placed_below(i, below) for i in tops if i not in self._placed]

    def _placed_below(self, top: str, below: dict[str, list[tuple[str, str]]]) -> dict[str, Any]:
        """Put a record in its place, and everything below it; without recursion, since chains of samples may be long."""
        self._placed.add(top)
        waiting = [top]
        while waiting:
            identifier = waiting.pop()
            said = self._objects[identifier]
            for name, child in below.get(identifier, ()):
                if child not in self._placed:
                    self._placed.add(child)
                    said.setdefault(name, []).append(self._objects[child])
                    waiting.append(child)
            for slot, values in list(said.items()):
                definition = MODEL.slots.get(slot)
                if definition is not None and definition.kind == "reference":
                    met = [self._met(identifier, v, below, waiting) for v in _listed(values)]
                    said[slot] = met if isinstance(values, list) else met[0]
        return self._objects[top]

    def _met(self, asking: str, value: Any, below: dict[str, list[tuple[str, str]]], waiting: list[str]) -> Any:
        """What stands where a record is pointed at: itself, where nothing contains it and it has no place yet."""
        free = isinstance(value, str) and value in self._objects and value not in self._placed
        owner = self._files.get(value) if free else None
        if not free or (owner != asking if owner is not None else value in self._parents or value in below):
            return value
        self._placed.add(value)
        waiting.append(value)
        return self._objects[value]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _merge(known: dict[str, Any], more: dict[str, Any]) -> None:
    """Join what two records of one name say."""
    for key, value in more.items():
        if key == "id":
            continue
        together = _listed(known.get(key)) + [v for v in _listed(value) if v not in _listed(known.get(key))]
        known[key] = together[0] if len(together) == 1 else together
