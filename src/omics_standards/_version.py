"""The version of this package."""

from __future__ import annotations

from functools import cache

__all__ = ["version"]


@cache
def version() -> str:
    """Return the installed version of this package."""
    from importlib import metadata

    try:
        return metadata.version("omics-standards")
    except metadata.PackageNotFoundError:
        return "0"
