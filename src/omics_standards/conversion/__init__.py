"""Conversion: the flow from files to a dataset."""

from __future__ import annotations

from .acceptance import Accepted, accept
from .api import check, convert, convert_to
from .dataset import Dataset
from .drafts import Draft, draft_profile
from .flow import Options, Outcome
from .loading import load
from .lookup import ground, recognise
from .review import Undecided, review

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
    "review",
]
