"""The countries behind a product: who supplies what, and how each stands."""

from typing import Any

from scanner.core.names import CountryCode
from scanner.core.scan import Findings
from scanner.core.supply import Country, Development, Governance, Relation
from scanner.profile.materials import MaterialUse


def countries(materials: list[MaterialUse], findings: Findings) -> list[dict[str, Any]]:
    """Countries among the largest suppliers of the certain and likely materials.

    The country that is the largest source of most materials comes first.
    """
    supplies: dict[CountryCode, list[dict[str, Any]]] = {}
    leads: dict[CountryCode, int] = {}
    for use in materials:
        if use.only_possible:
            continue
        assessment = findings.assessments[use.material]
        if assessment.largest_source is not None:
            leader = assessment.largest_source.share.country
            leads[leader] = leads.get(leader, 0) + 1
        for item in assessment.concentration:
            for share in item.largest:
                supplies.setdefault(share.country, []).append(
                    {
                        "material": use.material,
                        "stage": item.stage,
                        "scope": item.scope,
                        "share": share.fraction,
                        "upper_bound": share.upper_bound,
                        "year": share.year,
                        "source": share.source,
                    }
                )
    order = sorted(supplies, key=lambda code: (-leads.get(code, 0), -len(supplies[code]), code))
    return [
        {
            "country": code,
            "largest_source_of": leads.get(code, 0),
            **country_answer(findings.supply.countries.get(code)),
            "supplies": sorted(
                supplies[code],
                key=lambda s: (-s["share"], s["material"], s["stage"], s["scope"]),
            ),
        }
        for code in order
    ]


def country_answer(country: Country | None) -> dict[str, Any]:
    """Governance, development and EU relation of a country; null where there is no figure."""
    return {
        "governance": _governance(country.governance if country else None),
        "governance_2023": _governance(country.governance_2023 if country else None),
        "development": _development(country.development if country else None),
        "relation": _relation(country.relation if country else None),
    }


def _governance(governance: Governance | None) -> dict[str, Any] | None:
    if governance is None:
        return None
    return {
        "mean": governance.mean,
        "scaled": governance.scaled,
        "year": governance.year,
        "edition": governance.edition,
        "source": governance.source,
    }


def _development(development: Development | None) -> dict[str, Any] | None:
    if development is None:
        return None
    return {
        "hdi": development.hdi,
        "year": str(development.year),
        "edition": development.edition,
        "source": development.source,
    }


def _relation(relation: Relation | None) -> dict[str, Any] | None:
    if relation is None:
        return None
    return {
        "eu_member": relation.eu_member,
        "eea_efta": relation.eea_efta,
        "customs_union": relation.customs_union,
        "agreement": relation.agreement,
        "agreement_status": relation.agreement_status,
        "agreement_date": relation.agreement_date,
        "partnership": relation.partnership,
        "partnership_date": relation.partnership_date,
        "sources": list(relation.sources),
    }
