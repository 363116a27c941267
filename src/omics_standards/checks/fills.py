"""Drag-fill: one name beside accessions that count up, or one accession beside names of different terms, down a column.

Whoever drags a cell of a spreadsheet down copies its text and counts its number up: ``Lys-C`` stays, ``MS:1001309`` becomes
``MS:1001338``. Each row then is a mismatch of its own; what happened is one thing, and is told once, with its rows. Only names
beside accessions of terms are looked at: ``sample 1 … 240`` is how samples are named.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import CODES, Finding, Issue
from ..mapping.parsers import name_and_accession
from ..mapping.rows import Hits, with_rows
from ..terms.curies import PREFIXES, bare_number, embedded_accession, parse_accession

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..mapping.plan import Plan
    from ..records import Reading

__all__ = ["Fills"]

# Three cells are what a person sees as a series; of two, either may be a slip.
_LEAST: Final = 3
# From so many accessions of one name on, a group that counts up keeps numbers and rows only (12 bytes a row).
_MANY: Final = 256
# Numbers that an ontology skips, or whose row happens to be right, leave holes in what is told of a series.
_HOLE: Final = 3
_SHOWN: Final = 3
# No ontology's number has more digits; longer ones would not fit 64 bits.
_DIGITS: Final = 18


class _Pair(NamedTuple):
    """Name and accession of a cell, the accession taken apart; prefix '' for a bare number."""

    name: str
    prefix: str
    number: int
    local: str

    @property
    def curie(self) -> str:
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


class _Entry(NamedTuple):
    """A distinct text with its pair, its reading and its rows."""

    text: object
    pair: _Pair
    reading: Reading
    rows: array[int]


class _Series:
    """A long series, of which the two ends and all rows are kept."""

    def __init__(self, entries: Sequence[_Entry], own: int | None) -> None:
        self.own = own
        self.rows = array("I")
        self.first, self.last = entries[0], entries[-1]
        self.numbers = array("Q")
        for entry in entries:
            self.add(entry)

    def add(self, entry: _Entry) -> None:
        self.rows.extend(entry.rows)
        self.numbers.append(entry.pair.number)
        if entry.pair.number < self.first.pair.number:
            self.first = entry
        elif entry.pair.number > self.last.pair.number:
            self.last = entry


class Fills:
    """Gathers names beside accessions that something was found about, in the order of the rows.

    Parameters
    ----------
    plan
        The plan of the sheet.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known = getattr(plan.env.terms, "known", PREFIXES)
        self._groups: dict[tuple[int, str, str], dict[object, _Entry]] = {}
        self._series: dict[tuple[int, str, str], _Series] = {}

    def take(self, hits: Hits) -> Hits:
        """Take over what a batch says of names beside accessions.

        Parameters
        ----------
        hits
            Of one batch; batches come in the order of their rows.

        Returns
        -------
        Hits
            The rest.
        """
        rest = Hits()
        for (index, text), rows in hits.rows.items():
            reading = hits.readings[index, text]
            pair = self._pair(index, text) if any(i.code.startswith("term-") for i in reading.issues) else None
            if pair is None:
                rest.add(index, text, reading, rows)
            else:
                self._add(index, _Entry(text, pair, reading, rows))
        return rest

    def _pair(self, index: int, text: object) -> _Pair | None:
        step = getattr(self._plan.readers[index].read, "step", None)
        if step is None or step.spec.split:
            return None
        texts = (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]
        name, accession = name_and_accession(dict(zip(step.parts, texts, strict=False)), self._known)
        if name and not accession:
            # "MS:1001309 Lys-C" in one cell.
            inside = embedded_accession(name, self._known)
            name, accession = (inside.rest, inside.accession.curie) if inside is not None else ("", "")
        if not name or not accession:
            return None
        found = parse_accession(accession, self._known, loose=True)
        if found is not None:
            digits = found.local.isdigit() and len(found.local) <= _DIGITS
            return _Pair(name, found.prefix, int(found.local), found.local) if digits else None
        bare = bare_number(accession)
        return _Pair(name, "", int(bare[0]), bare[0]) if bare else None

    def _add(self, index: int, entry: _Entry) -> None:
        key = (index, entry.pair.name, entry.pair.prefix)
        series = self._series.get(key)
        if series is not None and entry.pair.number != series.own:
            series.add(entry)
            return
        group = self._groups.setdefault(key, {})
        known = group.get(entry.text)
        if known is not None:
            known.rows.extend(entry.rows)
            return
        group[entry.text] = entry
        # Asked again whenever the group has doubled, so that a column of other faults costs no more than its size.
        if len(group) >= _MANY and len(group) & (len(group) - 1) == 0:
            own = self._own(*key[1:])
            entries = sorted((e for e in group.values() if e.pair.number != own), key=_by_number)
            longest = max(_chains(entries, own), key=len)
            if len(longest) > len(entries) // 2:
                self._series[key] = _Series(entries, own)
                self._groups[key] = {e.text: e for e in group.values() if e.pair.number == own}

    def finish(self, hits: Hits) -> list[Finding]:
        """Tell the series, and give back what belongs to none.

        Parameters
        ----------
        hits
            Takes over what is no part of a series.

        Findings
        --------
        drag-fill-accession, copied-accession
        """
        found = [self._counting(key[0], s.first, s.last, len(set(s.numbers)), s.rows) for key, s in self._series.items()]
        rest: list[tuple[int, _Entry]] = []
        for (index, name, prefix), group in self._groups.items():
            entries = sorted(group.values(), key=_by_number)
            if len(entries) < _LEAST - 1:
                rest += [(index, e) for e in entries]
                continue
            own = self._own(name, prefix)
            # The name's own number, spelt in another way, is no part of what is wrong.
            rest += [(index, e) for e in entries if e.pair.number == own]
            for chain in _chains([e for e in entries if e.pair.number != own], own):
                beside = own is not None and chain[0].pair.number - 1 <= own <= chain[-1].pair.number + 1
                if len({e.pair.number for e in chain}) + beside >= _LEAST and len(chain) > 1:
                    rows = array("I", sorted(r for e in chain for r in e.rows))
                    found.append(self._counting(index, chain[0], chain[-1], len({e.pair.number for e in chain}), rows))
                else:
                    rest += [(index, e) for e in chain]
        found += self._copied(rest, hits)
        return found

    def _own(self, name: str, prefix: str) -> int | None:
        """The number of the term that the name is of, in the ontology of the accessions."""
        answer = self._plan.env.terms.ground(name, (prefix,), suggest=False) if prefix else None
        local = answer.id.partition(":")[2] if answer is not None and answer.status == "mapped" and answer.id else ""
        return int(local) if local.isdigit() else None

    def _counting(self, index: int, first: _Entry, last: _Entry, count: int, rows: array[int]) -> Finding:
        name = first.pair.name
        answer = self._plan.env.terms.ground(name, (first.pair.prefix,), suggest=False) if first.pair.prefix else None
        right = answer.id if answer is not None and answer.status == "mapped" else None
        expected = (
            f"one accession beside {name!r}{f', {right},' if right else ''} and not {count} from {first.pair.curie} to {last.pair.curie}"
        )
        fix = f"write {right} in all of these rows" if right else f"write the accession of {name!r} in all of these rows"
        top = min((first, last), key=lambda e: e.rows[0])
        issue = Issue("drag-fill-accession", expected, f"{fix}: the cell was dragged down, which counts its number up")
        return self._finding(index, issue, top.text, rows)

    def _copied(self, rest: Sequence[tuple[int, _Entry]], hits: Hits) -> Iterator[Finding]:
        """Tell accessions that stand beside names of several other terms; give the others back."""
        groups: dict[tuple[int, str], list[_Entry]] = {}
        for index, entry in rest:
            groups.setdefault((index, entry.pair.curie), []).append(entry)
        for (index, curie), entries in groups.items():
            foreign = [e for e in entries if _names_another(e.reading)]
            if len({e.pair.name.casefold() for e in foreign}) >= _LEAST:
                names = list(dict.fromkeys(e.pair.name for e in sorted(foreign, key=lambda e: e.rows[0])))
                shown = ", ".join(map(repr, names[:_SHOWN])) + (", …" if len(names) > _SHOWN else "")
                expected = f"an accession of its own beside each name; {curie} stands beside {len(names)} names of other terms: {shown}"
                issue = Issue("copied-accession", expected, "look up each name and write its own accession")
                rows = array("I", sorted(r for e in foreign for r in e.rows))
                yield self._finding(index, issue, foreign[0].text, rows)
                others = [e for e in entries if not _names_another(e.reading)]
            else:
                others = entries
            for entry in others:
                hits.add(index, entry.text, entry.reading, entry.rows)

    def _finding(self, index: int, issue: Issue, text: object, rows: array[int]) -> Finding:
        """Make a finding on the cell that holds the accession, which may be the one beside the name."""
        plan, reader = self._plan, self._plan.readers[index]
        step = reader.read.step  # type: ignore[attr-defined]
        part = step.parts.index("accession") if "accession" in step.parts else 0
        texts = (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]
        column = reader.columns[part]
        role = reader.role.partition("#")[0]
        at = plan.address(min(rows), column)
        finding = issue.at(at, value=texts[part], header=plan.headers[column], slot=f"{plan.table.records[role].cls}.{reader.slot}")
        return with_rows(finding, rows)


def _by_number(entry: _Entry) -> tuple[int, int]:
    return entry.pair.number, entry.rows[0]


def _chains(entries: Sequence[_Entry], own: int | None) -> list[list[_Entry]]:
    """Split entries, sorted by number, where the count breaks off.

    A number may be left out where its row is too (the row is right, or the cell blank), or where it is the name's own.
    """
    chains: list[list[_Entry]] = [[e] for e in entries[:1]]
    for entry in entries[1:]:
        before = chains[-1][-1]
        step = entry.pair.number - before.pair.number
        across = step <= _HOLE and entry.rows[0] - before.rows[0] == step
        if step <= 1 or across or (step == 2 and own == before.pair.number + 1):
            chains[-1].append(entry)
        else:
            chains.append([entry])
    return chains


def _names_another(reading: Reading) -> bool:
    """Say whether the name beside an accession is known to be another term's."""
    return any(
        i.code in ("term-label-mismatch", "term-id-unknown") and (i.severity or CODES[i.code].severity) == "error" for i in reading.issues
    )
