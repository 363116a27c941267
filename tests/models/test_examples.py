"""Every class has examples: the valid ones load, the invalid ones fail for the reason in their name and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from omics_standards import models
from omics_standards.findings import CODES
from omics_standards.models import MODEL

FOLDER = Path(__file__).resolve().parents[2] / "models" / "examples"
VALID = sorted((FOLDER / "valid").glob("*.yaml"))
INVALID = sorted((FOLDER / "invalid").glob("*.yaml"))


def load(path: Path) -> tuple[type[BaseModel], dict[str, object], str]:
    name, _, rest = path.stem.partition("-")
    cls: type[BaseModel] = getattr(models, name)
    # The texts of the files are JSON values: a date that YAML would turn into an object stays text.
    return cls, yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), rest


def code_in(rest: str) -> str:
    found = [c for c in CODES if rest.startswith(f"{c}-")]
    assert found, f"no finding code in {rest!r}"
    return max(found, key=len)


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_valid_example_loads_and_comes_back(path: Path) -> None:
    cls, data, _ = load(path)
    record = cls.model_validate(data)
    again = cls.model_validate_json(record.model_dump_json(exclude_none=True))
    assert again == record
    assert set(record.model_dump(exclude_none=True)) == set(data)


@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.stem)
def test_invalid_example_fails_for_the_reason_in_its_name(path: Path) -> None:
    cls, data, rest = load(path)
    with pytest.raises(ValidationError) as caught:
        cls.model_validate(data)
    assert [e["type"] for e in caught.value.errors()] == [code_in(rest)]


def carried(path: Path) -> bool:
    """Tell what a context can report: not what is absent, nor a value object, which its slot judges."""
    name, _, rest = path.stem.partition("-")
    value = name in MODEL.classes and MODEL.classes[name].kind == "value"
    return code_in(rest) not in ("id-missing", "value-required") and not value


@pytest.mark.parametrize("path", [p for p in INVALID if carried(p)], ids=lambda p: p.stem)
def test_invalid_example_reports_instead_of_raising_with_a_context(path: Path) -> None:
    cls, data, rest = load(path)
    found: list[tuple[str, str, str]] = []
    cls.model_validate(data, context={"findings": found})
    assert {c for _, _, c in found} == {code_in(rest)}


@pytest.mark.parametrize("name", [n for n, c in MODEL.classes.items() if not c.abstract])
def test_class_has_a_valid_and_an_invalid_example(name: str) -> None:
    assert any(p.stem.startswith(f"{name}-") for p in VALID)
    assert any(p.stem.startswith(f"{name}-") for p in INVALID)
