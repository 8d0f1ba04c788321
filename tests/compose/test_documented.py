"""Composition by documents alone: what goes, what stands again, and that it says so."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from scanner.compose import Composer, DocumentedComposer
from scanner.core.bom import Part
from scanner.core.composition import Range, exactly
from scanner.core.evidence import Evidence
from scanner.core.names import Presence
from tests.compose.conftest import ingredient, target

PART = Part(description="a part", unit_mass_g=100.0)
LINES = Path(__file__).parents[1] / "match"


@pytest.fixture
def compose(recipes, make):
    """What is inside by documents alone, and by all statements, where recipes differ so."""

    def build(*reasons, documented, everything=None, negations=()):
        full = replace(recipes, ingredients={**recipes.ingredients, **(everything or {})})
        by_documents = replace(full, ingredients={**full.ingredients, **documented})
        recognition = make.recognition(*reasons, negations=negations)
        everyone = Composer(full)
        return (
            DocumentedComposer(by_documents, everyone).compose(PART, recognition),
            everyone.compose(PART, recognition),
        )

    return build


def without(recipes, key, material):
    return tuple(item for item in recipes.ingredients[target(key)] if item.material != material)


def told(composition):
    return [(one.material, one.presence) for one in composition.left_out], composition.restored


def test_what_only_experts_say_is_left_out_and_told(compose, recipes, make):
    reason = make.evidence("class:relay", "component_class")
    found, before = compose(
        reason, documented={target("class:relay"): without(recipes, "class:relay", "nickel")}
    )
    assert told(found) == ([("nickel", Presence.POSSIBLE)], ())
    assert found.contents == tuple(one for one in before.contents if one.material != "nickel")
    assert found.unit_mass == before.unit_mass


def test_a_part_that_only_experts_speak_of_is_empty_and_says_so(compose, make):
    reason = make.evidence("class:pump", "component_class")
    known = {target("class:pump"): (ingredient("copper", "likely", None, "winding", expert=True),)}
    found, _ = compose(reason, everything=known, documented={target("class:pump"): ()})
    assert found.contents == ()
    assert told(found) == ([("copper", Presence.LIKELY)], ())


def test_a_text_that_denies_a_material_denies_it_to_experts_too(compose, recipes, make):
    reason = make.evidence("class:relay", "component_class")
    denial = make.evidence("material:nickel", "wording", text="nickel-free")
    found, _ = compose(
        reason,
        negations=[denial],
        documented={target("class:relay"): without(recipes, "class:relay", "nickel")},
    )
    assert told(found) == ([], ())


def test_an_expert_who_is_surer_than_the_document_is_left_out(compose, make):
    documented = ingredient("lithium", "possible", Range(0.0, None, 0.1), "cell")
    by_expert = ingredient("lithium", "likely", None, "cathode", expert=True)
    found, _ = compose(
        make.evidence("class:cell", "component_class"),
        everything={target("class:cell"): (by_expert, documented)},
        documented={target("class:cell"): (documented,)},
    )
    assert told(found) == ([("lithium", Presence.LIKELY)], ())
    assert found.contents[0].mass_g == Range(0.0, None, 10.0)


def test_a_document_that_an_expert_had_replaced_says_so(compose, make):
    documented = ingredient("silicon_metal", "likely", exactly(0.02), "die")
    by_expert = ingredient("silicon_metal", "likely", None, "die", expert=True)
    found, before = compose(
        make.evidence("class:ic", "component_class"),
        everything={target("class:ic"): (by_expert,)},
        documented={target("class:ic"): (documented,)},
    )
    assert before.contents[0].mass_g is None
    assert found.contents[0].mass_g == exactly(2.0)
    assert told(found) == ([], ("silicon_metal",))


@pytest.mark.parametrize(
    "part", [Part(description="Bandeisen verzinkt"), Part(description="haak", material="verzinkt")]
)
def test_that_zinc_lies_on_iron_is_an_experts_word(engine, part):
    found = engine.recognise(part).composition
    iron = next(one for one in found.contents if one.material == "iron_ore")
    assert (iron.presence, iron.expert, iron.fraction) == (Presence.LIKELY, True, None)
    documented = engine.recognise(part, documented_only=True).composition
    assert [one.material for one in documented.contents] == ["zinc"]
    assert told(documented) == ([("iron_ore", Presence.LIKELY)], ())


def parts():
    """The labelled lines of the tests of recognition."""
    for name in ("lines.csv", "blind.csv"):
        with (LINES / name).open(encoding="utf-8", newline="") as stream:
            for case in csv.DictReader(stream, delimiter=";"):
                yield Part(**dict(field.split("=", 1) for field in case["part"].split("|")))


def hidden(knowledge, evidence: Evidence):
    """Materials of whose ingredients a documented one had given way to an expert's."""
    everything = knowledge.recipes.ingredients.get(evidence.points_to, ())
    documented = knowledge.documented.ingredients.get(evidence.points_to, ())
    return {item.material for item in documented if item not in everything}


def test_leaving_out_adds_nothing_and_changes_no_mass_unless_a_document_was_hidden(engine):
    """By the labelled lines: each difference is told, and only hidden documents say more."""
    lost = restored = 0
    for part in parts():
        everything, found = (
            engine.recognise(part, documented_only=chosen) for chosen in (False, True)
        )
        assert found.recognition == everything.recognition
        before = {one.material: one for one in everything.composition.contents}
        after = {one.material: one for one in found.composition.contents}
        allowed = set().union(
            *(hidden(engine.knowledge, one) for one in found.recognition.evidence)
        )
        for material, content in after.items():
            assert not content.expert
            same = material in before and (
                (content.fraction, content.mass_g)
                == (before[material].fraction, before[material].mass_g)
            )
            assert same or material in allowed, (part, material)
            assert same or material in found.composition.restored
        left_out = {one.material for one in found.composition.left_out}
        assert before.keys() - after.keys() <= left_out
        assert all(before[one].expert for one in before.keys() - after.keys())
        assert {m for m, one in before.items() if one.expert} <= (
            left_out | set(found.composition.restored) | after.keys()
        )
        lost, restored = lost + bool(left_out), restored + bool(found.composition.restored)
    assert lost > restored > 0
