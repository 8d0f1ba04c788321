import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.errors import BrokenRelease
from scanner.knowledge import rules, tables
from scanner.knowledge.check import check
from scanner.knowledge.loader import load
from tests.knowledge.country_rows import DIMENSIONS


def test_the_tiny_release_is_sound(draft):
    draft.write()
    assert check(draft.id, root=draft.root).problems == ()


# table, row, column, new value, words of the rule
BROKEN = [
    ("sources", 0, "year", "", "a value is required"),
    ("sources", 0, "year", "last year", "must look like"),
    ("materials", 0, "supply_risk", "high", "must be a number"),
    ("materials", 0, "supply_risk", "nan", "must be a finite number"),
    ("materials", 0, "supply_risk", "11", "above 10"),
    ("materials", 0, "is_group", "true", "must be yes or no"),
    ("materials", 0, "name_nl", "", "a value is required"),
    ("materials", 0, "name_nl", " koper", "no white space"),
    ("materials", 1, "id", "copper", "already used in row 2"),
    ("materials", 0, "source", "nowhere", "not a key of sources"),
    ("materials", 0, "source", "book;nowhere", "not a key of sources"),
    ("materials", 0, "group", "lanthanides", "not a key of materials"),
    ("countries", 1, "alpha2", "NM", "not a pair of ISO 3166-1 codes"),
    ("countries", 0, "code", "XYZ", "not a pair of ISO 3166-1 codes"),
    ("supply_shares", 0, "stage", "smelting", "must be one of extraction, processing"),
    ("supply_shares", 0, "fraction", "1.2", "above 1"),
    ("supply_shares", 0, "fraction", "0.66", "add up to more than 1.05"),
    ("supply_shares", 0, "country", "NA", "not a key of countries"),
    ("development", 0, "year", "2023.5", "must be a whole number"),
    ("relations", 0, "partnership_date", "June 2023", "must look like"),
    ("phases", 0, "fraction", "0.70", "the formula CuO gives"),
    ("phases", 0, "formula", "Cu0", "the formula Cu0 gives"),
    ("substances", 0, "cas", "7440-50-9", "the check digit is wrong"),
    ("alloys", 0, "id", "bronze", "an alloy without composition"),
    ("alloy_composition", 0, "low", "0.7", "low <= typical <= high"),
    ("alloy_composition", 0, "low", "", "both ends or neither"),
    ("alloy_composition", 0, "item", "Xx", "not a known element"),
    ("alloy_composition", 2, "presence", "certain", "empty for limit_max"),
    ("alloy_composition", 0, "presence", "", "empty for limit_max"),
    ("alloy_composition", 0, "presence", "perhaps", "not a key of presence_words"),
    ("class_composition", 1, "expert", "yes", "an expert is never certain"),
    ("class_composition", 3, "expert", "yes", "an expert gives no figure"),
    ("class_composition", 4, "item", "TiO2", "not a known phase"),
    ("class_composition", 0, "typical", "0.2", "typical needs both ends"),
    ("grades", 0, "qualifier", "sponge", "no list has this qualifier"),
    ("grades", 0, "grade", "reactor", "must look like"),
    ("grades", 1, "role", "alloy", "already used in row 2"),
    ("alloy_grades", 0, "family", "bronze", "no alloy is of it"),
    ("classes", 0, "parent", "switch", "a class above itself"),
    ("piece_masses", 0, "typical", "9", "low <= typical <= high"),
    ("standard_masses", 0, "standard", "DIN 912", "must look like"),
    ("standard_masses", 0, "size", "6x20", "must look like"),
    ("standard_masses", 1, "size", "M6X20", "already used in row 2"),
    ("standard_masses", 0, "grams", "0", "below 0.001"),
    ("standard_masses", 0, "grams", "", "must be a number"),
    ("standard_masses", 0, "source", "nowhere", "not a key of sources"),
    ("fastener_sizes", 0, "pitch_mm", "", "a nut needs one"),
    ("fastener_sizes", 1, "bore_mm", "", "a washer needs one"),
    ("fastener_sizes", 1, "outer_mm", "8", "must be above bore_mm"),
    ("fastener_sizes", 0, "outer_low_mm", "14", "must not be above outer_mm"),
    ("fastener_sizes", 0, "thread", "8", "must look like"),
    ("sections", 0, "section", "HE 160 A", "must look like"),
    ("sections", 0, "kg_per_metre", "0", "below 0.1"),
    ("dip_coats", 0, "mean_um", "40", "must not be below local_um"),
    ("dip_coats", 0, "standard", "1461", "must look like"),
    ("dip_coats", 1, "local_um", "45", "already used in row 2"),
    ("densities", 0, "kind", "phase", "must be one of family, alloy, material, class"),
    ("densities", 0, "item", "bronze", "not a known family"),
    ("densities", 2, "item", "brass_40", "not a known alloy"),
    ("densities", 3, "item", "brass", "not a known material"),
    ("densities", 4, "item", "lamp", "not a known class"),
    ("densities", 0, "low", "8.8", "low <= typical <= high"),
    ("densities", 1, "typical", "8.1", "low <= typical <= high"),
    ("densities", 0, "high", "", "both ends or neither"),
    ("densities", 0, "high", "8.4", "one figure without limits is typical"),
    ("densities", 2, "typical", "", "a density needs a figure"),
    ("densities", 2, "typical", "7850", "above 23"),
    ("densities", 0, "source", "book;nowhere", "not a key of sources"),
    ("densities", 3, "source", "", "a value is required"),
    ("terms", 0, "target", "alloy:bronze", "nothing has this key"),
    ("terms", 0, "negates", "yes", "only an exclusion negates"),
    ("terms", 0, "kind", "decision", "no kind of term"),
    ("part_numbers", 0, "pattern", "^SW(", "no pattern"),
    ("part_numbers", 0, "pattern", "SW", "must begin with ^"),
    ("part_numbers", 0, "agreed", "11", "agreed with more than was tested"),
    ("commodity_codes", 0, "class_id", "switch", "one material or one class"),
    ("commodity_codes", 0, "code", "740319", "not a key of codes"),
    ("codes", 0, "code", "741", "must look like"),
    ("codes", 0, "code", "7403110010", "must look like"),
    ("codes", 2, "code", "740411", "nothing stands for 7404"),
    ("codes", 3, "nomenclature", "HS2022", "are of the Combined Nomenclature"),
    ("codes", 1, "nomenclature", "CN2023", "are of the Combined Nomenclature"),
    ("codes", 1, "nomenclature", "HS2017", "must look like"),
    ("codes", 1, "in_taric_2025", "no", "said of eight digits only"),
    ("codes", 3, "in_taric_2025", "", "said of eight digits only"),
    ("codes", 0, "name_en", "", "a value is required"),
    ("codes", 1, "source", "nowhere", "not a key of sources"),
    ("code_contents", 0, "code", "7404", "not a key of codes"),
    ("code_contents", 1, "code", "7404110010", "not a key of codes"),
    ("code_contents", 0, "code", "74031", "must look like"),
    ("code_contents", 0, "material", "brass", "not a key of materials"),
    ("code_contents", 0, "high", "1.2", "above 1"),
    ("code_contents", 0, "high", "0.9", "low <= typical <= high"),
    ("code_contents", 0, "figures_of", "part", "must be one of goods, monolith"),
    ("code_contents", 0, "presence", "", "empty for an upper limit alone"),
    ("code_contents", 2, "presence", "", "empty for an upper limit alone"),
    ("code_contents", 2, "presence", "certain", "an expert is never certain"),
    ("code_contents", 2, "high", "0.5", "an expert gives no figure"),
    ("code_contents", 0, "source", "nowhere", "not a key of sources"),
    ("class_amounts", 0, "class_id", "lamp", "not a key of classes"),
    ("class_amounts", 0, "element", "Xx", "not a known element"),
    ("class_amounts", 0, "unit", "g_per_kg", "must be one of kg_per_MW"),
    ("class_amounts", 0, "typical", "5", "low <= typical <= high"),
    ("class_amounts", 0, "low", "-1", "below 0"),
    ("class_amounts", 1, "typical", "", "an amount needs a figure"),
    ("class_amounts", 1, "typical", "1.1", "a share of a part is above 1"),
    ("class_amounts", 0, "source", "nowhere", "not a key of sources"),
    ("code_intensities", 0, "code", "8537", "not a key of codes"),
    ("code_intensities", 0, "unit", "g_per_kg", "must be one of kg_per_MW"),
    ("code_intensities", 0, "typical", "5", "low <= typical <= high"),
    ("sources", 0, "attribution", "", "an open licence needs its attribution"),
    ("sources", 1, "attribution", "A house", "an open licence needs its attribution"),
    ("sources", 0, "licence", "CC BY-NC 4.0", "forbids commercial use"),
    ("sources", 0, "terms", "free", "must be one of public_domain, open, facts, own"),
    ("materials", 0, "mix_extraction", "world", "must be one of global, eu_sourcing, both"),
    ("materials", 0, "group", "copper;zinc", "not a key of materials"),
    ("commodities", 0, "step", "smeltery", "not a key of stage_words"),
    ("commodities", 0, "step", "product", "this step is of neither stage"),
    ("commodities", 2, "materials", "copper;brass", "not a key of materials"),
    ("commodities", 0, "unit", "kg", "must be one of t, ct, million_m3"),
    ("production_series", 2, "commodity", "salt", "nothing is counted like this"),
    ("production", 0, "source", "later_book;book", "says what this counts"),
    ("production", 0, "country", "NA", "not a key of countries"),
    ("production", 0, "quantity", "", "the state that says why"),
    ("production", 0, "quantity", "-1", "below 0"),
    ("production", 2, "state", "", "the state that says why"),
    ("production", 3, "year", "2021", "already used in row 2"),
    ("production_totals", 0, "quantity", "94", "more than 1.05 of it, without a note"),
    ("production_totals", 1, "area", "rest", "must look like"),
    ("production_totals", 2, "state", "", "the state that says why"),
    ("reserves", 0, "quantity", "", "must be a number"),
    ("reserve_totals", 0, "quantity", "900", "the countries add up to 1000"),
    ("reserve_totals", 1, "bound", "about", "must be one of lower, upper, approximate"),
    ("trade_codes", 0, "code", "2603", "must look like"),
    ("trade", 0, "code", "260301", "not a key of trade_codes"),
    ("trade", 0, "origin", "NLD", "the origin is inside"),
    ("trade", 2, "origin", "NLD", "the origin is inside"),
    ("trade", 1, "without_weight", "0", "no flow without weight"),
    ("prices", 1, "basis", "copper wire", "basis and primary are the same in all years"),
    ("prices", 2, "primary", "yes", "the primary series of copper is cathode"),
    ("prices", 0, "price", "0", "below 1e-09"),
    ("companions", 0, "year", "", "fraction, year and source go together"),
    ("companions", 0, "material", "gold", "not a key of materials"),
    ("recycling", 0, "low", "0.6", "must be <= high"),
    ("emissions", 0, "typical", "9", "must lie between its limits"),
    ("end_uses", 0, "fraction", "0.7", "the uses of copper add up to more than 1.05"),
    ("end_uses", 0, "sector", "C28", "not a key of sectors"),
    ("history", 2, "listed", "yes", "the table of materials has"),
    ("parameters_2017", 0, "mix", "GS+EU", "must be one of global, eu_sourcing, both"),
    ("governance", 0, "mean", "0.91", "the estimates of edition 2025 give 0.9"),
    ("governance", 0, "edition", "2024", "the estimates of edition 2024 give None"),
    ("governance", 0, "year", "this year", "the estimates of edition 2025 give None"),
    ("governance_estimates", 0, "country", "NA", "not a key of countries"),
    ("governance_estimates", 0, "rule_of_law", "3.6", "above 3.5"),
    ("governance_estimates", 0, "rule_of_law", "-3.6", "below -3.5"),
    ("governance_estimates", 0, "edition", "new", "must look like"),
    ("governance_estimates", 0, "year", "2025", "edition 2025 cannot know this year"),
    ("governance_estimates", 0, "year", "2024", "already used in row 2"),
    ("governance_estimates", 1, "source", "later_book", "edition 2025 is of book"),
    ("governance_estimates", 0, "source", "book;later_book", "not a key of sources"),
    ("relations", 0, "agreement", "EU-Peru", "agreements has no such row"),
    ("relations", 0, "partnership", "no", "a partnership is a row of agreements"),
    ("relations", 0, "partnership_date", "2022", "a partnership is a row of agreements"),
    ("agreements", 0, "status", "agreed", "must be one of negotiating, concluded, signed"),
    ("agreements", 0, "kind", "treaty", "must be one of free_trade"),
    ("agreements", 0, "date", "", "a date, unless it is negotiated"),
    ("agreements", 2, "date", "2026", "a date, unless it is negotiated"),
    ("agreements", 0, "date", "2003-02-30", "no day of the calendar"),
    ("agreements", 0, "date", "2003-13", "no day of the calendar"),
    ("conflict_regimes", 0, "materials", "copper;coltan", "not a key of materials"),
    ("conflict_areas", 0, "regime", "another_list", "not a key of conflict_regimes"),
    ("conflict_areas", 0, "country", "NLD", "its code begins with NL-"),
    ("conflict_areas", 0, "region", "", "code and name of a region"),
    ("conflict_areas", 0, "region", "Antofagasta", "must look like"),
    ("conflict_areas", 0, "name", "", "code and name of a region"),
    ("conflict_areas", 1, "standing", "high_risk", "code and name of a region"),
    ("conflict_areas", 1, "standing", "dangerous", "must be one of named, adjoining, listed"),
    ("conflict_areas", 1, "country", "CHL", "as a whole or by region, not both"),
    ("export_restrictions", 0, "country", "NA", "not a key of countries"),
    ("export_restrictions", 0, "materials", "copper;ores", "not a key of materials"),
    ("export_restrictions", 0, "measure", "tax", "must be one of ban, licence, quota, other"),
    ("export_restrictions", 0, "destination", "CHL", "does not export to itself"),
    ("export_restrictions", 0, "end", "", "what has ended has an end"),
    ("export_restrictions", 0, "end", "2019", "before the start 2020"),
    ("export_restrictions", 0, "start", "2020-00", "no day of the calendar"),
    ("export_restrictions", 0, "reported", "in_force", "what has ended has an end"),
    ("export_restrictions", 0, "source", "", "a value is required"),
    ("export_restrictions", 1, "suspended_until", "", "both ends for what is suspended"),
    ("export_restrictions", 1, "suspended_until", "2026-11", "begins and ends on a day"),
    ("export_restrictions", 1, "suspended_until", "2025-11-06", "ends before it begins"),
    ("export_restrictions", 1, "reported", "in_force", "both ends for what is suspended"),
    ("sanctions", 0, "end", "2024", "what has ended has an end"),
    ("sanctions", 0, "country", "NLD", "the Union does not sanction its members"),
    ("sanctions", 0, "measure", "ban", "must be one of import_ban"),
    ("sanctions", 0, "materials", "coltan", "not a key of materials"),
    ("sanctions", 0, "source", "rumour", "not a key of sources"),
    ("sanctions", 0, "as_of", "", "a value is required"),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: "-".join(map(str, broken[:4])))
