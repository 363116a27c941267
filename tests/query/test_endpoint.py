"""Sending to a server that is slow to agree: batches, retries, credentials, and what is said when it refuses."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph
import pytest

from omics_standards.errors import UsageError
from omics_standards.query.endpoint import EndpointError, Sent, send
from omics_standards.query.folders import opened
from omics_standards.sparql import Source
from query.cases import BASE, TURTLE, write

GRAPH = "https://example.org/g?a=1&b=2"


class Server:
    """A graph store that answers as it is told to, then as it should."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.seen: list[tuple[str, str, str | None]] = []
        self.graphs: dict[str, set[str]] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def _take(self) -> None:
                from urllib.parse import parse_qs, urlsplit

                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
                outer.seen.append((self.command, self.path, self.headers["Authorization"]))
                assert self.headers["Content-Type"] == "application/n-triples"
                status, headers = outer.answers.pop(0) if outer.answers else (204, {})
                if status == 0:  # gone in the middle
                    self.close_connection = True
                    return
                if status < 300:
                    name = asked["graph"][0] if "graph" in asked else "default"
                    lines = {str(q.triple) for q in pyoxigraph.parse(body, pyoxigraph.RdfFormat.N_TRIPLES)}
                    kept = set() if self.command == "PUT" else outer.graphs.get(name, set())
                    outer.graphs[name] = kept | lines
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_PUT = do_POST = _take  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/data"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[list[Source]]:
    with opened([write(tmp_path / "small")]) as made:
        yield made


EXPECTED = {str(q.triple) for q in pyoxigraph.parse(TURTLE, pyoxigraph.RdfFormat.TURTLE)}


def test_all_statements_arrive_in_batches_though_the_server_fails_at_first(server: Server, sources: list[Source]) -> None:
    server.answers = [(503, {}), (429, {"Retry-After": "7"}), (0, {}), (204, {}), (500, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})]
    pauses: list[float] = []
    told: list[str] = []
    sent = send(sources, server.url, GRAPH, batch=50, environment={}, wait=pauses.append, tell=told.append)
    assert server.graphs == {GRAPH: EXPECTED}
    assert sent == Sent(len(EXPECTED), -(-len(EXPECTED) // 50), 4)
    assert pauses == [1.0, 7.0, 4.0, 0.1]
    assert {method for method, _, _ in server.seen} == {"POST"}
    assert told[-1] == f"{len(EXPECTED)} statements sent"
    assert "HTTP 503 Service Unavailable; trying again in 1 s" in told


def test_adding_adds_and_replacing_replaces(server: Server, sources: list[Source]) -> None:
    server.graphs[GRAPH] = {"<a:b> <c:d> <e:f>"}
    send(sources, server.url, GRAPH, batch=60, environment={})
    assert server.graphs[GRAPH] == EXPECTED | {"<a:b> <c:d> <e:f>"}
    send(sources, server.url, GRAPH, batch=60, environment={}, replace=True)
    assert server.graphs[GRAPH] == EXPECTED
    half = len(server.seen) // 2
    assert [method for method, _, _ in server.seen] == ["POST"] * half + ["PUT"] + ["POST"] * (half - 1)


def test_replacing_by_nothing_empties(server: Server, tmp_path: Path) -> None:
    (tmp_path / "empty.nt").write_text("")
    server.graphs["default"] = {"x"}
    assert send([Source(tmp_path / "empty.nt", "nt")], server.url, "default", environment={}, replace=True) == Sent(0, 1, 0)
    assert server.graphs["default"] == set()
    assert server.seen[0][1].endswith("?default")


def test_patience_ends(server: Server, sources: list[Source]) -> None:
    server.answers = [(204, {})] + [(502, {})] * 3
    pauses: list[float] = []
    with pytest.raises(EndpointError, match=r"did not answer as it should, 3 times: HTTP 502 Bad Gateway; 50 statements had been sent"):
        send(sources, server.url, GRAPH, batch=50, attempts=3, environment={}, wait=pauses.append)
    assert pauses == [1.0, 2.0]


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (401, {}, "refused: HTTP 401 .*OMICS_STANDARDS_ENDPOINT_TOKEN"),
        (404, {}, "refused: HTTP 404 .*address should be that of the graph store"),
        (400, {}, "refused: HTTP 400 Bad Request; 0 statements had been sent"),
        (302, {"Location": "http://127.0.0.1:9/elsewhere"}, "sends on to http://127.0.0.1:9/elsewhere"),
        (307, {"Location": "http://127.0.0.1:9/elsewhere"}, "sends on to http://127.0.0.1:9/elsewhere"),
    ],
)
def test_a_refusal_is_not_tried_again(server: Server, sources: list[Source], status: int, headers: dict[str, str], said: str) -> None:
    server.answers = [(status, headers)]
    with pytest.raises(EndpointError, match=said):
        send(sources, server.url, GRAPH, environment={})
    assert len(server.seen) == 1


def test_nobody_at_home(sources: list[Source]) -> None:
    with pytest.raises(EndpointError, match=r"2 times: .*refused"):
        send(sources, "http://127.0.0.1:1/", GRAPH, attempts=2, environment={}, wait=lambda _: None)


def test_credentials_come_from_the_environment_or_a_netrc_file(server: Server, sources: list[Source], tmp_path: Path) -> None:
    name = "OMICS_STANDARDS_ENDPOINT_"
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password geheim\n")
    netrc.chmod(0o600)
    for environment in (
        {name + "TOKEN": "abc"},
        {name + "USER": "me", name + "PASSWORD": "pässword"},
        {"NETRC": str(netrc)},
        {"NETRC": str(tmp_path / "no")},
    ):
        send(sources, server.url, GRAPH, environment=environment)
    basic = lambda text: "Basic " + base64.b64encode(text.encode()).decode()  # noqa: E731
    assert [seen[2] for seen in server.seen] == ["Bearer abc", basic("me:pässword"), basic("me:geheim"), None]


def test_a_password_in_the_address_is_refused_and_not_repeated(sources: list[Source]) -> None:
    with pytest.raises(UsageError) as caught:
        send(sources, "https://me:secret@example.org/", GRAPH, environment={})
    assert "secret" not in str(caught.value)


def test_credentials_without_encryption_are_said(sources: list[Source]) -> None:
    told: list[str] = []
    with pytest.raises((EndpointError, AssertionError)):
        send(sources, "http://192.0.2.1/", GRAPH, attempts=1, environment={"OMICS_STANDARDS_ENDPOINT_TOKEN": "x"}, tell=told.append)
    assert told == ["the credentials for 192.0.2.1 are sent without encryption (http)"]


def test_the_command_sends_each_folder_into_the_graph_of_its_base(server: Server, tmp_path: Path) -> None:
    from query.test_query_command import run

    done = run(write(tmp_path / "small"), "--endpoint", server.url)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert server.graphs == {BASE: EXPECTED}
    assert f"{len(EXPECTED)} statements sent to graph {BASE} in 1 requests" in done.stderr
    run(tmp_path / "small", "--endpoint", server.url, "--graph", "default")
    assert server.graphs["default"] == EXPECTED
