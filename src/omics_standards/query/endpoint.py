"""Loading a dataset into somebody's SPARQL server: the Graph Store protocol, in batches, patiently.

Every batch is N-Triples without blank nodes: sent twice it adds nothing, so that a batch whose answer was lost can be sent again.

References
----------
SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/ (PUT replaces a graph, POST adds to it);
RFC 9110, 10.2.3 Retry-After.
"""

from __future__ import annotations

import base64
import netrc
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import MissingDependencyError, OmicsStandardsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..sparql import Source

__all__ = ["DEFAULT_GRAPH", "EndpointError", "Sent", "send"]

DEFAULT_GRAPH: Final = "default"
"""What stands for a server's graph without a name."""

BATCH: Final = 20_000
"""Statements in a request: some 3 MB, which servers take in well under a minute."""

_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT: Final = 60.0  # seconds between two attempts, whatever a server asks for
_TOKEN, _USER, _PASSWORD = (f"OMICS_STANDARDS_ENDPOINT_{name}" for name in ("TOKEN", "USER", "PASSWORD"))


class EndpointError(OmicsStandardsError):
    """A server did not take the data; the message says how much of it had been sent."""


class Sent(NamedTuple):
    """What was sent: statements, requests, and how many of these were tried again."""

    statements: int
    requests: int
    repeated: int


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A request that is sent on would take data and credentials elsewhere: the person should decide that."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing; the answer is then an error like others."""


def send(
    sources: Sequence[Source],
    url: str,
    graph: str,
    *,
    replace: bool = False,
    batch: int = BATCH,
    timeout: float | None = 60,
    attempts: int = 6,
    tell: Callable[[str], None] = lambda _: None,
    environment: Mapping[str, str] = os.environ,
    wait: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send RDF files into one graph of a server.

    Parameters
    ----------
    sources
        The files.
    url
        Address of the server's graph store, http or https, without credentials.
    graph
        IRI of the graph, or ``default``.
    replace
        Empty the graph first (the first batch is PUT); else everything is added (POST).
    batch, attempts
        Statements per request; how often one is sent before it counts as refused (pauses double from a second on).
    timeout
        Seconds to wait for an answer to one request; None for no limit.
    tell
        Told how far it is.
    environment
        ``OMICS_STANDARDS_ENDPOINT_TOKEN``, or ``_USER`` and ``_PASSWORD``, are the credentials; else the person's netrc file is asked.
    wait
        Called with the seconds of a pause.

    Returns
    -------
    Sent
        What was sent.

    Raises
    ------
    EndpointError
        The server refused, could not be reached, or sends elsewhere.
    UsageError
        The address is no http or https address, or holds a password.
    """
    target = _target(url, graph)
    opener = urllib.request.build_opener(_NoRedirects)
    headers = {"Content-Type": "application/n-triples", "Accept": "*/*", **_credentials(url, environment, tell)}
    sent = repeated = requests = 0
    for requests, lines in enumerate(_batches(sources, batch), start=1):
        method = "PUT" if replace and requests == 1 else "POST"
        request = urllib.request.Request(target, "".join(lines).encode(), headers, method=method)
        repeated += _deliver(opener, request, timeout, attempts, tell, wait, f"{sent:,} statements had been sent")
        sent += len(lines)
        tell(f"{sent:,} statements sent")
    return Sent(sent, requests, repeated)


def _target(url: str, graph: str) -> str:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{_plain(url)!r} is no address of a server: http://host/path or https://host/path is expected")
    if parts.username or parts.password:
        raise UsageError(f"an address with a password would stay in the shell's history: set {_USER} and {_PASSWORD}, or use a netrc file")
    query = "default" if graph == DEFAULT_GRAPH else urllib.parse.urlencode({"graph": graph})
    return urllib.parse.urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query, fragment=""))


def _plain(url: str) -> str:
    """An address without its credentials."""
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _credentials(url: str, environment: Mapping[str, str], tell: Callable[[str], None]) -> dict[str, str]:
    parts = urllib.parse.urlsplit(url)
    header = ""
    if environment.get(_TOKEN):
        header = f"Bearer {environment[_TOKEN]}"
    elif environment.get(_USER):
        header = _basic(environment[_USER], environment.get(_PASSWORD, ""))
    else:
        with suppress(OSError, netrc.NetrcParseError):
            found = netrc.netrc(environment.get("NETRC")).authenticators(parts.hostname or "")
            header = _basic(found[0], found[2]) if found else ""
    if header and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        tell(f"the credentials for {parts.hostname} are sent without encryption (http)")
    return {"Authorization": header} if header else {}


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _batches(sources: Sequence[Source], size: int) -> Iterator[list[str]]:
    """Yield the statements as lines of N-Triples; of no statements one empty batch, so that replacing by nothing empties."""
    lines: list[str] = []
    any_sent = False
    for line in _lines(sources):
        lines.append(line)
        if len(lines) >= size:
            yield lines
            lines, any_sent = [], True
    if lines or not any_sent:
        yield lines


def _lines(sources: Sequence[Source]) -> Iterator[str]:
    try:
        import pyoxigraph as ox
    except ImportError as e:
        raise MissingDependencyError("reading the RDF needs pyoxigraph: pip install 'omics-standards[query]'") from e
    for source in sources:
        for quad in ox.parse(path=str(source.path), format=ox.RdfFormat.from_extension(source.format), base_iri=source.base):
            yield f"{quad.triple} .\n"


def _deliver(
    opener: urllib.request.OpenerDirector,
    request: urllib.request.Request,
    timeout: float | None,
    attempts: int,
    tell: Callable[[str], None],
    wait: Callable[[float], None],
    before: str,
) -> int:
    """Send one request until it is taken; return how often it had to be sent again."""
    where = _plain(request.full_url)
    for attempt in range(attempts):
        pause = min(2.0**attempt, _LONGEST_WAIT)
        try:
            with opener.open(request, timeout=timeout) as answer:
                answer.read()
                return attempt
        except urllib.error.HTTPError as e:
            with e:
                why = f"HTTP {e.code} {e.reason}"
                if 300 <= e.code < 400:
                    to = e.headers.get("Location", "elsewhere")
                    raise EndpointError(f"{where} sends on to {to} ({why}); give that address if you trust it; {before}") from None
                if e.code not in _AGAIN:
                    said = " ".join(e.read(300).decode(errors="replace").split())
                    raise EndpointError(f"{where} refused: {why}{f' ({said})' if said else ''}; {before}{_hint(e.code)}") from None
                pause = _asked_for(e.headers.get("Retry-After")) or pause
        except (urllib.error.URLError, OSError) as e:
            why = str(e.reason if isinstance(e, urllib.error.URLError) else e) or type(e).__name__
        if attempt + 1 < attempts:
            tell(f"{why}; trying again in {pause:g} s")
            wait(pause)
    raise EndpointError(f"{where} did not answer as it should, {attempts} times: {why}; {before}. What was sent can be sent again")


def _hint(code: int) -> str:
    if code in (401, 403):
        return f". Credentials come from {_TOKEN}, from {_USER} and {_PASSWORD}, or from a netrc file"
    return (
        ". The address should be that of the graph store (of Fuseki /DATASET/data, of GraphDB .../rdf-graphs/service)"
        if code in (404, 405)
        else ""
    )


def _asked_for(header: str | None) -> float | None:
    """Seconds that a server asks to wait: a number, or a date."""
    if not header:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except ValueError:
            return None
    return min(max(seconds, 0.1), _LONGEST_WAIT)
