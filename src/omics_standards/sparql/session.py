"""Asking the process that holds the store: started when first needed, stopped when a question takes too long."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
import weakref
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from ..emit.encode import PREFIXES
from ..errors import MissingDependencyError, QueryStopped, ReadError, UsageError
from ..models.prefixes import PREFIXES as _KNOWN
from .syntax import calls_out, is_update

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

__all__ = ["DECLARED", "TIMEOUT", "Answer", "Session", "Source"]

TIMEOUT: Final = 60.0
"""Seconds that a query may take where nothing else is said."""

DECLARED: Final[dict[str, str]] = {**_KNOWN, **PREFIXES}
"""Prefixes that a query need not declare: those of archives and ontologies, and those of the model's own nodes."""

_MESSAGE: Final = 200  # characters of a parser's message
_START: Final = "import sys; sys.path.append(sys.argv[1]); from omics_standards.sparql.worker import main; main()"


class Source(NamedTuple):
    """An RDF file to load: its path, its syntax by the extension that is usual for it, and the base of its relative IRIs, None for none."""

    path: Path
    format: str
    base: str | None = None


class Answer(NamedTuple):
    """What a query gave: its form (table, graph or boolean), the file that holds the result, and the answer of an ASK."""

    form: str
    path: Path
    answer: bool = False


class Session:
    """A store in a process of its own.

    Parameters
    ----------
    sources
        Files to load.
    store
        A store on disk; None for one in memory.
    writable
        Open the store on disk for changes; several sessions may read one that none changes.

    Raises
    ------
    MissingDependencyError
        pyoxigraph is not installed.
    ReadError
        A file is not RDF, or the store cannot be opened.

    Notes
    -----
    A session that was stopped starts and loads again with the next question. It ends with the object.
    """

    def __init__(self, sources: Sequence[Source] = (), *, store: Path | None = None, writable: bool = False) -> None:
        if find_spec("pyoxigraph") is None:
            raise MissingDependencyError("queries need pyoxigraph: pip install 'omics-standards[query]'")
        self._sources = tuple(sources)
        self._store = store
        self._writable = writable
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._end: weakref.finalize[..., Session] | None = None
        self.statements = 0
        """How many statements were loaded, by the latest start."""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def open(self) -> None:
        """Start the process and load, where that has not been done."""
        if self._process is not None:
            return
        root = str(Path(__file__).resolve().parents[2])
        # -P: a file that lies in the folder of the moment is not taken for a module.
        command = [sys.executable, "-P", "-c", _START, root]
        self._process = process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self._lines = queue.SimpleQueue()
        threading.Thread(target=_pump, args=(process.stdout, self._lines), daemon=True).start()
        self._end = weakref.finalize(self, _kill, process)
        files = [{"path": str(s.path), "format": s.format, "base": s.base} for s in self._sources]
        store = None if self._store is None else str(self._store)
        done = self._do({"do": "open", "store": store, "writable": self._writable, "load": files}, None)
        self.statements = int(done["statements"])

    def close(self) -> None:
        """End the process; files on disk stay."""
        if self._end is not None:
            self._end()
        self._process = self._end = None

    def ask(
        self,
        text: str,
        output: Path,
        *,
        to: str = "json",
        base: str | None = None,
        timeout: float | None = TIMEOUT,
        allow_service: bool = False,
    ) -> Answer:
        """Answer a query.

        Parameters
        ----------
        text
            SELECT, ASK, CONSTRUCT or DESCRIBE; prefixes of the model need no declaration.
        output
            File for the result.
        to
            Syntax of a table: json, csv, tsv or xml (the SPARQL 1.1 results formats); of a graph: ttl or nt.
        base
            What relative IRIs of the query are relative to.
        timeout
            Seconds it may take, without loading; None for no limit.
        allow_service
            Let the query ask other servers.

        Raises
        ------
        UsageError
            The text is not a query, changes data, or asks another server without leave.
        QueryStopped
            It took too long.
        """
        if is_update(text):
            raise UsageError("this is SPARQL Update, which changes data; a query only reads (query --store --update changes a store)")
        _stay_here(text, allow_service, update=False)
        job = {"do": "query", "text": text, "to": to, "prefixes": DECLARED, "base": base, "output": str(output), "timeout": timeout}
        self.open()
        done = self._do(job, timeout)
        return Answer(done["form"], output, bool(done.get("answer")))

    def update(
        self, text: str, *, base: str | None = None, timeout: float | None = TIMEOUT, allow_service: bool = False
    ) -> tuple[int, int]:
        """Change the store, and return how many statements it had and has.

        Parameters
        ----------
        text
            SPARQL Update.
        base, timeout, allow_service
            As for :meth:`ask`; LOAD asks other servers too.

        Raises
        ------
        UsageError
            The text is not an update, or asks another server without leave.
        QueryStopped
            It took too long; the store is as it was.
        """
        _stay_here(text, allow_service, update=True)
        self.open()
        done = self._do({"do": "update", "text": text, "prefixes": DECLARED, "base": base, "timeout": timeout}, timeout)
        self.statements = int(done["statements"])
        return int(done["before"]), self.statements

    def _do(self, job: dict[str, Any], timeout: float | None) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps(job) + "\n")
                self._process.stdin.flush()
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            self.close()
            raise QueryStopped(
                f"the query was stopped after {timeout:g} s; ask for less (LIMIT, fewer variables), or raise the timeout"
            ) from None
        except BaseException:
            self.close()  # Ctrl-C
            raise
        if not line:
            status = self._process.wait()
            self.close()
            why = "the system ended it, most likely for want of memory" if status < 0 else f"it ended with {status}"
            raise QueryStopped(f"the process that holds the store is gone: {why}")
        done: dict[str, Any] = json.loads(line)
        if "error" in done:
            self._complain(done["error"], done["message"])
        return done

    def _complain(self, kind: str, message: str) -> None:
        if kind == "syntax":
            raise UsageError(f"the query cannot be read: {_shown(message)}")
        self.close()
        if kind == "memory":
            raise QueryStopped("the query needs more memory than there is; ask for less")
        raise ReadError(f"not RDF as its name says: {message}" if kind == "data" else f"the store: {message}")


def _shown(message: str) -> str:
    """Make one line of what the parser expected; it names every letter that a name may have."""
    line = " ".join(message.split())
    return line if len(line) <= _MESSAGE else line[:_MESSAGE].rpartition(",")[0] + " and others"


def _stay_here(text: str, allowed: bool, *, update: bool) -> None:
    if not allowed and calls_out(text, update=update):
        words = "SERVICE or LOAD" if update else "SERVICE"
        raise UsageError(f"the query asks another server ({words}), which it may not; query --allow-service lets it")


def _pump(stream: IO[str], lines: queue.SimpleQueue[str]) -> None:
    with contextlib.suppress(ValueError):  # closed while it was read
        for line in stream:
            lines.put(line)
    lines.put("")


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    with contextlib.suppress(OSError):
        assert process.stdin is not None
        process.stdin.close()
    process.wait()
    assert process.stdout is not None
    # The thread that reads it may be about to: its end is what it waits for.
    with contextlib.suppress(OSError, ValueError):
        process.stdout.close()
