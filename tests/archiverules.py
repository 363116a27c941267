"""A second opinion on what we write for archives: their own rules, read from their own files in the shared folder.

Nothing of :mod:`omics_standards` is used here. A checklist's regular expressions, choices, units and mandatory fields come from ENA's
tables; the packages, words for absence, date forms, controlled terms and levels from DDBJ's.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from realfiles import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIELDS = SHARED / "fields"
CHECKLISTS = sorted((SHARED / "cases" / "ena_checklist_xml").glob("*.xml"))
# What the table of ENA's fields was cut to.
_CUT_PATTERN, _CUT_CHOICES = 400, 2900


class Breach(NamedTuple):
    """A cell that an archive's rule is against: its field ('' for the sheet), its text, the rule, and whether it is sent back for it."""

    field: str
    value: str
    rule: str
    refused: bool = True


def tsv(name: str) -> list[dict[str, str]]:
    with (FIELDS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def conf(name: str) -> dict[str, list[str]] | list[str]:
    return json.loads((FIELDS / f"ddbj_conf_{name}.json").read_text(encoding="utf-8"))


# --- ENA ---------------------------------------------------------------------------------------------------------------


class EnaField(NamedTuple):
    label: str
    requirement: str
    pattern: str
    choices: tuple[str, ...]
    units: tuple[str, ...]

    def takes(self, text: str) -> bool:
        if self.pattern:
            return re.fullmatch(self.pattern, text) is not None
        return not self.choices or text in self.choices


@cache
def _whole() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Patterns and lists that the table holds the beginning of, from the checklists themselves."""
    patterns, choices = {}, {}
    for path in CHECKLISTS:
        for field in ElementTree.parse(path).getroot().iter("FIELD"):
            pattern = field.findtext(".//REGEX_VALUE") or ""
            patterns[pattern[:_CUT_PATTERN]] = pattern
            choices[field.findtext("LABEL") or ""] = tuple(v.findtext("VALUE") or "" for v in field.iter("TEXT_VALUE"))
    return patterns, choices


def _pattern(text: str) -> str:
    if len(text) < _CUT_PATTERN or text in _whole()[0]:
        return _whole()[0].get(text, text)
    for end in (")", "))", ")))"):
        try:
            re.compile(text + end)
        except re.error:
            continue
        return text + end
    raise AssertionError(text)


@cache
def ena_checklists() -> dict[str, dict[str, EnaField]]:
    """Fields of each checklist by label."""
    found: dict[str, dict[str, EnaField]] = defaultdict(dict)
    for row in tsv("ena_checklist_fields.tsv"):
        told = row["allowed_values"]
        choices = tuple(c.strip() for c in told.split("|") if c.strip())
        if len(told) >= _CUT_CHOICES:
            # Lists as long as this are of countries.
            choices = (*choices[:-1], *(c for c in max(_whole()[1].values(), key=len) if c > choices[-2]))
        units = tuple(u.strip() for u in row["units"].split("|") if u.strip())
        found[row["checklist"]][row["label"]] = EnaField(row["label"], row["requirement"], _pattern(row["regex"]), choices, units)
    return dict(found)


@cache
def ena_objects() -> dict[str, dict[str, tuple[bool, frozenset[str]]]]:
    """Per object (study, experiment, run) its fields: whether mandatory, and the values that ENA lists."""
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in tsv("ena_templates_cv.tsv"):
        listed[row["object"], row["field"]].add(row["value"])
    # A layout is one of two elements of the XML.
    listed["experiment", "library_layout"] = {"SINGLE", "PAIRED"}
    found: dict[str, dict[str, tuple[bool, frozenset[str]]]] = defaultdict(dict)
    for row in tsv("ena_upload_workbook_fields.tsv"):
        wanted = row["note"].startswith("(Mandatory)")
        found[row["sheet_or_section"]][row["field"]] = (wanted, frozenset(listed.get((row["sheet_or_section"], row["field"]), ())))
    return dict(found)


def ena_samples(rows: Sequence[Sequence[str]]) -> Iterator[Breach]:
    """Check a table of samples as it stands in the file: the line that names the checklist, header, units, rows."""
    above = [r for r in rows[:2] if r[0].startswith(("#checklist_accession", "Checklist"))]
    if not above:
        yield Breach("", "", "no checklist is named")
        return
    fields = ena_checklists().get(above[0][1])
    if fields is None:
        yield Breach("", above[0][1], "no such checklist")
        return
    rest = [r for r in rows if r is not above[0]]
    header, body = rest[0], rest[1:]
    units = dict(zip(header, body[0], strict=False)) if body and body[0][0] == "#units" else {}
    for row in body[1:] if units else body:
        cells = dict(zip(header, row, strict=False))
        for label in (*fields, "sample_alias", "tax_id", "scientific_name", "sample_title"):
            field, text = fields.get(label), cells.get(label, "")
            if not text:
                if field is None or field.requirement == "mandatory":
                    yield Breach(label, "", "mandatory")
                continue
            if field is None:
                if label == "tax_id" and not text.isdigit():
                    yield Breach(label, text, "no taxon")
                continue
            if not field.takes(text):
                yield Breach(label, text, "pattern" if field.pattern else "choice")
            elif field.units and text[:1].isdigit() and units.get(label, "") not in field.units:
                yield Breach(label, text, f"unit {units.get(label, '')!r} is none of {field.units}")
    for label, text in _repeated(header, body, ("sample_alias",)):
        yield Breach(label, text, "repeated")


def ena_table(kind: str, rows: Sequence[Sequence[str]]) -> Iterator[Breach]:
    """Check a table of studies, experiments or runs."""
    header, body = rows[0], rows[1:]
    for row in body:
        cells = dict(zip(header, row, strict=False))
        for name, (wanted, listed) in ena_objects()[kind].items():
            text = cells.get(name, "")
            if not text and wanted:
                yield Breach(name, "", "mandatory")
            elif text and listed and text not in listed:
                yield Breach(name, text, "choice")


def _repeated(header: Sequence[str], body: Sequence[Sequence[str]], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name in header:
            at = header.index(name)
            counts = Counter(r[at] for r in body if at < len(r) and r[at])
            yield from ((name, text) for text, count in counts.items() if count > 1)


# --- DDBJ --------------------------------------------------------------------------------------------------------------

# Columns of the batch file that must be there, filled or not (BS_R0127).
DDBJ_COLUMNS = ("sample_name", "sample_title", "description", "organism", "taxonomy_id", "bioproject_id")
# Identifiers below the species of which one must be known, by the beginning of a package's name (BS_R0132; Microbe: BS_R0133).
_NAMED_BELOW = {
    "MIGS.ba": ("strain",), "MIGS.eu": ("strain", "isolate", "cultivar", "ecotype"), "MIGS.vi": ("strain", "isolate"),
    "MIMAG": ("isolate",), "MISAG": ("isolate",), "MIUVIG": ("isolate",), "SARS-CoV-2.cl": ("isolate",),
    "Pathogen.cl": ("strain", "isolate"), "Microbe": ("strain", "isolate"),
}  # fmt: skip
# What the organism of a package is called (BS_R0074 and following), as far as its name alone says it.
_ORGANISMS = {
    "Human": r"Homo sapiens", "MIMS.me": r".+ metagenome", "Metagenome.environmental": r".+ metagenome", "MIMARKS.survey": r".+ metagenome",
    "MIMARKS.specimen": r"(?!.*metagenome$).+", "MIMAG": r"(?!.*metagenome)(?!Homo sapiens$)(?!uncultured ).+",
    "MISAG": r"(?!.*metagenome)(?!Homo sapiens$).+", "SARS-CoV-2.cl": r"Severe acute respiratory syndrome coronavirus 2",
    "SARS-CoV-2.wwsurv": r"wastewater metagenome", "Model.organism.animal": r"(?!Homo sapiens$)(?!.*metagenome$).+",
}  # fmt: skip
# The forms of single fields, and the rule that says so.
_FORMS = {
    "lat_lon": ("BS_R0139", r"\d{1,2}(\.\d{1,8})? [NS] \d{1,3}(\.\d{1,8})? [EW]"),
    "bioproject_id": ("BS_R0005", r"PRJ[DEN]\w?\d+|PSUB\d{6}"),
    "locus_tag_prefix": ("BS_R0099", r"[A-Za-z][A-Za-z0-9]{2,11}"),
    "sample_name": ("BS_R0101", r"[0-9a-zA-Z\s(){}\[\]+\-_.]{1,100}"),
    "culture_collection": ("BS_R0113", r"[^:]*:[^:]*(:[^:]*)?"),
    "specimen_voucher": ("BS_R0116", r"[^:]*(:[^:]*){0,2}"),
    "bio_material": ("BS_R0118", r"[^:]*(:[^:]*){0,2}"),
    "gisaid_accession": ("BS_R0122", r"EPI_[A-Z]+_[0-9]+"),
}


@cache
def ddbj_packages() -> dict[str, dict[str, str]]:
    """Use of each attribute by package: ``M``, ``O``, ``E:Group``; an ``:N`` behind it says that it may stand several times."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in tsv("ddbj_package_attribute_long.tsv"):
        if row["attribute"] != "Version":
            found[row["package"]][row["attribute"]] = row["use"]
    return dict(found)


@cache
def ddbj_levels() -> dict[str, str]:
    return {row["code"]: row["level"] for row in tsv("ddbj_biosample_rules.tsv")}


def _null(text: str) -> bool:
    return not text.strip() or any(text.casefold() == word.casefold() for word in conf("null_accepted"))


def _loose_null(text: str) -> bool:
    return any(re.fullmatch(word, text, re.IGNORECASE) for word in conf("null_not_recommended"))


def _breach(code: str, field: str, value: str) -> Breach:
    return Breach(field, value, code, ddbj_levels()[code] == "error")


def ddbj_samples(package: str, samples: Sequence[Sequence[tuple[str, str]]], *, sheet: bool) -> Iterator[Breach]:
    """Check samples as pairs of name and value; ``sheet``: they stand in one table, with every column in every row."""
    if not package:
        yield _breach("BS_R0025", "", "")
        return
    if package not in ddbj_packages():
        yield _breach("BS_R0026", "", package)
        return
    for sample in samples:
        cells: dict[str, str] = {}
        for name, text in sample:
            if name in cells and text and not ddbj_packages()[package].get(name, ":N").endswith(":N"):
                yield _breach("BS_R0061", name, text)
            cells.setdefault(name, text)
        for name in DDBJ_COLUMNS if sheet else ():
            if name not in cells:
                yield _breach("BS_R0127", name, "")
        for name, text in cells.items():
            if not name.isascii():
                yield _breach("BS_R0030", name, "")
            if text:
                yield from (_breach(code, name, text) for code in _of_value(name, text))
        yield from _of_package(package, cells)
        yield from _of_sample(cells)
    yield from _of_all([dict(s) for s in samples])


def _of_value(name: str, text: str) -> Iterator[str]:
    """Rules that a value breaks by itself."""
    listed = conf("controlled_terms")
    assert isinstance(listed, dict)
    if text != " ".join(text.split()) or (len(text) > 1 and text[0] == text[-1] and text[0] in "'\""):
        yield "BS_R0013"
    if _null(text):
        return
    if any(sign in text for sign in conf("special_characters")):
        yield "BS_R0012"
    if not text.isascii():
        yield "BS_R0058"
    if name in listed and text not in listed[name]:
        yield "BS_R0002" if text.casefold() in {v.casefold() for v in listed[name]} else "BS_R0138"
    if name in conf("timestamp_attributes") and not (name == "collection_date" and _loose_null(text)):
        yield from _of_date(name, text)
    if name in conf("integer_attributes") and not re.fullmatch(r"-?\d+", text):
        yield "BS_R0093"
    if name == "geo_loc_name" and not _loose_null(text):
        yield from _of_place(text)
    if name in _FORMS and not re.fullmatch(_FORMS[name][1], text):
        yield _FORMS[name][0]
    if name == "host" and text.casefold() == "human":
        yield "BS_R0015"


def _of_date(name: str, text: str) -> Iterator[str]:
    forms = conf("ddbj_date_format")
    for told in text.split("/") if text.count("/") == 1 else [text]:
        form = next((f for f in forms if re.fullmatch(f["regex"], told)), None)  # type: ignore[call-overload,index]
        parts = [int(p) for p in re.findall(r"\d+", told.partition("T")[0])]
        try:
            day = date(*[*parts, 1, 1][:3]) if form is not None else None
        except ValueError:
            day = None
        if form is None or day is None:
            yield "BS_R0007"
            return
        if "T" in told and not told.endswith("Z"):
            yield "BS_R0136"
        if name == "collection_date" and day > datetime.now().date():
            yield "BS_R0040"


def _of_place(text: str) -> Iterator[str]:
    country, _, place = text.partition(":")
    if country.strip() not in conf("insdc_to_iso_a3"):
        yield "BS_R0008"
    elif re.search(r"\s:|:\s", text) or ":" in place or re.search(r",(?! \S)", text):
        yield "BS_R0094"


def _of_package(package: str, cells: dict[str, str]) -> Iterator[Breach]:
    uses = ddbj_packages()[package]
    groups: dict[str, list[str]] = defaultdict(list)
    for name, use in uses.items():
        if use.startswith("M") and not cells.get(name, ""):
            yield _breach("BS_R0027", name, "")
        if use.startswith("E:"):
            groups[use.removeprefix("E:").removesuffix(":N")].append(name)
    for names in groups.values():
        if not any(cells.get(n, "") for n in names):
            yield _breach("BS_R0036", " | ".join(names), "")
    for name in ("collection_date", "geo_loc_name"):
        text = cells.get(name, "")
        if (_null(text) or _loose_null(text)) and not text.startswith("missing: "):
            yield _breach("BS_R0137", name, text)
    for name, text in cells.items():
        if text and not uses.get(name, "O").startswith(("M", "E")) and (_null(text) or _loose_null(text)):
            yield _breach("BS_R0100", name, text)
    known = next((names for start, names in _NAMED_BELOW.items() if package.startswith(start)), ())
    if known and all(_null(cells.get(n, "")) for n in known):
        yield _breach("BS_R0133" if package.startswith("Microbe") else "BS_R0132", " | ".join(known), "")
    organism = cells.get("organism", "")
    form = next((f for start, f in _ORGANISMS.items() if package.startswith(start)), "")
    if form and organism and not re.fullmatch(form, organism):
        yield _breach("BS_R0048", "organism", organism)


def _of_sample(cells: dict[str, str]) -> Iterator[Breach]:
    for name, code in (("sample_name", "BS_R0018"), ("organism", "BS_R0020")):
        if _null(cells.get(name, "")):
            yield _breach(code, name, cells.get(name, ""))
    strain, refused = cells.get("strain", ""), conf("invalid_strain_value")
    assert isinstance(refused, dict)
    if not _null(strain):
        low, organism = strain.casefold(), cells.get("organism", "").casefold()
        starts = (*refused["prefix_match"], *([organism] if organism and not _null(organism) else []))
        if low in refused["exact_match"] or low.startswith(tuple(s.casefold() for s in starts)):
            yield _breach("BS_R0135", "strain", strain)
    said = Counter("".join(cells[n].split()).casefold() for n in ("organism", "host", "isolation_source") if not _null(cells.get(n, "")))
    for name in ("host", "isolation_source"):
        if said["".join(cells.get(name, "").split()).casefold()] > 1:
            yield _breach("BS_R0073", name, cells[name])
    if cells.get("locus_tag_prefix") and _null(cells.get("bioproject_id", "")):
        yield _breach("BS_R0128", "bioproject_id", "")


def _of_all(samples: Sequence[dict[str, str]]) -> Iterator[Breach]:
    for name, code in (("sample_name", "BS_R0028"), ("sample_title", "BS_R0003")):
        counts = Counter(s.get(name, "") for s in samples)
        yield from (_breach(code, name, text) for text, count in counts.items() if count > 1 and text)
    left = {"sample_name", "sample_title", "bioproject_id", "description"}
    alike = Counter(frozenset((n, t) for n, t in s.items() if t and n not in left) for s in samples)
    if any(count > 1 for count in alike.values()):
        yield _breach("BS_R0024", "", "")
