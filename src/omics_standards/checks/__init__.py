"""Checks that need more than one value: rules across the slots of a record, across records, and across rows.

Checks are generators over records; they never stop at the first fault.
"""

from __future__ import annotations

from .detectors import DETECTORS
from .fills import Fills
from .gather import gather
from .people import PeopleMet
from .privacy import Guard, Screened, check_names
from .records import RecordChecker, check_blocks, check_records
from .redaction import Redacted, Redaction
from .unique import UniqueIds, duplicate_ids
from .watch import Watch

__all__ = [
    "DETECTORS",
    "Fills",
    "Guard",
    "PeopleMet",
    "RecordChecker",
    "Redacted",
    "Redaction",
    "Screened",
    "UniqueIds",
    "Watch",
    "check_blocks",
    "check_names",
    "check_records",
    "duplicate_ids",
    "gather",
]
