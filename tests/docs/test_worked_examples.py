"""Every number in a worked example of the methods is computed anew.

The example of ``docs/methods/NAME.md`` stands under the heading "Worked example"; the module
``tests/docs/example_NAME.py`` (``-`` becomes ``_``) has `figures(engine)`, which yields all numbers
of that text in their order, computed by the real code from the release. They are compared in the
precision in which the page prints them. Digits within words and `code` are no numbers.
"""

import re
from importlib import import_module
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "methods").glob("*.md"))
SECTION = re.compile(r"^## Worked example.*?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"(?<![\w.,])[−-]?\d+(?: \d{3})*(?:\.\d+)?(?![0-9A-Za-z_])")
CODE = re.compile(r"`[^`]*`")


def printed(page: str) -> list[str]:
    """The numbers of the worked example of a page, as they stand there."""
    found = SECTION.search(page)
    assert found, "there is no section 'Worked example'"
    return NUMBER.findall(CODE.sub("", found[1]))


def as_printed(text: str) -> tuple[float, int]:
    """The value of a printed number, and its decimals."""
    plain = text.replace(" ", "").replace("−", "-")
    return float(plain), len(plain.partition(".")[2])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_number_of_the_example_is_what_we_compute(path, engine):
    numbers = printed(path.read_text(encoding="utf-8"))
    module = import_module(f"tests.docs.example_{path.stem.replace('-', '_')}")
    computed = [float(one) for one in module.figures(engine)]
    assert len(numbers) > 2
    shown = []
    for text, value in zip(numbers, computed, strict=False):
        number, decimals = as_printed(text)
        right = abs(number - value) <= 0.5 * 10**-decimals * (1 + 1e-9)
        shown.append(text if right else f"{value:.{decimals}f}")
    assert shown == numbers[: len(shown)]
    assert len(computed) == len(numbers)


def test_numbers_are_read_as_they_are_printed():
    page = (
        "## Worked example\n\n0.628² × (1 − 0.22) = −0.5, 10 000 of 62.8 %; 2016–2020; S235, `7`, "
        "a drop from 3 to 2.\n\n## Limits\n\n9\n"
    )
    numbers = ["0.628", "1", "0.22", "−0.5", "10 000", "62.8", "2016", "2020", "3", "2"]
    assert printed(page) == numbers
    assert as_printed("−1 234.50") == (-1234.5, 2)
