"""Add ontology files to the bundle: a file in, its ontologies beside what the bundle holds, and what was passed over.

Terms are read once and spooled beside the bundle, so that memory does not grow with the file; then the ontologies
to take are chosen, checked, and written into a copy of the bundle, which takes the old one's place at the end.
"""

from __future__ import annotations

import marshal
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple, cast

from omics_standards.errors import TermIndexError

from .answers import OntologyInfo
from .bundle import default_path
from .carriers import ManifestEntry, Progress, read_manifest, sha256_of
from .curies import PREFIXES, split
from .obo import Problem
from .owl import merged
from .placing import BuildReport, changing, report_of
from .reading import About, curie_of, open_ontology
from .sources import SourceTerm
from .versions import clean_version, is_part, newer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["add_file", "own_prefix", "read_terms"]

_SHARE: Final = 0.05
"""Least share of a file's terms that makes a prefix one of its ontologies, where its header names none of them."""

_BATCH: Final = 500
_SHOWN: Final = 40
_CIRCLE_SHOWN: Final = 6


class _Spool:
    """Terms with the lines of their stanzas, in a temporary file; read any number of times."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._batch: list[tuple[int, tuple[object, ...]]] = []
        self.extras: dict[str, SourceTerm] = {}

    def write(self, line: int, term: SourceTerm) -> None:
        self._batch.append((line, tuple(term)))
        if len(self._batch) == _BATCH:
            self.flush()

    def flush(self) -> None:
        marshal.dump(self._batch, self._stream)
        self._batch.clear()

    def __iter__(self) -> Iterator[tuple[int, SourceTerm]]:
        self._stream.seek(0)
        while True:
            try:
                batch = marshal.load(self._stream)
            except EOFError:
                return
            for line, values in batch:
                term = SourceTerm(*values)
                more = self.extras.get(term.id)
                yield line, merged(term, more) if more else term

    def terms(self) -> Iterator[SourceTerm]:
        return (term for _, term in self)


class _Taken(NamedTuple):
    """A file that was read: what it is, how many terms of each prefix it has (and which have parents), what was passed over."""

    about: About
    counts: Counter[str]
    with_parents: set[str]
    problems: list[Problem]
    skipped: int
    cut: bool


def read_terms(path: Path, prefix: str | Iterable[str] | None = None) -> tuple[dict[str, str], list[SourceTerm]]:
    """Read the terms of a file into memory.

    Parameters
    ----------
    path
        An ontology file.
    prefix
        As for :func:`add_file`.

    Returns
    -------
    tuple
        Version by prefix of the ontologies taken, and their terms.

    Raises
    ------
    TermIndexError
        As for :func:`add_file`.
    """
    with tempfile.TemporaryFile(prefix="omst-terms-") as stream:
        spool = _Spool(stream)
        taken = _read(path, spool)
        chosen = _choose(path, taken, prefix)
        terms = [term for term in spool.terms() if split(term.id)[0] in chosen]
    return {p: clean_version(taken.about.version, p) for p in chosen}, terms


def add_file(
    file: str | os.PathLike[str],
    prefix: str | Iterable[str] | None = None,
    *,
    target: str | os.PathLike[str] | None = None,
    use: bool = False,
    imports: bool = False,
    progress: Progress = lambda _: None,
) -> BuildReport:
    """Add the ontologies of one file to the bundle, beside their other versions.

    Parameters
    ----------
    file
        OBO 1.2 or 1.4, OWL as RDF/XML, or obograph JSON; also gzipped.
    prefix
        Prefixes of the ids to take ("HsapDv,MmusDv", or a list). None: the one that the header names; where it names
        none of the file's, each that 5 % of the terms have.
    target
        The bundle; None for the default one. It is made where there is none.
    use
        Look terms up in this version from now on, even if it is not the newest.
    imports
        Read the ontologies that the file imports as well, over the network where they are not beside it.
    progress
        Told what is being done, one line at a time.

    Returns
    -------
    BuildReport
        What was passed over is in ``skipped``, under the file's name.

    Raises
    ------
    TermIndexError
        The file cannot be read, is cut, or holds no terms; an old bundle stays as it was.
    """
    path = Path(target).absolute() if target is not None else default_path().absolute()
    source = Path(file)
    if not source.is_file():
        raise TermIndexError(f"{source} {'is not a file' if source.exists() else 'does not exist'}")
    progress(f"reading {source.name}")
    with _temporary(path.parent) as stream:
        spool = _Spool(stream)
        taken = _read(source, spool, imports=imports, progress=progress)
        chosen = _choose(source, taken, prefix)
        left = [f"{p} ({n:,})" for p, n in taken.counts.most_common() if p not in chosen]
        left = left if len(left) <= _SHOWN else [*left[:_SHOWN], "…"]
        progress(f"taken: {', '.join(chosen)}" + (f"; left (name them with --prefix): {', '.join(left)}" if left else ""))
        problems = [*taken.problems, *_check(spool, set(taken.counts if taken.cut else chosen), source, cut=taken.cut)]
        _write(path, source, taken, chosen, spool, use=use, progress=progress)
    report = report_of(path)
    for wanted in chosen:
        _say_which_is_used(report, wanted, clean_version(taken.about.version, wanted), progress)
    return report._replace(skipped={source.name: tuple(problems)} if problems else {})


# --- reading


def _temporary(folder: Path) -> IO[bytes]:
    """Return a file without a name, where the bundle will be: the space for it must be there in any case."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return cast("IO[bytes]", tempfile.TemporaryFile(prefix="omst-terms-", dir=folder))
    except OSError as error:
        raise TermIndexError(f"{folder} cannot be written: {error}") from error


