"""Rows by PostgreSQL's COPY, which takes them as fast as the server can write."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from scanner.store.tables import Table

WORTH_IT = 500
"""Rows from which on COPY is faster than as many inserts, which need no preparation."""


def pays(connection: Connection, rows: Sequence[object]) -> bool:
    """Whether the driver knows COPY, and there are rows enough for it."""
    return connection.dialect.driver == "psycopg" and len(rows) >= WORTH_IT


def copy_rows(
    connection: Connection,
    table: type[Table],
    names: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    *,
    known_may_stay: bool,
) -> None:
    """Insert rows, ready for the driver, whose values stand in the order of the columns `names`.

    With `known_may_stay` a row whose key is there already is left as it is. COPY itself cannot do
    that, so the rows go through a table that ends with the transaction. They are inserted in the
    order of their values: two transactions that add the same rows then wait for each other at the
    first of them, and never in a circle.
    """
    quote = connection.dialect.identifier_preparer.quote
    target = quote(table.__tablename__)
    columns = ", ".join(map(quote, names))
    connection.exec_driver_sql("DISCARD PLANS")  # made when tables were small, foreign keys' too
    if not known_may_stay:
        _copy(connection, table, target, names, rows)
        return
    new = quote(f"new_{table.__tablename__}")
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {new} ON COMMIT DROP AS SELECT {columns} FROM {target} LIMIT 0"  # noqa: S608 - our own names
    )
    _copy(connection, table, new, names, rows)
    order = ", ".join(quote(key.name) for key in table.__table__.primary_key)
    connection.exec_driver_sql(
        f"INSERT INTO {target} ({columns})"  # noqa: S608 - our own names
        f" SELECT {columns} FROM {new} ORDER BY {order} ON CONFLICT DO NOTHING"
    )
    connection.exec_driver_sql(f"DROP TABLE {new}")


def _copy(
    connection: Connection,
    table: type[Table],
    target: str,
    names: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    columns = ", ".join(map(connection.dialect.identifier_preparer.quote, names))
    kinds = [table.__table__.c[name].type.compile(connection.dialect).lower() for name in names]
    driver: Any = connection.connection.driver_connection
    command = f"COPY {target} ({columns}) FROM STDIN (FORMAT BINARY)"
    with driver.cursor() as cursor, cursor.copy(command) as copy:
        copy.set_types(kinds)
        for row in rows:
            copy.write_row(row)
