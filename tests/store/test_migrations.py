import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect

from scanner.store import Database
from scanner.store.migrate import configuration, downgrade, is_current, upgrade
from scanner.store.tables import Table

ROOT = Path(__file__).parents[2]


def test_up_down_up_leaves_what_the_code_describes(settings):
    upgrade(settings)
    downgrade(settings, "base")
    database = Database.of(settings)
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    upgrade(settings)
    with database.migrating() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.check(config)  # raises when the tables differ from the code
    names = set(inspect(database.engine).get_table_names())
    assert names == {"alembic_version", *Table.metadata.tables}
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
        assert connection.exec_driver_sql("select count(*) from line").scalar_one() == 1


def test_processes_that_start_together_migrate_once(settings):
    call = "from scanner.settings import Settings; from scanner.store.migrate import upgrade; "
    start = [sys.executable, "-c", call + "upgrade(Settings.from_environment())"]
    environment = {"SCANNER_DATA": str(settings.data), "PYTHONPATH": str(ROOT)}

    def run(_):
        return subprocess.run(start, env=environment, cwd=ROOT, capture_output=True, check=False)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run, range(4)))
    assert [(one.returncode, one.stderr) for one in done] == [(0, b"")] * 4


def test_a_migration_may_not_leave_rows_without_owner(database, fill_company):
    with database.writing() as connection:
        fill_company(connection)
    with (
        pytest.raises(RuntimeError, match="rows without owner"),
        database.migrating() as connection,
    ):
        connection.exec_driver_sql("delete from bom")
    with database.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from bom").scalar_one() == 1
        assert connection.exec_driver_sql("pragma foreign_keys").scalar_one() == 1
