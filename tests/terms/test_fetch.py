"""Downloads against a server on this machine that stalls, cuts, lies, sends elsewhere and refuses."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from omics_standards.errors import TermIndexError
from omics_standards.terms import Bundle
from omics_standards.terms.carriers import Manifest, ManifestEntry
from omics_standards.terms.download import Limits, download
from omics_standards.terms.fetch import fetch_ontology

DATA = b"format-version: 1.2\ndata-version: 2026-01-01\nontology: my\n\n[Term]\nid: MY:1\nname: thing\n\n" + b"! filling\n" * 30_000
SHA = hashlib.sha256(DATA).hexdigest()
QUICK = Limits(silence=0.4, window=0.6, least=100, attempts=3, pause=0.01)

Answer = Callable[["Server", BaseHTTPRequestHandler], None]


class Server:
    """A web server whose answers a test gives, one after another; the last one stays."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.open = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                answer = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                self.close_connection = True
                answer(outer, self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.open.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    server = Server()
    yield server
    server.close()


def head(h: BaseHTTPRequestHandler, status: int, length: int | None, **headers: str) -> None:
    h.send_response(status)
    if length is not None:
        h.send_header("Content-Length", str(length))
    for name, value in headers.items():
        h.send_header(name.replace("_", "-"), value)
    h.end_headers()


def good(data: bytes = DATA, *, etag: str = '"one"', ranges: bool = True) -> Answer:
    """Give the file, or the part of it that is asked for."""

    def answer(_: Server, h: BaseHTTPRequestHandler) -> None:
        asked = h.headers.get("Range", "")
        if ranges and asked and h.headers.get("If-Range", etag) == etag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            head(h, 206, len(data) - start, ETag=etag, Content_Range=f"bytes {start}-{len(data) - 1}/{len(data)}")
            h.wfile.write(data[start:])
        else:
            head(h, 200, len(data), ETag=etag)
            h.wfile.write(data)

    return answer


def cut(after: int, *, etag: str = '"one"') -> Answer:
    def answer(_: Server, h: BaseHTTPRequestHandler) -> None:
        head(h, 200, len(DATA), **({"ETag": etag} if etag else {}))
        h.wfile.write(DATA[:after])

    return answer


def stall(after: int) -> Answer:
    def answer(server: Server, h: BaseHTTPRequestHandler) -> None:
        head(h, 200, len(DATA), ETag='"one"')
        h.wfile.write(DATA[:after])
        h.wfile.flush()
        server.open.wait(20)

    return answer


def drip(server: Server, h: BaseHTTPRequestHandler) -> None:
    head(h, 200, len(DATA), ETag='"one"')
    for byte in DATA[:200]:
        if server.open.wait(0.05):
            return
        h.wfile.write(bytes([byte]))
        h.wfile.flush()


def status(code: int, **headers: str) -> Answer:
    return lambda _, h: head(h, code, 0, **headers)


def get(server: Server, folder: Path, *, sha256: str = SHA, limits: Limits = QUICK) -> tuple[bytes, list[str]]:
    said: list[str] = []
    got = download(f"{server.url}/my.obo", folder / "my.obo", sha256=sha256, limits=limits, progress=said.append, sleep=lambda _: None)
    assert sorted(p.name for p in folder.iterdir()) == ["my.obo", "my.obo.lock"]
    assert (got.sha256, got.size) == (hashlib.sha256(got.path.read_bytes()).hexdigest(), got.path.stat().st_size)
    return got.path.read_bytes(), said


def ranges(server: Server) -> list[str | None]:
    return [headers.get("range") for _, headers in server.requests]


def test_a_file_is_downloaded(server: Server, tmp_path: Path) -> None:
    server.answers = [good()]
    assert get(server, tmp_path)[0] == DATA
    assert get(server, tmp_path, sha256="")[0] == DATA


def test_a_cut_download_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    server.answers = [cut(1000), cut(0), good()]
    data, said = get(server, tmp_path)
    assert data == DATA
    assert ranges(server)[0] is None
    assert server.requests[1][1]["if-range"] == '"one"'
    assert f"the connection was cut after 1,000 of {len(DATA):,} bytes; trying again in 0 s (1 of 2)" in said


def test_a_cut_download_goes_on_in_another_run(server: Server, tmp_path: Path) -> None:
    server.answers = [cut(5000)] * 3 + [good()]
    once = QUICK._replace(attempts=1)
    with pytest.raises(TermIndexError, match="5,000 bytes are kept, the next try goes on from there"):
        get(server, tmp_path, limits=once)
    assert (tmp_path / "my.obo.part").stat().st_size == 5000
    assert not (tmp_path / "my.obo").exists()
    server.answers = [good()]
    data, said = get(server, tmp_path, limits=once)
    assert (data, ranges(server)[-1]) == (DATA, "bytes=5000-")
    assert "going on after 5,000 bytes" in said


def test_a_file_that_changed_meanwhile_is_begun_anew(server: Server, tmp_path: Path) -> None:
    new = DATA.replace(b"thing", b"other")
    server.answers = [cut(1000), good(new, etag='"two"')]
    assert get(server, tmp_path, sha256="")[0] == new


def test_a_server_that_ignores_ranges_gives_the_whole_file(server: Server, tmp_path: Path) -> None:
    server.answers = [cut(1000), good(ranges=False)]
    assert get(server, tmp_path)[0] == DATA


def test_without_a_name_for_its_state_parts_are_joined_only_if_the_hash_will_tell(server: Server, tmp_path: Path) -> None:
    server.answers = [cut(1000, etag=""), good()]
    assert get(server, tmp_path)[0] == DATA
    assert ranges(server) == [None, "bytes=1000-"]
    (tmp_path / "my.obo").unlink()
    server.answers = [cut(1000, etag=""), good()]
    assert get(server, tmp_path, sha256="")[0] == DATA
    assert ranges(server)[2:] == [None, None]


def test_parts_that_do_not_fit_are_thrown_away(server: Server, tmp_path: Path) -> None:
    (tmp_path / "my.obo.part").write_bytes(b"x" * 1000)
    (tmp_path / "my.obo.part.json").write_text(f'{{"url": "{server.url}/my.obo", "validator": "\\"one\\""}}')
    server.answers = [good()]
    data, said = get(server, tmp_path)
    assert (data, ranges(server)) == (DATA, ["bytes=1000-", None])
    assert any("put together of two parts is not the file expected" in line for line in said)


@pytest.mark.parametrize("notes", ["", "no json", "[]", '{"url": "http://other/"}'])
def test_a_part_of_something_else_is_not_gone_on_with(notes: str, server: Server, tmp_path: Path) -> None:
    (tmp_path / "my.obo.part").write_bytes(b"x" * 1000)
    (tmp_path / "my.obo.part.json").write_text(notes)
    server.answers = [good()]
    assert get(server, tmp_path)[0] == DATA
    assert ranges(server) == [None]


def test_a_part_longer_than_the_file_is_begun_anew(server: Server, tmp_path: Path) -> None:
    server.answers = [cut(1000), status(416), good()]
    assert get(server, tmp_path)[0] == DATA


def test_another_part_than_the_one_asked_for_is_not_taken(server: Server, tmp_path: Path) -> None:
    server.answers = [
        cut(1000),
        lambda _, h: (head(h, 206, 10, Content_Range="bytes 0-9/10"), h.wfile.write(DATA[:10]))[0],
        good(),
    ]
    assert get(server, tmp_path)[0] == DATA


@pytest.mark.parametrize("slow", [stall(0), stall(500), drip], ids=["silent", "stalls", "drips"])
def test_a_server_that_stalls_is_given_up_and_tried_again(slow: Answer, server: Server, tmp_path: Path) -> None:
    server.answers = [slow, good()]
    began = time.monotonic()
    data, said = get(server, tmp_path)
    assert data == DATA
    assert time.monotonic() - began < 10
    assert any("nothing came for" in line or "bytes came in" in line for line in said)


def test_a_server_that_only_stalls_is_given_up_for_good(server: Server, tmp_path: Path) -> None:
    server.answers = [stall(0)]
    with pytest.raises(TermIndexError, match="could not be downloaded in 3 attempts: nothing came for 0 s"):
        get(server, tmp_path)


def test_a_hash_that_is_not_the_one_expected_is_refused(server: Server, tmp_path: Path) -> None:
    (tmp_path / "my.obo").write_bytes(b"the old file")
    server.answers = [good(DATA + b"!")]
    with pytest.raises(TermIndexError, match="it is not the file expected") as error:
        get(server, tmp_path)
    assert SHA in str(error.value)
    assert (tmp_path / "my.obo").read_bytes() == b"the old file"
    assert not (tmp_path / "my.obo.part").exists()
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "said", "count"),
    [
        (status(404), "the server answered 404", 1),
        (status(403), "the server answered 403", 1),
        (status(500), "in 3 attempts: the server answered 500", 3),
        (status(503, Retry_After="1"), "in 3 attempts: the server answered 503", 3),
        (status(302, Location="/my.obo"), "point in a circle", 2),
        (status(302, Location="file:///etc/passwd"), "it points to file:///etc/passwd, which is not followed", 1),
        (status(302, Location="ftp://127.0.0.1/x"), "which is not followed", 1),
        (lambda _, h: (head(h, 200, 5, Content_Type="text/html"), h.wfile.write(b"<html"))[0], "it gives a web page", 1),
        (lambda _, h: head(h, 200, 9 << 40), "more than the limit", 1),
        (lambda _, h: h.wfile.write(b"nonsense\r\n\r\n"), "the connection failed", 3),
    ],
    ids=["404", "403", "500", "503", "circle", "file", "ftp", "html", "huge", "nonsense"],
)
def test_what_cannot_be_had_is_said(answer: Answer, said: str, count: int, server: Server, tmp_path: Path) -> None:
    server.answers = [answer]
    with pytest.raises(TermIndexError, match=said):
        get(server, tmp_path)
    assert len(server.requests) == count
    assert not (tmp_path / "my.obo").exists()


