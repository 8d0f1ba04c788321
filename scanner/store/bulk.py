"""Many rows at once, past the work per row of the ORM and of Core's parameter dictionaries."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from scanner.store.tables import Table


def insert_rows(
    connection: Connection,
    table: type[Table],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    known_may_stay: bool = False,
) -> None:
    """Insert rows whose values stand in the order of `columns`.

    With `known_may_stay` a row whose key is there already is left as it is.
    """
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(quote(name) for name in columns)
    marks = ", ".join(mark for _ in columns)
    conflict = " ON CONFLICT DO NOTHING" if known_may_stay else ""
    connection.exec_driver_sql(
        f"INSERT INTO {quote(table.__tablename__)} ({names}) VALUES ({marks}){conflict}",  # noqa: S608 - our own names
        _for_driver(connection, table, columns, rows),
    )


def _for_driver(
    connection: Connection,
    table: type[Table],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> list[tuple[Any, ...]]:
    """The rows with each column's values as the driver wants them, column by column."""
    values: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, name in enumerate(columns):
        kind = table.__table__.c[name].type.dialect_impl(connection.dialect)
        convert = kind.bind_processor(connection.dialect)
        if convert is not None:
            values[place] = map(convert, values[place])
    return list(zip(*values, strict=True))
