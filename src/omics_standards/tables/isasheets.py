"""ISA-JSON laid out as the tables of ISA-Tab: a document enters; the parts of its investigation, its studies and its assays leave.

The cells are the leaves of the document and say where they stand there. Each leaf is counted once: the name of a sample that stands in
many rows is one leaf. ``@id`` and what names a column are structure; what has no column in ISA-Tab is a table of its own.

References
----------
ISA model and serialisation specifications 1.0, doi:10.5281/zenodo.163640, section ISA-JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from omics_standards.findings import Address, Issue, Paths

from .cells import Chunk, chunk_of, cut_long, inspect
from .header import Layout
from .isagraph import ways
from .isaparts import parts_of
from .isasteps import HEADS, Cell, Steps
from .isatree import grow, is_isa_json
from .treesheets import TreeSheet
from .workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omics_standards.findings import Finding

    from .isaparts import Told
    from .isatree import Node
    from .limits import Limits
    from .notes import Notes
    from .trees import Tree

__all__ = ["IsaPart", "LeafSheet", "is_isa_json", "lay_out_isa"]

_CHUNK: Final = 512
Rows = list[list["Cell | None"]]
# Column: the step's place in the row, its header, which of several of that header, and what qualifies it.
Column = tuple[int, str, int, str]


class _Places(Paths):
    """Where each cell stands; as Paths, told apart by identity."""

    __slots__ = ("leaves",)

    def __init__(self, leaves: Rows) -> None:
        super().__init__("", ())
        self.leaves = leaves

    def at(self, row: int | None, column: int | None) -> str:
        """The path of a cell; of a column, without numbers."""
        if not column:
            return "/"
        if row and row <= len(self.leaves):
            cells = self.leaves[row - 1]
            cell = cells[column - 1] if column <= len(cells) else None
            if cell is not None:
                return cell.leaf.path
        first = next((r[column - 1] for r in self.leaves if column <= len(r) and r[column - 1] is not None), None)
        return first.leaf.kind if first is not None else "/"

    def scrubbed(self, _header: object) -> _Places:
        """The same: the names in these paths are those of the specification."""
        return self


class _Leaves:
    """The cells as a source of a sheet."""

    delimited = False

    def __init__(self, rows: Rows, limits: Limits) -> None:
        self.rows = rows
        self.limits = limits

    def merged(self, row: int) -> list[tuple[int, int]]:  # noqa: ARG002 - a document has no merged cells
        """Return nothing."""
        return []

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return nothing."""
        return []

    def chunks(self, notes: Notes) -> Iterator[Chunk]:
        """Yield the rows."""
        for start in range(0, len(self.rows), _CHUNK):
            rows = [[c.text if c else "" for c in row] for row in self.rows[start : start + _CHUNK]]
            cut_long(rows, start + 1, max((len(t) for row in rows for t in row), default=0), self.limits.max_cell, notes)
            inspect(rows, start + 1, "\ufffd" if any("\ufffd" in t for row in rows for t in row) else "", "\t", notes)
            yield chunk_of(rows)


class LeafSheet(TreeSheet):
    """A table whose cells are leaves of a document, wherever they stand in it."""

    __slots__ = ("_all", "_limits", "_twice")

    def __init__(self, headers: Sequence[str], rows: Rows, *, file: str, name: str, index: int, limits: Limits, own_file: str = "") -> None:
        source = _Leaves(rows, limits)
        head = [(i, [c.text if c else "" for c in row]) for i, row in enumerate(rows[:20], 1)]
        Sheet.__init__(self, source, head, Layout(0, tuple(headers), (), (), 1, 0), file=file, name=name, index=index, structural=0)
        self._all = rows
        self._limits = limits
        self.own_file = own_file
        self.paths = _Places(rows)
        self.derived = frozenset()
        self.beside = {}
        self.repeated = {}
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if cell is not None and cell.repeated and cell.text and not cell.text.isspace():
                    self.repeated.setdefault(column, set()).add(number)
        self._twice = sum(map(len, self.repeated.values()))

    @property
    def cells(self) -> int:
        """Leaves met so far; :attr:`structural` ones are those of the whole document."""
        return self.structural + max(0, self._counted - self._twice)

    def with_header(self, row: int) -> Sheet:  # noqa: ARG002 - the headers stand nowhere else
        """Return the sheet once more, to be read beside this one."""
        more = {"name": self.name, "index": self.index, "limits": self._limits, "own_file": self.own_file}
        return LeafSheet(self.headers, self._all, file=self._file, **more)  # type: ignore[arg-type]


class IsaPart(NamedTuple):
    """A table and what it is: a part of the investigation by its name, ``study-file``, ``assay-file``, or '' for all that has no table."""

    name: str
    sheet: LeafSheet


