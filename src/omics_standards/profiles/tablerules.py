"""What an archive asks of a table as a whole: rules on signs, and on cells that stand beside or below each other.

They stand in ``archives/archives.yaml`` under ``tables``, by the id of the table; what an archive asks of one column is a matter of
:mod:`.requirements`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .requirements import archives_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Alike", "TableRules", "alike", "table_rules"]


class Alike(NamedTuple):
    """A table of another profile that asks the same of a document's table; ``names``: paths of the document by fields of that table."""

    profile: str
    table: str
    names: Mapping[str, str]


def alike(profile: str, table: str) -> Alike | None:
    """Return the table whose rules a document's table has; None where there is none.

    Examples
    --------
    >>> alike("ena-xml", "sample").profile, alike("ena-xml", "run")
    ('ena', None)
    """
    told = archives_settings(profile).get("as", {}).get(table)
    return Alike(told["profile"], told["table"], told["names"]) if told else None


class TableRules(NamedTuple):
    """Rules on a table. Fields are named as in the archive's table, without marks.

    Attributes
    ----------
    kind
        The field, or the mark of the line above the header, that names the kind of sample; '' where none does.
    always
        Fields whose columns stand in the sheet, filled or not.
    ascii
        Headers and cells take ASCII signs only.
    tidy
        No cell has quotes around it, blanks at its ends, or several in a row.
    everywhere
        What is asked of a field is asked of it in every kind of sample, whether the kind has the field or not.
    empty
        Fields that are not required stay empty where there is no value: words for absence bring a warning, and so does what this
        pattern matches. '' where they may say so.
    unique
        Fields whose values differ in all rows.
    distinct
        Fields beside which two rows must differ somewhere, else they bring a warning; () where nobody looks.
    differ
        Fields whose values differ from each other in a row, else they bring a warning.
    begins
        A field, and the one whose value its own does not begin with.
    needs
        A field, and the one that has to be filled where it is.
    named, advised
        By the beginning of a kind's name the fields of which one has a value, and no word for absence; else the sheet comes back, or
        brings a warning.
    form
        By the beginning of a kind's name a field, and the pattern that its values match there.
    follows
        A field, and the one whose value says what its own is (the platform of an instrument), by the words of the profile's writer.
    past
        Fields of days that are not in the future.
    """

    kind: str = ""
    always: tuple[str, ...] = ()
    ascii: bool = False
    tidy: bool = False
    everywhere: bool = False
    empty: str = ""
    unique: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    begins: Mapping[str, str] = {}
    needs: Mapping[str, str] = {}
    named: Mapping[str, tuple[str, ...]] = {}
    advised: Mapping[str, tuple[str, ...]] = {}
    form: Mapping[str, Mapping[str, str]] = {}
    follows: Mapping[str, str] = {}
    past: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def table_rules(profile: str, table: str) -> TableRules:
    """Return what an archive asks of a table as a whole; rules that ask nothing where nothing is known.

    Parameters
    ----------
    profile, table
        As for :func:`~omics_standards.profiles.requirements.requirements`.

    Examples
    --------
    >>> table_rules("ddbj", "samples").unique
    ('sample_name', 'sample_title')
    >>> table_rules("mwtab", "study") == TableRules()
    True
    """
    told: dict[str, Any] = archives_settings(profile).get("tables", {}).get(table, {})
    lists = {k: tuple(v) for k, v in told.items() if isinstance(v, list)}
    groups: dict[str, dict[str, tuple[str, ...]]] = {
        key: {k: tuple(v) for k, v in told[key].items()} for key in ("named", "advised") if key in told
    }
    return TableRules(**{**told, **lists, **groups})
