"""Names of countries, seas and regions. In: ``place_names.tsv`` beside this file; out: tables for :mod:`.places`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["ALIASES", "CODES", "COUNTRIES", "PARTS", "PROPOSALS", "SHARED", "STATES"]


def _read() -> dict[str, dict[str, tuple[str, ...]]]:
    """Read the file: kind to name to spellings or targets."""
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, name, *rest = line.split("\t")
            tables.setdefault(kind, {})[name] = tuple(rest[0].split("|")) if rest and rest[0] else ()
    return tables


_TABLES: Final = _read()


def _one(kind: str) -> dict[str, str]:
    return {name: targets[0] for name, targets in _TABLES[kind].items()}


COUNTRIES: Final = tuple(_TABLES["country"])
"""Names as the INSDC list spells them."""

ALIASES: Final = {name: spellings for name, spellings in _TABLES["country"].items() if spellings}
"""Other spellings, by name."""

CODES: Final = _one("code")
"""Codes of three letters to names."""

PARTS: Final = _one("part")
"""Parts of a country to the country."""

SHARED: Final = tuple(_TABLES["shared"])
"""Names that stand for several places."""

STATES: Final = _one("state")
"""States and provinces of the USA and Canada to the country."""

PROPOSALS: Final[dict[str, tuple[str, ...]]] = {
    **_TABLES["shared"],
    **_TABLES["former"],
    **{sea: (f"{ocean}: {sea}",) for sea, ocean in _one("sea").items()},
    **{
        name: (f"China: {name}",)
        for chinese, pinyin in _one("region").items()
        for name in (chinese, pinyin, f"{chinese}省", f"{chinese}市", f"{pinyin} Province", f"{pinyin} City")
    },
    **{state: (f"{country}: {state}",) for state, country in STATES.items() if len(state) > 2},
}
"""What may be meant by a name that is not on the list."""
