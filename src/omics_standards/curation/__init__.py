"""Back to the curator: reports that a person reads, the workbook that goes back, safe fixes, accessions that came back."""

from __future__ import annotations

from .coverage import Coverage
from .language import LANGUAGES, get_language

__all__ = ["LANGUAGES", "Coverage", "get_language"]
