"""Concentration of supply: the Herfindahl–Hirschman index, plain and weighted by governance.

Shares are taken as printed: they may add up to 1.05 by rounding and are never normalised. What
the source does not name (the remainder up to 1, and shares printed as "<0.1%") gives bounds: at
best it is spread over countless countries, at worst it is one country.

Sources: O. C. Herfindahl (1950); weighted form: Regulation (EU) 2024/1252, Annex II, section 2;
European Commission, Methodology for establishing the EU list of critical raw materials (2017).
"""

from collections.abc import Callable, Iterable, Sequence
from math import fsum

from scanner.core.bounds import Bounds
from scanner.core.concentration import ConcentrationSeries, ConcentrationYear, Tendency, Trend
from scanner.core.supplies import SupplySeries, SupplyYear
from scanner.core.supply import Share

WORST_GOVERNANCE = 10.0
"""Upper end of the EU's governance scale, (2.5 - WGI) x 2."""

WORST_TRADE_PARAMETER = 1.5
"""Largest t printed in the EU 2023 study, Annex 7."""

Weight = Callable[[Share], Bounds]


def named(shares: Iterable[Share]) -> float:
    """The sum of the printed shares, up to 1.05 by rounding; upper bounds count as 0."""
    return fsum(share.fraction for share in shares if not share.upper_bound)


def remainder(shares: Iterable[Share]) -> float:
    """The fraction of supply that the shares do not name, 0..1."""
    return max(0.0, 1.0 - named(shares))


def herfindahl(shares: Sequence[Share]) -> Bounds | None:
    """Bounds of the sum of squared shares, 0..1; ``None`` without any share."""
    return _weighted_squares(shares, weight=lambda _: Bounds(1.0, 1.0), worst=1.0)


def governance_weighted(
    shares: Sequence[Share], scaled_wgi: Callable[[Share], float | None]
) -> Bounds | None:
    """Bounds of the sum of share² x scaled WGI x t, 0..10 x t; ``None`` without any share.

    `scaled_wgi` gives a country's governance on the EU scale (0 best, 10 worst) or ``None``
    where it has none: such a country widens the bounds from 0 to the worst value.
    """

    def weight(share: Share) -> Bounds:
        wgi = scaled_wgi(share)
        t_low, t_high = (
            (0.0, WORST_TRADE_PARAMETER)
            if share.trade_parameter is None
            else (share.trade_parameter, share.trade_parameter)
        )
        if wgi is None:
            return Bounds(0.0, WORST_GOVERNANCE * t_high)
        return Bounds(wgi * t_low, wgi * t_high)

    return _weighted_squares(shares, weight, worst=WORST_GOVERNANCE * WORST_TRADE_PARAMETER)


def largest(shares: Iterable[Share], count: int = 5) -> tuple[Share, ...]:
    """The biggest suppliers, biggest first, ties by country code; upper bounds come last."""
    named = (share for share in shares if share.fraction > 0)
    return tuple(sorted(named, key=lambda s: (s.upper_bound, -s.fraction, s.country))[:count])


def over_years(series: SupplySeries, count: int = 5) -> ConcentrationSeries:
    """The concentration of a series in each of its years, with its `count` biggest suppliers."""
    years = tuple(_in_year(year, count) for year in series.years)
    return ConcentrationSeries(series, years, _trend(years))


def _in_year(year: SupplyYear, count: int) -> ConcentrationYear:
    biggest = largest(year.shares, count)
    return ConcentrationYear(
        supply=year,
        hhi=herfindahl(year.shares),
        largest=biggest,
        top=named(biggest),
        named=named(year.shares),
    )


def _trend(years: Sequence[ConcentrationYear]) -> Trend | None:
    known = [(year.supply.year, year.hhi) for year in years if year.hhi is not None]
    if len(known) < 2:
        return None
    (first, before), (last, after) = known[0], known[-1]
    return Trend(first, last, after.low - before.low, _tendency(before, after))


def _tendency(before: Bounds, after: Bounds) -> Tendency:
    if after.low > before.high:
        return Tendency.RISING
    return Tendency.FALLING if after.high < before.low else Tendency.UNCLEAR


def _weighted_squares(shares: Sequence[Share], weight: Weight, worst: float) -> Bounds | None:
    if not shares:
        return None
    weights = [(share, weight(share)) for share in shares]
    low = fsum(s.fraction**2 * w.low for s, w in weights if not s.upper_bound)
    known = fsum(s.fraction**2 * w.high for s, w in weights if not s.upper_bound)
    rest = remainder(shares)
    return Bounds(low, known + rest**2 * worst)
