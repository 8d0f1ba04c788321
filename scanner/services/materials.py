"""Raw materials of the knowledge release, with all that is known about them."""

import math
from enum import StrEnum

from scanner.core.errors import NotFound
from scanner.core.indicators import Assessment
from scanner.core.names import MaterialId
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, not_ours, text_in


class Order(StrEnum):
    """The order of a list of materials; those without a figure come last, equal ones by id."""

    ID = "id"
    SUPPLY_RISK = "-supply_risk"
    ECONOMIC_IMPORTANCE = "-economic_importance"

    def place(self, found: Assessment) -> tuple[float, str]:
        """Where a material stands: less is earlier."""
        figures = {
            Order.SUPPLY_RISK: found.supply_risk,
            Order.ECONOMIC_IMPORTANCE: found.economic_importance,
        }
        figure = figures.get(self)
        if figure is None:
            return 0.0, found.id
        return math.inf if figure.value is None else -figure.value, found.id


def list_page(
    ctx: Context,
    *,
    cursor: str | None = None,
    limit: int,
    critical: bool | None = None,
    strategic: bool | None = None,
    order: Order = Order.ID,
) -> Page[Assessment]:
    """The materials with their indicators, by id unless asked otherwise.

    Only those that are critical, or are not; and that are strategic, or are not.
    """
    known = ctx.engine.assessments
    wanted = [
        one
        for one in sorted(known.values(), key=order.place)
        if critical in (None, one.material.critical is not None)
        and strategic in (None, one.material.strategic is not None)
    ]
    rest = wanted
    after = text_in(cursor)
    if after is not None:
        last = known.get(MaterialId(after))
        if last is None:
            raise not_ours()
        rest = [one for one in wanted if order.place(one) > order.place(last)]
    items = tuple(rest[:limit])
    return Page(items, cursor_of(items[-1].id) if len(rest) > limit else None, len(wanted))


def get(ctx: Context, material_id: str) -> Assessment:
    """One material with its indicators; `NotFound` when the release has none like it."""
    found = ctx.engine.assessments.get(MaterialId(material_id))
    if found is None:
        raise NotFound(
            f"There is no raw material '{material_id}' in this release.",
            advice="List the materials to see their ids.",
        )
    return found
