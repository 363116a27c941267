"""Files become sheets of text cells with addresses.

What enters is a path (workbook or delimited text), a pandas frame, or rows; what leaves is a :class:`Workbook` of
:class:`Sheet` objects. The layer knows encodings, dialects, headers, comment and band rows, hidden and instruction
sheets, number formats; it knows no biology and guesses no values: ``007`` stays ``007`` and ``NA`` stays ``NA``.
"""

from __future__ import annotations

from .limits import DEFAULT_LIMITS, Limits
from .reader import from_frame, from_rows, read
from .workbook import Batch, Sheet, Workbook

__all__ = ["DEFAULT_LIMITS", "Batch", "Limits", "Sheet", "Workbook", "from_frame", "from_rows", "read"]
