"""Backups that come back whole, and everything that may be wrong with one."""

import json
import os
import sqlite3
import stat
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy import select

from scanner.core.errors import Conflict, InvalidInput, ScannerError
from scanner.settings import Settings
from scanner.store import Database, postgresql_tools
from scanner.store.archive import MANIFEST
from scanner.store.backup import backup
from scanner.store.engines import SQLITE
from scanner.store.migrate import downgrade, is_current, upgrade
from scanner.store.restore import restore
from scanner.store.tables import Table


@pytest.fixture
def database_url(empty_database_url):
    return empty_database_url


@pytest.fixture
def filled(settings, database, fill_company):
    with database.writing() as connection:
        for _ in range(3):
            fill_company(connection)
    assert settings.secret_key
    assert settings.key_pepper
    return settings


@pytest.fixture
def elsewhere(tmp_path, request):
    """Settings of an empty place of the same kind."""

    def another(settings):
        address = ""
        if settings.database_url:
            address = request.getfixturevalue("another_postgresql")
        return Settings(data=tmp_path / "elsewhere", database_url=address)

    return another


def contents(settings):
    """All rows of all our tables, and the secrets."""
    database = Database.of(settings)
    with database.reading() as connection:
        rows = {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in Table.metadata.sorted_tables
        }
    database.close()
    return rows, settings.secrets_there()


def files_in(folder):
    return sorted(path.name for path in folder.iterdir())


