"""One file from the web, whole and as expected, or a sentence that says why not: an address in, a file out.

What was received is kept beside the target as ``.part`` with what is needed to go on with it; a download that was cut
goes on where it stopped if the server still has the same file. The target is only ever replaced by a whole file whose
hash is the one expected.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import time
import urllib.error
import urllib.request
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from omics_standards.errors import TermIndexError

from .carriers import Progress, sha256_of
from .locking import exclusive

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message
    from pathlib import Path

__all__ = ["LIMITS", "Download", "Limits", "download"]

_CHUNK: Final = 1 << 16
_SCHEMES: Final = ("http", "https")
_AGAIN: Final = frozenset((408, 425, 429, 500, 502, 503, 504))  # RFC 9110: a later attempt may succeed


class Limits(NamedTuple):
    """How patient a download is.

    Attributes
    ----------
    silence
        Seconds without a byte until an attempt is given up.
    window, least
        An attempt that gets fewer than ``least`` bytes in ``window`` seconds is given up as well.
    attempts
        How often it is tried; each attempt goes on where the last one stopped.
    pause
        Seconds before the second attempt; doubled before each further one, up to a minute.
    size
        Most bytes received.
    """

    silence: float = 30
    window: float = 60
    least: int = 4096
    attempts: int = 5
    pause: float = 1
    size: int = 8 << 30  # the largest file of the manifest, ncbitaxon.owl.gz, has some 0.1 GB


LIMITS: Final = Limits()


class Download(NamedTuple):
    """A file that was received: where it lies, its sha256 and size, and the address that gave it in the end."""

    path: Path
    sha256: str
    size: int
    url: str


class _GiveUpError(Exception):
    """The attempt failed, and so would others."""


class _TryAgainError(Exception):
    """The attempt failed; the next may not. ``after`` is what the server asks to wait, in seconds."""

    def __init__(self, text: str, after: float = 0) -> None:
        super().__init__(text)
        self.after = after


def download(
    url: str, path: Path, *, sha256: str = "", limits: Limits = LIMITS, progress: Progress = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Download:  # fmt: skip
    """Download a file.

    Parameters
    ----------
    url
        http or https; redirects are followed, but not from https to http.
    path
        The file to make; a ``.part``, a ``.part.json`` and a ``.lock`` may lie beside it meanwhile.
    sha256
        The hash expected; '' where none is known.
    limits
        See :class:`Limits`.
    progress
        Told what is being done, one line at a time.
    sleep
        What waits between attempts.

    Raises
    ------
    TermIndexError
        The address does not give the file, or it is not the one expected. A part that can be gone on with is kept.
    """
    if urlsplit(url).scheme not in _SCHEMES or not urlsplit(url).hostname:
        raise TermIndexError(f"{url} is no address that can be downloaded from; it must begin with http:// or https://")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(path.name + ".lock")
    lock.touch()
    with exclusive(lock, lambda: progress(f"another download of {path.name} is running; waiting for it")):
        transfer = _Transfer(url, path, sha256, limits, progress)
        wait = limits.pause
        for attempt in range(1, limits.attempts + 1):
            try:
                return transfer.attempt()
            except _GiveUpError as error:
                raise TermIndexError(f"{url} could not be downloaded: {error}") from None
            except _TryAgainError as error:
                if attempt == limits.attempts:
                    kept = transfer.received()
                    more = f"; {kept:,} bytes are kept, the next try goes on from there" if kept and transfer.can_go_on() else ""
                    raise TermIndexError(f"{url} could not be downloaded in {attempt} attempts: {error}{more}") from None
                pause = min(max(wait, error.after), 60)
                progress(f"{error}; trying again in {pause:.0f} s ({attempt} of {limits.attempts - 1})")
                sleep(pause)
                wait *= 2
        raise AssertionError  # pragma: no cover - the last attempt returns or raises


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow redirects to http and https alone, a few times, and never out of https."""

    max_redirections = 6  # an OBO PURL takes three
    max_repeats = 1

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        scheme = urlsplit(newurl).scheme
        if scheme not in _SCHEMES or (urlsplit(req.full_url).scheme == "https" and scheme == "http"):
            raise _GiveUpError(f"it points to {newurl[:200]}, which is not followed")
        new = super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
        if new is not None:
            for name in ("Range", "If-range"):
                if req.has_header(name):
                    new.add_unredirected_header(name, req.get_header(name) or "")
        return new


