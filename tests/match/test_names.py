"""Finding things by a few letters of their names."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.core.search import Fit, Name, Subject
from scanner.match import NameIndex

NAMES = [
    Name(Subject.MATERIAL, "cobalt", "Cobalt"),
    Name(Subject.MATERIAL, "cobalt", "kobalt"),
    Name(Subject.MATERIAL, "cobalt", "Co"),
    Name(Subject.MATERIAL, "vanadium", "V"),
    Name(Subject.COUNTRY, "COL", "Colombia"),
    Name(Subject.COUNTRY, "COL", "CO"),
    Name(Subject.COMPONENT, "magnet", "permanente magneet"),
    Name(Subject.COMPONENT, "magnet", "Dauermagnet", main=False),
    Name(Subject.ALLOY, "ss_1_4404", "1.4404", main=False),
    Name(Subject.ALLOY, "ss_1_4404", "X2CrNiMo17-12-2", main=False),
    Name(Subject.CODE, "850511", "850511"),
    Name(Subject.CODE, "850511", "Permanente magneten van metaal"),
    Name(Subject.CODE, "260500", "Cobalt ores and concentrates"),
]
INDEX = NameIndex(NAMES)


def ids(query, **wanted):
    return [match.name.id for match in INDEX.find(query, limit=10, **wanted)]


def test_what_is_called_so_comes_before_what_begins_so():
    assert ids("cobalt") == ["cobalt", "260500"]
    assert ids("Kobalt") == ["cobalt"]
    assert ids("magneet") == ["magnet"]


def test_words_may_be_cut_off_and_stand_in_any_order():
    assert ids("mag perm") == ["magnet", "850511"]
    assert ids("concen cob") == ["260500"]


def test_designations_and_codes_are_found_in_any_spelling():
    assert ids("1 4404") == ids("14404") == ["ss_1_4404"]
    assert ids("x2crnimo") == ["ss_1_4404"]
    assert ids("8505 11") == ids("8505.1") == ["850511"]


def test_one_letter_is_a_symbol_or_nothing():
    assert ids("v") == ["vanadium"]
    assert ids("c") == []


def test_misspelt_names_are_found_where_nothing_else_is():
    (match,) = INDEX.find("cobolt", limit=10)
    assert (match.name.id, match.fit) == ("cobalt", Fit.NEAR)
    assert ids("vnd") == []


def test_only_things_of_the_kinds_asked_for_are_found():
    assert ids("co", subjects={Subject.COUNTRY}) == ["COL"]
    assert ids("colombla", subjects={Subject.MATERIAL}) == []


def test_nothing_is_asked_by_signs_alone():
    assert ids(" -·- ") == []


@given(st.permutations(NAMES), st.text(alphabet="cobalt 1.4magnekv8505", max_size=12))
def test_the_order_of_names_does_not_matter(names, query):
    assert NameIndex(names).find(query, limit=10) == INDEX.find(query, limit=10)


@given(st.sampled_from(NAMES), st.integers(1, 40))
def test_every_beginning_of_a_name_of_two_letters_or_more_finds_it(name, letters):
    beginning = name.text[: max(letters, 3)]
    assert name.id in ids(beginning)


@given(st.text(max_size=60), st.integers(1, 10))
def test_anything_may_be_asked(query, limit):
    found = INDEX.find(query, limit=limit)
    assert len(found) <= limit
    assert len({(match.name.subject, match.name.id) for match in found}) == len(found)
