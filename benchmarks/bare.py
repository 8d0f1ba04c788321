"""The denominators: the least that any program has to do, with the bare library."""

import csv
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ahocorasick
import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineWorkbook
from rapidfuzz import process
from rapidfuzz.distance import OSA

from scanner.core.lexicon import Lexicon

SHOWN_MATERIALS, SHOWN_INDICATORS = 60, 40


def csv_to_list(path: Path) -> list[list[str]]:
    """All rows of a semicolon file by the standard library."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def xlsx_to_list(path: Path) -> Sequence[Sequence[object]]:
    """All rows of the first sheet by python-calamine."""
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(0).to_python()


def automaton(lexicon: Lexicon) -> ahocorasick.Automaton:
    """The lexicon's terms in lower case in one Aho-Corasick automaton."""
    found = ahocorasick.Automaton()
    for number, term in enumerate(lexicon.terms):
        found.add_word(term.text.lower(), number)
    found.make_automaton()
    return found


def count_hits(terms: ahocorasick.Automaton, texts: Iterable[str]) -> int:
    """How many terms stand in the texts, in lower case, overlaps counted."""
    return sum(1 for text in texts for _ in terms.iter(text.lower()))


def distances(words: Sequence[str], known: Sequence[str]) -> NDArray[np.uint8]:
    """How many slips lie between each word and each known one, up to two, by rapidfuzz."""
    return process.cdist(words, known, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class LevelledTree:
    """A tree in level order: parents of each level's nodes, their quantities and masses."""

    starts: tuple[int, ...]
    parents: NDArray[np.int64]
    quantities: NDArray[np.float64]
    masses: NDArray[np.float64]


def levelled_tree(nodes: int, *, levels: int = 10, seed: int = 20261125) -> LevelledTree:
    """A random tree of equal levels; every node's parent lies on the level above."""
    chance = np.random.default_rng(seed)
    width = nodes // levels
    starts = tuple(range(0, width * levels + 1, width))
    parents = np.zeros(width * levels, dtype=np.int64)
    for start in starts[1:-1]:
        parents[start : start + width] = chance.integers(start - width, start, width)
    quantities = chance.integers(1, 4, width * levels).astype(np.float64)
    return LevelledTree(starts, parents, quantities, chance.random(width * levels) * 100)


def roll_both_ways(tree: LevelledTree) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Amounts down the tree and masses up it, level by level."""
    amounts = tree.quantities.copy()
    totals = tree.masses.copy()
    spans = list(zip(tree.starts, tree.starts[1:], strict=False))
    for start, stop in spans[1:]:
        amounts[start:stop] *= amounts[tree.parents[start:stop]]
    for start, stop in reversed(spans[1:]):
        mass = totals[start:stop] * tree.quantities[start:stop]
        above = start - (stop - start)
        totals[above:start] += np.bincount(
            tree.parents[start:stop] - above, weights=mass, minlength=stop - start
        )
    return amounts, totals


def store_rows(path: Path, rows: Sequence[tuple[object, ...]]) -> None:
    """Rows of eleven values in one table of SQLite with two indexes, in one transaction."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    columns = ", ".join(f"c{number}" for number in range(11))
    connection.execute(f"CREATE TABLE line ({columns})")
    connection.execute("CREATE INDEX first ON line (c0, c1)")
    connection.execute("CREATE INDEX second ON line (c2)")
    with connection:
        connection.executemany(f"INSERT INTO line VALUES ({','.join('?' * 11)})", rows)
    connection.close()


def read_rows(path: Path) -> int:
    """All those rows as tuples; their number."""
    connection = sqlite3.connect(path)
    try:
        return len(connection.execute("SELECT * FROM line ORDER BY c0, c1").fetchall())
    finally:
        connection.close()


def dense_product(lines: int) -> NDArray[np.float64]:
    """Lines by materials times materials by indicators: what assessing comes down to."""
    masses = np.ones((lines, SHOWN_MATERIALS))
    indicators = np.ones((SHOWN_MATERIALS, SHOWN_INDICATORS))
    return masses @ indicators
