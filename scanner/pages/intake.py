"""The form by which somebody without an account asks the help-desk, where the operator has one."""

from typing import Any, Final

from flask import Blueprint, render_template, request

from scanner.core.cases import Origin
from scanner.core.errors import InvalidInput
from scanner.pages.errors import Explained, explain
from scanner.pages.language import current
from scanner.pages.throttle import Throttle
from scanner.pages.wiring import PUBLIC, context, open_to
from scanner.services import cases
from scanner.services.cases import Question

routes = Blueprint("intake_pages", __name__)
REFUSED: Final = 422
TOO_MANY: Final = 429
AN_HOUR: Final = 3600

per_address = Throttle(limit=5, seconds=AN_HOUR)
"""Questions of one address: as many as one may ask in an hour."""


@routes.route("/question", methods=["GET", "POST"])
@open_to(PUBLIC)
def ask() -> Any:
    """The form, and the number of the case once a question is asked with consent."""
    cases.help_desk(context())
    if request.method == "GET":
        return _form()
    wait = per_address.wait(request.remote_addr or "")
    if wait:
        return render_template("too_many.html", seconds=round(wait)), TOO_MANY
    if request.form.get("consent") != "y":
        return _form(without_consent=True), REFUSED
    question = Question(
        request.form.get("question", ""),
        current(),
        request.form.get("contact") or None,
        Origin.PUBLIC,
    )
    try:
        made = cases.create(context(), cases.help_desk(context()), question, by=str(Origin.PUBLIC))
    except InvalidInput as error:
        return _form(explain(error)), REFUSED
    per_address.count(request.remote_addr or "")
    return render_template("asked.html", number=made.case.number)


def _form(problem: Explained | None = None, *, without_consent: bool = False) -> str:
    return render_template(
        "question.html", problem=problem, given=request.form, without_consent=without_consent
    )
