"""What every page needs of the application: its context, and who may see a page."""

from collections.abc import Callable
from typing import Any, Final, Literal, TypeAlias, TypeVar, cast

from flask import current_app

from scanner.services.context import Context
from scanner.services.roles import Scope

EXTENSION: Final = "scanner-pages"
PUBLIC: Final = "public"
SIGNED_IN: Final = "signed-in"
Access: TypeAlias = Scope | Literal["public", "signed-in"]
View = TypeVar("View", bound=Callable[..., Any])


def context() -> Context:
    """The settings, database, engine and queue of this application."""
    return cast(Context, current_app.extensions[EXTENSION])


def open_to(access: Access) -> Callable[[View], View]:
    """A decorator that declares who may see a page.

    That is everybody, people who are signed in, or those whose role holds a scope.
    """

    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare
