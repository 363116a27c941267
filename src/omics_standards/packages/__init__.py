"""Packages to share: RO-Crate, DCAT, schema.org, DataCite, Croissant and Frictionless descriptions of a converted dataset."""

from __future__ import annotations

from .about import Given
from .lacks import Lack, told
from .writing import KINDS, TABLES, Packaged, package, parse_kinds

__all__ = ["KINDS", "TABLES", "Given", "Lack", "Packaged", "package", "parse_kinds", "told"]
