"""EDAM's table of classes (``EDAM.tsv``): a binary stream in, :class:`SourceTerm` out.

The columns are those of BioPortal's CSV export, with ``|`` between values. Ids are IRIs
(``http://edamontology.org/format_1930``); their CURIEs keep the branch in the local part: ``EDAM:format_1930``.
"""

from __future__ import annotations

import csv
import io
import re
from typing import IO, TYPE_CHECKING, Final

from omics_standards.terms.xrefs import canonical_xrefs

from . import SourceTerm

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_edam"]

_CLASS = re.compile(r"https?://edamontology\.org/((?:data|format|operation|topic)_\d+)\Z")
_OBO_IN_OWL: Final = "http://www.geneontology.org/formats/oboInOwl#"
_SCOPES: Final = {
    "exact": f"{_OBO_IN_OWL}hasExactSynonym",
    "narrow": f"{_OBO_IN_OWL}hasNarrowSynonym",
    "broad": f"{_OBO_IN_OWL}hasBroadSynonym",
    "related": f"{_OBO_IN_OWL}hasRelatedSynonym",
}
_NEEDED: Final = ("Class ID", "Preferred Label", "Obsolete", "Parents")
_MAX_FIELD: Final = 1 << 20


def _curies(value: str | None) -> tuple[str, ...]:
    matches = (_CLASS.match(part.strip()) for part in (value or "").split("|"))
    return tuple(f"EDAM:{match[1]}" for match in matches if match)


def read_edam(stream: IO[bytes]) -> Iterator[SourceTerm]:
    r"""Yield one term per class of the four branches; other rows are passed over.

    Raises
    ------
    ValueError
        The columns are not those of the table.

    Examples
    --------
    >>> text = "Class ID\tPreferred Label\tObsolete\tParents\nhttp://edamontology.org/format_1930\tFASTQ\tFALSE\t\n"
    >>> [(t.id, t.label) for t in read_edam(io.BytesIO(text.encode()))]
    [('EDAM:format_1930', 'FASTQ')]
    """
    csv.field_size_limit(max(_MAX_FIELD, csv.field_size_limit()))
    rows = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline=""), delimiter="\t")
    if not set(_NEEDED) <= set(rows.fieldnames or ()):
        raise ValueError("not EDAM's table: its columns are missing")
    try:
        for row in rows:
            own = _curies(row["Class ID"])
            if not own:
                continue
            names = [
                (scope, text.strip())
                for scope, column in _SCOPES.items()
                for text in (row.get(column) or "").split("|")
                if text.strip() and "://" not in text
            ]
            yield SourceTerm(
                own[0],
                row["Preferred Label"] or "",
                tuple(names),
                tuple(("is_a", parent) for parent in _curies(row["Parents"])),
                (row["Obsolete"] or "").upper() == "TRUE",
                _curies(row.get(f"{_OBO_IN_OWL}replacedBy")),
                _curies(row.get(f"{_OBO_IN_OWL}consider")),
                _curies(row.get(f"{_OBO_IN_OWL}hasAlternativeId")),
                canonical_xrefs((row.get(f"{_OBO_IN_OWL}hasDbXref") or "").split("|"), own[0]),
            )
    except csv.Error as error:
        raise ValueError(f"damaged table: {error}") from None
