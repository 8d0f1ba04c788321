import ast
import dataclasses
import inspect
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from scanner import settings as module
from scanner.core.errors import InvalidInput
from scanner.settings import Settings


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
    monkeypatch.setenv("SCANNER_SECRET_KEY", "hush-hush")
    monkeypatch.setenv("SCANNER_DATABASE_URL", "postgresql://me:pass-word@db/scan")
    found = Settings.from_environment()
    assert (found.data, found.port, found.https) == (tmp_path, 9000, True)
    assert found.read_limits.max_bytes == 10
    assert found.secret_key == "hush-hush"
    assert "hush-hush" not in repr(found)
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


def test_every_setting_says_what_it_does():
    (tree,) = (
        node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    )
    described = {
        field.target.id
        for field, text in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }
    assert described == {field.name for field in dataclasses.fields(Settings)}
