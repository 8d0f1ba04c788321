from dataclasses import replace

import pytest

from scanner.core.bom import Part
from scanner.match import fingerprint, part_key
from scanner.match.keys import RECOGNISABLE

PART = Part(number="10-234", description="Bout M6", unit_mass_g=4.2)


def test_maker_and_number_come_first():
    part = replace(PART, maker="Murata", maker_number="GRM 188R71")
    assert part_key(part) == "mpn:murata|grm188r71"


def test_own_number_comes_before_a_number_without_maker():
    assert part_key(replace(PART, maker_number="GRM188R71")) == "own:10-234"
    assert part_key(Part(maker_number="GRM188R71")) == "mpn:|grm188r71"


def test_without_numbers_the_fingerprint_is_the_key():
    part = Part(description="Bout M6")
    assert part_key(part) == f"fp:{fingerprint(part)}"


@pytest.mark.parametrize("name", RECOGNISABLE)
def test_every_field_that_is_read_counts(name):
    assert fingerprint(replace(PART, **{name: "x7r"})) != fingerprint(PART)


def test_white_space_does_not_count_and_case_does():
    assert fingerprint(Part(description="Bout  M6 ")) == fingerprint(Part(description="Bout M6"))
    assert fingerprint(Part(description="Co")) != fingerprint(Part(description="CO"))


def test_mass_and_origin_do_not_count():
    assert fingerprint(replace(PART, unit_mass_g=9.9, origin="JP")) == fingerprint(PART)


def test_fields_do_not_run_into_each_other():
    one, other = Part(number="a", description="b"), Part(number="ab")
    assert fingerprint(one) != fingerprint(other)
