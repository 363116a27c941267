"""What changed between two versions of an ontology: which terms became obsolete, moved, were renamed, are gone or new.

Two sides go in, each a version in the bundle (``UO@2026-01-16``), a bundle file or an ontology file; changes come out.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from omics_standards.errors import TermIndexError

from .adding import read_terms
from .bundle import Bundle, default_path
from .curies import join, split
from .schema import RELATIONS
from .versions import split_version

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

    from .answers import OntologyInfo
    from .sources import SourceTerm

__all__ = ["Change", "Kind", "OntologyDiff", "diff_ontologies", "terms_used_in"]

Kind = Literal["obsolete", "gone", "moved", "renamed", "reinstated", "new"]
KINDS: Final[tuple[Kind, ...]] = ("obsolete", "gone", "moved", "renamed", "reinstated", "new")
"""Kinds of changes, those first that need a hand."""

_SQLITE: Final = b"SQLite format 3\0"
_CHUNK: Final = 1 << 20


class Change(NamedTuple):
    """One change of one term.

    Attributes
    ----------
    kind
        ``obsolete``: retired, or taken over by another term; ``gone``: no longer there at all; ``moved``: other direct
        parents; ``renamed``; ``reinstated``: was obsolete; ``new``.
    old_label, new_label
        '' on a side that does not have it.
    replaced_by, consider
        (id, label) of what took its place, and of what may.
    lost, gained
        Parents as ``is_a X:1``.
    """

    kind: Kind
    id: str
    old_label: str = ""
    new_label: str = ""
    replaced_by: tuple[tuple[str, str], ...] = ()
    consider: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = f"{self.kind}\t{self.id}\t{self.old_label or self.new_label}"
        if self.kind == "renamed":
            text += f" → {self.new_label}"
        if self.replaced_by:
            text += " → " + ", ".join(f"{curie} {label}".strip() for curie, label in self.replaced_by)
        elif self.consider:
            text += "; consider " + ", ".join(f"{curie} {label}".strip() for curie, label in self.consider)
        elif self.kind == "obsolete":
            text += "; nothing takes its place"
        if self.kind == "moved":
            text += "".join(f" −{parent}" for parent in self.lost) + "".join(f" +{parent}" for parent in self.gained)
        return text


class OntologyDiff(NamedTuple):
    """The changes of one ontology.

    Attributes
    ----------
    terms
        Current terms on each side.
    parents_compared
        False where the two sides do not keep is_a and part_of alike, so that moves cannot be told.
    used
        Number of terms of this ontology that are in use in the dataset asked about; None where none was.
    """

    prefix: str
    old: str
    new: str
    terms: tuple[int, int]
    changes: tuple[Change, ...]
    parents_compared: bool = True
    used: int | None = None

    def counts(self) -> dict[Kind, int]:
        """Return the number of changes of each kind."""
        return {kind: sum(c.kind == kind for c in self.changes) for kind in KINDS}


class _State(NamedTuple):
    label: str
    obsolete: bool
    replaced_by: tuple[str, ...] = ()
    consider: tuple[str, ...] = ()
    parents: frozenset[str] = frozenset()


class _Side(NamedTuple):
    """One version of one ontology."""

    prefix: str
    version: str
    hierarchy: str
    digest: str
    load: Callable[[], dict[str, _State]]


def diff_ontologies(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    *,
    prefix: str | None = None,
    used: str | os.PathLike[str] | Iterable[str] | None = None,
    target: str | os.PathLike[str] | None = None,
) -> tuple[OntologyDiff, ...]:
    """Compare two versions of an ontology, or all ontologies of two bundles.

    Parameters
    ----------
    old, new
        ``PREFIX@VERSION`` or ``PREFIX`` (the version in use) of the bundle, a bundle file, or an ontology file.
    prefix
        The ontologies to compare ("UBERON,CL"); None for all that both sides have.
    used
        Only these terms: CURIEs, or the folder of a converted dataset (or its ``dataset.json``); None for all.
    target
        The bundle; None for the default one.

    Returns
    -------
    tuple
        One item per ontology that both sides have; ontologies of the same source on both sides are left out.

    Raises
    ------
    TermIndexError
        A side cannot be read, or the two have no ontology in common.

    Examples
    --------
    >>> diff_ontologies("UO@1", "no-such-file.obo")
    Traceback (most recent call last):
    omics_standards.errors.TermIndexError: ...
    """
    terms = terms_used_in(used) if isinstance(used, str | Path) or hasattr(used, "__fspath__") else set(used) if used is not None else None
    before, after = _sides(old, prefix, target), _sides(new, prefix, target)
    common = [p for p in before if p in after]
    if not common:
        raise TermIndexError(f"nothing to compare: {old} has {_some(before)}, {new} has {_some(after)}")
    return tuple(
        _compare(before[p], after[p], terms)
        for p in common
        if len(common) == 1 or (before[p].digest, before[p].version) != (after[p].digest, after[p].version)
    )


def terms_used_in(dataset: Any) -> set[str]:
    """Return the CURIEs of the terms in a converted dataset.

    Parameters
    ----------
    dataset
        Its folder, or its ``dataset.json``.

    Raises
    ------
    TermIndexError
        There is no such file, or it cannot be read.
    """
    path = Path(dataset)
    path = path / "dataset.json" if path.is_dir() else path
    pattern = re.compile(r'"id":\s*("(?:[^"\\]|\\.){1,300}")')
    found: set[str] = set()
    try:
        with path.open(encoding="utf-8") as text:
            rest = ""
            while chunk := text.read(_CHUNK):
                rest += chunk
                end = 0
                for match in pattern.finditer(rest):
                    found.add(json.loads(match[1]))
                    end = match.end()
                rest = rest[max(end, len(rest) - 400) :]
    except (OSError, ValueError) as error:
        raise TermIndexError(f"{path} cannot be read: {error}") from error
    return found


# --- the two sides


def _some(sides: dict[str, _Side]) -> str:
    return ", ".join(list(sides)[:8]) + (" …" if len(sides) > 8 else "") if sides else "no ontology"


def _sides(source: str | os.PathLike[str], prefix: str | None, target: str | os.PathLike[str] | None) -> dict[str, _Side]:
    path = Path(source)
    if not path.is_file():
        spec = str(source)
        if "@" not in spec and ("/" in spec or path.suffix.lower() in (".obo", ".owl", ".json", ".gz", ".sqlite")):
            raise TermIndexError(f"{source} does not exist")
        path = Path(target) if target is not None else default_path()
        if not path.is_file():
            raise TermIndexError(f"there is no bundle at {path}, and no file {spec}")
        with Bundle(path) as bundle:
            name = bundle.known.get(split_version(spec)[0].casefold(), split_version(spec)[0])
            info = bundle.using(spec).info(name)
        if info is None:
            raise TermIndexError(f"{path} has no {spec}")
        return {info.prefix: _of_bundle(path, info)}
    with path.open("rb") as stream:
        is_bundle = stream.read(len(_SQLITE)) == _SQLITE
    if is_bundle:
        wanted = {p.strip().casefold() for p in prefix.split(",")} if prefix else None
        with Bundle(path) as bundle:
            infos = [info for info in bundle.ontologies() if wanted is None or info.prefix.casefold() in wanted]
        return {info.prefix: _of_bundle(path, info) for info in infos}
    versions, terms = read_terms(path, prefix)
    return {p: _of_file(p, version, terms) for p, version in versions.items()}


def _of_file(prefix: str, version: str, terms: list[SourceTerm]) -> _Side:
    def load() -> dict[str, _State]:
        states: dict[str, _State] = {}
        for term in terms:
            if split(term.id)[0] == prefix:
                parents = frozenset(f"{relation} {parent}" for relation, parent in term.parents)
                states[term.id] = _State(term.label, term.obsolete, term.replaced_by, term.consider, parents)
                for other in term.alternatives:
                    states.setdefault(other, _State("", True, (term.id,)))
        return states

    return _Side(prefix, version, "is_a and part_of", "", load)


def _of_bundle(path: Path, info: OntologyInfo) -> _Side:
    def load() -> dict[str, _State]:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            place = (info.prefix, info.version)
            (number,) = db.execute("SELECT number FROM ontologies WHERE prefix=? AND version=?", place).fetchone()
            others: dict[object, tuple[list[str], list[str]]] = {}
            for local, kind, curie in db.execute(
                "SELECT local, kind, curie FROM replacements WHERE ontology=? ORDER BY local, kind, place", (number,)
            ):
                others.setdefault(local, ([], []))[kind].append(curie)
            above: dict[object, list[str]] = {}
            for local, relation, parent in db.execute("SELECT local, relation, parent FROM edges WHERE ontology=?", (number,)):
                whole = parent if isinstance(parent, str) and ":" in parent else join(info.prefix, parent)
                above.setdefault(local, []).append(f"{RELATIONS[relation]} {whole}")
            states = {}
            for local, label, flags in db.execute("SELECT local, label, flags FROM terms WHERE ontology=?", (number,)):
                replaced, consider = others.get(local, ((), ()))
                parents = frozenset(above.get(local, ()))
                states[join(info.prefix, local)] = _State(label, bool(flags & 1), tuple(replaced), tuple(consider), parents)
            return states

    return _Side(info.prefix, info.version, info.hierarchy, info.source_sha256, load)


# --- the comparison


def _compare(old: _Side, new: _Side, used: set[str] | None) -> OntologyDiff:
    before, after = old.load(), new.load()
    comparable = old.hierarchy == new.hierarchy
    changes: list[Change] = []
    for curie in sorted(before.keys() | after.keys() if used is None else used & (before.keys() | after.keys())):
        changes += _changes(curie, before.get(curie), after.get(curie), after, comparable=comparable)
    changes.sort(key=lambda c: (KINDS.index(c.kind), c.id))
    count = tuple(sum(not state.obsolete for state in states.values()) for states in (before, after))
    mine = sum(split(curie)[0] == old.prefix for curie in used) if used is not None else None
    return OntologyDiff(old.prefix, old.version, new.version, (count[0], count[1]), tuple(changes), comparable, mine)


def _changes(curie: str, was: _State | None, now: _State | None, after: dict[str, _State], *, comparable: bool) -> list[Change]:
    def labelled(curies: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((c, after[c].label if c in after else "") for c in curies)

    if now is None:
        return [Change("gone", curie, was.label)] if was is not None and not was.obsolete else []
    if was is None:
        return [] if now.obsolete else [Change("new", curie, "", now.label)]
    if now.obsolete:
        if was.obsolete:
            return []
        return [Change("obsolete", curie, was.label, now.label, labelled(now.replaced_by), labelled(now.consider))]
    if was.obsolete:
        return [Change("reinstated", curie, was.label, now.label)]
    changes = []
    if comparable and was.parents != now.parents:
        lost, gained = sorted(was.parents - now.parents), sorted(now.parents - was.parents)
        changes.append(Change("moved", curie, was.label, now.label, lost=tuple(lost), gained=tuple(gained)))
    if " ".join(was.label.split()) != " ".join(now.label.split()):
        changes.append(Change("renamed", curie, was.label, now.label))
    return changes
