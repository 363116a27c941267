"""Names of months and seasons, as they stand in date cells: data for :mod:`.dates`.

English in full; French, German, Spanish, Italian and Portuguese in full and in the short forms that spreadsheets of
those languages write (``avr-11``, ``mai-11``, ``Dez 2014``). A short form that means two months in two languages is
left out.
"""

from __future__ import annotations

from typing import Final

__all__ = ["MONTHS", "SEASONS"]

_NAMES: Final = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro 一月",
    "february feb febr februar février fevrier févr fevr fév febrero febbraio fevereiro fev 二月",
    "march mar märz marz maerz mrz mär mars marzo março marco 三月",
    "april apr avril avr abril abr aprile 四月",
    "may mai mayo maggio mag maio 五月",
    "june jun juni juin junio giugno giu junho 六月",
    "july jul juli juillet juil julio luglio lug julho 七月",
    "august aug août aout agosto ago 八月",
    "september sep sept septembre septiembre settembre set setembro 九月",
    "october oct oktober okt octobre octubre ottobre ott outubro out 十月",
    "november nov novembre noviembre novembro 十一月",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro 十二月",
)
MONTHS: Final[dict[str, int]] = {name: i for i, names in enumerate(_NAMES, 1) for name in names.split()}
"""Lower-case names and short forms to month numbers."""

SEASONS: Final[dict[str, int]] = {
    **dict.fromkeys(("spring", "printemps", "frühling", "frühjahr", "primavera", "春", "春季"), 21),
    **dict.fromkeys(("summer", "été", "sommer", "verano", "estate", "夏", "夏季"), 22),
    **dict.fromkeys(("autumn", "fall", "automne", "herbst", "otoño", "秋", "秋季"), 23),
    **dict.fromkeys(("winter", "hiver", "invierno", "冬", "冬季"), 24),
}
"""Lower-case names to the season codes of EDTF (21 to 24, no hemisphere said)."""
