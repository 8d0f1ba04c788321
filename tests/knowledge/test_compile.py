"""The honesty rules, on the tiny release."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.composition import Range, nominal
from scanner.core.evidence import Target
from scanner.core.names import Presence, Scope, Stage, TargetKind
from scanner.knowledge.compile_lexicon import precision
from scanner.knowledge.compile_supply import scaled
from scanner.knowledge.loader import load


def loaded(draft):
    return load(root=draft.write().root)


def parts_of(knowledge, kind, key):
    return {item.material: item for item in knowledge.recipes.ingredients[Target(kind, key)]}


def test_a_limit_makes_no_presence(draft):
    brass = parts_of(loaded(draft), TargetKind.ALLOY, "brass")
    assert set(brass) == {"copper", "zinc"}
    assert brass["copper"].fraction == Range(0.6, None, 0.65)


def test_silicon_in_an_alloy_of_iron_is_no_silicon_metal(draft):
    assert set(parts_of(loaded(draft), TargetKind.ALLOY, "steel")) == {"iron_ore"}


def test_silicon_elsewhere_is_silicon_metal(draft):
    row = {**draft.rows["alloy_composition"][4], "alloy": "brass"}
    draft.rows["alloy_composition"].append(row)
    assert "silicon_metal" in parts_of(loaded(draft), TargetKind.ALLOY, "brass")


def test_graphite_is_possible_at_most(draft):
    part = parts_of(loaded(draft), TargetKind.CLASS, "part")
    assert part["natural_graphite"].presence is Presence.POSSIBLE


def test_carbon_that_is_no_graphite_counts_for_nothing(draft):
    draft.rows["class_composition"][1]["context"] = ""
    assert "natural_graphite" not in parts_of(loaded(draft), TargetKind.CLASS, "part")


def test_what_is_possible_may_be_absent(draft):
    part = parts_of(loaded(draft), TargetKind.CLASS, "part")
    assert part["zinc"].fraction == Range(0.0, None, 0.3)


def test_children_inherit_and_their_own_rows_replace(draft):
    knowledge = loaded(draft)
    switch = parts_of(knowledge, TargetKind.CLASS, "switch")
    assert switch["natural_graphite"].role == "brush"
    assert switch["zinc"].role == "contact"
    assert switch["zinc"].presence is Presence.LIKELY


def test_a_child_refuses_what_its_parent_passes_on(draft):
    row = {
        "class_id": "switch",
        "kind": "element",
        "item": "C",
        "role": "none",
        "context": "graphite",
        "presence": "absent",
        "expert": "yes",
        "source": "book",
    }
    draft.rows["class_composition"].append(row)
    assert "natural_graphite" not in parts_of(loaded(draft), TargetKind.CLASS, "switch")


def test_an_alloy_in_a_class_is_multiplied_and_no_surer_than_either(draft):
    zinc = parts_of(loaded(draft), TargetKind.CLASS, "switch")["zinc"]
    assert zinc.fraction.low == pytest.approx(0.175)
    assert zinc.fraction.high == pytest.approx(0.2)
    assert zinc.presence is Presence.LIKELY


def test_a_phase_counts_by_its_formula(draft):
    found = loaded(draft).recipes.ingredients[Target(TargetKind.CLASS, "switch")]
    (skin,) = [item for item in found if item.role == "skin"]
    assert skin.fraction.typical == pytest.approx(0.079887)


def test_a_material_that_is_only_named_is_likely(draft):
    copper = parts_of(loaded(draft), TargetKind.MATERIAL, "copper")["copper"]
    assert copper.presence is Presence.LIKELY
    assert copper.fraction is None


def test_codes_point_to_a_material_or_to_a_class(draft):
    codes = loaded(draft).lexicon.codes
    assert codes["7403"].target == Target(TargetKind.CODE, "7403")
    assert codes["853650"].target == Target(TargetKind.CLASS, "switch")


def test_a_nominal_fraction_stays_one_in_an_alloy_and_in_a_class(draft):
    draft.rows["alloy_composition"][0] |= {"low": "0.63", "high": "0.63", "basis": "nominal"}
    knowledge = loaded(draft)
    brass = parts_of(knowledge, TargetKind.ALLOY, "brass")
    assert brass["copper"].fraction == nominal(0.63)
    assert brass["zinc"].fraction.known
    switch = knowledge.recipes.ingredients[Target(TargetKind.CLASS, "switch")]
    (zinc,) = [item for item in switch if item.material == "zinc"]
    assert not zinc.fraction.known  # half of a switch is brass, nominally


def test_what_is_an_alloy_as_a_whole_is_no_nominal_figure(draft):
    draft.rows["class_composition"][3] |= {"low": "1", "typical": "1", "high": "1"}
    switch = loaded(draft).recipes.ingredients[Target(TargetKind.CLASS, "switch")]
    (zinc,) = [item for item in switch if item.material == "zinc"]
    assert zinc.fraction == Range(0.35, None, 0.4)


def test_masses_by_class_and_by_package(draft):
    recipes = loaded(draft).recipes
    assert recipes.class_masses["switch"].grams == Range(1, 2, 3)
    assert recipes.package_masses["switch"]["SW1"].grams == nominal(1)


def test_masses_of_standard_parts_are_nominal(draft):
    masses = loaded(draft).recipes.standard_masses
    assert masses["DIN912", "M6X20"].grams == nominal(6.5)
    assert masses["DIN912", "M2.5X10"].source == "book"


def test_hot_dip_coats_are_ordered_by_the_thickness_of_what_they_cover(draft):
    thin, thick = loaded(draft).recipes.dip_coats
    assert (thin.micrometres, thick.micrometres) == (
        Range(45, 55, 55, known=False),
        Range(70, 85, 85, known=False),
    )
    assert thin.covers(3)
    assert not thin.covers(3.1)
    assert thick.covers(3.1)


def test_an_alloy_has_the_density_of_its_family_unless_it_has_its_own(draft):
    densities = loaded(draft).recipes.densities
    brass = densities[Target(TargetKind.ALLOY, "brass")]
    assert (brass.g_per_cm3, brass.sources) == (Range(8.4, None, 8.7), ("book", "later_book"))
    assert densities[Target(TargetKind.ALLOY, "steel")].g_per_cm3 == nominal(7.85)


def test_metals_and_classes_have_densities_too(draft):
    densities = loaded(draft).recipes.densities
    assert densities[Target(TargetKind.MATERIAL, "copper")].g_per_cm3.typical == 8.96
    assert not densities[Target(TargetKind.CLASS, "switch")].g_per_cm3.known


def test_shares_stand_biggest_first(draft):
    draft.rows["supply_shares"].reverse()
    shares = loaded(draft).supply.shares["copper", Stage.EXTRACTION, Scope.GLOBAL]
    assert [share.country for share in shares] == ["CHL", "NAM"]


def test_the_two_editions_stay_apart(draft):
    chile = loaded(draft).supply.countries["CHL"]
    assert (chile.governance.edition, chile.governance_2023.edition) == ("2025", "2024")


@given(st.floats(min_value=-2.5, max_value=2.5))
def test_the_governance_scale_runs_from_0_to_10(mean):
    assert 0 <= scaled(mean) <= 10


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_precision_is_never_sure_of_itself(tested, wrong):
    agreed = max(0, tested - wrong)
    assert 0 < precision(tested, agreed) < 1
    assert precision(tested + 1, agreed + 1) > precision(tested, agreed)
    assert precision(tested + 1, agreed) < precision(tested, agreed)
