"""What a long command is doing, told to the person who waits for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["steps"]


def steps(*, quiet: bool = False) -> Callable[[str], None]:
    """Return what tells a step as it begins: a line on standard error; nothing where no person looks.

    Examples
    --------
    >>> steps(quiet=True)("reading out")
    """
    if quiet or not sys.stderr.isatty():
        return lambda _: None
    return lambda step: typer.echo(f"{step} …", err=True)
