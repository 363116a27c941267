"""Writers: from records to RDF, JSON, tables and reports. None of them reads a sheet."""

from __future__ import annotations

from .files import FORMATS, OutputFolder, parse_formats

__all__ = ["FORMATS", "OutputFolder", "parse_formats"]
