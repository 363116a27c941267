"""The units known, with their spellings. In: ``unit_names.tsv`` beside this file; out: tables for :mod:`.units`."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["BASES", "PREFIXES", "UO_UNITS", "PlainUnit"]


class PlainUnit(NamedTuple):
    """A unit with its spellings: one line of the table."""

    code: str
    dimension: tuple[tuple[str, int], ...]
    factor: str
    offset: str
    prefixes: str
    symbols: tuple[str, ...]
    names: tuple[str, ...]


def _read() -> tuple[PlainUnit, ...]:
    lines = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    units = []
    for line in [x for x in lines if not x.startswith("#")][1:]:
        code, dimension, factor, offset, prefixes, symbols, names = line.split("\t")
        exponents = tuple((name, int(power)) for name, power in (d.split(":") for d in dimension.split()))
        units.append(PlainUnit(code, exponents, factor, offset, prefixes, tuple(symbols.split()), tuple(filter(None, names.split("|")))))
    return tuple(units)


BASES: Final = _read()
"""Units that others are made of by prefixes."""

# letter: power of ten, other spellings of the letter, word
PREFIXES: Final[dict[str, tuple[int, tuple[str, ...], str]]] = {
    "T": (12, (), "tera"),
    "G": (9, (), "giga"),
    "M": (6, (), "mega"),
    "k": (3, ("K",), "kilo"),
    "h": (2, (), "hecto"),
    "d": (-1, (), "deci"),
    "c": (-2, (), "centi"),
    "m": (-3, (), "milli"),
    "u": (-6, (), "micro"),
    "n": (-9, (), "nano"),
    "p": (-12, (), "pico"),
    "f": (-15, (), "femto"),
    "a": (-18, (), "atto"),
}
"""Prefixes of UCUM."""

# Source: unit.obo, release 2023-05-25, checked label by label.
UO_UNITS: Final[dict[str, str]] = {
    "0000008": "m", "0000009": "kg", "0000010": "s", "0000012": "K", "0000013": "mol", "0000015": "cm",
    "0000016": "mm", "0000017": "um", "0000018": "nm", "0000019": "Ao", "0000020": "pm", "0000021": "g",
    "0000022": "mg", "0000023": "ug", "0000024": "ng", "0000025": "pg", "0000026": "fg", "0000027": "Cel",
    "0000028": "ms", "0000029": "us", "0000031": "min", "0000032": "h", "0000033": "d", "0000034": "wk",
    "0000035": "mo", "0000036": "a", "0000039": "umol", "0000040": "mmol", "0000041": "nmol", "0000042": "pmol",
    "0000043": "fmol", "0000062": "mol/L", "0000063": "mmol/L", "0000064": "umol/L", "0000065": "nmol/L",
    "0000066": "pmol/L", "0000073": "fmol/L", "0000080": "m2", "0000081": "cm2", "0000096": "m3", "0000097": "cm3",
    "0000098": "mL", "0000099": "L", "0000101": "uL", "0000102": "nL", "0000103": "pL", "0000106": "Hz",
    "0000110": "Pa", "0000112": "J", "0000114": "W", "0000116": "lx", "0000132": "Bq", "0000133": "Ci",
    "0000134": "Gy", "0000137": "Sv", "0000150": "ns", "0000168": "[ppth]", "0000169": "[ppm]", "0000170": "[ppb]",
    "0000181": "U", "0000185": "deg", "0000187": "%", "0000195": "[degF]", "0000196": "[pH]", "0000209": "dL",
    "0000210": "[CFU]", "0000211": "[PFU]", "0000218": "V", "0000221": "u", "0000222": "ku", "0000228": "T",
    "0000233": "By", "0000234": "kBy", "0000235": "MBy", "0000244": "{bp}", "0000247": "mV", "0000248": "kV",
    "0000264": "S", "0000266": "eV", "0000272": "mm[Hg]", "0000325": "MHz", "0000328": "{kbp}", "0000329": "{Mbp}",
    "0000330": "{Gbp}", "0000331": "GBy", "0000332": "TBy", "0010009": "mu", "0010010": "har", "0010011": "[in_i]",
    "0010013": "[ft_i]", "0010017": "[mi_i]", "0010033": "[oz_av]", "0010034": "[lb_av]", "0010052": "[psi]",
    "0010055": "cGy", "0010066": "km", "0010069": "bar", "0010074": "/min", "0010075": "{MOI}",
}  # fmt: skip
"""Accessions of the Unit Ontology that stand in unit columns (EFO, HCA and ISA tables) to codes."""
