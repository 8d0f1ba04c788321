"""Governance of the countries that supply: as the EU's assessment takes it in, and over the years.

The EU's scale is (2.5 - mean of the six Worldwide Governance Indicators) x 2: 0 best, 10 worst.
Editions are never mixed. Source: European Commission, Methodology for establishing the EU list of
critical raw materials (2017); World Bank, Worldwide Governance Indicators.
"""

from collections.abc import Iterable, Sequence
from math import fsum

from scanner.core.names import CountryCode, SourceId
from scanner.core.standing import Estimates, Standing
from scanner.core.supply import Governance, Share, Supply


def scaled(supply: Supply, share: Share) -> float | None:
    """The governance indicator of the share's country, 0 best to 10 worst; ``None`` without one."""
    country = supply.countries.get(share.country)
    governance = country.governance_2023 if country else None
    return governance.scaled if governance else None


def source(supply: Supply, shares: Iterable[Share]) -> SourceId | None:
    """The source of the indicators of these shares' countries; ``None`` where none has any."""
    found = {
        country.governance_2023.source
        for share in shares
        if (country := supply.countries.get(share.country)) and country.governance_2023
    }
    return min(found, default=None)


def scaled_in(
    standing: Standing, country: CountryCode, edition: str, years: Sequence[int]
) -> float | None:
    """The mean over these years of one edition, 0 best to 10 worst.

    ``None`` where the edition lacks a year or one of the six indicators.
    """
    means = [
        mean
        for one in standing.estimates.get(country, ())
        if one.edition == edition and one.year in years
        if (mean := _mean(one)) is not None
    ]
    return (2.5 - fsum(means) / len(means)) * 2 if len(means) == len(years) else None


def _mean(one: Estimates) -> float | None:
    six = (
        one.voice_accountability,
        one.political_stability,
        one.government_effectiveness,
        one.regulatory_quality,
        one.rule_of_law,
        one.control_of_corruption,
    )
    known = [value for value in six if value is not None]
    return fsum(known) / len(six) if len(known) == len(six) else None


def newest(supply: Supply) -> Governance:
    """The governance of some country in the newest edition: which edition, year and source that is.

    `ValueError` where a release has none at all.
    """
    return max(
        (country.governance for country in supply.countries.values() if country.governance),
        key=lambda one: (one.edition, one.year),
    )
