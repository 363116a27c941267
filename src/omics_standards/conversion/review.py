"""What a curator has to look at: the distinct texts of a converted dataset that no ontology term was surely found for.

In: the folder that a conversion wrote. Out: one :class:`Undecided` per text and slot, the riskiest and most frequent first,
with suggestions from the bundle as it is now. What has been decided since the conversion is left out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import ReadError
from ..mapping.parsers import keyed
from ..mapping.species import ontologies_for
from ..models.slots import MODEL
from ..terms import Suggestion, get_terms, load_decisions, terms_for, with_decisions
from ..terms.curies import PREFIXES, parse_accession
from ..terms.ground import LOOSE, STEPS, UNVERIFIED
from ..terms.keys import exact_key
from ..terms.replay import DECISION_STEPS
from ..values.text import clean

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from ..terms import Grounding, Terms

__all__ = ["STATUSES", "Undecided", "review"]

DOUBTED: Final = frozenset({*LOOSE, "obsolete-replaced", "name-beside-accession", "accession-and-near-name"})
"""Steps that took a term with a liberty, or against something in the cell: shown until a person has said yes."""

STATUSES: Final[dict[str, str]] = {
    "ambiguous": "several terms have this name",
    "contradiction": "name and accession are not of one term, or the accession is of no use in this slot",
    "unsure": "a term was taken, but with little confidence",
    "suggested": "no term has this name; some come near",
    "not found": "no term has this name, and none comes near",
    "unverifiable": "there is no ontology to look it up in, or the accession is newer than the bundle",
}
"""What a text's status may be, the riskiest first: a wrong term that is carried costs more than text that stays text."""

# The first two are one risk: what the sheet says is said of more than one term.
_RANK: Final = {status: max(rank, 1) for rank, status in enumerate(STATUSES)}
_EXAMPLES: Final = 3
_SUGGESTIONS: Final = 5
_LOCAL: Final = "omst:term/"
_ROW = re.compile(r"(.*?)[A-Z]*([0-9]+)\Z", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,9}\Z")


@dataclass(frozen=True, slots=True)
class Undecided:
    """A text that a person should decide on.

    Attributes
    ----------
    slot
        The slot it stands in.
    text
        As it is written where it was met first; the accession, where there is no name beside it.
    accession
        What stands beside it in the cell or its companion; '' for nothing.
    count
        How many cells say it.
    cells
        The first of them.
    status
        A key of :data:`STATUSES`.
    answer
        The term that was taken, or None.
    suggestions
        Up to five, best first; where a term was taken, that one first.
    """

    slot: str
    text: str
    accession: str
    count: int
    cells: tuple[str, ...]
    status: str
    answer: Suggestion | None
    suggestions: tuple[Suggestion, ...]


class _Seen:
    """A text of a slot while the dataset is read."""

    __slots__ = ("cells", "count", "organism", "pair")

    def __init__(self, pair: tuple[str, str], organism: str) -> None:
        self.pair = pair
        self.organism = organism
        self.count = 0
        self.cells: list[str] = []

    def add(self, cell: str) -> None:
        self.count += 1
        if len(self.cells) < _EXAMPLES:
            self.cells.append(cell)


def review(
    folder: str | os.PathLike[str], *, bundle: str | os.PathLike[str] | None = None, decisions: Sequence[str | os.PathLike[str]] = ()
) -> list[Undecided]:
    """List the texts of a converted dataset that a person should decide on.

    Parameters
    ----------
    folder
        What ``convert --to json`` wrote.
    bundle
        Path of the ontology bundle that suggestions come from; None for the one in the user's cache.
    decisions
        Files of decisions beside the user's and the project's, as in :func:`omics_standards.convert`.

    Returns
    -------
    list of Undecided
        By risk (the order of :data:`STATUSES`), then by number of cells, slot and text: the same dataset, bundle and decisions
        give the same list.

    Raises
    ------
    ReadError
        The folder holds no converted dataset.
    DecisionError
        A file of decisions is broken.

    Examples
    --------
    >>> import pandas as pd, tempfile, omics_standards as om
    >>> folder = tempfile.mkdtemp()
    >>> data = om.convert(pd.DataFrame({"sample_name": ["S1"], "organism": ["mouse"], "tissue": ["livre"]}), "ncbi-biosample")
    >>> data.write(folder, "json")
    >>> [(u.slot, u.text, u.status) for u in review(folder, bundle="/no/such/bundle")]
    [('organism', 'mouse', 'unverifiable'), ('tissue', 'livre', 'unverifiable')]
    >>> review("no/such/folder")
    Traceback (most recent call last):
    omics_standards.errors.ReadError: no/such/folder holds no converted dataset ...
    """
    terms = with_decisions(get_terms(bundle), load_decisions(decisions))
    seen: dict[tuple[str, str, str], _Seen] = {}
    for record in _records(Path(folder)):
        organism = _label(record.get("organism"))
        for slot, pair, cell in _undecided(record):
            text, accession = pair
            known = seen.setdefault((slot, exact_key(text), accession), _Seen(pair, organism))
            known.add(cell)
    found = (_ask(terms, slot, entry) for (slot, _, _), entry in seen.items())
    return sorted((u for u in found if u is not None), key=lambda u: (_RANK[u.status], -u.count, u.slot, exact_key(u.text), u.accession))


# --- reading the dataset


