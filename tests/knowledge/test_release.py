"""The shipped release: well-known figures, and the honesty rules over all of its rows."""

from collections import defaultdict
from math import fsum

import pytest

from scanner.core.evidence import Target
from scanner.core.lexicon import MatchRule
from scanner.core.names import EvidenceKind, Presence, Scope, Stage, TargetKind
from scanner.knowledge import check, schema, tables
from scanner.knowledge.columns import FigureBasis
from scanner.knowledge.loader import RELEASES

EU = {
    *("AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC", "HUN"),
    *("IRL", "ITA", "LVA", "LTU", "LUX", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "ESP"),
    "SWE",
}
NOT_IN_IRON = {"silicon_metal", "titanium_metal", "phosphorus"}


@pytest.fixture(scope="module")
def content(knowledge):
    found, problems = tables.read(RELEASES / knowledge.release.id)
    assert problems == []
    return found


def parts(knowledge, kind, key):
    found = knowledge.recipes.ingredients[Target(kind, key)]
    return {item.material: item for item in found}


def test_the_release_is_sound_and_reports_its_coverage(knowledge):
    report = check(knowledge.release.id)
    assert report.sound, report.problems
    assert report.coverage["materials named in four languages"] == (90, 90)
    text = str(report)
    assert "Problems: none" in text
    assert "materials with shares of extraction, global" in text


def test_it_stays_small():
    size = sum(path.stat().st_size for path in RELEASES.rglob("*.csv"))
    assert size < 12_000_000


def test_87_materials_and_3_groups(knowledge):
    materials = knowledge.supply.materials.values()
    assert sum(not material.is_group for material in materials) == 87
    assert {material.id for material in materials if material.is_group} == {"hree", "lree", "pgm"}


def test_34_critical_and_17_strategic_points(knowledge):
    materials = knowledge.supply.materials.values()
    assert len({m.critical.point for m in materials if m.critical}) == 34
    assert len({m.strategic.point for m in materials if m.strategic}) == 17


@pytest.mark.parametrize(
    ("material", "strategic"),
    [
        ("lithium", "battery grade"),
        ("manganese", "battery grade"),
        ("natural_graphite", "battery grade"),
        ("nickel", "battery grade"),
        ("boron", "metallurgy grade"),
        ("magnesium", "metal"),
        ("neodymium", "for permanent magnets"),
        ("cobalt", None),
    ],
)
def test_a_legal_qualifier_narrows_the_listing(knowledge, material, strategic):
    assert knowledge.supply.materials[material].strategic.qualifier == strategic


def test_nickel_is_critical_as_battery_grade_only(knowledge):
    assert knowledge.supply.materials["nickel"].critical.qualifier == "battery grade"
    assert knowledge.supply.materials["copper"].critical.qualifier is None


@pytest.mark.parametrize(
    ("key", "country", "fraction"),
    [
        (("rare", Stage.EXTRACTION), None, None),
        (("cobalt", Stage.EXTRACTION), "COD", 0.63),
        (("magnesium", Stage.PROCESSING), "CHN", 0.91),
        (("niobium", Stage.PROCESSING), "BRA", 0.92),
        (("platinum", Stage.PROCESSING), "ZAF", 0.71),
        (("gallium", Stage.PROCESSING), "CHN", 0.94),
        (("lithium", Stage.EXTRACTION), "AUS", 0.53),
    ],
)
def test_the_largest_supplier_is_the_known_one(knowledge, key, country, fraction):
    shares = knowledge.supply.shares.get((*key, Scope.GLOBAL), ())
    if country is None:
        assert shares == ()
        return
    assert shares[0].country == country
    assert shares[0].fraction == pytest.approx(fraction, abs=0.06)


def test_printed_shares_add_up_to_no_more_than_rounding_allows(knowledge):
    for key, shares in knowledge.supply.shares.items():
        named = fsum(share.fraction for share in shares if not share.upper_bound)
        assert named <= 1.05, key


def test_world_shares_of_well_covered_materials_are_complete(knowledge):
    for material in ("copper", "cobalt", "lithium", "tungsten", "iron_ore"):
        shares = knowledge.supply.shares[material, Stage.EXTRACTION, Scope.GLOBAL]
        assert fsum(share.fraction for share in shares) == pytest.approx(1, abs=0.03)


def test_rejected_shares_are_not_there(knowledge):
    shares = knowledge.supply.shares
    assert ("germanium", Stage.PROCESSING, Scope.EU_SOURCING) not in shares
    assert ("rhenium", Stage.PROCESSING, Scope.EU_SOURCING) not in shares
    assert ("hydrogen", Stage.PROCESSING, Scope.GLOBAL) not in shares
    assert knowledge.supply.materials["kaolin"].eol_rir is None


