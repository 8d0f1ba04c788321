"""GeoPolRisk: the geopolitical supply risk of importing a raw material.

    score    = HHI x Σ instability x imports / (domestic production + all imports)      0..1
    midpoint = score x price of the imports                                             US$/kg
    factor   = midpoint / midpoint of copper, same importer and year                    kg Cu-eq/kg

HHI is that of world production, instability (2.5 - PV) / 5 within 0..1, with PV the indicator of
political stability of the year (Worldwide Governance Indicators, one edition). What comes from
home has no instability and dilutes the risk, as domestic production does.

Sources: E. D. Gemechu et al., Journal of Industrial Ecology 20 (2015) 154, doi:10.1111/jiec.12279
(score); C. Helbig et al., Journal of Cleaner Production 137 (2016) 1170 (domestic production);
J. Santillán-Saldivar et al., International Journal of Life Cycle Assessment 27 (2022) (midpoint);
A. Koyamparambath et al., Resources, Conservation and Recycling 209 (2024) 107801,
doi:10.1016/j.resconrec.2024.107801 (factor relative to copper); doi:10.21105/joss.09600.
"""

from collections.abc import Callable, Collection, Sequence
from math import fsum

from scanner.core.bounds import Bounds
from scanner.core.geopolrisk import ImportRisk, OriginTerm, Purchase
from scanner.core.names import CountryCode

WORST, BEST = 1.0, 0.0
HIGHEST_ESTIMATE = 2.5
"""End of the scale of governance estimates."""


def instability(political_stability: float | None) -> float | None:
    """Political instability of a country, 0 best to 1 worst; ``None`` without an estimate."""
    if political_stability is None:
        return None
    scaled = (HIGHEST_ESTIMATE - political_stability) / (2 * HIGHEST_ESTIMATE)
    return min(WORST, max(BEST, scaled))


def import_risk(
    purchases: Sequence[Purchase],
    instability_of: Callable[[CountryCode], float | None],
    *,
    home: Collection[CountryCode] = (),
    domestic_t: float = 0.0,
    unnamed_t: float = 0.0,
) -> ImportRisk | None:
    """The import risk with its terms, 0..1; ``None`` where there is no supply at all.

    `home` are the importer's own countries. `domestic_t` is what they produce, `unnamed_t` world
    production that no source gives to a country: at best all of it is theirs. An origin without
    an indicator counts as the worst, at best as stable.
    """
    imports_t = fsum(one.weight_t for one in purchases)
    supply_t = imports_t + domestic_t
    if supply_t <= 0:
        return None
    found = [(one, BEST if one.origin in home else instability_of(one.origin)) for one in purchases]
    terms = tuple(
        OriginTerm(
            one.origin, one.weight_t, unstable, _or(unstable, WORST) * one.weight_t / supply_t
        )
        for one, unstable in sorted(found, key=lambda pair: (-pair[0].weight_t, pair[0].origin))
    )
    value = fsum(term.term for term in terms)
    least = fsum(_or(unstable, BEST) * one.weight_t for one, unstable in found)
    return ImportRisk(
        value=value,
        bounds=Bounds(min(value, least / (supply_t + unnamed_t)), value),
        imports_t=imports_t,
        domestic_t=domestic_t,
        origins=terms,
    )


def score(hhi: Bounds | None, risk: ImportRisk | None) -> tuple[float, Bounds] | None:
    """The score, 0..1, and its bounds; ``None`` where either factor is.

    What the source of production does not name counts as nothing in the score.
    """
    if hhi is None or risk is None:
        return None
    bounds = Bounds(hhi.low * risk.bounds.low, hhi.high * risk.bounds.high)
    return hhi.low * risk.value, bounds


def price(purchases: Sequence[Purchase]) -> float | None:
    """The mean price of what has both value and weight, US$/kg; ``None`` without any."""
    known = [one for one in purchases if one.value_kusd is not None and one.weight_t > 0]
    if not known:
        return None
    value_kusd = fsum(one.value_kusd for one in known if one.value_kusd is not None)
    return value_kusd / fsum(one.weight_t for one in known)


def midpoint(value: float | None, price_usd_per_kg: float | None) -> float | None:
    """The value at risk per kilogram, US$/kg; ``None`` where either factor is."""
    return None if value is None or price_usd_per_kg is None else value * price_usd_per_kg


def factor(of_material: float | None, of_copper: float | None) -> float | None:
    """The characterisation factor, kg Cu-eq/kg; ``None`` where a midpoint is, or copper's is 0."""
    return None if of_material is None or not of_copper else of_material / of_copper


def _or(unstable: float | None, otherwise: float) -> float:
    return otherwise if unstable is None else unstable
