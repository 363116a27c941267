"""Headers as words: the variants under which a header may be known, and which kind of record it speaks of.

In: the text of a header; out: variants with a weight, word by word. Nothing here knows a slot.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from ...values.text import clean, normal, split_header
from ..headers import header_forms

__all__ = ["FORM", "KINDS", "NAMING", "WHOSE", "Variant", "kind_of_words", "split_words", "variants"]

# Words that say whose property a column is. What archives call an experiment is an assay of the model.
_KIND_WORDS: Final = {
    "Biosample": "sample biosample specimen biospecimen biomaterial material extract source 样本 样品 生物样本",
    "Subject": "subject donor patient participant individual person_id case animal 个体 供体 受试者 患者 病人",
    "Assay": "experiment exp library assay sequencing hybridization hybridisation 实验 文库 测序",
    "Run": "run scan 测序运行 运行",
    "DataFile": "file filename datafile fastq bam cram 文件 数据文件",
    "Study": "study investigation series 研究 课题",
    "Project": "project bioproject program programme 项目 生物项目",
    "Dataset": "dataset submission 数据集",
    "Analysis": "analysis assembly workflow 分析",
    "Organization": "organization organisation institution institute center centre lab laboratory committee 单位 机构 实验室",
    "Person": "contact investigator contributor 联系人 作者",
    "Publication": "publication paper article citation 文献 论文",
    "Protocol": "protocol procedure 实验方案",
    "AccessPolicy": "policy",
    "Process": "process",
}
WHOSE: Final = frozenset({"submitter", "submitted", "local", "internal", "external", "unique", "provider", "user", "lab", "main", "own"})
"""Words that say whose name it is, not what it names."""
KINDS: Final = {word: kind for kind, text in _KIND_WORDS.items() for word in text.split()}
"""Word → kind of record."""

# What is said of every kind of record; the slot that carries it.
_NAMING: Final = {
    "name": "name id ids identifier alias code no nr number label 名称 编号 编码 号 id号",
    # An archive's name stands for the accession that it gave.
    "accessions": "accession acc insdc ena sra ncbi ddbj geo ebi arrayexpress dbgap ega biosd gsa cngb 登录号",
    "title": "title 标题 题目",
    "description": "description desc summary abstract details 描述 简介 摘要",
}
NAMING: Final = {word: slot for slot, text in _NAMING.items() for word in text.split()}
"""Word → slot that every record has."""

# Short for: what spreadsheets write, in full.
_SHORT: Final = {
    "acc": "accession", "avg": "average", "chr": "chromosome", "coll": "collection", "conc": "concentration", "cond": "condition",
    "cov": "coverage", "desc": "description", "dev": "developmental", "diag": "diagnosis", "dt": "date", "env": "environmental",
    "exp": "experiment", "freq": "frequency", "geo": "geographic", "geographical": "geographic", "inst": "instrument", "lat": "latitude",
    "len": "length", "lib": "library", "loc": "location", "lon": "longitude", "long": "longitude", "max": "maximum", "mean": "average",
    "min": "minimum", "nr": "number", "num": "number", "org": "organism", "pct": "percent", "percentage": "percent", "ref": "reference",
    "rep": "replicate", "samp": "sample", "seq": "sequencing", "sequence": "sequencing", "spp": "species", "std": "standard",
    "stdev": "deviation", "temp": "temperature", "tot": "total", "treat": "treatment", "vol": "volume", "yr": "year", "yrs": "year",
    "colour": "color", "centre": "center", "tumour": "tumor", "organisation": "organization", "gender": "sex", "species": "organism",
}  # fmt: skip
_STOP: Final = frozenset({"of", "the", "and", "or", "in", "for", "by", "to", "a", "an", "at", "on", "with", "per", "from", "is", "was"})
# Ends of headers that say how a value is written, not what it is.
FORM: Final = frozenset(
    {"text", "label", "value", "term", "ontology", "str", "string", "curie", "normalized", "normalised", "original", "raw",
     "harmonized", "harmonised", "curated", "free", "accession_number"}
)  # fmt: skip
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_WORD: Final = re.compile(r"[^\W_]+")
_CJK: Final = re.compile(r"[\u3400-\u9fff]+")
_BRACKET: Final = re.compile(r"^\s*(?P<outer>[^\[\]{}()]+?)\s*\[(?P<inner>.+)\]\s*$")
# In SDRF, MAGE-TAB and ISA-Tab the word outside the bracket says what sort of property it is, the one inside names it.
_OUTER: Final = {
    **dict.fromkeys(("characteristics", "characteristic", "factorvalue", "sampleattribute"), "Biosample"),
    "parametervalue": "Assay", "comment": "", "attribute": "", "materialtype": "Biosample",
}  # fmt: skip
_PATH: Final = re.compile(r"\s*(?:\.(?!\d)|::|/|->|>|\|)\s*")


class Variant(NamedTuple):
    """A way to read a header.

    ``form``: its normal form. ``words``: its words, without those that say nothing. ``weight``: how sure it is that the
    variant says what the header says, from 0 to 1. ``kind``: the kind of record that what was left out names, or ''.
    """

    form: str
    words: tuple[str, ...]
    weight: float
    kind: str = ""


@lru_cache(maxsize=16_384)
def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a name, in lower case and in full; Chinese in pairs of characters, as it has no blanks.

    Examples
    --------
    >>> split_words("AvgSpotLen"), split_words("geo_loc_name"), split_words("采样日期")
    (('average', 'spot', 'length'), ('geographic', 'location', 'name'), ('采样', '样日', '日期'))
    >>> split_words("%")
    ()
    """
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", clean(text)))
    found: list[str] = []
    for word in _WORD.findall(spaced.casefold()):
        if _CJK.search(word):
            for run in _CJK.findall(word):
                found += [run] if len(run) < 3 else [run[i : i + 2] for i in range(len(run) - 1)]
            continue
        if word in _STOP:
            continue
        full = _SHORT.get(word, word)
        plural = len(full) > 3 and full.endswith("s") and not full.endswith(("ss", "us", "is", "as")) and full not in KINDS
        found.append(full[:-1] if plural else full)
    return tuple(found)


