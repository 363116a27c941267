"""Any omics metadata spreadsheet in; one validated, ontology-grounded standard out, with every cell accounted for.

>>> import omics_standards as om
>>> sorted(om.__all__)[:3]
['Dataset', 'Finding', 'Profile']

What is reached from this module is stable; everything else may change in a minor version. Nothing heavy is loaded before it
is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import errors, models
    from .conversion import Dataset, check, convert, draft_profile, ground, load, recognise
    from .findings import Finding
    from .profiles import Profile
    from .records import Record
    from .tables import Workbook, read

    __version__: str

__all__ = [
    "Dataset",
    "Finding",
    "Profile",
    "Record",
    "Workbook",
    "__version__",
    "check",
    "convert",
    "draft_profile",
    "errors",
    "ground",
    "load",
    "models",
    "read",
    "recognise",
]

# Where each public name lives; it is imported when it is first asked for.
_HOMES = {
    "Dataset": "conversion",
    "Finding": "findings",
    "Profile": "profiles",
    "Record": "records",
    "Workbook": "tables",
    "check": "conversion",
    "convert": "conversion",
    "draft_profile": "conversion",
    "ground": "conversion",
    "load": "conversion",
    "read": "tables",
    "recognise": "conversion",
}


def __getattr__(name: str) -> Any:
    if name in ("errors", "models"):
        return import_module(f".{name}", __name__)
    if name == "__version__":
        from ._version import version

        return version()
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
