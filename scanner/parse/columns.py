"""From a heap of rows to a table: which row is the header and what each column holds."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.core.bom import Column, ReadOptions, column_name
from scanner.core.errors import InvalidInput, Place
from scanner.parse import content, designators
from scanner.parse.choices import check_options, chosen, place_of
from scanner.parse.doubt import of_the_lines, settled
from scanner.parse.header import find_header, header_by_letters, two_rows
from scanner.parse.headings import Heading, normalise, recognise
from scanner.parse.kinds import tells_kinds
from scanner.parse.money import pieces_priced
from scanner.parse.shapes import find_remembered, shape_at

_SAMPLE = 200
_SMALL_NUMBER = re.compile(r"^\d{1,4}(?:\.\d{1,3})*\.?$")
_POSITIONS_ENOUGH = 0.8
_EITHER_NUMBER = frozenset(["part nr", "partnr", "pn", "p n", "part", "reference", "ref"])


@dataclass(frozen=True, slots=True)
class Layout:
    """What was understood of a table before its lines are read.

    `header` is the index of the header row within the rows that were looked at (-1: the table
    has none), `first` that of the first row below it; `roles` maps a field to its columns in
    order (only `description` may have several); `units` are the units named in headings;
    `negated` is set where the fitted column says `DNP`; `chosen` are the caller's columns.
    `indent` is the column whose indentation tells the level, and the blanks of one step. `shape`
    is the fingerprint of the headings, and `remembered` tells that what was kept for it counts.
    `levels` are the columns of which each line fills the one of its level.
    `carried` is set where the parent stands only on the first row of its lines.
    """

    header: int
    first: int
    columns: tuple[Column, ...]
    roles: Mapping[str, tuple[int, ...]]
    units: Mapping[int, str]
    negated: bool = False
    chosen: frozenset[int] = frozenset()
    indent: tuple[int, int] | None = None
    shape: str | None = None
    remembered: bool = False
    carried: bool = False
    levels: tuple[int, ...] = ()

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


def understand(
    rows: Sequence[Sequence[str]], options: ReadOptions, *, kind: str, sheet: str | None
) -> Layout:
    """The layout of a table, from its first rows and what the caller fixed; raises `NoHeader`."""
    known = find_remembered(rows, options, kind)
    if known is not None:
        header, columns = known
        layout = _layout(rows, header, replace(options, columns=columns), strict=False)
        return replace(layout, shape=shape_at(rows, header, kind), remembered=True)
    check_options(options)
    header = _header(rows, options, sheet)
    return replace(_layout(rows, header, options), shape=shape_at(rows, header, kind))


def _header(rows: Sequence[Sequence[str]], options: ReadOptions, sheet: str | None) -> int:
    found = find_header(rows, options)
    return header_by_letters(rows, options, sheet) if found is None else found


def _layout(
    rows: Sequence[Sequence[str]], header: int, options: ReadOptions, *, strict: bool = True
) -> Layout:
    """The layout below this header; when `strict`, every column that is named must be there."""
    body = [row for row in rows[header + 1 : header + 1 + _SAMPLE] if any(row)]
    head = [cell.strip() for cell in rows[header]] if header >= 0 else []
    width = max(_filled_width(head), _common_width(body, at_least=0.5 if header >= 0 else 0.0))
    texts = (head + [""] * width)[:width]
    rows_of_header = 1
    if (both := two_rows(rows, header, texts)) is not None:
        texts, rows_of_header, body = both, 2, body[1:]
    lines = of_the_lines(texts)
    guesses = [_guess(index, text, options, lines or {}) for index, text in enumerate(texts)]
    if strict:
        _check_places(guesses, options)
    guesses = [
        guess if chosen(guess.index, guess.text, options) else _doubted(guess, guesses, body)
        for guess in guesses
    ]
    guesses = [_by_content(guess, guesses, body) for guess in guesses]
    layout = _assign(_by_cells(guesses, body), header, options)
    first = header + rows_of_header if header >= 0 else 0
    layout = replace(layout, first=first, carried=lines is not None)
    return _with_indent(_without_empty_level(layout, body), body)


def _without_empty_level(layout: Layout, body: Sequence[Sequence[str]]) -> Layout:
    """The layout of a flat list, where nobody filled in the column of levels."""
    index = layout.column("level")
    if index is None or index in layout.chosen or _cells(index, body):
        return layout
    return replace(layout, roles={key: at for key, at in layout.roles.items() if key != "level"})


def _by_cells(guesses: list[_Guess], body: Sequence[Sequence[str]]) -> list[_Guess]:
    """The guesses, with columns whose heading says nothing settled by what they hold."""
    told = {guess.field for guess in guesses}
    found: list[_Guess] = []
    for guess in guesses:
        if guess.field is None and (seen := content.looks_like(_cells(guess.index, body))):
            field, confidence = seen
            taken = field in told or (field == "mass_g" and "mass_line_g" in told)
            # A mass beside no quantity may be the quantity: `0,35 kg`.
            if not taken and (field != "mass_g" or "quantity" in told):
                told.add(field)
                heading = Heading(field, confidence, guess.heading.unit)
                found.append(replace(guess, heading=heading))
                continue
        found.append(guess)
    return found


def _with_indent(layout: Layout, body: Sequence[Sequence[str]]) -> Layout:
    """The layout, with the column whose indentation tells the level where nothing else does."""
    if layout.column("level") is not None or layout.column("parent") is not None:
        return layout
    for field in ("part_number", "description"):
        index = layout.column(field)
        if index is None:
            continue
        cells = [row[index] for row in body if index < len(row) and row[index].strip()]
        depths = sorted({len(cell) - len(cell.lstrip()) for cell in cells})
        # One stray blank is no tree: there must be a top, and steps of the same width.
        if len(depths) > 1 and depths[0] == 0 and not cells[0][:1].isspace():
            step = depths[1]
            indented = sum(cell[:1].isspace() for cell in cells)
            if all(depth % step == 0 for depth in depths) and (step > 1 or indented > 1):
                return replace(layout, indent=(index, step))
    return layout


def _cells(index: int, body: Sequence[Sequence[str]]) -> list[str]:
    return [cell for row in body if index < len(row) and (cell := row[index].strip())]


def _full(body: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The rows that are more than half as full as the fullest: no sections and totals."""
    filled = [sum(map(bool, row)) for row in body]
    most = max(filled, default=0)
    return [row for row, count in zip(body, filled, strict=True) if count * 2 > most]


