"""Where sheets are sent to: names that people use, which profiles write each target, and how empty sheets of it are laid out.

What is written, a profile says (``write: {targets: [...]}``); the layouts stand in ``archives/targets.yaml``, which is read when a
target is asked for.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..errors import UnknownFormatError, UsageError
from .load import load_profiles
from .requirements import archives_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .schema import Profile

__all__ = ["BlockLayout", "Layout", "SheetLayout", "Target", "find_layout", "layouts", "targets", "writers_of"]


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


class Layout(NamedTuple):
    """An archive's set of sheets, empty.

    Attributes
    ----------
    name, aliases
        What people call the target.
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


class Target(NamedTuple):
    """What people send data to: a name, other names, the profiles that write it, and its empty sheets.

    Attributes
    ----------
    writers
        Several for a submission of several files; () where a target is written as a part of another one only.
    layout
        None where there are no empty sheets of it.
    """

    name: str
    aliases: tuple[str, ...]
    writers: tuple[Profile, ...]
    layout: Layout | None


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """All targets that there are empty sheets of, in the order in which they are listed."""
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
            Layout(
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


def targets(profiles: Iterable[Profile] | None = None) -> list[Target]:
    """All targets: those with empty sheets in their order, then what else profiles write.

    Parameters
    ----------
    profiles
        Those that write; None for those of this package.
    """
    written: dict[str, list[Profile]] = {}
    for profile in profiles if profiles is not None else load_profiles():
        for name in profile.write.targets:
            written.setdefault(name, []).append(profile)
    laid = {one.name: one for one in layouts()}
    found = []
    for name in dict.fromkeys((*laid, *written)):
        layout = laid.get(name)
        found.append(Target(name, layout.aliases if layout else (), tuple(written.get(name, ())), layout))
    return found


def _named(among: Iterable[Target]) -> dict[str, Target]:
    """Targets by their names and other names; what is one target's name is not another one's."""
    among = list(among)
    return {alias: one for one in among for alias in one.aliases} | {one.name: one for one in among}


def find_layout(name: str) -> Layout:
    """Find the empty sheets of a target by its name or another name of it.

    Raises
    ------
    UsageError
        There are none; the message lists those that there are.

    Examples
    --------
    >>> find_layout("ncbi").name
    'ncbi-biosample'
    >>> find_layout("gse").name
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no target 'gse'; did you mean gsa? there are: gsa, gsa-human, ...
    """
    wanted = name.strip().casefold()
    by_name = {n: one.layout for n, one in _named(t for t in targets() if t.layout is not None).items()}
    found = by_name.get(wanted)
    if found is None:
        near = get_close_matches(wanted, by_name, 1, 0.6)
        advice = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"no target {name!r}; {advice}there are: {', '.join(one.name for one in layouts())}")
    return found


def writers_of(name: str, folders: tuple[str, ...] = ()) -> list[Profile]:
    """Return the profiles that write a target: by its name or another name of it, a profile's id, or a family.

    Parameters
    ----------
    name
        As people say it.
    folders
        Of further profiles.

    Raises
    ------
    UnknownFormatError
        There is none; the message lists what there is.

    Examples
    --------
    >>> [p.id for p in writers_of("ncbi")]
    ['ncbi-biosample', 'ncbi-sra-metadata']
    >>> writers_of("nowhere")
    Traceback (most recent call last):
    omics_standards.errors.UnknownFormatError: ...
    """
    profiles = load_profiles(folders)
    among = [t for t in targets(profiles) if t.writers]
    by_name = {t.name: list(t.writers) for t in among}
    chosen = by_name.get(name) or [p for p in profiles if p.id == name] or [p for p in profiles if p.family == name]
    if not chosen and name in (named := _named(among)):
        chosen = list(named[name].writers)
    if not chosen:
        known = ", ".join(sorted(t.name for t in among))
        raise UnknownFormatError(f"nothing to write is called {name!r}; there are: {known}, and the ids of profiles")
    return chosen
