"""Shared fixtures, and a harness that forbids surprises."""

import os
import shutil
import socket
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

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


def _lets_us_in(address):
    import psycopg

    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _has_binaries():
    return shutil.which("pg_ctl") or any(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


@pytest.fixture(scope="session")
def postgresql_server(request):
    """Address of a PostgreSQL server on which databases may be made.

    It is the one of SCANNER_TEST_POSTGRESQL, or one that is started from installed binaries, or,
    because those refuse to run as root, one that runs here and asks for no password.
    """
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    given = os.environ.get("SCANNER_TEST_POSTGRESQL")
    if given:
        return given.rstrip("/")
    if _has_binaries() and os.geteuid() != 0:
        pytest.importorskip("pytest_postgresql")
        server = request.getfixturevalue("postgresql_proc")
        return f"postgresql://{server.user}@{server.host}:{server.port}"
    local = "postgresql://127.0.0.1:5432"
    if not _lets_us_in(f"{local}/postgres"):
        pytest.skip("there is no PostgreSQL: neither binaries to start one, nor one that runs")
    return local


@pytest.fixture
def empty_postgresql(postgresql_server):
    """Address of a new PostgreSQL database with nothing in it."""
    with _new_postgresql(postgresql_server) as address:
        yield address


@pytest.fixture
def another_postgresql(postgresql_server):
    """Address of one more new PostgreSQL database."""
    with _new_postgresql(postgresql_server) as address:
        yield address


@pytest.fixture(scope="session")
def shared_postgresql(postgresql_server, tmp_path_factory):
    """Address of a migrated PostgreSQL database that tests clear and use one after the other."""
    from scanner.settings import Settings
    from scanner.store.migrate import upgrade

    with _new_postgresql(postgresql_server) as address:
        upgrade(Settings(data=tmp_path_factory.mktemp("postgresql"), database_url=address))
        yield address


@contextmanager
def _new_postgresql(server):
    import psycopg

    name = f"rms_test_{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield f"{server}/{name}"
        connection.execute(f"drop database {name} with (force)")


def _clear(address):
    """Remove all rows but those that the migrations made, and whoever is still connected."""
    import psycopg

    from scanner.store.tables import Table

    tables = [f'"{table.name}"' for table in reversed(Table.metadata.sorted_tables)]
    tables += ["procrastinate_jobs", "procrastinate_workers"]
    with psycopg.connect(address) as connection:
        connection.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        for table in tables:
            connection.execute(f"delete from {table}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """What SCANNER_DATABASE_URL says: the test runs on either database, with tables or without."""
    if request.param == "sqlite":
        return ""
    address = request.getfixturevalue("shared_postgresql")
    _clear(address)
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request):
    """The same for tests that change the tables: PostgreSQL has none yet, as SQLite."""
    return "" if request.param == "sqlite" else request.getfixturevalue("empty_postgresql")
