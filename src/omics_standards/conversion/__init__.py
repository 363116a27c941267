"""Conversion: the flow from files to a dataset.

Each name is imported when it is first asked for: who checks a table needs none of what reads and exports datasets.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .acceptance import Accepted, accept
    from .api import check, convert, convert_to
    from .dataset import Dataset
    from .drafts import Draft, draft_profile
    from .flow import Options, Outcome
    from .loading import load
    from .lookup import ground, recognise
    from .review import Undecided

__all__ = [
    "Accepted",
    "Dataset",
    "Draft",
    "Options",
    "Outcome",
    "Undecided",
    "accept",
    "check",
    "convert",
    "convert_to",
    "draft_profile",
    "ground",
    "load",
    "recognise",
]

_HOMES = {
    "Accepted": "acceptance",
    "Dataset": "dataset",
    "Draft": "drafts",
    "Options": "flow",
    "Outcome": "flow",
    "Undecided": "review",
    "accept": "acceptance",
    "check": "api",
    "convert": "api",
    "convert_to": "api",
    "draft_profile": "drafts",
    "ground": "lookup",
    "load": "loading",
    "recognise": "lookup",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
