"""Words that say "there is no value". In: a cell's text; out: the INSDC reason, or None for a text that is a value.

The reasons are the thirteen terms of the INSDC missing value reporting vocabulary
(https://www.insdc.org/submitting-standards/missing-value-reporting/, read 2026-08). What is a reason for one
community is a reserved word or a plain value for another (``not available`` in SDRF, ``none`` as a treatment, ``-``
as a test result, ``NA`` for Namibia): the caller says which with ``keep`` and ``quiet``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import Issue
from .text import clean, edit_distance, normal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["REASONS", "MissingReading", "is_missing", "read_missing"]

REASONS: Final = (
    "not applicable",
    "missing",
    "not collected",
    "not provided",
    "restricted access",
    "missing: control sample",
    "missing: sample group",
    "missing: synthetic construct",
    "missing: lab stock",
    "missing: third party data",
    "missing: data agreement established pre-2023",
    "missing: endangered species",
    "missing: human-identifiable",
)
"""The INSDC terms, as records and archives write them."""


class MissingReading(NamedTuple):
    """A text that says that a value is absent.

    Attributes
    ----------
    reason
        One of :data:`REASONS`.
    bare
        True where the text says no more than "absent" (the reason is then ``missing``).
    misspelled
        True where the text is a slip for the reason.
    trailing
        What else the cell says ('' in most cases); where it is filled, the reading is not certain.
    issues
        ``missing-bare`` and ``missing-misspelled``; () where the text is an INSDC term or was asked to be quiet about.
    """

    reason: str
    bare: bool = False
    misspelled: bool = False
    trailing: str = ""
    issues: tuple[Issue, ...] = ()


_NOT_APPLICABLE, _MISSING, _NOT_COLLECTED, _NOT_PROVIDED, _RESTRICTED = REASONS[:5]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Normal forms to reasons. "bare" words say only that nothing is there.
_BARE: Final = frozenset(
    _words(
        """na nan null nil none missing unknown unk unspecified undefined blank nd notavailable notavail
        noinformation noinfo nodata novalue xxqiitaxx uncalculated notknown tobedetermined tbd tba navailable
        unavailable undetermined missingvalue missingdata nodataavailable informationnotavailable valuemissing
        notanumber donotknow dontknow notsure 未知 不详 不明 不清楚 无 没有 缺失 空 无数据 无信息 待定 待补充
        暂无 不知道 未明确 未说明 无记录 不可用 なし 해당없음 없음 inconnu desconocido unbekannt keineangabe
        keineangaben nondisponible nodisponible sinodatos sindatos"""
    )
)
_WORDS: Final[dict[str, str]] = {
    **dict.fromkeys(_BARE, _MISSING),
    **dict.fromkeys(
        _words(
            """notapplicable notapp notappl inapplicable nonapplicable noapplicable notapplicablena notrelevant
        doesnotapply 不适用 不适合 无需 不涉及 無し 該当なし 해당사항없음 sansobjet noaplica nichtzutreffend
        entfällt"""
        ),
        _NOT_APPLICABLE,
    ),
    **dict.fromkeys(
        _words(
            """notcollected notdetermined notrecorded notmeasured nottested notsampled notassessed notdone notperformed
        notobtained notanalysed notanalyzed notexamined neverrecorded notregistered notnoted notestablished
        notevaluated 未采集 未收集 未测 未测定 未检测 未记录 未统计 未测量 未做"""
        ),
        _NOT_COLLECTED,
    ),
    **dict.fromkeys(
        _words(
            """notprovided notgiven notspecified notreported notstated notsupplied notsubmitted notdisclosed
        notindicated notshown notlisted notmentioned notentered notdefined notassigned notdescribed noresponse
        noanswer nonspecified nonprovided nonereported noneprovided nonegiven noneavailable unreported
        declinedtoanswer refusedtoanswer prefernottosay prefernottoanswer 未提供 未填写 未给出 未报告 未注明
        未告知 拒绝回答 暂未提供 暂不提供"""
        ),
        _NOT_PROVIDED,
    ),
    **dict.fromkeys(
        _words(
            """restrictedaccess accessrestricted confidential withheld redacted anonymized anonymised notpublic 保密
        隐私 限制访问 受限访问 受限 涉密 不公开"""
        ),
        _RESTRICTED,
    ),
    **{normal(r): r for r in REASONS},
    **{
        normal(f"缺失{chinese}"): r
        for r, chinese in zip(
            REASONS[5:],
            ("对照样本", "样本组", "合成构建体", "实验室保种", "第三方数据", "2023年前协议", "濒危物种", "可识别个人"),
            strict=True,
        )
    },
}
# "missing: control sample" is also written without "missing", but "control sample" alone is a value.
_AFTER_MISSING: Final = {normal(r)[len("missing") :]: r for r in REASONS if r.startswith("missing:")}

# Signs that stand for nothing.
_SIGNS: Final = re.compile(r"[-–—−―_.…/\\?？*#]{1,8}")
# First three letters of everything above, as people write it: most texts are told to be values by this alone.
_STARTS: Final = frozenset(
    (
        *(w[:3] for w in _WORDS),
        *(w[:2] + sep for w in ("na", "no", "nd") for sep in " _-,;/|(.:"),
        *(w[0] + sep + w[1] for w in ("na", "nd") for sep in " _-/."),
        *("nto", "ont", "npt", "msi", "mss", "ukn", "unn", "uns", "nit", "miss"[:3], "do ", "to "),
    )
)
_STARTS_1: Final = frozenset(w[0] for w in _WORDS if not w.isascii()) | set("-–—−―_.…/\\?？*#<([{\"'“‘ \t\xa0\u3000")
_WRAPPED: Final = re.compile(r"""^[\s<(\[{"'“‘]+|[\s>)\]}"'”’,;.!]+$""")
# The same signs, to look behind them before anything dearer is done: "liver" is a value in quotation marks, too.
_OPENERS: Final = frozenset("<([{\"'“‘")
_AROUND: Final = "<([{\"'“‘ \t\xa0\u3000>)]}”’,;.!"
# Excel's own words for a failed formula are no reason; "#N/A" is what lookups leave where nothing was found.
_FORMULA_NA: Final = frozenset({"#n/a", "#na", "#n/d", "#null!"})

# Phrases that people misspell, longest first, with their reasons.
_PHRASES: Final = tuple(
    sorted(
        ((w, r) for w, r in _WORDS.items() if w.isascii() and len(w) >= 7 and (w.startswith("not") or w in (
            "missing", "unknown", "unspecified", "restrictedaccess", "undetermined", "undefined", "inapplicable"))),
        key=lambda p: (-len(p[0]), p[0]),
    )
)  # fmt: skip
# Real words within reach of a phrase, and results that begin like one: none of these is a slip.
_REAL: Final = frozenset(
    _words(
        """kissing hissing massing passing missions mission missing-in notable notdetected notdetectable noted
        notpregnant notinfected nottreated notsick notsmoking notmoved unknowns notaffected nothing
        nothingdetected notselected notcollectedyet"""
    )
)


def _slip(form: str) -> tuple[str, str] | None:
    """Find the phrase that a normal form is a slip of: at most 2 edits for long phrases, 1 for short ones."""
    if len(form) > 34 or form in _REAL or not form.isascii() or not form.isalpha():
        return None
    if form.startswith(("notappl", "notapp")) and 7 <= len(form) <= 16 and edit_distance(form, "notapplicable", 5) <= 5:
        return "notapplicable", _NOT_APPLICABLE
    best: tuple[int, str, str] | None = None
    for phrase, reason in _PHRASES:
        reach = 2 if len(phrase) >= 11 else 1
        # Slips leave the beginning or the end alone; this keeps ordinary words away from the table of edits.
        if abs(len(phrase) - len(form)) <= reach and (form[:3] == phrase[:3] or form[-4:] == phrase[-4:]):
            edits = edit_distance(form, phrase, reach)
            if edits <= reach and (best is None or edits < best[0]):
                best = (edits, phrase, reason)
    return best[1:] if best else None


def read_missing(text: str, *, keep: Collection[str] = (), quiet: Collection[str] = ()) -> MissingReading | None:
    """Say why a value is absent, or None where the text is a value (or blank).

    Parameters
    ----------
    text
        The cell's text.
    keep
        Words that are values in this column, in any spelling: ``{"none"}`` for treatments, ``{"-"}`` for test results.
    quiet
        Words that the format reserves for absent values: they are read, without an issue (``{"not available"}`` in
        SDRF).

    Returns
    -------
    MissingReading or None
        A number is never missing, ``0`` and ``999`` included.

    Findings
    --------
    missing-bare, missing-misspelled

    Examples
    --------
    >>> read_missing("not appliacable").reason, read_missing("N/A").bare
    ('not applicable', True)
    >>> read_missing("normal") is None, read_missing("none", keep={"none"}) is None
    (True, True)
    """
    # Most texts are values: two look-ups and out.
    if text[:3].lower() not in _STARTS and text[:1] not in _STARTS_1:
        return None
    if text[:1] in _OPENERS:
        inner = text.strip(_AROUND)
        if inner and inner[:3].lower() not in _STARTS and inner[:1] not in _STARTS_1:
            return None
    return _read(text, keep, quiet)


def is_missing(text: str) -> bool:
    """Tell whether a text says, for certain, that there is no value.

    Examples
    --------
    >>> is_missing("--"), is_missing("0")
    (True, False)
    """
    found = read_missing(text)
    return found is not None and not found.trailing


def _read(text: str, keep: Collection[str], quiet: Collection[str]) -> MissingReading | None:
    if len(text) > 200:
        return None
    cleaned = clean(text)
    if _SIGNS.fullmatch(cleaned) or cleaned.lower() in _FORMULA_NA:
        kept = cleaned in keep
        return None if kept else _answer(_MISSING, bare=True, text=cleaned, quiet=quiet)
    bare_text = _WRAPPED.sub("", cleaned)
    form = normal(bare_text)
    if not form and cleaned and cleaned in quiet:
        return _answer(_MISSING, bare=True, text=cleaned, quiet=quiet)
    if not form or (keep and _among(cleaned, form, keep)):
        return None
    if reason := _WORDS.get(form):
        return _answer(reason, bare=form in _BARE, text=cleaned, quiet=quiet, form=form)
    if form.startswith("missing") and (reason := _AFTER_MISSING.get(form[7:]) or _WORDS.get(form[7:])):
        return _answer(reason, text=cleaned, quiet=quiet, form=form)
    if form[0] not in "nmuri":
        return None
    return _several(cleaned, quiet) or _slipped(cleaned, form) or _with_trailing(cleaned, form)


def _among(text: str, form: str, words: Iterable[str]) -> bool:
    return any(text == w or normal(w) == form for w in words)


_HOW: Final = "one of 'not applicable', 'not collected', 'not provided', 'restricted access' or a 'missing: ...' term of INSDC"


def _answer(reason: str, *, text: str, quiet: Collection[str], form: str = "", bare: bool = False) -> MissingReading:
    issues: tuple[Issue, ...] = ()
    if bare and not (quiet and _among(text, form, quiet)):
        issues = (Issue("missing-bare", _HOW, f"say why the value is absent instead of {text[:40]!r}"),)
    return MissingReading(reason, bare, False, "", issues)


_SEPARATORS: Final = re.compile(r"[,;/|:_+]|\s-\s")


def _several(text: str, quiet: Collection[str]) -> MissingReading | None:
    """Read 'not provided, Unknown' and 'NA_NA': several words that say "absent"; the first that says why wins."""
    parts = [p for p in (clean(x) for x in _SEPARATORS.split(text)) if p]
    if not 2 <= len(parts) <= 8:
        return None
    forms = [normal(_WRAPPED.sub("", p)) for p in parts]
    if not all(f in _WORDS or _SIGNS.fullmatch(p) for f, p in zip(forms, parts, strict=True)):
        return None
    reasons = [_WORDS[f] for f in forms if f in _WORDS and f not in _BARE]
    return _answer(reasons[0] if reasons else _MISSING, bare=not reasons, text=text, quiet=quiet)


def _slipped(text: str, form: str) -> MissingReading | None:
    found = _slip(form)
    if found is None:
        return None
    phrase, reason = found
    bare = phrase in _BARE
    issue = Issue("missing-misspelled", f"{reason!r}, as the INSDC list spells it", f"write {reason!r} instead of {text[:60]!r}")
    return MissingReading(reason, bare, True, "", (issue,))


# "not collected material3", "Unknown :Obtained from a farmer's market", "not available, , Cologne".
_OPENING: Final = re.compile(
    r"(?P<word>(?:not|non)[\s_-]?[a-z]{3,14}|restricted[\s_]access|(?:mis|un)[a-z]{3,9})(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)


def _with_trailing(text: str, form: str) -> MissingReading | None:
    """Read a reason that is followed by something else: the reason is understood, the rest makes it uncertain."""
    found = _OPENING.match(_WRAPPED.sub("", text))
    if found is None or form in _REAL:
        return None
    word, rest = normal(found["word"]), found["rest"]
    slip = _slip(word) if word not in _WORDS and rest[:1] in ("_", ":", ";", ",", "-") else None  # "missisng_135"
    reason = slip[1] if slip else _WORDS.get(word)
    if reason is None or not rest.strip():
        return None
    # One word and a blank opens ordinary names ("unknown species", "missing tooth"); two words never do.
    if not word.startswith("not") and rest.lstrip()[0] not in ":;,(_/":
        return None
    if word == "missing" and rest.lstrip()[0] in ":：":
        # As INSDC's terms are built, with a reason that is none of them.
        issue = Issue(
            "missing-misspelled", f"{reason!r}, or one of the 'missing: ...' terms of INSDC", f"write one of them instead of {text[:60]!r}"
        )
        return MissingReading(reason, False, True, "", (issue,))
    trailing = clean(rest.strip(" :;,_/-()"))
    advice = f"write {reason!r} and keep {trailing[:60]!r} for another column" if trailing else f"write {reason!r}"
    issue = Issue("missing-misspelled", f"{reason!r} and nothing else", advice)
    return MissingReading(reason, word in _BARE, bool(trailing), trailing, (issue,))


_WITHOUT_DIGIT: Final = re.compile(r"^[^\d\n]+$|2023", re.MULTILINE)


def none_missing(texts: Sequence[str]) -> bool:
    """Tell whether none of many texts is a word for absence; a few passes for a whole column.

    Examples
    --------
    >>> none_missing(["S1", "liver"]), none_missing(["S1", "n/a"])
    (True, False)
    """
    # Identifiers of one series begin alike: one look then says of all what their first letters say.
    joined = "\n" + "\n".join(texts)
    first = texts[0][:3] if texts else ""
    starts = {first} if first and joined.count("\n" + first) == len(texts) else {t[:3] for t in texts}
    if not any(s.lower() in _STARTS or s[:1] in _STARTS_1 for s in starts):
        return True
    # A text with a digit in it says more than "absent": it is a value, if an odd one (but for the INSDC term with a year).
    if _WITHOUT_DIGIT.search(joined) is None:
        return True
    return all(not t or read_missing(t) is None for t in texts)


def spellings() -> tuple[str, ...]:
    """Return the words for absence that are known, in normal form and as INSDC writes them, with the commonest signs."""
    return (*_WORDS, *REASONS, *(w.upper() for w in _WORDS), "-", "--", ".", "?", "N/A", "n/a", "#N/A")
