"""MAGE-TAB's SDRF, and the study and assay files of ISA-Tab."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...mapping.ids import segment
from ...models.slots import MODEL
from .chains import Laid, compose_rows
from .composed import Composed, SheetGrid
from .investigation import Known, compose_idf, compose_investigation, homes_of, listed, made_of
from .lanes import lay_over
from .paths import Network, Step, key_of, kind_in
from .reread import account
from .spelling import name_in

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from ...profiles.schema import Profile, Table
    from ...records import Record
    from ...terms import Terms
    from .composed import Document
    from .investigation import Homes
    from .paths import Key, Way

__all__ = ["compose_isa", "compose_magetab"]

_HOMES = {"subject": "source", "run": "assay"}


def compose_magetab(profile: Profile, records: Iterable[Record], terms: Terms, name: str = "", idf: Profile | None = None) -> Composed:
    """Write records as MAGE-TAB: an SDRF for arrays, one for sequencing, whichever they need, and the IDF.

    Parameters
    ----------
    profile
        The profile that reads SDRFs.
    records
        The records of a dataset, in order.
    terms
        What its reader will look texts up in.
    name
        What the names of files begin with; '' for the name of the study.
    idf
        The profile that reads IDFs; None to write none.
    """
    known = list(records)
    tables = [t for t in profile.tables if t.chain is not None]
    network = Network(tables, known)
    groups: dict[str, list[Way]] = defaultdict(list)
    first = next((network.homes[key_of(r)].id for r in known if network.roles.get(key_of(r)) == "assay"), tables[0].id)
    for way in network.all_ways(_ends(network)):
        home = next((network.homes[key_of(s.record)].id for s in way if s.role == "assay"), first)
        groups[home].append(way)
    order = {key_of(r): (1, i) for i, r in enumerate(known)}
    names = _sdrf_names(known, name, list(groups))
    grids = [
        compose_rows(profile, profile.table(table), _laid(profile.table(table), network, ways, known), terms, names[table], order)
        for table, ways in sorted(groups.items(), key=lambda g: [t.id for t in tables].index(g[0]))
    ]
    return _with_description(profile, grids, known, terms, idf, lambda described: compose_idf(described.profile, described, name))


def _sdrf_names(records: Sequence[Record], name: str, tables: Sequence[str]) -> dict[str, str]:
    """Names of the files: those that the investigation gives, where it gives as many as there are."""
    given = [str(v) for r in records if r.cls == "DataFile" for v in r.values("file_name") if str(v).lower().endswith(".sdrf.txt")]
    if len(tables) == 1:
        return {tables[0]: given[0] if len(given) == 1 else f"{name or _study(records)}.sdrf.txt"}
    short = {"array": "hyb", "sequencing": "seq"}
    fitting = {t: [g for g in given if f".{short.get(t, t)}." in g] for t in tables}
    return {t: fitting[t][0] if len(fitting[t]) == 1 else f"{name or _study(records)}.{short.get(t, t)}.sdrf.txt" for t in tables}


def _study(records: Sequence[Record]) -> str:
    return next((str(v) for r in records if r.cls == "Study" for v in r.values("name")), "dataset")


def compose_isa(profile: Profile, records: Iterable[Record], terms: Terms, investigation: Profile | None = None) -> Composed:
    """Write records as study and assay files of ISA-Tab, and the investigation file.

    Parameters
    ----------
    profile
        The profile that reads them.
    records
        The records of a dataset, in order.
    terms
        What its reader will look texts up in.
    investigation
        The profile that reads investigation files; None to write none.
    """
    known = list(records)
    study = profile.table("study")
    tables = [t for t in profile.tables if t.chain is not None and t.id != "study"]
    order = {key_of(r): (1, i) for i, r in enumerate(known)}
    grids: list[SheetGrid] = []
    samples = frozenset(r.id for r in known if r.cls == "Biosample")
    upstream = Network([study], [r for r in known if r.cls == "Biosample" or _makes_samples(r, samples)])
    sources = frozenset(k for k, role in upstream.roles.items() if role == "source")
    made = {k for k in upstream.roles if k[0] == "Process"}
    taken = [r for r in upstream.steps if upstream.role(r) == "sample"]
    ways = [w for w in upstream.all_ways([*taken, *_lone_sources(upstream)]) if len(w) > 1 or w[0].role == "source"]
    told = {key_of(s.record) for w in ways for s in w}
    alone = _own_sources([r for r in taken if key_of(r) not in told], upstream)
    order = {key_of(w[0].record): (1, len(order) + i) for i, w in enumerate(alone)} | order
    ways += alone
    named = frozenset(key_of(s.record) for w in ways for s in w)
    rest = [r for r in known if key_of(r) not in sources and key_of(r) not in made]
    network = Network(tables, rest)
    paths = [w for w in network.all_ways(_ends(network)) if len(w) > 1 or key_of(w[0].record) not in named]
    homes = homes_of(known)
    assays = _assay_files(network, tables, paths, listed(known, ())[1])
    for file, table, found in assays:
        grids.append(compose_rows(profile, table, _laid(table, network, found, known, named), terms, file, order))
    parted = _parted(ways, assays, homes)
    for place, own in enumerate(homes.studies):
        if parted[place]:
            grids.append(compose_rows(profile, study, _laid(study, upstream, parted[place], known), terms, own, order))
    left = {*homes.studies, *listed(known, {g.name for g in grids})[0]} - {g.name for g in grids} if ways or len(homes.studies) > 1 else ()
    grids += [SheetGrid(f, [["Source Name", "Sample Name"]], table="study", records=[None]) for f in sorted(left)]
    composed = _with_description(profile, grids, known, terms, investigation, lambda d: [compose_investigation(d.profile, d, homes)])
    composed.made |= {(w[0].record.cls, w[0].record.id, "") for w in alone}
    composed.made |= {(w[1].record.cls, w[1].record.id, "derived_from") for w in alone}
    described = {str(v) for r in known if r.cls == "DataFile" for v in r.values("file_name")}
    composed.made |= {("DataFile", f"file/{segment(g.name)}", "") for g in grids if g.name not in described}
    return composed


def _parted(ways: Sequence[Way], assays: Sequence[tuple[str, Table, list[Way]]], homes: Homes) -> list[list[Way]]:
    """The rows of each study file: a sample is of the studies whose assay files have it, else of those that what it was taken from is."""
    places: dict[Key, set[int]] = defaultdict(set)
    for file, _, own in assays:
        for way in own:
            for step in way:
                places[key_of(step.record)].add(homes.assays.get(file, 0))
    near: dict[Key, set[int]] = defaultdict(set)
    for way in ways:
        for step in way:
            near[key_of(step.record)] |= places[key_of(way[-1].record)]
    found: list[list[Way]] = [[] for _ in homes.studies]
    for way in ways:
        of = places[key_of(way[-1].record)] or set().union(*(near[key_of(s.record)] for s in way)) or {0}
        for place in of:
            found[place].append(way)
    return found


def _with_description(
    profile: Profile,
    grids: Sequence[SheetGrid],
    records: Sequence[Record],
    terms: Terms,
    description: Profile | None,
    compose: Callable[[Known], list[Document]],
) -> Composed:
    """Put the file beside the sheets that describes the whole, and say what neither holds."""
    for grid in grids:
        grid.file = grid.name
    if description is None:
        losses, renamed = account(profile, grids, records, terms)
        return Composed(list(grids), [], losses, renamed=renamed)
    described = Known.of(records, grids, terms, description)
    documents = compose(described)
    losses, renamed = account(profile, grids, records, terms, (description, described.parts), named=_files(described))
    return Composed(list(grids), documents, losses, made=described.made, renamed=renamed)


def _makes_samples(record: Record, samples: Container[str]) -> bool:
    """Tell whether a process is part of how samples were taken: some of what came of it are samples."""
    if record.cls != "Process" or not record.values("protocol"):
        return False
    outputs = [str(o) for o in record.values("outputs")]
    taken = not outputs and any(str(i) in samples for i in record.values("inputs")) and "source" in record.id
    return taken or any(o in samples for o in outputs)


def _own_sources(samples: Sequence[Record], known: Network) -> list[Way]:
    """Paths for samples of which nobody says what they were taken from: a study declares each, with a source of the same name."""
    found: list[Way] = []
    for sample in samples:
        name = next((str(v) for v in sample.values("name")), name_in(sample.id))
        made = made_of("Biosample", f"biosample/source/{segment(name)}", name=name)
        source = next((r for r in known.by_id.get(made.id, ()) if known.role(r) == "source"), made)
        found.append((Step("source", source), Step("sample", sample)))
    return found


def _files(described: Known) -> list[str]:
    """Names of the files that an investigation lists."""
    return [str(v) for r in described.files() for v in r.values("file_name")]


def _lone_sources(network: Network) -> list[Record]:
    led = {key_of(b) for r in network.steps for b in network.before(r)}
    return [r for r in network.steps if network.role(r) != "sample" and key_of(r) not in led]


def _assay_files(
    network: Network, tables: Sequence[Table], ways: Sequence[Way], given: Sequence[str]
) -> list[tuple[str, Table, list[Way]]]:
    """Put paths into the files that their assays name, and each file into the table of its assays."""
    by_file: dict[str, list[Way]] = defaultdict(list)
    lost: list[Way] = []
    for way in ways:
        file = next((f for s in way if (f := _file_in(network, s.record))), None)
        (by_file[file] if file else lost).append(way)
    if lost:
        # A file that the investigation names, and whose rows name no assay.
        free = sorted({f for f in given if f not in by_file})
        by_file[free[0] if len(free) == 1 else next(iter(by_file)) if len(by_file) == 1 and not free else "a_assay.txt"] += lost
    found = []
    for file, own in sorted(by_file.items()):
        homes = [network.homes[key_of(s.record)].id for w in own for s in w if s.role == "assay"]
        # Files of which no assay is known are measured as most others of the dataset are.
        homes = homes or [network.homes[key_of(r)].id for r in network.steps if network.role(r) == "assay"]
        wanted = max(sorted(set(homes)), key=homes.count, default="assay-other")
        found.append((file, next(t for t in tables if t.id == wanted), own))
    return found


def _file_in(network: Network, record: Record) -> str | None:
    """The file that a local name holds in."""
    spec = network.spec(record)
    if not spec.local:
        return None
    pieces = kind_in(record)
    pieces = pieces[1:] if spec.kind and pieces[:1] == [spec.kind] else pieces
    if len(pieces) > 1 and "." in pieces[0]:
        return unquote(pieces[0])
    return f"a_{MODEL.classes[record.cls].path}.txt" if record.cls != "Process" else None


def _ends(network: Network) -> list[Record]:
    """Steps that nothing stands behind."""
    led = {key_of(b) for r in network.steps for b in network.before(r)}
    return [
        r for r in network.steps if key_of(r) not in led and not (r.cls == "DataFile" and "metadata" in map(str, r.values("data_category")))
    ]


def _laid(table: Table, network: Network, ways: Sequence[Way], records: Sequence[Record], named: frozenset[Key] = frozenset()) -> Laid:
    lanes, rows = lay_over(ways)
    by_id = {r.id: r for r in records if r.cls == "Subject"}
    beside: list[dict[str, Record]] = []
    for way in ways:
        more: dict[str, Record] = {}
        files = {s.record.id for s in way if s.role == "raw"}
        for step in way:
            for target in map(str, step.record.values("subject")):
                if target in by_id:
                    more.setdefault("subject", by_id[target])
            if step.role == "assay":
                runs = network.runs_of.get(step.record.id, [])
                fitting = [r for r in runs if files <= set(map(str, r.values("data_files")))]
                if fitting or runs:
                    more["run"] = (fitting or runs)[0]
        beside.append({role: r for role, r in more.items() if role in table.records})
    return Laid(lanes, rows, beside, _HOMES, named)