def _records(folder: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the records of a dataset; the file is read line by line, as it was written."""
    path = folder / "dataset.json"
    try:
        with path.open(encoding="utf-8") as lines:
            met = False
            for line in lines:
                if line.startswith('{"id"'):
                    met = True
                    yield _checked(json.loads(line.rstrip().removesuffix(",")))
            if met:
                return
        # No record a line: nothing was converted, or another program wrote the file anew.
        data = json.loads(path.read_text(encoding="utf-8"))
        for container in MODEL.containers:
            yield from map(_checked, data.get(container, ()))
    except OSError as e:
        raise ReadError(f"{folder} holds no converted dataset (dataset.json: {e.strerror}); convert with --to json") from e
    except (ValueError, AttributeError, TypeError) as e:
        raise ReadError(f"{path}: not JSON as a conversion writes it ({e})") from e


def _checked(record: object) -> Mapping[str, Any]:
    origins = record.get("origin", []) if isinstance(record, dict) else None
    if not isinstance(record, dict) or not isinstance(origins, list) or not all(isinstance(o, dict) for o in origins):
        raise ValueError("a record with the cells that it came from is expected")
    return record


def _label(term: object) -> str:
    return str(term.get("label", "")) if isinstance(term, dict) else ""


def _undecided(record: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str], str]]:
    """Yield slot, (name, accession) and cell of each answer that is not sure."""
    for slot, steps, cells in _readings(record):
        step = steps[-1] if steps else ""
        values = record.get(slot)
        local = [_label(v) for v in (values if isinstance(values, list) else [values]) if _is_local(v)]
        if step == "split":
            # The pieces of a cell took steps of their own, which are not told; those that found no term are local terms.
            whole = clean(cells[0][1])
            yield from ((slot, (label, ""), cells[0][0]) for label in local if label in whole)
            continue
        pair = _pair([text for _, text in cells])
        if pair is None or not _is_doubtful(step, clean(pair[0]), local):
            continue
        yield slot, pair, cells[0][0]


def _is_local(value: object) -> bool:
    return isinstance(value, dict) and str(value.get("id", "")).startswith(_LOCAL)


def _is_doubtful(step: str, name: str, local: Sequence[str]) -> bool:
    step = step.removesuffix(UNVERIFIED)
    if step in DECISION_STEPS:
        return step == "decision-not"
    if step in STEPS:
        return not STEPS[step] or step in DOUBTED
    # Steps of parsers (stages, modifications) that know their own mind: what they found no term for is a local term.
    return name in local


def _readings(record: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, str]]]]:
    """Yield slot, steps and cells of each reading of a term; a name and what belongs to it are one reading."""
    group: list[tuple[str, str]] = []
    last: tuple[object, ...] = ()
    for origin in record.get("origin", ()):
        slot = origin.get("slot", "")
        if slot not in MODEL.slots or MODEL.slots[slot].kind != "term" or "missing" in origin.get("steps", ()):
            continue
        cell, text = origin.get("cell", ""), origin.get("raw", "")
        row = _ROW.match(cell)
        key = (slot, tuple(origin.get("steps", ())), row.groups() if row else cell)
        if group and key == last and _is_companion(text):
            group.append((cell, text))
            continue
        if group:
            yield last[0], last[1], group  # type: ignore[misc]
        group, last = [(cell, text)], key
    if group:
        yield last[0], last[1], group  # type: ignore[misc]


def _is_companion(text: str) -> bool:
    """Tell an accession or the name of an ontology, which may stand beside a name, from another name."""
    tidy = clean(text)
    return bool(_NUMBER.match(tidy)) or tidy.casefold() in PREFIXES or parse_accession(tidy, loose=True) is not None


def _pair(texts: Sequence[str]) -> tuple[str, str] | None:
    """Return name and accession of a cell and its companions; None where nothing is said."""
    parts = keyed(texts[0])
    if parts:
        name, accession = parts.get("NT", ""), parts.get("AC", "")
    else:
        others = [clean(t) for t in texts[1:]]
        source = next((t for t in others if t.casefold() in PREFIXES), "")
        accession = next((t for t in others if t and t != source), "")
        if source and accession and ":" not in accession:
            accession = f"{source}:{accession}"
        name = clean(texts[0])
    if not name:
        name, accession = accession, ""
    return (name, accession) if name else None


# --- asking the bundle


def _ask(terms: Terms, slot: str, entry: _Seen) -> Undecided | None:
    """Look the text up again, for suggestions; None where it has been decided since."""
    definition = MODEL.slots[slot]
    within = ontologies_for(entry.organism, definition.ontologies, terms_for(terms, "organism"))
    text, accession = entry.pair
    answer, _ = terms_for(terms, slot).verify(accession, text, within, definition.branch)
    if answer.step in DECISION_STEPS[:2]:
        return None
    taken = Suggestion(answer.id, answer.label, answer.confidence) if answer.status == "mapped" and answer.id else None
    offers = tuple(dict.fromkeys((*((taken,) if taken else ()), *answer.suggestions)))[:_SUGGESTIONS]
    return Undecided(slot, text, accession, entry.count, tuple(entry.cells), _status(answer), taken, offers)


def _status(answer: Grounding) -> str:
    step = answer.step.removesuffix(UNVERIFIED)
    if step in ("accession-and-name-disagree", "accession-wrong-ontology", "accession-wrong-branch", "decision-not"):
        return "contradiction"
    if answer.status in ("ambiguous", "unverifiable"):
        return answer.status
    if answer.status == "mapped":
        return "unsure" if step in DOUBTED else "suggested"
    return "suggested" if answer.suggestions else "not found"
