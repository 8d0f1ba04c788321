"""``scanner admin``: companies, people and API keys, by whoever may run commands on the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import click

from scanner import logs
from scanner.core.errors import InvalidInput
from scanner.core.names import CompanyId
from scanner.services import audit, companies, exports, invitations, keys, passwords, users
from scanner.services.context import Context
from scanner.services.roles import ALL_SCOPES, Role, Scope
from scanner.settings import Settings, open_private
from scanner.store.migrate import prepare
from scanner.wiring import open_context


@click.group()
def admin() -> None:
    """Look after companies, people and API keys."""


@contextmanager
def _context() -> Iterator[Context]:
    settings = Settings.from_environment()
    logs.configure(settings, "admin")
    prepare(settings)
    ctx = open_context(settings)
    try:
        yield ctx
    finally:
        ctx.database.close()


_company = click.option("--company", type=UUID, required=True, help="Id of the company.")
_role = click.Choice([role.value for role in Role])


@admin.group("company")
def company_group() -> None:
    """Make, list, export and erase companies."""


@company_group.command("create")
@click.argument("name")
def add_company(name: str) -> None:
    """Make a company called NAME and print its id."""
    with _context() as ctx:
        click.echo(companies.create(ctx, name=name).id)


@company_group.command("list")
def list_companies() -> None:
    """Print all companies, oldest first."""
    with _context() as ctx:
        for company in companies.list_all(ctx):
            click.echo(f"{company.id}  {_day(company.created_at)}  {company.name}")


@company_group.command("export")
@click.argument("company", type=UUID)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_company(company: UUID, file: Path) -> None:
    """Write all that the service holds of a company into a new ZIP FILE."""
    with _context() as ctx:
        companies.get(ctx, company)
        try:
            target = open_private(file)
        except OSError as error:
            raise InvalidInput(
                f"{file} cannot be written: {error.strerror}.", advice="Name a new file."
            ) from error
        with target:
            for piece in exports.of_company(ctx, CompanyId(company), by=audit.COMMAND):
                target.write(piece)
    click.echo(f"{file} holds all of the company.")


@company_group.command("erase")
@click.argument("company", type=UUID)
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_company(company: UUID, *, yes: bool) -> None:
    """Remove a company with its people, keys, files, BOMs and profiles, for good."""
    with _context() as ctx:
        name = companies.get(ctx, company).name
        if not yes:
            click.confirm(f"Erase {name} for good?", abort=True)
        companies.erase(ctx, company)
        click.echo(f"{name} is erased. Backups made before still hold it.")


@admin.group("user")
def user_group() -> None:
    """Make, invite, change and remove people."""


@user_group.command("create")
@_company
@click.argument("email")
@click.option("--name", default="", help="What to call the person.")
@click.option("--role", type=_role, default=Role.ANALYST.value)
@click.password_option(help="Asked for when it is not given.")
def add_user(*, company: UUID, email: str, name: str, role: str, password: str) -> None:
    """Make a person who signs in with EMAIL and a password."""
    with _context() as ctx:
        person = users.create(
            ctx, CompanyId(company), email=email, name=name, role=Role(role), password=password
        )
        click.echo(f"{person.email} may sign in as {person.role} of {person.company}.")


@user_group.command("invite")
@_company
@click.argument("email")
@click.option("--role", type=_role, default=Role.ANALYST.value)
def invite_user(*, company: UUID, email: str, role: str) -> None:
    """Invite EMAIL and print the way in, which is open for a week."""
    with _context() as ctx:
        made = invitations.create(ctx, CompanyId(company), email=email, role=Role(role))
        click.echo(f"/invitation/{made.token}")


@user_group.command("list")
@_company
def list_users(company: UUID) -> None:
    """Print the people of a company, oldest first."""
    with _context() as ctx:
        for person in users.list_all(ctx, CompanyId(company)):
            seen = "never" if person.last_seen_at is None else _day(person.last_seen_at)
            click.echo(f"{person.id}  {person.role:<9}  {seen:<10}  {person.email}  {person.name}")


@user_group.command("role")
@click.argument("email")
@click.argument("role", type=_role)
def change_role(email: str, role: str) -> None:
    """Give the person who signs in with EMAIL another role."""
    with _context() as ctx:
        person = users.find(ctx, email)
        users.change_role(ctx, person.company_id, person.id, Role(role))
        click.echo(f"{person.email} is {role} now.")


@user_group.command("password")
@click.argument("email")
@click.option("--generate", is_flag=True, help="Make one and print it, instead of asking.")
def reset_password(email: str, *, generate: bool) -> None:
    """Give the person who signs in with EMAIL a new password, and end their sessions."""
    with _context() as ctx:
        person = users.find(ctx, email)
        password = (
            passwords.generate()
            if generate
            else click.prompt("Password", hide_input=True, confirmation_prompt=True)
        )
        users.set_password(ctx, person, password)
        click.echo(password if generate else f"{person.email} has a new password.")


@user_group.command("remove")
@click.argument("email")
def remove_user(email: str) -> None:
    """Remove the person who signs in with EMAIL; what they uploaded stays."""
    with _context() as ctx:
        person = users.find(ctx, email)
        users.remove(ctx, person.company_id, person.id)
        click.echo(f"{person.email} is removed.")


@admin.group("key")
def key_group() -> None:
    """Make, list, rotate and revoke API keys."""


@key_group.command("create")
@_company
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice([scope.value for scope in Scope])
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
            scopes=scopes or ALL_SCOPES,
            expires_at=expires_at,
        )
        click.echo(made.token)


@key_group.command("list")
@_company
def list_keys(company: UUID) -> None:
    """Print the keys of a company, oldest first, without their secrets."""
    with _context() as ctx:
        at = datetime.now(UTC)
        for key in keys.list_all(ctx, CompanyId(company)):
            state = "valid" if key.is_valid(at) else "revoked" if key.revoked_at else "expired"
            click.echo(f"{key.id}  {state:<7}  {key.name}  {' '.join(key.scopes)}")


@key_group.command("rotate")
@_company
@click.argument("key", type=UUID)
@click.option(
    "--hours", type=click.IntRange(min=0), default=24, help="Hours that the old key still works."
)
def rotate_key(company: UUID, key: UUID, hours: int) -> None:
    """Make a successor of a key and print it: it cannot be shown again."""
    with _context() as ctx:
        made = keys.rotate(ctx, CompanyId(company), key, overlap=timedelta(hours=hours))
        click.echo(made.token)


@key_group.command("revoke")
@_company
@click.argument("key", type=UUID)
def revoke_key(company: UUID, key: UUID) -> None:
    """Make the key with this id worthless from now on."""
    with _context() as ctx:
        keys.revoke(ctx, CompanyId(company), key)
        click.echo("The key is revoked.")


@admin.command("audit")
@_company
@click.option("--limit", type=click.IntRange(min=1), default=100, help="The most entries to print.")
def show_audit(company: UUID, limit: int) -> None:
    """Print who did what in a company, newest first, in ids; also of one that is erased."""
    with _context() as ctx:
        for entry in audit.list_page(ctx, CompanyId(company), limit=limit).items:
            subject = entry.subject or "-"
            note = f"  {entry.note}" if entry.note else ""
            click.echo(
                f"{entry.at:%Y-%m-%dT%H:%M:%SZ}  {entry.actor}  {entry.action}  {subject}{note}"
            )


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
