"""Who belongs to whom: levels, dotted outlines, parent columns → the index of the parent line."""

import re
from collections.abc import Mapping, Sequence

from scanner.parse.memo import Memo

_OUTLINE = re.compile(r"^\d{1,6}(?:\.\d{1,6})+\.?$")
_DEPTH = re.compile(r"^[.\s>_|+*-]*(\d{1,3})$")
_DOTS = re.compile(r"^[.>_|+*-]+$")


class Levels:
    """Finds parents by the level of each line, fed in the order of the file.

    The level is a depth (`0`, `2`, `..2`) or, where `outlines` is set, an outline (`1.2.3`).
    """

    def __init__(self, *, outlines: bool, deepest: int) -> None:
        self._outlines = outlines
        self._deepest = deepest
        self._open: list[tuple[int, int]] = []
        self._by_outline: dict[str, int] = {}
        self._depths = Memo(depth)

    def place(
        self, texts: Sequence[str], first: int
    ) -> tuple[list[int | None], list[int | None], dict[int, str]]:
        """Levels and parents of the lines from index `first` on, and by offset what is wrong."""
        levels: list[int | None] = []
        parents: list[int | None] = []
        wrong: dict[int, str] = {}
        place = self._by_outlines if self._outlines else self._by_depths
        place(texts, first, levels, parents, wrong)
        return levels, parents, wrong

    def _by_depths(
        self,
        texts: Sequence[str],
        first: int,
        levels: list[int | None],
        parents: list[int | None],
        wrong: dict[int, str],
    ) -> None:
        depths, opened, deepest = self._depths, self._open, self._deepest
        for index, text in enumerate(texts, first):
            level = depths[text]
            parent = None
            if level is None or level > deepest:
                opened.clear()
                wrong[index - first] = "unreadable-level"
                level = None
            else:
                if opened and level > opened[-1][0] + 1:
                    wrong[index - first] = "broken-level"
                while opened and opened[-1][0] >= level:
                    opened.pop()
                if opened:
                    parent = opened[-1][1]
                opened.append((level, index))
            levels.append(level)
            parents.append(parent)

    def _by_outlines(
        self,
        texts: Sequence[str],
        first: int,
        levels: list[int | None],
        parents: list[int | None],
        wrong: dict[int, str],
    ) -> None:
        for index, text in enumerate(texts, first):
            level, parent, problem = self._by_outline_of(text, index)
            levels.append(level)
            parents.append(parent)
            if problem is not None:
                wrong[index - first] = problem

    def _by_outline_of(self, text: str, index: int) -> tuple[int | None, int | None, str | None]:
        if not text:
            return None, None, None
        outline = _trimmed(text) if _is_outline(text) else None
        level = outline.count(".") if outline is not None else None
        if outline is None or level is None or level > self._deepest:
            self._open.clear()
            return None, None, "unreadable-level"
        parent, problem = self._above(outline, level)
        self._by_outline[outline] = index
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, index))
        return level, parent, problem

    def _nearest(self, level: int) -> int | None:
        return next((index for above, index in reversed(self._open) if above < level), None)

    def _above(self, outline: str, level: int) -> tuple[int | None, str | None]:
        if level == 0:
            return None, None
        prefix = outline.rpartition(".")[0]
        # A spreadsheet turns the outline 3.10 into the number 3.1.
        parent = self._by_outline.get(prefix, self._by_outline.get(prefix.rstrip("0")))
        if parent is not None:
            return parent, None
        return self._nearest(level), "broken-level" if self._open else None


def _is_outline(text: str) -> bool:
    return text.rstrip(".").isdecimal() or _OUTLINE.match(text) is not None


def _trimmed(outline: str) -> str:
    """The outline without a closing point, and `1.0` as `1`."""
    return outline.rstrip(".").removesuffix(".0")


def depth(text: str) -> int | None:
    """The depth that a level cell names: `2`, `..2`, `2.0` or `...`; ``None`` if it names none."""
    match = _DEPTH.match(text.removesuffix(".0"))
    if match:
        return int(match[1])
    return len(text) if _DOTS.match(text) else None


def are_outlines(texts: Sequence[str]) -> bool:
    """Whether the cells of a column are dotted outlines: some with a dot, and all outlines."""
    filled = [text for text in texts if text]
    dotted = [text for text in filled if "." in _trimmed(text)]
    return bool(dotted) and all(map(_is_outline, filled))


def outline_is_tree(texts: Sequence[str]) -> bool:
    """Whether dotted positions form a tree: most of them have their parent in the list."""
    names = {_trimmed(text) for text in texts if text}
    dotted = [name for text in texts if "." in (name := _trimmed(text))]
    homed = sum(text.rpartition(".")[0] in names for text in dotted)
    return bool(dotted) and homed * 2 > len(dotted)


def resolve(
    names: Sequence[str], keys: Sequence[Mapping[str, Sequence[int]]]
) -> tuple[list[int | None], list[bool]]:
    """The parent of each line by the name in its parent column, and which names were not found.

    `keys` are the ways to name a line (its part number, its position): name → lines in order.
    The way that finds more is tried first. Of several lines with the name, the last one above
    is meant, else the first below. A single name that no line has, in a list without any other
    top, is the product itself.
    """
    order = sorted(keys, key=lambda key: -sum(name in key for name in names if name))
    parents = [_find(name, index, order) for index, name in enumerate(names)]
    lost = {name for name, parent in zip(names, parents, strict=True) if name and parent is None}
    product = len(lost) == 1 and all(names)
    unknown = [
        bool(name) and parent is None and not product
        for name, parent in zip(names, parents, strict=True)
    ]
    return parents, unknown


def _find(name: str, index: int, keys: Sequence[Mapping[str, Sequence[int]]]) -> int | None:
    if not name:
        return None
    for key in keys:
        lines = [line for line in key.get(name, ()) if line != index]
        if lines:
            return next((line for line in reversed(lines) if line < index), lines[0])
    return None