def test_redirects_are_followed_and_the_part_asked_for_is_asked_for_there(server: Server, tmp_path: Path) -> None:
    server.answers = [status(302, Location="/a"), status(301, Location="/b"), cut(1000), status(307, Location="/c"), good()]
    assert get(server, tmp_path)[0] == DATA
    assert [path for path, _ in server.requests] == ["/my.obo", "/a", "/b", "/my.obo", "/c"]
    assert ranges(server)[-1] == "bytes=1000-"


def test_too_many_redirects_end(server: Server, tmp_path: Path) -> None:
    server.answers = [status(302, Location=f"/{i}") for i in range(20)]
    with pytest.raises(TermIndexError, match="too often elsewhere"):
        get(server, tmp_path)
    assert len(server.requests) <= 7


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "my.obo", "http://", "data:text/plain,x"])
def test_other_addresses_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(TermIndexError, match="must begin with http"):
        download(url, tmp_path / "x")


def test_no_server_at_all_is_said(server: Server, tmp_path: Path) -> None:
    server.close()
    with pytest.raises(TermIndexError, match="in 3 attempts: the connection failed"):
        get(server, tmp_path)


# --- into the bundle


def manifest(server: Server, sha256: str = "") -> Manifest:
    latest = f"{server.url}/latest/my.obo" if sha256 else ""
    return Manifest({}, (ManifestEntry("MY", "My things", "https://my.org", f"{server.url}/my.obo", "2026-01-01", "CC0-1.0",
                                       "is_a and part_of", (), (), "", sha256, latest),), "x")  # fmt: skip


