"""Which row of a table is its header, and whether it takes two rows."""

from collections.abc import Iterable, Sequence

from scanner.core.bom import ReadOptions
from scanner.core.errors import NoHeader, Place
from scanner.parse.choices import chosen_by_heading, place_of
from scanner.parse.doubt import may_name_a_part
from scanner.parse.headings import IDENTITY, recognise
from scanner.parse.numbers import Mark, read_amount

DEEPEST_HEADER = 60
_EITHER = Mark(".", sure=False)


def score(rows: Sequence[Sequence[str]], options: ReadOptions) -> float:
    """How much the best row looks like a header; 0 when none does."""
    found = find_header(rows, options)
    return _row_score(rows[found], options)[0] if found is not None else 0.0


def is_heading_row(row: Iterable[str]) -> bool:
    """Whether a row below the header repeats it (or gives it in another language)."""
    cells = [cell for cell in row if cell]
    known = sum(recognise(cell).confidence > 0.6 for cell in cells)
    return known >= 2 and known * 5 >= len(cells) * 3


def find_header(rows: Sequence[Sequence[str]], options: ReadOptions) -> int | None:
    """The index of the row that looks most like a header, ``None`` where none does."""
    best, best_score = None, 0.0
    for index, row in enumerate(rows[:DEEPEST_HEADER]):
        worth, enough = _row_score(row, options)
        if enough and (best is None or worth > best_score + 0.5):
            best, best_score = index, worth
    if best is None:
        best = _single_column_header(rows)
    return best


def _row_score(row: Sequence[str], options: ReadOptions) -> tuple[float, bool]:
    """The worth of a row as header, and whether it names enough to be one."""
    fields: dict[str, float] = {}
    known, unknown = 0, 0
    for cell in row:
        text = cell.strip()
        if not text:
            continue
        heading = chosen_by_heading(text, options) or recognise(text)
        if heading.field is None:
            unknown += 1
            continue
        known += 1
        weight = 0.3 if heading.field == "ignored" else heading.confidence
        fields[heading.field] = max(fields.get(heading.field, 0.0), weight)
    identity = any(field in IDENTITY or field == "name" or field[-1] == "?" for field in fields)
    identity = identity or any(may_name_a_part(cell.strip()) for cell in row)
    useful = len(fields.keys() - {"ignored"})
    worth = sum(fields.values()) - 0.1 * min(unknown, 8)
    sure = sum(weight == 1.0 for weight in fields.values())
    return worth, useful >= 2 and identity and (known * 3 >= unknown or sure >= 2)


def _single_column_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The header of a list with one column, such as nothing but part numbers."""
    filled = [(index, [cell for cell in row if cell.strip()]) for index, row in enumerate(rows)]
    filled = [(index, cells) for index, cells in filled if cells]
    if not filled or any(len(cells) > 1 for _, cells in filled):
        return None
    index, cells = filled[0]
    heading = recognise(cells[0].strip())
    certain = heading.confidence == 1.0 and heading.field in (*IDENTITY, "name")
    return index if certain and len(filled) > 1 else None


def header_by_letters(
    rows: Sequence[Sequence[str]], options: ReadOptions, sheet: str | None
) -> int:
    """The header's index where the caller named the columns by letter or number, -1 for none."""
    by_place = {
        place: field
        for key, field in options.columns.items()
        if (place := place_of(key)) is not None
    }
    first = next((index for index, row in enumerate(rows) if any(row)), None)
    if not set(by_place.values()) & {*IDENTITY} or first is None:
        raise _no_header(rows, sheet)
    quantity = next((place for place, field in by_place.items() if field == "quantity"), None)
    if quantity is None or quantity >= len(rows[first]):
        return -1
    cell = rows[first][quantity].strip()
    return -1 if read_amount(cell, _EITHER).quantity is not None or not cell else first


def _no_header(rows: Sequence[Sequence[str]], sheet: str | None) -> NoHeader:
    seen = next((row for row in rows if any(cell.strip() for cell in row)), [])
    cells = ", ".join(f"'{cell.strip()[:40]}'" for cell in seen[:8] if cell.strip())
    return NoHeader(
        f"None of the first {min(len(rows), DEEPEST_HEADER)} rows names columns that are known, "
        f"such as part number, description and quantity. The first row reads: {cells}.",
        advice="Give the columns a heading row, or say which column is what with "
        'columns, for example columns={"A": "part_number", "C": "quantity"}.',
        place=Place(sheet=sheet, row=1),
    )


def two_rows(rows: Sequence[Sequence[str]], header: int, texts: list[str]) -> list[str] | None:
    """The headings out of a header of two rows, such as `Part` above `Number` and `Name`.

    ``None`` where the second row is no part of the header: it must name more columns than the
    first, hold no number, and fill a gap in the first.
    """
    if header < 0 or header + 1 >= len(rows):
        return None
    below = [cell.strip() for cell in rows[header + 1]]
    below = (below + [""] * len(texts))[: len(texts)]
    gaps = any(under and not above for above, under in zip(texts, below, strict=True))
    if not gaps or any(any(map(str.isdigit, cell)) for cell in below):
        return None
    joined: list[str] = []
    group = ""
    for above, under in zip(texts, below, strict=True):
        group = above or (group if under else "")
        joined.append(_surest(f"{group} {under}".strip(), under, above))
    known = sum(recognise(text).field is not None for text in texts)
    more = sum(recognise(text).field is not None for text in joined)
    heads = sum(recognise(cell).field is not None for cell in below if cell)
    return joined if more > known and heads * 2 >= sum(map(bool, below)) else None


def _surest(*texts: str) -> str:
    """The text that is recognised best, the first of equals."""
    return max(
        (text for text in texts if text), key=lambda one: recognise(one).confidence, default=""
    )