def test_namibia_is_namibia(knowledge):
    namibia = knowledge.supply.countries["NAM"]
    assert (namibia.alpha2, namibia.names["nl"]) == ("NA", "Namibië")
    assert namibia.relation.partnership
    assert "NA" not in knowledge.supply.countries


def test_27_members_and_16_partners(knowledge):
    countries = knowledge.supply.countries
    assert {c.code for c in countries.values() if c.relation and c.relation.eu_member} == EU
    assert sum(bool(c.relation and c.relation.partnership) for c in countries.values()) == 16


def test_governance_editions_are_named_and_not_mixed(knowledge):
    countries = knowledge.supply.countries.values()
    newest = {(c.governance.edition, c.governance.year) for c in countries if c.governance}
    study = {
        (c.governance_2023.edition, c.governance_2023.year) for c in countries if c.governance_2023
    }
    assert newest == {("2025", "2024")}
    assert study == {("2024", "2016-2020")}


def test_china_and_norway_stand_where_the_study_puts_them(knowledge):
    countries = knowledge.supply.countries
    assert countries["CHN"].governance_2023.scaled == pytest.approx(5.71, abs=0.01)
    assert countries["NOR"].governance_2023.scaled < 2


def test_every_ingredient_has_a_source(knowledge):
    for target, found in knowledge.recipes.ingredients.items():
        for item in found:
            assert item.source in knowledge.sources, target


def test_every_target_that_a_term_points_to_has_a_recipe(knowledge):
    for term in knowledge.lexicon.terms:
        assert term.target in knowledge.recipes.ingredients, term
        assert term.source in knowledge.sources


def test_limits_create_no_presence(knowledge, content):
    said = {(row.alloy, row.item) for row in content.of(schema.AlloyPartRow) if row.presence}
    limits = [
        row
        for row in content.of(schema.AlloyPartRow)
        if row.basis is FigureBasis.LIMIT_MAX and (row.alloy, row.item) not in said
    ]
    assert len(limits) > 500
    for row in limits:
        found = knowledge.recipes.ingredients[Target(TargetKind.ALLOY, row.alloy)]
        assert row.item not in {item.element for item in found}


def test_an_expert_is_never_certain_and_gives_no_mass(knowledge):
    for target, found in knowledge.recipes.ingredients.items():
        for item in found:
            if item.expert:
                assert item.presence is not Presence.CERTAIN, target
                assert item.fraction is None, target


def test_ferro_alloys_and_residues_are_no_metals(knowledge, content):
    for alloy in content.of(schema.AlloyRow):
        if alloy.base == "Fe":
            assert not NOT_IN_IRON & set(parts(knowledge, TargetKind.ALLOY, alloy.id)), alloy.id


def test_natural_graphite_is_possible_unless_it_is_called_natural(knowledge):
    for target, found in knowledge.recipes.ingredients.items():
        if target.kind in {TargetKind.CLASS, TargetKind.ALLOY}:
            for item in found:
                if item.material == "natural_graphite":
                    assert item.presence is Presence.POSSIBLE, target


def test_process_inputs_are_in_no_part(knowledge):
    for target, found in knowledge.recipes.ingredients.items():
        if target.kind in {TargetKind.CLASS, TargetKind.ALLOY}:
            assert "coking_coal" not in {item.material for item in found}


def test_fractions_of_an_alloy_leave_room_for_each_other(knowledge):
    for target, found in knowledge.recipes.ingredients.items():
        if target.kind in {TargetKind.ALLOY, TargetKind.SUBSTANCE}:
            low = fsum(item.fraction.low for item in found if item.fraction)
            assert low <= 1.02, target


@pytest.mark.parametrize(
    ("alloy", "material", "low", "high"),
    [
        ("ss_1_4404", "nickel", 0.1, 0.15),
        ("ss_1_4404", "molybdenum", 0.02, 0.03),
        ("ss_1_4301", "chromium", 0.17, 0.2),
        ("al_6082", "magnesium", 0.006, 0.012),
        ("al_6082", "silicon_metal", 0.007, 0.013),
        ("ti_gr5", "titanium_metal", 0.87, 0.92),
        ("ti_gr5", "vanadium", 0.035, 0.045),
        ("sol_sac305", "silver", 0.028, 0.032),
        ("st_25crmo4", "chromium", 0.009, 0.012),
        ("st_100cr6", "chromium", 0.0135, 0.0165),
        ("ni_inconel625", "niobium", 0.0315, 0.0415),
        ("al_7020", "zinc", 0.04, 0.05),
        ("mg_az31", "aluminium", 0.024, 0.036),
        ("mag_ndfeb", "neodymium", 0.2, 0.325),
        ("ni_inconel718", "niobium", 0.047, 0.055),
        ("ss_1_4408", "nickel", 0.11, 0.11),
    ],
)
def test_well_known_alloys(knowledge, alloy, material, low, high):
    fraction = parts(knowledge, TargetKind.ALLOY, alloy)[material].fraction
    assert low <= fraction.low <= fraction.high <= high


