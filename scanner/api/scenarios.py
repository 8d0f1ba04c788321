"""``/v1/scenarios``: countries supply less; what is lost, and which parts depend on it."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, bodies
from scanner.api.access import company, context, principal
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.schemas_scenarios import ScenarioInputSchema, ScenarioSchema
from scanner.core.errors import NotAllowed
from scanner.core.names import CountryCode, MaterialId
from scanner.core.scenarios import Scenario
from scanner.profile.scenarios import scenario_answer
from scanner.services import scenarios
from scanner.services.roles import Scope

routes = Routes("scenarios", __name__, url_prefix="/v1")


@routes.operation(
    "POST",
    "/scenarios",
    scope=Scope.ANALYSES_RUN,
    answer=ScenarioSchema,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "not-ready"),
    extra=bodies.takes(ScenarioInputSchema),
)
def create_scenario() -> Response:
    """What is lost when countries supply less, and what that means for your BOMs.

    A mechanical exposure: shares of the past times a fraction. It is no forecast, and nothing of it
    is stored. For BOMs the key needs the scope `boms:read`, too.
    """
    given = bodies.json_object(ScenarioInputSchema())
    bom_ids = given["boms"]
    if bom_ids and Scope.BOMS_READ not in principal().scopes:
        raise NotAllowed(
            f"This key lacks the scope {Scope.BOMS_READ}.",
            advice="Use a key with that scope, or ask without BOMs.",
        )
    scenario = _scenario(given)
    stock = {MaterialId(one["material"]): one["mass_kg"] for one in given["stock"]}
    at_stake = scenarios.take(context(), scenario, stock)
    document = {
        **scenario_answer(scenario, at_stake, top=given["top"], explain=given["explain"]),
        "boms": [scenarios.of_bom(context(), company(), key, at_stake) for key in bom_ids],
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


def _scenario(given: Mapping[str, Any]) -> Scenario:
    materials = given.get("materials")
    return Scenario(
        countries=frozenset(CountryCode(code.upper()) for code in given["countries"]),
        fraction=given["fraction"],
        materials=None if materials is None else tuple(dict.fromkeys(materials)),
        stage=given.get("stage"),
        scopes=tuple(dict.fromkeys(given["scopes"])),
    )
