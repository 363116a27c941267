"""Terms that two conversions understand differently, although the cells say the same: the ontologies moved, not the sheet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..emit.normal import Difference

__all__ = ["TermChange", "TermChanges"]

TermKind = Literal["replaced", "lost", "found", "relabelled", "obsolete"]
_KINDS: Final[tuple[TermKind, ...]] = ("lost", "obsolete", "replaced", "found", "relabelled")
_LOCAL: Final = "omst:term/"

Entries = tuple[list[dict[str, Any]], list[dict[str, Any]]]


class TermChange(NamedTuple):
    """A term that the second side understands differently.

    Attributes
    ----------
    kind
        ``lost``: a text that was an ontology's term is none now; ``obsolete``: the ontology has retired it since; ``replaced``: the
        same text is another term now; ``found``: a text that no ontology knew is a term now; ``relabelled``: one id, another label.
    slot
        Where the term stands.
    before, after
        As ``id label``; '' where there is none. Of an obsolete term: the text that names it, and what to do.
    text
        What the cells say; '' for relabelled and obsolete terms, which many texts may lead to.
    records
        Number of records that it changes; 0 where that is not known.
    """

    kind: TermKind
    slot: str
    before: str
    after: str
    text: str = ""
    records: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the change as a JSON object."""
        return {"kind": "term", "change": self.kind, **{k: v for k, v in self._asdict().items() if k != "kind"}}


class TermChanges:
    """Gathers changes of terms from the differences of records, and from the reports of both sides."""

    def __init__(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self._reports = before, after
        self._counts: Counter[TermChange] = Counter()

    def look(self, difference: Difference, entries: Callable[[], Entries]) -> None:
        """Take over a difference where it is one of terms; ``entries`` reads both records with their origins."""
        slot = difference.slot
        if not _has_terms(difference.before) and not _has_terms(difference.after):
            return
        if difference.kind == "relabelled":
            labels = {t["id"]: t["label"] for t in map(_term, difference.before) if t}
            for term in filter(None, map(_term, difference.after)):
                if labels.get(term["id"]) not in (None, term["label"]):
                    self._add("relabelled", slot, {"id": term["id"], "label": labels[term["id"]]}, term, "")
        elif slot not in ("attributes", "missing", "rejected"):
            old, new = entries()
            before, after = _cells(slot, old, difference.before), _cells(slot, new, difference.after)
            # Where the cells differ, the sheet was edited.
            if before and before == after:
                self._moved(slot, difference, "; ".join(before))

    def _moved(self, slot: str, difference: Difference, text: str) -> None:
        """The same cells mean other terms."""
        old = [t for t in map(_term, difference.before) if t and t not in difference.after]
        new = [t for t in map(_term, difference.after) if t and t not in difference.before]
        for k in range(max(len(old), len(new))):
            was, now = (old[k] if k < len(old) else None), (new[k] if k < len(new) else None)
            kind: TermKind = "lost" if _local(now) and not _local(was) else "found" if _local(was) and not _local(now) else "replaced"
            self._add(kind, slot, was, now, text)

    def _add(self, kind: TermKind, slot: str, old: Mapping[str, str] | None, new: Mapping[str, str] | None, text: str) -> None:
        self._counts[TermChange(kind, slot, _shown(old), _shown(new), text)] += 1

    def found(self) -> list[TermChange]:
        """Return the changes, those first that need a hand."""
        changes = [change._replace(records=count) for change, count in self._counts.items()]
        before, after = map(_obsolete, self._reports)
        changes += [TermChange("obsolete", slot, text, expected) for (slot, text), expected in after.items() if (slot, text) not in before]
        return sorted(changes, key=lambda c: (_KINDS.index(c.kind), c.slot, -c.records, c.before, c.after, c.text))

    def versions(self) -> list[tuple[str, str, str]]:
        """Return the versions that differ, by name."""
        old, new = (_versions(report) for report in self._reports)
        if not old or not new:
            return []
        return [(n, old.get(n, ""), new.get(n, "")) for n in sorted(old.keys() | new.keys()) if old.get(n, "") != new.get(n, "")]


def _term(value: Any) -> dict[str, str] | None:
    return value if isinstance(value, dict) and "id" in value else value.get("term") if isinstance(value, dict) else None


def _has_terms(values: Iterable[Any]) -> bool:
    return any(_term(v) is not None for v in values)


def _local(term: Mapping[str, str] | None) -> bool:
    return term is None or term["id"].startswith(_LOCAL)


def _shown(term: Mapping[str, str] | None) -> str:
    return "" if term is None else f"{term['id']} {term['label']}".strip()


def _cells(slot: str, entries: Iterable[Mapping[str, Any]], values: Iterable[Any]) -> tuple[str, ...]:
    """What the cells of a slot say; a cell without a raw text says what its value is labelled."""
    labels = "; ".join(t["label"] for t in map(_term, values) if t)
    return tuple(sorted({o.get("raw") or labels for e in entries for o in e.get("origin", ()) if o.get("slot") == slot}))


def _obsolete(report: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Obsolete terms that a report names, by slot and text, with what to do about them."""
    told = (f for f in report.get("findings", ()) if f.get("code") == "term-obsolete")
    return {(f.get("slot", "").rpartition(".")[2], str(f.get("value", ""))): str(f.get("fix") or f.get("expected", "")) for f in told}


def _versions(report: Mapping[str, Any]) -> dict[str, str]:
    """All versions of a report in one table: this package, the model, profiles and ontologies."""
    flat: dict[str, str] = {}
    for name, value in report.get("versions", {}).items():
        if isinstance(value, dict):
            flat.update({f"{_PARTS.get(name, name)} {k}": str(v) for k, v in value.items()})
        else:
            flat[name] = str(value)
    return flat


_PARTS: Final = {"profiles": "profile", "ontologies": "ontology"}
