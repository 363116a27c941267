"""Conversion: the flow from files to a dataset."""

from __future__ import annotations

from .api import check, convert, convert_to
from .dataset import Dataset
from .flow import Options, Outcome
from .loading import load
from .lookup import ground, recognise

__all__ = ["Dataset", "Options", "Outcome", "check", "convert", "convert_to", "ground", "load", "recognise"]
