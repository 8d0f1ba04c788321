import dataclasses
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scanner import settings_reference
from scanner.core.errors import InvalidInput
from scanner.settings import Settings

ROOT = Path(__file__).parents[1]
SECRET = "hush-hush-hush-hush-hush-hush-32"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    import os

    for name in list(os.environ):
        if name.startswith("SCANNER_"):
            monkeypatch.delenv(name)


def test_an_empty_environment_gives_the_defaults():
    assert Settings.from_environment() == Settings()


def test_each_setting_can_be_given(monkeypatch, tmp_path):
    monkeypatch.setenv("SCANNER_DATA", str(tmp_path))
    monkeypatch.setenv("SCANNER_PORT", "9000")
    monkeypatch.setenv("SCANNER_HTTPS", "true")
    monkeypatch.setenv("SCANNER_MAX_BYTES", "10")
    monkeypatch.setenv("SCANNER_SECRET_KEY", SECRET)
    monkeypatch.setenv("SCANNER_DATABASE_URL", "postgresql://me:pass-word@db/scan")
    found = Settings.from_environment()
    assert (found.data, found.port, found.https) == (tmp_path, 9000, True)
    assert found.read_limits.max_bytes == 10
    assert found.secret_key == SECRET
    assert SECRET not in repr(found)
    assert "pass-word" not in repr(found)
    assert found.database_address == "postgresql://me:pass-word@db/scan"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", ["eighty", "1.5", "0x50"])
def test_a_value_that_does_not_fit_names_its_variable(monkeypatch, value):
    monkeypatch.setenv("SCANNER_PORT", value)
    with pytest.raises(InvalidInput, match="SCANNER_PORT") as caught:
        Settings.from_environment()
    assert "8000" in caught.value.advice


def test_secrets_are_made_once_kept_private_and_differ(tmp_path):
    one, two = Settings(data=tmp_path / "data"), Settings(data=tmp_path / "data")
    assert one.secret_key == two.secret_key
    assert len({one.secret_key, one.key_pepper, Settings(data=tmp_path / "b").secret_key}) == 3
    assert len(one.secret_key) == 64
    for name in ("secret-key", "key-pepper"):
        assert stat.S_IMODE((one.data / name).stat().st_mode) == 0o600
    assert {path.name for path in one.data.iterdir()} == {"secret-key", "key-pepper"}


def test_processes_that_start_together_agree_on_the_secret(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: Settings(data=tmp_path / "d").secret_key, range(32)))
    assert len(found) == 1


@pytest.mark.parametrize("variable", ["SCANNER_SECRET_KEY", "SCANNER_KEY_PEPPER"])
def test_a_secret_that_could_be_guessed_is_refused_without_being_told(monkeypatch, variable):
    monkeypatch.setenv(variable, SECRET[:-1])
    with pytest.raises(InvalidInput, match=variable) as caught:
        Settings.from_environment()
    assert "31 characters, and 32 are the least" in caught.value.detail
    assert "token_hex" in caught.value.advice
    assert SECRET[:-1] not in caught.value.detail + caught.value.advice
    monkeypatch.setenv(variable, SECRET)
    assert Settings.from_environment()


def test_a_value_that_is_none_of_the_choices_names_them(monkeypatch):
    monkeypatch.setenv("SCANNER_LOG_LEVEL", "LOUD")
    with pytest.raises(InvalidInput, match="SCANNER_LOG_LEVEL") as caught:
        Settings.from_environment()
    assert caught.value.advice == "Set it to DEBUG, INFO, WARNING or ERROR."


def test_every_setting_says_what_it_does():
    told = settings_reference.meanings()
    assert list(told) == [field.name for field in dataclasses.fields(Settings)]
    assert all(meaning.endswith(".") for meaning in told.values())


def test_the_page_of_settings_is_up_to_date():
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_reference.page()


def test_the_table_has_a_row_per_setting_with_its_default():
    rows = settings_reference.table().splitlines()[2:]
    assert len(rows) == len(dataclasses.fields(Settings))
    assert "| `SCANNER_PORT` | whole number | `8000` | The port on which" in "\n".join(rows)
    assert "| `SCANNER_SECRET_KEY` | text | empty | Signs sessions" in "\n".join(rows)
    assert all(row.count(" | ") == 3 for row in rows)
