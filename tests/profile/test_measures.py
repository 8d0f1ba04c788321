"""Reducing and stocking, from what a profile says of a material."""

import pytest

from scanner.assess import measures
from scanner.profile.measures import product_measures


def range_of(low, high):
    return {"low": low, "typical": None, "high": high, "range_known": True}


def entry(**changed):
    part = {"part": {"number": "M1"}, "lines": 2, "presence": "likely"}
    return {
        "mass_g": range_of(10.0, 14.0),
        "mass_complete": True,
        "annual_mass_kg": range_of(1.0, 1.4),
        "largest_source": {
            "country": "CHN", "share": 0.9, "stage": "processing", "scope": "global",
            "source": "ec2023_annex7",
        },
        "parts": {
            "count": 2,
            "shown": [
                {**part, "mass_g": range_of(8.0, 11.0)},
                {**part, "mass_g": range_of(2.0, 3.0)},
                {**part, "mass_g": None},
            ],
        },
        **changed,
    }  # fmt: skip


@pytest.fixture(scope="module")
def told(engine):
    found = measures.of_material(engine.facts, "neodymium")
    return lambda document, units="100": product_measures(document, found, units)


def test_members_stand_in_the_order_in_which_measures_are_told(told):
    assert list(told(entry())) == [
        "diversify", "substitute", "reduce", "recycle", "stock", "reshore",
    ]  # fmt: skip


def test_the_share_of_a_part_holds_whatever_the_ranges_hold(told):
    first, second = told(entry())["reduce"]["parts"]
    assert first["share"] == {"low": 8 / (8 + 3), "high": 11 / (11 + 2)}
    assert second["share"] == {"low": 2 / (2 + 11), "high": 3 / (3 + 8)}


def test_a_stock_weighs_its_days_and_lasts_longer_than_them(told):
    stock = told(entry())["stock"]
    assert stock["mass_kg"] == {
        "low": pytest.approx(90 / 365), "high": pytest.approx(1.4 * 90 / 365),
    }  # fmt: skip
    assert stock["lasts_days"] == pytest.approx(100)
    assert stock["sources"] == ["ec2023_annex7"]


@pytest.mark.parametrize(
    ("changed", "units", "reason"),
    [
        ({}, None, "annual_units_missing"),
        ({"annual_mass_kg": None, "mass_g": None}, "100", "mass_missing"),
        ({"mass_complete": False}, "100", "mass_incomplete"),
    ],
)
def test_no_stock_without_what_it_needs(told, changed, units, reason):
    assert told(entry(**changed), units)["stock"]["reason"] == reason


def test_nothing_is_said_of_reducing_what_has_no_mass(told):
    assert told(entry(mass_g=None))["reduce"] is None
