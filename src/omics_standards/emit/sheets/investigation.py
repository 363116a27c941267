"""The files that describe an investigation: keys down the first column, a value for each person, protocol, factor or publication behind."""

from __future__ import annotations

import csv
import io
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

__all__ = ["Known", "compose_idf", "compose_investigation", "listed", "made_of"]

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

    @classmethod
    def of(cls, records: Iterable[Record], grids: Sequence[SheetGrid], terms: Terms, profile: Profile) -> Known:
        """Sort records by class."""
        found: dict[str, list[Record]] = {}
        order: dict[Key, int] = {}
        for record in records:
            order[key_of(record)] = len(order)
            found.setdefault(record.cls, []).append(record)
        return cls(found, order, grids, terms, profile, [])

    def files(self, category: str = "metadata") -> list[Record]:
        """Files that describe others."""
        return [r for r in self.records.get("DataFile", ()) if category in map(str, r.values("data_category"))]


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


def _lines(profile: Profile, table: Table, records: Sequence[Record], known: Known, *, keys: bool = False) -> Lines:
    """The lines of a part: a column for each record, or (``keys``) for each value of the one record."""
    if not records:
        return {}
    role = table.main
    places = {r.id: r for r in known.records.get("Organization", ())}
    homes = [next((places[str(v)] for v in r.values("affiliations") if str(v) in places), None) for r in records]
    beside = [{"place": home} if home is not None else {} for home in homes]
    laid = Laid([role], [[r] for r in records], beside, {"place": role})
    order = {key_of(r): (1, i) for i, r in enumerate(records)}
    grid = compose_rows(profile, table, laid, known.terms, "", order)
    header, *rows = grid.rows
    found: Lines = {}
    held: list[int] = []
    for place, name in enumerate(header):
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
    told = [grid.targets[k] for k in held]
    known.parts.append(
        SheetGrid(grid.name, [[row[k] for k in held] for row in grid.rows], table=grid.table, records=grid.records, targets=told)
    )
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


def compose_investigation(profile: Profile, known: Known, name: str = "i_investigation.txt") -> Document:
    """Write the investigation file of ISA-Tab.

    Parameters
    ----------
    profile
        The profile that reads it.
    known
        The records, and the study and assay files that go with them.
    name
        Of the file.

    Notes
    -----
    Who and what belongs to which of several studies is not in the records: all of it stands with the first.
    """
    lines: list[Sequence[str]] = []

    def section(title: str, table: str, records: Sequence[Record], filled: Lines | None = None) -> None:
        own = filled if filled is not None else _lines(profile, profile.table(table), records, known)
        width = max((len(c) for c in own.values()), default=0)
        lines.append((title,))
        for header in _canonical(profile.table(table), own):
            cells = own.get(header) or _parallel(header, own)
            lines.append((header, *cells, *[""] * (width - len(cells))))

    projects = list(known.records.get("Project", ()))
    people, papers = known.records.get("Person", ()), known.records.get("Publication", ())
    section("INVESTIGATION", "inv", projects[:1])
    section("INVESTIGATION PUBLICATIONS", "investigation-publication", _only(profile.table("investigation-publication"), papers))
    section("INVESTIGATION CONTACTS", "investigation-contact", _only(profile.table("investigation-contact"), people))
    studies: list[Record | None] = list(known.records.get("Study", ())) or [None]
    files, _ = listed(known.files(), {g.name for g in known.grids if g.table != "study"})
    own = [g.name for g in known.grids if g.table == "study"]
    files = list(dict.fromkeys([*own, *files])) or ["s_study.txt"]
    designs = [r for r in known.records.get("Entry", ()) if r.values("name")]
    for place, study in enumerate(studies):
        first = place == 0
        told = _lines(profile, profile.table("one-study"), [study], known) if study is not None else {"Study Identifier": ["study"]}
        told["Study File Name"] = [files[place] if place < len(files) else files[-1]]
        section("STUDY", "one-study", (), told)
        section("STUDY DESIGN DESCRIPTORS", "design", designs if first else ())
        section("STUDY PUBLICATIONS", "study-publication", papers if first else ())
        section("STUDY FACTORS", "factor", _factors(known) if first else ())
        section("STUDY ASSAYS", "assay", _assays(known) if first else ())
        section("STUDY PROTOCOLS", "protocol", _protocols(known) if first else ())
        section("STUDY CONTACTS", "study-contact", people if first else ())
    described, lines = lines, []
    section("ONTOLOGY SOURCE REFERENCE", "sources", (), _sources(profile.table("sources"), known, described))
    return Document(name, _text([*lines, *described], quoted=True))


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
