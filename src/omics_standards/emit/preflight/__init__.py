"""What an archive would send back, before anything is sent: missing fields, values that it does not list, words that it does not take."""

from __future__ import annotations

from .check import FieldReport, Preflight, Problem, check_grids, preflight
from .show import matrix_lines, to_dicts

__all__ = ["FieldReport", "Preflight", "Problem", "check_grids", "matrix_lines", "preflight", "to_dicts"]
