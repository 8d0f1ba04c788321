"""Many rows at once: few by INSERT, many by COPY where there is one; what is known stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from scanner.core.composition import MassGap
from scanner.store import lines, parts, profiles
from scanner.store.copying import WORTH_IT

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
BASIS = profiles.Basis("r" * 64, "", "0.1.0", 0)
FEW, MANY = 3, WORTH_IT + 1


def wordings(count):
    return [
        parts.NewWording(f"own:{n // 2}", n, "f" * 64, f'{{"number":"µ{n}"}}'.encode())
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [FEW, MANY])
def test_every_kind_of_value_comes_back(database, fill_company, count):
    with database.writing() as connection:
        it = fill_company(connection)
        lines.remove(it.company_id, connection, it.version_id)
        (which,) = parts.ensure(it.company_id, connection, wordings(1), at=AT)
        parts.remember(it.company_id, connection, BASIS, [(which, b"\x00{}")])
        full = (
            which.part_id, which.wording, "Blatt 'µ'", 7, "1\t2\\N\n", 0, 2, Decimal("4.00"),
            "pcs", '["R1"]', True, "id", False, 0.1, None,
        )  # fmt: skip
        bare = (which.part_id, which.wording, None, 7, *[None] * 6, False, None, True, None)
        rows = [(n, *full) if n % 2 else (n, *bare, MassGap.NO_QUANTITY) for n in range(count)]
        lines.add(it.company_id, connection, it.version_id, rows)
    with database.reading() as connection:
        page = lines.page(
            it.company_id, connection, it.version_id, basis=BASIS, after=-1, limit=count + 1
        )
    names = ("line_index", *lines.COLUMNS[1:])
    assert [tuple(getattr(row, name) for name in names) for row in page] == rows
    assert {row.body for row in page} == {b"\x00{}"}


@pytest.mark.parametrize("count", [FEW, MANY])
def test_what_is_known_stays_as_it_is(database, fill_company, count):
    with database.writing() as connection:
        mine = fill_company(connection).company_id
        first = parts.ensure(mine, connection, wordings(count), at=AT)
        parts.remember(mine, connection, BASIS, [(one, b"first") for one in first])
    with database.writing() as connection:
        again = parts.ensure(mine, connection, wordings(2 * count), at=AT)
        parts.remember(mine, connection, BASIS, [(one, b"second") for one in again])
    assert again[:count] == first
    with database.reading() as connection:
        found = connection.exec_driver_sql("select body, count(*) from recognition group by body")
        assert dict(map(tuple, found)) == {b"{}": 1, b"first": count, b"second": count}


@pytest.mark.parametrize("count", [FEW, MANY])
def test_two_who_add_the_same_in_opposite_order_both_succeed(database, fill_company, count):
    with database.writing() as connection:
        mine = fill_company(connection).company_id

    def add(new):
        with database.writing() as connection:
            return parts.ensure(mine, connection, new, at=AT)

    for start in range(5):
        new = wordings((start + 1) * count)
        with ThreadPoolExecutor(2) as pool:
            there, back = pool.map(add, (new, new[::-1]))
        assert there == back[::-1]
