"""Commodity codes of the knowledge release: names, headings, and what their goods hold."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scanner.core.catalogue import CodeContent, CodeEntry, Intensity
from scanner.core.errors import InvalidInput, NotFound, Place
from scanner.core.trade import TradeCode
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, text_in

_SEPARATORS = re.compile(r"[\s.\-]+")
_CODE = re.compile(r"(?:[0-9]{2}){1,5}")
_PREFIX = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class CodeFound:
    """What is known of a code as somebody wrote it.

    `entry` is the nearest known heading; `exact` whether it is the very code asked for, and
    `digits` the code without spaces and dots. `contents` stand at the code that each names: those
    of the code itself, and where there are none those of the nearest heading that has some.
    `headings` are those above the entry, widest first. `counted` is how HS 1992 trade counts it.
    """

    digits: str
    entry: CodeEntry
    exact: bool
    headings: tuple[CodeEntry, ...]
    children: tuple[CodeEntry, ...]
    contents: tuple[CodeContent, ...]
    intensities: tuple[Intensity, ...]
    counted: tuple[TradeCode, ...]


def list_page(
    ctx: Context,
    *,
    cursor: str | None = None,
    limit: int,
    prefix: str | None = None,
    query: str | None = None,
) -> Page[CodeEntry]:
    """The codes in the order of their digits, only those that begin with `prefix`.

    With a `query` those whose English or Dutch name holds all its words.
    """
    known = ctx.engine.knowledge.catalogue.codes
    begin = "" if prefix is None else _digits(prefix, _PREFIX)
    if begin is None:
        raise InvalidInput(
            f"'{prefix}' is not the beginning of a commodity code.",
            advice="Send up to ten digits; spaces and dots between them do no harm.",
            place=Place(pointer="/prefix"),
        )
    words = () if query is None else query.casefold().split()
    wanted = [
        code
        for code, entry in known.items()
        if code.startswith(begin) and (not words or _is_named(entry, words))
    ]
    after = text_in(cursor)
    start = 0 if after is None else bisect_left(wanted, after + "0")
    shown = wanted[start : start + limit]
    more = start + limit < len(wanted)
    items = tuple(known[code] for code in shown)
    return Page(items, cursor_of(shown[-1]) if more else None, len(wanted))


def get(ctx: Context, code: str) -> CodeFound:
    """A code of 2 to 10 digits with or without spaces and dots, or the nearest heading above it.

    `NotFound` for what is no code, or of no chapter that is known.
    """
    catalogue = ctx.engine.knowledge.catalogue
    digits = _digits(code, _CODE) or ""
    above = [digits[:length] for length in range(len(digits), 0, -2)]
    entry = next((catalogue.codes[one] for one in above if one in catalogue.codes), None)
    if entry is None:
        raise NotFound(
            f"There is no code '{code}' in this release, nor a heading above it.",
            advice="Send 2, 4, 6, 8 or 10 digits of the Harmonized System 2022, the Combined "
            "Nomenclature or TARIC.",
        )
    holds = next((one for one in above if one in catalogue.contents), None)
    return CodeFound(
        digits=digits,
        entry=entry,
        exact=entry.code == digits,
        headings=tuple(
            catalogue.codes[one]
            for one in reversed(above)
            if one in catalogue.codes and len(one) < len(entry.code)
        ),
        children=_under(ctx, entry.code),
        contents=() if holds is None else catalogue.contents[holds],
        intensities=next(
            (catalogue.intensities[one] for one in above if one in catalogue.intensities), ()
        ),
        counted=_counted(ctx, digits[:6]),
    )


def is_code(text: str) -> bool:
    """Whether a text is the beginning of a code, and no words of a name."""
    return _digits(text, _PREFIX) is not None


def _is_named(entry: CodeEntry, words: Sequence[str]) -> bool:
    names = (entry.name_en.casefold(), (entry.name_nl or "").casefold())
    return any(all(word in name for word in words) for name in names)


def _under(ctx: Context, code: str) -> tuple[CodeEntry, ...]:
    """The codes one step below, in order."""
    known = ctx.engine.knowledge.catalogue.codes
    length = len(code) + 2
    return tuple(
        entry for one, entry in known.items() if len(one) == length and one.startswith(code)
    )


def _counted(ctx: Context, code: str) -> tuple[TradeCode, ...]:
    by_material = ctx.engine.knowledge.resources.codes
    found = {one.code: one for codes in by_material.values() for one in codes if one.code == code}
    return tuple(found.values())


def _digits(text: str, form: re.Pattern[str]) -> str | None:
    """The digits alone, or None where it is no code."""
    digits = _SEPARATORS.sub("", text)
    return digits if form.fullmatch(digits) else None
