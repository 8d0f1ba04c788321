"""GeoPolRisk of a raw material: of an importer whose trade we hold, and of own purchases."""

from collections.abc import Sequence

from scanner.assess import importing
from scanner.core.errors import InvalidInput, Place
from scanner.core.geopolrisk import GeoPolRisk, Purchase, Score
from scanner.core.names import CountryCode, Stage
from scanner.core.trade import Importer
from scanner.services import materials
from scanner.services.context import Context

DEFAULT_IMPORTER = str(Importer.EU)


def of_material(
    ctx: Context, material_id: str, *, importer: str = DEFAULT_IMPORTER, year: int | None = None
) -> GeoPolRisk:
    """The scores for one importer or a group (codes with commas between); `NotFound`.

    `InvalidInput` where the Union stands beside one of its members: that would count twice.
    """
    material, facts = materials.get(ctx, material_id).material, ctx.engine.facts
    codes = list(dict.fromkeys(importer.split(",")))
    doubled = importing.members(facts).intersection(codes) if Importer.EU in codes else set()
    if doubled:
        raise InvalidInput(
            f"{min(doubled)} is a member of the European Union and would be counted twice.",
            advice="Name the Union or its members.",
            place=Place(pointer="/importer"),
        )
    found = importing.of_material(facts, material.id, importing.importer(facts, codes))
    if year is None:
        return found
    scores = tuple(score for score in found.scores if score.year == year)
    reason = None if scores else found.reason or importing.NOT_IN_THIS_YEAR
    return GeoPolRisk(material.id, found.importing, scores, reason)


def of_purchases(
    ctx: Context,
    material_id: str,
    purchases: Sequence[Purchase],
    *,
    home: str | None = None,
    stage: Stage | None = None,
) -> Score:
    """The score of what somebody buys, from where; `NotFound` without such a material.

    `InvalidInput` names the origin or home that is no country of the release.
    """
    material, facts = materials.get(ctx, material_id).material, ctx.engine.facts
    known = facts.supply.countries
    for index, one in enumerate(purchases):
        if one.origin not in known:
            raise _no_country(one.origin, f"/origins/{index}/country")
    if home is not None and home != Importer.EU and CountryCode(home) not in known:
        raise _no_country(home, "/home")
    whose = importing.importer(facts, [home] if home else [])
    return importing.of_purchases(facts, material.id, purchases, whose, stage)


def _no_country(code: str, pointer: str) -> InvalidInput:
    return InvalidInput(
        f"There is no country '{code}' in this release.",
        advice="Countries are named by ISO 3166-1 alpha-3 codes, such as NLD.",
        place=Place(pointer=pointer),
    )
