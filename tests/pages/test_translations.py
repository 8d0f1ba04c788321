"""Every text of the pages is in Dutch, and the compiled catalogue is what the source says."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import scanner.pages
from scanner.core.line_problems import LINE_PROBLEMS
from scanner.pages import row_words

PAGES = Path(scanner.pages.__file__).parent
CATALOGUE = PAGES / "translations" / "nl" / "LC_MESSAGES"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def used():
    """Every text in code and templates."""
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    for _, _, message, _, _ in extract_from_dir(PAGES, methods, keywords=KEYWORDS):
        yield message


def translated():
    with (CATALOGUE / "messages.po").open("rb") as file:
        return read_po(file, locale="nl")


def as_tuple(value):
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def texts(catalogue):
    return {as_tuple(message.id): as_tuple(message.string) for message in catalogue if message.id}


def test_catalogue_is_complete_and_holds_nothing_else():
    wanted = {as_tuple(message) for message in used()}
    found = {as_tuple(message.id) for message in translated() if message.id}
    assert wanted - found == set(), "not translated"
    assert found - wanted == set(), "no longer used"


def test_every_translation_is_there_and_keeps_its_placeholders():
    for message in translated():
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        for text in as_tuple(message.string):
            assert text.strip(), message.id
            wanted = set(PLACEHOLDER.findall(as_tuple(message.id)[-1]))
            assert set(PLACEHOLDER.findall(text)) == wanted, message.id


def test_compiled_catalogue_is_in_step():
    compiled = BytesIO()
    write_mo(compiled, translated())
    compiled.seek(0)
    with (CATALOGUE / "messages.mo").open("rb") as file:
        assert texts(read_mo(file)) == texts(read_mo(compiled))


def test_every_problem_of_a_row_has_words():
    assert set(LINE_PROBLEMS) == set(row_words.ROW_PROBLEMS)
