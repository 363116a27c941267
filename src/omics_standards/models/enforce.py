"""What the generated classes do beyond Pydantic: values against the slot table, records against the rules.

In: the hooks of the generated base class. Out: an error whose type is the finding code; or, with a validation context
``{"findings": []}``, a line ``(record id, slot, code)`` in that list and a record that carries the value all the same.

Inside a record a value object (a quantity, a term) is judged once, by the slot that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from omics_standards.findings import CODES

from .rules import check_container, check_record
from .slots import MODEL, SlotDef, check_term_id, check_value

if TYPE_CHECKING:
    from pydantic import ValidationInfo, ValidatorFunctionWrapHandler

__all__ = ["complete", "fit", "judge"]


def _error(code: str, detail: str) -> PydanticCustomError:
    message = f"{CODES[code].title}: {detail}" if detail else CODES[code].title
    return PydanticCustomError(code, "{message}", {"message": message})


@cache
def _slot(cls: str, name: str) -> SlotDef | None:
    return MODEL.slot(cls, name)


@cache
def _required(cls: str) -> tuple[str, ...]:
    definition = MODEL.classes.get(cls)
    if definition is None:
        return ()
    return tuple(n for n in definition.slots if (s := MODEL.slot(cls, n)) is not None and s.required)


@cache
def _is_value(cls: str) -> bool:
    return cls in MODEL.classes and MODEL.classes[cls].kind == "value"


def _sink(info: ValidationInfo) -> list[tuple[str, str, str]] | None:
    context = info.context
    return context.get("findings") if isinstance(context, dict) else None


def _code(cls: str, slot: SlotDef, value: object) -> str | None:
    if cls == "OntologyTerm" and slot.name == "id":
        return check_term_id(MODEL.slots["term"], value)
    if cls == "RejectedValue" and slot.name == "finding":
        return None if value in CODES else "enum-unknown"
    return check_value(slot, value)


def fit(cls: str, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Check one field against the slot table and let Pydantic build it.

    A class or slot that the table does not know (the container's) is left to Pydantic.
    """
    slot = _slot(cls, info.field_name or "")
    if slot is None or value is None:
        return handler(value)
    entries = value if slot.multivalued and isinstance(value, (list, tuple)) else (value,)
    codes = [code for entry in entries if (code := _code(cls, slot, entry)) is not None]
    if not codes:
        return handler(value)
    sink = _sink(info)
    if sink is None:
        raise _error(codes[0], f"{slot.name} {value!r}"[:300])
    if not _is_value(cls):
        sink += [(str(info.data.get("id", "")), slot.name, code) for code in codes]
    try:
        return handler(value)
    except (ValidationError, PydanticCustomError):
        return value


def complete(cls: str, data: Any) -> Any:
    """Raise where a required slot is not given."""
    if isinstance(data, Mapping):
        for name in _required(cls):
            if data.get(name) is None:
                raise _error("id-missing" if name == "id" else "value-required", f"{cls} needs {name}")
    return data


def judge(cls: str, values: Mapping[str, object], info: ValidationInfo) -> None:
    """Apply the rules of the class, or those of the container, to a finished record."""
    sink = _sink(info)
    if cls == "OmicsDataset":
        for found in check_container(values):
            if sink is None:
                raise _error(found.code, f"{found.cls} {found.id}, {found.slot}: {found.message}")
            sink.append((found.id, found.slot, found.code))
        return
    if sink is not None and _is_value(cls):
        return
    for broken in check_record(cls, values):
        if sink is None:
            raise _error(broken.code, f"{broken.slot}: {broken.message}")
        sink.append((str(values.get("id", "")), broken.slot, broken.code))
