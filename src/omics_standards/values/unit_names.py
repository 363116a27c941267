"""The units known, with their spellings: data for :mod:`.units`.

Sources: UCUM 2.2 (codes and factors), the Unit Ontology (accessions), MIxS, ENA checklist and SDRF columns, and
spellings met in archive tables.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["BASES", "PREFIXES", "UO_UNITS", "PlainUnit"]


class PlainUnit(NamedTuple):
    """A unit with its spellings.

    ``symbols``: blank-separated, case matters. ``names``: lower case; plurals in -s and -es are understood.
    ``prefixes``: letters of :data:`PREFIXES` it takes. ``factor``: size in the base unit of its dimension, an exact
    fraction.
    """

    code: str
    dimension: tuple[tuple[str, int], ...]
    factor: str = "1"
    symbols: str = ""
    names: tuple[str, ...] = ()
    prefixes: str = ""
    offset: str = "0"


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


def _d(**exponents: int) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(exponents.items()))


_LENGTH = _d(length=1)
_VOLUME = _d(length=3)
_MASS = _d(mass=1)
_TIME = _d(time=1)
_MOLARITY = _d(amount=1, length=-3)
_PRESSURE = _d(length=-1, mass=1, time=-2)
_ENERGY = _d(length=2, mass=1, time=-2)
_ACTIVITY = _d(time=-1)
_DOSE = _d(length=2, time=-2)
_BASES = _d(bases=1)
_COUNT = _d(count=1)

BASES: Final[tuple[PlainUnit, ...]] = (
    # --- time. UCUM: a = 365.25 d, mo = a/12
    PlainUnit("a", _TIME, "31557600", "y yr yrs", ("year", "yo", "y.o", "y/o", "annum", "jahr", "jahre", "an", "ans", "año", "años", "岁", "周岁", "年", "年龄(岁)")),
    PlainUnit("mo", _TIME, "2629800", "mos mon mth mths", ("month", "monat", "monate", "mois", "mes", "meses", "月", "个月", "月龄")),
    PlainUnit("wk", _TIME, "604800", "w wks", ("week", "weeks", "woche", "wochen", "semaine", "semana", "周", "星期", "周龄")),
    PlainUnit("d", _TIME, "86400", "", ("day", "days", "tag", "tage", "jour", "jours", "dia", "dias", "天", "日", "日龄")),
    PlainUnit("h", _TIME, "3600", "hr hrs", ("hour", "hours", "stunde", "stunden", "heure", "小时", "时")),
    PlainUnit("min", _TIME, "60", "mins", ("minute", "minutes", "分钟", "分")),
    PlainUnit("s", _TIME, "1", "sec secs", ("second", "seconds", "秒"), "munp"),
    PlainUnit("a10", _TIME, "315576000", "", ("decade", "decades")),
    PlainUnit("a100", _TIME, "3155760000", "", ("century", "centuries")),
    # --- length, area, volume
    PlainUnit("m", _LENGTH, "1", "", ("meter", "metre", "meters", "metres", "mts", "米"), "kdcmunp"),
    PlainUnit("Ao", _LENGTH, "1/10000000000", "Å", ("angstrom", "ångström", "å")),
    PlainUnit("[in_i]", _LENGTH, "254/10000", "in", ("inch", "inches", "英寸")),
    PlainUnit("[ft_i]", _LENGTH, "3048/10000", "ft", ("foot", "feet", "英尺")),
    PlainUnit("[yd_i]", _LENGTH, "9144/10000", "yd", ("yard",)),
    PlainUnit("[mi_i]", _LENGTH, "1609344/1000", "mi", ("mile",)),
    PlainUnit("[nmi_i]", _LENGTH, "1852", "", ("nautical mile",)),
    PlainUnit("har", _d(length=2), "10000", "ha", ("hectare", "公顷")),
    PlainUnit("[acr_us]", _d(length=2), "4046872610/1000000", "", ("acre",)),
    PlainUnit("L", _VOLUME, "1/1000", "l", ("liter", "litre", "liters", "litres", "升"), "kdcmunpf"),
    PlainUnit("cm3", _VOLUME, "1/1000000", "cc ccm", ("cubic centimeter", "cubic centimetre", "立方厘米")),
    PlainUnit("mm3", _VOLUME, "1/1000000000", "", ("cubic millimeter", "cubic millimetre", "立方毫米")),
    PlainUnit("m3", _VOLUME, "1", "", ("cubic meter", "cubic metre", "立方米")),
    PlainUnit("m2", _d(length=2), "1", "", ("square meter", "square metre", "平方米")),
    PlainUnit("cm2", _d(length=2), "1/10000", "", ("square centimeter", "square centimetre", "平方厘米")),
    # --- mass. Dalton: UCUM 'u', kept apart from grams because mass spectra are never weighed
    PlainUnit("g", _MASS, "1", "gm gms", ("gram", "gramme", "grams", "克"), "kdcmunpf"),
    PlainUnit("t", _MASS, "1000000", "", ("tonne", "metric ton", "吨")),
    PlainUnit("[lb_av]", _MASS, "45359237/100000", "lb lbs", ("pound", "磅")),
    PlainUnit("[oz_av]", _MASS, "45359237/1600000", "oz", ("ounce",)),
    PlainUnit("u", _d(dalton=1), "1", "Da amu Dalton", ("dalton", "daltons", "atomic mass unit", "unified atomic mass unit", "道尔顿", "原子质量单位"), "kmM"),
    PlainUnit("mu", _d(dalton=1), "1/1000", "mDa mmu", ("millidalton",)),
    PlainUnit("{m/z}", _d(mz=1), "1", "m/z Th", ("thomson", "质荷比")),
    # --- amount of substance and concentration
    PlainUnit("mol", _d(amount=1), "1", "", ("mole", "moles", "摩尔"), "kmunpfa"),
    PlainUnit("mol/L", _MOLARITY, "1000", "M", ("molar",)),
    PlainUnit("mmol/L", _MOLARITY, "1", "mM", ("millimolar",)),
    PlainUnit("umol/L", _MOLARITY, "1/1000", "uM", ("micromolar",)),
    PlainUnit("nmol/L", _MOLARITY, "1/1000000", "nM", ("nanomolar",)),
    PlainUnit("pmol/L", _MOLARITY, "1/1000000000", "pM", ("picomolar",)),
    PlainUnit("fmol/L", _MOLARITY, "1/1000000000000", "fM", ("femtomolar",)),
    PlainUnit("eq", _d(equivalent=1), "1", "Eq", ("equivalent",), "mu"),
    # --- temperature
    PlainUnit("K", _d(temperature=1), "1", "", ("kelvin", "开尔文"), "m"),
    PlainUnit(
        "Cel", _d(temperature=1), "1", "°C C oC ℃ degC",
        ("°c", "celsius", "celcius", "centigrade", "degree celsius", "degree celcius", "degrees celsius", "degrees celcius",
         "degree centigrade", "degrees centigrade", "deg celsius", "deg c", "deg. c", "degree c", "degrees c", "° c", "c", "摄氏度", "度"),
        offset="5463/20",
    ),
    PlainUnit(
        "[degF]", _d(temperature=1), "5/9", "°F F ℉ degF",
        ("fahrenheit", "degree fahrenheit", "degrees fahrenheit", "deg f", "° f", "degrees f", "华氏度"),
        offset="45967/180",
    ),
    # --- fractions
    PlainUnit("%", (), "1/100", "pct", ("percent", "per cent", "percentage", "百分比")),
    PlainUnit("[ppth]", (), "1/1000", "‰", ("permil", "per mille", "parts per thousand", "parts/thousand")),
    PlainUnit("[ppm]", (), "1/1000000", "ppm PPM", ("parts per million", "parts/million")),
    PlainUnit("[ppb]", (), "1/1000000000", "ppb PPB", ("parts per billion", "parts/billion")),
    PlainUnit("1", _d(one=1), "1", "", ("ratio", "unitless", "dimensionless", "no unit")),
    PlainUnit("{fold}", _d(fold=1), "1", "x X fold", ("times", "x coverage", "fold coverage", "倍")),
    # --- counts
    PlainUnit("{cells}", _COUNT, "1", "cells cell", ("个细胞", "细胞", "number of cells")),
    PlainUnit("{copies}", _COUNT, "1", "copies copy", ("gene copies", "genome copies")),
    PlainUnit("{individuals}", _COUNT, "1", "ind inds individuals individual", ()),
    PlainUnit("{reads}", _COUNT, "1", "reads read", ()),
    PlainUnit("{spots}", _COUNT, "1", "spots", ()),
    PlainUnit("{cycles}", _COUNT, "1", "cycles cycle", ("pcr cycles",)),
    PlainUnit("{passages}", _COUNT, "1", "passages passage", ()),
    PlainUnit("{generations}", _COUNT, "1", "generations generation", ()),
    PlainUnit("[CFU]", _COUNT, "1", "CFU cfu", ("colony forming unit", "colony-forming unit")),
    PlainUnit("[PFU]", _COUNT, "1", "PFU pfu", ("plaque forming unit", "plaque-forming unit")),
    # --- sequences: a base pair and a nucleotide count alike
    PlainUnit("{bp}", _BASES, "1", "bp BP bps", ("base pair", "basepair", "base-pair", "base pairs", "碱基对", "碱基")),
    PlainUnit("{nt}", _BASES, "1", "nt nts", ("nucleotide", "nucleotides")),
    PlainUnit("{kbp}", _BASES, "1000", "kb Kb kbp Kbp", ("kilobase", "kilobases", "kilobase pairs")),
    PlainUnit("{Mbp}", _BASES, "1000000", "Mb Mbp", ("megabase", "megabases", "megabase pairs")),
    PlainUnit("{Gbp}", _BASES, "1000000000", "Gb Gbp", ("gigabase", "gigabases", "gigabase pairs")),
    # --- electricity, radiation, force, energy, pressure
    PlainUnit("V", _d(potential=1), "1", "", ("volt", "volts", "伏"), "Mkmun"),
    PlainUnit("A", _d(current=1), "1", "", ("ampere", "amp"), "munp"),
    PlainUnit("eV", _d(electronvolt=1), "1", "", ("electronvolt", "electron volt"), "GMk"),
    PlainUnit("W", _d(length=2, mass=1, time=-3), "1000", "", ("watt",), "Mkmu"),
    PlainUnit("J", _ENERGY, "1000", "", ("joule",), "kmu"),
    PlainUnit("cal", _ENERGY, "4184", "", ("calorie",), "k"),
    PlainUnit("Hz", _ACTIVITY, "1", "", ("hertz", "赫兹"), "GMk"),
    PlainUnit("/min", _ACTIVITY, "1/60", "bpm BPM", ("beats per minute", "breaths per minute", "heartbeats per minute", "beats/min", "次/分", "次/分钟")),
    PlainUnit("{rpm}", _d(rotation=1), "1", "rpm RPM", ("rotations per minute", "revolutions per minute")),
    PlainUnit("[g]", _d(length=1, time=-2), "980665/100000", "xg x×g ×g rcf RCF", ("x g", "× g", "g-force")),
    PlainUnit("N", _d(length=1, mass=1, time=-2), "1000", "", ("newton",), "km"),
    PlainUnit("Pa", _PRESSURE, "1000", "", ("pascal",), "Mkh"),
    PlainUnit("bar", _PRESSURE, "100000000", "", (), "dm"),
    PlainUnit("atm", _PRESSURE, "101325000", "", ("atmosphere",)),
    PlainUnit("mm[Hg]", _PRESSURE, "133322387415/1000000", "mmHg", ("mm hg", "毫米汞柱")),
    PlainUnit("[in_i'Hg]", _PRESSURE, "3386388640341/1000000", "inHg", ("in. hg", "in hg")),
    PlainUnit("Torr", _PRESSURE, "101325000/760", "torr", ("torr",)),
    PlainUnit("[psi]", _PRESSURE, "6894757293168/1000000", "psi PSI", ()),
    PlainUnit("T", _d(tesla=1), "1", "", ("tesla", "特斯拉"), "m"),
    PlainUnit("S", _d(siemens=1), "1", "", ("siemens",), "mu"),
    PlainUnit("Bq", _d(decay=1), "1", "", ("becquerel",), "MGk"),
    PlainUnit("Ci", _d(decay=1), "37000000000", "", ("curie",), "mu"),
    PlainUnit("Gy", _DOSE, "1", "", ("gray", "grays", "戈瑞"), "cmu"),
    PlainUnit("Sv", _DOSE, "1", "", ("sievert",), "mu"),
    PlainUnit("lx", _d(illuminance=1), "1", "", ("lux",), "k"),
    PlainUnit("umol", _d(amount=1), "1/1000000", "uE", ("microeinstein",)),
    PlainUnit("[kn_i]", _d(length=1, time=-1), "1852/3600", "kn kt kts", ("knot",)),
    PlainUnit("deg", _d(angle=1), "1", "° DD", ("degree", "degrees", "decimal degree", "decimal degrees")),
    # --- arbitrary units of biology and chemistry
    PlainUnit("U", _d(enzyme=1), "1", "units unit", ("enzyme unit",), "kmu"),
    PlainUnit("[iU]", _d(international=1), "1", "IU iu", ("international unit", "国际单位"), "km"),
    PlainUnit("[pH]", _d(acidity=1), "1", "pH", ("ph",)),
    PlainUnit("{psu}", _d(salinity=1), "1", "psu PSU", ("practical salinity unit", "practical salinity units", "实用盐度单位")),
    PlainUnit("{NCE}", _d(collision=1), "1", "NCE", ("% nce", "%nce", "normalized collision energy", "normalised collision energy")),
    PlainUnit("{NTU}", _d(turbidity=1), "1", "NTU", ()),
    PlainUnit("{FTU}", _d(turbidity=1), "1", "FTU FNU", ()),
    PlainUnit("{OD600}", _d(density600=1), "1", "OD600 OD", ("od 600", "od(600)", "optical density")),
    PlainUnit("{MOI}", _d(infection=1), "1", "MOI moi", ("multiplicity of infection",)),
    PlainUnit("[diop]", _d(length=-1), "1", "", ("dioptre", "diopter")),
    PlainUnit("dB", _d(decibel=1), "1", "", ("decibel",)),
    PlainUnit("By", _d(bytes=1), "1", "B", ("byte", "bytes", "字节")),
    PlainUnit("kBy", _d(bytes=1), "1000", "kB KB", ("kilobyte",)),
    PlainUnit("MBy", _d(bytes=1), "1000000", "MB", ("megabyte",)),
    PlainUnit("GBy", _d(bytes=1), "1000000000", "GB", ("gigabyte",)),
    PlainUnit("TBy", _d(bytes=1), "1000000000000", "TB", ("terabyte",)),
    # --- Chinese words with a prefix of their own
    PlainUnit("km", _LENGTH, "1000", "", ("公里", "千米")),
    PlainUnit("cm", _LENGTH, "1/100", "", ("厘米", "公分", "cms")),
    PlainUnit("mm", _LENGTH, "1/1000", "", ("毫米",)),
    PlainUnit("um", _LENGTH, "1/1000000", "", ("微米", "micron", "microns")),
    PlainUnit("nm", _LENGTH, "1/1000000000", "", ("纳米",)),
    PlainUnit("kg", _MASS, "1000", "", ("千克", "公斤", "kgs", "kilo", "kilos")),
    PlainUnit("mg", _MASS, "1/1000", "", ("毫克",)),
    PlainUnit("ug", _MASS, "1/1000000", "mcg ľg", ("微克",)),
    PlainUnit("ng", _MASS, "1/1000000000", "", ("纳克",)),
    PlainUnit("mL", _VOLUME, "1/1000000", "", ("毫升", "mls")),
    PlainUnit("uL", _VOLUME, "1/1000000000", "mcl ľL ľl", ("微升",)),
    PlainUnit("ms", _TIME, "1/1000", "msec", ("毫秒",)),
    PlainUnit("MHz", _ACTIVITY, "1000000", "", ("兆赫",)),
    PlainUnit("mmol", _d(amount=1), "1/1000", "", ("毫摩尔",)),
    PlainUnit("umol", _d(amount=1), "1/1000000", "", ("微摩尔",)),
    PlainUnit("nmol", _d(amount=1), "1/1000000000", "", ("纳摩尔",)),
    PlainUnit("pmol", _d(amount=1), "1/1000000000000", "", ("皮摩尔",)),
    PlainUnit("pg", _MASS, "1/1000000000000", "", ("皮克",)),
    PlainUnit("mS", _d(siemens=1), "1/1000", "", ("毫西门子",)),
    PlainUnit("nL", _VOLUME, "1/1000000000000", "", ("纳升",)),
)  # fmt: skip

# Unit Ontology accessions of the units above that stand in unit columns (EFO/HCA/ISA tables).
# Source: unit.obo, release 2023-05-25, checked label by label.
UO_UNITS: Final[dict[str, str]] = {
    "0000008": "m", "0000009": "kg", "0000010": "s", "0000012": "K", "0000013": "mol", "0000015": "cm", "0000016": "mm",
    "0000017": "um", "0000018": "nm", "0000019": "Ao", "0000020": "pm", "0000021": "g", "0000022": "mg", "0000023": "ug",
    "0000024": "ng", "0000025": "pg", "0000026": "fg", "0000027": "Cel", "0000028": "ms", "0000029": "us", "0000031": "min",
    "0000032": "h", "0000033": "d", "0000034": "wk", "0000035": "mo", "0000036": "a", "0000039": "umol", "0000040": "mmol",
    "0000041": "nmol", "0000042": "pmol", "0000043": "fmol", "0000062": "mol/L", "0000063": "mmol/L", "0000064": "umol/L",
    "0000065": "nmol/L", "0000066": "pmol/L", "0000073": "fmol/L", "0000080": "m2", "0000081": "cm2", "0000096": "m3",
    "0000097": "cm3", "0000098": "mL", "0000099": "L", "0000101": "uL", "0000102": "nL", "0000103": "pL", "0000106": "Hz",
    "0000110": "Pa", "0000112": "J", "0000114": "W", "0000116": "lx", "0000132": "Bq", "0000133": "Ci", "0000134": "Gy",
    "0000137": "Sv", "0000150": "ns", "0000168": "[ppth]", "0000169": "[ppm]", "0000170": "[ppb]", "0000181": "U",
    "0000185": "deg", "0000187": "%", "0000195": "[degF]", "0000196": "[pH]", "0000209": "dL", "0000210": "[CFU]",
    "0000211": "[PFU]", "0000218": "V", "0000221": "u", "0000222": "ku", "0000228": "T", "0000233": "By", "0000234": "kBy",
    "0000235": "MBy", "0000244": "{bp}", "0000247": "mV", "0000248": "kV", "0000264": "S", "0000266": "eV", "0000272": "mm[Hg]",
    "0000325": "MHz", "0000328": "{kbp}", "0000329": "{Mbp}", "0000330": "{Gbp}", "0000331": "GBy", "0000332": "TBy",
    "0010009": "mu", "0010010": "har", "0010011": "[in_i]", "0010013": "[ft_i]", "0010017": "[mi_i]", "0010033": "[oz_av]",
    "0010034": "[lb_av]", "0010052": "[psi]", "0010055": "cGy", "0010066": "km", "0010069": "bar", "0010074": "/min",
    "0010075": "{MOI}",
}  # fmt: skip
