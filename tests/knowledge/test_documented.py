"""Recipes by documents alone, on the tiny release and on the newest."""

import pickle

from scanner.core.evidence import Target
from scanner.core.names import Presence, TargetKind
from scanner.knowledge.loader import load

PART = Target(TargetKind.CLASS, "part")
SWITCH = Target(TargetKind.CLASS, "switch")
BRASS = Target(TargetKind.ALLOY, "brass")


def loaded(draft):
    return load(root=draft.write().root)


def by_material(recipes, target):
    return {item.material: item for item in recipes.ingredients[target]}


def expert_row(draft, **more):
    row = {
        "class_id": "switch",
        "kind": "element",
        "item": "Zn",
        "role": "spring",
        "presence": "typical",
        "expert": "yes",
        "source": "book",
    }
    return {**row, **more}


def test_without_experts_both_are_the_same(draft):
    knowledge = loaded(draft)
    assert knowledge.documented == knowledge.recipes


def test_a_material_that_only_an_expert_names_is_not_documented(draft):
    draft.rows["class_composition"].append(expert_row(draft, item="Fe", class_id="part"))
    knowledge = loaded(draft)
    assert by_material(knowledge.recipes, SWITCH)["iron_ore"].expert
    assert "iron_ore" not in by_material(knowledge.documented, SWITCH)
    assert "iron_ore" not in by_material(knowledge.documented, PART)


def test_a_document_about_the_wider_class_stands_where_an_experts_word_had_replaced_it(draft):
    draft.rows["class_composition"][3]["item"] = "steel"
    draft.rows["class_composition"].append(expert_row(draft))
    knowledge = loaded(draft)
    assert by_material(knowledge.recipes, SWITCH)["zinc"].role == "spring"
    zinc = by_material(knowledge.documented, SWITCH)["zinc"]
    assert (zinc.role, zinc.presence) == ("plating", Presence.POSSIBLE)
    assert zinc.fraction.high == 0.3


def test_what_an_expert_says_is_not_inside_stays_out(draft):
    row = expert_row(draft, item="C", context="graphite", role="none", presence="absent")
    draft.rows["class_composition"].append(row)
    knowledge = loaded(draft)
    assert "natural_graphite" in by_material(knowledge.documented, PART)
    assert "natural_graphite" not in by_material(knowledge.documented, SWITCH)


def test_an_experts_element_of_an_alloy_goes_from_the_classes_that_hold_it_too(draft):
    draft.rows["alloy_composition"].append(
        {
            "alloy": "brass",
            "kind": "element",
            "item": "Si",
            "presence": "possible",
            "basis": "presence",
            "expert": "yes",
            "source": "book",
        }
    )
    knowledge = loaded(draft)
    for target in (BRASS, SWITCH):
        assert "silicon_metal" in by_material(knowledge.recipes, target)
        assert "silicon_metal" not in by_material(knowledge.documented, target)


def test_nothing_in_the_release_is_by_experts_and_what_is_equal_is_kept_once(knowledge):
    stored = pickle.dumps((knowledge.recipes, knowledge.documented))
    all_recipes, by_documents = pickle.loads(stored)
    everything, documented = all_recipes.ingredients, by_documents.ingredients
    assert everything.keys() == documented.keys()
    assert not [t for t, items in documented.items() if any(item.expert for item in items)]
    equal = [t for t, items in everything.items() if items == documented[t]]
    assert 0 < len(equal) < len(everything)
    assert all(everything[target] is documented[target] for target in equal)
    assert by_documents.names is all_recipes.names
