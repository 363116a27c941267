"""The process that holds the store: one JSON object per line in, one per line out. Started by :mod:`.session`, never by hand.

It exists so that a query which does not end can be ended: the store has no time limit of its own, and evaluates outside of Python's
reach. It imports the store and nothing else of this package.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

__all__ = ["main"]

# Who started this process may be killed without being able to end it; it then ends itself, this long after the limit.
_GRACE: Final = 5.0  # seconds


@contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    """End this process, by the system, where the block takes much longer than the limit and nobody has ended it."""
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class _Worker:
    """The store and what may be asked of it."""

    def __init__(self) -> None:
        import pyoxigraph

        self._ox = pyoxigraph
        self._store: ox.Store = pyoxigraph.Store()

    def open(self, job: dict[str, Any]) -> dict[str, Any]:
        """Open a store on disk, or load files into memory."""
        ox = self._ox
        if job["store"] is not None:
            self._store = ox.Store(job["store"]) if job["writable"] else ox.Store.read_only(job["store"])
        on_disk = job["store"] is not None
        for file in job["load"]:
            form = ox.RdfFormat.from_extension(file["format"])
            # Measured on 3 million triples: bulk_load is five times as fast as load on disk, and slower in memory.
            load = self._store.bulk_load if on_disk else self._store.load
            try:
                load(path=file["path"], format=form, base_iri=file["base"])
            except SyntaxError as e:
                return {"error": "data", "message": f"{file['path']}: {e}"}
        if job["load"] and next(self._store.named_graphs(), None) is not None:
            # A query without GRAPH sees every statement once, in however many graphs it stands.
            self._store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        if on_disk and job["load"]:
            self._store.flush()
        return {"statements": len(self._store)}

    def query(self, job: dict[str, Any]) -> dict[str, Any]:
        """Answer a query; the result goes to a file."""
        with _limited(job["timeout"]), open(job["output"], "wb") as out:  # noqa: PTH123 - a path as it came
            results = self._store.query(job["text"], prefixes=job["prefixes"], base_iri=job["base"])
            if isinstance(results, self._ox.QueryTriples):
                # Sorted, since the store's own order is that of its hashes; blank nodes have no names to sort by.
                lines = sorted({str(triple) for triple in results})
                return {"form": "graph", "count": len(lines), **self._graph(lines, out, job)}
            if isinstance(results, self._ox.QueryBoolean):
                results.serialize(out, self._ox.QueryResultsFormat.JSON)
                return {"form": "boolean", "answer": bool(results)}
            form = self._ox.QueryResultsFormat.from_extension(job["to"])
            results.serialize(out, form)
            return {"form": "table"}

    def _graph(self, lines: list[str], out: IO[bytes], job: dict[str, Any]) -> dict[str, Any]:
        text = "".join(f"{line} .\n" for line in lines)
        if job["to"] == "nt":
            out.write(text.encode())
            return {}
        triples = self._ox.parse(text, self._ox.RdfFormat.N_TRIPLES)
        used = {prefix: iri for prefix, iri in job["prefixes"].items() if f"<{iri}" in text}
        made = self._ox.serialize((quad.triple for quad in triples), format=self._ox.RdfFormat.TURTLE, prefixes=used) or b""
        written = made.splitlines(keepends=True)
        declared = sum(line.startswith(b"@prefix ") for line in written[: len(used)])
        out.writelines(sorted(written[:declared]) + written[declared:])
        return {}

    def update(self, job: dict[str, Any]) -> dict[str, Any]:
        """Change the store."""
        before = len(self._store)
        with _limited(job["timeout"]):
            self._store.update(job["text"], prefixes=job["prefixes"], base_iri=job["base"])
        self._store.flush()
        return {"before": before, "statements": len(self._store)}


def _answer(run: Callable[[dict[str, Any]], dict[str, Any]], job: dict[str, Any]) -> dict[str, Any]:
    try:
        return run(job)
    except SyntaxError as e:
        return {"error": "syntax", "message": str(e)}
    except (OSError, ValueError, RuntimeError) as e:
        return {"error": "store", "message": str(e)}
    except MemoryError:
        return {"error": "memory", "message": ""}


def _leave_with(parent: int) -> None:
    """End this process once its parent is gone: a query that runs without a limit would else run on for nobody."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def main() -> None:
    """Answer until standard input ends."""
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    # Ctrl-C in a terminal reaches this process too: it ends at once, and who started it says so.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    worker = _Worker()
    for line in sys.stdin:
        job = json.loads(line)
        done = _answer(getattr(worker, job["do"]), job)
        sys.stdout.write(json.dumps(done) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
