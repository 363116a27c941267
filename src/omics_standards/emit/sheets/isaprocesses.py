"""The rows of a study or an assay file as ISA-JSON has them: things declared once, and processes that lead from one to the next.

A process stands for an application of a protocol that all it leads to shares: what rows lead to one thing by one process went into it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from ...tables.isaparts import ARRAY_DESIGN
from ...tables.isasteps import BARE, HEADS, NAME_COLUMN, name_header
from ...values.missing import read_missing
from .markup import number_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from .composed import SheetGrid

__all__ = ["Declared", "Sequence", "annotation"]

_MATERIALS: Final = {"Source Name": "source", "Sample Name": "sample", "Extract Name": "material", "Labeled Extract Name": "material"}
_BRACKETED: Final = re.compile(r"(Characteristics|Factor Value|Parameter Value|Comment)\[(.*)\]", re.DOTALL)
_QUALIFIERS: Final = ("Unit", "Term Source REF", "Term Accession Number")
# What the schema of data files calls them (data_schema.json).
_FILES: Final = frozenset(
    {
        "Raw Data File", "Derived Data File", "Image File", "Acquisition Parameter Data File", "Derived Spectral Data File",
        "Protein Assignment File", "Raw Spectral Data File", "Peptide Assignment File", "Array Data File", "Derived Array Data File",
        "Post Translational Modification Assignment File", "Derived Array Data Matrix File", "Free Induction Decay Data File",
        "Metabolite Assignment File", "Array Data Matrix File",
    }
)  # fmt: skip
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


def annotation(text: str, accession: str = "", source: str = "") -> dict[str, Any]:
    """An ontology annotation."""
    return {"annotationValue": text, "termAccession": accession, "termSource": source}


class Value(NamedTuple):
    """A cell with what qualifies it: ``kind`` is what stands before the bracket of its header, or the whole of that."""

    kind: str
    name: str
    text: str
    source: str = ""
    accession: str = ""
    unit: tuple[str, str, str] = ("", "", "")


class Thing(NamedTuple):
    """A material or a file in a row; of a labelled extract the label is part of what it is, of one without a name the row."""

    header: str
    name: str
    label: Value | None = None
    row: int = 0


class Step(NamedTuple):
    """A process in a row: its protocol, its name with the column that holds it, and what is said of it."""

    protocol: str
    header: str
    name: str
    values: tuple[Value, ...]


class Declared:
    """What processes and samples of a study refer to.

    Attributes
    ----------
    protocols, factors
        As the document has them; what is used and not declared is added.
    samples
        By name as their ids have it, of the study.
    """

    def __init__(self, protocols: list[dict[str, Any]], factors: list[dict[str, Any]]) -> None:
        self.protocols = protocols
        self.factors = factors
        self.samples: dict[str, dict[str, Any]] = {}

    def protocol(self, name: str) -> dict[str, Any]:
        """The protocol of a name."""
        for protocol in self.protocols:
            if protocol["name"] == name:
                return protocol
        made: dict[str, Any] = {"@id": f"#protocol/{quote(name, safe='')}", "name": name, "protocolType": annotation("")}
        made |= {"description": "", "uri": "", "version": "", "parameters": [], "components": []}
        self.protocols.append(made)
        return made

    def factor(self, name: str) -> str:
        """The id of a factor."""
        if not any(f["factorName"] == name for f in self.factors):
            self.factors.append({"@id": f"#factor/{quote(name, safe='')}", "factorName": name, "factorType": annotation("")})
        return next(str(f["@id"]) for f in self.factors if f["factorName"] == name)

    def parameter(self, protocol: str, name: str) -> str:
        """The id of a parameter: of the protocol, or of another that declares it."""
        own = self.protocol(protocol) if protocol else None
        for one in [*([own] if own else []), *self.protocols]:
            for parameter in one["parameters"]:
                if parameter["parameterName"]["annotationValue"] == name:
                    return str(parameter["@id"])
        home = own or self.protocol("unknown")
        at = ARRAY_DESIGN if name == "Array Design REF" else f"#parameter/{quote(home['name'], safe='')}/{quote(name, safe='')}"
        home["parameters"].append({"@id": at, "parameterName": annotation(name)})
        return at


class Sequence:
    """What one study or assay file holds.

    Parameters
    ----------
    declared
        What the study declares.
    grid
        The file; None for none.
    home
        What ids of its own begin with.
    technology
        Of the assay; '' for a study.
    """

    def __init__(self, declared: Declared, grid: SheetGrid | None, home: str, technology: str = "") -> None:
        self.declared = declared
        self.home = home
        self.technology = technology
        self.things: dict[Thing, dict[str, Any]] = {}
        self.said: dict[Thing, set[Hashable]] = {}
        self.categories: dict[str, dict[str, Any]] = {}
        self.units: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.processes: list[dict[str, Any]] = []
        self.made: dict[Hashable, list[dict[str, Any]]] = {}
        self.blank: list[dict[str, Any]] = []
        if grid is not None and grid.rows:
            header = grid.rows[grid.header]
            for number, row in enumerate(grid.rows[grid.header + 1 :], 1):
                self._row(_steps(header, row, number))
            # That there is a column for assignments says what kind of assay it is, even if nothing stands there.
            used = {t.header for t in self.things}
            free = [h for h in dict.fromkeys(header) if h in _FILES and h not in used]
            self.blank = [{"@id": f"#data/{home}/none/{i}", "name": "", "type": h, "comments": []} for i, h in enumerate(free, 1)]
        self._neighbours()

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _row(self, steps: list[Step | tuple[Thing, tuple[Value, ...]]]) -> None:
        """Take over a row: things, and the processes between them."""
        left: tuple[Thing, ...] = ()
        chain: list[Step] = []
        right: list[Thing] = []
        for item in steps:
            if isinstance(item, Step):
                if right:
                    self._lead(left, chain, tuple(right))
                    left, chain, right = tuple(right), [], []
                chain.append(item)
                continue
            thing, values = item
            self._thing(thing, values)
            # Files side by side came of the same process.
            beside = right and thing.header.endswith(" File") and right[-1].header.endswith(" File")
            if right and not beside:
                self._lead(left, chain, tuple(right))
                left, chain, right = tuple(right), [], []
            right.append(thing)
        if right or chain:
            self._lead(left, chain, tuple(right))

    def _lead(self, left: tuple[Thing, ...], chain: list[Step], right: tuple[Thing, ...]) -> None:
        """Let things lead to others by processes."""
        if not chain:
            if left and right[0].header == "Sample Name":
                self._derived(left, right)
                return
            if not left:
                return
            chain = [Step("", "", "", ())]
        if right:
            self._derived(left, right)
        key = (tuple(chain), right or left, not right)
        if key not in self.made:
            self.made[key] = [self._process(step, chain, k, left) for k, step in enumerate(chain)]
            self.processes += self.made[key]
            for before, after in zip(self.made[key], self.made[key][1:], strict=False):
                before["nextProcess"], after["previousProcess"] = {"@id": after["@id"]}, {"@id": before["@id"]}
        made = self.made[key]
        for process, role, things in ((made[0], "inputs", left), (made[-1], "outputs", right)):
            for thing in things:
                reference = {"@id": self.things[thing]["@id"]}
                if reference not in process[role]:
                    process[role].append(reference)

    def _derived(self, left: tuple[Thing, ...], right: tuple[Thing, ...]) -> None:
        if right[0].header == "Sample Name":
            for source in left:
                if source.header == "Source Name":
                    reference = {"@id": self.things[source]["@id"]}
                    known = self.things[right[0]]["derivesFrom"]
                    known.append(reference) if reference not in known else None

    def _process(self, step: Step, chain: list[Step], place: int, left: tuple[Thing, ...]) -> dict[str, Any]:
        made: dict[str, Any] = {"@id": f"#process/{self.home}/{len(self.processes) + place + 1}", "name": step.name}
        # Tools want a protocol; one that is called unknown, of which nothing is said, is none.
        made["executesProtocol"] = {"@id": self.declared.protocol(step.protocol or "unknown")["@id"]}
        comments = []
        if step.name and not self._told(step, chain, place, left):
            comments.append({"name": NAME_COLUMN, "value": step.header})
        parameters = []
        for value in step.values:
            if value.kind == "Date" and _DATE.fullmatch(value.text):
                made["date"] = value.text
            elif value.kind == "Performer":
                made["performer"] = value.text
            elif value.kind in ("Parameter Value", "Array Design REF"):
                at = self.declared.parameter(step.protocol, value.name or value.kind)
                parameters.append({"category": {"@id": at}, **self._valued(value)})
            else:
                comments.append({"name": value.name or value.kind, "value": value.text})
        return made | {"parameterValues": parameters, "inputs": [], "outputs": [], "comments": comments}

    def _told(self, step: Step, chain: list[Step], place: int, left: tuple[Thing, ...]) -> bool:
        """Tell whether protocol and technology say which column the name stands in."""
        kind = self.declared.protocol(step.protocol)["protocolType"]["annotationValue"] if step.protocol else ""
        of_data = place == 0 and bool(left) and left[-1].header.endswith(" File")
        made_up = step.name == step.protocol or re.fullmatch(r"process-\d+(-.*)?", step.name, re.DOTALL)
        second = any(s.name for s in chain[:place])
        return not made_up and not second and name_header(kind, self.technology, of_data=of_data) == step.header

    def _neighbours(self) -> None:
        """Say which process comes before and which behind, where there is one of each."""
        behind: dict[str, list[str]] = {}
        before: dict[str, list[str]] = {}
        by_id = {p["@id"]: p for p in self.processes}
        for process in self.processes:
            for one in process["inputs"]:
                behind.setdefault(one["@id"], []).append(process["@id"])
            for one in process["outputs"]:
                before.setdefault(one["@id"], []).append(process["@id"])
        for process in self.processes:
            after = {p for o in process["outputs"] for p in behind.get(o["@id"], ())}
            first = {p for i in process["inputs"] for p in before.get(i["@id"], ())}
            if len(after) == 1:
                process["nextProcess"] = {"@id": after.pop()}
            if len(first) == 1:
                process["previousProcess"] = {"@id": first.pop()}
        assert all(p["@id"] in by_id for p in self.processes)

    # --- things -------------------------------------------------------------------------------------------------------

    def _thing(self, thing: Thing, values: tuple[Value, ...]) -> None:
        """Declare a thing, and add what a row says of it."""
        if thing.header == "Sample Name" and not thing.row and quote(thing.name, safe="") in self.declared.samples:
            self.things[thing] = self.declared.samples[quote(thing.name, safe="")]
        if thing not in self.things:
            self.things[thing] = self._new(thing)
        node, said = self.things[thing], self.said.setdefault(thing, set())
        for value in values:
            if value in said:
                continue
            said.add(value)
            if value.kind in ("Characteristics", "Label", "Material Type") and "characteristics" in node:
                told = {"category": {"@id": self._category(value.name or value.kind)}, **self._valued(value)}
                node["characteristics"].append(told)
            elif value.kind == "Factor Value" and "factorValues" in node:
                node["factorValues"].append({"category": {"@id": self.declared.factor(value.name)}, **self._valued(value)})
            else:
                node["comments"].append({"name": value.name or value.kind, "value": value.text})

    def _new(self, thing: Thing) -> dict[str, Any]:
        name = quote(thing.name, safe="")
        if thing.header == "Source Name":
            own = f"{name}/{self.home}/{thing.row}" if thing.row else name
            return {"@id": f"#source/{own}", "name": thing.name, "characteristics": [], "comments": []}
        if thing.header == "Sample Name":
            own = f"{name}/{self.home}/{thing.row}" if thing.row else name
            made: dict[str, Any] = {"@id": f"#sample/{own}", "name": thing.name, "characteristics": [], "factorValues": []}
            made |= {"derivesFrom": [], "comments": []}
            self.declared.samples[own] = made
            return made
        kind = "material" if thing.header in _MATERIALS else "data"
        number = sum(t.header in _MATERIALS if kind == "material" else t.header not in _MATERIALS for t in self.things) + 1
        made = {"@id": f"#{kind}/{self.home}/{number}", "name": thing.name}
        if kind == "material":
            return {**made, "type": thing.header, "characteristics": [], "comments": []}
        return {**made, "type": thing.header if thing.header in _FILES else "Raw Data File", "comments": []}

    def _category(self, name: str) -> str:
        at = f"#characteristic_category/{quote(name, safe='')}"
        self.categories.setdefault(name, {"@id": at, "characteristicType": annotation(name)})
        return at

    def _valued(self, value: Value) -> dict[str, Any]:
        """A value, with its unit or as a term."""
        if value.source or value.accession:
            told: dict[str, Any] = {"value": annotation(value.text, value.accession, value.source)}
        else:
            told = {"value": number_of(value.text) if value.unit[0] else value.text}
        if value.unit[0]:
            if value.unit not in self.units:
                at = f"#unit/{self.home}/{len(self.units) + 1}"
                self.units[value.unit] = {"@id": at, **annotation(value.unit[0], value.unit[2], value.unit[1])}
            told["unit"] = {"@id": self.units[value.unit]["@id"]}
        return told

    # --- the document -------------------------------------------------------------------------------------------------

    def of_study(self) -> dict[str, Any]:
        """The keys of a study that its file fills; asked for when all its assays are read."""
        sources = [n for t, n in self.things.items() if t.header == "Source Name"]
        others = [n for t, n in self.things.items() if t.header not in ("Source Name", "Sample Name")]
        materials = {"sources": sources, "samples": [*self.declared.samples.values()], "otherMaterials": others}
        return {
            "characteristicCategories": [*self.categories.values()],
            "unitCategories": [*self.units.values()],
            "materials": materials,
            "processSequence": self.processes,
        }

    def of_assay(self) -> dict[str, Any]:
        """The keys of an assay that its file fills."""
        samples = [{"@id": n["@id"]} for t, n in self.things.items() if t.header == "Sample Name"]
        others = [n for t, n in self.things.items() if t.header in ("Extract Name", "Labeled Extract Name")]
        return {
            "characteristicCategories": [*self.categories.values()],
            "unitCategories": [*self.units.values()],
            "materials": {"samples": samples, "otherMaterials": others},
            "dataFiles": [*(n for t, n in self.things.items() if t.header not in _MATERIALS), *self.blank],
            "processSequence": self.processes,
        }


def _steps(header: list[str], row: list[str], number: int) -> list[Step | tuple[Thing, tuple[Value, ...]]]:
    """The steps of a row, with what its columns say of each."""
    found: list[_Head] = []
    values = _values(header, row)
    for place, (name, text) in enumerate(zip(header, row, strict=False)):
        if name in HEADS:
            found.append(_Head(name, text))
        elif place in values and found:
            value = values[place]
            wanted = _OF.get(value.kind)
            home = next((h for h in reversed(found) if (wanted is None and h.text) or h.name in (wanted or ())), found[0])
            home.values.append(value)
    steps: list[Step | tuple[Thing, tuple[Value, ...]]] = []
    waiting: _Head | None = None
    for head in [*_kept(found), _Head("", "")]:
        if head.kind == "name":
            protocol, before = (waiting.text, waiting.values) if waiting else ("", [])
            steps.append(Step(protocol, head.name, head.text, (*before, *head.values)))
            waiting = None
            continue
        if waiting is not None:
            steps.append(Step(waiting.text, "", "", tuple(waiting.values)))
            waiting = None
        if head.kind == "process":
            waiting = head
        elif head.name:
            label = next((v for v in head.values if v.kind == "Label"), None)
            # What is said to be absent, or has no name, is another thing in each row.
            nameless = not head.text or read_missing(head.text) is not None
            steps.append((Thing(head.name, head.text, label, number if nameless else 0), tuple(head.values)))
    return steps


class _Head:
    """A column that begins a step, in one row."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.values: list[Value] = []
        thing = name in _MATERIALS or name.endswith(" File")
        self.kind = "process" if name == "Protocol REF" else "thing" if thing else "name"


