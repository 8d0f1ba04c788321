"""Many rows at once: few by INSERT, many by COPY where there is one; what is known stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from scanner.store import lines, parts, profiles, version_parts
from scanner.store.copying import WORTH_IT

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
BASIS = profiles.Basis("r" * 64, "", "0.1.0", 0)
SUMMARY = parts.Summary("recognised", 0.1, "µ1", " nickel ", None, 2.5)
FEW, MANY = 3, WORTH_IT + 1


def wordings(count):
    return [
        parts.NewWording(f"own:{n // 2}", n, "f" * 64, f'{{"number":"µ{n}"}}'.encode(), SUMMARY)
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [FEW, MANY])
def test_every_kind_of_value_comes_back(database, fill_company, count):
    full, bare = (7, "Blatt 'µ' 1\t2\\N\n", b"\x00{}"), (7, None, b"")
    rows = [(n, *(full if n % 2 else bare)) for n in range(count)]
    rows.append((count, None, "NUL \0", b"{}"))
    with database.writing() as connection:
        it = fill_company(connection)
        lines.remove(it.company_id, connection, it.version_id)
        lines.add_problems(it.company_id, connection, it.version_id, rows)
    with database.reading() as connection:
        at_seven = lines.problems_at(it.company_id, connection, it.version_id, [7])
        rest = connection.exec_driver_sql('select sheet from line_problem where "row" is null')
        assert rest.scalars().all() == ["NUL \ufffd"]
    assert [tuple(row) for row in at_seven] == [row[1:] for row in rows[:-1]]


@pytest.mark.parametrize("count", [FEW, MANY])
def test_what_the_parts_of_a_version_are_is_found_by_number(database, fill_company, count):
    with database.writing() as connection:
        it = fill_company(connection)
        ids = parts.ensure(it.company_id, connection, wordings(count), at=AT)
        parts.remember(it.company_id, connection, BASIS, [(one, 0, b"{}") for one in ids])
        version_parts.add(it.company_id, connection, it.version_id, ids, first=1)
    mine = (it.company_id, it.version_id)
    with database.reading() as connection:
        found = version_parts.described(
            mine[0], connection, mine[1], basis=BASIS, numbers={0, 2, count}
        )
        every = version_parts.recognitions(mine[0], connection, mine[1], basis=BASIS)
        assert sorted(one.number for one in every) == list(range(count + 1))
    told = {(one.number, one.key, one.fields) for one in found}
    last = wordings(count)[-1]
    assert (count, last.key, last.fields) in told
    assert {number for number, _, _ in told} == {0, 2, count}


def test_only_the_blocks_of_the_wanted_lines_are_read(database, fill_company):
    blocks = [lines.Block(first, bytes([first]), b"a") for first in (0, 3, 4, 9)]
    with database.writing() as connection:
        it = fill_company(connection)
        lines.remove(it.company_id, connection, it.version_id)
        lines.add(it.company_id, connection, it.version_id, blocks)

    def firsts(start, stop):
        found = lines.blocks(it.company_id, connection, it.version_id, start=start, stop=stop)
        return [block.first for block in found]

    with database.reading() as connection:
        assert firsts(0, 3) == [0]
        assert firsts(2, 4) == [0, 3]
        assert firsts(5, 9) == [4]
        assert firsts(8, 100) == [4, 9]
        assert list(lines.blocks(
            it.company_id, connection, it.version_id, start=0, stop=10
        )) == blocks  # fmt: skip


@pytest.mark.parametrize("count", [FEW, MANY])
def test_what_is_known_stays_as_it_is(database, fill_company, count):
    with database.writing() as connection:
        mine = fill_company(connection).company_id
        first = parts.ensure(mine, connection, wordings(count), at=AT)
        parts.remember(mine, connection, BASIS, [(one, 0, b"first") for one in first])
    with database.writing() as connection:
        again = parts.ensure(mine, connection, wordings(2 * count), at=AT)
        parts.remember(mine, connection, BASIS, [(one, 0, b"second") for one in again])
    assert again[:count] == first
    with database.reading() as connection:
        found = connection.exec_driver_sql("select body, count(*) from recognition group by body")
        counted = dict(map(tuple, found))
    assert counted.pop(b"first") == counted.pop(b"second") == count
    assert list(counted.values()) == [1]


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
