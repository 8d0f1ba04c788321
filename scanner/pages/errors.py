"""What went wrong, in plain words of the page's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Response, g, make_response, render_template
from flask_babel import gettext as _

from scanner.core.errors import Place, ScannerError
from scanner.pages.problem_texts import said
from scanner.pages.words import PROBLEMS

BY_STATUS = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "not-found",
    413: "request-too-large",
    503: "storage-unavailable",
    507: "storage-full",
}


class Problem(Protocol):
    """What errors and the stored problems of jobs have in common."""

    @property
    def code(self) -> str:
        """Kind."""

    @property
    def detail(self) -> str:
        """What is wrong this time, in English."""

    @property
    def place(self) -> Place | None:
        """Where."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A problem for people: the kind, the place, what to do; `detail` is empty if untranslated."""

    title: Any
    advice: Any
    place: str
    detail: str


def explain(problem: Problem | ScannerError) -> Explained:
    """A problem in the words of the page."""
    title, advice = PROBLEMS.get(problem.code, PROBLEMS["internal-error"])
    return Explained(title, advice, place_text(problem.place), said(problem.detail))


def place_text(place: Place | None) -> str:
    """A place as people name it: sheet, row, column."""
    if place is None:
        return ""
    words = [
        _("sheet “%(name)s”", name=place.sheet) if place.sheet else "",
        _("row %(number)s", number=place.row) if place.row is not None else "",
        _("column “%(name)s”", name=place.column) if place.column else "",
    ]
    return ", ".join(word for word in words if word)


def row_place(problem: Mapping[str, Any]) -> str:
    """The place of a line problem of a profile."""
    return place_text(Place(problem["sheet"], problem["row"], problem["column"]))


def error_page(status: int, error: ScannerError | None) -> Response:
    """A page for an error that no form shows."""
    code = error.code if error else BY_STATUS.get(status, "internal-error")
    title, advice = PROBLEMS.get(code, PROBLEMS[BY_STATUS.get(status, "internal-error")])
    detail = said(error.detail) if error else ""
    body = render_template(
        "error.html",
        title=title,
        advice=advice,
        detail=detail,
        request_id=g.get("request_id", "") if status >= 500 else "",
    )
    return make_response(body, status)