def _kept(heads: list[_Head]) -> list[_Head]:
    """The steps that a row has; what it says beside a process that it does not name is a remark on the step before."""
    found: list[_Head] = []
    for head in heads:
        if (head.kind == "thing" and (head.text or head.values)) or (
            head.kind != "thing" and head.text and read_missing(head.text) is None
        ):
            found.append(head)
        elif (head.text or head.values) and found:
            told = [Value("Comment", head.name, head.text)] if head.text else []
            found[-1].values += [*told, *(v._replace(kind="Comment", name=v.name or v.kind) for v in head.values)]
    return found


# The columns that a value speaks of: the nearest of them on its left, even where the row leaves it blank.
_OF: Final = {
    "Characteristics": tuple(_MATERIALS),
    "Label": ("Labeled Extract Name",),
    "Material Type": tuple(_MATERIALS),
    "Factor Value": ("Sample Name",),
    "Parameter Value": ("Protocol REF",),
    "Performer": ("Protocol REF",),
    "Date": ("Protocol REF",),
}


def _values(header: list[str], row: list[str]) -> dict[int, Value]:
    """The cells that say more of a step, by their place."""
    found: dict[int, Value] = {}
    at, united = -1, False
    for place, (name, text) in enumerate(zip(header, row, strict=False)):
        if name in _QUALIFIERS:
            if at in found and text:
                value = found[at]
                if name == "Unit":
                    value = value._replace(unit=(text, "", ""))
                elif united:
                    unit = list(value.unit)
                    unit[1 if name == "Term Source REF" else 2] = text
                    value = value._replace(unit=(unit[0], unit[1], unit[2]))
                elif name == "Term Source REF":
                    value = value._replace(source=text)
                else:
                    value = value._replace(accession=text)
                found[at] = value
            united = united or name == "Unit"
            continue
        at, united = place, False
        bracketed = _BRACKETED.fullmatch(name)
        if text and bracketed:
            found[place] = Value(bracketed[1], bracketed[2], text)
        elif text and (name in BARE or name in ("Label", "Material Type", "Array Design REF")):
            found[place] = Value(name, "", text)
    return found
