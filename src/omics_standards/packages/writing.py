"""Packages to share: a converted dataset, described in the formats that repositories, catalogues and programs ask for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ..conversion import load
from ..conversion.base import checked_day
from ..emit.files import parse_names
from ..emit.tables import neutral, tsv_writer
from ..emit.typed import TypedTables
from ..emit.typedfiles import write_parquet, write_tsv
from ..errors import UsageError
from ..models.prefixes import is_iri
from ..models.slots import MODEL
from .about import Given, about
from .croissant import croissant
from .datacite import datacite_record
from .dcat import catalogue_record
from .folder import PackageFolder
from .frictionless import DESCRIPTOR, data_package
from .keys import Keys
from .lacks import lacks
from .payload import Payload, described
from .rocrate import METADATA, PREVIEW, crate, preview
from .schemaorg import SAMPLES, dataset_markup

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

    from ..conversion import Dataset
    from .about import About
    from .keys import LinkTable
    from .lacks import Lack
    from .payload import PayloadFile

__all__ = ["KINDS", "TABLES", "Packaged", "package", "parse_kinds"]

KINDS: Final[dict[str, tuple[str, str]]] = {
    "ro-crate": (METADATA, "RO-Crate 1.2: the whole folder as a crate, with a page to read"),
    "dcat": ("dcat.ttl", "DCAT 3 after DCAT-AP 3: a catalogue's record, in Turtle"),
    "schema-org": ("schema-org.jsonld", "schema.org after Bioschemas Dataset 1.0: for a web page, in JSON-LD"),
    "datacite": ("datacite.json", "DataCite 4.6: what is registered with a DOI, in JSON"),
    "croissant": ("croissant.json", "Croissant 1.0: the tables for machine learning, in JSON-LD"),
    "frictionless": (DESCRIPTOR, "Data Package 2.0: the tables with types and keys"),
}
"""Name on the command line → file that it writes, and what it is."""

TABLES: Final = ("tsv", "parquet")
_FOLDER: Final = "tables"
# These speak of tables, which are made for the package.
_WITH_TABLES: Final = frozenset({"ro-crate", "croissant", "frictionless"})
# What a conversion writes and a crate carries, with what it is.
_CARRIED: Final = {
    "dataset.json": "All records with the origin of their values",
    "dataset.ttl": "All records as RDF (Turtle)",
    "dataset.nt": "All records as RDF (N-Triples)",
    "dataset.nq": "All records as RDF (N-Quads)",
    "dataset.rdf": "All records as RDF (RDF/XML)",
    "dataset.jsonld": "All records as RDF (JSON-LD)",
    "dataset.xlsx": "All records as a workbook",
    "report.json": "What was read, where every cell went, and findings",
}


class Packaged(NamedTuple):
    """What was written: file names, what the kinds ask for and nobody said, and remarks."""

    files: tuple[str, ...]
    lacks: tuple[Lack, ...]
    notes: tuple[str, ...]


def parse_kinds(text: str | Iterable[str], known: Iterable[str] = tuple(KINDS)) -> tuple[str, ...]:
    """Read a list of kinds of package.

    Raises
    ------
    UsageError
        One of them does not exist; the message lists those that do.

    Examples
    --------
    >>> parse_kinds("dcat, ro-crate")
    ('dcat', 'ro-crate')
    >>> parse_kinds("zip")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no package 'zip'; there are: ro-crate, dcat, schema-org, datacite, croissant, frictionless
    """
    return parse_names(text, known, "package")


def package(
    folder: str | os.PathLike[str],
    output: str | os.PathLike[str],
    kinds: str | Sequence[str] = tuple(KINDS),
    given: Given = Given(),  # noqa: B008 - it is frozen
    tables: str | Sequence[str] = ("tsv",),
    *,
    force: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Packaged:
    """Describe a converted dataset in one or more of :data:`KINDS`, in one folder.

    Parameters
    ----------
    folder
        Holds ``dataset.json`` and ``report.json``, as a conversion writes them.
    output
        The package's folder; not the same one.
    kinds
        Keys of :data:`KINDS`.
    given
        What is known of the dataset and does not stand in its records.
    tables
        Kinds of file of the tables: ``tsv``, ``parquet``. A Data Package always has TSV.
    force
        Replace the files of a package that is there.
    progress
        Told what is being done, as it begins.

    Returns
    -------
    Packaged
        With what the kinds require or recommend and nobody said; nothing is invented to fill it.

    Raises
    ------
    UsageError
        A kind does not exist, a date is none, the dataset has no records, or there is a package already.
    ReadError
        The folder holds no converted dataset, or the output cannot be written.
    MissingDependencyError
        Parquet is asked for and pyarrow is not installed.

    References
    ----------
    RO-Crate 1.2, DCAT-AP 3.0.1, Bioschemas Dataset 1.0, DataCite 4.6, Croissant 1.0, Data Package 2.0; see docs/packages.md.
    """
    kinds, tables = parse_kinds(kinds), parse_kinds(tables, TABLES)
    if "frictionless" in kinds:
        tables = tuple(dict.fromkeys(("tsv", *tables)))
    _check(Path(folder), Path(output), given)
    progress(f"reading {folder}")
    dataset = load(folder)
    if not len(dataset):
        raise UsageError(f"{folder} holds no records; there is nothing to package")
    progress(f"describing {len(dataset)} records")
    facts = about(dataset, given)
    with PackageFolder(output, _names(kinds), force=force) as out:
        progress(f"writing {', '.join(kinds)}")
        _Writer(out, dataset, facts, tables).write(kinds, Path(folder))
        written = tuple(sorted(p.relative_to(out.work).as_posix() for p in out.work.rglob("*") if p.is_file()))
    notes = []
    samples = facts.counts.get("biosamples", 0)
    if "schema-org" in kinds and samples > SAMPLES:
        notes.append(f"schema-org: its {samples} samples are counted, not listed (more than {SAMPLES}); the tables have them all")
    return Packaged(written, tuple(lack for kind in kinds for lack in lacks(kind, facts)), tuple(notes))


def _check(folder: Path, output: Path, given: Given) -> None:
    """Refuse what cannot be meant, before anything is read.

    Raises
    ------
    UsageError
        A date or an address is none, or the output is a conversion's folder.
    """
    for day in (given.issued, given.stamp):
        if day:
            checked_day(day)
    for address in (given.url, given.access_url):
        if address and not is_iri(address):
            raise UsageError(f"{address!r} is not a web address such as https://example.org/data")
    if folder.resolve() == output.resolve():
        raise UsageError(f"a package of {folder} cannot be written into it; choose another folder with -o")
    if (output / "report.json").exists() and not (output / METADATA).exists():
        raise UsageError(f"{output} holds what a conversion wrote; choose another folder with -o")


def _names(kinds: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Names that a package of these kinds may have in its folder, each with the descriptions that speak of it."""
    names: dict[str, tuple[str, ...]] = {file: (file,) for file, _ in KINDS.values()}
    names |= {PREVIEW: (METADATA,), _FOLDER: tuple(KINDS[k][0] for k in sorted(_WITH_TABLES))}
    return names | (dict.fromkeys(_CARRIED, (METADATA,)) if "ro-crate" in kinds else {})


