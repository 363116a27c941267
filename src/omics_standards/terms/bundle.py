"""The bundle: every name, id and parent of the ontologies built, in one read-only SQLite file.

A path goes in (or none: the user's cache); terms, names, parents and groundings come out. Opening costs milliseconds,
nothing is loaded ahead. Where nothing is built, :class:`NoBundle` answers "unverifiable" and names the one command.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from omics_standards.errors import TermIndexError

from .answers import BUILD_COMMAND, SCOPES, Grounding, Name, OntologyInfo, TermInfo
from .candidates import CandidateIndex
from .curies import PREFIXES, join, parse_accession, split
from .ground import ground
from .lookups import Hit, Local, Neighbour, Plan, Search
from .schema import APPLICATION_ID, KEYS, RELATIONS, SCHEMA_VERSION, encode_local, read_infos
from .stages import STAGES_OF_SPECIES
from .verify import issues_of, verify
from .versions import split_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from omics_standards.findings import Issue

__all__ = [
    "BUILD_COMMAND",
    "ENVIRONMENT_VARIABLE",
    "Bundle",
    "Hit",
    "Neighbour",
    "NoBundle",
    "Plan",
    "default_path",
    "get_terms",
    "open_bundle",
]

ENVIRONMENT_VARIABLE: Final = "OMICS_STANDARDS_BUNDLE"

_Parents = Callable[[str], tuple[tuple[str, str], ...]]
_MEMO_LIMIT: Final = 200_000
_REFUSED_LIMIT: Final = 10_000  # some 1 kB each
# No memory map: its pages count as the process's own (220 MB after 60,000 random taxa) and save nothing measurable.
_CACHE_KIB: Final = 32_000

# One statement per name: the join saves a second call for the label.
_LOOKUP: Final = (
    "SELECT n.scope, n.local, n.altered, t.label, t.flags FROM names n "
    "JOIN terms t ON t.ontology = n.ontology AND t.local = n.local WHERE n.ontology = ? AND n.key = ?"
)

_BY_FORM: Final = (
    "SELECT f.scope, f.local, t.label, t.flags FROM forms f "
    "JOIN terms t ON t.ontology = f.ontology AND t.local = f.local WHERE f.ontology = ? AND f.form = ?"
)

_NEIGHBOURS: Final = tuple(
    "SELECT n.key, n.scope, n.local, t.label, t.flags FROM names n "
    "JOIN terms t ON t.ontology = n.ontology AND t.local = n.local "
    f"WHERE n.ontology = ? AND n.key {order} LIMIT ?"
    for order in (">= ? ORDER BY n.key, n.scope, n.local", "< ? ORDER BY n.key DESC, n.scope, n.local")
)

_BEGINNING: Final = (
    "SELECT n.key, n.scope, n.local, t.label, t.flags FROM names n "
    "JOIN terms t ON t.ontology = n.ontology AND t.local = n.local "
    "WHERE n.ontology = ? AND n.key >= ? AND n.key < ? ORDER BY length(n.key), n.key, n.scope, n.local LIMIT ?"
)

_HIGHEST: Final = tuple(f"SELECT max(local) FROM terms WHERE ontology = ? AND local {where}" for where in ("< ''", ">= '' AND local < ':'"))


def default_path() -> Path:
    """Return where the bundle is kept: ``$OMICS_STANDARDS_BUNDLE``, else the user's cache folder."""
    override = os.environ.get(ENVIRONMENT_VARIABLE)
    if override:
        return Path(override).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("omics-standards", appauthor=False)) / "ontologies" / "bundle.sqlite"


def open_bundle(path: str | os.PathLike[str] | None = None) -> Bundle | None:
    """Open the bundle.

    Parameters
    ----------
    path
        None for :func:`default_path`.

    Returns
    -------
    Bundle or None
        None where nothing is built.

    Raises
    ------
    TermIndexError
        There is a file, but it is not a bundle that this version can read.
    """
    place = Path(path) if path is not None else default_path()
    return Bundle(place) if place.is_file() else None


def get_terms(path: str | os.PathLike[str] | None = None) -> Bundle | NoBundle:
    """Return the bundle, or a stand-in that answers "unverifiable" where nothing is built; raises as open_bundle."""
    return open_bundle(path) or NoBundle()


