"""Where sheets are sent to: names that people use, and how the files of each target are laid out.

The file ``archives/targets.yaml`` says it; it is read when a target is asked for.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from ..errors import UsageError
from .requirements import archives_folder

__all__ = ["BlockLayout", "SheetLayout", "Target", "find_target", "targets"]


class BlockLayout(NamedTuple):
    """A table within a sheet.

    ``title``: the line above it; '' where there is none. ``shape``: a row per record, or a line per field. ``fields``: names of
    those fields of the table that stand here; () for all.
    """

    table: str
    title: str = ""
    shape: Literal["rows", "keys"] = "rows"
    fields: tuple[str, ...] = ()


class SheetLayout(NamedTuple):
    """A sheet, or a file of one table: its name (``{kind}`` stands for the kind's) and its blocks from the top."""

    name: str
    blocks: tuple[BlockLayout, ...]

    @property
    def tables(self) -> tuple[str, ...]:
        """Ids of its tables."""
        return tuple(dict.fromkeys(b.table for b in self.blocks))


class Target(NamedTuple):
    """An archive's set of sheets.

    Attributes
    ----------
    name, aliases
        What people call it.
    profile
        Id of the profile that reads and writes it.
    title
        A line that says what it is.
    sheets
        In the order of the workbook.
    kinds
        Id of the table whose kinds are to choose from; '' where there are none.
    text
        Name of the sheet that makes a tab-separated file; '' where the target is a workbook only.
    lead
        Lines above the header of that file.
    units
        True where a row below the header of the table with kinds holds the units.
    """

    name: str
    aliases: tuple[str, ...]
    profile: str
    title: str
    sheets: tuple[SheetLayout, ...]
    kinds: str = ""
    text: str = ""
    lead: tuple[str, ...] = ()
    units: bool = False


def _block(spec: Any) -> BlockLayout:
    if isinstance(spec, str):
        return BlockLayout(spec)
    return BlockLayout(spec["table"], spec.get("title", ""), spec.get("shape", "rows"), tuple(spec.get("fields", ())))


@lru_cache(maxsize=1)
def targets() -> tuple[Target, ...]:
    """All targets, in the order in which they are listed."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (archives_folder() / "targets.yaml").read_text(encoding="utf-8")
    found = []
    for name, spec in yaml.load(text, Loader=loader).items():  # a safe loader
        sheets = tuple(
            SheetLayout(sheet, tuple(map(_block, blocks if isinstance(blocks, list) else [blocks])))
            for sheet, blocks in spec["sheets"].items()
        )
        found.append(
            Target(
                name,
                tuple(spec.get("aliases", ())),
                spec["profile"],
                spec["title"],
                sheets,
                spec.get("kinds", ""),
                spec.get("text", ""),
                tuple(spec.get("lead", ())),
                bool(spec.get("units")),
            )
        )
    return tuple(found)


def find_target(name: str) -> Target:
    """Find a target by its name or another name of it.

    Raises
    ------
    UsageError
        There is none; the message lists those that there are.

    Examples
    --------
    >>> find_target("ncbi").name
    'ncbi-biosample'
    >>> find_target("gse").name
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no target 'gse'; did you mean gsa? there are: gsa, gsa-human, ...
    """
    wanted = name.strip().casefold()
    by_name = {n: t for t in targets() for n in (t.name, *t.aliases)}
    if wanted not in by_name:
        near = get_close_matches(wanted, by_name, 1, 0.6)
        advice = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"no target {name!r}; {advice}there are: {', '.join(t.name for t in targets())}")
    return by_name[wanted]
