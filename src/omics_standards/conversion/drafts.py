"""The public verb :func:`draft_profile`: a file that no profile knows in, an editable profile out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..mapping.drafting import known_names, lay_out, propose, write_profile
from ..mapping.recognise import recognise
from ..profiles.load import load_profiles
from ..tables import Workbook, read
from ..terms import get_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..mapping.drafting import ColumnDraft, TableDraft

__all__ = ["Draft", "draft_profile"]


@dataclass(frozen=True)
class Draft:
    """A drafted profile.

    Attributes
    ----------
    id
        Id and family of the profile.
    source
        Name of the file.
    tables
        One per sheet that holds a table.
    known
        Formats that sheets of the file are known as already.
    """

    id: str
    source: str
    tables: tuple[TableDraft, ...]
    known: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The profile as YAML, with comments."""
        return write_profile(self.id, self.source, self.tables)

    def columns(self, group: str | None = None) -> Iterator[tuple[str, ColumnDraft]]:
        """Yield sheet and column for the columns of a group: ``certain``, ``look``, ``kept``, ``beside``; None for all."""
        for table in self.tables:
            yield from ((table.sheet, use.draft) for use in table.uses if group in (None, use.group))

    def count(self, group: str) -> int:
        """How many columns a group has."""
        return sum(1 for _ in self.columns(group))


def draft_profile(
    source: str | os.PathLike[str] | Workbook, *, profiles: Sequence[str] = (), bundle: str | None = None, name: str | None = None
) -> Draft:
    """Draft a profile for a file of no known format.

    Parameters
    ----------
    source
        A file, or a workbook that was read before.
    profiles
        Folders of further profiles, whose names of columns count too.
    bundle
        Path of an ontology bundle, for the names of terms; None for the one in the user's cache. There need not be one.
    name
        Id of the profile; None to make one from the file's name.

    Returns
    -------
    Draft
        Its ``text`` is the profile, which loads and converts the file as it is.

    Raises
    ------
    ReadError
        The file cannot be read.
    UsageError
        It holds no table: XML, JSON and YAML are trees, which need a profile made by hand.

    References
    ----------
    ``docs/unknown-sheets.md`` says how a proposal is made; ``docs/quality.md`` how often it is right.

    Examples
    --------
    >>> from omics_standards.tables import from_rows
    >>> book = from_rows(["sample", "tissue", "collected on"], [["P1", "liver", "2020-05-01"]]).rename("lab.xlsx")
    >>> draft = draft_profile(book)
    >>> draft.id, [(c.header, c.best.target.slot) for _, c in draft.columns() if c.best]
    ('lab', [('sample', 'name'), ('tissue', 'tissue'), ('collected on', 'collection_date')])
    >>> draft_profile(from_rows(["a", "b"], [["1", "2"]])).tables[0].main
    'entry'
    """
    book = source if isinstance(source, Workbook) else read(source)
    if book.tree is not None:
        raise UsageError(f"{book.name} is {book.format}, not a table: a draft is made of columns")
    known = load_profiles(tuple(profiles))
    names, terms = known_names(known), get_terms(bundle)
    sheets = [s for s in book.sheets if s.kind == "table" and any(h.strip() for h in s.headers)]
    if not sheets:
        raise UsageError(f"{book.name} holds no table with a header")
    made: list[TableDraft] = []
    for sheet in sheets:
        table_id = _unused(_slug(sheet.name) or "rows", [t.id for t in made])
        made.append(lay_out(sheet, propose(sheet, names, terms), table_id=table_id))
        if len(sheets) > 1:
            made[-1].recognise["sheets"] = [f"^{re.escape(sheet.name)}$"]
    profile_id = _unused(
        _slug(name or PurePath(book.name).name.split(".")[0]) or "draft", [p.id for p in known] + [p.family for p in known]
    )
    return Draft(profile_id, Path(book.name).name, tuple(made), tuple(dict.fromkeys(r.best.name for r in recognise(book, known) if r.best)))


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _unused(name: str, taken: list[str]) -> str:
    """A name that nothing else has."""
    if name not in taken:
        return name
    return next(f"{name}-{k}" for k in ["draft", *range(2, 10_000)] if f"{name}-{k}" not in taken)
