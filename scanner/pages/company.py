"""Pages of a company: its keys, how long things are kept, its log, its export and its end."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import logout_user

from scanner import __version__
from scanner.core.errors import Conflict, InvalidInput
from scanner.pages import sign_in
from scanner.pages.forms import EraseForm, KeyForm
from scanner.pages.person import company, here
from scanner.pages.wiring import context, open_to
from scanner.services import audit, companies, exports, keys, releases, retention, users
from scanner.services.keys import NewKey
from scanner.services.roles import Scope

routes = Blueprint("company_pages", __name__)
REFUSED: Final = 422
ENTRIES_ON_ONE_PAGE: Final = 50


@routes.get("/company")
@open_to(Scope.ADMIN)
def show() -> str:
    """What the company has here, what it may take along, and how it ends."""
    return _company()


@routes.post("/company/keys")
@open_to(Scope.ADMIN)
def make_key() -> Any:
    """Make an API key and show it, once."""
    form = KeyForm()
    if not form.validate_on_submit():
        return _company(key_form=form), REFUSED
    made = keys.create(
        context(),
        company(),
        name=form.name.data,
        scopes=form.scopes.data,
        expires_at=form.expires_at,
        by=here().view.actor,
    )
    return _company(key_form=KeyForm(formdata=None), made=made)


@routes.post("/company/keys/<uuid:key_id>/rotate")
@open_to(Scope.ADMIN)
def rotate_key(key_id: UUID) -> Any:
    """Make a successor and show it, once; the old key works for another day."""
    try:
        made = keys.rotate(context(), company(), key_id, by=here().view.actor)
    except Conflict:
        return redirect(url_for("company_pages.show"), 303)
    return _company(made=made)


@routes.post("/company/keys/<uuid:key_id>/revoke")
@open_to(Scope.ADMIN)
def revoke_key(key_id: UUID) -> Any:
    """Make a key worthless."""
    keys.revoke(context(), company(), key_id, by=here().view.actor)
    return redirect(url_for("company_pages.show"), 303)


@routes.get("/company/log")
@open_to(Scope.ADMIN)
def show_log() -> str:
    """Who did what and when, newest first."""
    page = audit.list_page(
        context(), company(), cursor=request.args.get("cursor"), limit=ENTRIES_ON_ONE_PAGE
    )
    return render_template("log.html", page=page, actors=_actors(), person=here())


@routes.post("/company/export")
@open_to(Scope.ADMIN)
def export() -> Response:
    """All that the service holds of the company, as a ZIP that is sent while it is made."""
    pieces = exports.of_company(context(), company(), by=here().view.actor)
    response = Response(pieces, mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="company.zip"'
    return response


@routes.post("/company/erase")
@open_to(Scope.ADMIN)
def erase() -> Any:
    """End the company here, for whoever types its name and the own password."""
    form, person = EraseForm(), here().view
    if not form.validate_on_submit():
        return _company(erase_form=form), REFUSED
    if sign_in.per_person.wait(person.email):
        form.password.errors = [_("Too many wrong tries. Wait five minutes and try again.")]
        return _company(erase_form=form), sign_in.TOO_MANY
    if form.name.data.strip() != person.company:
        form.name.errors = [_("That is not the name of the company.")]
        return _company(erase_form=form), REFUSED
    try:
        users.prove(context(), person, form.password.data)
    except InvalidInput:
        sign_in.per_person.count(person.email)
        form.password.errors = [_("That is not your present password.")]
        return _company(erase_form=form), REFUSED
    companies.erase(context(), company(), by=person.actor)
    logout_user()
    session.clear()
    return render_template("erased.html", company=person.company)


def _company(
    *,
    key_form: KeyForm | None = None,
    erase_form: EraseForm | None = None,
    made: NewKey | None = None,
) -> str:
    at = datetime.now(UTC)
    all_keys = keys.list_all(context(), company())
    return render_template(
        "company.html",
        company=companies.get(context(), company()),
        person=here(),
        keys=[key for key in all_keys if key.is_valid(at)],
        ended=sum(1 for key in all_keys if not key.is_valid(at)),
        release=releases.current(context()),
        engine=__version__,
        retention=retention.terms(context()),
        key_form=key_form or KeyForm(formdata=None),
        erase_form=erase_form or EraseForm(formdata=None),
        made=made,
    )


def _actors() -> dict[str, str]:
    """The names of the people and keys that may stand in the log, by how they stand there."""
    people = {one.actor: one.name for one in users.list_all(context(), company())}
    return people | {f"key:{one.id}": one.name for one in keys.list_all(context(), company())}
