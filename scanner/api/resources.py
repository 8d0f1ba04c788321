"""What is known of a raw material beside its assessment, as it stands in answers."""

from collections.abc import Mapping
from dataclasses import asdict
from math import fsum
from typing import Any

from scanner.api import answers
from scanner.api.access import context
from scanner.core.evidence import Target
from scanner.core.names import Language, MaterialId
from scanner.core.production import Commodity, ProductionSeries, ProductionYear, Reserves
from scanner.core.resources import Companionality, EndUse, PastAssessment
from scanner.core.trade import Flow, Imports, PriceSeries, TradeCode
from scanner.profile.catalogue import ingredient_answer


def resources_answer(material: MaterialId) -> dict[str, Any]:
    """Production, reserves, trade, prices, by-products, recycling, uses and past assessments."""
    known = context().engine.knowledge.resources
    imported = list(known.trade(material))
    companionality = known.companionality(material)
    return {
        "production": [_series(one) for one in known.production(material)],
        "reserves": [_reserves(one) for one in known.reserves(material)],
        "trade": [_code(code, imported) for code in known.trade_codes(material)],
        "prices": [_prices(one) for one in known.prices(material)],
        "companionality": None if companionality is None else _companionality(companionality),
        "recycling": [asdict(rate) for rate in known.recycling(material)],
        "uses": [_use(use) for use in known.uses(material)],
        "history": [_past(past) for past in known.history(material)],
        "parameters_2017": [asdict(one) for one in known.parameters_2017(material)],
    }


def _commodity(commodity: Commodity) -> dict[str, Any]:
    return {
        "commodity": commodity.id,
        "name": name_of(commodity.names),
        "materials": list(commodity.materials),
        "stage": commodity.stage,
        "unit": commodity.unit,
        "remark": commodity.note,
    }


def _series(series: ProductionSeries) -> dict[str, Any]:
    return {
        **_commodity(series.commodity),
        "basis": series.basis,
        "source": series.source,
        "note": series.note,
        "years": [_year(year) for year in series.years],
    }


def _year(year: ProductionYear) -> dict[str, Any]:
    return {
        "year": year.year,
        "superseded": year.superseded,
        "world": year.world,
        "others": year.others,
        "note": year.note,
        "countries": [output._asdict() for output in year.countries],
    }


def _reserves(reserves: Reserves) -> dict[str, Any]:
    return {
        **_commodity(reserves.commodity),
        "basis": reserves.basis,
        "year": reserves.year,
        "world": reserves.world,
        "world_bound": reserves.world_bound,
        "others": reserves.others,
        "source": reserves.source,
        "countries": [holding._asdict() for holding in reserves.countries],
    }


def _code(code: TradeCode, imported: list[Imports]) -> dict[str, Any]:
    imports = [one for one in imported if one.code == code]
    return {
        "code": code.code,
        "nomenclature": code.nomenclature,
        "materials": list(code.materials),
        "step": code.step,
        "stage": code.stage,
        "held": code.held,
        "note": code.note,
        "source": code.source,
        "imports": [_imported(one, year) for one in imports for year in _years(one)],
    }


def _years(imports: Imports) -> list[int]:
    return sorted({flow.year for flow in imports.flows})


def _imported(imports: Imports, year: int) -> dict[str, Any]:
    flows = [flow for flow in imports.flows if flow.year == year]
    weights = [flow.weight_t for flow in flows if flow.weight_t is not None]
    return {
        "importer": imports.importer,
        "year": year,
        "value_kusd": fsum(flow.value_kusd for flow in flows),
        "weight_t": fsum(weights) if weights else None,
        "without_weight": sum(flow.without_weight for flow in flows),
        "origins": [_origin(flow) for flow in sorted(flows, key=_dearest_first)],
        "source": imports.source,
    }


def _dearest_first(flow: Flow) -> tuple[float, str]:
    return -flow.value_kusd, flow.origin


def _origin(flow: Flow) -> dict[str, Any]:
    return {"country": flow.origin, "value_kusd": flow.value_kusd, "weight_t": flow.weight_t}


def _prices(series: PriceSeries) -> dict[str, Any]:
    return {
        "series": series.id,
        "materials": list(series.materials),
        "basis": series.basis,
        "primary": series.primary,
        "years": [price._asdict() for price in series.prices],
    }


def _companionality(found: Companionality) -> dict[str, Any]:
    return {
        "fraction": found.fraction,
        "year": found.year,
        "source": found.source,
        "note": found.note,
        "hosts": [
            {"name": host.name, "materials": list(host.materials), "source": host.source}
            for host in found.hosts
        ],
    }


def _use(use: EndUse) -> dict[str, Any]:
    sector = use.sector
    return {
        "application": use.application,
        "share": use.fraction,
        "sector": None
        if sector is None
        else {
            "code": sector.code,
            "name": name_of(sector.names),
            "value_added_meur": sector.value_added_meur,
            "source": sector.source,
        },
        "source": use.source,
        "note": use.note,
    }


def _past(past: PastAssessment) -> dict[str, Any]:
    return {
        "year": past.year,
        "assessed_as": past.assessed_as,
        "supply_risk": past.supply_risk,
        "economic_importance": past.economic_importance,
        "listed": past.listed,
        "by_group": past.by_group,
        "source": past.source,
        "list": {"source": past.list_source},
    }


def ingredients(target: Target) -> list[dict[str, Any]]:
    """The raw materials that an alloy or a class comes down to, with their names."""
    found = context().engine.knowledge.recipes.ingredients[target]
    rows = [ingredient_answer(one) for one in found]
    return [{**row, "name": material_name(row["material"])} for row in rows]


def material_name(material: MaterialId) -> str:
    """The name of a raw material in the language of the answer."""
    return context().engine.knowledge.supply.materials[material].names[answers.language()]


def name_of(names: Mapping[Language, str]) -> str:
    """The name in the language of the answer; in English where there is none."""
    return names.get(answers.language()) or names[Language("en")]
