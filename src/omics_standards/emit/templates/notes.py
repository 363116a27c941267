"""What a template says in words: the note on a header, and the sheet that explains the workbook; in English, Chinese or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .build import Language, Template, TemplateColumn

__all__ = ["legend", "note", "read_me"]

# Values that a note names before it says how many there are.
_NAMED: Final = 12

_WORDS: Final = {
    "required": ("Required", "必填"),
    "group": ("At least one column of the group {group!r} is required", "组 {group!r} 中至少填写一项"),
    "recommended": ("Recommended", "推荐填写"),
    "optional": ("Optional", "选填"),
    "format": ("Format", "格式"),
    "unit": ("Unit", "单位"),
    "values": ("Values", "可选值"),
    "choices": ("Values, or your own words", "可选值(也可自填)"),
    "more": ("… {n} in all: see the drop-down", "… 共 {n} 项,见下拉列表"),
    "longest": ("At most {n} characters", "最多 {n} 个字符"),
    "missing": ("If there is no value", "无值时填写"),
    "none": ("a value must be given", "必须填写值"),
    "example": ("Example", "示例"),
    "chinese": ("In Chinese", "中文"),
}


# Forms of values that the rules say in words.
_FORMS: Final = {"a number": "数字", "a whole number": "整数", "YYYY-MM-DD, or a part of it": "YYYY-MM-DD, 或其一部分"}


def _said(word: str, language: Language, **facts: object) -> str:
    english, chinese = (text.format(**facts) for text in _WORDS[word])
    return {"en": english, "zh": chinese, "both": f"{english} / {chinese}"}[language]


def note(column: TemplateColumn, language: Language = "en") -> str:
    """Say what belongs into a column.

    Parameters
    ----------
    column
        A column of a template.
    language
        Of the words; the meaning of a slot is in English.

    Returns
    -------
    str
        A line for the meaning, the requirement, the format, the values, the words for absence and an example, as far as known.

    Examples
    --------
    >>> from .build import build_template
    >>> print(note(build_template("sra").sheets[0].blocks[0].columns[4]))
    Sequencing technique that the library is made for.
    Required
    Values: ... see the drop-down
    If there is no value: a value must be given
    Example: RNA-Seq
    """
    return "\n".join(_lines(column, language))


def _lines(column: TemplateColumn, language: Language) -> Iterator[str]:
    rule, slot = column.rule, column.definition
    if language != "en" and column.chinese and column.chinese != column.header:
        yield f"{_said('chinese', language)}: {column.chinese.lstrip('* ')}"
    if language == "zh" and column.header != rule.header:
        yield rule.header.lstrip("* ")
    if slot is not None and slot.description:
        if language != "en" and slot.title.get("zh"):
            yield f"{slot.title['zh']}:"
        yield slot.description
    yield _said(rule.requirement, language, group=rule.group)
    if rule.form and not rule.values:
        form = rule.form if language == "en" else _FORMS.get(rule.form, rule.form)
        yield f"{_said('format', language)}: {form}"
    if rule.units:
        yield f"{_said('unit', language)}: {', '.join(rule.units)}"
    if column.choices:
        shown = ", ".join(column.choices[:_NAMED])
        more = f" {_said('more', language, n=len(column.choices))}" if len(column.choices) > _NAMED else ""
        yield f"{_said('choices' if column.open else 'values', language)}: {shown}{more}"
    if rule.longest is not None:
        yield _said("longest", language, n=rule.longest)
    if rule.requirement in ("required", "group"):
        yield f"{_said('missing', language)}: {', '.join(rule.missing) or _said('none', language)}"
    example = column.example or rule.example
    if example:
        yield f"{_said('example', language)}: {example}"


_README_EN: Final = (
    "Fill in one row for each record, from the row below the header on. Sheets point to each other by the names and ids in their rows.",
    "The row in grey italics is an example: write over it or delete it before you send the file. It is read like any other row.",
    "Rest the pointer on a header to see what belongs there, in which form, and what to write where there is no value.",
    "Do not rename, reorder or translate headers with a star by hand. Columns of your own may be added at the right.",
    "All cells are text, so that ids, dates and ranges stay as they are typed. Paste values only (Paste special, Values).",
    "Check a filled-in file with: omics-standards check FILE. Read it with: omics-standards convert FILE -o DIR.",
)
_README_ZH: Final = (
    "每条记录填写一行,从表头下一行开始填写。各工作表之间通过行中的名称和编号互相引用,请保持一致。",
    "灰色斜体行为示例行:提交前请覆盖或删除该行,否则它会像其他行一样被读取。",
    "将鼠标停在表头上,可以看到该列的含义、格式、可选值,以及没有值时应当填写的内容。",
    "请勿手动修改表头的名称或顺序。如需增加自定义列,请加在最右侧。",
    "所有单元格均为文本格式,编号、日期和范围会保持输入时的样子。粘贴时请选择“只粘贴值”。",
    "检查填写好的文件:omics-standards check FILE。转换文件:omics-standards convert FILE -o DIR。",
)
_LEGEND: Final = {
    "required": ("Header in this colour: the archive refuses a record without it.", "此颜色的表头:必填,缺失时会被退回。"),
    "group": ("Header in this colour: at least one column of its group is required.", "此颜色的表头:同组中至少填写一项。"),
    "recommended": ("Header in this colour: recommended by the archive.", "此颜色的表头:推荐填写。"),
    "optional": ("Header in this colour: optional, may stay empty or be deleted.", "此颜色的表头:选填,可以留空或删除该列。"),
}


def read_me(template: Template) -> list[str]:
    """Lines of the sheet that explains a template."""
    what = f"{template.target.title}{f': {template.title or template.kind} ({template.kind})' if template.kind else ''}"
    lines = {"en": _README_EN, "zh": _README_ZH, "both": (*_README_EN, *_README_ZH)}[template.language]
    return [f"This workbook is a template to fill in for {what}.", *lines]


def legend(language: Language) -> list[tuple[str, str]]:
    """Requirement and what its colour says, for the sheet that explains a template."""
    return [(kind, {"en": en, "zh": zh, "both": f"{en} {zh}"}[language]) for kind, (en, zh) in _LEGEND.items()]
