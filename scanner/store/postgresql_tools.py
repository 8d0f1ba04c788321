"""PostgreSQL's own programs for whole databases: pg_dump writes one down, pg_restore reads it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import URL, Connection, make_url

from scanner.core.errors import InvalidInput, ScannerError

INSTALLED = Path("/usr/lib/postgresql")
WHAT_DUMPS_SET = b"SET transaction_timeout"
"""PostgreSQL 17 has this, older servers refuse it."""

REMOVE_ALL = """
DO $$ DECLARE thing text; BEGIN
  FOR thing IN SELECT concat('DROP TABLE IF EXISTS ', oid::regclass, ' CASCADE') FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
  LOOP EXECUTE thing; END LOOP;
  FOR thing IN SELECT concat('DROP ROUTINE IF EXISTS ', oid::regprocedure, ' CASCADE') FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace
    AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
  LOOP EXECUTE thing; END LOOP;
  FOR thing IN SELECT concat('DROP TYPE IF EXISTS ', oid::regtype, ' CASCADE') FROM pg_type
    WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'c')
    AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
  LOOP EXECUTE thing; END LOOP;
END $$
"""


def dump(connection: Connection, address: str, *, snapshot: str) -> "Tool":
    """pg_dump of the schema in use, as this exported snapshot sees it, onto its output."""
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    url = make_url(address).set(drivername="postgresql")
    return Tool(
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--no-tablespaces",
        "--no-publications",
        "--no-subscriptions",
        f"--schema={schema}",
        f"--snapshot={snapshot}",
        f"--dbname={_without_password(url)}",
        password=url.password,
    )


def script(connection: Connection, dumped: Path) -> "Tool":
    """pg_restore of a dump as SQL onto its output: what belongs into the schema in use."""
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    arguments = ("--no-owner", "--no-privileges", f"--schema={schema}", "--file=-", str(dumped))
    return Tool("pg_restore", *arguments)


class Tool:
    """One run of a program of PostgreSQL."""

    def __init__(self, name: str, *arguments: str, password: str | None = None) -> None:
        self._name = name
        self._command = [find(name), *arguments]
        self._environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}

    @contextmanager
    def output(self) -> Iterator[IO[bytes]]:
        """What the program writes; `ScannerError` when it failed, with its own words."""
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                env=self._environment,
            )
            with process:
                assert process.stdout is not None  # noqa: S101 - we asked for a pipe
                try:
                    yield process.stdout
                except BaseException:
                    process.kill()
                    raise
            if process.returncode:
                said.seek(0)
                words = said.read().decode(errors="replace").strip()
                raise ScannerError(
                    f"{self._name} ended with an error: {words}",
                    advice="It must not be older than the PostgreSQL server: for version 16 install"
                    " postgresql-client-16.",
                )


def run_script(connection: Connection, lines: IO[bytes]) -> None:
    r"""Run what pg_restore wrote, in the transaction of the connection.

    That is SQL statements, rows behind each COPY until a line with ``\.`` alone, and commands
    to psql, which begin with a backslash and are none of ours.
    """
    driver: Any = connection.connection.driver_connection
    statements: list[bytes] = []
    with driver.cursor() as cursor:
        for line in lines:
            if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
                cursor.execute(b"".join(statements))
                statements.clear()
                with cursor.copy(line) as copy:
                    for row in lines:
                        if row == b"\\.\n":
                            break
                        copy.write(row)
            elif not line.startswith((b"\\", WHAT_DUMPS_SET)):
                statements.append(line)
        cursor.execute(b"".join(statements))
        cursor.execute("RESET ALL")  # the script sets its own search path and time-outs


def find(name: str) -> str:
    """Where a program of PostgreSQL is: on the path, or else the newest that Debian installs."""
    installed = sorted(
        INSTALLED.glob(f"*/bin/{name}"), key=lambda path: _number(path.parts[-3]), reverse=True
    )
    found = shutil.which(name) or next(map(str, installed), None)
    if found is None:
        raise InvalidInput(
            f"The program {name} of PostgreSQL is not installed.",
            advice="Install PostgreSQL's programs for clients, of the server's version or newer:"
            " on Debian and Ubuntu apt install postgresql-client, elsewhere often postgresql.",
        )
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _without_password(url: URL) -> str:
    """The address as libpq reads it; others may see the arguments of a program."""
    return URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query=url.query,
    ).render_as_string(hide_password=False)
