"""From a heap of rows to a table: which row is the header and what each column holds."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.core.bom import Column, ReadOptions
from scanner.core.errors import InvalidInput, NoHeader, Place
from scanner.parse import designators
from scanner.parse.headings import FIELDS, IDENTITY, Heading, normalise, recognise
from scanner.parse.model import column_name
from scanner.parse.numbers import Mark, read_amount

_DEEPEST_HEADER = 60
_SAMPLE = 200
_SMALL_NUMBER = re.compile(r"^\d{1,4}(?:\.\d{1,3})*\.?$")
_POSITIONS_ENOUGH = 0.8
_EITHER_NUMBER = frozenset(["part nr", "partnr", "pn", "p n", "part", "reference", "ref"])
_EITHER = Mark(".", sure=False)


@dataclass(frozen=True, slots=True)
class Layout:
    """What was understood of a table before its lines are read.

    `header` is the index of the header row within the rows that were looked at (-1: the table
    has none), `first` that of the first row below it; `roles` maps a field to its columns in
    order (only `description` may have several); `units` are the units named in headings;
    `negated` is set where the fitted column says `DNP`; `chosen` are the caller's columns.
    """

    header: int
    first: int
    columns: tuple[Column, ...]
    roles: Mapping[str, tuple[int, ...]]
    units: Mapping[int, str]
    negated: bool = False
    chosen: frozenset[int] = frozenset()

    def column(self, field: str) -> int | None:
        """The column that holds the field, ``None`` if no column does."""
        found = self.roles.get(field)
        return found[0] if found else None

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading of each column, its letters where it has none."""
        return tuple(column.heading or column_name(column.index) for column in self.columns)


@dataclass(frozen=True, slots=True)
class _Guess:
    index: int
    text: str
    heading: Heading

    @property
    def field(self) -> str | None:
        return self.heading.field


def understand(rows: Sequence[Sequence[str]], options: ReadOptions, *, sheet: str | None) -> Layout:
    """The layout of a table, from its first rows and what the caller fixed; raises `NoHeader`."""
    check_options(options)
    header = _find_header(rows, options)
    if header is None:
        header = _header_by_letters(rows, options, sheet)
    body = [row for row in rows[header + 1 : header + 1 + _SAMPLE] if any(row)]
    head = [cell.strip() for cell in rows[header]] if header >= 0 else []
    width = max(_filled_width(head), _common_width(body, at_least=0.5 if header >= 0 else 0.0))
    texts = (head + [""] * width)[:width]
    guesses = [_guess(index, text, options) for index, text in enumerate(texts)]
    guesses = [_by_content(guess, guesses, body) for guess in guesses]
    return _assign(guesses, header, options)


def _filled_width(row: Sequence[str]) -> int:
    return next((index for index in range(len(row), 0, -1) if row[index - 1].strip()), 0)


def _common_width(rows: Sequence[Sequence[str]], *, at_least: float) -> int:
    """The width that more than this share of the rows fills: a column need not have a heading."""
    widths = sorted(map(_filled_width, rows), reverse=True)
    return widths[int(len(widths) * at_least)] if widths else 0


def check_options(options: ReadOptions) -> None:
    """Raise `InvalidInput` when the caller sends a column to a field that does not exist."""
    for key, field in options.columns.items():
        if field and field not in FIELDS:
            raise InvalidInput(
                f"There is no field '{field}'.",
                advice=f"Use one of: {', '.join(FIELDS)}.",
                place=Place(pointer=f"/columns/{key}"),
            )


def score(rows: Sequence[Sequence[str]], options: ReadOptions) -> float:
    """How much the best row looks like a header; 0 when none does."""
    found = _find_header(rows, options)
    return _row_score(rows[found], options)[0] if found is not None else 0.0


def is_heading_row(row: Iterable[str]) -> bool:
    """Whether a row below the header repeats it (or gives it in another language)."""
    cells = [cell for cell in row if cell]
    known = sum(recognise(cell).confidence > 0.6 for cell in cells)
    return known >= 2 and known * 5 >= len(cells) * 3


def _find_header(rows: Sequence[Sequence[str]], options: ReadOptions) -> int | None:
    best, best_score = None, 0.0
    for index, row in enumerate(rows[:_DEEPEST_HEADER]):
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
        heading = _chosen_by_heading(text, options) or recognise(text)
        if heading.field is None:
            unknown += 1
            continue
        known += 1
        weight = 0.3 if heading.field == "ignored" else heading.confidence
        fields[heading.field] = max(fields.get(heading.field, 0.0), weight)
    identity = any(field in IDENTITY or field == "name" or field[-1] == "?" for field in fields)
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


def _header_by_letters(
    rows: Sequence[Sequence[str]], options: ReadOptions, sheet: str | None
) -> int:
    """The header's index where the caller named the columns by letter or number, -1 for none."""
    by_place = {
        place: field for key, field in options.columns.items() if (place := _place(key)) is not None
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
        f"None of the first {min(len(rows), _DEEPEST_HEADER)} rows names columns that are known, "
        f"such as part number, description and quantity. The first row reads: {cells}.",
        advice="Give the columns a heading row, or say which column is what with "
        'columns, for example columns={"A": "part_number", "C": "quantity"}.',
        place=Place(sheet=sheet, row=1),
    )


