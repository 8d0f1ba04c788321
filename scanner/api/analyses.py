"""``/v1/analyses``: lines in, profile out, nothing stored."""

from flask import Response

from scanner.api import answers, bodies
from scanner.api.access import context
from scanner.api.contract import Routes
from scanner.api.schemas_boms import AnalysisSchema, LinesSchema
from scanner.api.upload_body import ANALYSIS
from scanner.profile import embedded, encoded
from scanner.services import analyses
from scanner.services.roles import Scope

routes = Routes("analyses", __name__, url_prefix="/v1")


@routes.operation(
    "POST",
    "/analyses",
    scope=Scope.ANALYSES_RUN,
    answer=AnalysisSchema,
    problems=(*bodies.JSON_PROBLEMS, "bom-too-large", "cyclic-bom"),
    extra=ANALYSIS,
)
def create_analysis() -> Response:
    """Analyse lines without storing anything.

    The lines come back in your order with your ids, each with its evidence and materials.
    """
    given = bodies.json_object(LinesSchema())
    found = analyses.analyse(
        context(),
        given["lines"],
        annual_units=given.get("annual_units"),
        documented_only=given.get("documented_only", False),
    )
    profile = embedded(found.profile)
    answer = {"sha256": found.sha256, "profile": profile, "lines": found.lines}
    return answers.raw_json(encoded(answer))
