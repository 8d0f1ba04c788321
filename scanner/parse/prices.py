"""What lines cost: a price of a piece, of more pieces, or of the line as a whole."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat

from scanner.parse.columns import Layout
from scanner.parse.memo import Memo
from scanner.parse.model import Packed
from scanner.parse.money import (
    NO_COST,
    Cost,
    currency,
    currency_of,
    per_of,
    pieces_priced,
    read_price,
)
from scanner.parse.numbers import Mark
from scanner.parse.problems import Problems

_CENT = Decimal("0.011")
_HUNDREDTH = Decimal("0.01")
"""So much together a total may differ from the price times the quantity: both are rounded."""


class PriceColumns:
    """Reads the columns of money of a table."""

    def __init__(self, layout: Layout, marks: Mapping[int, Mark], problems: Problems) -> None:
        self._layout = layout
        self._problems = problems
        self._single = self._reader("price", marks)
        self._total = self._reader("price_line", marks)
        self._pieces: Memo[str, str | None] = Memo(pieces_priced)
        self._currencies: Memo[str, str | None] = Memo(currency)

    def _reader(self, field: str, marks: Mapping[int, Mark]) -> Memo[str, Cost]:
        index = self._layout.column(field)
        if index is None:
            return Memo(_nothing)
        heading = self._layout.headings[index]
        return Memo(_reading(marks[index], currency_of(heading), per_of(heading)))

    def pack(self, packed: Packed, columns: Sequence[Sequence[str]]) -> None:
        """Add `price`, `price_per` and `currency` to the chunk, where there is a column of them."""
        if self._layout.column("price") is None and self._layout.column("price_line") is None:
            return
        single = self._costs("price", self._single, packed, columns)
        total = self._costs("price_line", self._total, packed, columns)
        told = zip(
            single,
            total,
            self._told("price_per", self._pieces, columns),
            self._told("currency", self._currencies, columns),
            packed.get("quantity") or repeat(None),
            strict=False,
        )
        costs = []
        for at, (one, whole, per, money, quantity) in enumerate(told):
            cost, agrees = settle(one._replace(per=per or one.per), whole, quantity)
            costs.append(cost._replace(currency=money) if money and cost.amount else cost)
            if not agrees:
                self._report("price-disagrees", "price_line", at, packed, columns)
        packed["price"] = [cost.amount for cost in costs]
        packed["price_per"] = [cost.per for cost in costs]
        packed["currency"] = [cost.currency for cost in costs]

    def _told(
        self, field: str, memo: Memo[str, str | None], columns: Sequence[Sequence[str]]
    ) -> list[str | None]:
        index = self._layout.column(field)
        if index is None:
            return [None] * len(columns[0])
        return list(map(memo.__getitem__, columns[index]))

    def _costs(
        self, field: str, memo: Memo[str, Cost], packed: Packed, columns: Sequence[Sequence[str]]
    ) -> list[Cost]:
        """What the cells of a column say, with what is wrong with them noted."""
        index = self._layout.column(field)
        if index is None:
            return [NO_COST] * len(columns[0])
        costs = list(map(memo.__getitem__, columns[index]))
        for at, cost in enumerate(costs):
            if cost.problem is not None:
                self._report(cost.problem, field, at, packed, columns)
        return costs

    def _report(
        self, code: str, field: str, at: int, packed: Packed, columns: Sequence[Sequence[str]]
    ) -> None:
        index = self._layout.column(field)
        if index is not None:
            heading = self._layout.headings[index]
            self._problems.add(code, packed["row"][at], heading, columns[index][at])


def settle(single: Cost, total: Cost, quantity: str | None) -> tuple[Cost, bool]:
    """The price of a line by that of a piece and its total, and whether the two agree.

    Where the total shows that the price is one of 10, 100 or 1000 pieces, the total counts; the
    price does where they disagree otherwise, for a total may be that of a series.
    """
    pieces = Decimal(quantity) if quantity is not None else Decimal(0)
    if total.amount is None or not pieces:
        return single, True
    whole = total._replace(per=quantity)
    if single.amount is None:
        return whole, True
    if single.currency != total.currency:
        return single, True
    expected = Decimal(single.amount) * pieces / Decimal(single.per or 1)
    stated = Decimal(total.amount)
    if _same(expected, stated):
        return single, True
    if any(_same(expected, stated * many) for many in (10, 100, 1000)):
        return whole, True
    return single, False


def _same(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _CENT + _HUNDREDTH * abs(other)


def _nothing(_: str) -> Cost:
    return NO_COST


def _reading(mark: Mark, named: str | None, per: str | None) -> Callable[[str], Cost]:
    """How cells are read below a heading that names this currency and number of pieces."""

    def read(text: str) -> Cost:
        cost = read_price(text, mark)
        if cost.amount is None:
            return cost
        return cost._replace(currency=cost.currency or named, per=cost.per or per)

    return read
