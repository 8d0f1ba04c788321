import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from scanner.core.bom import Line, Part
from scanner.core.composition import Composition, MassGap
from scanner.core.errors import InvalidInput
from scanner.core.evidence import Recognition, RecognitionState
from scanner.core.scan import LineAmount, ScannedPart
from scanner.services.line_blocks import LineBlock, pack_amounts, pack_lines
from scanner.store import Database, lines, parts, version_parts
from scanner.store.engines import SQLITE
from scanner.store.migrate import configuration, downgrade, is_current, prepare, upgrade
from scanner.store.tables import Table

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
SUMMARY = parts.Summary("unrecognised", 1.0, "1", "", None, None)
PART = ScannedPart("own:1", "f", Part(), Recognition(RecognitionState.UNRECOGNISED), Composition())


@pytest.fixture
def database_url(empty_database_url):
    return empty_database_url


def test_up_down_up_keeps_the_data_that_has_a_table(settings, database, fill_company):
    with database.writing() as connection:
        fill_company(connection)
    before = contents(database)
    steps = [
        step.revision for step in ScriptDirectory.from_config(configuration()).walk_revisions()
    ]
    for revision in steps[1:]:
        downgrade(settings, revision)
    kept = contents(database)
    assert kept == {name: before[name] for name in kept}
    assert {"company.name", "line_problem.body", "profile.body"} <= set(kept)
    upgrade(settings)
    after = contents(database)
    assert after.keys() == before.keys()
    assert {name: after[name] for name in kept} == kept
    assert after["login.email"] == before["login.email"]
    downgrade(settings, "base")
    upgrade(settings)
    assert not any(contents(database).values())


def contents(database):
    """The values of every column that is there, in the order of the rows' keys."""
    found = {}
    with database.reading() as connection:
        there = inspect(connection)
        for table in Table.metadata.sorted_tables:
            if table.name in there.get_table_names():
                names = {column["name"] for column in there.get_columns(table.name)}
                for column in (one for one in table.c if one.name in names):
                    ordered = select(column).order_by(*table.primary_key)
                    found[str(column)] = connection.execute(ordered).scalars().all()
    return found


def test_lines_go_into_blocks_and_back(settings, database, fill_company):
    given = [
        Line(
            n, n + 2, Part(), None if n % 7 == 0 else Decimal(f"{n}.50"), "m" if n % 2 else None,
            "Blatt µ", f"{n}", n - 1 if n else None, 1, ("R1", "R2") if n % 3 else (), n % 5 > 0,
        )
        for n in range(1_203)
    ]  # fmt: skip
    amounts = [
        LineAmount(None, MassGap.NO_QUANTITY, False)
        if n % 7 == 0
        else LineAmount(n / 3, None, True)
        for n in range(1_203)
    ]
    numbers = [n % 2 for n in range(1_203)]
    with database.writing() as connection:
        fill_company(connection)
        it = fill_company(connection)
        mine = (it.company_id, connection, it.version_id)
        lines.remove(*mine)
        wordings = [parts.NewWording("own:1", n, "f" * 64, b"{}", SUMMARY) for n in (8, 9)]
        ids = parts.ensure(it.company_id, connection, wordings, at=AT)
        version_parts.add(*mine, ids, first=0)
        for start, stop in ((0, 200), (200, 1_203)):
            body = pack_lines(given[start:stop], numbers[start:stop])
            lines.add(*mine, [lines.Block(start, body, pack_amounts(amounts[start:stop]))])

    def stored():
        with database.reading() as connection:
            mine = (it.company_id, connection, it.version_id)
            blocks = map(LineBlock.of, lines.blocks(*mine, start=0, stop=len(given)))
            return [
                (block.number(n), block.line(n, PART)) for block in blocks for n in block.indexes
            ]

    before = stored()
    assert [(one.line, amount) for _, (one, amount) in before] == list(
        zip(given, amounts, strict=True)
    )
    downgrade(settings, "0011")
    with database.reading() as connection:
        rows = connection.exec_driver_sql(
            "select wording, parent, quantity, unit, designators, fitted, amount, amount_gap"
            ' from line order by company_id, "index"'
        ).all()
    assert len(rows) == 1 + len(given)
    assert tuple(rows[3]) == (8, 1, "2.50", None, '["R1","R2"]', True, 2 / 3, None)
    assert tuple(rows[8]) == (9, 6, None, "m", '["R1","R2"]', True, None, "no_quantity")
    upgrade(settings)
    assert stored() == before