def test_what_is_fetched_is_checked_and_added(server: Server, tmp_path: Path) -> None:
    server.answers = [good()]
    target, said = tmp_path / "b.sqlite", []
    report = fetch_ontology("my", target=target, manifest=manifest(server, SHA), limits=QUICK, progress=said.append)
    assert [(i.spec, i.source_sha256) for i in report.ontologies] == [("MY@2026-01-01", SHA)]
    assert f"{len(DATA):,} bytes, sha256 {SHA}, as expected" in said
    with Bundle(target) as bundle:
        assert bundle.ground("thing", ("MY",)).id == "MY:1"
    assert not list((tmp_path / "downloads").glob("my.obo"))


def test_without_a_known_hash_that_is_said(server: Server, tmp_path: Path) -> None:
    server.answers = [good()]
    said: list[str] = []
    fetch_ontology("MY", target=tmp_path / "b.sqlite", manifest=manifest(server), limits=QUICK, progress=said.append)
    assert any(line.endswith(f"sha256 {SHA}: recorded, but no known hash could be checked") for line in said)


def test_the_newest_is_asked_for_where_it_is_published(server: Server, tmp_path: Path) -> None:
    server.answers = [good(DATA.replace(b"2026-01-01", b"2026-02-02"))]
    report = fetch_ontology("MY", target=tmp_path / "b.sqlite", latest=True, manifest=manifest(server, SHA), limits=QUICK)
    assert server.requests[0][0] == "/latest/my.obo"
    assert report.ontologies[0].version == "2026-02-02"


@pytest.mark.parametrize(
    ("answer", "sha256", "said"),
    [
        (good(DATA + b"!"), SHA, r"not the file expected.*to take what .*/latest/my.obo gives now, unchecked: .* fetch MY --latest"),
        (status(404), SHA, r"answered 404.*by hand: download it from https://my.org and run: omics-standards ontologies add FILE"),
        (cut(1000), "", "bytes are kept"),
        (good(b"<html>sorry</html>"), "", r"holds no terms|cannot be read"),
        (good(b"[Term]\nid: OTHER:1\nname: x\n"), "", r"has no ids MY:"),
    ],
)
def test_a_download_that_fails_leaves_the_old_bundle(answer: Answer, sha256: str, said: str, server: Server, tmp_path: Path) -> None:
    target = tmp_path / "b.sqlite"
    server.answers = [good()]
    fetch_ontology("MY", target=target, manifest=manifest(server), limits=QUICK)
    before = target.read_bytes()
    server.answers = [answer]
    with pytest.raises(TermIndexError, match=said):
        fetch_ontology("MY", target=target, manifest=manifest(server, sha256), limits=QUICK)
    assert target.read_bytes() == before


def test_an_ontology_that_is_not_in_the_manifest_is_named(server: Server, tmp_path: Path) -> None:
    with pytest.raises(TermIndexError, match="the manifest has no ontology NONE; it has MY; for others"):
        fetch_ontology("NONE", target=tmp_path / "b.sqlite", manifest=manifest(server))
