"""Connections to both databases: broken ones are replaced, writers wait for each other."""

import subprocess
import sys
import threading

import pytest
from sqlalchemy import text

from scanner.core.errors import StorageUnavailable
from scanner.store import Database, engines

HOLD = """
import sqlite3, sys, time
with sqlite3.connect(sys.argv[1], isolation_level=None) as database:
    database.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.read()
    database.execute("COMMIT")
"""


@pytest.fixture
def opened():
    """Open a database by its address; it is closed in the end."""
    databases = []

    def of(address, **options):
        databases.append(Database(address, **options))
        return databases[-1]

    yield of
    for database in databases:
        database.close()


@pytest.fixture
def file(tmp_path, opened):
    """An SQLite file."""
    path = tmp_path / "data.sqlite3"
    with opened(f"sqlite:///{path}").writing() as connection:
        connection.execute(text("CREATE TABLE a (b)"))
    return path


@pytest.fixture
def holder(file):
    """Another process that holds the write lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process


def test_a_writer_gets_its_turn_when_the_other_process_ends_its_own(file, holder, opened):
    threading.Timer(0.3, holder.stdin.close).start()
    with opened(f"sqlite:///{file}").writing() as connection:
        assert holder.stdin.closed
        connection.execute(text("INSERT INTO a VALUES (1)"))


def test_who_waited_too_long_for_its_turn_is_told(file, holder, opened):
    impatient = opened(f"sqlite:///{file}", busy_timeout=0.05)
    with pytest.raises(StorageUnavailable), impatient.writing():
        pass
    with impatient.reading() as connection:  # readers need no turn
        assert not connection.execute(text("SELECT b FROM a")).all()
    holder.stdin.close()


@pytest.mark.parametrize("fresh_seconds", [0.0, 3600.0], ids=["asked", "looked-at"])
def test_a_connection_that_the_server_closed_is_replaced(
    empty_postgresql, opened, monkeypatch, fresh_seconds
):
    monkeypatch.setattr(engines, "FRESH_SECONDS", fresh_seconds)
    database, other = opened(empty_postgresql), opened(empty_postgresql)

    def server_process():
        with database.reading() as connection:
            return connection.execute(text("SELECT pg_backend_pid()")).scalar_one()

    first = server_process()
    assert server_process() == first
    with other.writing() as connection:
        end = text("SELECT pg_terminate_backend(:pid, 5000)")
        assert connection.execute(end, {"pid": first}).scalar_one()
    assert server_process() != first
