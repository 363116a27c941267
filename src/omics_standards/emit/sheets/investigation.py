"""The files that describe an investigation: keys down the first column, a value for each person, protocol, factor or publication behind."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from ...models.slots import MODEL
from ...records import Attribute, Reading, Record, Term
from ...values.text import normal
from .chains import Laid, compose_rows
from .composed import Document, SheetGrid
from .paths import key_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from ...profiles.schema import Profile, Table
    from ...terms import Terms
    from .paths import Key

__all__ = ["Homes", "Known", "compose_idf", "compose_investigation", "homes_of", "listed", "made_of"]

Lines = dict[str, list[str]]

# What an assay measures and how, by the table that its file is read with, where no record says it.
_TECHNOLOGY = {
    "assay-ms": ("metabolite profiling", "mass spectrometry"),
    "assay-metabolomics": ("metabolite profiling", "mass spectrometry"),
    "assay-proteomics": ("protein expression profiling", "mass spectrometry"),
    "assay-nmr": ("metabolite profiling", "NMR spectroscopy"),
    "assay-array": ("transcription profiling", "DNA microarray"),
    "assay-other": ("transcription profiling", "nucleotide sequencing"),
}
# What says of which study, or of which investigation, a part is.
_OF = ("Study Identifier", "Study Title", "Investigation Identifier", "Investigation Title")
_KINDS = ("Study Assay Measurement Type", "Study Assay Technology Type")


class Known(NamedTuple):
    """The records of a dataset by class, the place of each, and what the sheets beside the investigation use."""

    records: Mapping[str, Sequence[Record]]
    order: Mapping[Key, int]
    grids: Sequence[SheetGrid]
    terms: Terms
    profile: Profile
    parts: list[SheetGrid]
    """The parts of the investigation as they were made, one after the other."""
    made: set[tuple[str, str, str]]
    """Class, id and slot of what the investigation says beyond the records: what stands with a study that nobody said it is of."""

    @classmethod
    def of(cls, records: Iterable[Record], grids: Sequence[SheetGrid], terms: Terms, profile: Profile) -> Known:
        """Sort records by class."""
        found: dict[str, list[Record]] = {}
        order: dict[Key, int] = {}
        for record in records:
            order[key_of(record)] = len(order)
            found.setdefault(record.cls, []).append(record)
        return cls(found, order, grids, terms, profile, [], set())

    def files(self, category: str = "metadata") -> list[Record]:
        """Files that describe others."""
        return [r for r in self.records.get("DataFile", ()) if category in map(str, r.values("data_category"))]


class Homes(NamedTuple):
    """Where the files of an investigation stand: the study file of each study, and the study of each assay file, by its name."""

    studies: list[str]
    assays: dict[str, int]

    def of_file(self, record: Record) -> int:
        """The place of the study that an assay file is of."""
        return next((self.assays[str(v)] for v in record.values("file_name") if str(v) in self.assays), 0)

    def of_grid(self, grid: SheetGrid) -> int:
        """The place of the study that a study file or an assay file is of."""
        return self.studies.index(grid.name) if grid.name in self.studies else self.assays.get(grid.name, 0)


def homes_of(records: Sequence[Record]) -> Homes:
    """Read the files of studies from what the records say of files: study files stand in the order of the studies."""
    studies = [r for r in records if r.cls == "Study"]
    given, _ = listed(records, ())
    names = [*given[: max(len(studies), 1)]]
    while len(names) < max(len(studies), 1):
        names.append(next(n for n in ("s_study.txt", *(f"s_study{k}.txt" for k in range(2, len(names) + 3))) if n not in names))
    places = {str(v): i for i, s in reversed([*enumerate(studies)]) for slot in ("title", "name") for v in s.values(slot)}
    assays: dict[str, int] = {}
    for record in records:
        for told in record.values("attributes") if record.cls == "DataFile" else ():
            if isinstance(told, Attribute) and told.name == "Study Identifier" and told.value in places:
                assays |= {str(v): places[told.value] for v in record.values("file_name")}
    return Homes(names, assays)


def listed(records: Iterable[Record], assays: Container[str]) -> tuple[list[str], list[str]]:
    """The study files and the assay files that an investigation lists.

    Parameters
    ----------
    records
        Those of the dataset.
    assays
        Names of files that hold assays, as far as they are known.
    """
    found: tuple[list[str], list[str]] = ([], [])
    for record in records:
        if record.cls != "DataFile" or "metadata" not in map(str, record.values("data_category")):
            continue
        told = any(isinstance(v, Attribute) and v.name.startswith("Study Assay") for v in record.values("attributes"))
        for name in map(str, record.values("file_name")):
            if not name.lower().endswith((".sdrf.txt", ".idf.txt")):
                found[told or name in assays or name.startswith("a_")].append(name)
    return found


def made_of(cls: str, record_id: str, **slots: object) -> Record:
    """A record of what the sheets use and no record describes."""
    from ...records import Field, Source

    readings = tuple(Reading(slot, value if isinstance(value, tuple) else (value,)) for slot, value in slots.items())
    return Record(cls, record_id, readings, tuple(Field(r.slot, (), (), Source("", "")) for r in readings), 0)


def _lines(
    profile: Profile,
    table: Table,
    records: Sequence[Record],
    known: Known,
    *,
    keys: bool = False,
    carried: Mapping[str, str] = MappingProxyType({}),
    stood: Counter[Key] | None = None,
) -> Lines:
    """The lines of a part: a column for each record, or (``keys``) for each value of the one record.

    ``carried``: what the reader repeats from the section above, which says whose they are. ``stood``: how often each record stood in
    such a part before: what contradicts what it said there stands here.
    """
    if not records:
        return {}
    role = table.main
    places = {r.id: r for r in known.records.get("Organization", ())}
    records = [r for r in records for _ in range(1 + (stood[key_of(r)] if stood else 0))]
    homes = [next((places[str(v)] for v in r.values("affiliations") if str(v) in places), None) for r in records]
    beside = [{"place": home} if home is not None else {} for home in homes]
    laid = Laid([role], [[r] for r in records], beside, {"place": role})
    order = {key_of(r): (1, i) for i, r in enumerate(records)}
    grid = compose_rows(profile, table, laid, known.terms, "", order)
    if stood is not None:
        last = {key: at for at, key in enumerate(grid.records) if key is not None}
        grid.rows = [grid.rows[0], *(grid.rows[at] for at in sorted(last.values()))]
        grid.records = [None, *(grid.records[at] for at in sorted(last.values()))]
        stood.update(last.keys())
    header, *rows = grid.rows
    found: Lines = {}
    held: list[int] = []
    for place, name in enumerate(header):
        if name in _OF and table.records[role].cls not in ("Study", "Project"):
            continue
        cells = [row[place] for row in rows]
        held.append(place)
        if keys:
            found.setdefault(name, []).extend(c for c in cells if c)
        else:
            # A second value has the line that says the same in other words, where there is one.
            spellings = next((k.split("|") for k, spec in table.columns.items() if spec.to and name in k.split("|")), [name])
            free = next((h.strip() for h in spellings[spellings.index(name) :] if h.strip() not in found), None)
            if free is not None:
                found[free] = cells
            else:
                held.pop()
    told = [*(grid.targets[k] for k in held), *[None] * len(carried)]
    more = [[*carried], *[[*carried.values()]] * len(rows)]
    cells_held = [[*(row[k] for k in held), *own] for row, own in zip(grid.rows, more, strict=True)]
    known.parts.append(SheetGrid(grid.name, cells_held, table=grid.table, records=grid.records, targets=told))
    return found


def _in_table(table: Table, record: Record) -> bool:
    """Tell whether a record says something that only this table has a line for."""
    forms = {normal(p) for key, spec in table.columns.items() if spec.keep for p in key.split("|") if "{" not in p}
    return any(isinstance(v, Attribute) and normal(v.name) in forms for v in record.values("attributes"))


def _sources(table: Table, known: Known, beside: Iterable[Sequence[str]]) -> Lines:
    """The ontologies that terms are from: those that somebody declared, then those that the sheets use."""
    declared = [r for r in known.records.get("Entry", ()) if not r.values("name") and not r.id.startswith("entry/row/")]
    names = [unquote(r.id.partition("/")[2]) for r in declared]
    used = {row[c] for g in known.grids for c, h in enumerate(g.rows[g.header]) if h == "Term Source REF" for row in g.rows[g.header + 1 :]}
    used.update(name for line in beside if line[0].endswith("Term Source REF") for cell in line[1:] for name in cell.split(";"))
    more = sorted(used - {"", *names})
    versions = {str(k).casefold(): str(v) for k, v in known.terms.versions().items()}
    prefixes = {k.casefold(): v for k, v in MODEL.prefixes.items()}
    lines = _lines(known.profile, table, declared, known) if declared else {}
    found = {"Term Source Name": [*names, *more]}
    for header in ("Term Source File", "Term Source Version", "Term Source Description"):
        own = lines.get(header, [""] * len(names))
        told = {"File": prefixes, "Version": versions, "Description": {n.casefold(): n for n in more}}[header.rpartition(" ")[2]]
        if any(normal(header) == normal(p) for key in table.columns for p in key.split("|")):
            found[header] = [*own, *(told.get(n.casefold(), "") for n in more)]
    return found if names or more else {}


def _protocols(known: Known) -> list[Record]:
    """The protocols, those that are only referred to with the parameters that their applications have."""
    used: dict[str, dict[str, None]] = {}
    for process in known.records.get("Process", ()):
        for target in map(str, process.values("protocol")):
            used.setdefault(target, {}).update(dict.fromkeys(v.name for v in process.values("parameters") if isinstance(v, Attribute)))
    found = []
    for record in known.records.get("Protocol", ()):
        names = tuple(used.get(record.id, ()))
        if record.stub and names and not record.values("parameter_names"):
            found.append(made_of("Protocol", record.id, name=record.values("name"), parameter_names=names))
        else:
            found.append(record)
    return found


def _factors(known: Known) -> list[Record]:
    """The factors, and those of which there are values and no record."""
    own = list(known.records.get("Factor", ()))
    named = {normal(str(v)) for r in own for v in r.values("name")}
    headers = [h for g in known.grids for h in g.rows[g.header] if normal(h.partition("[")[0]) == "factorvalue"]
    for header in dict.fromkeys(headers):
        name = header.partition("[")[2].rpartition("]")[0]
        if normal(name) not in named:
            named.add(normal(name))
            own.append(made_of("Factor", f"factor/{name}", name=name, factor_type=Term(None, name)))
    return own


def _text(lines: Iterable[Sequence[str]], *, quoted: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    for line in lines:
        if quoted:
            # A key stands bare, its values in quotes.
            rest = io.StringIO()
            csv.writer(rest, delimiter="\t", lineterminator="", quoting=csv.QUOTE_ALL).writerow(line[1:])
            out.write("\t".join(filter(None, (line[0], rest.getvalue()))) + "\n")
        else:
            writer.writerow(line)
    return out.getvalue()


# --- MAGE-TAB ---------------------------------------------------------------------------------------------------------


def compose_idf(profile: Profile, known: Known, name: str = "") -> list[Document]:
    """Write the investigation description of MAGE-TAB, one for each study.

    Parameters
    ----------
    profile
        The profile that reads it.
    known
        The records, and the SDRFs that go with them.
    name
        Of the file; '' for the study's.

    Notes
    -----
    Who and what belongs to which of several studies is not in the records: all of it stands with the first.
    """
    studies: list[Record | None] = list(known.records.get("Study", ())) or [None]
    return [_idf(profile, known, study, name if place == 0 else "", first=place == 0) for place, study in enumerate(studies)]


def _idf(profile: Profile, known: Known, one: Record | None, name: str, *, first: bool) -> Document:
    table = profile.table
    studies = [one] if one is not None else []
    study = _lines(profile, table("study"), studies, known, keys=True)
    files = [str(v) for r in known.files() for v in r.values("file_name") if str(v).lower().endswith(".sdrf.txt")]
    files = list(dict.fromkeys([*files, *(g.name for g in known.grids)]))
    lines: list[Sequence[str]] = [("MAGE-TAB Version", "1.1")]
    lines += [(h, *cells) for h, cells in study.items() if cells and h != "SDRF File"]
    parts: tuple[tuple[str, Sequence[Record]], ...] = (
        ("factor", _factors(known)),
        ("person", known.records.get("Person", ())),
        ("publication", known.records.get("Publication", ())),
        ("protocol", _protocols(known)),
    )
    for part, records in parts if first else ():
        lines += [(h, *cells) for h, cells in _lines(profile, table(part), records, known).items() if any(cells)]
    if files:
        lines.append(("SDRF File", *files))
    lines += [(h, *cells) for h, cells in _sources(table("source"), known, lines).items()] if first else []
    stem = name or next((str(v) for r in studies for v in r.values("name")), "dataset")
    return Document(f"{stem}.idf.txt", _text(lines, quoted=False))


# --- ISA-Tab ----------------------------------------------------------------------------------------------------------


def compose_investigation(profile: Profile, known: Known, homes: Homes, name: str = "i_investigation.txt") -> Document:
    """Write the investigation file of ISA-Tab.

    Parameters
    ----------
    profile
        The profile that reads it.
    known
        The records, and the study and assay files that go with them.
    homes
        The files of each study.
    name
        Of the file.

    Notes
    -----
    Who and what nobody said a study of stands with the first, protocols and factors with the studies that use them.
    """
    lines: list[Sequence[str]] = []
    stood: dict[str, Counter[Key]] = defaultdict(Counter)
    repeated = {p.table: set(p.carry) for p in profile.blocks.parts} if profile.blocks is not None else {}

    def section(title: str, table: str, records: Sequence[Record], filled: Lines | None = None, of: Lines | None = None) -> Lines:
        carried = _carried(of or {})
        own = filled if filled is not None else _lines(profile, profile.table(table), records, known, carried=carried, stood=stood[table])
        width = max((len(c) for c in own.values()), default=0)
        lines.append((title,))
        for header in (h for h in _canonical(profile.table(table), own) if h not in repeated.get(table, ())):
            cells = own.get(header) or _parallel(header, own)
            lines.append((header, *cells, *[""] * (width - len(cells))))
        return own

    people, papers = (
        _by_owner(known, "Person", "contacts", "investigation-contact"),
        _by_owner(known, "Publication", "publications", "investigation-publication"),
    )
    project = section("INVESTIGATION", "inv", known.records.get("Project", ())[:1])
    section("INVESTIGATION PUBLICATIONS", "investigation-publication", papers[0], of=project)
    section("INVESTIGATION CONTACTS", "investigation-contact", people[0], of=project)
    studies: list[Record | None] = list(known.records.get("Study", ())) or [None]
    designs = [r for r in known.records.get("Entry", ()) if r.values("name")]
    protocols = _by_use(known, _protocols(known), "protocols", homes, "Protocol REF")
    factors = _by_use(known, _factors(known), "factors", homes, "Factor Value")
    for place, study in enumerate(studies):
        first = place == 0
        told = _lines(profile, profile.table("one-study"), [study], known) if study is not None else {"Study Identifier": ["study"]}
        told["Study File Name"] = [homes.studies[place]]
        section("STUDY", "one-study", (), told)
        section("STUDY DESIGN DESCRIPTORS", "design", designs if first else ())
        section("STUDY PUBLICATIONS", "study-publication", papers[place + 1], of=told)
        section("STUDY FACTORS", "factor", factors[place], of=told)
        section("STUDY ASSAYS", "assay", [r for r in _assays(known) if homes.of_file(r) == place], of=told)
        section("STUDY PROTOCOLS", "protocol", protocols[place], of=told)
        section("STUDY CONTACTS", "study-contact", people[place + 1], of=told)
    described, lines = lines, []
    section("ONTOLOGY SOURCE REFERENCE", "sources", (), _sources(profile.table("sources"), known, described))
    return Document(name, _text([*lines, *described], quoted=True))


def _carried(told: Lines) -> dict[str, str]:
    """What the reader repeats of a study or an investigation below it: its name, else its title."""
    for header in _OF:
        if (cells := told.get(header)) and cells[0]:
            return {header: cells[0]}
    return {}


def _by_owner(known: Known, cls: str, slot: str, table: str) -> list[list[Record]]:
    """The people, or the publications, of the investigation, then those of each study."""
    records = known.records.get(cls, ())
    owners = [*known.records.get("Project", ())[:1]], *([s] for s in known.records.get("Study", ()))
    found = [[r for r in records if any(r.id in map(str, o.values(slot)) for o in several)] for several in owners]
    found += [[] for _ in range(2 - len(found))]
    linked = {r.id for own in found for r in own}
    loose = [r for r in records if r.id not in linked]
    own = {r.id for r in _only(known.profile.table(table), records)}
    for record in loose:
        # Where nothing is said of any, all is of the first study; a line that only the investigation has is of the investigation.
        investigation = record.id in own or bool(linked)
        found[0 if investigation else 1].append(record)
        if not investigation:
            known.made.update((s.cls, s.id, slot) for s in known.records.get("Study", ())[:1])
    return found


def _by_use(known: Known, records: Sequence[Record], slot: str, homes: Homes, header: str) -> list[list[Record]]:
    """The protocols, or the factors, of each study: those that it says are its own, others where they are used, else with the first."""
    studies = known.records.get("Study", ())
    linked = {str(v) for s in studies for v in s.values(slot)}
    found: list[list[Record]] = [[] for _ in homes.studies]
    for record in records:
        places = [i for i, s in enumerate(studies) if record.id in map(str, s.values(slot))]
        if record.id not in linked:
            names = {normal(str(v)) for v in record.values("name")}
            places = [i for i in range(len(found)) if names & _used(known, homes, i, header)] or [0]
            known.made.update((studies[i].cls, studies[i].id, slot) for i in places if i < len(studies))
        for place in places:
            found[place].append(record)
    return found


def _used(known: Known, homes: Homes, place: int, header: str) -> set[str]:
    """What the files of a study name: protocols in cells, factors in headers."""
    found: set[str] = set()
    for grid in (g for g in known.grids if homes.of_grid(g) == place):
        for column, name in enumerate(grid.rows[grid.header]):
            if name == header:
                found.update(normal(row[column]) for row in grid.rows[grid.header + 1 :] if row[column])
            elif normal(name.partition("[")[0]) == normal(header):
                found.add(normal(name.partition("[")[2].rpartition("]")[0]))
    return found


def _only(table: Table, records: Sequence[Record]) -> list[Record]:
    return [r for r in records if _in_table(table, r)]


def _canonical(table: Table, own: Lines) -> list[str]:
    """The lines of a section: all that the format has, then comments."""
    found = [p.strip() for key in table.columns for p in key.split("|") if "{" not in p and "[" not in p]
    # An accession and its source follow the name that they are of.
    found = [h for h in found if not h.endswith(("Parameters Term Accession Number", "Parameters Term Source REF")) or h in own]
    return [*found, *(h for h in own if h not in found)]


def _parallel(header: str, own: Lines) -> list[str]:
    """As many blanks as there are values in the list that a line stands beside; [] where it stands beside none."""
    for end in (" Term Accession Number", " Term Source REF"):
        if header.endswith(end):
            of = header.removesuffix(end)
            listed = own.get(of) or own.get(f"{of.removesuffix(' Type')} Name", [])
            return [";" * cell.count(";") for cell in listed]
    # Nobody says what kind of thing a component is; the list has to be as long, and is read as names.
    return own.get(header.replace(" Type", " Name"), []) if header.endswith(" Components Type") else []


def _assays(known: Known) -> list[Record]:
    """The assay files, with what they measure."""
    _, names = listed(known.files(), {g.name for g in known.grids if g.table != "study"})
    described = {str(v): r for r in known.files() for v in r.values("file_name") if str(v) in names}
    found = list(described.values())
    for grid in known.grids:
        if grid.table.startswith("assay") and grid.name not in described:
            kinds = tuple(Attribute(h, text) for h, text in zip(_KINDS, _TECHNOLOGY[grid.table], strict=True))
            found.append(made_of("DataFile", f"file/{grid.name}", file_name=grid.name, attributes=kinds))
    return found