@pytest.mark.parametrize("alloy", ["st_25crmo4", "st_100cr6", "ss_1_4509", "al_7020", "mg_az80"])
def test_base_metal_is_what_the_limits_of_the_others_leave(knowledge, alloy):
    found = parts(knowledge, TargetKind.ALLOY, alloy)
    base = max(found.values(), key=lambda item: item.fraction.high if item.fraction else 0)
    others = [item.fraction for item in found.values() if item is not base and item.fraction]
    assert base.fraction.known
    assert base.fraction.low + sum(one.high for one in others) <= 1 + 1e-9
    assert base.fraction.high + sum(one.low for one in others) <= 1 + 1e-9


def test_dysprosium_in_a_magnet_is_possible_and_may_be_zero(knowledge):
    for alloy in ("mag_ndfeb", "mag_ndfeb_sh", "mag_ndfeb_eh"):
        magnet = parts(knowledge, TargetKind.ALLOY, alloy)
        assert magnet["dysprosium"].presence is Presence.POSSIBLE
        assert magnet["dysprosium"].fraction.low == 0
        assert magnet["praseodymium"].presence is Presence.POSSIBLE
        assert magnet["neodymium"].presence is Presence.CERTAIN


def test_barium_titanate_is_baryte_and_titanium_mineral(knowledge):
    found = parts(knowledge, TargetKind.CLASS, "mlcc_class2_bme")
    assert {"baryte", "titanium", "nickel"} <= set(found)
    assert found["baryte"].upstream
    assert "titanium_metal" not in found
    assert not {"palladium", "silver", "neodymium"} & set(found)


def test_quartz_is_sand_and_not_silicon_metal(knowledge):
    found = parts(knowledge, TargetKind.CLASS, "crystal")
    assert "silica_sand" in found
    assert "silicon_metal" not in found


def test_electrodes_of_lithium_ion_cells_are_battery_grade(knowledge):
    cell = parts(knowledge, TargetKind.CLASS, "li_ion_nmc811")
    for material in ("lithium", "nickel", "cobalt", "manganese", "natural_graphite"):
        assert cell[material].grade == "battery", material
    assert cell["copper"].grade is None
    steel = parts(knowledge, TargetKind.ALLOY, "ss_1_4301")
    assert steel["nickel"].grade is None


def test_fluorine_and_barium_come_from_upstream_minerals(knowledge):
    for found in knowledge.recipes.ingredients.values():
        for item in found:
            if item.element in {"F", "Ba"} and item.basis == "element":
                assert item.upstream


def test_a_battery_holder_holds_no_cell(knowledge):
    holder = parts(knowledge, TargetKind.CLASS, "battery_holder")
    assert not {"lithium", "cobalt", "natural_graphite"} & set(holder)


def test_nickel_silver_holds_no_silver(knowledge):
    assert set(parts(knowledge, TargetKind.ALLOY, "gen_nickel_silver")) == {
        "copper",
        "nickel",
        "zinc",
    }


def test_silicone_is_upstream_of_silicon_metal_and_no_semiconductor(knowledge):
    silicone = parts(knowledge, TargetKind.ALLOY, "gen_silicone")
    assert set(silicone) == {"silicon_metal"}
    assert silicone["silicon_metal"].upstream


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("lead-free", "lead"),
        ("loodvrij", "lead"),
        ("bleifrei", "lead"),
        ("sans plomb", "lead"),
        ("RoHS", "lead"),
        ("nickel-free", "nickel"),
        ("nikkelvrij", "nickel"),
    ],
)
def test_absence_is_said_in_four_languages(knowledge, text, material):
    found = [term for term in knowledge.lexicon.terms if term.text == text]
    assert [term.target for term in found] == [Target(TargetKind.MATERIAL, material)]
    assert all(term.negates and term.match is MatchRule.EXCLUDE for term in found)


@pytest.mark.parametrize(
    "text",
    ["lead time", "lead screw", "gold colour", "silver grey", "Co.", "in", "tin box", "Platine"],
)
def test_words_that_only_look_like_materials_are_covered(knowledge, text):
    found = [
        term
        for term in knowledge.lexicon.terms
        if term.text == text and term.target.kind is not TargetKind.CLASS
    ]
    assert found
    assert all(term.match is MatchRule.EXCLUDE and not term.negates for term in found)


def test_no_word_of_one_letter_counts_by_itself(knowledge):
    for term in knowledge.lexicon.terms:
        if len(term.text) == 1:
            assert term.match in {MatchRule.CONTEXT, MatchRule.EXCLUDE}, term


