"""Many rows at once, past the work per row of the ORM and of Core's parameter dictionaries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection

from scanner.store.copying import copy_rows, pays
from scanner.store.tables import Table
from scanner.store.types import all_storable, storable


def insert_rows(
    connection: Connection,
    table: type[Table],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    same: Mapping[str, Any],
    known_may_stay: bool = False,
) -> None:
    """Insert rows whose values stand in the order of `columns`, and `same` in every row.

    With `known_may_stay` a row whose key is there already is left as it is.
    """
    if not rows:
        return
    names = (*same, *columns)
    ready = _for_driver(connection, table, columns, rows, same=same)
    if pays(connection, ready):
        copy_rows(connection, table, names, ready, known_may_stay=known_may_stay)
        return
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join([mark] * len(names))
    if known_may_stay and mark == "%s":
        ready.sort()  # two who add the same rows wait at the first of them, and never in a circle
    conflict = " ON CONFLICT DO NOTHING" if known_may_stay else ""
    connection.exec_driver_sql(
        f"INSERT INTO {quote(table.__tablename__)} ({', '.join(map(quote, names))})"  # noqa: S608 - our own names
        f" VALUES ({marks}){conflict}",
        ready,
    )


def update_rows(
    connection: Connection,
    table: type[Table],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    where: Sequence[str],
) -> None:
    """Update rows: values in the order of `columns`, then those of the columns `where` it is."""
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    changes = ", ".join(f"{quote(name)} = {mark}" for name in columns)
    which = " AND ".join(f"{quote(name)} = {mark}" for name in where)
    connection.exec_driver_sql(
        f"UPDATE {quote(table.__tablename__)} SET {changes} WHERE {which}",  # noqa: S608 - our own names
        _for_driver(connection, table, (*columns, *where), rows, same={}),
    )


def _for_driver(
    connection: Connection,
    table: type[Table],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    same: Mapping[str, Any],
) -> list[tuple[Any, ...]]:
    """The rows with all values as the driver wants them.

    It goes column by column, so that only columns whose type needs a conversion pay for it.
    """

    def processor(name: str) -> Callable[[Any], Any] | None:
        kind = table.__table__.c[name].type.dialect_impl(connection.dialect)
        return kind.bind_processor(connection.dialect)

    values: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, name in enumerate(columns):
        convert = processor(name)
        if convert is storable and all_storable(values[place]):
            continue
        if convert is not None:
            values[place] = map(convert, values[place])
    fixed = [
        value if (convert := processor(name)) is None else convert(value)
        for name, value in same.items()
    ]
    return list(zip(*(repeat(value, len(rows)) for value in fixed), *values, strict=True))
