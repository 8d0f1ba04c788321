"""Two computations of GeoPolRisk side by side, and what makes them differ.

First ours on the inputs of the peer, faults and all: what differs there is the formula. Then its
faults are mended one after the other, and what each changes is its doing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.peers.inputs import Inputs
from scanner.assess import concentration, geopolrisk, importing
from scanner.core.geopolrisk import Purchase
from scanner.core.methods import Facts
from scanner.core.names import CountryCode, SourceId
from scanner.core.supply import Share

EQUAL = 1e-6
"""Relative difference up to which two scores are equal."""

ASSUMED = 0.5
"""What the peer takes where it has no indicator."""

FAULTS = (
    "two countries under one code",
    "no indicator, 0.5 assumed",
    "an older edition of the indicators",
)
"""What is mended in the peer's indicators, in this order."""

Instability = Callable[[CountryCode], float | None]


@dataclass(frozen=True, slots=True)
class Side:
    """Score, HHI, import risk and price of one computation; None where there is none."""

    score: float | None
    hhi: float | None
    risk: float | None
    price: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One material for one importer: theirs, ours on their inputs, and after each mended fault."""

    material: str
    importer: str
    theirs: Side
    ours: Side
    mended: tuple[float | None, ...]

    @property
    def apart(self) -> float | None:
        """The greatest relative difference of what both give; None where ours has no score."""
        pairs = [
            (self.theirs.score, self.ours.score),
            (self.theirs.hhi, self.ours.hhi),
            (self.theirs.risk, self.ours.risk),
            (self.theirs.price, self.ours.price),
        ]
        if self.ours.score is None:
            return None
        return max(_apart(one, other) for one, other in pairs)

    def changed(self, fault: int) -> float:
        """The relative change of the score by mending one fault."""
        before, after = (self.ours.score, *self.mended)[fault : fault + 2]
        return _apart(before, after)


def compare(
    inputs: Inputs, facts: Facts, rows: Sequence[Mapping[str, Any]], importers: Mapping[str, str]
) -> list[Compared]:
    """Every row of the peer's answer beside ours; `importers` gives our code of each name."""
    homes = {name: _home(inputs, facts, code) for name, code in importers.items()}
    tables = _indicators(inputs, facts)
    return [_compared(inputs, row, homes[row["Country [Economic Entity]"]], tables) for row in rows]


def _home(inputs: Inputs, facts: Facts, code: str) -> frozenset[str]:
    ours = importing.importer(facts, [code]).home
    return frozenset(key for key, iso3 in inputs.countries.items() if iso3 in ours)


def _indicators(inputs: Inputs, facts: Facts) -> list[Instability]:
    """The peer's indicators as they are, and after each mended fault."""
    theirs = inputs.instability
    ours = importing.stability(facts, inputs.year)

    def as_it_is(code: CountryCode) -> float | None:
        return theirs.get(code, ASSUMED)

    def own(code: CountryCode) -> float | None:
        return ours.instability(inputs.countries.get(code, code))

    def told_apart(code: CountryCode) -> float | None:
        return own(code) if code in inputs.doubled else as_it_is(code)

    def known(code: CountryCode) -> float | None:
        return told_apart(code) if code in theirs else own(code)

    return [as_it_is, told_apart, known, own]


def _compared(
    inputs: Inputs,
    row: Mapping[str, Any],
    home: frozenset[str],
    tables: Sequence[Instability],
) -> Compared:
    material = row["Raw Material"]
    production = inputs.production(material)
    total = sum(quantity for _, quantity in production)
    year, source = str(inputs.year), SourceId("peer")
    shares = [
        Share(CountryCode(code), quantity / total, year, None, False, source)
        for code, quantity in production
        if total
    ]
    hhi = concentration.herfindahl(shares)
    purchases = inputs.imports(material, home)
    domestic = sum(quantity for code, quantity in production if code in home)
    made = []
    for instability in tables:
        risk = geopolrisk.import_risk(purchases, instability, home=home, domestic_t=domestic)
        score = geopolrisk.score(hhi, risk) if risk and risk.imports_t else None
        made.append((score[0] if score else None, risk.value if risk else None))
    price = geopolrisk.price([_together(purchases)])
    return Compared(
        material=material,
        importer=row["Country [Economic Entity]"],
        theirs=Side(row["GeoPolRisk Score"], row["HHI"], row["Import Risk"], row["Price"]),
        ours=Side(made[0][0], hhi.low if hhi else None, made[0][1], price),
        mended=tuple(score for score, _ in made[1:]),
    )


def _together(purchases: Sequence[Purchase]) -> Purchase:
    """All imports as one: the peer divides all value by all weight, known or not."""
    weight = sum(one.weight_t for one in purchases)
    return Purchase(CountryCode("all"), weight, sum(one.value_kusd or 0.0 for one in purchases))


def _apart(one: float | None, other: float | None) -> float:
    one, other = one or 0.0, other or 0.0
    return abs(one - other) / max(abs(one), abs(other)) if one != other else 0.0
