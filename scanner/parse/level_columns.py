"""Lists with a column per level: `L0`, `L1`, `L2`, of which each line fills in its own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from scanner.core.bom import Column
from scanner.parse.columns import Layout
from scanner.parse.headings import IDENTITY

_HEADING = re.compile(
    r"^(?:l|lvl|level|lev|niv|niveau|ebene|stufe|bom level)[ ._-]?(\d{1,2})$", re.IGNORECASE
)
_FEWEST = 2
_LONGEST_MARK = 2


def with_level_columns(layout: Layout, body: Sequence[Sequence[str]]) -> Layout:
    """The layout with its level columns, where it has them: each row fills exactly one of them.

    They hold a mark, or what the line is: its number, else its name.
    """
    found = _consecutive(layout)
    if len(found) < _FEWEST or layout.chosen.intersection(found):
        return layout
    filled = [
        [row[at].strip() for at in found if at < len(row) and row[at].strip()] for row in body
    ]
    cells = [one for row in filled for one in row]
    used = [at for at in found if any(at < len(row) and row[at].strip() for row in body)]
    if len(used) < _FEWEST or any(len(row) > 1 for row in filled):
        return layout
    roles = {
        field: left
        for field, at in layout.roles.items()
        if (left := tuple(index for index in at if index not in found))
    }
    roles.pop("level", None)
    field = "level"
    if max(map(len, cells)) > _LONGEST_MARK:
        numbers = sum(any(map(str.isdigit, cell)) for cell in cells) * 2 > len(cells)
        field = "part_number" if numbers and "part_number" not in roles else "description"
        roles[field] = (*found, *roles.get(field, ()))
    elif not set(IDENTITY) & set(roles):
        return layout
    columns = tuple(
        Column(one.index, one.heading, field, 0.9) if one.index in found else one
        for one in layout.columns
    )
    return replace(layout, roles=roles, columns=columns, levels=found)


def depths(columns: Sequence[Sequence[str]], levels: Sequence[int]) -> list[str]:
    """The level of each row: the place among the level columns of the one it fills, else none."""
    return [
        next((str(level) for level, cell in enumerate(row) if cell), "")
        for row in zip(*(columns[index] for index in levels), strict=True)
    ]


def _consecutive(layout: Layout) -> tuple[int, ...]:
    """The columns whose headings count levels from 0 or 1, in that order."""
    numbered = {
        int(match[1]): column.index
        for column in reversed(layout.columns)
        if (match := _HEADING.match(column.heading.strip()))
    }
    wanted = list(range(min(numbered, default=0), max(numbered, default=0) + 1))
    if not numbered or min(numbered) > 1 or sorted(numbered) != wanted:
        return ()
    return tuple(numbered[level] for level in wanted)