class _Transfer:
    """The attempts to get one file."""

    def __init__(self, url: str, path: Path, sha256: str, limits: Limits, progress: Progress) -> None:
        self.url = url
        self.path = path
        self.sha256 = sha256.lower()
        self.limits = limits
        self.progress = progress
        self.part = path.with_name(path.name + ".part")
        self.notes = path.with_name(path.name + ".part.json")
        self._open = urllib.request.build_opener(_Redirects()).open

    def received(self) -> int:
        return self.part.stat().st_size if self.part.is_file() else 0

    def can_go_on(self) -> bool:
        """Say whether what was received can be gone on with: the server names its state, or the hash will tell."""
        noted = self._noted()
        return noted.get("url") == self.url and bool(noted.get("validator") or self.sha256)

    def attempt(self) -> Download:
        start = self.received() if self.can_go_on() else 0
        request = urllib.request.Request(self.url, headers={"User-Agent": "omics-standards", "Accept-Encoding": "identity"})
        if start:
            request.add_header("Range", f"bytes={start}-")
            if validator := self._noted().get("validator"):
                request.add_header("If-Range", validator)
        try:
            with self._open(request, timeout=self.limits.silence) as answer:
                url, whole = self._receive(answer, start)
        except urllib.error.HTTPError as error:
            error.close()
            self._refused(error, start)
        except TimeoutError:
            raise _TryAgainError(f"nothing came for {self.limits.silence:.0f} s") from None
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise _TryAgainError(f"nothing came for {self.limits.silence:.0f} s") from None
            raise _TryAgainError(f"the connection failed: {reason or type(error).__name__}") from None
        except ValueError as error:
            raise _GiveUpError(str(error)) from None
        except OSError as error:
            raise _GiveUpError(f"{self.part} cannot be written: {error.strerror or error}") from None
        if whole is not None and self.received() != whole:
            raise _TryAgainError(f"the connection was cut after {self.received():,} of {whole:,} bytes")
        return self._finish(url, resumed=bool(start))

    def _refused(self, error: urllib.error.HTTPError, start: int) -> None:
        if error.code == 416 and start:
            self._drop()
            raise _TryAgainError("the file there is no longer the one that was begun")
        if error.code in _AGAIN:
            after = error.headers.get("Retry-After", "") if error.headers else ""
            raise _TryAgainError(f"the server answered {error.code} {error.reason}", float(after) if after.isdigit() else 0)
        if 300 <= error.code < 400:
            forbidden = "not allowed" in str(error.msg)  # urllib's own refusal of file: and the like
            elsewhere = (error.headers.get("Location", "") if error.headers else "")[:200]
            text = (
                f"it points to {elsewhere}, which is not followed" if forbidden else "the servers point in a circle, or too often elsewhere"
            )
            raise _GiveUpError(text)
        raise _GiveUpError(f"the server answered {error.code} {error.reason}")

    def _receive(self, answer: Any, start: int) -> tuple[str, int | None]:
        """Write what comes; return the address that gave it, and the size of the whole file if it is told."""
        headers = answer.headers
        if headers.get_content_type() == "text/html":
            raise _GiveUpError("it gives a web page, not a file")
        length = headers.get("Content-Length", "")
        whole = int(length) if length.isdigit() else None
        if start and answer.status == 206:
            told = headers.get("Content-Range", "").partition(" ")[2].partition("-")[0]
            if told != str(start):
                self._drop()
                raise _TryAgainError("the server gave another part than the one asked for")
            whole = start + whole if whole is not None else None
            self.progress(f"going on after {start:,} bytes")
        else:
            start = 0
            etag = headers.get("ETag", "")
            # RFC 9110, section 13.1.5: a weak ETag may not stand in If-Range.
            validator = etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")
            self.notes.write_text(json.dumps({"url": self.url, "validator": validator}), encoding="utf-8")
        if whole is not None and whole > self.limits.size:
            raise _GiveUpError(f"the file has {whole:,} bytes, more than the limit of {self.limits.size:,}")
        with self.part.open("ab" if start else "wb") as out:
            self._copy(answer, out, start, whole)
        return answer.geturl(), whole

    def _copy(self, answer: Any, out: IO[bytes], start: int, whole: int | None) -> None:
        got = told = start
        since, then = time.monotonic(), start
        while True:
            try:
                chunk = answer.read1(_CHUNK)
            except http.client.IncompleteRead as error:
                out.write(error.partial)
                raise _TryAgainError("the connection was cut") from None
            if not chunk:
                return
            out.write(chunk)
            got += len(chunk)
            if got > self.limits.size:
                raise _GiveUpError(f"more than the limit of {self.limits.size:,} bytes came")
            now = time.monotonic()
            if now - since > self.limits.window:
                if got - then < self.limits.least:
                    raise _TryAgainError(f"only {got - then:,} bytes came in {now - since:.0f} s")
                since, then = now, got
            if got - told >= 16 << 20:
                told = got
                self.progress(f"{self.path.name}: {got / 1e6:.0f}" + (f" of {whole / 1e6:.0f} MB" if whole else " MB"))

    def _finish(self, url: str, *, resumed: bool) -> Download:
        found = sha256_of(self.part)
        if self.sha256 and found != self.sha256:
            size = self.received()
            self._drop()
            if resumed:
                raise _TryAgainError("what was put together of two parts is not the file expected; beginning anew")
            raise _GiveUpError(f"it is not the file expected: {size:,} bytes, sha256 {found}, expected {self.sha256}")
        size = self.received()
        self.part.replace(self.path)
        self._drop()
        return Download(self.path, found, size, url)

    def _noted(self) -> dict[str, str]:
        try:
            notes = json.loads(self.notes.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return notes if isinstance(notes, dict) else {}

    def _drop(self) -> None:
        for path in (self.part, self.notes):
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
