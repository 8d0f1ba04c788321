"""Signing in and out, and the language of the pages."""

from typing import Any, Final

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from scanner.core.errors import NotFound, NotSignedIn
from scanner.pages.forms import SignInForm
from scanner.pages.language import COOKIE, LANGUAGES, YEAR
from scanner.pages.person import begin, here
from scanner.pages.throttle import Throttle
from scanner.pages.wiring import PUBLIC, SIGNED_IN, context, open_to
from scanner.services import users

routes = Blueprint("sign_in", __name__)
TOO_MANY: Final = 429

per_person = Throttle(limit=5, seconds=300)
per_address = Throttle(limit=30, seconds=300)


@routes.route("/sign-in", methods=["GET", "POST"])
@open_to(PUBLIC)
def show() -> Any:
    """The sign-in page; five wrong tries within five minutes have to wait."""
    if current_user.is_authenticated:
        return redirect(url_for("bom_pages.home"), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign_in.html", form=form, message=None)
    person = form.email.data.strip().casefold()
    address = request.remote_addr or ""
    if per_person.wait(person) or per_address.wait(address):
        message = _("Too many wrong tries. Wait five minutes and try again.")
        return render_template("sign_in.html", form=form, message=message), TOO_MANY
    try:
        found, session_id = users.sign_in(context(), person, form.password.data)
    except NotSignedIn:
        per_person.count(person)
        per_address.count(address)
        message = _("The e-mail address or the password is wrong.")
        return render_template("sign_in.html", form=form, message=message), 422
    per_person.forget(person)
    begin(found, session_id)
    return redirect(_inside(request.args.get("next")), 303)


@routes.post("/sign-out")
@open_to(SIGNED_IN)
def leave() -> Any:
    """End the session: no copy of its cookie is worth anything any more."""
    users.sign_out(context(), here().view, here().session_id)
    logout_user()
    session.clear()
    return redirect(url_for("sign_in.show"), 303)


@routes.get("/language/<code>")
@open_to(PUBLIC)
def choose_language(code: str) -> Any:
    """Remember the language of the pages, and go back to the page."""
    if code not in LANGUAGES:
        raise NotFound(f"There is no language '{code}'.")
    response = make_response(redirect(_inside(request.args.get("next")), 303))
    secure = context().settings.https
    response.set_cookie(COOKIE, code, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _inside(address: str | None) -> str:
    """An address on this site, or the home page: nobody is led elsewhere."""
    if address and address.startswith("/") and not address.startswith(("//", "/\\")):
        return address if address.isprintable() else url_for("bom_pages.home")
    return url_for("bom_pages.home")
