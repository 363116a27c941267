"""The data model of a profile: what a spreadsheet format looks like and where its cells belong.

A profile is one YAML file. It names the tables of a format (a sheet of a workbook, or the one table of a text file), how
to recognise them, which records a row yields, and which slot each column feeds. It holds no code: the names under ``as``
are steps of :mod:`omics_standards.mapping`.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from ..models.slots import MODEL
from .documents import COPIED, AroundSpec, DocumentSpec, ElementSpec, SectionSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.blocks import BlockSpec

__all__ = ["COMPANIONS", "STEPS", "Blocks", "Chain", "Column", "MissingWords", "Profile", "Recognise", "RecordSpec", "Table", "Writing"]

# What a column may say under ``as``: the steps of omics_standards.mapping.parsers.
STEPS = frozenset(
    {
        "accession", "age", "attribute", "boolean", "date", "decimal", "doi", "enum", "file", "geopoint", "integer", "md5", "measured",
        "modification", "pairs", "path", "place",
        "point", "pool", "quantity", "reference", "sha256", "string", "term", "uri", "version",
    }
)  # fmt: skip
# What a cell beside a value may be: the unit of a number, the accession of a name and its source, the region of a country,
# the name of an attribute.
COMPANIONS = frozenset({"accession", "country", "longitude", "name", "region", "source", "unit"})


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[list[str], BeforeValidator(_as_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True, defer_build=True)


def _shared(kind: type[BaseModel]) -> Any:
    """One object of defaults for all that say nothing else: it cannot be changed, and there are hundreds of tables."""
    return Field(default_factory=cache(kind.model_construct))


class Recognise(_Strict):
    """Evidence that a sheet is this table.

    ``all``: headers that must be there. ``core``: headers that usually are; the share found weighs most.
    ``none``: headers that speak against it. ``sheets``, ``files``, ``comments``: regular expressions on the sheet's name,
    the file's name and the comment rows. ``values``: header → what its cells look like, for tables that lost their header
    row: all of those under ``all`` must be found, each in one column only. Headers are compared by normal form; one entry
    may offer spellings with ``|``.
    ``first``: the sheet's first header must be one of these. ``named``: one of the expressions on names and comments must
    match, since the headers alone do not tell this table from that of another format. ``headers``: where several leading rows
    name the columns (for people, for programs), ``best`` takes the row that the table knows most of.
    """

    all: Texts = Field(default_factory=list)
    core: Texts = Field(default_factory=list)
    none: Texts = Field(default_factory=list)
    sheets: Texts = Field(default_factory=list)
    files: Texts = Field(default_factory=list)
    comments: Texts = Field(default_factory=list)
    values: dict[str, str] = Field(default_factory=dict)
    first: Texts = Field(default_factory=list)
    named: bool = False
    headers: Literal["first", "best"] = "first"
    threshold: float = 0.5


class RecordSpec(_Strict):
    """A record that a row yields.

    ``id``: headers whose first filled cell names the record (``A + B`` joins two). ``links``: slot → record(s) of the row.
    ``shared``: the same record stands in many rows. ``stub``: the row only refers to it. ``unique``: no two rows
    describe the same one. ``set``: constant values. ``repeat``: one record per number ``{n}`` in the headers that feed it.
    In a table with a ``chain``, a link may point along the row: ``< material`` to the nearest step of that role or group on the left
    that the row names, ``> data`` to the nearest on the right (and the files that stand side by side with it), ``>> data`` to all there.
    ``kind``: sets the record's name apart from those of other records of its class, where a source and a sample may share a name.
    ``local``: a name holds within its file only; in another file of the input it is another's.
    An ``id`` of the form ``> node`` adds that neighbour to the name of the step itself; the first that the row has is taken.
    ``optional``: there is such a record only where the row says something of it, not wherever its id can be made.
    """

    cls: str = Field(alias="class")
    id: Texts = Field(default_factory=list)
    links: dict[str, Texts] = Field(default_factory=dict)
    shared: bool = False
    stub: bool = False
    unique: bool = False
    repeat: bool = False
    kind: str = Field(default="", pattern=r"^[a-z_]*$")
    local: bool = False
    optional: bool = False
    set: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_the_model(self, info: ValidationInfo) -> RecordSpec:
        if info.context is COPIED:
            return self
        known = MODEL.classes.get(self.cls)
        if known is None or known.abstract:
            raise ValueError(f"class {self.cls!r} is {'abstract' if known else 'not in the model'}; there are: {', '.join(MODEL.records)}")
        for slot in (*self.links, *self.set):
            if slot not in known.slots:
                raise ValueError(f"{self.cls} has no slot {slot!r}")
        for slot in self.links:
            if MODEL.slots[slot].kind != "reference":
                raise ValueError(f"slot {slot!r} of {self.cls} points to no record")
        return self


class Column(_Strict):
    """What a column means.

    ``to``: ``record.slot``, the first counts for the ledger, further ones read the same cell in another way.
    ``as``: the step, where the slot's kind does not say it. ``split``: delimiter of a multi-valued cell.
    ``with``: companions by part (``unit: Host age unit``); ``> Unit`` is the column right of this one, if it has that header.
    ``auto``: take the bracketed name as a slot of this record, or keep
    it as an attribute of it (with ``as: measured`` one whose unit ends its text); with a companion ``name`` (``< Tag``: left of it)
    the name stands in a cell.
    ``keep``: an attribute of this record. ``ignore``: template furniture, no data.
    ``spread``: delimiter of a list whose pieces belong to the records of a ``repeat``: the second piece to the second record,
    beside the second pieces of other columns. ``unit``: unit of numbers without one. ``required``: the archive refuses an empty cell.
    ``join``: repeats of the column are one text that goes on from one to the next, with this between them.
    ``accepts``: reasons for absence that the archive accepts here (default: all INSDC terms).
    ``unless``: where the cell under this header says yes, the value is denied: it is kept as an attribute that says so.
    ``local``: texts of this form are the submitter's own ids of a record that has no accession yet: other names of it.
    ``fill``: where records are written, a blank cell takes the record's accession: the archive wants a name for each.
    ``derive``: where records are written, a blank cell takes the word whose expression is found in another cell of the row, given by its
    header: what follows from what is said (the platform from its instrument).
    ``units``: how the archive wants numbers of a unit, by UCUM code, where records are written; ``{}`` is the number (``a``: ``{}Y``).
    ``each``: of a repeated record, without a number in the header: what the cell says is said of each of them.
    ``means``: words to which the format gives a meaning of its own in this column, with what to read instead (``none`` under
    diseases: ``no disease``; a word for a term, with the accession that the specification means by it); cases do not matter.
    """

    to: Texts = Field(default_factory=list)
    as_: str | None = Field(default=None, alias="as")
    split: str | None = None
    join: str | None = None
    spread: str | None = None
    companions: dict[str, str] = Field(default_factory=dict, alias="with")
    auto: str | None = None
    keep: str | None = None
    ignore: bool = False
    unit: str | None = None
    required: bool = False
    accepts: list[str] | None = None
    local: str | None = None
    unless: str | None = None
    fill: bool = False
    each: bool = False
    derive: dict[str, dict[str, str]] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    means: dict[str, str] = Field(default_factory=dict)
    kinds: Texts = Field(default_factory=list)
    within: Texts = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_purpose(self, info: ValidationInfo) -> Column:
        if info.context is COPIED:
            return self
        if sum((bool(self.to), self.auto is not None, self.keep is not None, self.ignore)) != 1:
            raise ValueError("a column has exactly one of: to, auto, keep, ignore")
        if self.as_ is not None and self.as_ not in STEPS:
            raise ValueError(f"no step {self.as_!r}; there are: {', '.join(sorted(STEPS))}")
        if set(self.companions) - COMPANIONS:
            raise ValueError(f"no companion {sorted(set(self.companions) - COMPANIONS)}; there are: {', '.join(sorted(COMPANIONS))}")
        if "" in (self.split, self.spread):
            raise ValueError("split and spread are the text between two values; it cannot be empty")
        if self.local is not None:
            _pattern(self.local)
        return self


class Chain(_Strict):
    """A row as a path: materials, processes and files, one after the other from left to right.

    ``steps``: the records that are steps of the path. A column that feeds the name of one begins it; every such column is a step of its
    own (the second ``Sample Name`` is ``sample#2``), and what stands between it and the next says more of it.
    ``groups``: names for several of them. A column for ``material.sex`` feeds the nearest step on its left that is one of the group
    ``material`` (the first on its right, where there is none); where that step has no such slot, its cells are kept as attributes of it.
    """

    steps: list[str]
    groups: dict[str, list[str]] = Field(default_factory=dict)

    def roles(self, name: str) -> list[str]:
        """Roles that a name stands for: those of a group, else the role itself."""
        return self.groups.get(name, [name])

    @model_validator(mode="after")
    def _groups_of_steps(self, info: ValidationInfo) -> Chain:
        if info.context is COPIED:
            return self
        stray = {role for group in self.groups.values() for role in group} - set(self.steps)
        if stray or set(self.groups) & set(self.steps):
            raise ValueError(f"groups name steps, and are named otherwise than they: {sorted(stray or set(self.groups) & set(self.steps))}")
        return self


def _as_column(value: object) -> object:
    return {"to": value} if isinstance(value, str | list) else value


class PairSpec(_Strict):
    """A list of names and values in a record of a tree: ``at`` is the path of its entries, the rest stands within an entry.

    ``name``: paths tried in order, ``name()`` for the entry's own name. ``value``: the value; ``text()`` for the entry's text.
    ``unit``, ``accession``: what stands beside the value.
    """

    at: str
    name: Texts
    value: Texts
    unit: str | None = None
    accession: str | None = None


class Table(_Strict):
    """One table of a format: a sheet of a workbook, the one table of a text file, or one kind of record of a tree."""

    id: str
    title: str = ""
    sheet: str = ""
    """Name of the sheet that it is written to, or of the file where each table is one; '' for its title."""
    form: Literal["", "xlsx", "tsv", "csv"] = ""
    """Kind of file that it is written to; '' for that of the profile."""
    holds: Literal["records", "definitions", "results"] = "records"
    """``definitions``: a sheet that says what the format is, or how to send it, and describes nothing; it has no records.
    ``results``: a table of what was measured, which is data and no metadata; the main record is its file, with its shape."""
    below: str = ""
    """A table that stands under another one in the same sheet, with a header of its own: the id of that other table."""
    recognise: Recognise = _shared(Recognise)
    join: Literal["one-record-per-row", "merge"] = "merge"
    apart: str = ""
    """Table that is written instead where one cell of this one names two records (a library and its run) that have names of their own."""
    records: dict[str, RecordSpec] = Field(default_factory=dict)
    main: str = ""
    auto: Texts = Field(default_factory=list)
    chain: Chain | None = None
    """Rows are paths through a graph; see :class:`Chain`."""
    columns: dict[str, Annotated[Column, BeforeValidator(_as_column)]] = Field(default_factory=dict)
    owners: dict[str, str] = Field(default_factory=dict)
    """Record by the owner that a header names behind its name: ``{exp: library}`` for ``design (exp)``."""
    qualifiers: dict[str, str] = Field(default_factory=dict)
    """Headers of columns that say more of the column to their left, and what: ``accession``, ``source`` or ``unit``."""
    explained: int = Field(default=0, ge=0)
    """Number of rows below the header that explain the columns: descriptions, types, cardinalities."""
    path: Texts = Field(default_factory=list)
    """Layout ``tree``: elements or objects that are records of this table, from the root on (``/RUN_SET/RUN``); ``*`` for any name."""
    pairs: list[PairSpec] = Field(default_factory=list)
    """Layout ``tree``: lists of names and values."""
    choices: Texts = Field(default_factory=list)
    """Layout ``tree``: paths whose one child is an answer by its name; it is read as the column ``path/name()``."""
    inherit: dict[str, str] = Field(default_factory=dict)
    """Layout ``tree``: columns that repeat a cell of the record around this one: ``header: table > header``."""
    repeats: dict[str, str] = Field(default_factory=dict)
    """Layout ``tree``: columns that often say the same as another column; a cell that does is structure."""
    skip: Texts = Field(default_factory=list)
    """Layout ``tree``: paths of results (matrices) and furniture, which are counted and not read."""
    around: AroundSpec = _shared(AroundSpec)
    """Layout ``table``: what is written above and below the header."""
    element: ElementSpec = _shared(ElementSpec)
    """Layout ``tree``: how a row is written."""
    skip_rows: Texts = Field(default_factory=list)
    """Rows whose first filled cell matches one of these expressions are examples or template residue."""
    skip_bare: bool = False
    """Rows with a name and nothing else are lines that the template numbers beforehand."""

    def record_of(self, target: str) -> RecordSpec:
        """The record that a column's ``record.slot`` feeds; of a group of steps the first that has the slot, else the first."""
        name, _, slot = target.partition(".")
        specs = [self.records[role] for role in (self.chain.roles(name) if self.chain is not None else [name])]
        return next((s for s in specs if slot in MODEL.classes[s.cls].slots), specs[0])

    @model_validator(mode="after")
    def _names_exist(self, info: ValidationInfo) -> Table:
        if info.context is COPIED:
            return self
        known = set(self.records)
        groups = self.chain.groups if self.chain is not None else {}
        if self.holds == "definitions":
            # Those of a tree are found by their path; what a profile that they extend says of records is of no use there.
            if (known or self.columns) and not self.path:
                raise ValueError("a table of definitions has neither records nor columns")
            return self
        used = {self.main, *self.auto, *self.owners.values()}
        used |= {t.split(".")[0] for c in self.columns.values() for t in c.to}
        used |= {r for c in self.columns.values() for r in (c.auto, c.keep) if r}
        used |= {t.lstrip("<> ") for r in self.records.values() for targets in r.links.values() for t in targets}
        used |= {t.lstrip("<> ") for r in self.records.values() for t in r.id if t[:1] in ("<", ">")}
        used |= set(self.chain.steps) if self.chain is not None else set()
        if used - known - set(groups):
            raise ValueError(f"records {sorted(used - known - set(groups))} are used but not declared under 'records' ({sorted(known)})")
        single = sorted(role for role in (self.chain.steps if self.chain is not None else ()) if not self.records[role].repeat)
        if single:
            raise ValueError(f"a step of a chain may come several times in a row: records {single} need 'repeat'")
        for name, column in self.columns.items():
            for target in column.to:
                role, _, slot = target.partition(".")
                classes = [self.records[one].cls for one in groups.get(role, [role])]
                if not any(slot in MODEL.classes[cls].slots for cls in classes):
                    raise ValueError(f"column {name!r}: {' or '.join(classes)} has no slot {slot!r} (write record.slot)")
        if set(self.qualifiers.values()) - COMPANIONS:
            raise ValueError(
                f"no qualifier {sorted(set(self.qualifiers.values()) - COMPANIONS)}; there are: {', '.join(sorted(COMPANIONS))}"
            )
        for pattern in [
            *self.recognise.values.values(),
            *self.skip_rows,
            *self.recognise.sheets,
            *self.recognise.files,
            *self.recognise.comments,
        ]:
            try:
                re.compile(pattern)
            except re.error as e:
                raise ValueError(f"{pattern!r} is not a regular expression: {e}") from None
        return self


class Part(_Strict):
    """What belongs to one table of a format whose sheets hold several blocks: see :class:`omics_standards.tables.blocks.PartSpec`.

    ``table``: the id of the part's table, or what the ids of several begin with (``sample`` of ``sample-array``); then the one
    that knows most of the keys is taken. ``titles``, ``lines``: regular expressions on the first cell of a block or a line.
    ``carry``: header → ``part.key``.
    """

    table: str
    shape: Literal["rows", "keys", "columns"] = "rows"
    titles: Texts = Field(default_factory=list)
    lines: Texts = Field(default_factory=list)
    headers: list[str] = Field(default_factory=list)
    whole: bool = False
    carry: dict[str, str] = Field(default_factory=dict)


class Matrix(_Strict):
    """The lines around a table of results; ``table``: where its shape is recorded."""

    begin: str
    end: str
    table: str = ""


class Blocks(_Strict):
    """How the sheets of a format are cut into blocks: see :class:`omics_standards.tables.blocks.BlockSpec`."""

    signs: Texts
    delimiter: str | None = None
    """What stands between the cells of a text; None where it is to be found."""
    notes: Texts = Field(default_factory=list)
    separator: str | None = None
    pairs: dict[str, str] = Field(default_factory=dict)
    matrices: list[Matrix] = Field(default_factory=list)
    examples: Texts = Field(default_factory=list)
    """Names of sheets that show how to fill in the others."""
    parts: list[Part]

    @model_validator(mode="after")
    def _compiles(self, info: ValidationInfo) -> Blocks:
        if info.context is COPIED:
            return self
        _ = self.spec
        return self

    @cached_property
    def spec(self) -> BlockSpec:
        """The same, compiled."""
        from ..tables.blocks import BlockSpec, MatrixSpec, PartSpec

        parts = tuple(
            PartSpec(
                p.table,
                p.shape,
                _patterns(p.titles),
                _patterns(p.lines),
                tuple(p.headers),
                p.whole,
                tuple((header, *source.split(".", 1)) for header, source in p.carry.items()),  # type: ignore[misc]
            )
            for p in self.parts
        )
        return BlockSpec(
            _patterns(self.signs),
            parts,
            _patterns(self.notes),
            _pattern(self.separator) if self.separator else None,
            tuple((_pattern(key), between) for key, between in self.pairs.items()),
            tuple(MatrixSpec(_pattern(m.begin), _pattern(m.end), m.table) for m in self.matrices),
        )


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as e:
        raise ValueError(f"{text!r} is not a regular expression: {e}") from None


def _patterns(texts: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(text) for text in texts)


class Writing(_Strict):
    """How records are written in a format.

    ``targets``: names that the command ``export`` knows it by; several profiles may share one: a submission of several files.
    ``form``: ``xlsx`` for one workbook with a sheet per table, ``tsv`` or ``csv`` for a file per table.
    ``file``: name of the workbook, or what the names of its files begin with, without an ending; '' for the profile's id.
    ``tables``: ids of the tables to write, in order; ``a|b``: whichever says more of the records.
    ``extra``: whether columns are added for what the profile has none for.
    ``documents``: further files, with their whole text, that go with the tables and say nothing of their own.
    """

    targets: Texts = Field(default_factory=list)
    form: Literal["xlsx", "tsv", "csv"] = "tsv"
    file: str = ""
    tables: Texts = Field(default_factory=list)
    extra: bool = True
    documents: dict[str, str] = Field(default_factory=dict)


class MissingWords(_Strict):
    """Words for absence in a format: ``quiet`` ones are its own reserved words, ``keep`` ones are values in it."""

    quiet: Texts = Field(default_factory=list)
    keep: Texts = Field(default_factory=list)


class Profile(_Strict):
    """A spreadsheet format.

    ``family`` groups the versions and variants of one format; it is the name that reports carry.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    family: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    version: str = "1"
    homepage: str = ""
    description: str = ""
    archive: str = ""
    people: bool = False
    """Its samples are of people, whether a row says so or not."""
    layout: Literal["table", "sections", "transposed", "keyed", "tree", "graph"] = "table"
    """``graph``: documents of ISA-JSON, whose references are followed; what they tell is read as the tables of ISA-Tab."""
    blocks: Blocks | None = None
    document: DocumentSpec | None = None
    """Layout ``tree``: how its files are written; None for formats that are only read."""
    sections: list[SectionSpec] = Field(default_factory=list)
    """Layout ``sections``: how its sheets are written; empty for formats that are only read."""
    missing: MissingWords = _shared(MissingWords)
    write: Writing = _shared(Writing)
    tables: list[Table]
    source: str = ""
    """File the profile was read from; set by the loader."""

    def table(self, table_id: str) -> Table:
        """Return a table by id; KeyError where there is none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)

    def model_post_init(self, context: Any) -> None:
        """Check that table ids differ."""
        if context is COPIED:
            return
        ids = [t.id for t in self.tables]
        if len(set(ids)) != len(ids):
            raise ValueError(f"table ids must differ: {ids}")
        if (self.layout in ("sections", "transposed", "keyed")) != (self.blocks is not None):
            raise ValueError("layouts of blocks, and they alone, say under 'blocks' how a sheet is cut")
        parts = [p.table for p in self.blocks.parts] if self.blocks else []
        lost = {p for p in parts if not any(t == p or t.startswith(f"{p}-") for t in ids)}
        if lost:
            raise ValueError(f"blocks name tables that are not there: {sorted(lost)}")
        if self.document is not None and self.layout != "tree":
            raise ValueError("a document belongs to layout 'tree'")
        lost = {section.table for section in self.sections} - set(ids)
        if lost:
            raise ValueError(f"sections name tables that are not there: {sorted(lost)}")
        strange = {t.strip() for told in self.write.tables for t in told.split("|")} | {t.apart for t in self.tables if t.apart}
        strange -= set(ids)
        if strange:
            raise ValueError(f"tables to write that are not there: {sorted(strange)}")
        for table in self.tables:
            if bool(table.path) != (self.layout == "tree"):
                raise ValueError(f"table {table.id!r}: a path belongs to layout 'tree', and is needed there")
            for source in table.inherit.values():
                if source.partition(">")[0].strip() not in ids or ">" not in source:
                    raise ValueError(f"table {table.id!r} inherits {source!r}: write 'table > header'")
