"""The tree of a table: the level column, outlines in the position column, or a parent column."""

from collections.abc import Sequence
from itertools import accumulate

from scanner.core.bom import ReadLimits
from scanner.parse.columns import Layout
from scanner.parse.model import Packed
from scanner.parse.problems import Problems
from scanner.parse.tree import Levels, are_outlines, outline_is_tree, resolve

_NAMES = ("part_number", "position", "maker_number", "description")
"""The fields by which a parent column may name a line, in the order in which they are tried."""


class Structure:
    """Finds levels and parents chunk by chunk, and at the end the parents that stand below."""

    def __init__(
        self,
        layout: Layout,
        body: Sequence[Sequence[str]],
        limits: ReadLimits,
        problems: Problems,
    ) -> None:
        """Decide on the first rows (`body`) how levels are written."""
        self._layout = layout
        self._problems = problems
        self._parent = layout.column("parent")
        self._levels: Levels | None = None
        self._column = -1
        self._find_levels(body, limits.max_depth)
        self._parents: list[str] = []
        self._names: dict[int, dict[str, list[int]]] = {
            index: {} for field in _NAMES if (index := layout.column(field)) is not None
        }

    def _find_levels(self, body: Sequence[Sequence[str]], deepest: int) -> None:
        if self._layout.levels or self._layout.indent is not None:
            self._levels = Levels(outlines=False, deepest=deepest)
            self._column = len(self._layout.columns)
            return
        for field in ("level", "position"):
            column = self._layout.column(field)
            if column is None or (field == "position" and self._parent is not None):
                continue
            texts = [row[column].strip() for row in body if column < len(row)]
            outlines = are_outlines(texts)
            if field == "level" or (outlines and outline_is_tree(texts)):
                self._levels = Levels(outlines=outlines, deepest=deepest)
                self._column = column
                return

    @property
    def looks_ahead(self) -> bool:
        """Whether parents may stand below their children, so that all lines are needed first."""
        return self._parent is not None

    def pack(self, packed: Packed, columns: Sequence[Sequence[str]]) -> None:
        """Add `position`, `level` and, where they are known already, `parent` to the chunk."""
        position = self._layout.column("position")
        if position is not None:
            packed["position"] = [text or None for text in columns[position]]
        if self._parent is not None:
            self._remember(packed["first"], columns)
        if self._levels is None:
            return
        texts = columns[self._column]
        levels, parents, wrong = self._levels.place(texts, packed["first"])
        for offset, problem in wrong.items():
            self._note(problem, packed["row"][offset], self._column, texts[offset])
        packed["level"] = levels
        if self._parent is None:
            packed["parent"] = parents

    def _remember(self, first: int, columns: Sequence[Sequence[str]]) -> None:
        names = columns[self._parent or 0]
        if self._layout.carried:
            above = self._parents[-1] if self._parents else ""
            names = list(accumulate(names, lambda last, name: name or last, initial=above))[1:]
        self._parents.extend(names)
        for column, lines in self._names.items():
            for index, name in enumerate(columns[column], first):
                lines.setdefault(name, []).append(index)

    def fill_parents(self, held: Sequence[Packed]) -> None:
        """Parents by name, when all lines are known."""
        parents, unknown = resolve(self._parents, list(self._names.values()))
        for chunk in held:
            first, rows = chunk["first"], chunk["row"]
            chunk["parent"] = parents[first : first + len(rows)]
            for offset, number in enumerate(rows):
                if unknown[first + offset]:
                    name = self._parents[first + offset]
                    self._note("unknown-parent", number, self._parent or 0, name)

    def _note(self, code: str, row: int, column: int, cell: str) -> None:
        if column == len(self._layout.columns):
            column = (*self._layout.levels, *(self._layout.indent or ()))[0]
        self._problems.add(code, row, self._layout.headings[column], cell)