def kind_of_words(words: tuple[str, ...] | list[str]) -> str:
    """Return the kind of record that the first telling word names, '' where none does.

    Examples
    --------
    >>> kind_of_words(("run", "accession")), kind_of_words(("collection", "date"))
    ('Run', '')
    """
    return next((KINDS[w] for w in words if w in KINDS), "")


def _variant(text: str, weight: float, kind: str = "") -> Variant:
    return Variant(normal(text), split_words(text), weight, kind)


@lru_cache(maxsize=4096)
def variants(header: str) -> tuple[Variant, ...]:
    """Return the ways to read a header, the surest first.

    Parameters
    ----------
    header
        As it stands in the sheet.

    Returns
    -------
    tuple of Variant
        Empty for a header without letters, digits or signs that mean something.

    Examples
    --------
    >>> [v.form for v in variants("Characteristics[organism part]")]
    ['characteristicsorganismpart', 'organismpart']
    >>> [(v.form, v.kind) for v in variants("sample.tissue_text")][-1]
    ('tissue', 'Biosample')
    >>> variants("***")
    ()
    """
    text = clean(header)
    parts = split_header(text)
    owner = {"exp": "Assay", "run": "Run", "sample": "Biosample"}.get(parts.owner, "")
    found = [_variant(text, 1.0, owner)]
    form = header_forms(text)[-1]
    if form != found[0].form:
        found.append(Variant(form, split_words(_named(text, parts.unit, parts.suffix)), 0.98, owner))
    inner = _BRACKET.match(text)
    if inner and normal(inner["outer"]) in _OUTER:
        found.append(_variant(inner["inner"], 0.97, _OUTER[normal(inner["outer"])]))
    elif inner or "(" in text:
        found.append(_variant(re.split(r"[\[(（]", text)[0], 0.9, owner))
    pieces = [p for p in _PATH.split(text) if p]
    if len(pieces) > 1:
        while len(pieces) > 2 and set(split_words(pieces[-1])) <= FORM:
            pieces.pop()
        kind = _kind_of_path(pieces[:-1])
        found.append(_variant(" ".join(pieces[-2:]), 0.93, kind))
        if not set(split_words(pieces[-1])) <= FORM:
            found.append(_variant(pieces[-1], 0.9, kind))
    found += _shortened(found[-1])
    unique: dict[str, Variant] = {}
    for variant in found:
        if variant.form:
            unique.setdefault(variant.form, variant)
    return tuple(unique.values())


def _kind_of_path(pieces: list[str]) -> str:
    """The kind of record that the parts of a path before its end name: the last one that names any, in it the last word that does."""
    told = [[KINDS[w] for w in split_words(p) if w in KINDS] for p in pieces if "core" not in split_words(p)]
    return next((kinds[-1] for kinds in reversed(told) if kinds), "")


def _named(text: str, unit: str, suffix: str) -> str:
    """The header without its unit and its type suffix, words kept apart."""
    short = text.removesuffix(suffix) if suffix else text
    return re.sub(rf"\s*[(\[,_. ]\s*{re.escape(unit)}\s*[)\]]?\s*$", "", short) if unit else short


def _shortened(variant: Variant) -> list[Variant]:
    """A variant without the word that names the record at its head, and without the word at its end that says how it is written."""
    words, found = list(variant.words), []
    weight = variant.weight
    while len(words) > 1 and (words[-1] in FORM or words[-1].isdigit()):
        words.pop()
        weight *= 0.97
    while len(words) > 1 and words[0] in FORM:
        words.pop(0)
        weight *= 0.97
    if len(words) != len(variant.words):
        found.append(Variant("".join(words), tuple(words), weight, variant.kind))
    if len(words) > 1 and words[0] in KINDS:
        # Of two kinds the last one is meant: a sample's center is no sample.
        kind = "" if any(w in KINDS for w in words[1:]) else KINDS[words[0]]
        found.append(Variant("".join(words[1:]), tuple(words[1:]), weight * 0.9, kind))
    return found