def rewritten(source, target, change):
    """A copy of a backup in which `change(name, body)` gives the body of each part, or None."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
    return target


def with_manifest(source, target, **changes):
    def change(name, body):
        return json.dumps({**json.loads(body), **changes}) if name == MANIFEST else body

    return rewritten(source, target, change)


def test_a_backup_comes_back_in_an_empty_place(filled, elsewhere, tmp_path):
    file = tmp_path / "monday.backup"
    made = backup(filled, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made.rows["company"] == 3
    place = elsewhere(filled)
    assert restore(place, file) == made
    assert contents(place) == contents(filled)
    names = files_in(place.data)
    assert {"secret-key", "key-pepper"} <= set(names)
    assert "restore" not in names
    assert stat.S_IMODE((place.data / "key-pepper").stat().st_mode) == 0o600
    assert files_in(tmp_path) == sorted(["data", "elsewhere", "monday.backup"])
    again = backup(place, tmp_path / "again.backup")
    assert (again.rows, again.revision) == (made.rows, made.revision)


def test_a_backup_without_secrets_leaves_those_of_the_place(filled, elsewhere, tmp_path):
    file = tmp_path / "backup"
    backup(filled, file, with_secrets=False)
    place = elsewhere(filled)
    mine = place.key_pepper
    restore(place, file)
    assert place.secrets_there() == {"key-pepper": mine}
    with zipfile.ZipFile(file) as archive:
        assert filled.key_pepper.encode() not in b"".join(map(archive.read, archive.namelist()))


def test_secrets_of_the_environment_go_along(filled, elsewhere, tmp_path):
    given = replace(filled, given_secret_key="from-the-environment")
    backup(given, tmp_path / "backup")
    place = elsewhere(filled)
    wrong = replace(place, given_secret_key="another")
    with pytest.raises(Conflict, match="another SCANNER_SECRET_KEY"):
        restore(wrong, tmp_path / "backup")
    right = replace(place, given_secret_key="from-the-environment")
    restore(right, tmp_path / "backup")
    assert not (place.data / "secret-key").exists()
    assert right.secrets_there() == given.secrets_there()


def test_no_secret_is_made_up_for_a_backup(settings, database, tmp_path):
    with pytest.raises(InvalidInput, match="secrets of the service are not"):
        backup(settings, tmp_path / "backup")
    assert not list(settings.data.glob("*-key"))
    assert not (tmp_path / "backup").exists()


def test_a_backup_is_never_written_over(filled, tmp_path):
    file = tmp_path / "backup"
    file.write_text("precious")
    with pytest.raises(Conflict, match="There is a file"):
        backup(filled, file)
    assert file.read_text() == "precious"
    assert files_in(tmp_path) == ["backup", "data"]


def test_there_has_to_be_a_database(tmp_path):
    settings = Settings(data=tmp_path / "data")
    assert settings.secret_key
    assert settings.key_pepper
    with pytest.raises(InvalidInput, match="There is no database"):
        backup(settings, tmp_path / "backup")
    assert files_in(tmp_path) == ["data"]
    assert files_in(settings.data) == ["key-pepper", "secret-key"]


def test_a_place_that_is_not_empty_is_left_alone_unless_told(
    filled, elsewhere, tmp_path, fill_company
):
    backup(filled, tmp_path / "backup")
    place = elsewhere(filled)
    upgrade(place)
    database = Database.of(place)
    with database.writing() as connection:
        fill_company(connection)
    database.close()
    pepper = place.key_pepper
    before = contents(place)
    with pytest.raises(Conflict) as caught:
        restore(place, tmp_path / "backup")
    assert "--replace" in caught.value.advice
    with pytest.raises(Conflict):
        restore(place, tmp_path / "backup", with_secrets=False)
    assert contents(place) == before
    restore(place, tmp_path / "backup", replacing=True)
    assert contents(place) == contents(filled)
    assert (place.data / "key-pepper").read_text() != pepper


def test_a_restore_that_breaks_off_changes_nothing(filled, elsewhere, tmp_path, monkeypatch):
    """It fails at the last step before the new state counts."""
    backup(filled, tmp_path / "backup")
    place = elsewhere(filled)
    upgrade(place)
    assert place.secret_key
    before = contents(place)

    def fail(*_):
        raise OSError("the disk is gone")

    module = "scanner.store.restore."
    monkeypatch.setattr(module + ("upgrade_on" if place.database_url else "_let_go_of"), fail)
    with pytest.raises(OSError, match="the disk is gone"):
        restore(place, tmp_path / "backup", replacing=True)
    assert contents(place) == before
    assert "restore" not in files_in(place.data)


def test_an_older_backup_is_brought_up_to_date(filled, elsewhere, tmp_path):
    downgrade(filled, "0002")
    made = backup(filled, tmp_path / "backup")
    assert made.revision == "0002"
    place = elsewhere(filled)
    restore(place, tmp_path / "backup")
    database = Database.of(place)
    assert is_current(database)
    database.close()
    upgrade(filled)
    assert contents(place) == contents(filled)


def test_a_backup_of_a_later_version_is_refused(filled, elsewhere, tmp_path):
    backup(filled, tmp_path / "backup")
    place = elsewhere(filled)
    later = with_manifest(tmp_path / "backup", tmp_path / "1", revision="9999", scanner="7.0")
    with pytest.raises(InvalidInput, match="revision 9999") as caught:
        restore(place, later)
    assert "7.0" in caught.value.advice
    with pytest.raises(InvalidInput, match="format 2"):
        restore(place, with_manifest(tmp_path / "backup", tmp_path / "2", format=2))
    with pytest.raises(InvalidInput, match="backup of mysql"):
        restore(place, with_manifest(tmp_path / "backup", tmp_path / "3", backend="mysql"))
    assert not place.data.exists()


def test_damage_is_found_before_anything_changes(filled, elsewhere, tmp_path):
    whole = tmp_path / "backup"
    made = backup(filled, whole)
    place = elsewhere(filled)
    (part,) = {"database.sqlite3", "database.dump"} & set(made.parts)
    size = whole.stat().st_size

    def other_bytes(name, body):
        return body[:-1] + bytes([body[-1] ^ 1]) if name == part else body

    def more_bytes(name, body):
        return body + b"\0" if name == part else body

    def another_secret(name, body):
        return b"0" * 64 if name == "key-pepper" else body

    def without(missing):
        return lambda name, body: None if name == missing else body

    flipped = bytearray(whole.read_bytes())
    flipped[size // 2] ^= 0xFF
    broken = {
        "flipped": bytes(flipped),
        "truncated": whole.read_bytes()[: size // 2],
        "nearly whole": whole.read_bytes()[:-1],
        "empty": b"",
        "text": b"this is no backup",
    }
    for name, body in broken.items():
        (tmp_path / name).write_bytes(body)
    for name, change in {
        "other bytes": other_bytes,
        "more bytes": more_bytes,
        "another secret": another_secret,
        "no database": without(part),
        "no secret": without("secret-key"),
        "no manifest": without(MANIFEST),
        "bad manifest": lambda name, body: b"[]" if name == MANIFEST else body,
    }.items():
        rewritten(whole, tmp_path / name, change)
        broken[name] = b""
    for name in broken:
        with pytest.raises(InvalidInput, match=r"cannot be used") as caught:
            restore(place, tmp_path / name)
        assert caught.value.advice
    with pytest.raises(InvalidInput, match="no file"):
        restore(place, tmp_path / "nowhere")
    assert not [name for name in files_in(place.data) if not name.endswith(".lock")]
    restore(place, whole)
    assert contents(place) == contents(filled)


def test_rows_that_the_manifest_does_not_name_are_refused(filled, elsewhere, tmp_path):
    made = backup(filled, tmp_path / "backup")
    rows = {**made.rows, "line_block": 7}
    place = elsewhere(filled)
    with pytest.raises(InvalidInput, match="rows that its manifest names: line_block"):
        restore(place, with_manifest(tmp_path / "backup", tmp_path / "other", rows=rows))
    restore(place, tmp_path / "backup")
    assert contents(place) == contents(filled)


def test_a_place_in_use_is_refused(filled, elsewhere, tmp_path):
    backup(filled, tmp_path / "backup")
    place = elsewhere(filled)
    restore(place, tmp_path / "backup")
    database = Database.of(place)
    with database.reading() as connection:
        connection.exec_driver_sql("select count(*) from line_block")
        with pytest.raises(Conflict, match=r"open") as caught:
            restore(place, tmp_path / "backup", replacing=True)
    assert "Stop all processes" in caught.value.advice
    database.close()
    restore(place, tmp_path / "backup", replacing=True)
    assert contents(place) == contents(filled)


def test_a_damaged_sqlite_database_can_be_replaced(tmp_path, fill_company):
    settings = Settings(data=tmp_path / "data")
    upgrade(settings)
    database = Database.of(settings)
    with database.writing() as connection:
        fill_company(connection)
    database.close()
    assert settings.secret_key
    assert settings.key_pepper
    before = contents(settings)
    backup(settings, tmp_path / "backup")
    file = settings.data / "scanner.sqlite3"
    file.write_bytes(b"x" * 5000)
    file.with_name(file.name + "-wal").write_bytes(b"y" * 5000)
    restore(settings, tmp_path / "backup", replacing=True)
    assert contents(settings) == before


def test_a_damaged_sqlite_database_in_a_sound_file_is_refused(tmp_path, fill_company):
    """Every digest is right, the database was damaged before."""
    settings = Settings(data=tmp_path / "data")
    upgrade(settings)
    database = Database.of(settings)
    with database.writing() as connection:
        fill_company(connection)
    database.close()
    with sqlite3.connect(settings.data / "scanner.sqlite3") as raw:
        raw.execute("delete from bom")
    raw.close()
    backup(settings, tmp_path / "backup", with_secrets=False)
    with pytest.raises(InvalidInput, match="rows without owner"):
        restore(Settings(data=tmp_path / "elsewhere"), tmp_path / "backup")


def test_tables_of_something_else_are_never_replaced(tmp_path, empty_postgresql, postgresql_server):
    import psycopg

    settings = Settings(
        data=tmp_path, database_url=empty_postgresql, given_secret_key="s", given_key_pepper="p"
    )
    upgrade(settings)
    backup(settings, tmp_path / "backup")
    with psycopg.connect(empty_postgresql) as connection:
        connection.execute("drop table alembic_version")
    with pytest.raises(Conflict, match="tables of something else"):
        restore(settings, tmp_path / "backup", replacing=True)


def test_a_missing_tool_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgresql_tools, "INSTALLED", tmp_path)
    with pytest.raises(InvalidInput, match="pg_dump of PostgreSQL is not installed") as caught:
        postgresql_tools.find("pg_dump")
    assert "postgresql-client" in caught.value.advice
    for number in ("9.6", "13", "16", "14"):
        folder = tmp_path / number / "bin"
        folder.mkdir(parents=True)
        (folder / "pg_dump").touch(mode=0o755)
    assert postgresql_tools.find("pg_dump") == str(tmp_path / "16" / "bin" / "pg_dump")


def test_a_tool_that_fails_says_why(filled, tmp_path, monkeypatch):
    if Database.of(filled).backend == SQLITE:
        return
    tool = tmp_path / "bin" / "pg_dump"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\necho half a dump\necho server version mismatch >&2\nexit 1\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ScannerError, match="server version mismatch"):
        backup(filled, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
