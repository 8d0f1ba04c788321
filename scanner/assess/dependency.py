"""Strategic-dependency tests of the Union's trade in one code, each with its threshold.

    CDI1          = Σ s², s the share of each country outside the Union in its imports     > 0.4
    CDI2          = imports from outside / (imports from outside + from within)            > 0.5
    CDI3          = imports from outside / exports                                         > 1
    world exports = Σ s², s the share of each country in the exports of the world          > 0.4

A code is dependent where the first three are all above. It lasts where a test is above in at least
two of three years. Without exports there is no CDI3, and the answer is yes. CDI1 is 0..1 and told
by value and by weight, which can differ much. A flow under a floor (ours: a million US dollars a
year) gives wild numbers: its figure is told, and its answer unknown.

Sources: European Commission, SWD(2021) 352, Strategic dependencies and capacities (CDI1 to CDI3);
K. Lefebvre, P. Wibaux, Import dependencies: where does the EU stand?, CEPII Policy Brief 47, 2024
(world exports, lasting, no exports).
"""

from collections.abc import Iterable, Iterator, Sequence
from math import fsum

from scanner.assess import supplies
from scanner.assess.concentration import herfindahl
from scanner.assess.diversification import standing
from scanner.core.bounds import Bounds
from scanner.core.dependency import CodeDependency, DependencyTest, ImportYear, Tested
from scanner.core.diversification import Standing
from scanner.core.legal import Verdict
from scanner.core.methods import Facts, MethodFigure
from scanner.core.names import MaterialId
from scanner.core.supplies import SupplyScope, SupplySeries, SupplyYear
from scanner.core.supply import Share

THRESHOLDS = {
    DependencyTest.CDI1: 0.4,
    DependencyTest.CDI2: 0.5,
    DependencyTest.CDI3: 1.0,
    DependencyTest.WORLD_EXPORTS: 0.4,
}
FLOOR_KUSD = 1_000.0
"""Imports of a year under which a test is not answered: a million US dollars."""

YEARS, ENOUGH = 3, 2
VALUE, WEIGHT = "kUSD", "t"

INTRA_EU_MISSING = "intra_eu_trade_missing"
EXPORTS_MISSING = "exports_missing"
WORLD_EXPORTS_MISSING = "world_exports_missing"
NO_TRADE_CODE = "no_trade_code"
COUNTED_TOGETHER = "counted_together"
TINY_FLOW = "tiny_flow"
ALLIED = frozenset({Standing.AGREEMENT, Standing.PARTNERSHIP})


def cdi1(shares: Sequence[Share]) -> Tested:
    """The concentration of imports from outside the Union."""
    return _index(DependencyTest.CDI1, shares, supplies.NO_TRADE)


def cdi2(extra_imports: float | None, intra_imports: float | None) -> Tested:
    """How much of all imports comes from outside the Union, 0..1."""
    if extra_imports is None or intra_imports is None:
        return Tested(DependencyTest.CDI2, None, Verdict.UNKNOWN, INTRA_EU_MISSING)
    total = extra_imports + intra_imports
    if not total:
        return Tested(DependencyTest.CDI2, None, Verdict.UNKNOWN, supplies.NO_TRADE)
    return _tested(DependencyTest.CDI2, extra_imports / total)


def cdi3(extra_imports: float | None, exports: float | None) -> Tested:
    """Imports from outside over exports; without exports YES, for nothing could replace imports."""
    if extra_imports is None or exports is None:
        return Tested(DependencyTest.CDI3, None, Verdict.UNKNOWN, EXPORTS_MISSING)
    if not extra_imports:
        return Tested(DependencyTest.CDI3, None, Verdict.UNKNOWN, supplies.NO_TRADE)
    if not exports:
        return Tested(DependencyTest.CDI3, None, Verdict.YES, "no_exports")
    return _tested(DependencyTest.CDI3, extra_imports / exports)


def world_exports(shares: Sequence[Share]) -> Tested:
    """The concentration of the exports of the world."""
    return _index(DependencyTest.WORLD_EXPORTS, shares, WORLD_EXPORTS_MISSING)


def all_of(answers: Iterable[Verdict]) -> Verdict:
    """YES where all are, NO where one is, else UNKNOWN."""
    found = set(answers)
    if Verdict.NO in found:
        return Verdict.NO
    return Verdict.YES if found == {Verdict.YES} else Verdict.UNKNOWN