def test_up_down_up_leaves_what_the_code_describes(settings):
    upgrade(settings)
    downgrade(settings, "base")
    database = Database.of(settings)
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    if database.backend != SQLITE:
        with database.reading() as connection:
            left = "select count(*) from pg_proc where proname like 'procrastinate%%'"
            assert connection.exec_driver_sql(left).scalar_one() == 0
    upgrade(settings)
    with database.migrating() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.check(config)  # raises when the tables differ from the code
    names = set(inspect(database.engine).get_table_names())
    ours = {name for name in names if not name.startswith("procrastinate_")}
    assert ours == {"alembic_version", *Table.metadata.tables}
    assert ("procrastinate_jobs" in names) == (database.backend != SQLITE)
    database.close()


def test_the_database_knows_whether_it_is_current(settings):
    database = Database.of(settings)
    assert not is_current(database)
    upgrade(settings)
    assert is_current(database)
    database.close()


def test_data_survives_an_upgrade_that_has_nothing_to_do(settings, database, fill_company):
    with database.writing() as connection:
        fill_company(connection)
    upgrade(settings)
    with database.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from line_block").scalar_one() == 1


def test_processes_that_start_together_migrate_once(settings):
    call = "from scanner.settings import Settings; from scanner.store.migrate import upgrade; "
    start = [sys.executable, "-c", call + "upgrade(Settings.from_environment())"]

    def run(number):
        """Two machines, each with a data folder of its own, share a PostgreSQL database."""
        shared = number % 2 if settings.database_url else 0
        environment = {
            "SCANNER_DATA": str(settings.data / str(shared)),
            "SCANNER_DATABASE_URL": settings.database_url,
            "PYTHONPATH": str(ROOT),
        }
        return subprocess.run(start, env=environment, cwd=ROOT, capture_output=True, check=False)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run, range(4)))
    assert [(one.returncode, one.stderr) for one in done] == [(0, b"")] * 4


def test_a_migration_may_not_leave_rows_without_owner(database, fill_company):
    with database.writing() as connection:
        fill_company(connection)
    with (
        pytest.raises((RuntimeError, IntegrityError), match=r"rows without owner|foreign key"),
        database.migrating() as connection,
    ):
        connection.exec_driver_sql("delete from bom")
    with database.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from bom").scalar_one() == 1
        if database.backend == SQLITE:
            assert connection.exec_driver_sql("pragma foreign_keys").scalar_one() == 1


def test_the_service_makes_tables_on_sqlite_and_asks_for_them_on_postgresql(settings):
    database = Database.of(settings)
    if database.backend == SQLITE:
        prepare(settings)
    else:
        with pytest.raises(InvalidInput, match="does not have the tables") as caught:
            prepare(settings)
        assert "scanner db upgrade" in caught.value.advice
        upgrade(settings)
        prepare(settings)
    assert is_current(database)
    database.close()


def test_tables_of_a_later_version_are_refused_and_kept(settings, database):
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(InvalidInput, match="later version") as caught:
        upgrade(settings)
    assert "restore a backup" in caught.value.advice
    with database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    assert kept == "9999"


def test_a_database_that_does_not_answer_is_said(settings):
    if settings.database_url:
        nowhere = replace(settings, database_url="postgresql://nobody@127.0.0.1:1/none")
        with pytest.raises(InvalidInput, match="does not answer"):
            prepare(nowhere)
