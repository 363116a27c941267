"""What all tests share: no network, no user cache, a tiny ontology bundle, hypothesis profiles."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests"))

_QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("explore", max_examples=500, deadline=None, suppress_health_check=_QUIET)
settings.register_profile("ci", max_examples=150, deadline=None, derandomize=True, suppress_health_check=_QUIET)
# The same examples each time, so that a run says something of the change at hand; EXPLORE=1 looks for new ones.
settings.load_profile("explore" if os.environ.get("EXPLORE") else "ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expectations of the golden cases")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that asks the network for something other than this machine fails."""
    real = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> object:
        host = address[0] if isinstance(address, tuple) else address
        if self.family != socket.AF_UNIX and host not in ("127.0.0.1", "localhost", "::1"):
            raise AssertionError(f"a test asked for {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of a few dozen terms."""
    from terms.tiny import build_tiny_bundle

    path = tmp_path_factory.mktemp("bundle") / "tiny.sqlite"
    build_tiny_bundle(path)
    return path


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests never see the ontology bundle and the decisions of the person who runs them."""
    monkeypatch.setenv("OMICS_STANDARDS_DECISIONS", "")
    monkeypatch.setenv("OMICS_STANDARDS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("OMICS_STANDARDS_BUNDLE", str(tmp_path_factory.getbasetemp() / "no-bundle.sqlite"))