def test_bare_numbers_need_context(knowledge):
    for term in knowledge.lexicon.terms:
        if term.text.isdecimal() and term.kind is EvidenceKind.DESIGNATION:
            assert term.match is MatchRule.CONTEXT, term


def test_one_word_of_one_language_names_one_class(knowledge):
    named = {}
    for term in knowledge.lexicon.terms:
        if term.target.kind is TargetKind.CLASS and term.match is not MatchRule.EXCLUDE:
            named.setdefault((term.text.casefold(), term.language), set()).add(term)
    for terms in named.values():
        if len({term.target for term in terms}) > 1:
            assert all(term.ambiguity == "high" for term in terms), terms


def test_designators_stand_for_known_classes(knowledge):
    for prefix, classes in knowledge.lexicon.designators.items():
        assert classes, prefix
        assert all(key in knowledge.lexicon.class_parents for key in classes)
    assert knowledge.lexicon.designators["C"] == ("capacitor",)


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("8104", Target(TargetKind.CODE, "8104")),
        ("850760", Target(TargetKind.CLASS, "li_ion_generic")),
        ("853221", Target(TargetKind.CLASS, "tantalum_cap")),
        ("853321", Target(TargetKind.CLASS, "resistor")),
        ("853669", Target(TargetKind.CLASS, "connector")),
        ("854121", Target(TargetKind.CLASS, "transistor")),
    ],
)
def test_commodity_codes_that_name_what_they_are(knowledge, code, target):
    assert knowledge.lexicon.codes[code].target == target


def test_codes_of_mixed_groups_are_left_out(knowledge):
    for code in ("28053021", "690210", "720230", "8541"):
        assert code not in knowledge.lexicon.codes


def test_ferro_silicon_is_no_silicon_metal(knowledge):
    for code, term in knowledge.lexicon.codes.items():
        if code.startswith("7202") and term.target.kind is TargetKind.CODE:
            found = knowledge.recipes.ingredients[term.target]
            assert not NOT_IN_IRON & {item.material for item in found}


def test_names_are_there_for_all_targets(knowledge):
    for target in knowledge.recipes.ingredients:
        assert knowledge.recipes.names[target]["en"]


@pytest.mark.parametrize(
    ("target", "low", "high"),
    [
        (Target(TargetKind.ALLOY, "st_s235jr"), 7.75, 8.05),
        (Target(TargetKind.ALLOY, "ss_1_4301"), 7.9, 8.0),
        (Target(TargetKind.ALLOY, "al_6082"), 2.565, 2.835),
        (Target(TargetKind.ALLOY, "cu_cw614n"), 8.4, 8.73),
        (Target(TargetKind.ALLOY, "mg_az91d"), 1.76, 1.87),
        (Target(TargetKind.CLASS, "magnet_ndfeb"), 7.4, 7.7),
        (Target(TargetKind.MATERIAL, "tungsten"), 19.3, 19.3),
    ],
)
def test_densities_of_what_is_sold_as_bars_and_sheets(knowledge, target, low, high):
    density = knowledge.recipes.densities[target].g_per_cm3
    assert (density.low, density.high) == (low, high)
    assert density.known is (low != high)


def test_no_single_figure_of_an_alloy_or_a_class_looks_exact(knowledge):
    found = [
        ingredient
        for target, ingredients in knowledge.recipes.ingredients.items()
        if target.kind in {TargetKind.ALLOY, TargetKind.CLASS}
        for ingredient in ingredients
        if ingredient.fraction is not None and ingredient.fraction.low < 1
    ]
    points = [item for item in found if item.fraction.low == item.fraction.high]
    assert points
    assert not any(item.fraction.known for item in points)


def test_no_mass_of_one_sample_looks_exact(knowledge):
    packages = knowledge.recipes.package_masses.values()
    masses = [mass.grams for found in packages for mass in found.values()]
    assert all(mass.known is (mass.low != mass.high) for mass in masses)


@pytest.mark.parametrize(
    ("key", "grams"),
    [
        (("ISO4762", "M6X20"), 6.5),
        (("DIN912", "M8X40"), 20.9),
        (("DIN912", "M16X80"), 154),
        (("DIN125", "M6"), 1.02),
        (("DIN985", "M8"), 5.1),
    ],
)
def test_standard_parts_weigh_what_the_tables_say(knowledge, key, grams):
    assert knowledge.recipes.standard_masses[key].grams.typical == grams


def test_a_longer_screw_is_heavier(knowledge):
    lengths = defaultdict(list)
    for (standard, size), mass in knowledge.recipes.standard_masses.items():
        thread, _, length = size.partition("X")
        if length:
            lengths[standard, thread].append((int(length), mass.grams.typical))
    for thread, found in lengths.items():
        masses = [grams for _, grams in sorted(found)]
        assert masses == sorted(masses), thread
