"""``scanner admin``: companies, people and API keys, by whoever may run commands on the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import click

from scanner import logs
from scanner.core.names import CompanyId
from scanner.services import companies, keys, users
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store.migrate import upgrade
from scanner.wiring import open_context


@click.group()
def admin() -> None:
    """Make companies, people and API keys."""


@contextmanager
def _context() -> Iterator[Context]:
    settings = Settings.from_environment()
    logs.configure(settings, "admin")
    upgrade(settings)
    ctx = open_context(settings)
    try:
        yield ctx
    finally:
        ctx.database.close()


_company = click.option("--company", type=UUID, required=True, help="Id of the company.")


@admin.command("company")
@click.argument("name")
def add_company(name: str) -> None:
    """Make a company called NAME and print its id."""
    with _context() as ctx:
        click.echo(companies.create(ctx, name=name).id)


@admin.command("user")
@_company
@click.argument("email")
@click.option("--name", default="", help="What to call the person.")
@click.option("--role", type=click.Choice([role.value for role in users.Role]), default="analyst")
@click.password_option(help="Asked for when it is not given.")
def add_user(*, company: UUID, email: str, name: str, role: str, password: str) -> None:
    """Make a person who signs in with EMAIL and a password."""
    with _context() as ctx:
        person = users.create(
            ctx,
            CompanyId(company),
            email=email,
            name=name or email,
            role=users.Role(role),
            password=password,
        )
        click.echo(f"{person.email} may sign in as {person.role} of {person.company}.")


@admin.group("key")
def key_group() -> None:
    """Make, list and revoke API keys."""


@key_group.command("create")
@_company
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice([scope.value for scope in keys.Scope])
)
@click.option(
    "--days", type=click.IntRange(min=1), help="Days until it expires; never if left out."
)
def add_key(*, company: UUID, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key called NAME and print it: it cannot be shown again."""
    expires_at = datetime.now(UTC) + timedelta(days=days) if days else None
    with _context() as ctx:
        made = keys.create(
            ctx,
            CompanyId(company),
            name=name,
            scopes=scopes or keys.ALL_SCOPES,
            expires_at=expires_at,
        )
        click.echo(made.token)


@key_group.command("list")
@_company
def list_keys(company: UUID) -> None:
    """Print the keys of a company, oldest first, without their secrets."""
    with _context() as ctx:
        for key in keys.list_all(ctx, CompanyId(company)):
            state = "revoked" if key.revoked_at else "valid"
            click.echo(f"{key.id}  {state:<7}  {key.name}  {' '.join(key.scopes)}")


@key_group.command("revoke")
@_company
@click.argument("key", type=UUID)
def revoke_key(company: UUID, key: UUID) -> None:
    """Make the key with this id worthless from now on."""
    with _context() as ctx:
        keys.revoke(ctx, CompanyId(company), key)
        click.echo("The key is revoked.")
