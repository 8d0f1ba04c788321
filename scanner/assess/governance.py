"""Governance of the countries that supply, as the EU's assessment of 2023 takes it in."""

from collections.abc import Iterable

from scanner.core.names import SourceId
from scanner.core.supply import Share, Supply


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