class Bundle:
    """An open bundle.

    Parameters
    ----------
    path
        The file. It may be replaced by a newer one while it is open; this object keeps to the one it opened.
    use
        ``PREFIX@VERSION`` of ontologies that shall be looked up in another version than the one in use.

    Raises
    ------
    TermIndexError
        The file is not a bundle, not complete, or made by another version of the package; it lacks a version asked for.

    Notes
    -----
    Safe to pickle (the other process opens the file again). One object serves one thread at a time.
    """

    def __init__(self, path: str | os.PathLike[str], *, use: Iterable[str] = ()) -> None:
        self.path = Path(path).absolute()
        self._db = _connect(self.path)
        self._execute = self._db.execute
        self._find = self._db.cursor().execute  # one cursor for all look-ups: each is fetched whole at once
        self._infos = read_infos(self._db)
        self.known = {**PREFIXES, **{info.prefix.casefold(): info.prefix for info in self._infos.values()}}
        self._use = tuple(use)
        self._numbers = {info.prefix: number for number, info in self._infos.items() if info.used}
        try:
            self._numbers |= dict(_pinned(spec, self._infos, self.known) for spec in self._use)
        except TermIndexError:
            self._db.close()
            raise
        self._views: dict[tuple[str, ...], Bundle] = {}
        self._plans: dict[tuple[tuple[str, ...], tuple[str, ...]], Plan] = {}
        self._refused: dict[tuple[object, ...], tuple[Grounding, tuple[Issue, ...]]] = {}
        self._candidates: dict[int, CandidateIndex | None] = {}
        self._under: dict[frozenset[str], dict[str, bool | None]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return _open_again, (self.path, self._use)

    def __enter__(self) -> Bundle:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Bundle {self.path} ({len(self._infos)} ontologies)>"

    def close(self) -> None:
        """Close the file."""
        for view in self._views.values():
            view.close()
        self._db.close()

    def using(self, *specs: str) -> Bundle:
        """Return this bundle with other versions in use; it is closed with this one.

        Parameters
        ----------
        *specs
            ``PREFIX@VERSION``; one without a version is passed over.

        Raises
        ------
        TermIndexError
            A version is not in the bundle.
        """
        wanted = tuple(sorted(spec for spec in specs if "@" in spec))
        if not wanted:
            return self
        if wanted not in self._views:
            self._views[wanted] = Bundle(self.path, use=(*self._use, *wanted))
        return self._views[wanted]

    # --- what is in it

    def ontologies(self, *, every: bool = False) -> tuple[OntologyInfo, ...]:
        """Return the ontologies in use, in the order they were built; with ``every``, their other versions as well."""
        return tuple(info for n, info in self._infos.items() if every or self._numbers.get(info.prefix) == n)

    def versions(self) -> dict[str, str]:
        """Return the version in use of each ontology by prefix."""
        return {info.prefix: info.version for info in self.ontologies()}

    def info(self, prefix: str) -> OntologyInfo | None:
        """Return an ontology by its prefix (canonical spelling), None where it is not here."""
        number = self._numbers.get(prefix)
        return self._infos[number] if number is not None else None

    def meta(self) -> dict[str, str]:
        """Return the bundle's own data: schema, recipe and the like."""
        return dict(self._execute("SELECT key, value FROM meta"))

    # --- terms

    def term(self, curie: str) -> TermInfo | None:
        """Return a term by its canonical CURIE; None where the bundle has no such id.

        An id that another term took over is obsolete, has no label, and names that term in ``replaced_by``.
        """
        place = self._place(curie)
        if place is None:
            return None
        row = self._execute("SELECT label, flags FROM terms WHERE ontology=? AND local=?", place).fetchone()
        if row is None:
            return None
        info = self._infos[place[0]]
        replaced, consider = ((), ()) if not row[1] & 1 else self._replacements(place)
        return TermInfo(curie, row[0], bool(row[1] & 1), replaced, consider, info.prefix, info.version)

    def names(self, curie: str) -> tuple[Name, ...]:
        """Return the names of a term, label first, then by scope; () where there is none."""
        term = self.term(curie)
        place = self._place(curie)
        if term is None or place is None:
            return ()
        rows = self._execute("SELECT scope, text FROM synonyms WHERE ontology=? AND local=?", place)
        label = (Name("label", term.label),) if term.label else ()
        return label + tuple(Name(SCOPES[scope], text) for scope, text in rows)

    def highest(self, curie: str) -> str:
        """Return the CURIE with the highest number among those of the term's ontology; '' where none has a number."""
        prefix = split(curie)[0]
        number = self._numbers.get(prefix)
        if number is None:
            return ""
        # Numbers with leading zeros are stored as text, which stands behind all integers; ":" stands behind all digits.
        rows = [self._execute(sql, (number,)).fetchone()[0] for sql in _HIGHEST]
        found = [str(row) for row in rows if row is not None and str(row).isdigit()]
        return join(prefix, max(found, key=int)) if found else ""

    def parents(self, curie: str) -> tuple[tuple[str, str], ...]:
        """Return (relation, CURIE) of the direct parents; a relation is is_a, part_of or merged (either)."""
        place = self._place(curie)
        if place is None:
            return ()
        prefix = self._infos[place[0]].prefix
        rows = self._execute("SELECT relation, parent FROM edges WHERE ontology=? AND local=?", place)
        return tuple((RELATIONS[relation], self._parent(prefix, parent)) for relation, parent in rows)

    def xrefs(self, curie: str) -> tuple[str, ...]:
        """Return the same thing elsewhere: CURIEs that the ontology cross-references, in alphabetical order.

        They are as good as their source: often exact, sometimes broader or narrower.
        """
        place = self._place(curie)
        rows = self._execute("SELECT curie FROM xrefs WHERE ontology=? AND local=?", place) if place else ()
        return tuple(row[0] for row in rows)

    def children(self, curie: str) -> tuple[str, ...]:
        """Return the direct children of a term within its ontology, in order of their ids; reads all parents of the ontology."""
        place = self._place(curie)
        if place is None:
            return ()
        prefix = self._infos[place[0]].prefix
        rows = self._execute("SELECT DISTINCT local FROM edges WHERE ontology=? AND parent=? ORDER BY local", place)
        return tuple(join(prefix, local) for (local,) in rows)

    def ancestors(self, curie: str) -> frozenset[str]:
        """Return all terms above a term (is_a and part_of), without the term itself; parents may form a cycle."""
        found: set[str] = set()
        waiting = [curie]
        while waiting:
            for _, parent in self.parents(waiting.pop()):
                if parent not in found and parent != curie:
                    found.add(parent)
                    waiting.append(parent)
        return frozenset(found)

    def is_under(self, curie: str, roots: Iterable[str]) -> bool | None:
        """Say whether a term is one of the roots or below one of them.

        Parameters
        ----------
        curie
            The term.
        roots
            Roots of other ontologies than the term's do not restrict it: with none of its own it is under them.

        Returns
        -------
        bool or None
            None where the bundle does not know the term's parents (taxa other than Metazoa, cell lines), or has retired the
            roots (EFO's *disease*, whose place MONDO took): then nothing lies below them.
        """
        place = self._place(curie)
        if place is None:
            return None
        prefix = self._infos[place[0]].prefix
        own = frozenset(r for r in roots if split(r)[0] == prefix)
        if not own:
            return True
        under = self.place_is_under(*place, own)
        return under if under or any(not self._is_retired(root) for root in own) else None

    def _is_retired(self, curie: str) -> bool:
        term = self.term(curie)
        return term is not None and term.obsolete

    def resolve(self, curie: str) -> str | None:
        """Follow ``replaced_by`` from an obsolete id to a current one.

        Returns
        -------
        str or None
            The id itself where it is current; None where the chain ends in nothing, forks, or runs in a circle.
            A replacement in an ontology that is not in the bundle is returned unchecked.
        """
        seen: set[str] = set()
        while curie not in seen:
            seen.add(curie)
            term = self.term(curie)
            if term is None:
                return curie if split(curie)[0] not in self._numbers and len(seen) > 1 else None
            if not term.obsolete:
                return curie
            if len(term.replaced_by) != 1:
                return None
            curie = term.replaced_by[0]
        return None

    # --- text to term

    def ground(self, text: str, within: tuple[str, ...], branch: tuple[str, ...] = (), *, suggest: bool = True) -> Grounding:
        """Find the term that a text names; see :func:`omics_standards.terms.ground.ground`.

        An item of ``within`` may name a version: ``UBERON@v2026-04-01``.
        """
        if (within, branch) not in self._plans and "@" in "".join(within):
            return self.using(*within).ground(text, _bare(within), branch, suggest=suggest)
        return ground(self, text, within, branch, suggest=suggest)

    def verify(self, curie: str, label: str, within: tuple[str, ...], branch: tuple[str, ...] = ()) -> tuple[Grounding, tuple[Issue, ...]]:
        """Check an accession against the name beside it; see :func:`omics_standards.terms.verify.verify`."""
        if "@" in "".join(within):
            return self.using(*within).verify(curie, label, _bare(within), branch)
        key = (curie, label, within, branch)
        known = self._refused.get(key)
        if known is not None:
            return known
        answer = verify(self, curie, label, within, branch)
        # To look for near names costs a hundred look-ups, and the same slips come again with each chunk of rows.
        if answer[1] and len(self._refused) < _REFUSED_LIMIT:
            self._refused[key] = answer
        return answer

    # --- for the grounding steps

    def plan(self, within: tuple[str, ...], branch: tuple[str, ...] = ()) -> Plan:
        """Return which ontologies to search, in order; memoised."""
        plan = self._plans.get((within, branch))
        if plan is None:
            plan = self._plans[within, branch] = _make_plan(within, branch, self.known, self._numbers, self._infos)
        return plan

    def lookup(self, number: int, key: str) -> list[Hit]:
        """Return the terms of one ontology that have a name with this folded key, best scope first."""
        return [Hit._make(row) for row in self.rows(number, key)]

    def rows(self, number: int, key: str) -> list[tuple[int, Local, int, str, int]]:
        """Return what :meth:`lookup` does as plain tuples, at half its cost."""
        return self._find(_LOOKUP, (number, key)).fetchall()

    def by_form(self, number: int, form: int) -> list[tuple[int, Local, str, int]]:
        """Return (scope, local, label, flags) of the terms of one ontology that have a name with this form's hash."""
        return self._find(_BY_FORM, (number, form)).fetchall()

    def candidates(self, number: int) -> CandidateIndex | None:
        """Return the index of near names of one ontology, read on first use; None where it has none."""
        if number not in self._candidates:
            self._candidates[number] = CandidateIndex.load(self._db, number)
        return self._candidates[number]

    def neighbours(self, number: int, key: str, count: int) -> list[Neighbour]:
        """Return names whose folded keys stand next to ``key`` in the alphabet, ``count`` on each side."""
        place = (number, key, count)
        return [Neighbour._make(row) for sql in _NEIGHBOURS for row in self._execute(sql, place).fetchall()]

    def beginning(self, number: int, key: str, count: int) -> list[Neighbour]:
        """Return names whose folded keys begin with ``key``, shortest first."""
        return [Neighbour._make(row) for row in self._execute(_BEGINNING, (number, key, key + "\U0010ffff", count)).fetchall()]

    def number_info(self, number: int) -> OntologyInfo:
        """Return an ontology by its number."""
        return self._infos[number]

    def number_of(self, prefix: str) -> int | None:
        """Return the number of an ontology, None where it is not here."""
        return self._numbers.get(prefix)

    def place_is_under(self, number: int, local: Local, roots: frozenset[str]) -> bool | None:
        """Say whether a term is under roots of its own ontology; None where its parents are not known. Memoised."""
        info = self._infos[number]
        start = join(info.prefix, local)
        memo = self._under.setdefault(roots, {})
        if start in memo:
            return memo[start]
        if len(memo) >= _MEMO_LIMIT:
            memo.clear()
        if start not in roots and info.hierarchy in ("none", "partial") and not self.parents(start):
            memo[start] = None
        else:
            memo[start] = _climb(self.parents, start, roots, memo)
        return memo[start]

    def _place(self, curie: str) -> tuple[int, Local] | None:
        prefix, local = split(curie)
        number = self._numbers.get(prefix)
        return None if number is None or not local or not local.isascii() else (number, encode_local(local))

    def _parent(self, prefix: str, parent: Local) -> str:
        return parent if isinstance(parent, str) and ":" in parent else join(prefix, parent)

    def _replacements(self, place: tuple[int, Local]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        rows = self._execute("SELECT kind, curie FROM replacements WHERE ontology=? AND local=?", place).fetchall()
        return tuple(c for k, c in rows if k == 0), tuple(c for k, c in rows if k == 1)


def _make_plan(
    within: tuple[str, ...], branch: tuple[str, ...], known: dict[str, str], in_use: dict[str, int], infos: dict[int, OntologyInfo]
) -> Plan:
    prefixes = [known.get(spelling.casefold(), spelling) for spelling in within]
    numbers: list[int] = []
    for prefix in prefixes:
        number = in_use.get(prefix)
        if number is not None:
            also = (in_use[p] for p in infos[number].includes if p in in_use)
            numbers += [n for n in (number, *also) if n not in numbers]
    searches = []
    for number in numbers:
        info = infos[number]
        own = frozenset(root for root in branch if root.startswith(info.prefix + ":"))
        searches.append(Search(number, info.prefix, info.version, own))
    absent = tuple(p for p in prefixes if p not in in_use)
    version = ", ".join(f"{s.prefix} {s.version}" for s in searches)
    staged = any(search.prefix in STAGES_OF_SPECIES for search in searches)
    return Plan(tuple(searches), frozenset(numbers), absent, version, bool(prefixes) and prefixes[0] in in_use, staged)


def _climb(parents: _Parents, start: str, roots: frozenset[str], memo: dict[str, bool | None]) -> bool:
    """Go up from a term until a root is met; parents may form a cycle."""
    came_from = {start: start}
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node in roots or memo.get(node):
            while True:  # all on the way from the start are under the root as well
                memo[node] = True
                if node == start:
                    return True
                node = came_from[node]
        if memo.get(node, True) is False:
            continue
        for _, parent in parents(node):
            if parent not in came_from:
                came_from[parent] = node
                waiting.append(parent)
    memo.update(dict.fromkeys(came_from, False))  # whatever was visited has all its ancestors among the visited
    return False


def _pinned(spec: str, infos: dict[int, OntologyInfo], known: dict[str, str]) -> tuple[str, int]:
    spelling, version = split_version(spec)
    prefix = known.get(spelling.casefold(), spelling)
    for number, info in infos.items():
        if info.prefix == prefix and info.version == version:
            return prefix, number
    there = ", ".join(info.version for info in infos.values() if info.prefix == prefix)
    raise TermIndexError(f"the bundle has no {spec}; of {prefix} it has {there or 'no version'}")


def _open_again(path: Path, use: tuple[str, ...]) -> Bundle:
    return Bundle(path, use=use)


def _bare(within: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(split_version(spec)[0] for spec in within)


class NoBundle:
    """Stands in where nothing is built: the same questions, "unverifiable" to all of them.

    Examples
    --------
    >>> NoBundle().ground("liver", ("UBERON",)).status, NoBundle().term("UBERON:0002107")
    ('unverifiable', None)
    >>> NoBundle().ground("UBERON_0002107", ("UBERON",)).id
    'UBERON:0002107'
    """

    path = None
    command = BUILD_COMMAND

    def __bool__(self) -> bool:
        return False

    def versions(self) -> dict[str, str]:
        """Return nothing."""
        return {}

    def ontologies(self, *, every: bool = False) -> tuple[OntologyInfo, ...]:  # noqa: ARG002 - the bundle's interface
        """Return nothing."""
        return ()

    def term(self, curie: str) -> None:  # noqa: ARG002 - the bundle's interface
        """Return None."""
        return

    def names(self, curie: str) -> tuple[Name, ...]:  # noqa: ARG002 - the bundle's interface
        """Return nothing."""
        return ()

    def xrefs(self, curie: str) -> tuple[str, ...]:  # noqa: ARG002 - the bundle's interface
        """Return nothing."""
        return ()

    def ground(
        self,
        text: str,
        within: tuple[str, ...],  # noqa: ARG002 - the bundle's interface
        branch: tuple[str, ...] = (),  # noqa: ARG002 - the bundle's interface
        *,
        suggest: bool = True,  # noqa: ARG002 - the bundle's interface
    ) -> Grounding:
        """Answer "unverifiable"; an accession is returned as it stands, in canonical form."""
        accession = parse_accession(text)
        return Grounding("unverifiable", accession.curie if accession else None, step="no-bundle")

    def verify(
        self,
        curie: str,
        label: str,
        within: tuple[str, ...],
        branch: tuple[str, ...] = (),  # noqa: ARG002 - the bundle's interface
    ) -> tuple[Grounding, tuple[Issue, ...]]:
        """Answer "unverifiable", with the one command that builds a bundle."""
        accession = parse_accession(curie, loose=True)
        answer = Grounding("unverifiable", accession.curie if accession else None, step="no-bundle")
        return answer, issues_of(label or curie, answer, within)


def _connect(path: Path) -> sqlite3.Connection:
    broken = f"{path} is not a complete ontology bundle; build it again with: {BUILD_COMMAND} --force"
    try:
        # immutable: no locks and no look for a journal. The file is only ever replaced as a whole.
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None)
    except sqlite3.Error as error:
        raise TermIndexError(f"{path} cannot be opened ({error}); build it again with: {BUILD_COMMAND} --force") from error
    try:
        application = db.execute("PRAGMA application_id").fetchone()[0]
        if application != APPLICATION_ID:
            raise TermIndexError(broken)
        meta = dict(db.execute("SELECT key, value FROM meta"))
        db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    except sqlite3.Error as error:
        db.close()
        raise TermIndexError(broken) from error
    except TermIndexError:
        db.close()
        raise
    if meta.get("complete") != "1" or meta.get("schema") != str(SCHEMA_VERSION) or meta.get("keys") != KEYS:
        db.close()
        reason = "was made by another version of omics-standards" if meta.get("complete") == "1" else "is not complete"
        raise TermIndexError(f"{path} {reason}; build it again with: {BUILD_COMMAND} --force")
    return db
