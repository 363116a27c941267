"""Findings and pages in the reader's language: English texts enter, texts of another language leave.

A message is made where the fault is met, in English; what is said there with the values of the moment filled in is recognised here by
its template and said again. So a finding that was written into a report years ago can be read in another language too, and nobody
who writes a new check has to think of translators: a test does, by asking for the template of every message that the code can make.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..errors import UsageError
from ..findings import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..findings import Finding

__all__ = ["LANGUAGES", "Language", "get_language"]

LANGUAGES: Final = {"en": "English", "zh": "中文"}
"""Languages that findings can be told in, by their tag (BCP 47)."""

_HOLE: Final = re.compile(r"\{(\w+)(:say|:or)?\}")
# Choices that a message names: between what is quoted, bracketed, or an accession.
_OR: Final = re.compile(r"(?<=[)'\"0-9]) or (?=['\"A-Z0-9])")
# Messages are cut here where no template knows them as a whole.
_JOINTS: Final = ("; ", "  ", ": ", ", ", " or ")
_JOINED: Final = {"; ": "；", "  ": "　", ": ": "：", ", ": "、", " or ": " 或 "}
# A message longer than this is a text that somebody else wrote.
_LONGEST: Final = 4_000


class _Template(NamedTuple):
    """What an English message looks like, and how it is said."""

    pattern: re.Pattern[str]
    said: str
    weight: int


class Language:
    """One language.

    Parameters
    ----------
    tag
        ``en`` or ``zh``.
    catalogue
        ``codes`` (code to title and meaning) and ``messages`` (English template to template), as ``zh-codes.tsv``,
        ``zh-messages.tsv``, ``zh-slots.tsv`` and ``zh-page.tsv`` hold them. In a template ``{name}`` stands for a text that is
        kept as it is, ``{name:say}`` for one that is said in the language, too, ``{name:or}`` for choices.

    Examples
    --------
    >>> chinese = Language("zh", {"messages": {"write {x}": "请写 {x}", "nothing": "无需处理"}})
    >>> chinese.say("write 2019-10-05"), chinese.say("nothing")
    ('请写 2019-10-05', '无需处理')
    >>> chinese.say("something that no template knows")
    'something that no template knows'
    """

    def __init__(self, tag: str, catalogue: Mapping[str, Any] | None = None) -> None:
        catalogue = catalogue or {}
        self.tag = tag
        self._codes: Mapping[str, list[str]] = catalogue.get("codes") or {}
        self._plain: dict[str, str] = {}
        self._phrases: dict[str, str] = {}
        # By their first word: a message is compared with some dozen templates, not with all.
        self._templates: dict[str, list[_Template]] = {}
        self._known: dict[str, str | None] = {}
        for template, said in (catalogue.get("messages") or {}).items():
            self._add(template, said)
        for templates in self._templates.values():
            templates.sort(key=lambda t: -t.weight)

    def _add(self, template: str, said: str) -> None:
        pieces = _HOLE.split(template)
        if len(pieces) == 1:
            self._plain[template] = said
            return
        self._phrases[template] = said
        pattern, weight = re.escape(pieces[0]), len(pieces[0])
        for name, _say, literal in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            pattern += f"(?P<{name}>.+?)" + re.escape(literal)
            weight += len(literal)
        first = pieces[0].split(" ")[0] if " " in pieces[0] else ""
        # What is to be said is marked in the English template alone.
        how = dict(zip(pieces[1::3], pieces[2::3], strict=True))
        said = _HOLE.sub(lambda m: f"{{{m[1]}{how[m[1]] or ''}}}", said)
        self._templates.setdefault(first, []).append(_Template(re.compile(pattern, re.DOTALL), said, weight))

    def title(self, code: str) -> str:
        """The title of a finding's code.

        Examples
        --------
        >>> Language("en").title("date-future"), Language("zh", {"codes": {"date-future": ["日期在将来", ""]}}).title("date-future")
        ('date lies in the future', '日期在将来')
        """
        return self._codes[code][0] if code in self._codes else CODES[code].title

    def meaning(self, code: str) -> str:
        """What a curator should know about a code."""
        return self._codes[code][1] if code in self._codes else CODES[code].meaning

    def say(self, text: str) -> str:
        """Say a message; the text itself where the language does not know it."""
        return self.find(text) or text

    def phrase(self, template: str, **values: object) -> str:
        """Say a text of our own with values filled in, which stay as they are.

        Examples
        --------
        >>> Language("en").phrase("{n} rows", n=3)
        '3 rows'
        """
        said = self._plain.get(template) or self._phrases.get(template, template)
        return _HOLE.sub(lambda m: str(values[m[1]]), said)

    def find(self, text: str) -> str | None:
        """Say a message; None where no template knows it."""
        if self.tag == "en" or not text:
            return text
        if text not in self._known:
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[text] = None  # a template that stands for itself must not go round in circles
            self._known[text] = self._find(text) if len(text) <= _LONGEST else None
        return self._known[text]

    def _find(self, text: str) -> str | None:
        if text in self._plain:
            return self._plain[text]
        near = (*self._templates.get(text.partition(" ")[0], ()), *self._templates.get("", ()))
        # The more of a message a template says itself, the better it knows it.
        for template in sorted(near, key=lambda t: -t.weight):
            found = template.pattern.fullmatch(text)
            if found is not None:
                return self._fill(template, found)
        return self._parts(text)

    def _fill(self, template: _Template, found: re.Match[str]) -> str:
        def fill(hole: re.Match[str]) -> str:
            text = found[hole[1]]
            return self.say(text) if hole[2] == ":say" else _OR.sub(" 或 ", text) if hole[2] else text

        return _HOLE.sub(fill, template.said)

    def _parts(self, text: str) -> str | None:
        """Say a message that was joined of others, where each of them is known."""
        for joint in _JOINTS[:2]:
            head, found, tail = text.partition(joint)
            while found:
                if (first := self.find(head.strip())) and (rest := self.find(tail.strip())):
                    return first + _JOINED[joint] + rest
                more, found, tail = tail.partition(joint)
                head = f"{head}{joint}{more}"
        return None

    def finding(self, finding: Finding) -> str:
        """Tell a finding as text, as ``str`` does in English."""
        if self.tag == "en":
            return str(finding)
        from dataclasses import replace

        told = str(replace(finding, expected=self.say(finding.expected), fix=self.say(finding.fix)))
        return _in_words(told, finding, self)


_FIELDS: Final = ("column", "found", "expected", "fix", "cells", "rules", "see also")


def _in_words(told: str, finding: Finding, language: Language) -> str:
    """Put the words of the frame of a finding's text into the language: its first line, and the names of its fields."""
    first, *rest = told.split("\n")
    severity, title = f"{finding.severity} {finding.code}: ", CODES[finding.code].title
    first = first.removesuffix(severity + title) + f"{language.say(finding.severity)} {finding.code}：{language.title(finding.code)}"
    lines = [first]
    for line in rest:
        name = next((n for n in _FIELDS if line.startswith(f"  {n:<10}")), "")
        if name:
            lines.append(f"  {language.say(name)}　{line[12:]}")
        elif line.startswith("  rows  "):
            cells, _, rows = line[12:].partition(" cells, rows ")
            lines.append(f"  {language.say('cells')}　{cells}（{language.say('rows')} {rows}）")
        else:
            lines.append(line)
    return "\n".join(lines)


@cache
def get_language(tag: str) -> Language:
    """Return a language by its tag.

    Raises
    ------
    UsageError
        There is no catalogue of it.

    Examples
    --------
    >>> get_language("en").say("nothing"), get_language("zh").say("nothing")
    ('nothing', '无需处理')
    >>> get_language("tlh")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no language 'tlh'; there are: en, zh
    """
    if tag not in LANGUAGES:
        raise UsageError(f"no language {tag!r}; there are: {', '.join(LANGUAGES)}")
    if tag == "en":
        return Language("en")
    codes = {code: [title, meaning] for code, title, meaning in _rows(f"{tag}-codes.tsv")}
    said = {row[0]: row[1] for name in ("messages", "slots", "page") for row in _rows(f"{tag}-{name}.tsv")}
    return Language(tag, {"codes": codes, "messages": said})


def _rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a catalogue: a message a line, its English before its translation; lines that begin with # are comments."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("# ")]
