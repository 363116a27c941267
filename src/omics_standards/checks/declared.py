"""Names that a study must declare before it uses them: its factors, and the parameters of its protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..findings import Issue
from ..records import Attribute, LinkColumn, PlainColumn
from ..values.text import clean, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Address, Finding
    from ..records import Block, Reading, Record

__all__ = ["DeclaredNames"]


class _Use(NamedTuple):
    """Where a name was used first."""

    name: str
    address: Address
    header: str
    slot: str


class DeclaredNames:
    """Compares the names of factors and parameters with those that an investigation declares; where it declares none, nothing is said.

    References
    ----------
    ISA-Tab: values under ``Factor Value[]`` and ``Parameter Value[]`` are those of STUDY FACTORS and of the protocol's parameters.
    MAGE-TAB: the same of the IDF and the SDRF.
    """

    def __init__(self) -> None:
        self._factors: set[str] = set()
        self._parameters: dict[str, set[str]] = {}
        self._used: dict[tuple[str, str], _Use] = {}

    def see(self, record: Record) -> None:
        """Remember what a record declares and uses."""
        if record.cls == "Factor" and not record.stub:
            self._factors.update(normal(str(n)) for n in record.values("name"))
        elif record.cls == "Protocol" and not record.stub:
            self._parameters[record.id] = {normal(str(n)) for n in record.values("parameter_names")}
        elif record.cls == "Process":
            protocol = next(iter(record.values("protocol")), None)
            if protocol is not None:
                self._note(record, "parameters", "parametervalue", str(protocol))
        for reading in record.readings:
            if reading.slot == "factor_values":
                self._note(record, "factor_values", "factorvalue", "")
                break

    def see_block(self, block: Block) -> None:
        """Remember the factors that the rows of a batch use, each where it stands first; no record needs to be made for that."""
        for column, field in zip(block.columns, block.fields, strict=True):
            if field.slot != "factor_values" or not field.columns or isinstance(column, PlainColumn | LinkColumn):
                continue
            first: dict[int, tuple[Reading, int]] = {}
            for place, reading in enumerate(column):
                first.setdefault(id(reading), (reading, place))
            for reading, place in first.values():
                for value in reading.values:
                    if isinstance(value, Attribute):
                        use = _Use(value.name, field.address(block.rows[place]), field.header, f"{block.cls}.{field.slot}")
                        self._used.setdefault(("", value.name), use)

    def _note(self, record: Record, slot: str, start: str, owner: str) -> None:
        for i, (reading, field) in enumerate(zip(record.readings, record.fields, strict=True)):
            if reading.slot != slot or not field.columns or not normal(field.header).startswith(start):
                continue
            for value in reading.values:
                if isinstance(value, Attribute):
                    use = _Use(value.name, field.address(record.row_of(i)), field.header, f"{record.cls}.{slot}")
                    self._used.setdefault((owner, value.name), use)

    def findings(self) -> Iterator[Finding]:
        """Yield the names that were used and not declared.

        Findings
        --------
        name-undeclared
        """
        for (owner, name), use in self._used.items():
            declared = self._parameters.get(owner) if owner else self._factors or None
            if declared is None or normal(clean(name)) in declared:
                continue
            what = f"a parameter that the protocol {owner.rpartition('/')[2]!r} declares" if owner else "a factor that the study declares"
            issue = Issue("name-undeclared", what, "declare it in the investigation, or correct its name")
            yield issue.at(use.address, value=name, header=use.header, slot=use.slot)
