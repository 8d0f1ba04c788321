"""The shipped tables about countries: well-known rows, and the doubts that must stay visible."""

from collections import Counter
from datetime import date

import pytest

from scanner.core.restrictions import State
from scanner.core.standing import AgreementKind, AgreementStatus, AreaStanding
from tests.knowledge.country_rows import DIMENSIONS

AFTER_ALL_SUSPENSIONS = date(2026, 11, 28)


@pytest.fixture(scope="module")
def standing(knowledge):
    return knowledge.standing


def test_governance_by_year_keeps_editions_apart(standing):
    found = {(one.edition, one.year): one for one in standing.estimates["CHN"]}
    assert {edition for edition, _ in found} == {"2024", "2025"}
    assert {year for edition, year in found if edition == "2025"} == set(range(2010, 2025))
    assert {year for edition, year in found if edition == "2024"} == set(range(2010, 2024))
    assert found["2024", 2020].rule_of_law != found["2025", 2020].rule_of_law
    assert {one.source for (edition, _), one in found.items() if edition == "2024"} == {"wgi2024"}


def test_the_means_that_methods_take_come_from_their_own_edition(knowledge, standing):
    for code, country in knowledge.supply.countries.items():
        if country.governance_2023 is None:
            continue
        values = [
            getattr(one, name)
            for one in standing.estimates[code]
            if one.edition == "2024" and 2016 <= one.year <= 2020
            for name in DIMENSIONS
        ]
        known = [value for value in values if value is not None]
        assert country.governance_2023.mean == pytest.approx(sum(known) / len(known), abs=2e-6)


def test_suspensions_end_and_what_follows_is_unknown(standing):
    suspended = [
        one
        for found in standing.restrictions.values()
        for one in found
        if one.timeline.suspended_until is not None
    ]
    ends = Counter(one.timeline.suspended_until for one in suspended)
    assert set(ends) == {"2026-11-10", "2026-11-27"}
    for one in suspended:
        assert one.timeline.state_on(date(2026, 11, 9)) == State.SUSPENDED
        assert one.timeline.state_on(AFTER_ALL_SUSPENSIONS) == State.UNKNOWN


def test_the_licences_of_april_2025_were_not_suspended(standing):
    (found,) = [one for one in standing.restricted["dysprosium"] if one.subject == "dysprosium"]
    assert found.timeline.state_on(AFTER_ALL_SUSPENSIONS) == State.IN_FORCE


def test_rare_earths_stand_under_each_of_them(standing):
    namibian = {one.subject for one in standing.restricted["neodymium"] if one.country == "NAM"}
    assert namibian == {"rare earths"}
    assert {one.country for one in standing.restricted["terbium"]} >= {"CHN", "MYS", "NAM", "VNM"}


def test_namibia_is_no_missing_value(standing):
    assert len(standing.restrictions["NAM"]) == 5
    assert any(one.kind == AgreementKind.RAW_MATERIALS for one in standing.agreements["NAM"])


@pytest.mark.parametrize(("material", "package"), [("coking_coal", "5th"), ("helium", "14th")])
def test_sanctions_on_russia_hold_coal_and_helium(standing, material, package):
    (found,) = [one for one in standing.sanctioned[material] if one.country == "RUS"]
    assert f"({package} package)" in found.legal_reference
    assert found.sources


def test_agreements_say_how_far_they_have_come(standing):
    (mercosur,) = [one for one in standing.agreements["BRA"] if "Mercosur" in one.name]
    assert (mercosur.status, mercosur.date) == (AgreementStatus.PROVISIONALLY_APPLIED, "2026-05-01")
    partners = [
        code
        for code, found in standing.agreements.items()
        if any(one.kind == AgreementKind.RAW_MATERIALS for one in found)
    ]
    assert len(partners) == 16


def test_the_two_conflict_regimes(standing):
    assert set(standing.regimes) == {"eu_cahra", "us_dodd_frank_1502"}
    congo = [one for one in standing.areas["COD"] if one.regime == "us_dodd_frank_1502"]
    assert [one.standing for one in congo] == [AreaStanding.NAMED]
    countries = {
        code
        for code, areas in standing.areas.items()
        if any(one.regime == "us_dodd_frank_1502" for one in areas)
    }
    assert len(countries) == 10
    for regime in standing.regimes.values():
        assert set(regime.materials) == {"tin", "tantalum", "tungsten", "gold"}
