"""The tree of component classes: which is a kind of which."""

from collections.abc import Iterable, Iterator, Mapping

from scanner.core.names import ClassId


class Tree:
    """The tree of component classes."""

    def __init__(self, parents: Mapping[ClassId, ClassId | None]) -> None:
        self._above = {class_id: _line(class_id, parents) for class_id in parents}

    def __iter__(self) -> Iterator[ClassId]:
        """All classes, in the order of the release."""
        return iter(self._above)

    def __contains__(self, class_id: object) -> bool:
        """Whether the release has this class."""
        return class_id in self._above

    def above(self, class_id: ClassId) -> tuple[ClassId, ...]:
        """The class itself and its ancestors, nearest first."""
        return self._above.get(class_id, (class_id,))

    def is_under(self, class_id: ClassId, ancestor: ClassId) -> bool:
        """Whether a class is another or one of its descendants."""
        return ancestor in self.above(class_id)

    def related(self, one: ClassId, other: ClassId) -> bool:
        """Whether one class is the other, or stands above it."""
        return self.is_under(one, other) or self.is_under(other, one)

    def common(self, classes: Iterable[ClassId]) -> ClassId | None:
        """The nearest class that is above all of these, or ``None``."""
        first, *rest = classes
        for ancestor in self.above(first):
            if all(self.is_under(other, ancestor) for other in rest):
                return ancestor
        return None


def _line(class_id: ClassId, parents: Mapping[ClassId, ClassId | None]) -> tuple[ClassId, ...]:
    line: list[ClassId] = []
    current: ClassId | None = class_id
    while current is not None and current not in line:
        line.append(current)
        current = parents.get(current)
    return tuple(line)
