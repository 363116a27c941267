"""Checks that need more than one value: rules across the slots of a record, across records, and across rows.

Checks are generators over records; they never stop at the first fault.
"""

from __future__ import annotations

from .fills import Fills
from .people import Seen
from .privacy import Guard, Screened, check_names
from .records import RecordChecker, check_blocks, check_records
from .redaction import Redacted, Redaction
from .unique import UniqueIds, duplicate_ids

__all__ = [
    "Fills",
    "Guard",
    "RecordChecker",
    "Redacted",
    "Redaction",
    "Screened",
    "Seen",
    "UniqueIds",
    "check_blocks",
    "check_names",
    "check_records",
    "duplicate_ids",
]