def _place(key: str) -> int | None:
    """The index that a column letter (`C`) or number (`3`, from 1) names."""
    text = key.strip()
    if text.isdecimal() and 0 < int(text) <= 16384:
        return int(text) - 1
    if not re.fullmatch(r"[A-Z]{1,3}", text):
        return None
    index = 0
    for letter in text:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _chosen(index: int, text: str, options: ReadOptions) -> Heading | None:
    """What the caller fixed for this column: by its heading first, then by letter or number."""
    by_heading = _chosen_by_heading(text, options)
    if by_heading is not None:
        return by_heading
    for key, field in options.columns.items():
        if _place(key) == index:
            return Heading(field or "ignored", 1.0, recognise(text).unit)
    return None


def _chosen_by_heading(text: str, options: ReadOptions) -> Heading | None:
    if not options.columns or not text:
        return None
    name = normalise(text)
    for key, field in options.columns.items():
        if key.strip() == text or (name and normalise(key) == name):
            return Heading(field or "ignored", 1.0, recognise(text).unit)
    return None


def _guess(index: int, text: str, options: ReadOptions) -> _Guess:
    return _Guess(index, text, _chosen(index, text, options) or recognise(text))


def _by_content(guess: _Guess, guesses: list[_Guess], body: Sequence[Sequence[str]]) -> _Guess:
    """The guess with an ambiguous kind settled by what the column holds."""
    field = guess.field
    if field is None or field[-1] != "?":
        return guess
    cells = [row[guess.index].strip() for row in body if guess.index < len(row)]
    cells = [cell for cell in cells if cell]
    if field == "material?":
        grades = any(other.field == "material" for other in guesses)
        settled = "part_number" if grades else "material"
    elif _share(cells, designators.looks_like) >= _POSITIONS_ENOUGH:
        settled = "designators"
    elif field == "item?" and _share(cells, _is_small_number) >= _POSITIONS_ENOUGH:
        settled = "position"
    elif field == "reference?":
        settled = "part_number"
    else:
        settled = "name"
    return replace(guess, heading=replace(guess.heading, field=settled))


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _is_small_number(text: str) -> bool:
    return _SMALL_NUMBER.match(text) is not None


def _assign(guesses: list[_Guess], header: int, options: ReadOptions) -> Layout:
    """One column per field: the surest wins, the leftmost among equals."""
    roles: dict[str, tuple[int, ...]] = {}
    taken: dict[int, tuple[str, float]] = {}
    for guess in sorted(guesses, key=lambda guess: (-guess.heading.confidence, guess.index)):
        field = guess.field
        if field in (None, "ignored", "name", "spare"):
            continue
        field = "fitted" if field == "not_fitted" else str(field)
        if field not in roles:
            roles[field] = (guess.index,)
            taken[guess.index] = (field, guess.heading.confidence)
    _place_names([guess for guess in guesses if guess.field == "name"], roles, taken)
    _place_spares([guess for guess in guesses if guess.field == "spare"], roles, taken)
    _place_maker_number(guesses, roles, taken)
    columns = tuple(
        Column(guess.index, guess.text, *taken.get(guess.index, (None, 0.0))) for guess in guesses
    )
    units = {guess.index: guess.heading.unit for guess in guesses if guess.heading.unit}
    fitted = roles.get("fitted", (-1,))[0]
    negated = any(
        guess.index == fitted and recognise(guess.text).field == "not_fitted" for guess in guesses
    )
    chosen = frozenset(
        guess.index for guess in guesses if _chosen(guess.index, guess.text, options) is not None
    )
    return Layout(header, header + 1, columns, roles, units, negated, chosen)


def _place_names(
    names: list[_Guess],
    roles: dict[str, tuple[int, ...]],
    taken: dict[int, tuple[str, float]],
) -> None:
    """Give columns such as `Name` their field.

    In an electronic part list without values it is the value; elsewhere it is the description,
    in front of a description column that there may be.
    """
    for guess in names[:2]:
        if "designators" in roles and "value" not in roles:
            field = "value"
            roles[field] = (guess.index,)
        elif guess is names[0]:
            field = "description"
            roles[field] = (guess.index, *roles.get(field, ()))
        else:
            continue
        taken[guess.index] = (field, 0.7)


def _place_spares(
    spares: list[_Guess],
    roles: dict[str, tuple[int, ...]],
    taken: dict[int, tuple[str, float]],
) -> None:
    """Names of drawing-program symbols describe a part only where nothing else does."""
    if spares and "description" not in roles:
        roles["description"] = (spares[0].index,)
        taken[spares[0].index] = ("description", 0.5)


def _place_maker_number(
    guesses: list[_Guess],
    roles: dict[str, tuple[int, ...]],
    taken: dict[int, tuple[str, float]],
) -> None:
    """A `Part number` right beside the manufacturer is the manufacturer's, if no other is."""
    if "maker" not in roles or "maker_number" in roles or "part_number" not in roles:
        return
    number, maker = roles["part_number"][0], roles["maker"][0]
    name = normalise(next(guess.text for guess in guesses if guess.index == number))
    if abs(number - maker) == 1 and name in _EITHER_NUMBER:
        del roles["part_number"]
        roles["maker_number"] = (number,)
        taken[number] = ("maker_number", 0.8)
