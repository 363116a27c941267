"""Reading profiles: those of the package, of a folder, and of other installed packages.

YAML in, :class:`~omics_standards.profiles.schema.Profile` out; a mistake in a file is a
:class:`~omics_standards.errors.ProfileError` that names the file and the line.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ProfileError, UnknownFormatError
from .stored import stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .schema import Profile

__all__ = ["builtin_folder", "load_profile", "load_profiles", "select"]

# Profiles that extend each other in a row.
_EXTENDS = 4

ENTRY_POINT_GROUP = "omics_standards.profiles"


def builtin_folder() -> Path:
    """Folder of the profiles that the package ships."""
    return Path(__file__).parent / "data"


def load_profile(path: str | os.PathLike[str]) -> Profile:
    """Read one profile file.

    Parameters
    ----------
    path
        A YAML file.

    Returns
    -------
    Profile

    Raises
    ------
    ProfileError
        The file is not YAML, or does not fit the schema; the message names file and line.
    """
    import yaml
    from pydantic import ValidationError

    from .schema import Profile

    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as e:
        raise ProfileError(f"profile {file} cannot be read: {e.strerror}") from e
    except UnicodeDecodeError as e:
        raise ProfileError(f"profile {file} is not UTF-8 (byte {e.start})") from e
    try:
        data = yaml.load(text, Loader=_loader())  # a safe one
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 1
        raise ProfileError(f"{file}, line {line}: {e.problem}") from e
    except (yaml.YAMLError, RecursionError) as e:
        raise ProfileError(f"{file} is not YAML: {str(e).splitlines()[0]}") from e
    if not isinstance(data, dict):
        raise ProfileError(f"{file}, line 1: a profile is a mapping with id, family, title and tables")
    try:
        return Profile.model_validate({**_extended(data, file), "source": str(file)})
    except ValidationError as e:
        lines = [f"{file}, line {_line_of(text, err['loc'])}: {'.'.join(map(str, err['loc']))}: {err['msg']}" for err in e.errors()]
        raise ProfileError("\n".join(lines)) from None


def _loader() -> Any:
    """The C loader is about ten times faster; wheels of PyYAML carry it, some distributions do not."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _extended(data: dict[str, Any], file: Path, depth: int = 0) -> dict[str, Any]:
    """Lay a profile over the one(s) that it extends: mappings are joined, tables by their id; all else is replaced."""
    import yaml

    names = data.get("extends")
    if names is None:
        return data
    merged: dict[str, Any] = {}
    for name in names if isinstance(names, list) else [names]:
        base = next((p for folder in (file.parent, builtin_folder()) if (p := folder / f"{name}.yaml").is_file()), None)
        if base is None or depth > _EXTENDS:
            raise ProfileError(f"{file}, line 1: extends {name!r}: {'no such profile beside it' if base is None else 'goes in a circle'}")
        try:
            below = yaml.load(base.read_text(encoding="utf-8"), Loader=_loader())  # a safe one
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as e:
            raise ProfileError(f"{base} cannot be read: {str(e).splitlines()[0]}") from e
        merged = _laid_over(merged, _extended(below, base, depth + 1) if isinstance(below, dict) else {})
    laid: dict[str, Any] = _laid_over(merged, {k: v for k, v in data.items() if k != "extends"})
    return laid


def _laid_over(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{k: _laid_over(below[k], v) if k in below else v for k, v in above.items()}}
    if _tables(below) and _tables(above):
        mine = {t["id"]: t for t in above}
        joined = [_laid_over(t, mine[t["id"]]) if t["id"] in mine else t for t in below]
        return joined + [t for t in above if t["id"] not in {b["id"] for b in below}]
    return above


def _tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(t, dict) and "id" in t for t in value)


def _line_of(text: str, location: Sequence[int | str]) -> int:
    """Find the line of the node that a validation error speaks of (the deepest one that exists)."""
    import yaml

    node: Any = yaml.compose(text, Loader=_loader())
    line = 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            hit = next(((k, v) for k, v in node.value if k.value == str(step)), None)
            if hit is None:
                continue
            line, node = hit[0].start_mark.line + 1, hit[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _entry_point_folders() -> list[Path]:
    folders = []
    for point in metadata.entry_points(group=ENTRY_POINT_GROUP):
        try:
            folders.append(Path(str(point.load())))
        except ImportError as e:
            raise ProfileError(f"profiles of the package {point.value!r} cannot be loaded: {e}") from e
    return folders


def _stored(files: Sequence[Path]) -> list[Profile]:
    from .schema import Profile

    return stored(Profile, files, load_profile)


@lru_cache(maxsize=8)
def load_profiles(folders: tuple[str, ...] = ()) -> tuple[Profile, ...]:
    """Load all profiles: the package's, those of installed packages, then those of ``folders``.

    Parameters
    ----------
    folders
        Further folders of YAML files; a profile there replaces one of the same id.

    Returns
    -------
    tuple of Profile
        Sorted by id.

    Raises
    ------
    ProfileError
        A folder does not exist or a file is wrong.
    """
    found: dict[str, Profile] = {}
    for folder in [builtin_folder(), *_entry_point_folders(), *map(Path, folders)]:
        if not folder.is_dir():
            raise ProfileError(f"profile folder {folder} does not exist")
        files = sorted(folder.glob("*.yaml"))
        own = folder == builtin_folder()
        for profile in _stored(files) if own else map(load_profile, files):
            found[profile.id] = profile
    return tuple(found[k] for k in sorted(found))


def select(profiles: Iterable[Profile], name: str) -> list[Profile]:
    """Return the profiles with this id, else those of this family, or read a file of this name.

    Raises
    ------
    UnknownFormatError
        There is none; the message lists what there is.
    """
    known = list(profiles)
    chosen = [p for p in known if p.id == name] or [p for p in known if p.family == name]
    if not chosen and name.endswith((".yaml", ".yml")):
        chosen = [load_profile(name)]
    if not chosen:
        raise UnknownFormatError(f"no profile {name!r}; there are: {', '.join(p.id for p in known)}")
    return chosen