def lasting(newest_first: Sequence[Verdict]) -> Verdict:
    """Whether at least two of the newest three years say YES, whatever unknown years would say."""
    years = newest_first[:YEARS]
    sure = years.count(Verdict.YES)
    if sure >= ENOUGH:
        return Verdict.YES
    open_years = years.count(Verdict.UNKNOWN) + YEARS - len(years)
    return Verdict.UNKNOWN if sure + open_years >= ENOUGH else Verdict.NO


def of_material(facts: Facts, material: MaterialId) -> tuple[CodeDependency, ...]:
    """The tests of every code of a material whose imports by the Union the release holds."""
    series = list(supplies.of_scope(facts, material, SupplyScope.EU_IMPORTS))
    by_code: dict[str, dict[str, SupplySeries]] = {}
    for one in series:
        by_code.setdefault(str(one.of), {})[str(one.unit)] = one
    return tuple(_of_code(facts, found) for _, found in sorted(by_code.items()))


def figure(facts: Facts, material: MaterialId) -> MethodFigure:
    """The highest newest CDI1 by value among the codes that count the material alone."""
    codes = of_material(facts, material)
    alone = [one for one in codes if one.counted == (material,)]
    told = [(one, year) for one in alone for year in one.by_value[:1] if _counts(year)]
    if not told:
        missing = COUNTED_TOGETHER if codes else NO_TRADE_CODE
        return MethodFigure(None, reason=TINY_FLOW if alone else missing)
    code, year = max(told, key=lambda one: one[1].cdi1.value or 0.0)
    value = year.cdi1.value or 0.0
    return MethodFigure(value, code.stage, year.year, (code.source,), bounds=Bounds(value, value))


def _counts(year: ImportYear) -> bool:
    return year.cdi1.above is not Verdict.UNKNOWN


def _of_code(facts: Facts, units: dict[str, SupplySeries]) -> CodeDependency:
    series = units[VALUE]
    by_value = tuple(_years(facts, series))
    tiny = {year.year for year in by_value if year.cdi1.reason == TINY_FLOW}
    by_weight = tuple(_years(facts, units[WEIGHT], tiny)) if WEIGHT in units else ()
    others = (cdi2(None, None), cdi3(None, None), world_exports(()))
    first = by_value[0].cdi1
    return CodeDependency(
        code=str(series.of),
        stage=series.stage,
        note=series.basis,
        counted=series.materials,
        by_value=by_value,
        by_weight=by_weight,
        others=others,
        lasting=lasting([year.cdi1.above for year in by_value]),
        dependent=all_of([first.above, others[0].above, others[1].above]),
        source=series.years[-1].source,
    )


def _years(facts: Facts, series: SupplySeries, tiny: Iterable[str] = ()) -> Iterator[ImportYear]:
    """The years of a series, newest first; those whose value is tiny stay unanswered."""
    for year in reversed(series.years):
        found = _found(year)
        small = year.year in tiny or (series.unit == VALUE and (year.total or 0.0) < FLOOR_KUSD)
        if small and found.value is not None:
            found = Tested(found.test, found.value, Verdict.UNKNOWN, TINY_FLOW)
        yield ImportYear(
            year=year.year,
            unit=str(series.unit),
            total=year.total,
            shares=year.shares,
            allied=_allied(facts, year.shares) if year.shares else None,
            cdi1=found,
        )


def _found(year: SupplyYear) -> Tested:
    if year.reason is not None:
        return Tested(DependencyTest.CDI1, None, Verdict.UNKNOWN, year.reason)
    return cdi1(year.shares)


def _allied(facts: Facts, shares: Sequence[Share]) -> float:
    return fsum(share.fraction for share in shares if standing(facts, share.country) in ALLIED)


def _index(test: DependencyTest, shares: Sequence[Share], missing: str) -> Tested:
    found = herfindahl(shares)
    if found is None:
        return Tested(test, None, Verdict.UNKNOWN, missing)
    return _tested(test, found.low)


def _tested(test: DependencyTest, value: float) -> Tested:
    return Tested(test, value, Verdict.YES if value > THRESHOLDS[test] else Verdict.NO)
