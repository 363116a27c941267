"""What other validators call the same faults: their rules beside our finding codes, as YAML in ``validators/``.

A finding on a sheet of one of a validator's families carries the rules that say the same, so that who knows the archive's answer
finds it here, and the reverse. Nothing is decided by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, model_validator

from ..findings import CODES
from .stored import stored

if TYPE_CHECKING:
    from ..findings import Finding

__all__ = ["Rule", "Validator", "load_validators", "with_rules"]


class Rule(BaseModel):
    """The finding codes that say what a rule says; ``slots`` (``Class`` or ``Class.slot``) where it is about these only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    codes: tuple[str, ...]
    slots: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Rule:
        unknown = [c for c in self.codes if c not in CODES]
        if unknown:
            raise ValueError(f"no finding codes: {', '.join(unknown)}")
        return self

    def covers(self, finding: Finding) -> bool:
        """Tell whether the rule says what a finding says."""
        about = not self.slots or finding.slot in self.slots or finding.slot.partition(".")[0] in self.slots
        return finding.code in self.codes and about


class Validator(BaseModel):
    """A validator: its name, the families of formats that it looks at, and its rules by their number."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    validator: str
    title: str
    homepage: str = ""
    families: frozenset[str]
    rules: dict[str, Rule]

    def rules_of(self, finding: Finding) -> tuple[str, ...]:
        """The rules that say what a finding says, each behind the validator's name.

        Examples
        --------
        >>> from omics_standards.findings import Issue
        >>> ddbj, *_ = load_validators()
        >>> ddbj.rules_of(Issue("coordinates-impossible").at())
        ('DDBJ BS_R0139',)
        >>> ddbj.rules_of(Issue("date-future").at(slot="Run.run_date"))
        ()
        """
        return tuple(f"{self.validator} {number}" for number, rule in self.rules.items() if rule.covers(finding))


@cache
def load_validators() -> tuple[Validator, ...]:
    """Read what is known of other validators, in the order of the file names."""
    return tuple(stored(Validator, sorted((Path(__file__).parent / "validators").glob("*.yaml")), _load))


def _load(file: Path) -> Validator:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Validator.model_validate(yaml.load(file.read_text(encoding="utf-8"), Loader=loader))  # a safe loader


def with_rules(findings: Iterable[Finding], families: Mapping[tuple[str, str], str]) -> list[Finding]:
    """Give findings the rules of the validators that look at sheets of their family.

    Parameters
    ----------
    findings
        In any order.
    families
        Family by file and sheet.

    Returns
    -------
    list of Finding
        In the same order.
    """
    from dataclasses import replace

    asked = {family: [v for v in load_validators() if family in v.families] for family in set(families.values())}
    if not any(asked.values()):
        return list(findings)
    told = []
    for finding in findings:
        family = families.get((finding.address.file, finding.address.sheet), "")
        rules = tuple(rule for validator in asked.get(family, ()) for rule in validator.rules_of(finding))
        told.append(replace(finding, rules=rules) if rules else finding)
    return told
