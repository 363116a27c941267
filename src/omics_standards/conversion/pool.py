"""Chunks of rows in several processes: the same function as in one, the same bytes, in order."""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..emit.files import encode, encode_blocks
from ..errors import OmicsStandardsError
from ..terms import DecidedTerms, Decisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..checks import Guard
    from ..mapping.plan import Plan
    from ..profiles.schema import Profile
    from ..tables import Batch, Workbook
    from .flow import Options, Part, Sink

__all__ = ["run_pool"]

# What a worker process keeps between chunks: its plan and its writers, made once from names that travel well.
_state: dict[str, Any] = {}


def _prepare(
    path: str,
    name: str,
    sheet: int,
    header_row: int,
    profile: Profile,
    table_id: str,
    options: Options,
    formats: tuple[str, ...],
    base: str,
    decisions: Decisions,
    people: bool | None,
) -> None:
    from io import StringIO

    from ..checks import Guard
    from ..emit.files import FORMATS
    from ..mapping.plan import compile_plan
    from ..tables import read
    from ..terms import get_terms, with_decisions
    from .flow import environment

    book = read(path).rename(name)
    chosen = book.sheets[sheet]
    if chosen.header_row != header_row:
        chosen = chosen.with_header(header_row)
    env = environment(book, chosen, profile, with_decisions(get_terms(options.bundle), decisions), options)
    _state["plan"] = compile_plan(profile, profile.table(table_id), chosen, env)
    _state["guard"] = Guard(_state["plan"], people) if options.privacy else None
    _state["sink"] = _Encoders({name: FORMATS[name][1](StringIO(), base) for name in formats}, provenance=options.provenance)


class _Encoders:
    """The encoding half of the output folder, in a worker."""

    def __init__(self, writers: dict[str, Any], *, provenance: bool) -> None:
        self.writers = writers
        self.provenance = provenance

    def encode(self, records: Sequence[Any]) -> dict[str, object]:
        return encode(self.writers, records, provenance=self.provenance)

    def encode_blocks(self, blocks: Sequence[Any]) -> dict[str, object]:
        return encode_blocks(self.writers, blocks, provenance=self.provenance)

    def write(self, encoded: object) -> None:
        raise NotImplementedError("only the main process writes")


def _work(batches: Sequence[Batch]) -> list[Part]:
    from .flow import read_chunk

    return list(read_chunk(_state["plan"], batches, _state["sink"], _state["guard"]))


def run_pool(
    plan: Plan, batches: Iterator[Iterator[Batch]], sink: Sink, options: Options, book: Workbook, guard: Guard | None = None
) -> Iterator[Part]:
    """Read chunks in ``options.jobs`` processes and yield them in the order of the rows.

    Falls back to this process where the sink does not write files: it could not be told to another process.
    """
    formats = getattr(sink, "formats", None)
    if formats is None or "tsv" in formats or "xlsx" in formats or "parquet" in formats or plan.profile.id == "unknown":
        from .flow import read_chunk

        for part in batches:
            yield from read_chunk(plan, part, sink, guard)
        return
    sheet = plan.env.sheet
    assert sheet is not None
    # The decisions that were read when the run began, not those that stand in the files by now.
    known = plan.env.terms.decisions if isinstance(plan.env.terms, DecidedTerms) else Decisions()
    formats = tuple(formats)
    setup = (
        book.path,
        book.name,
        sheet.index,
        sheet.header_row,
        plan.profile,
        plan.table.id,
        replace(options, progress=None, observer=None),
        formats,
        sink.base,  # type: ignore[attr-defined]
        known,
        guard.people if guard else None,
    )
    # Fork where there is: a worker then starts in milliseconds. No threads run here that a fork could tear.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(options.jobs, mp_context=multiprocessing.get_context(method), initializer=_prepare, initargs=setup) as pool:
        waiting: deque[Any] = deque()
        try:
            for part in batches:
                waiting.append(pool.submit(_work, list(part)))
                # Two chunks ahead per process keep all busy without holding the file in memory.
                if len(waiting) > 2 * options.jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except (BrokenPipeError, BrokenProcessPool) as e:
            raise OmicsStandardsError("a worker process was ended from outside; try again with --jobs 1") from e
        finally:
            for future in waiting:
                future.cancel()