def _check_places(guesses: Sequence[_Guess], options: ReadOptions) -> None:
    """Raise `InvalidInput` where the caller names a column that the table does not have."""
    names = {name for guess in guesses if (name := normalise(guess.text))}
    texts = {guess.text for guess in guesses}
    for key in options.columns:
        place = place_of(key)
        if key.strip() in texts or normalise(key) in names:
            continue
        if place is None or place >= len(guesses):
            there = ", ".join(
                f"{column_name(guess.index)}: {guess.text[:40] or '(empty)'}"
                for guess in guesses[:40]
            )
            raise InvalidInput(
                f"There is no column '{key[:100]}'.",
                advice=f"Name a heading or a letter of the table: {there}.",
                place=Place(pointer=f"/columns/{key[:100]}"),
            )


def _filled_width(row: Sequence[str]) -> int:
    return next((index for index in range(len(row), 0, -1) if row[index - 1].strip()), 0)


def _common_width(rows: Sequence[Sequence[str]], *, at_least: float) -> int:
    """The width that more than this share of the rows fills: a column need not have a heading."""
    widths = sorted(map(_filled_width, rows), reverse=True)
    return widths[int(len(widths) * at_least)] if widths else 0


def _guess(index: int, text: str, options: ReadOptions, known: Mapping[int, Heading]) -> _Guess:
    heading = chosen(index, text, options) or known.get(index) or recognise(text)
    return _Guess(index, text, heading)


