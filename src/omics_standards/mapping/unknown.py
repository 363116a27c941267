"""The profile of sheets that no profile knows: every row an entry, every cell an attribute, no claim on what it describes."""

from __future__ import annotations

from functools import cache

from ..profiles.schema import Profile

__all__ = ["unknown_profile"]


@cache
def unknown_profile() -> Profile:
    """Return the profile that keeps all and claims nothing."""
    return Profile.model_validate(
        {
            "id": "unknown",
            "family": "unknown",
            "title": "sheet of no known format",
            "tables": [
                {"id": "rows", "join": "one-record-per-row", "records": {"entry": {"class": "Entry"}}, "main": "entry", "columns": {}}
            ],
        }
    )
