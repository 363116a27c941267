"""One process at a time: a lock that the operating system releases when its holder ends, however it ends."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["exclusive"]

_PAUSE_SECONDS: Final = 0.2


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(stream: IO[bytes]) -> bool:
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def exclusive(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file ``path``; wait while another process holds it.

    Parameters
    ----------
    path
        A file that stays, empty. It is never removed: another process may be about to lock it.
    waiting
        Called once where there is something to wait for.
    """
    with path.open("ab") as stream:
        told = False
        while not _try_lock(stream):
            if not told:
                waiting()
                told = True
            time.sleep(_PAUSE_SECONDS)
        yield
