"""The labelled lines, read and checked."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scanner.core.bom import Part
from scanner.core.names import MaterialId

LINES = Path(__file__).parent / "lines.csv"
LINES_2 = LINES.with_name("lines_2.csv")
LINES_3 = LINES.with_name("lines_3.csv")
DEVELOPMENT = (LINES, LINES_2, LINES_3)
"""The files that rules are tuned with; the figures of each are held."""

Materials = frozenset[MaterialId]


class Expected(StrEnum):
    """What should become of a line."""

    RECOGNISED = "recognised"
    UNRECOGNISED = "unrecognised"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """One line and what an engineer says is in it.

    `must`: beyond doubt; `may`: can be defended; `must_not`: a mistake to claim. `drawn_from` is
    ``own`` or the name of a real file.
    """

    id: str
    language: str
    family: str
    part: Part
    drawn_from: str
    expected: Expected
    must: Materials
    may: Materials
    must_not: Materials
    trap: str
    odd_spelling: bool

    @property
    def from_real_file(self) -> bool:
        """Whether somebody else wrote the line."""
        return self.drawn_from != "own"


def read_lines(path: Path) -> tuple[LabelledLine, ...]:
    """The lines of a file in this folder's form. Raises `ValueError` for one that breaks it."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = tuple(_line(row) for row in csv.DictReader(stream))
    for line in lines:
        _check(line)
    if len({line.id for line in lines}) < len(lines):
        raise ValueError(f"{path.name}: an id stands twice")
    return lines


def _line(row: dict[str, str]) -> LabelledLine:
    return LabelledLine(
        id=row["id"],
        language=row["language"],
        family=row["family"],
        part=_part(row),
        drawn_from=row["drawn_from"],
        expected=Expected(row["state"]),
        must=_materials(row["must"]),
        may=_materials(row["may"]),
        must_not=_materials(row["must_not"]),
        trap=row["trap"],
        odd_spelling=row["odd_spelling"] == "yes",
    )


def _part(row: dict[str, str]) -> Part:
    texts = {name: row[name] or None for name in Part.__slots__ if name != "unit_mass_g"}
    mass = row["unit_mass_g"]
    return Part(**texts, unit_mass_g=float(mass) if mass else None)


def _materials(cell: str) -> Materials:
    return frozenset(MaterialId(name) for name in cell.split())


def _check(line: LabelledLine) -> None:
    if line.part == Part():
        raise ValueError(f"{line.id}: the line is empty")
    if overlap := line.must & line.may | (line.must | line.may) & line.must_not:
        raise ValueError(f"{line.id}: {', '.join(sorted(overlap))} is labelled twice")
    if line.must and line.expected is not Expected.RECOGNISED:
        raise ValueError(f"{line.id}: what must be in it makes a line recognised")


def unknown_materials(lines: Iterable[LabelledLine], known: Iterable[MaterialId]) -> Materials:
    """Labels that are no material of the release."""
    named = (line.must | line.may | line.must_not for line in lines)
    return frozenset().union(*named) - frozenset(known)
