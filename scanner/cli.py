"""The command line: ``scanner --help``.

Exit codes: 0 done; 1 the service itself failed; 2 wrong use of a command; 3 the file cannot be
read as a bill of materials; 4 the knowledge release is broken; 5 a check found a difference.
"""

import os
import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from scanner import __version__, terminal
from scanner.core.bom import ReadOptions
from scanner.core.errors import (
    BomTooLarge,
    BrokenRelease,
    CyclicBom,
    InvalidInput,
    NotFound,
    ScannerError,
    UnreadableBom,
)
from scanner.core.names import CountryCode, MaterialId, Stage
from scanner.core.scan import ScanOptions
from scanner.core.scenarios import Scenario

if TYPE_CHECKING:
    from scanner.pipeline import Engine
    from scanner.settings import Settings

EXIT_FAILED, EXIT_USAGE, EXIT_UNREADABLE, EXIT_BROKEN_RELEASE, EXIT_DIFFERENT = 1, 2, 3, 4, 5


class Commands(click.Group):
    """Commands that say the errors of the field in a sentence; `admin` is imported when asked for.

    Its imports bring the database and the web server along, which no other command waits for.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted([*super().list_commands(ctx), "admin"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name == "admin":
            from scanner.admin import admin

            return admin
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; print a known error as a person would say it."""
        try:
            return super().invoke(ctx)
        except (ScannerError, OSError) as error:
            known = error if isinstance(error, ScannerError) else _of_disk(error)
            if known is None:
                raise
            click.echo(terminal.error_text(known), err=True)
            ctx.exit(_exit_code(known))


def _of_disk(error: OSError) -> ScannerError | None:
    """What a disk that is full or takes no changes says; None for any other error."""
    from scanner.store.trouble import trouble_of

    return trouble_of(error)


def _exit_code(error: ScannerError) -> int:
    if isinstance(error, BrokenRelease):
        return EXIT_BROKEN_RELEASE
    if isinstance(error, UnreadableBom | CyclicBom | BomTooLarge):
        return EXIT_UNREADABLE
    return EXIT_USAGE if isinstance(error, InvalidInput | NotFound) else EXIT_FAILED


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="scanner")
def main() -> None:
    """Find the raw materials in a bill of materials, and where they come from."""


class Count(click.ParamType[Decimal]):
    """An exact positive number."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """The number, or a usage error."""
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is not a number", param, ctx)
        if not (number.is_finite() and number > 0):
            self.fail(f"{value!r} is not a positive number", param, ctx)
        return number


def _columns(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise click.BadParameter(f"{pair!r} is not HEADING=FIELD")
    return dict(pair.rsplit("=", 1) for pair in pairs)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option("--annual-units", type=Count(), help="Products per year: gives kilograms a year.")
@click.option("--documented-only", is_flag=True,
              help="Leave out what rests on engineering knowledge alone.")  # fmt: skip
@click.option("--sheet", help="The sheet of a workbook to read.")
@click.option("--column", "columns", multiple=True, callback=_columns, metavar="HEADING=FIELD",
              help="Take a column for a field, such as 'Omschr.=description'.")  # fmt: skip
@click.option("--release", help="Knowledge release; the newest by default.")
def scan(
    *,
    file: Path,
    form: str,
    annual_units: Decimal | None,
    documented_only: bool,
    sheet: str | None,
    columns: dict[str, str],
    release: str | None,
) -> None:
    """Read FILE and print its risk profile; needs no server and keeps nothing of it."""
    from scanner import pipeline

    settings, engine = _engine(release)
    result = pipeline.scan_file(
        file,
        engine,
        ScanOptions(annual_units, documented_only),
        reading=ReadOptions(columns, sheet),
        limits=settings.read_limits,
        on_progress=_progress(),
    )
    if form == "json":
        sys.stdout.buffer.write(orjson.dumps(result.complete(), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        click.echo(terminal.profile_text(result.document, engine.knowledge), nl=False)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--country", "countries", multiple=True, required=True, metavar="ISO3",
              help="A country that supplies less, such as CHN; may be repeated.")  # fmt: skip
@click.option("--fraction", type=click.FloatRange(0, 1, min_open=True), default=1.0,
              help="How much of its supply each stops: 1 (the default) is all.")  # fmt: skip
@click.option("--material", "materials", multiple=True, help="A material id; all by default.")
@click.option("--stage", type=click.Choice(list(Stage)), help="Only this stage.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option("--annual-units", type=Count(), help="Products per year: gives kilograms a year.")
@click.option("--release", help="Knowledge release; the newest by default.")
def scenario(
    *,
    file: Path,
    countries: tuple[str, ...],
    fraction: float,
    materials: tuple[str, ...],
    stage: Stage | None,
    form: str,
    annual_units: Decimal | None,
    release: str | None,
) -> None:
    """Read FILE and print what it means for it when countries supply less; keeps nothing.

    A mechanical exposure, no forecast: shares of the past times a fraction.
    """
    from scanner import pipeline

    settings, engine = _engine(release)
    asked = Scenario(
        countries=frozenset(CountryCode(code.upper()) for code in countries),
        fraction=fraction,
        materials=tuple(map(MaterialId, materials)) or None,
        stage=None if stage is None else Stage(stage),
    )
    answer = pipeline.scenario(
        pipeline.scan_file(
            file,
            engine,
            ScanOptions(annual_units),
            limits=settings.read_limits,
            on_progress=_progress(),
        ),
        engine,
        asked,
    )
    if form == "json":
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        click.echo(terminal.scenario_text(answer, engine.knowledge), nl=False)


def _engine(release: str | None) -> tuple["Settings", "Engine"]:
    """The settings, and the engine on a release, compiled where there is room for it."""
    from scanner import knowledge, pipeline
    from scanner.settings import Settings

    settings = Settings.from_environment()
    cache = settings.cache_folder if settings.data.is_dir() else _own_cache()
    return settings, pipeline.Engine.of(knowledge.load(release, cache=cache))


def _own_cache() -> Path:
    """The user's cache folder: a scan makes no data folder where it happens to be run."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "raw-materials-scanner"


