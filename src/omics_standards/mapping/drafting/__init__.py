"""Drafts of profiles: what the columns of a sheet that nobody knows may mean, with the evidence.

``words`` and ``names`` read headers, ``evidence`` and ``agree`` read cells, ``propose`` weighs both, ``layout`` makes records
of the columns, ``write`` makes a profile that a person can edit.
"""

from __future__ import annotations

from .layout import TableDraft, lay_out
from .names import Names, known_names
from .propose import ColumnDraft, Proposal, propose
from .write import write_profile

__all__ = ["ColumnDraft", "Names", "Proposal", "TableDraft", "known_names", "lay_out", "propose", "write_profile"]
