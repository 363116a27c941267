"""Unimod's table dump (``unimod_tables.xml.gz``): a binary stream in, :class:`SourceTerm` out.

The label is the PSI-MS name where there is one, else the interim (code) name, as in Unimod's own OBO file; interim
name, full name and alternative names are exact synonyms. Modifications have no hierarchy.
"""

from __future__ import annotations

import gzip
from typing import IO, TYPE_CHECKING, Final
from xml.etree import ElementTree

from . import SourceTerm

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_unimod"]

_NS: Final = "{http://www.unimod.org/xmlns/schema/unimod_tables_1}"
_MAX_XML: Final = 100 << 20


def read_unimod(stream: IO[bytes]) -> Iterator[SourceTerm]:
    """Yield one term per modification, in order of its number.

    Raises
    ------
    ValueError
        The XML is damaged, larger than 100 MB, or declares entities.
    """
    data = gzip.decompress(stream.read(_MAX_XML))
    if len(data) > _MAX_XML or b"<!ENTITY" in data:
        raise ValueError("not Unimod's table dump: too large, or entities are declared")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ValueError(f"damaged XML: {error}") from None
    alternative: dict[str, list[tuple[int, str]]] = {}
    for row in root.iter(f"{_NS}alt_names_row"):
        number = row.get("record_id", "0")
        alternative.setdefault(row.get("mod_key", ""), []).append((int(number) if number.isdigit() else 0, row.get("alt_name", "")))
    rows = [row for row in root.iter(f"{_NS}modifications_row") if row.get("record_id", "").isdigit()]
    for row in sorted(rows, key=lambda r: int(r.get("record_id", "0"))):
        number = row.get("record_id", "")
        names = [row.get("ex_code_name", ""), row.get("code_name", ""), row.get("full_name", "")]
        names += [text for _, text in sorted(alternative.get(number, []))]
        distinct = list(dict.fromkeys(n.strip() for n in names if n.strip()))
        if distinct:
            yield SourceTerm(f"UNIMOD:{number}", distinct[0], tuple(("exact", n) for n in distinct[1:]))
