"""Profiles: spreadsheet formats described as data.

:class:`Profile` (from :mod:`.schema`) is imported on first use, since it needs Pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .load import builtin_folder, load_profile, load_profiles, select

if TYPE_CHECKING:
    from .schema import Column, Profile, Recognise, RecordSpec, Table

__all__ = ["Column", "Profile", "Recognise", "RecordSpec", "Table", "builtin_folder", "load_profile", "load_profiles", "select"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from . import schema

        return getattr(schema, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
