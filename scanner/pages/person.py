"""Who is signed in."""

from typing import cast
from uuid import UUID

from flask import g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user
from werkzeug.wrappers import Response

from scanner import logs
from scanner.core.errors import NotFound, StorageUnavailable
from scanner.core.names import CompanyId
from scanner.pages.wiring import context
from scanner.services import users
from scanner.services.users import UserView


class Person(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A person of one company, by one session that the service keeps."""

    def __init__(self, view: UserView, session_id: UUID) -> None:
        self.view = view
        self.session_id = session_id

    def get_id(self) -> str:
        """What a cookie names: company and session."""
        return f"{self.view.company_id}:{self.session_id}"

    def may(self, scope: str) -> bool:
        """Whether the person's role holds a scope."""
        return scope in self.view.scopes


def load(named: str) -> Person | None:
    """The person whose session a cookie names, or None when it is over or was ended.

    Raises `StorageUnavailable` once in a request: the page that says so knows nobody.
    """
    company, _, kept = named.partition(":")
    if g.get("nobody_known"):
        return None
    try:
        session_id = UUID(kept)
        view = users.signed_in(context(), CompanyId(UUID(company)), session_id)
    except (NotFound, ValueError):
        return None
    except StorageUnavailable:
        g.nobody_known = True
        raise
    return None if view is None else _known(view, session_id)


def begin(view: UserView, session_id: UUID) -> None:
    """Let this request, and those that bring its cookie, be of a person who just proved it."""
    session.clear()
    session.permanent = True
    login_user(_known(view, session_id))


def _known(view: UserView, session_id: UUID) -> Person:
    """The person, whose ids stand in the lines of this request from now on."""
    logs.bind(company_id=view.company_id, user_id=view.id)
    return Person(view, session_id)


def here() -> Person:
    """The signed-in person; only on pages for people who are signed in."""
    return cast(Person, current_user._get_current_object())


def company() -> CompanyId:
    """The company of the signed-in person."""
    return here().view.company_id


def send_to_sign_in() -> Response:
    """The way to the sign-in page, and back here afterwards."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.show", next=None if wanted == "/" else wanted), 303)


def make_manager() -> LoginManager:
    """Flask-Login, told how to find people."""
    manager = LoginManager()
    manager.user_loader(load)
    manager.unauthorized_handler(send_to_sign_in)
    return manager
