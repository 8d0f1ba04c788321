from dataclasses import replace
from decimal import Decimal

import orjson
import pytest

from scanner.core.errors import InvalidInput, NotFound, UnreadableBom
from scanner.services import analyses, countries, health, materials, releases
from scanner.store import Database

RECORDS = [
    {"id": "b", "part_number": "P-2", "description": "Shaft", "material": "1.4462", "quantity": 2},
    {"id": "a", "part_number": "P-1", "description": "Magnet NdFeB N42SH", "quantity": "4.5"},
]


@pytest.mark.parametrize("room", [materials, countries])
def test_lists_are_complete_in_pages_of_any_size(ctx, room):
    whole = room.list_page(ctx, limit=1000)
    assert (whole.next, whole.total) == (None, len(whole.items))
    seen, cursor = [], None
    while True:
        page = room.list_page(ctx, cursor=cursor, limit=7)
        seen += page.items
        if (cursor := page.next) is None:
            break
    assert tuple(seen) == whole.items


def test_single_things_are_found_by_their_codes(ctx):
    assert materials.get(ctx, "tungsten").material.symbol == "W"
    assert countries.get(ctx, "nld").alpha2 == "NL"
    current = releases.current(ctx)
    assert releases.get(ctx, current.id) == current
    assert current in releases.list_all(ctx)
    for look in (
        lambda: materials.get(ctx, "unobtainium"),
        lambda: countries.get(ctx, "XXX"),
        lambda: releases.get(ctx, "1999.1"),
    ):
        with pytest.raises(NotFound):
            look()


def test_an_analysis_answers_in_the_callers_order_and_stores_nothing(ctx, counts):
    before = counts()
    answer = analyses.analyse(ctx, RECORDS, annual_units=Decimal(10))
    assert [line["ref"] for line in answer.lines] == ["b", "a"]
    assert [line["quantity"] for line in answer.lines] == ["2", "4.5"]
    profile = orjson.loads(answer.profile)
    assert profile["options"]["annual_units"] == "10"
    assert profile["coverage"]["lines"] == 2
    assert counts() == before
    again = analyses.analyse(ctx, [dict(reversed(line.items())) for line in RECORDS],
                             annual_units=Decimal(10))  # fmt: skip
    assert again == answer


def test_an_analysis_of_nothing_is_refused(ctx):
    with pytest.raises(UnreadableBom):
        analyses.analyse(ctx, [])
    with pytest.raises(InvalidInput):
        analyses.analyse(ctx, RECORDS, annual_units=Decimal(-1))


def test_health_tells_a_missing_migration_from_a_missing_database(ctx, tmp_path):
    assert health.trouble(ctx) is None
    with ctx.database.writing() as connection:
        current = connection.exec_driver_sql("select * from alembic_version").scalar_one()
        connection.exec_driver_sql("update alembic_version set version_num = 'older'")
    assert health.trouble(ctx) == "database-not-current"
    with ctx.database.writing() as connection:
        connection.exec_driver_sql(f"update alembic_version set version_num = '{current}'")
    nowhere = {"sqlite": f"sqlite:///{tmp_path}", "postgresql": "postgresql://127.0.0.1:1/none"}
    gone = replace(ctx, database=Database(nowhere[ctx.database.backend]))
    assert health.trouble(gone) == "database-unavailable"
