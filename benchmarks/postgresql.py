"""PostgreSQL's part of the benchmarks: a database of their own, and what is least there."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

LOCAL = "postgresql://127.0.0.1:5432"
NOBODY_IN = "is not measured on PostgreSQL: no server lets us in"


@contextmanager
def new_database() -> Iterator[str]:
    """The address of a new database, gone afterwards; empty where no server lets us in."""
    server = os.environ.get("SCANNER_TEST_POSTGRESQL", LOCAL).rstrip("/")
    try:
        import psycopg  # noqa: PLC0415 - not everybody has it

        connection = psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=2)
    except (ImportError, psycopg.OperationalError):
        yield ""
        return
    name = f"rms_bench_{uuid4().hex[:12]}"
    with connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def analyse(address: str) -> None:
    """Have the server count its rows, as its own caretaker does within a minute.

    Some machines that measure run none, and plans made for empty tables read whole companies.
    """
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ANALYZE")


def copy_rows(address: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Rows of eleven values by COPY into one table with two indexes, in one transaction."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(
            "CREATE TABLE bare (c0 integer, c1 integer, c2 text, c3 integer, c4 integer,"
            " c5 integer, c6 text, c7 text, c8 text, c9 text, c10 text)"
        )
        cursor.execute("CREATE INDEX ON bare (c0, c1)")
        cursor.execute("CREATE INDEX ON bare (c2)")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def read_rows(address: str) -> int:
    """All those rows as tuples; their number."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

    with psycopg.connect(address) as connection:
        return len(connection.execute("SELECT * FROM bare ORDER BY c0, c1").fetchall())