class _Maker:
    """Makes the sheets of one document."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.parts: list[IsaPart] = []
        self.findings: list[Finding] = []

    def add(self, part: str, name: str, headers: Sequence[str], rows: Rows, own_file: str = "", bare: Sequence[str] = ()) -> None:
        """Add a sheet, unless it would be empty; ``bare`` are headers of columns without a cell."""
        # Which step a column speaks of is told by the column before that begins one, even if nothing stands in that.
        kept_heads = {c for c, h in enumerate(headers) if h in HEADS} if own_file or part.endswith("-file") else set()
        filled = [c for c in range(len(headers)) if c in kept_heads or any(r[c] is not None and r[c].text.strip() for r in rows)]  # type: ignore[union-attr]
        kept = [[row[c] for c in filled] for row in rows]
        kept = [row for row in kept if any(c is not None and c.text.strip() for c in row)]
        if kept:
            heads = [*(headers[c] for c in filled), *bare]
            sheet = LeafSheet(
                heads,
                [[*row, *[None] * len(bare)] for row in kept],
                file=self.file,
                name=name,
                index=len(self.parts),
                limits=self.limits,
                own_file=own_file,
            )
            self.parts.append(IsaPart(part, sheet))

    def part(self, name: str, told: Sequence[Told]) -> None:
        """Add a part of the investigation."""
        columns: dict[tuple[str, int], int] = {}
        rows: Rows = []
        for cells, carried in told:
            row: dict[int, Cell] = {}
            seen: dict[str, int] = {}
            for header, leaf in cells:
                seen[header] = seen.get(header, 0) + 1
                if leaf.text:
                    row[columns.setdefault((header, seen[header]), len(columns))] = Cell(leaf, leaf.text)
                    leaf.fate = "cell"
            for header, leaf in carried if row else ():
                if leaf.text:
                    row[columns.setdefault((header, 1), len(columns))] = Cell(leaf, leaf.text, repeated=True)
            rows.append([row.get(c) for c in range(max(row, default=-1) + 1)])
        self.add(name, name, [h for h, _ in columns], [[*r, *[None] * (len(columns) - len(r))] for r in rows])

    def paths(self, part: str, name: str, steps: Steps, own_file: str) -> None:
        """Add the table of a study or an assay."""
        found = ways(steps.graph)
        laid = [[step for i, thing in enumerate(row) for step in steps.columns(thing, row[:i]) if step[1]] for row in found]
        self._tell(steps)
        lanes = _lanes([[header for header, _ in row] for row in laid])
        columns: dict[Column, None] = {}
        cells: list[dict[Column, Cell]] = []
        for row in laid:
            placed: dict[Column, Cell] = {}
            for lane, (_, groups) in zip(_places(lanes, [h for h, _ in row]), row, strict=True):
                seen: dict[str, int] = {}
                for group in groups:
                    seen[group.header] = number = seen.get(group.header, 0) + 1
                    placed[lane, group.header, number, ""] = group.cell
                    for part_of, cell in _told_apart(group.beside):
                        placed[lane, group.header, number, part_of] = cell
            columns.update(dict.fromkeys(placed))
            cells.append(placed)
        order = sorted(columns, key=_Order(lanes, [*columns]))
        headers = [_header(c) for c in order]
        self.add(part, name, headers, [[placed.get(c) for c in order] for placed in cells], own_file, steps.bare)

    def _tell(self, steps: Steps) -> None:
        """Say what the sequence leaves open."""
        for reference in steps.dangling:
            reference.frame("@id") if reference.inner else None
            issue = Issue("reference-dangling", "the @id of something that the document declares", "declare it, or correct the reference")
            self.findings.append(issue.at(Address(self.file, path=reference.path), value=reference.id or None))
        for first, second in steps.graph.broken:
            issue = Issue("path-circular", "processes that lead from sources to files", "correct inputs, outputs or the next process")
            self.findings.append(issue.at(Address(self.file, path=_path(steps, second)), value=f"{first} → {second}"))
        for key in steps.graph.parted:
            issue = Issue(
                "path-parted",
                "a process for each thing that came of it",
                "split the process: what went in and what came out are not linked to each other across it",
            )
            self.findings.append(issue.at(Address(self.file, path=_path(steps, key)), value=str(key)))

    def rest(self, root: Node) -> None:
        """Add what no table asked for, and count what only joins and names."""
        frame = 0
        columns: dict[str, list[Node]] = {}
        for leaf in root.leaves():
            if leaf.fate in ("frame", "field") or (not leaf.fate and leaf.name in ("@id", "@type", "@context")):
                frame += 1
            elif not leaf.fate:
                columns.setdefault(leaf.kind.lstrip("/"), []).append(leaf)
        height = max(map(len, columns.values()), default=0)
        rows: Rows = [[Cell(n[i], n[i].text) if i < len(n) else None for n in columns.values()] for i in range(height)]
        self.add("", "document", [*columns], rows)
        if not self.parts:
            self.parts.append(IsaPart("", LeafSheet([], [], file=self.file, name="document", index=0, limits=self.limits)))
        self.parts[0].sheet.structural = frame


def _path(steps: Steps, key: object) -> str:
    things = steps.graph.steps.get(key) or steps.graph.steps.get((key,))
    return things[0].node.path if things else ""


def _told_apart(beside: Sequence[tuple[str, Cell]]) -> Iterator[tuple[str, Cell]]:
    """Names of what qualifies a value, apart from what qualifies its unit."""
    unit = ""
    for header, cell in beside:
        unit = "Unit " if header == "Unit" else unit
        yield (header if header == "Unit" else unit + header), cell


_BESIDE: Final = ("", "Term Source REF", "Term Accession Number", "Unit", "Unit Term Source REF", "Unit Term Accession Number")


def _header(column: Column) -> str:
    _, header, _, beside = column
    return (beside if beside == "Unit" else beside.removeprefix("Unit ")) if beside else header


class _Order:
    """The order of columns: by step, its name first; then as they were met."""

    def __init__(self, lanes: Sequence[str], columns: Sequence[Column]) -> None:
        self.lanes = lanes
        self.met: dict[tuple[int, str, int], int] = {}
        for lane, header, number, _ in columns:
            self.met.setdefault((lane, header, number), len(self.met))

    def __call__(self, column: Column) -> tuple[int, bool, int, int]:
        lane, header, number, beside = column
        return lane, header != self.lanes[lane], self.met[lane, header, number], _BESIDE.index(beside)


def _lanes(rows: Sequence[Sequence[str]]) -> list[str]:
    """The columns of steps in which all rows find theirs, in order: a common supersequence, as short as pairs give one."""
    found: list[str] = []
    for row in sorted({tuple(r) for r in rows}, key=lambda r: (-len(r), r)):
        found = _joined(found, list(row))
    return found


def _joined(one: list[str], other: list[str]) -> list[str]:
    """The shortest list that holds two lists in their order."""
    common = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            common[i][j] = common[i + 1][j + 1] + 1 if one[i] == other[j] else max(common[i + 1][j], common[i][j + 1])
    found: list[str] = []
    i = j = 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            found.append(one[i])
            i, j = i + 1, j + 1
        elif common[i + 1][j] >= common[i][j + 1]:
            found.append(one[i])
            i += 1
        else:
            found.append(other[j])
            j += 1
    return [*found, *one[i:], *other[j:]]


def _places(lanes: Sequence[str], row: Sequence[str]) -> list[int]:
    """Where the steps of a row stand among the lanes: each in the first that is left."""
    found, at = [], -1
    for header in row:
        at = lanes.index(header, at + 1)
        found.append(at)
    return found


def lay_out_isa(tree: Tree, *, file: str) -> list[IsaPart]:
    """Lay out an ISA-JSON document.

    Parameters
    ----------
    tree
        The document.
    file
        What addresses say.

    Returns
    -------
    list of IsaPart
        Parts of the investigation, then each study and its assays, then what has no place in ISA-Tab.

    Raises
    ------
    ReadError
        The document cannot be read.

    Findings
    --------
    file-broken, reference-dangling, path-circular, path-parted
    """
    root, broken = grow(tree)
    maker = _Maker(file, tree.limits)
    for name, told in parts_of(root):
        maker.part(name, told)
    for i, study in enumerate(root.all("studies"), 1):
        maker.paths("study-file", f"study {i}", Steps(root, study, None), study.one("filename").text)
    for i, study in enumerate(root.all("studies"), 1):
        for j, assay in enumerate(study.all("assays"), 1):
            maker.paths("assay-file", f"study {i} assay {j}", Steps(root, study, assay), assay.one("filename").text)
    # The order of their names, in which the files of ISA-Tab are read.
    maker.parts.sort(key=lambda p: (("assay-file", "", "study-file").index(p.name if p.name.endswith("-file") else ""), p.sheet.own_file))
    maker.rest(root)
    if broken is not None:
        issue = Issue("file-broken", "a file that is well-formed to its end", "download or export the file again")
        maker.findings.append(issue.at(Address(file), value=f"line {broken.line}: {broken.why}"))
    maker.parts[0].sheet.stand(maker.findings)
    return maker.parts
