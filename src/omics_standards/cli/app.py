"""The commands, and the one place where an exception becomes a sentence and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from typing import NoReturn

import typer

from ..errors import OmicsStandardsError
from .homes import Group

__all__ = ["app", "main"]

app = typer.Typer(
    name="omics-standards",
    cls=Group,
    help="Turn any omics metadata spreadsheet into one validated, ontology-grounded standard, with every cell accounted for.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        from .._version import version

        typer.echo(f"omics-standards {version()}")
        raise typer.Exit


@app.callback()
def _root(
    _version_wanted: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version and end."),
) -> None:
    """Turn any omics metadata spreadsheet into one validated, ontology-grounded standard, with every cell accounted for."""


def _stop(_signal: int, _frame: object) -> None:
    sys.exit(128 + signal.SIGTERM)


def _interrupted() -> NoReturn:
    typer.echo("omics-standards: interrupted; nothing was written", err=True)
    sys.exit(128 + signal.SIGINT)


def main() -> None:
    """Run the command line; every error of the environment ends in one sentence and its exit code."""
    # What is imported at the start stays: to look through it for cycles every 700 objects, and three times at the end, takes a fifth
    # of a short run. The system takes the memory of an ended process back as a whole.
    gc.set_threshold(50_000)
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        # Cells may hold any text; printing it must not fail in a terminal of another encoding.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    # Ended from outside (a queue, a container), the run still takes its temporary files away.
    signal.signal(signal.SIGTERM, _stop)
    try:
        app()
    except OmicsStandardsError as e:
        typer.echo(f"omics-standards: {e}", err=True)
        sys.exit(e.exit_code)
    except KeyboardInterrupt:
        _interrupted()
    except SystemExit as e:
        # The library that reads the command line ends an interrupted run with this number and no word.
        if e.code == 128 + signal.SIGINT:
            _interrupted()
        raise
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; what remains must not fail at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except MemoryError:
        typer.echo("omics-standards: out of memory; convert fewer files at once, or write --to turtle, which streams", err=True)
        sys.exit(3)
    except OSError as e:
        typer.echo(f"omics-standards: {e.strerror or e}{f' ({e.filename})' if e.filename else ''}", err=True)
        sys.exit(3)
