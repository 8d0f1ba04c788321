"""Lines → records of our own JSON: what `records` reads, written.

A BOM that is written so and read again has the same lines, parts, amounts and tree. What a line
keeps as cells only (supplier, remarks) is not written, and rows are numbered anew.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from scanner.core.bom import Line, Price
from scanner.parse.money import pieces_priced
from scanner.parse.tree import Levels

_TOP = -1
_PART = {
    "part_number": "number",
    "description": "description",
    "maker": "maker",
    "maker_number": "maker_number",
    "value": "value",
    "footprint": "footprint",
    "material": "material",
    "finish": "finish",
    "mass_g": "unit_mass_g",
    "commodity_code": "commodity_code",
    "origin": "origin",
    "cas": "cas",
}
"""Our field → the attribute of a part."""

_NOT_STATED = "n/a"
"""Said of a quantity beside designators, which would be counted if nothing were said."""


@dataclass(slots=True)
class Tree:
    """How the lines of one BOM are told to belong together; takes all of them, then `settle`.

    By `level` where the levels alone give the same tree, else by `id` and `parent`.
    """

    by_level: bool = True
    _levels: "array[int]" = field(default_factory=lambda: array("q"))
    _parents: "array[int]" = field(default_factory=lambda: array("q"))
    _refs: dict[int, str] = field(default_factory=dict)

    def take(self, lines: Iterable[Line]) -> None:
        """Note where these lines belong; lines come in the order of the BOM."""
        for line in lines:
            self._levels.append(_TOP if line.level is None else line.level)
            self._parents.append(_TOP if line.parent is None else line.parent)
            if line.ref is not None:
                self._refs[line.index] = line.ref

    def settle(self, *, deepest: int) -> None:
        """Choose how to tell the tree."""
        levels = Levels(outlines=False, deepest=deepest)
        _, parents, _ = levels.place(list(map(_text, self._levels)), 0)
        told = any(level != _TOP for level in self._levels)
        self.by_level = all(
            (_or_top(parent) if told else _TOP) == above
            for parent, above in zip(parents, self._parents, strict=True)
        )
        assemblies = set() if self.by_level else {one for one in self._parents if one != _TOP}
        taken = set(self._refs.values())
        clear = len(taken) == len(self._refs)
        for index in assemblies:
            if index not in self._refs or not clear:
                name = f"line {index + 1}"
                while name in taken:
                    name += "'"
                taken.add(name)
                self._refs[index] = name

    def members(self, line: Line) -> dict[str, object]:
        """What the record of a line says about its place."""
        found: dict[str, object] = {}
        if line.index in self._refs:
            found["id"] = self._refs[line.index]
        if self.by_level and line.level is not None:
            found["level"] = line.level
        if not self.by_level and line.parent is not None:
            found["parent"] = self._refs[line.parent]
        return found


def record_of(line: Line, tree: Tree) -> dict[str, object]:
    """The line as a record, in a tree that is settled."""
    record = tree.members(line)
    _put(record, "position", line.position)
    for name, attribute in _PART.items():
        _put(record, name, getattr(line.part, attribute))
    _put(record, "designators", list(line.designators) or None)
    if line.quantity is not None:
        record["quantity"] = f"{line.quantity:f}"
    elif line.designators:
        record["quantity"] = _NOT_STATED
    _put(record, "unit", line.unit)
    if not line.fitted:
        record["fitted"] = False
    if line.price is not None:
        _put_price(record, line.price)
    return record


def _put(record: dict[str, object], name: str, value: object) -> None:
    if value is not None:
        record[name] = value


def _put_price(record: dict[str, object], price: Price) -> None:
    """The price: of some pieces where that can be told so, else of the line."""
    many = f"{price.per:f}"
    if pieces_priced(many) is not None:
        record["price"] = f"{price.amount:f}"
        if price.per != 1:
            record["price_per"] = many
    else:
        record["price_line"] = f"{price.amount:f}"
    _put(record, "currency", price.currency)


def _or_top(parent: int | None) -> int:
    return _TOP if parent is None else parent


def _text(level: int) -> str:
    return "" if level == _TOP else str(level)