def _doubted(guess: _Guess, guesses: list[_Guess], body: Sequence[Sequence[str]]) -> _Guess:
    """The guess, with another field where the column holds what its heading does not say."""
    if guess.field is None:
        return guess
    others = {other.field for other in guesses if other is not guess}
    field = settled(guess.text, guess.field, _cells(guess.index, _full(body)), others)
    if field == guess.field:
        return guess
    return replace(guess, heading=Heading(field or "ignored", 0.8, guess.heading.unit))


def _by_content(guess: _Guess, guesses: list[_Guess], body: Sequence[Sequence[str]]) -> _Guess:
    """The guess with an ambiguous kind settled by what the column holds."""
    field = guess.field
    if field == "name" and tells_kinds(_cells(guess.index, body)):
        return replace(guess, heading=Heading(None, 0.0))
    if field == "name" and _share(_cells(guess.index, body), _is_letter) >= _POSITIONS_ENOUGH:
        # A key such as SAP's `L`, which says what kind of line it is.
        return replace(guess, heading=Heading(None, 0.0))
    if field is None or field[-1] != "?":
        return guess
    cells = _cells(guess.index, _full(body))
    if field == "price_per?":
        settled = _price_unit(cells, guesses, named=normalise(guess.text) == "price unit")
    elif field == "material?":
        grades = any(other.field == "material" for other in guesses)
        settled = "part_number" if grades else "material"
    elif _share(cells, designators.looks_like) >= _POSITIONS_ENOUGH:
        settled = "designators"
    elif field == "item?" and _share(cells, _is_small_number) >= _POSITIONS_ENOUGH:
        settled = "position"
    elif _is_number_beside_a_name(field, cells, guesses) or field == "reference?":
        settled = "part_number"
    else:
        settled = "name"
    return replace(guess, heading=replace(guess.heading, field=settled))


def _price_unit(cells: Sequence[str], guesses: list[_Guess], *, named: bool) -> str | None:
    """What a column `Price unit`, `PE` or `Per` holds: numbers of pieces, beside prices; or prices.

    `PE` may be anything else; so may `Per`.
    """
    priced = any(other.field in ("price", "price_line") for other in guesses)
    if priced and cells and _share(cells, _is_price_unit) == 1.0:
        return "price_per"
    return "price" if named and not priced else None


def _is_price_unit(text: str) -> bool:
    return pieces_priced(text) is not None


def _is_number_beside_a_name(field: str, cells: Sequence[str], guesses: Sequence[_Guess]) -> bool:
    """Whether a column `Part` or `Item` holds numbers of parts, described in a column beside."""
    others = {guess.field for guess in guesses}
    return (
        field in ("part?", "item?")
        and not others.isdisjoint(("description", "name"))
        and "part_number" not in others
        and _share(cells, _is_number) >= _POSITIONS_ENOUGH
    )


def _is_number(text: str) -> bool:
    return len(text) > 2 and " " not in text and any(map(str.isdigit, text))


def _is_letter(text: str) -> bool:
    return len(text) == 1


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _is_small_number(text: str) -> bool:
    return _SMALL_NUMBER.match(text) is not None


def _assign(guesses: list[_Guess], header: int, options: ReadOptions) -> Layout:
    """One column per field: the caller's wins, then the surest, the leftmost among equals."""
    roles: dict[str, tuple[int, ...]] = {}
    taken: dict[int, tuple[str, float]] = {}
    fixed = frozenset(
        guess.index for guess in guesses if chosen(guess.index, guess.text, options) is not None
    )
    for guess in sorted(
        guesses,
        key=lambda guess: (guess.index not in fixed, -guess.heading.confidence, guess.index),
    ):
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
    return Layout(header, header + 1, columns, roles, units, negated, fixed)


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
