"""Alloys, component classes and commodity codes as somebody may ask for them."""

import pytest

from scanner.core.errors import InvalidInput, NotFound
from scanner.services import alloys, codes, components


@pytest.mark.parametrize("room", [alloys, components])
def test_lists_are_complete_in_pages_of_any_size(ctx, room):
    whole = room.list_page(ctx, limit=1000)
    assert (whole.next, whole.total) == (None, len(whole.items))
    seen, cursor = [], None
    while True:
        page = room.list_page(ctx, cursor=cursor, limit=61)
        seen += page.items
        if (cursor := page.next) is None:
            break
    assert tuple(seen) == whole.items


def test_codes_come_in_pages_by_their_first_digits(ctx):
    whole = codes.list_page(ctx, limit=1000, prefix="85 05")
    digits = [entry.code for entry in whole.items]
    assert digits == sorted(digits)
    assert digits[0] == "8505"
    assert all(code.startswith("8505") for code in digits)
    assert whole.total == len(digits) > 10
    seen, cursor = [], None
    while True:
        page = codes.list_page(ctx, cursor=cursor, limit=4, prefix="8505")
        seen += page.items
        assert page.total == whole.total
        if (cursor := page.next) is None:
            break
    assert tuple(seen) == whole.items
    with pytest.raises(InvalidInput):
        codes.list_page(ctx, limit=5, prefix="magnets")


@pytest.mark.parametrize(
    ("query", "code"), [("Permanent  MAGNETS", "850511"), ("permanente magneten", "85051110")]
)
def test_codes_are_found_by_the_words_of_their_names(ctx, query, code):
    found = codes.list_page(ctx, limit=1000, query=query)
    assert code in {entry.code for entry in found.items}
    for entry in found.items:
        names = (entry.name_en.casefold(), (entry.name_nl or "").casefold())
        assert any(all(word in name for word in query.casefold().split()) for name in names)
    within = codes.list_page(ctx, limit=1000, query=query, prefix="8505").items
    assert within == tuple(one for one in found.items if one.code.startswith("8505"))
    assert codes.list_page(ctx, limit=5, query="unobtainium").total == 0


@pytest.mark.parametrize("spelt", ["1.4404", "1 4404", "X2CrNiMo17-12-2", "x2 crnimo 17 12 2"])
def test_an_alloy_is_found_in_any_spelling(ctx, spelt):
    assert [entry.id for entry in alloys.get(ctx, spelt)] == ["ss_1_4404"]


def test_other_standards_and_ids_find_alloys(ctx):
    assert "ss_1_4404" in [entry.id for entry in alloys.get(ctx, "316L")]
    assert [entry.id for entry in alloys.get(ctx, "EN AW-6082")] == ["al_6082"]
    assert [entry.id for entry in alloys.get(ctx, "ss_1_4404")] == ["ss_1_4404"]


def test_an_ambiguous_designation_answers_with_all_candidates(ctx):
    shared = {
        spelling: found
        for spelling, found in ctx.engine.alloys_by_spelling.items()
        if len(found) > 1
    }
    assert shared
    for spelling, found in shared.items():
        assert tuple(entry.id for entry in alloys.get(ctx, spelling)) == found


def test_every_designation_of_every_alloy_finds_it(ctx):
    for entry in alloys.list_page(ctx, limit=1000).items:
        for designation in entry.designations:
            if designation.isascii():
                assert entry in alloys.get(ctx, designation), designation


def test_alloys_are_searched_by_a_part_of_a_designation(ctx):
    found = alloys.list_page(ctx, limit=1000, query="1.440")
    assert "ss_1_4404" in [entry.id for entry in found.items]
    assert 1 < found.total < 60
    assert alloys.list_page(ctx, limit=10, query="...").total == 0


@pytest.mark.parametrize("written", ["850511", "8505 11", "8505.11", "8505-11"])
def test_a_code_is_read_as_people_write_it(ctx, written):
    found = codes.get(ctx, written)
    assert (found.digits, found.entry.code, found.exact) == ("850511", "850511", True)
    assert [entry.code for entry in found.headings] == ["85", "8505"]
    assert all(entry.parent == "850511" for entry in found.children)
    assert {content.code for content in found.contents} == {"850511"}


@pytest.mark.parametrize(
    ("asked", "known"), [("8505 11 99 99", "850511"), ("85051199", "850511"), ("854140", "8541")]
)
def test_an_unknown_code_falls_back_to_the_nearest_heading(ctx, asked, known):
    found = codes.get(ctx, asked)
    assert (found.entry.code, found.exact) == (known, False)


def test_a_subdivision_of_ten_digits_has_contents_of_its_own(ctx):
    found = codes.get(ctx, "2805 30 10 10")
    assert (found.entry.code, found.exact) == ("28053010", False)
    assert {content.code for content in found.contents} == {"2805301010"}


def test_a_code_of_hs_1992_says_how_trade_counts_it(ctx):
    (counted,) = codes.get(ctx, "811211").counted
    assert counted.nomenclature == "HS1992"
    assert counted.materials == ("beryllium",)


def test_classes_know_what_stands_above_them(ctx):
    mlcc = components.get(ctx, "mlcc")
    above = [entry.id for entry in components.above(ctx, mlcc)]
    assert above == ["electronic_component", "passive", "capacitor"]
    assert "mlcc" in components.get(ctx, above[-1]).children
    assert mlcc.words["nl"]


@pytest.mark.parametrize("nothing", ["unobtainium", "", "...", "\x00", "0000", "85 5"])
def test_what_is_not_there_is_not_found(ctx, nothing):
    for get in (alloys.get, codes.get, components.get):
        with pytest.raises(NotFound):
            get(ctx, nothing)
