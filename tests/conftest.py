"""Shared fixtures, and a harness that forbids surprises."""

import os
import socket

import pytest

LOOPBACK = ("127.", "localhost", "::1")


@pytest.fixture(autouse=True)
def no_sockets_beyond_loopback(monkeypatch):
    """Fail a test that tries to reach another machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn skips into failures where the gate forbids them."""
    outcome = yield
    report = outcome.get_result()
    if (
        report.skipped
        and os.environ.get("SCANNER_TEST_NO_SKIPS")
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped where skips are forbidden: {report.longrepr}"


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory):
    """The newest knowledge release, loaded once."""
    from scanner.knowledge import load

    return load(cache=tmp_path_factory.mktemp("knowledge-cache"))


@pytest.fixture(scope="session")
def engine(knowledge):
    """The engine on the newest release."""
    from scanner.pipeline import Engine

    return Engine.of(knowledge)
