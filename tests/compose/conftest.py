"""Recipes of our own, so that the honesty rules can be tested apart from the release."""

import pytest

from scanner.core.composition import Ingredient, Range, UnitMass, exactly, nominal
from scanner.core.evidence import Evidence, Recognition, RecognitionState, Target
from scanner.core.names import EvidenceKind, Presence, TargetKind
from scanner.core.recipes import Recipes


def target(text):
    kind, key = text.split(":", 1)
    return Target(TargetKind(kind), key)


def ingredient(material, presence="certain", fraction=None, role="alloy", **more):
    source = more.pop("source", "handbook")
    return Ingredient(material, Presence(presence), fraction, role, source, **more)


STEEL = (
    ingredient("iron_ore", fraction=Range(0.6, 0.7, 0.75)),
    ingredient("chromium", fraction=Range(0.17, 0.18, 0.19)),
)
RELAY = (
    ingredient("silver", "certain", Range(0.001, None, 0.002), "contact"),
    ingredient("copper", "likely", None, "winding"),
    ingredient("nickel", "possible", Range(0.0, None, 0.01), "contact", expert=True),
    ingredient("lead", "likely", None, "solder"),
)
RECIPES = Recipes(
    ingredients={
        target("alloy:stainless"): STEEL,
        target("alloy:brass"): (ingredient("copper", fraction=Range(0.57, None, 0.64)),),
        target("alloy:cast"): (
            ingredient("chromium", fraction=nominal(0.19)),
            ingredient("copper", "possible", fraction=nominal(0.01)),
        ),
        target("alloy:leaded"): (ingredient("lead", fraction=Range(0.02, None, 0.04)),),
        target("class:relay"): RELAY,
        target("class:ic"): (
            ingredient("copper", "certain", Range(0.2, 0.25, 0.3), "leadframe"),
            ingredient("copper", "certain", exactly(0.05), "wire", source="other"),
        ),
        target("class:cell"): (
            ingredient("natural_graphite", "possible", Range(0.1, None, 0.2), "anode",
                       grade="battery"),
            ingredient("fluorspar", "likely", None, "electrolyte", upstream=True),
        ),
        target("material:nickel"): (ingredient("nickel", "likely", None, "named"),),
        target("material:natural_graphite"): (
            ingredient("natural_graphite", "likely", None, "named"),
        ),
        target("substance:1-1-1"): (ingredient("baryte", "certain", exactly(0.59), "substance"),),
    },
    class_masses={"relay": UnitMass(Range(8.0, 10.0, 12.0), "class mass", "handbook")},
    package_masses={"ic": {"SOIC8": UnitMass(exactly(0.08), "package mass", "sheet")}},
    names={},
    parents={"relay": None, "ic": None, "mcu": "ic", "cell": None},
)  # fmt: skip


def evidence(points_to, kind, confidence=0.9, text="text", field="description", **more):
    return Evidence(
        EvidenceKind(kind), text, field, target(points_to), confidence, "own", "rule", **more
    )


def recognition(*reasons, negations=()):
    ordered = tuple(sorted(reasons, key=lambda one: (one.kind.rank, -one.confidence)))
    return Recognition(RecognitionState.RECOGNISED, ordered, (), tuple(negations))


@pytest.fixture(scope="session")
def recipes():
    return RECIPES


@pytest.fixture(scope="session")
def make():
    """Builders of evidence and recognitions."""

    class Make:
        evidence = staticmethod(evidence)
        recognition = staticmethod(recognition)

    return Make