def test_a_broken_row_is_named(draft, broken):
    table, row, column, value, words = broken
    draft.rows[table][row][column] = value
    draft.write()
    found = [problem for problem in check(draft.id, root=draft.root).problems if words in problem]
    assert found, check(draft.id, root=draft.root).problems
    assert all(problem.startswith(f"{table}.csv, row ") for problem in found)
    with pytest.raises(BrokenRelease, match=r"row \d+"):
        load(draft.id, root=draft.root)


def test_all_problems_are_collected(draft):
    draft.rows["countries"][0]["code"] = "XYZ"
    draft.rows["substances"][0]["cas"] = "7440-50-9"
    draft.rows["alloys"][1]["id"] = "cast"
    draft.write()
    problems = "\n".join(check(draft.id, root=draft.root).problems)
    assert "countries.csv, row 2" in problems
    assert "substances.csv, row 2" in problems
    assert "alloys.csv, row 3" in problems


def test_a_by_product_without_share_needs_a_host(draft):
    del draft.rows["companion_hosts"][1]
    draft.write()
    assert check(draft.id, root=draft.root).problems == (
        "companions.csv, row 3, column fraction: neither a share nor a host (found '')",
    )


def test_a_regime_names_areas(draft):
    draft.rows["conflict_regimes"].append({**draft.rows["conflict_regimes"][0], "id": "no_list"})
    draft.write()
    assert check(draft.id, root=draft.root).problems == (
        "conflict_regimes.csv, row 3, column id: a regime without areas (found 'no_list')",
    )