def _read(path: Path, spool: _Spool, *, imports: bool = False, progress: Progress = lambda _: None) -> _Taken:
    counts: Counter[str] = Counter()
    with_parents: set[str] = set()

    def take(line: int, term: SourceTerm) -> None:
        own = split(term.id)[0]
        counts[own] += 1
        if term.parents:
            with_parents.add(own)
        spool.write(line, term)

    with open_ontology(path) as reader:
        for term in reader.terms():
            take(reader.line, term)
        about = reader.about()
    if imports:
        from .imports import imported_terms

        for term in imported_terms(path, about.imports, progress):
            take(0, term)
    elif about.imports:
        names = ", ".join(i.rpartition("/")[2] for i in about.imports)
        progress(f"left out: what the file imports ({names}); --imports reads it as well")
    spool.flush()
    spool.extras = reader.extras
    with_parents |= {split(curie)[0] for curie, more in reader.extras.items() if more.parents}
    problems = list(reader.problems)
    if reader.skipped > len(problems):
        problems.append(Problem(0, f"and {reader.skipped - len(problems):,} more"))
    return _Taken(about, counts, with_parents, problems, reader.skipped, reader.cut)


def own_prefix(ontology: str, prefixes: Iterable[str]) -> str | None:
    """Return which of a file's prefixes its header names as the ontology; None where it names none of them.

    Examples
    --------
    >>> own_prefix("http://purl.obolibrary.org/obo/hancestro/hancestro.owl", ["GEO", "HANCESTRO"])
    'HANCESTRO'
    >>> own_prefix("pato/pato-simple", ["PATO"]), own_prefix("http://edamontology.org", ["EDAM"])
    ('PATO', 'EDAM')
    >>> own_prefix("life-stages", ["HsapDv", "MmusDv"])
    """
    folded = {p.casefold(): p for p in prefixes}
    body = ontology.partition("://")[2] or ontology
    body = body.removeprefix("purl.obolibrary.org/obo/")
    for part in (*body.split("/"), split(curie_of(f"{ontology.rstrip('/')}/x_1"))[0]):
        found = folded.get(part.partition(".")[0].casefold()) or folded.get(PREFIXES.get(part.casefold(), "").casefold())
        if found:
            return found
    return None


def _choose(path: Path, taken: _Taken, prefix: str | Iterable[str] | None) -> list[str]:
    counts = taken.counts
    if not counts:
        said = f"; the first part passed over: {taken.problems[0]}" if taken.problems else ""
        raise TermIndexError(
            f"{path} holds no terms: expected are OBO stanzas with 'id: PREFIX:number', OWL classes or obograph nodes{said}"
        )
    if prefix is not None:
        wanted = [p.strip() for p in (prefix.split(",") if isinstance(prefix, str) else prefix) if p.strip()]
        folded = {p.casefold(): p for p in counts}
        absent = [p for p in wanted if p.casefold() not in folded]
        if absent:
            there = ", ".join(f"{p} ({n:,})" for p, n in counts.most_common(_SHOWN))
            raise TermIndexError(f"{path} has no ids {', '.join(f'{p}:…' for p in absent)}; it has {there}")
        return [folded[p.casefold()] for p in wanted]
    own = own_prefix(taken.about.ontology, counts)
    if own:
        return [own]
    least = _SHARE * sum(counts.values())
    return [p for p, n in counts.most_common() if n >= least]


def _write(path: Path, source: Path, taken: _Taken, chosen: list[str], spool: _Spool, *, use: bool, progress: Progress) -> None:
    digest = sha256_of(source)
    with changing(path, progress) as writer:
        before = {info.spec for info in writer.infos().values()}
        for prefix in chosen:
            info = _describe(prefix, taken.about, source, digest)
            info = info._replace(hierarchy="is_a and part_of" if prefix in taken.with_parents else "none")
            counted = writer.add(info, spool.terms())
            if use:
                writer.choose(counted.prefix, counted.version)
            again = ", in place of the same version" if info.spec in before else ""
            progress(f"{counted.prefix} {counted.version}: {counted.terms:,} terms, {counted.names:,} names{again}")


