import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.match.normalise import READ_CHARS, Text, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Weerstand 4,7 kΩ", ["weerstand", "4", "7", "kohm"]),
        ("Größe Ø20×100", ["grosse", "20x100"]),
        ("10 µF / 16 V", ["10", "uf", "16", "v"]),
        ("Écrou à œillet", ["ecrou", "a", "oeillet"]),
        ("MountingHole", ["mounting", "hole"]),
        ("LiFePO4 AlSi10Mg", ["lifepo4", "alsi10mg"]),
        ("X5CrNi18-10", ["x5crni18", "10"]),
        ("", []),
        ("!!! ---", []),
    ],
)
def test_words_are_folded(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize("spelling", ["1.4404", "1,4404", "1-4404", "1 4404"])
def test_separators_do_not_matter(spelling):
    assert Text("material", spelling).squeezed == "14404"


@given(st.text(max_size=200))
def test_every_word_remembers_where_it_stood(text):
    read = Text("description", text)
    for index, word in enumerate(read.words):
        seen = read.seen(index, index + 1)
        assert seen in text
        assert "".join(words_of(seen)) == word
    assert read.starts == sorted(read.starts)
    assert len(read.line_places) == len(read.squeezed_places) == len(read.words) + 1


@given(st.text(alphabet="aäéœß µΩ×-1.", max_size=60))
def test_composed_and_decomposed_letters_read_the_same(text):
    assert words_of(unicodedata.normalize("NFD", text)) == words_of(
        unicodedata.normalize("NFC", text)
    )


def test_an_accent_written_apart_stays_with_its_letter():
    assert Text("description", "cafe\u0301 noir").seen(0, 1) == "cafe\u0301"


def test_a_cell_of_a_million_characters_is_read_in_part():
    assert len(Text("description", "ab " * 400_000).squeezed) <= READ_CHARS
