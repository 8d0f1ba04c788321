"""The list that collects what is wrong with single rows."""

from collections import Counter

from scanner.core.errors import LineProblem, Place
from scanner.core.line_problems import LINE_PROBLEMS

KEPT_PER_CODE = 1000
"""Problems of one code that are listed one by one; the rest is counted in one more entry."""

WHOLE_FILE = frozenset(["no-quantity-column", "mass-without-unit"])
"""Problems of a column as a whole, reported once."""


class Problems:
    """Collects line problems, in the order of the rows, without growing beyond bounds."""

    def __init__(self, sheet: str | None) -> None:
        self._sheet = sheet
        self._found: list[LineProblem] = []
        self._counts: Counter[str] = Counter()

    def add(
        self, code: str, row: int | None, column: str | None, cell: str = "", *,
        pointer: str | None = None, fatal: bool = False, detail: str = "",
    ) -> None:  # fmt: skip
        """Note one problem; beyond `KEPT_PER_CODE` of a code it is only counted."""
        self._counts[code] += 1
        if self._counts[code] > (1 if code in WHOLE_FILE else KEPT_PER_CODE):
            return
        sentence, advice = LINE_PROBLEMS[code]
        place = Place(self._sheet, row, column, pointer)
        self._found.append(LineProblem(code, detail or sentence, advice, place, cell[:200], fatal))

    def all(self) -> tuple[LineProblem, ...]:
        """Everything found, by row, and how many of which code were not listed."""
        listed = sorted(self._found, key=lambda problem: problem.place.row or 0)
        sentence, advice = LINE_PROBLEMS["more-problems"]
        for code, count in sorted(self._counts.items()):
            if code not in WHOLE_FILE and count > KEPT_PER_CODE:
                detail = f"{sentence[:-1]} ({code}): {count - KEPT_PER_CODE}."
                listed.append(LineProblem("more-problems", detail, advice, Place(self._sheet)))
        return tuple(listed)