def _describe(prefix: str, about: About, source: Path, digest: str) -> OntologyInfo:
    known: dict[str, ManifestEntry] = {e.prefix: e for e in read_manifest().entries}
    entry = known.get(prefix)
    return OntologyInfo(
        prefix,
        entry.title if entry else about.title or about.ontology or source.stem,
        clean_version(about.version, prefix),
        about.licence or (entry.licence if entry else ""),
        entry.homepage if entry else "",
        source.name,
        digest,
        includes=entry.includes if entry else (),
        added=True,
        iri=about.iri,
    )


def _say_which_is_used(report: BuildReport, prefix: str, version: str, progress: Progress) -> None:
    infos = [info for info in report.ontologies if info.prefix == prefix]
    used = next(info for info in infos if info.used)
    if len(infos) < 2:
        return
    if used.version != version:
        reasons = {True: "it is newer", False: "this one is no newer", None: "which of them is newer cannot be told"}
        why = "it was chosen" if used.chosen else reasons[newer(used.version, version)]
        mine = next(info for info in infos if info.version == version)
        if newer(version, used.version) and is_part(mine, used) and not used.chosen:
            why = f"{mine.terms:,} terms beside {used.terms:,} can only be a part of the ontology"
        progress(f"in use stays {used.spec}: {why}; to change that: omics-standards ontologies use {prefix}@{version}")
    else:
        others = ", ".join(info.version for info in infos if info is not used)
        why = "as you say" if used.chosen else "the newest"
        progress(f"in use from now on: {used.spec}, {why}; kept beside it: {others}")


# --- what a person should know of it


def _check(spool: _Spool, chosen: set[str], path: Path, *, cut: bool) -> list[Problem]:
    """Look for parents that are not there, and for circles, among the terms of some prefixes.

    Raises
    ------
    TermIndexError
        The file ends within a line and lacks terms that others name: it is cut.
    """
    numbers: dict[str, int] = {}
    lines: list[int] = []
    for line, term in spool:
        if split(term.id)[0] in chosen and numbers.get(term.id, -1) < 0:
            numbers[term.id] = len(lines)
            lines.append(line)
            for other in term.alternatives:
                numbers.setdefault(other, -1)
    parents: dict[int, list[int]] = {}
    lacking: list[tuple[int, str, str]] = []
    count = 0
    for line, term in spool:
        if split(term.id)[0] not in chosen:
            continue
        for relation, parent in term.parents:
            number = numbers.get(parent)
            if number is None and split(parent)[0] in chosen:
                count += 1
                lacking = lacking or [(line, term.id, parent)]
            elif number is not None and number >= 0 and relation == "is_a":
                parents.setdefault(numbers[term.id], []).append(number)
    problems = []
    if lacking:
        line, child, parent = lacking[0]
        text = f"{count:,} parents are not in the file, the first: {parent}, parent of {child}"
        if cut:
            raise TermIndexError(f"{path} seems cut: it ends in the middle of a line, and {text} (line {line})")
        problems.append(Problem(line, f"{text}; is the file whole?"))
    if cut:
        problems.append(Problem(max(lines, default=0), "the file ends without a line break, somewhere below this line; is it whole?"))
    circle = _circle(parents)
    if circle:
        names = {n: curie for curie, n in numbers.items() if n in circle}
        shown = " → ".join(names[n] for n in circle[:_CIRCLE_SHOWN]) + (" → …" if len(circle) > _CIRCLE_SHOWN else f" → {names[circle[0]]}")
        problems.append(Problem(lines[circle[0]], f"is_a runs in a circle: {shown}"))
    return problems


def _circle(parents: dict[int, list[int]]) -> Sequence[int]:
    """Return the members of one circle, () where there is none."""
    waiting = {child: len(above) for child, above in parents.items()}
    children: dict[int, list[int]] = {}
    for child, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(child)
    done = [node for node in children if node not in waiting]
    while done:
        for child in children.get(done.pop(), ()):
            waiting[child] -= 1
            if not waiting[child]:
                done.append(child)
    rest = {node for node, count in waiting.items() if count}
    if not rest:
        return ()
    # Each that is left has a parent that is left: going up from any of them ends in a circle.
    node = min(rest)
    walked: dict[int, int] = {}
    while node not in walked:
        walked[node] = len(walked)
        node = min(p for p in parents[node] if p in rest)
    path = list(walked)
    return path[walked[node] :]
