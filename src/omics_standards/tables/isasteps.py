"""The steps of a study or an assay of ISA-JSON, with the columns that ISA-Tab has for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from omics_standards.values.missing import read_missing

from .isagraph import Graph, Thing
from .isaparts import annotated, commented, is_placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .isatree import Node

__all__ = ["BARE", "HEADS", "NAME_COLUMN", "Cell", "Group", "Steps", "name_header"]

# Columns of ISA-Tab that ISA-JSON has no key for: comments of these names are read as they are.
BARE: Final = frozenset({"Date", "Description", "Performer", "Provider", "Scan Name"})
QUALIFIERS: Final = ("Term Source REF", "Term Accession Number")
# Columns that begin a step.
HEADS: Final = frozenset(
    {
        "Source Name", "Sample Name", "Extract Name", "Labeled Extract Name", "Protocol REF", "Assay Name", "MS Assay Name",
        "NMR Assay Name", "Hybridization Assay Name", "Gel Electrophoresis Assay Name", "Normalization Name",
        "Data Transformation Name", "Raw Data File", "Derived Data File", "Image File", "Acquisition Parameter Data File",
        "Derived Spectral Data File", "Protein Assignment File", "Raw Spectral Data File", "Peptide Assignment File",
        "Array Data File", "Derived Array Data File", "Post Translational Modification Assignment File",
        "Derived Array Data Matrix File", "Free Induction Decay Data File", "Metabolite Assignment File", "Array Data Matrix File",
        "Spot Picking File",
    }
)  # fmt: skip
NAMES: Final = frozenset({"Normalization Name", "Data Transformation Name"})
# A comment that says which column of ISA-Tab the name of a process stands in, where its protocol and technology do not.
NAME_COLUMN: Final = "Name Column"
# Characteristics and parameters that have columns of their own (isa-specs, isajson: "Label" and "Material Type" of materials).
_OWN: Final = {"label": "Label", "material type": "Material Type", "array design ref": "Array Design REF"}
# How isatools names a process that no column names (isatools.isatab.load, 0.14).
_MADE_UP: Final = re.compile(r"process-\d+(-.*)?", re.DOTALL)
_BY_TYPE: Final = {
    "normalization": "Normalization Name",
    "normalisation": "Normalization Name",
    "normalization data transformation": "Normalization Name",
    "data transformation": "Data Transformation Name",
    "data processing": "Data Transformation Name",
}
_BY_TECHNOLOGY: Final = (
    ("mass spectrometry", "MS Assay Name"),
    ("nmr", "NMR Assay Name"),
    ("nuclear magnetic resonance", "NMR Assay Name"),
    ("microarray", "Hybridization Assay Name"),
    ("gel electrophoresis", "Gel Electrophoresis Assay Name"),
)


class Cell(NamedTuple):
    """A text of a row and the leaf it is; ``repeated`` where that leaf is told of elsewhere, too."""

    leaf: Node
    text: str
    repeated: bool = False


class Group(NamedTuple):
    """Columns that stand together: a header with its cell, and the cells of what qualifies it by their headers."""

    header: str
    cell: Cell
    beside: tuple[tuple[str, Cell], ...] = ()

    def again(self) -> Group:
        """The same in another row, where nothing of it counts."""
        return Group(self.header, self.cell._replace(repeated=True), tuple((h, c._replace(repeated=True)) for h, c in self.beside))


def name_header(protocol_type: str, technology: str, *, of_data: bool = False) -> str:
    """The column that the name of a process stands in.

    Parameters
    ----------
    protocol_type, technology
        Of its protocol, and of its assay.
    of_data
        Whether all that went into it are files.

    Examples
    --------
    >>> name_header("Mass spectrometry", "mass spectrometry"), name_header("data transformation", "mass spectrometry")
    ('MS Assay Name', 'Data Transformation Name')
    >>> name_header("", "nucleotide sequencing")
    'Assay Name'
    """
    told = _BY_TYPE.get(protocol_type.strip().lower())
    if told or of_data:
        return told or "Data Transformation Name"
    return next((header for word, header in _BY_TECHNOLOGY if word in technology.lower()), "Assay Name")


class Steps:
    """The graph of one sequence of processes.

    Attributes
    ----------
    graph
        What follows on what.
    dangling
        References to what is declared nowhere.
    bare
        Headers of columns in which nothing stands.
    """

    def __init__(self, root: Node, study: Node, assay: Node | None) -> None:
        self.assay = assay
        self.home = home = assay or study
        self.processes = home.all("processSequence")
        self.technology = home.one("technologyType", "annotationValue").text or home.one("technologyType").text
        self.protocols = {p.id: p for s in (*root.all("studies"), study) for p in s.all("protocols")}
        self.parameters = {p.id: p for protocol in self.protocols.values() for p in protocol.all("parameters")}
        homes = [h for s in (*root.all("studies"), study) for h in (*s.all("assays"), s)] + [home]
        self.categories = {c.id: c.one("characteristicType") for h in homes for c in h.all("characteristicCategories")}
        self.factors = {f.id: f.one("factorName") for s in (*root.all("studies"), study) for f in s.all("factors")}
        self.units = {u.id: u for h in homes for u in h.all("unitCategories")}
        self.things = self._things(root, study)
        self.placeholders = {key for key, p in self.protocols.items() if is_placeholder(p)}
        self._met: dict[int, list[tuple[str, list[Group]]]] = {}
        self._applied_after: dict[tuple[int, int], list[tuple[str, list[Group]]]] = {}
        self._heads: dict[int, str] = {}
        self.dangling: list[Node] = []
        self.bare: list[str] = []
        self.graph = self._linked()
        for category in home.all("characteristicCategories"):
            kind = category.one("characteristicType")
            kind.frame("annotationValue")

    # --- what there is ------------------------------------------------------------------------------------------------

    def _things(self, root: Node, study: Node) -> dict[str, Thing]:
        found: dict[str, Thing] = {}
        for one in (*root.all("studies"), study):
            found |= {n.id: Thing("material", "Source Name", n) for n in one.all("materials", "sources")}
            found |= {n.id: Thing("material", "Sample Name", n) for n in one.all("materials", "samples")}
        for home in dict.fromkeys((study, self.home)):
            for node in home.all("materials", "otherMaterials"):
                header = "Labeled Extract Name" if node.one("type").text.lower().startswith("label") else "Extract Name"
                if node.one("type").text == header:
                    node.frame("type")
                found[node.id] = Thing("material", header, node)
            for node in home.all("dataFiles"):
                kind = node.one("type").text
                if kind.endswith(" File"):
                    node.frame("type")
                found[node.id] = Thing("data", kind if kind.endswith(" File") else "Raw Data File", node)
        found.pop("", None)
        return found

    def _linked(self) -> Graph:
        graph = Graph()
        # A process without an id is no other process's neighbour, but one.
        keys = {id(p): p.id or p.path for p in self.processes}
        for process in self.processes:
            graph.add(keys[id(process)], Thing("process", "Protocol REF", process))
        for process in self.processes:
            key = keys[id(process)]
            for reference in process.all("inputs"):
                if self._found(graph, reference):
                    graph.link(reference.id, key)
            for reference in process.all("outputs"):
                if self._found(graph, reference):
                    graph.link(key, reference.id)
        # Of two processes with something between them, that tells how they follow on each other.
        ends = {keys[id(p)]: (bool(p.all("inputs")), bool(p.all("outputs"))) for p in self.processes}
        for process in self.processes:
            key = keys[id(process)]
            for name in ("nextProcess", "previousProcess"):
                for reference in process.all(name):
                    first, second = (key, reference.id) if name == "nextProcess" else (reference.id, key)
                    if reference.id not in ends:
                        self.dangling.append(reference)
                    elif not (ends[first][1] and ends[second][0]):
                        graph.link(first, second)
        self._alone(graph)
        kinds = ("samples", "otherMaterials") if self.assay is not None else ("sources", "samples", "otherMaterials")
        declared = [n.id for kind in kinds for n in self.home.all("materials", kind)] + [n.id for n in self.home.all("dataFiles")]
        graph.rank = {key: i for i, key in reversed([*enumerate(declared)])}
        return graph

    def _found(self, graph: Graph, reference: Node) -> bool:
        thing = self.things.get(reference.id)
        if thing is None:
            self.dangling.append(reference)
            return False
        graph.add(reference.id, thing)
        return True

    def _alone(self, graph: Graph) -> None:
        """Add what no process speaks of; a sample that only says what it derives from follows on that."""
        own = ("sources", "samples", "otherMaterials") if self.assay is None else ("otherMaterials",)
        nodes = [n for kind in own for n in self.home.all("materials", kind)]
        for node in self.home.all("dataFiles"):
            # A file without a name says that there is such a column.
            if node.id not in graph.steps and not node.one("name").text and node.one("type").text:
                self.bare.append(node.one("type").text)
            else:
                nodes.append(node)
        for node in nodes:
            if node.id in self.things:
                graph.add(node.id, self.things[node.id])
        for sample in self.home.all("materials", "samples") if self.assay is None else ():
            if sample.id in graph.steps and not graph.before[sample.id]:
                for reference in sample.all("derivesFrom"):
                    if self._found(graph, reference):
                        graph.link(reference.id, sample.id)

    # --- what it says -------------------------------------------------------------------------------------------------

    def columns(self, thing: Thing, before: Sequence[Thing]) -> list[tuple[str, list[Group]]]:
        """The columns of a step in a row: that of its name, and those that say more of it.

        Parameters
        ----------
        thing
            The step.
        before
            The steps that the row has before it.
        """
        if thing.kind != "process":
            # What a material or a file is like is told where it is met first, in whichever table.
            name = next(iter(thing.node.all("name") or thing.node.all("@id")), thing.node)
            if id(thing.node) in self._met:
                return self._met[id(thing.node)]
            met = name.fate == "cell"
            # A label is part of what names an extract.
            groups = [g for g in self._told(thing.node) if not met or g.header == "Label"]
            again = [Group(thing.header, Cell(name, name.text, repeated=True)), *(g.again() for g in groups if g.header == "Label")]
            self._met[id(thing.node)] = [(thing.header, again)]
            return [(thing.header, [Group(thing.header, self._cell(name)), *groups])]
        key = (id(thing.node), before[-1].kind == "process" and id(before[-1].node) if before else 0)
        if key not in self._applied_after:
            found = self._process(thing.node, before)
            self._applied_after[key] = [(h, [g.again() for g in groups]) for h, groups in found]
            return found
        return self._applied_after[key]

    def _process(self, process: Node, before: Sequence[Thing]) -> list[tuple[str, list[Group]]]:
        """The columns of a process; the same wherever it follows on the same process, or on none."""
        protocol = self.protocols.get(process.one("executesProtocol").id)
        groups = self._applied(process)
        if protocol is None:
            self.dangling += process.all("executesProtocol")
        elif protocol.id not in self.placeholders:
            cell = Cell(process.one("executesProtocol", "@id"), protocol.one("name").text, repeated=True)
            groups = [Group("Protocol REF", cell), *groups]
        header = self._heads[id(process)] = self._name_column(process, protocol, before)
        # What an array is says something of the assay.
        remarks = [g for g in groups if g.header == "Array Design REF"]
        groups = [g for g in groups if g.header != "Array Design REF"]
        remarks += [Group(h, self._cell(leaf)) for h, leaf in _comments(process)]
        if not header:
            return [("Protocol REF", [*groups, *remarks])]
        return [("Protocol REF", groups), (header, [Group(header, self._cell(process.one("name"))), *remarks])]

    def _cell(self, leaf: Node) -> Cell:
        repeated, leaf.fate = leaf.fate == "cell", "cell"
        return Cell(leaf, leaf.text, repeated)

    def _name_column(self, process: Node, protocol: Node | None, before: Sequence[Thing]) -> str:
        """The column of a process's name; '' for names that only tell it from others in the document."""
        text = process.one("name").text
        told = next((c for c in process.all("comments") if c.one("name").text == NAME_COLUMN), None)
        if told is not None and self.assay is not None:
            told.frame("name")
            told.frame("value")
            return told.one("value").text
        made_up = _MADE_UP.fullmatch(text) or (protocol is not None and text == protocol.one("name").text)
        if not text.strip() or made_up:
            process.frame("name")
            return ""
        if self.assay is None:
            return ""
        of_data = any(self.things[r.id].kind == "data" for r in process.all("inputs") if r.id in self.things)
        kind = protocol.one("protocolType", "annotationValue").text if protocol is not None else ""
        header = name_header(kind, self.technology, of_data=of_data)
        # What follows on an assay with nothing between them is how it was looked at.
        follows = bool(before) and self._heads.get(id(before[-1].node), "").endswith("Assay Name") and not process.all("inputs")
        return "Scan Name" if follows and header.endswith("Assay Name") else header

    def _told(self, node: Node) -> list[Group]:
        found = [self._value(v, "Characteristics", self._category(v)) for v in node.all("characteristics")]
        found += [self._value(v, "Factor Value", self._factor(v)) for v in node.all("factorValues")]
        found += [Group(header, self._cell(leaf)) for header, leaf in _comments(node)]
        return [g for g in found if g is not None]

    def _applied(self, process: Node) -> list[Group]:
        found = [self._value(v, "Parameter Value", self._parameter(v)) for v in process.all("parameterValues")]
        for key, header in (("date", "Date"), ("performer", "Performer")):
            found += [Group(header, self._cell(leaf)) for leaf in process.all(key)]
        return [g for g in found if g is not None]

    def _category(self, value: Node) -> str:
        category = value.one("category")
        kind = self.categories.get(category.id) or category.one("characteristicType")
        kind.frame("annotationValue")
        return kind.one("annotationValue").text or kind.text

    def _factor(self, value: Node) -> str:
        category = value.one("category")
        return (self.factors.get(category.id) or category.one("factorName")).text

    def _parameter(self, value: Node) -> str:
        category = value.one("category")
        name = (self.parameters.get(category.id) or category).one("parameterName")
        text = name.one("annotationValue").text or name.text
        # The one that isatools declares nowhere.
        return text or ("Array Design REF" if category.id.endswith("Array_Design_REF") else "")

    def _value(self, value: Node, kind: str, name: str) -> Group | None:
        """The columns of a value; None where nothing says what it is of."""
        told = annotated(value.one("value"), "")
        if not name.strip() or not told:
            return None
        header = _OWN.get(name.lower(), f"{kind}[{name}]") if kind != "Factor Value" else f"{kind}[{name}]"
        cells = {h.strip(): leaf for h, leaf in told}
        beside: list[tuple[str, Node]] = [(h, cells[h]) for h in QUALIFIERS if h in cells and cells[h].text]
        for unit in value.all("unit"):
            known = self.units.get(unit.id, unit)
            beside += [(h.strip() or "Unit", leaf) for h, leaf in _ordered(annotated(known, "")) if leaf.text]
        if "" not in cells:
            return None
        return Group(header, self._cell(cells[""]), tuple((h, self._cell(leaf)) for h, leaf in beside))


def _ordered(cells: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
    """A unit, then its source, then its accession."""
    order = {"": 0, " Term Source REF": 1, " Term Accession Number": 2}
    return sorted(cells, key=lambda c: order.get(c[0], 3))


def _comments(node: Node) -> list[tuple[str, Node]]:
    """Comments, under the column that ISA-Tab has for them."""
    found = []
    for header, leaf in commented(node):
        bare = header[len("Comment[") : -1]
        if leaf.text and bare != NAME_COLUMN:
            # A process that is said to be absent is none: a comment says so, under the column that it would stand in.
            absent = (bare == "Protocol REF" or bare.endswith("Assay Name") or bare in NAMES) and read_missing(leaf.text) is not None
            found.append((bare if bare in BARE or absent else header, leaf))
    return found
