"""Settings: typed, frozen, from environment variables that begin with ``SCANNER_``.

Each field is one setting; the text under it says what it does, and its variable is the field's
name in capitals (``SCANNER_PORT``); ``scanner settings`` prints them all. Secrets are never built
in: they are made once and kept in the data folder, readable by the owner only, unless the
environment gives them.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from environs import Env, EnvError

from scanner.core.bom import ReadLimits
from scanner.core.errors import InvalidInput

PREFIX = "SCANNER_"
SECRET_KEY_FILE, KEY_PEPPER_FILE = "secret-key", "key-pepper"
SECRET_BYTES = 32
SECRET_CHARS = 32
"""Characters that a secret from the environment must have: fewer could be guessed."""

SECRET_KEY = {"variable": "SECRET_KEY", "secret": True}
KEY_PEPPER = {"variable": "KEY_PEPPER", "secret": True}
LIMITS = ReadLimits()


@dataclass(frozen=True)
class Settings:
    """Everything that an operator may decide. Sizes in bytes, times in seconds."""

    data: Path = Path("data")
    """The folder that holds the database, the secrets and caches: this is what to back up."""

    database_url: str = field(default="", repr=False)
    """Address of a PostgreSQL database (``postgresql+psycopg://user:password@host/name``); empty
    for the SQLite file in the data folder."""

    database_connections: int = 5
    """Connections that each process keeps to PostgreSQL; at most ten more in a rush."""

    host: str = "127.0.0.1"
    """The address on which the web server listens."""

    port: int = 8000
    """The port on which the web server listens."""

    web_workers: int = 2
    """Web server processes."""

    web_threads: int = 4
    """Requests that one web server process answers at a time."""

    web_timeout: int = 120
    """Seconds after which a web process that answers nothing more is replaced."""

    https: bool = False
    """Whether users reach the service by https: session cookies are then sent by https only."""

    trusted_proxies: int = 0
    """Proxies between the users and the web server, each of which adds to ``X-Forwarded-For`` and
    ``X-Forwarded-Proto``. With 0 these headers are ignored, for anybody could have sent them."""

    session_hours: int = 12
    """Hours until a signed-in person has to sign in again."""

    release: str = ""
    """The knowledge release that answers are made with; empty for the newest."""

    default_wait: float = 3.0
    """Seconds that an upload waits for its result when the caller names no time."""

    max_wait: float = 60.0
    """The longest that a caller may ask an upload to wait."""

    default_page: int = 100
    """Entries on one page of a list when the caller names no number."""

    max_page: int = 500
    """The most entries that a caller may ask for on one page."""

    rate_limit: str = "6000 per minute"
    """Requests to the API that one key may send; empty for any number."""

    rate_limit_public: str = "600 per minute"
    """Requests that one address may send to what needs no key, or with a key that is not valid,
    and to the pages that need no account; empty for any number."""

    public_lookup: bool = True
    """Whether everybody may look things up without an account or key: materials, countries, codes,
    components, alloys, methods and search, each address within ``SCANNER_RATE_LIMIT_PUBLIC``.
    Nothing of it is stored. What belongs to a company, and every upload, asks for an account."""

    help_desk_company: str = ""
    """Id of the company whose help-desk answers questions of people without an account: they come
    by the page ``/question``, with consent, and become its cases. Empty for no such page."""

    rate_limit_storage: str = field(default="", repr=False)
    """Address of a Redis or Valkey (``redis://host:6379``) that counts requests for all web
    processes; empty where each counts for itself, so that the limit holds per process."""

    cors_origins: str = ""
    """Web pages that may use the API from a browser, as origins separated by commas
    (``https://plm.example.com``); empty for none."""

    job_poll: float = 0.1
    """Seconds between two looks of an idle worker at the queue."""

    job_heartbeat: float = 5.0
    """Seconds between two signs of life of a worker on PostgreSQL; others take over the work of one
    that was silent for four times as long."""

    job_attempts: int = 3
    """How often a job is begun before it counts as failed: a file may kill its worker."""

    keep_boms_days: int = 0
    """Days after which a BOM is removed, counted from its newest version; 0 to keep all BOMs."""

    keep_cases_days: int = 0
    """Days after which a closed case of the help-desk is removed; 0 to keep all cases."""

    keep_audit_days: int = 0
    """Days after which entries of the audit log are removed; 0 to keep them all."""

    busy_timeout: float = 30.0
    """Seconds that a write waits for another one to finish."""

    first_company: str = "My company"
    """Name of the company that the first start creates."""

    first_email: str = "owner@localhost"
    """Login of the owner whom the first start creates."""

    log_level: str = field(
        default="INFO", metadata={"choices": ("DEBUG", "INFO", "WARNING", "ERROR")}
    )
    """The least weight of what is logged."""

    log_format: str = field(default="text", metadata={"choices": ("text", "json")})
    """How a line of the log is written: for people, or as one JSON object for programs."""

    metrics_port: int = 0
    """The port on which ``scanner serve``, or a ``scanner work`` on its own, tells Prometheus its
    numbers; 0 for none. Who can reach it may read it."""

    metrics_host: str = "127.0.0.1"
    """The address on which it does so."""

    max_bytes: int = LIMITS.max_bytes
    """The largest file that is accepted."""

    max_lines: int = LIMITS.max_lines
    """The most lines that one BOM may have."""

    reader_memory: int = LIMITS.reader_memory_bytes
    """Memory that the isolated reader of one file may take."""

    reader_seconds: int = LIMITS.reader_seconds
    """Time that the isolated reader of one file may take."""

    given_secret_key: str = field(default="", repr=False, metadata=SECRET_KEY)
    """Signs sessions; at least 32 characters. Empty for the one kept in the data folder."""

    given_key_pepper: str = field(default="", repr=False, metadata=KEY_PEPPER)
    """Goes into the digests of API keys: with another pepper no key is known any more. At least 32
    characters; empty for the one kept in the data folder."""

    @classmethod
    def from_environment(cls) -> "Settings":
        """The settings as the environment gives them; `InvalidInput` names a wrong variable."""
        env = Env()
        readers: dict[type, Callable[..., Any]] = {
            bool: env.bool, int: env.int, float: env.float, str: env.str, type(Path()): env.path
        }  # fmt: skip
        given: dict[str, Any] = {}
        for item in fields(cls):
            variable = variable_of(item)
            try:
                given[item.name] = readers[type(item.default)](variable, item.default)
            except EnvError as error:
                raise InvalidInput(
                    f"The environment variable {variable} does not fit: {error}",
                    advice=f"Correct or remove it; without it the value is {item.default!r}.",
                ) from error
            _check(item, given[item.name])
        return cls(**given)

    @property
    def read_limits(self) -> ReadLimits:
        """How much one file may hold."""
        return ReadLimits(
            max_bytes=self.max_bytes,
            max_lines=self.max_lines,
            reader_memory_bytes=self.reader_memory,
            reader_seconds=self.reader_seconds,
        )

    @property
    def cache_folder(self) -> Path:
        """Where compiled knowledge is kept; it can be deleted at any time."""
        return self.data / "cache"

    @property
    def work_folder(self) -> Path:
        """Where workers keep the files they work on; what killed ones left is cleared away."""
        return self.data / "work"

    @property
    def worker_lock(self) -> Path:
        """The file that the worker of a SQLite database holds locked while it runs."""
        return self.data / "worker.lock"

    @property
    def upload_folder(self) -> Path:
        """Where the web server keeps files that arrive, until they are in the database."""
        return self.data / "uploads"

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address of the database, the default one included."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'scanner.sqlite3'}"

    @cached_property
    def secret_key(self) -> str:
        """The key that signs sessions; made and kept in the data folder when none is given."""
        return self.given_secret_key or _kept_secret(self.data / SECRET_KEY_FILE)

    @cached_property
    def key_pepper(self) -> str:
        """The pepper of API key digests; made and kept in the data folder when none is given."""
        return self.given_key_pepper or _kept_secret(self.data / KEY_PEPPER_FILE)

    def secrets_there(self) -> dict[str, str]:
        """The secrets that the environment or the data folder gives, by file name; makes none."""
        given = {SECRET_KEY_FILE: self.given_secret_key, KEY_PEPPER_FILE: self.given_key_pepper}
        files = {name: self.data / name for name in given if not given[name]}
        read = {name: _read(path) for name, path in files.items() if path.exists()}
        return {name: value for name, value in given.items() if value} | read


def variable_of(item: "Field[Any]") -> str:
    """The environment variable of one field of the settings."""
    return PREFIX + str(item.metadata.get("variable", item.name.upper()))


def _check(item: "Field[Any]", value: Any) -> None:
    """Refuse a value that is none of its choices, and a secret that could be guessed."""
    choices = item.metadata.get("choices")
    if choices is not None and value not in choices:
        raise InvalidInput(
            f"The environment variable {variable_of(item)} does not fit: {value!r}.",
            advice=f"Set it to {', '.join(choices[:-1])} or {choices[-1]}.",
        )
    if item.metadata.get("secret") and 0 < len(value) < SECRET_CHARS:
        raise InvalidInput(
            f"The environment variable {variable_of(item)} is too short for a secret: it has "
            f"{len(value)} characters, and {SECRET_CHARS} are the least.",
            advice="Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))', or "
            "remove it; the service then makes its own and keeps it in the data folder.",
        )


def _kept_secret(path: Path) -> str:
    """The secret in a file that only its owner can read; made on first use.

    The file appears with its content or not at all, also when two processes start at once:
    `os.link` refuses to replace the file of the one that was first.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        write_private(draft, secrets.token_hex(SECRET_BYTES))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return _read(path)


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").strip()


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read; refuses to replace one that is there."""
    with open_private(path) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def open_private(path: Path) -> BinaryIO:
    """A new file to write, which only its owner can read; refuses to replace one that is there."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
