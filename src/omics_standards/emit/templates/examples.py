"""The example row: values that the archive accepts and our reader reads without a finding, one thing from sheet to sheet.

They come from ``archives/examples.tsv`` (by field or by slot, for a theme such as plants), else from the facts of the field: its
values, its pattern, its notation, its units.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ...models.slots import MODEL
from ...profiles.requirements import archives_folder
from ...values.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .build import TemplateColumn

__all__ = ["ExampleRow", "theme_of"]

# What a kind of sample is about, by its profile, name and title; the first that fits.
_THEMES: Final = tuple(
    (theme, re.compile(pattern, re.IGNORECASE))
    for theme, pattern in (
        ("coronavirus", r"SARS-CoV-2\.cl"),
        ("wastewater", r"SARS-CoV-2\.wwsurv"),
        ("metagenome", r"MIMS\.me|MIMARKS\.survey"),
        ("virus", r"vir(us|al|uses)\b|MIUVIG|MIGS\.vi|SARS|influenza"),
        ("plant", r"\bplants?$|plant sample|crop"),
        ("animal", r"animal$|Invertebrate|^\S+ vertebrates|shellfish|tree of life|mutagenesis"),
        ("eukaryote", r"MIGS\.eu|microalgae|parasite|ancient"),
        ("microbe", r"MIMAG|MISAG|MIMARKS\.specimen"),
        ("microbe", r"MIGS\.ba|MigsBa|microbe|pathogen|beta-lactamase|prokaryotic|microbial identifier|proficiency|OneHealth"),
        ("human", r"Human(\.1\.0)?$|ngdc-\S+ (human|cell-line|general)|prostate|PDX|EGA|sdrf|ERC000011|Generic|Omics$"),
        ("metagenome", r"."),
    )
)
# Tried in turn where all that is known of a value is a pattern.
_TRIED: Final = ("1", "1.5", "10", "0.5", "2020-05-06", "2020", "37", "P1Y", "yes", "10 Y", "45Y", "1:1", "X=1;Y=2", "none", "N", "A", "IA")
_LAST: Final = ("other", "unspecified", "unknown", "none of the above")
# The forms that NCBI, DDBJ and MIxS write for the value of a field, and a value of each.
_NOTATIONS: Final = (
    (re.compile(r"PMID.*|.*\{PMID\}.*|PMID, DOI or URL"), "https://example.org/protocol"),
    (re.compile(r"\{timestamp\}"), "2020-05-06"),
    (re.compile(r"\{boolean\}.*|\{boolean.*"), "yes"),
    (re.compile(r"\{integer\}.*|\{integer.*"), "1"),
    (re.compile(r"\{float\}"), "1.5"),
    (re.compile(r"\{float\} m"), "10 m"),
)


def theme_of(profile: str, kind: str, title: str) -> str:
    """Say what samples of a kind are: ``human``, ``plant``, ``metagenome`` ...

    Examples
    --------
    >>> theme_of("ncbi-biosample", "MIGS.ba.soil.6.0", "MIGS.ba soil"), theme_of("ngdc-gsa", "plant", "Plant")
    ('microbe', 'plant')
    >>> theme_of("mixs", "MimsSoil", "MIMS soil")
    'metagenome'
    """
    if not kind:
        return "human"
    text = f"{profile} {kind} {title}".strip()
    return next(theme for theme, pattern in _THEMES if pattern.search(text) or pattern.search(f"{profile} {kind}"))


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str, str], str]:
    lines = (archives_folder() / "examples.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, theme, text = line.split("\t")
            found[_key(name), theme] = text
    return found


def _key(name: str) -> str:
    """``.slot`` and ``profile.table.field`` stand as they are; fields by their normal form, alone or behind ``profile:``."""
    profile, colon, field = name.rpartition(":")
    return name if "." in name else f"{profile}{colon}{normal(field)}"


class ExampleRow:
    """The example of one template: what it says in one sheet, it says in the others.

    Parameters
    ----------
    theme
        What the samples are.
    kind
        The archive's name of the kind; it stands where a column asks for it.
    """

    def __init__(self, theme: str, kind: str) -> None:
        self.theme = theme
        self.kind = kind

    def of(self, profile: str, table: str, columns: Sequence[TemplateColumn]) -> list[str]:
        """Give the columns of a table their examples: the required ones, the recommended ones, and one of each group.

        Parameters
        ----------
        profile, table
            Where the columns stand.
        columns
            The columns, in order.

        Returns
        -------
        list of str
            One text per column, '' where the example leaves it blank.
        """
        groups: set[str] = set()
        texts = []
        for column in columns:
            rule = column.rule
            always = self._said(f"{profile}.{table}.{rule.name}")
            wanted = rule.requirement in ("required", "recommended") or always is not None
            if rule.requirement == "group" and rule.group not in groups:
                groups.add(rule.group)
                wanted = True
            text = always if always is not None else self._value(profile, column) if wanted else ""
            texts.append(text.replace("{kind}", self.kind))
        return texts

    def _said(self, *names: str) -> str | None:
        return next((known for n in names for t in (self.theme, "") if (known := _known().get((n, t))) is not None), None)

    def _value(self, profile: str, column: TemplateColumn) -> str:
        fitting = (text for text in self._proposed(profile, column) if text and _fits(column, text))
        return next(fitting, "")

    def _proposed(self, profile: str, column: TemplateColumn) -> Iterator[str]:
        rule = column.rule
        yield self._said(f"{profile}:{normal(rule.name)}", normal(rule.name)) or ""
        yield rule.example
        if column.slot:
            yield self._said(f"{column.cls}.{column.slot}", f".{column.slot}") or ""
        yield next((v for v in rule.values if v.casefold() not in _LAST), "")
        yield next((text for pattern, text in _NOTATIONS if pattern.fullmatch(rule.notation)), "")
        if column.slot:
            yield from _of_slot(column)
        if rule.units and not rule.pattern:
            yield f"1.5 {rule.units[0]}"
        if "{float} {unit}" in rule.notation:
            yield "1.5 g"
        if rule.pattern:
            yield from (t for t in _TRIED if re.fullmatch(rule.pattern, t))
        yield "as in the protocol of the example"


def _of_slot(column: TemplateColumn) -> Iterator[str]:
    known = MODEL.slots[column.slot]
    if known.kind == "quantity":
        yield f"1.5 {known.units[0]}" if known.units else "1.5"
    yield {"integer": "1", "decimal": "1.5", "date": "2020-05-06", "boolean": "yes", "uri": "https://example.org/1"}.get(known.kind, "")
    if known.kind == "enum":
        yield next(iter(MODEL.enums[known.range]), "")


def _fits(column: TemplateColumn, text: str) -> bool:
    rule = column.rule
    if rule.pattern and re.fullmatch(rule.pattern, text) is None and text not in rule.missing:
        return False
    if rule.longest is not None and len(text) > rule.longest:
        return False
    told = text.partition(rule.upto)[0].strip() if rule.upto else text
    return rule.open or not rule.values or told in rule.values or text in rule.missing