class _Writer:
    """Writes a package's files, those first that the others speak of."""

    def __init__(self, out: PackageFolder, dataset: Dataset, facts: About, tables: Sequence[str]) -> None:
        self.out = out
        self.dataset = dataset
        self.facts = facts
        self.forms = tables
        self.files: list[PayloadFile] = []
        self.links: list[tuple[PayloadFile, LinkTable]] = []

    @property
    def payload(self) -> Payload:
        return Payload(tuple(self.files))

    def write(self, kinds: Sequence[str], folder: Path) -> None:
        """Write all of a package."""
        keys = Keys(self.dataset)
        if "ro-crate" in kinds:
            self.carry(folder)
        if _WITH_TABLES & set(kinds):
            typed = _Typed(self.out.work / _FOLDER, self)
            typed.write(typed.encode(self.dataset.records()))
            typed.close()
        if "frictionless" in kinds:
            self.link_tables(keys)
            self.out.json(DESCRIPTOR, data_package(self.facts, self.payload, keys, self.links))
        made: dict[str, Callable[[], None]] = {
            "dcat": lambda: self.out.text("dcat.ttl", catalogue_record(self.facts)),
            "schema-org": lambda: self.out.json("schema-org.jsonld", dataset_markup(self.facts, self.dataset), in_page=True),
            "datacite": lambda: self.out.json("datacite.json", datacite_record(self.facts, self.payload)),
            "croissant": lambda: self.out.json("croissant.json", croissant(self.facts, self.payload, keys)),
        }
        for kind, make in made.items():
            if kind in kinds:
                make()
        if "ro-crate" in kinds:
            # The crate speaks of everything else, so it comes last.
            others = [KINDS[k] for k in KINDS if k in kinds and k != "ro-crate"]
            self.files += [f for f, _ in self.links] + [described(self.out.work, name, title) for name, title in others]
            document = crate(self.facts, self.payload)
            self.out.json(METADATA, document)
            self.out.text(PREVIEW, preview(document))

    def carry(self, folder: Path) -> None:
        """Take over what the conversion wrote."""
        for name, title in _CARRIED.items():
            if (folder / name).is_file():
                shutil.copyfile(folder / name, self.out.work / name)
                self.files.append(described(self.out.work, name, title))

    def link_tables(self, keys: Keys) -> None:
        """Write the pairs of those slots that may refer to several records, as tables of two columns."""
        place = self.out.work / _FOLDER / "links"
        for link in keys.links() if "tsv" in self.forms else ():
            place.mkdir(exist_ok=True)
            path = f"{_FOLDER}/links/{link.name}.tsv"
            with (self.out.work / path).open("w", encoding="utf-8", newline="") as file:
                lines = tsv_writer(file)
                lines.writerow(("id", link.slot))
                lines.writerows(tuple(map(neutral, pair)) for pair in link.pairs)
            title = f"Which of the {MODEL.classes[link.cls].container} has which {link.slot.replace('_', ' ')}"
            self.links.append((described(self.out.work, path, title), link))


class _Typed(TypedTables):
    """The tables of a package, which the package's descriptions speak of."""

    def __init__(self, path: Path, writer: _Writer) -> None:
        super().__init__(path)
        self._writer = writer

    def save(self) -> None:
        """Write the tables in all forms that are wanted, and describe the files."""
        self.path.mkdir(exist_ok=True)
        for table in self.tables():
            for form in self._writer.forms:
                write = write_tsv if form == "tsv" else write_parquet
                path = f"{_FOLDER}/{table.name}.{form}"
                write(table, self._writer.out.work / path)
                title = f"{table.name.replace('_', ' ').capitalize()}: a row for each {table.cls}"
                self._writer.files.append(described(self._writer.out.work, path, title, table))
