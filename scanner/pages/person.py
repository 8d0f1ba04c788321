"""Who is signed in."""

from typing import cast
from uuid import UUID

from flask import redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from scanner.core.errors import NotAllowed, NotFound
from scanner.core.names import CompanyId
from scanner.pages.wiring import context
from scanner.services import users
from scanner.services.users import Role, UserView


class Person(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A signed-in person of one company."""

    def __init__(self, view: UserView) -> None:
        self.view = view

    def get_id(self) -> str:
        """Company and person: sessions name both."""
        return f"{self.view.company_id}:{self.view.id}"

    @property
    def may_write(self) -> bool:
        """Whether the person may upload and delete."""
        return self.view.role in (Role.OWNER, Role.ANALYST)


def load(session_id: str) -> Person | None:
    """The person that a session names, or None when there is no such person any more."""
    company, _, user = session_id.partition(":")
    try:
        return Person(users.get(context(), CompanyId(UUID(company)), UUID(user)))
    except (NotFound, ValueError):
        return None


def here() -> Person:
    """The signed-in person; only on pages for people who are signed in."""
    return cast(Person, current_user._get_current_object())


def company() -> CompanyId:
    """The company of the signed-in person."""
    return here().view.company_id


def check_may_write() -> None:
    """Refuse people who may only look."""
    if not here().may_write:
        raise NotAllowed("Your role is to look, not to change.", advice="Ask the owner.")


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
