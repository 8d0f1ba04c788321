"""What the tables of commodity codes must satisfy."""

from collections.abc import Iterator

from scanner.core.names import Presence
from scanner.knowledge.schema import PresenceWordRow
from scanner.knowledge.schema_codes import (
    CodeContentRow,
    CodeIntensityRow,
    CodeNameRow,
    CodeRow,
)
from scanner.knowledge.tables import Problem, Tables

CN_DIGITS = 8
TARIC_DIGITS = 10
OUTSIDE = "99"
"""Codes of this chapter are the Union's own; the Harmonized System has no headings for them."""


def codes_have_headings(tables: Tables) -> Iterator[Problem]:
    """The heading above every code is there, so that a look-up can fall back to it."""
    known = {row.code for row in tables.of(CodeNameRow)}
    for number, row in tables.numbered(CodeNameRow):
        heading = row.code[:-2]
        if heading and heading not in known and not row.code.startswith(OUTSIDE):
            yield Problem("codes", number, "code", row.code, f"nothing stands for {heading}")


def codes_are_as_long_as_their_nomenclature(tables: Tables) -> Iterator[Problem]:
    """Eight digits are of the Combined Nomenclature, and only they may be in the tariff."""
    for number, row in tables.numbered(CodeNameRow):
        if (row.nomenclature == "CN2023") != (len(row.code) == CN_DIGITS):
            rule = "eight digits, and nothing else, are of the Combined Nomenclature"
            yield Problem("codes", number, "nomenclature", row.nomenclature, rule)
        if (row.in_taric_2025 is None) != (len(row.code) < CN_DIGITS):
            shown = str(row.in_taric_2025)
            yield Problem("codes", number, "in_taric_2025", shown, "said of eight digits only")


def codes_name_one_thing(tables: Tables) -> Iterator[Problem]:
    """A code that is used for matching names one material or one class."""
    for number, row in tables.numbered(CodeRow):
        if (row.material is None) == (row.class_id is None):
            shown = f"{row.material}, {row.class_id}"
            rule = "a code names one material or one class"
            yield Problem("commodity_codes", number, "material", shown, rule)


def contents_are_of_known_codes(tables: Tables) -> Iterator[Problem]:
    """What goods hold stands under a known code, or one of ten digits under a known one."""
    known = {row.code for row in tables.of(CodeNameRow)}
    for number, row in tables.numbered(CodeContentRow):
        named = row.code[:CN_DIGITS] if len(row.code) == TARIC_DIGITS else row.code
        if named not in known:
            yield Problem("code_contents", number, "code", row.code, "not a key of codes")


def code_figures_are_ordered(tables: Tables) -> Iterator[Problem]:
    """Of the figures that are printed, ``low <= typical <= high``."""
    rows: list[tuple[str, int, CodeContentRow | CodeIntensityRow]] = [
        *(("code_contents", n, row) for n, row in tables.numbered(CodeContentRow)),
        *(("code_intensities", n, row) for n, row in tables.numbered(CodeIntensityRow)),
    ]
    for table, number, row in rows:
        printed = [value for value in (row.low, row.typical, row.high) if value is not None]
        if printed != sorted(printed):
            shown = f"{row.low}, {row.typical}, {row.high}"
            yield Problem(table, number, "low", shown, "must be low <= typical <= high")


def contents_claim_what_they_may(tables: Tables) -> Iterator[Problem]:
    """An upper limit alone makes no presence; an expert is never certain and gives no figure."""
    words = {row.word: row.presence for row in tables.of(PresenceWordRow)}
    for number, row in tables.numbered(CodeContentRow):
        printed = (row.low, row.typical, row.high)
        if row.presence is None and (row.high is None or printed[:2] != (None, None)):
            rule = "presence is empty for an upper limit alone"
            yield Problem("code_contents", number, "presence", "", rule)
        if not row.expert:
            continue
        if row.presence is not None and words.get(row.presence) == Presence.CERTAIN:
            yield Problem(
                "code_contents", number, "presence", row.presence, "an expert is never certain"
            )
        if printed != (None, None, None):
            yield Problem("code_contents", number, "low", str(printed), "an expert gives no figure")


RULES = (
    codes_have_headings,
    codes_are_as_long_as_their_nomenclature,
    codes_name_one_thing,
    contents_are_of_known_codes,
    code_figures_are_ordered,
    contents_claim_what_they_may,
)