def test_a_row_of_estimates_has_one(draft):
    first = draft.rows["governance_estimates"][0]
    first |= dict.fromkeys(DIMENSIONS, "")
    draft.write()
    (problem,) = check(draft.id, root=draft.root).problems
    assert problem.startswith("governance_estimates.csv, row 2")
    assert "a row without any estimate" in problem


def test_countries_may_exceed_a_world_total_that_says_so(draft):
    draft.rows["production_totals"][0] |= {"quantity": "50", "note": "printed like this"}
    draft.write()
    assert check(draft.id, root=draft.root).sound


def test_a_source_that_nobody_cites_is_a_problem(draft):
    draft.rows["sources"].append({**draft.rows["sources"][0], "id": "unread"})
    draft.write()
    assert check(draft.id, root=draft.root).problems == (
        "sources.csv, row 4, column id: no row cites this source (found 'unread')",
    )


def test_a_release_without_a_table_says_which(draft):
    draft.write()
    (draft.folder / "terms.csv").unlink()
    with pytest.raises(BrokenRelease, match=r"terms\.csv is missing"):
        load(draft.id, root=draft.root)


def test_other_headings_are_refused(draft):
    draft.write()
    path = draft.folder / "phases.csv"
    path.write_text(path.read_text().replace("formula", "shape", 1))
    assert "the headings must be" in "\n".join(check(draft.id, root=draft.root).problems)


def test_a_row_with_too_few_cells_is_named(draft):
    draft.write()
    path = draft.folder / "phases.csv"
    path.write_text(path.read_text() + "CuO,CuO\n")
    _, problems = tables.read(draft.folder)
    assert [str(problem) for problem in problems] == [
        "phases.csv, row 3: the row must have 8 cells (found '2')"
    ]


@given(st.integers(min_value=10, max_value=9_999_999), st.integers(min_value=0, max_value=99))
def test_exactly_one_check_digit_is_right(head, middle):
    valid = [digit for digit in range(10) if rules.cas_is_valid(f"{head}-{middle:02}-{digit}")]
    assert len(valid) == 1


@pytest.mark.parametrize("cas", ["7440-50-8", "1303-00-0", "21324-40-3", "7732-18-5"])
def test_well_known_cas_numbers_are_valid(cas):
    assert rules.cas_is_valid(cas)


def test_text_is_no_cas_number():
    assert not rules.cas_is_valid("7440-5O-8")
