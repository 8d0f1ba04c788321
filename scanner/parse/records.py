"""JSON lines → packed lines: keys are our field names, so nothing has to be recognised."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeGuard

import orjson

from scanner.core.bom import Column, Reading, ReadLimits, RowCounts
from scanner.core.errors import (
    BomTooLarge,
    InvalidInput,
    LineProblem,
    NoLines,
    Place,
    UnreadableBom,
)
from scanner.parse import cyclonedx, designators
from scanner.parse.headings import FIELDS, IDENTITY
from scanner.parse.model import CHUNK_LINES, Packed, Record, Records
from scanner.parse.money import NO_COST, Cost, currency, pieces_priced, read_price
from scanner.parse.numbers import Amount, Mark, plain, read_amount, read_mass
from scanner.parse.parts import MOST_KNOWN
from scanner.parse.prices import settle
from scanner.parse.problems import Problems
from scanner.parse.tree import Levels, are_outlines, resolve

_POINT = Mark(".", sure=True)
_NUMBERS = ("quantity", "mass_g", "mass_line_g", "price", "price_line", "price_per")
_PART = (
    "part_number", "maker", "maker_number", "description", "value", "footprint", "prefix",
    "material", "finish", "cas", "commodity_code", "origin",
)  # fmt: skip
"""The fields of `Part` in its order; the mass comes last."""

_EXAMPLE = (
    'Send a list of lines, or {"lines": [...]}, such as '
    '[{"part_number": "A-1", "description": "Bearing 6204", "quantity": 2}].'
)


def read_records(content: bytes) -> Records:
    """The lines of a JSON document: a list, an object with the list under `lines`, or NDJSON."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        document: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        if (records := _line_by_line(content)) is not None:
            return Records(records, "")
        raise UnreadableBom(
            f"The JSON is not valid: {error}.",
            advice="Check it with a JSON tool and send it again.",
        ) from error
    if isinstance(document, Mapping) and "bomFormat" in document:
        return cyclonedx.read_json(document)
    pointer = ""
    if isinstance(document, Mapping):
        document, pointer = document.get("lines"), "/lines"
    if not isinstance(document, list):
        raise UnreadableBom("The JSON holds no list of lines.", advice=_EXAMPLE)
    return Records(document, pointer)


def _line_by_line(content: bytes) -> list[Record] | None:
    """The objects of newline-delimited JSON, or None where the first row is no whole object."""
    rows = [(row, text) for row, text in enumerate(content.splitlines(), 1) if text.strip()]
    records: list[Record] = []
    for row, text in rows:
        try:
            record = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            if not records:
                return None
            raise UnreadableBom(
                f"Row {row} is not valid JSON: {error}.",
                advice="Send one JSON object a row, as newline-delimited JSON.",
                place=Place(row=row),
            ) from error
        if not isinstance(record, Mapping):
            return None
        records.append(record)
    return records


