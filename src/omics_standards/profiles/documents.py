"""How the rows of a tree are written: which elements, in which order, and what stands around them.

A profile's paths say where a value is read; this says what a reader does not ask for and a schema does: the order of elements,
which of them may be repeated, and the attributes that are the same in all files.
"""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

__all__ = ["COPIED", "AroundSpec", "DocumentSpec", "ElementSpec", "SectionSpec"]

Texts = Annotated[list[str], BeforeValidator(lambda v: [v] if isinstance(v, str) else v)]

COPIED: Final = {"checked": "when it was copied"}
"""Context of validation of a copy: what its original was found to be needs no second look, which takes most of the time."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class DocumentSpec(_Strict):
    """The files of a format that is a tree.

    ``syntax``: what they are written in. ``name``: what a file is called where it holds several tables; a table's ``element`` may say
    otherwise. ``attributes``: of the root element, such as the place of its schema.
    """

    syntax: Literal["xml", "json", "yaml"] = "xml"
    name: str = "metadata"
    attributes: dict[str, str] = Field(default_factory=dict)


class ElementSpec(_Strict):
    """How a row of a table is written as an element or an object.

    ``written``: False for tables that only an archive gives out (receipts). ``path``: where the rows stand, where it is not the first
    of the table's paths. ``file``: name of the file, without its ending. ``own``: name of the element around a row that each row has
    of its own (``Action``). ``order``: paths in a row in the order of the archive's schema; what is not listed follows. ``many``: paths
    that may stand several times in a row, and in JSON always are lists. ``constants``: paths with the same text in all rows (or, as
    ``= path``, with that of another one); they are written where the element around them is there. ``always``: paths that stand there
    even if empty. ``fits``: header → expression of what it may hold. ``names``: slot → header to prefer for it. ``lists``: header →
    list of names and values that it is written to, ``at > name``; ``*`` for all others. ``derive``: header → another one of the row
    that says it, too, where nothing else does; ``header as step`` to read that one by another step. For the name that stands in a
    path as ``*``: expression on the text that is to stand there → name (``PLATFORM/name(): {'^Illumina': ILLUMINA}``).
    ``never``: headers that are read and not written. ``aligned``: names of a list of names and values that each row has first, in this
    order; all rows then have the same names in the same order, with empty values where they say nothing. () leaves them as they are.
    """

    written: bool = True
    path: str = ""
    file: str = ""
    own: str = ""
    order: Texts = Field(default_factory=list)
    many: Texts = Field(default_factory=list)
    constants: dict[str, str] = Field(default_factory=dict)
    always: Texts = Field(default_factory=list)
    fits: dict[str, str] = Field(default_factory=dict)
    names: dict[str, str] = Field(default_factory=dict)
    lists: dict[str, str] = Field(default_factory=dict)
    derive: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    never: Texts = Field(default_factory=list)
    aligned: Texts = Field(default_factory=list)

    @model_validator(mode="after")
    def _compiles(self, info: ValidationInfo) -> ElementSpec:
        if info.context is COPIED:
            return self
        told = [p for words in self.derive.values() if isinstance(words, dict) for p in words]
        for pattern in (*self.fits.values(), *told):
            try:
                re.compile(pattern)
            except re.error as e:
                raise ValueError(f"{pattern!r} is not a regular expression: {e}") from None
        return self


class SectionSpec(_Strict):
    """A block under a title, in a format whose sheets hold several.

    ``table``: whose rows or keys stand there. ``headers``: what its columns are called, in order, as the archive's template has them (with
    its stars); ``*`` where the others go, which have no place in the section without it. ``notes``: lines below the title.
    ``always``: it stands there with its headers even if it holds nothing. ``sheet``: of the workbook. ``beside``: it stands right of the
    section before it, with so many empty columns between them; 0 for below it.
    """

    sheet: str
    title: str
    table: str
    headers: Texts = Field(default_factory=list)
    notes: Texts = Field(default_factory=list)
    always: bool = True
    beside: int = Field(default=0, ge=0)


class AroundSpec(_Strict):
    """Rows around the header of a plain table.

    ``above``: rows above it, their cells between tabs; ``{slot}`` stands for the one value that the main records have in a slot, and a
    row whose value is absent, or not the same in all, is left out. ``units``: first cell of a row below the header that holds the units
    of the numbers in each column; '' where units stand with their numbers.
    """

    above: Texts = Field(default_factory=list)
    units: str = ""