def _progress() -> Callable[[int], None] | None:
    """A counter on standard error, where a person looks at it."""
    if not sys.stderr.isatty():
        return None

    def show(lines: int) -> None:
        click.echo(f"\r{lines} lines read", nl=False, err=True)

    return show


@main.command()
@click.option("--without-worker", is_flag=True, help="Leave the work to `scanner work`.")
def serve(*, without_worker: bool) -> None:
    """Start the service: migrations, web server, worker; on the first start also a company."""
    from scanner import metrics_folder
    from scanner.settings import Settings

    settings = Settings.from_environment()
    metrics_folder.share(settings)  # before anything that counts is imported
    from scanner.serving import serve as run

    sys.exit(run(settings, with_worker=not without_worker))


@main.command()
def work() -> None:
    """Run one worker that reads and analyses uploaded BOMs until it is stopped."""
    from scanner.serving import work as run
    from scanner.settings import Settings

    sys.exit(run(Settings.from_environment()))


@main.group()
def knowledge() -> None:
    """Check and list the knowledge releases."""


@knowledge.command("check")
@click.option("--release", help="The release; the newest by default.")
def knowledge_check(release: str | None) -> None:
    """Validate every table and print what the release covers."""
    from scanner.knowledge import check

    report = check(release)
    click.echo(str(report))
    if not report.sound:
        sys.exit(EXIT_BROKEN_RELEASE)


@knowledge.command("list")
def knowledge_list() -> None:
    """Print the installed releases, newest first."""
    from scanner.knowledge import releases

    for item in releases():
        click.echo(f"{item.id}  {item.date}  {item.state}  {item.sha256}")


@knowledge.command("seal")
@click.argument("release")
def knowledge_seal(release: str) -> None:
    """Write the checksums of a draft release's tables into its release.toml."""
    from scanner.knowledge import seal

    click.echo(f"{release} sealed: {seal(release).sha256}")


@knowledge.command("sources")
@click.option("--check", "action", flag_value="check", default=True, help="Compare (the default).")
@click.option("--write", "action", flag_value="write", help="Write the page anew.")
def knowledge_sources(action: str) -> None:
    """Compare docs/sources.md in the working directory with the sources of the newest release."""
    from scanner.knowledge import credits_page, load

    found = load()
    _same(Path("docs/sources.md"), credits_page(found.release, found.sources), action)


@main.group()
def db() -> None:
    """Look after the database."""


def _logged_settings() -> "Settings":
    """The settings, for a command that works on the database and logs as they say."""
    from scanner import logs
    from scanner.settings import Settings

    settings = Settings.from_environment()
    logs.configure(settings, "db")
    return settings


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to the state that this version needs."""
    from scanner.store.migrate import upgrade

    upgrade(_logged_settings())
    click.echo("The database is up to date.")


_without_secrets = click.option(
    "--without-secrets", is_flag=True, help="Leave the secret key and the key pepper out."
)


@db.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_without_secrets
def db_backup(file: Path, *, without_secrets: bool) -> None:
    """Write the database and the secrets into a new FILE; the service may go on meanwhile."""
    from scanner.store.backup import backup

    manifest = backup(_logged_settings(), file, with_secrets=not without_secrets)
    click.echo(f"{file} holds {terminal.rows_text(manifest.rows)}.")


@db.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_without_secrets
@click.option("--replace", is_flag=True, help="Lose the database and secrets that are there now.")
def db_restore(file: Path, *, without_secrets: bool, replace: bool) -> None:
    """Put the database and the secrets of a backup FILE in place, all of it or nothing."""
    from scanner.store.restore import restore

    manifest = restore(
        _logged_settings(), file, replacing=replace, with_secrets=not without_secrets
    )
    click.echo(
        f"The state of {manifest.created_at} is back, with {terminal.rows_text(manifest.rows)}."
    )


@main.command()
@click.option("--check", "action", flag_value="check", default=True, help="Compare (the default).")
@click.option("--write", "action", flag_value="write", help="Write the file anew.")
def openapi(action: str) -> None:
    """Compare openapi.yaml in the working directory with what the service serves."""
    from scanner.app import contract_text

    _same(Path("openapi.yaml"), contract_text(), action)


@main.command()
@click.option("--check", "action", flag_value="check", help="Compare docs/settings.md with them.")
@click.option("--write", "action", flag_value="write", help="Write docs/settings.md anew.")
def settings(action: str | None) -> None:
    """Print all settings, what they do and their defaults."""
    from scanner.settings_reference import page, table

    if action is None:
        click.echo(table(), nl=False)
    else:
        _same(Path("docs/settings.md"), page(), action)


def _same(path: Path, made: str, action: str) -> None:
    """Write a generated file, or end with an error where it is not what would be written."""
    if action == "write":
        path.write_text(made, encoding="utf-8")
        click.echo(f"{path} written.")
    elif not path.is_file() or path.read_text(encoding="utf-8") != made:
        click.echo(f"{path} is out of date: run this with --write.", err=True)
        sys.exit(EXIT_DIFFERENT)
    else:
        click.echo(f"{path} is up to date.")


if __name__ == "__main__":
    main()