class RecordStream:
    """The lines of JSON records, packed; see `PackedStream`."""

    sheet: str | None = None
    headings: tuple[str, ...] = FIELDS

    def __init__(self, records: Records, limits: ReadLimits) -> None:
        self._all = records
        self._records = records.records
        self._limits = limits
        if not self._records:
            raise NoLines("The list holds no lines.", advice=_EXAMPLE)
        if len(self._records) > limits.max_lines:
            raise BomTooLarge(
                f"The list has more than {limits.max_lines} lines.",
                advice="Split it into several lists.",
            )
        self._problems = Problems(None)
        self._known: dict[tuple[str | float | None, ...], int] = {}
        self._count = 0
        self.reading = Reading(format=records.format)
        self.problems: tuple[LineProblem, ...] = ()

    def __iter__(self) -> Iterator[Packed]:
        """The packed chunks in order, once; then `reading` and `problems` hold."""
        rows = [self._texts(index, record) for index, record in enumerate(self._records)]
        parents, levels = self._parents(rows), self._levels(rows)
        for first in range(0, len(rows), CHUNK_LINES):
            chunk = rows[first : first + CHUNK_LINES]
            packed = self._pack(first, chunk)
            size = slice(first, first + len(chunk))
            packed["parent"] = [
                named if named is not None else above
                for named, (_, above) in zip(parents[size], levels[size], strict=True)
            ]
            packed["level"] = [level for level, _ in levels[size]]
            yield packed
        self._finish(rows)

    def _texts(self, index: int, record: object) -> dict[str, str]:
        """The values of one record as text, checked."""
        if not isinstance(record, Mapping):
            raise self._invalid(index, None, "A line must be an object.")
        texts: dict[str, str] = {}
        for key, value in record.items():
            if key not in FIELDS:
                raise self._invalid(
                    index, str(key), f"There is no field '{key}'.", f"Use: {', '.join(FIELDS)}."
                )
            text = self._text(index, key, value)
            if len(text) > self._limits.max_cell_chars:
                self._note("cell-too-long", index, key, text)
                text = text[: self._limits.max_cell_chars]
            if text:
                texts[key] = text
        return texts

    def _text(self, index: int, key: str, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, bool):
            if key == "fitted":
                return "yes" if value else "no"
        elif isinstance(value, int | Decimal):
            return str(value)
        elif isinstance(value, float):
            return plain(Decimal(repr(value)))
        elif key == "designators" and _are_texts(value):
            return ", ".join(value)
        wanted = "a number or text" if key in _NUMBERS else "text"
        raise self._invalid(index, key, f"'{key}' must be {wanted}.")

    def _invalid(self, index: int, key: str | None, detail: str, advice: str = "") -> InvalidInput:
        return InvalidInput(
            detail, advice=advice or _EXAMPLE, place=Place(pointer=self._at(index, key))
        )

    def _at(self, index: int, key: str | None) -> str | None:
        if self._all.pointers:
            return self._all.pointers[index]
        if self._all.pointer is None:
            return None
        escaped = key.replace("~", "~0").replace("/", "~1") if key is not None else None
        return f"{self._all.pointer}/{index}" + (f"/{escaped}" if escaped is not None else "")

    def _note(self, code: str, index: int, key: str | None, cell: str) -> None:
        self._problems.add(code, self._row(index), key, cell, pointer=self._at(index, key))

    def _row(self, index: int) -> int:
        return self._all.rows[index] if self._all.rows else index + 1

    def _pack(self, first: int, rows: list[dict[str, str]]) -> Packed:
        amounts = [self._amount(first + at, row) for at, row in enumerate(rows)]
        names = [designators.split(row.get("designators", "")) for row in rows]
        part, new = self._parts(
            self._part(first + at, row, amount, listed)
            for at, (row, amount, listed) in enumerate(zip(rows, amounts, names, strict=True))
        )
        costs = [self._cost(first + at, row, amounts[at]) for at, row in enumerate(rows)]
        return Packed(
            first=first,
            row=[self._row(first + at) for at in range(len(rows))],
            parts=new,
            part=part,
            quantity=[
                str(len(listed)) if "quantity" not in row and listed else amount.quantity
                for row, amount, listed in zip(rows, amounts, names, strict=True)
            ],
            unit=[
                row.get("unit") or amount.unit for row, amount in zip(rows, amounts, strict=True)
            ],
            position=[row.get("position") for row in rows],
            designators=names,
            fitted=[_fitted(row) for row in rows],
            ref=[row.get("id") for row in rows],
            price=[cost.amount for cost in costs],
            price_per=[cost.per for cost in costs],
            currency=[cost.currency for cost in costs],
            cells=[[row.get(field, "") for field in FIELDS] for row in rows],
        )

    def _parts(
        self, rows: Iterable[list[str | float | None]]
    ) -> tuple[list[int], list[list[str | float | None]]]:
        """The number of the part of each line, and the parts that were not there before."""
        part: list[int] = []
        new: list[list[str | float | None]] = []
        for fields in rows:
            key = tuple(fields)
            number = self._known.get(key)
            if number is None:
                if len(self._known) >= MOST_KNOWN:
                    self._known.clear()
                number = self._known[key] = self._count
                self._count += 1
                new.append(fields)
            part.append(number)
        return part, new

    def _amount(self, index: int, row: dict[str, str]) -> Amount:
        if "quantity" not in row and "designators" in row:
            return Amount(None, None, None)
        amount = read_amount(row.get("quantity", ""), _POINT)
        if amount.problem is not None:
            self._note(amount.problem, index, "quantity", row.get("quantity", ""))
        if not any(field in row for field in IDENTITY):
            self._note("missing-part", index, None, row.get("position", ""))
        return amount

    def _part(
        self, index: int, row: dict[str, str], amount: Amount, names: list[str]
    ) -> list[str | float | None]:
        fields: list[str | float | None] = [
            designators.prefix(names) if field == "prefix" else row.get(field) for field in _PART
        ]
        return [*fields, self._mass(index, row, amount)]

    def _mass(self, index: int, row: dict[str, str], amount: Amount) -> float | None:
        for key in ("mass_g", "mass_line_g"):
            if key not in row:
                continue
            mass, problem = read_mass(row[key], _POINT, 1.0)
            if problem is not None:
                self._note(problem, index, key, row[key])
            if mass is not None and key == "mass_line_g":
                pieces = float(amount.quantity or 0)
                return mass / pieces if pieces else None
            if mass is not None:
                return mass
        return None

    def _cost(self, index: int, row: dict[str, str], amount: Amount) -> Cost:
        """What the line costs, with the currency that it names."""
        single, total = (self._money(index, key, row) for key in ("price", "price_line"))
        if "price_per" in row and single.amount is not None:
            per = pieces_priced(row["price_per"])
            if per is None:
                self._note("unreadable-price", index, "price_per", row["price_per"])
                single = NO_COST
            single = single._replace(per=per)
        cost, agrees = settle(single, total, amount.quantity)
        if not agrees:
            self._note("price-disagrees", index, "price_line", row["price_line"])
        told = currency(row.get("currency", ""))
        return cost if cost.amount is None or told is None else cost._replace(currency=told)

    def _money(self, index: int, key: str, row: dict[str, str]) -> Cost:
        cost = read_price(row.get(key, ""), _POINT)
        if cost.problem is not None:
            self._note(cost.problem, index, key, row[key])
        return cost

    def _parents(self, rows: list[dict[str, str]]) -> list[int | None]:
        names = [row.get("parent", "") for row in rows]
        if not any(names):
            return [None] * len(rows)
        keys: list[dict[str, list[int]]] = []
        for field in ("id", "position", "part_number"):
            key: dict[str, list[int]] = {}
            for index, row in enumerate(rows):
                if field in row:
                    key.setdefault(row[field], []).append(index)
            keys.append(key)
        parents, unknown = resolve(names, keys)
        for index, lost in enumerate(unknown):
            if lost:
                self._note("unknown-parent", index, "parent", names[index])
        return parents

    def _levels(self, rows: list[dict[str, str]]) -> list[tuple[int | None, int | None]]:
        texts = [row.get("level", "") for row in rows]
        if not any(texts):
            return [(None, None)] * len(rows)
        levels = Levels(outlines=are_outlines(texts), deepest=self._limits.max_depth)
        found, parents, wrong = levels.place(texts, 0)
        for index, problem in wrong.items():
            self._note(problem, index, "level", texts[index])
        return list(zip(found, parents, strict=True))

    def _finish(self, rows: list[dict[str, str]]) -> None:
        used = {key for row in rows for key in row}
        self.problems = self._problems.all()
        self.reading = Reading(
            format=self._all.format,
            encoding=self._all.encoding,
            columns=tuple(
                Column(index, field, field, 1.0)
                for index, field in enumerate(FIELDS)
                if field in used
            ),
            counts=RowCounts(
                rows=len(rows) + self._all.skipped, lines=len(rows), skipped=self._all.skipped
            ),
        )


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _fitted(row: dict[str, str]) -> bool:
    if not designators.is_fitted(row.get("fitted", ""), heading_negates=False):
        return False
    return not any(
        designators.says_not_fitted(row.get(field, "")) for field in ("value", "remarks")
    )
