"""Pages of a company's people: taking an invitation, one's own password, who is here."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from scanner.core.errors import Conflict, InvalidInput, NotFound, ScannerError
from scanner.pages import sign_in
from scanner.pages.forms import AcceptForm, InviteForm, PasswordForm
from scanner.pages.person import begin, company, here
from scanner.pages.wiring import PUBLIC, SIGNED_IN, context, open_to
from scanner.services import invitations, users
from scanner.services.roles import Role, Scope

routes = Blueprint("people_pages", __name__)
REFUSED: Final = 422


@routes.route("/invitation/<token>", methods=["GET", "POST"])
@open_to(PUBLIC)
def take_invitation(token: str) -> Any:
    """Choose a name and a password, and be in; a wrong token counts as a wrong try."""
    address = request.remote_addr or ""
    if sign_in.per_address.wait(address):
        return render_template("invitation.html", invitation=None, form=None), sign_in.TOO_MANY
    try:
        invitation = invitations.find(context(), token)
    except NotFound:
        sign_in.per_address.count(address)
        return render_template("invitation.html", invitation=None, form=None), 404
    form = AcceptForm()
    if not form.validate_on_submit():
        status = REFUSED if form.errors else 200
        return render_template("invitation.html", invitation=invitation, form=form), status
    try:
        person = invitations.accept(
            context(), token, name=form.name.data, password=form.password.data
        )
    except InvalidInput:
        form.password.errors = [_easy()]
        return render_template("invitation.html", invitation=invitation, form=form), REFUSED
    if current_user.is_authenticated:
        logout_user()
    begin(person, users.open_session(context(), person))
    return redirect(url_for("bom_pages.home"), 303)


@routes.route("/account", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def account() -> Any:
    """Who one is here, and the form to change one's password, which ends all other sessions."""
    form, changed, status = PasswordForm(), False, 200
    if form.validate_on_submit():
        try:
            users.change_password(
                context(), here().view, here().session_id, old=form.old.data, new=form.password.data
            )
            changed = True
        except InvalidInput as error:
            wrong = error.place is not None and error.place.pointer == "/old"
            field = form.old if wrong else form.password
            field.errors = [_("That is not your present password.") if wrong else _easy()]
            status = REFUSED
    elif form.errors:
        status = REFUSED
    body = render_template("account.html", form=form, changed=changed, person=here())
    return body, status


@routes.get("/people")
@open_to(Scope.ADMIN)
def show() -> str:
    """Who is here, who is invited, and the form to invite."""
    return _people(InviteForm())


@routes.post("/people")
@open_to(Scope.ADMIN)
def invite() -> Any:
    """Make an invitation and show the way in, once."""
    form = InviteForm()
    if not form.validate_on_submit():
        return _people(form), REFUSED
    try:
        made = invitations.create(
            context(),
            company(),
            email=form.email.data,
            role=Role(form.role.data),
            by=here().view.actor,
        )
    except ScannerError as error:
        taken = isinstance(error, Conflict)
        form.email.errors = [
            _("Somebody signs in with this address already.")
            if taken
            else _("Enter an e-mail address, such as name@example.org.")
        ]
        return _people(form), REFUSED
    address = url_for("people_pages.take_invitation", token=made.token, _external=True)
    return _people(InviteForm(formdata=None), address=address, invited=made.invitation.email)


@routes.post("/people/<uuid:user_id>/role")
@open_to(Scope.ADMIN)
def change_role(user_id: UUID) -> Any:
    """Give a person another role; the last owner stays owner."""
    users.get(context(), company(), user_id)
    wanted = request.form.get("role", "")
    if wanted not in set(Role):
        return _people(InviteForm(formdata=None)), REFUSED
    return _changed(
        lambda: users.change_role(context(), company(), user_id, Role(wanted), by=here().view.actor)
    )


@routes.post("/people/<uuid:user_id>/remove")
@open_to(Scope.ADMIN)
def remove(user_id: UUID) -> Any:
    """Remove a person; the last owner stays."""
    return _changed(lambda: users.remove(context(), company(), user_id, by=here().view.actor))


@routes.post("/invitations/<uuid:invitation_id>/withdraw")
@open_to(Scope.ADMIN)
def withdraw(invitation_id: UUID) -> Any:
    """Make an invitation worthless."""
    invitations.withdraw(context(), company(), invitation_id, by=here().view.actor)
    return redirect(url_for("people_pages.show"), 303)


def _changed(change: Any) -> Any:
    try:
        change()
    except Conflict:
        return _people(InviteForm(formdata=None), last_owner=True), 409
    return redirect(url_for("people_pages.show"), 303)


def _people(form: InviteForm, **more: Any) -> str:
    return render_template(
        "people.html",
        form=form,
        people=users.list_all(context(), company()),
        invitations=invitations.list_all(context(), company()),
        person=here(),
        roles=list(Role),
        **{"address": None, "invited": None, "last_owner": False, **more},
    )


def _easy() -> str:
    return str(_("Choose a longer password of at least 12 characters that is not your name."))
