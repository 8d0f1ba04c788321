"""One record, one line: what stands in it, and what never does."""

import logging
import sqlite3
import subprocess
import sys
import warnings

import orjson
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from scanner import logs
from scanner.core.errors import UnreadableBom
from scanner.settings import Settings

CANARY = "Zilverkanarie-4711"
FROM_SOMEBODY = "Invalid request from ip=192.0.2.1"


@pytest.fixture(autouse=True)
def nothing_bound():
    """Start as a request does, whatever ran in this thread before."""
    logs.begin()


def record(name="scanner.jobs", level=logging.INFO, message="said", args=(), error=None, **known):
    caught = None if error is None else (type(error), error, error.__traceback__)
    made = logging.LogRecord(name, level, __file__, 1, message, args, caught)
    vars(made).update(logs.fields(**known))
    return made


def as_json(made):
    return orjson.loads(logs.JsonLines("web").format(made))


def raised(act):
    try:
        act()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_a_line_names_time_level_process_logger_and_fields():
    line = as_json(record(state="done", lines=3, code=None))
    assert line["time"].endswith("Z")
    assert len(line["time"]) == len("2026-11-25T06:25:01.135Z")
    assert (line["level"], line["process"], line["logger"]) == ("INFO", "web", "scanner.jobs")
    assert (line["message"], line["state"], line["lines"]) == ("said", "done", 3)
    assert "code" not in line


def test_text_has_the_same_on_one_line():
    line = logs.TextLines("work").format(record(state="done"))
    assert "\n" not in line
    assert " INFO     work[" in line
    assert line.endswith("scanner.jobs: said  state=done")


def test_bound_fields_stand_in_every_line_within_and_in_none_after():
    with logs.bound(job_id="j"):
        logs.bind(company_id="c")
        assert {"job_id", "company_id"} <= as_json(record()).keys()
    assert not {"job_id", "company_id"} & as_json(record()).keys()


def test_an_exception_is_told_by_kind_code_and_way_and_not_by_its_message():
    def fail():
        try:
            raise UnreadableBom(CANARY)
        except UnreadableBom as error:
            raise ValueError(CANARY) from error

    error = raised(fail)
    first, cause = as_json(record(error=error))["errors"]
    assert first["kind"] == "ValueError"
    assert first["trace"][-1].endswith("in fail")
    assert (cause["kind"], cause["code"]) == (
        "scanner.core.errors.UnreadableBom",
        "unreadable-bom",
    )
    for form in (logs.JsonLines, logs.TextLines):
        told = form("web").format(record(error=error))
        assert CANARY not in told
        assert "ValueError" in told


def test_errors_of_system_and_databases_have_their_code():
    missing = raised(lambda: open(f"/nowhere/{CANARY}"))  # noqa: SIM115
    assert as_json(record(error=missing))["errors"][0]["code"] == "ENOENT"

    def twice():
        with create_engine("sqlite://").begin() as connection:
            connection.execute(text("create table t (a text unique)"))
            for _ in range(2):
                connection.execute(text("insert into t values (:a)"), {"a": CANARY})

    error = raised(twice)
    assert isinstance(error, SQLAlchemyError)
    assert isinstance(error.orig, sqlite3.IntegrityError)
    errors = as_json(record(error=error))["errors"]
    assert [found.get("code") for found in errors] == ["gkpj", "SQLITE_CONSTRAINT_UNIQUE"]
    assert CANARY not in orjson.dumps(errors).decode()


def test_all_errors_of_a_group_are_told():
    error = raised(lambda: (_ for _ in ()).throw(ExceptionGroup(CANARY, [KeyError(CANARY)])))
    told = logs.JsonLines("work").format(record(error=error))
    assert "KeyError" in told
    assert CANARY not in told


@pytest.mark.parametrize(
    ("level", "message", "args", "told"),
    [
        (logging.ERROR, "Failed at %s %s", ("GET", CANARY), "Failed at … …"),
        (logging.ERROR, "Worker (pid:%s) was sent %s", (7, CANARY), "Worker (pid:7) was sent …"),
        (logging.WARNING, f"Invalid request from ip=192.0.2.1: {CANARY}", (), FROM_SOMEBODY),
        (logging.ERROR, f"Task was never retrieved\n{CANARY}", (), "Task was never retrieved"),
        (logging.ERROR, "%(name)s fell", ({"name": CANARY},), "… fell"),
        (logging.INFO, "Listening at: %s (%s)", ("http://h:1", 7), "Listening at: http://h:1 (7)"),
    ],
)
def test_libraries_are_told_without_the_texts_that_they_fill_in(level, message, args, told):
    line = as_json(record("gunicorn.error", level, message, args))
    assert line["message"] == told
    assert CANARY not in orjson.dumps(line).decode()


SCRIPT = f"""
import logging, sys, warnings
from scanner import logs
from scanner.settings import Settings
logs.configure(Settings.from_environment(), "work")
logging.getLogger("alembic.runtime.migration").info("noise")
logging.getLogger("scanner.x").debug("detail")
warnings.warn("{CANARY}")
raise RuntimeError("{CANARY}")
"""


def run(**environment):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert CANARY not in done.stderr
    return done.stderr


def test_a_process_logs_its_warnings_and_its_end_on_standard_error():
    lines = [orjson.loads(line) for line in run(SCANNER_LOG_FORMAT="json").splitlines()]
    assert [line["message"] for line in lines] == [
        "UserWarning at <string>:8",
        "an error that nobody caught",
    ]
    assert lines[1]["errors"][0]["kind"] == "RuntimeError"


def test_debug_tells_more_of_ours_and_not_of_libraries():
    said = run(SCANNER_LOG_LEVEL="DEBUG")
    assert "scanner.x: detail" in said
    assert "noise" not in said


def test_the_form_follows_the_settings():
    forms = [
        logs.configuration(Settings(log_format=form), "web")["formatters"]["lines"]["()"]
        for form in ("text", "json")
    ]
    assert forms == [logs.TextLines, logs.JsonLines]


def test_nothing_is_configured_for_those_who_only_import():
    assert warnings.showwarning is not logs._warned
    assert not [h for h in logging.getLogger("scanner").handlers if h.formatter is not None]
