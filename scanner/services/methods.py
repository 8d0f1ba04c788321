"""The methods: what each knows, how it ranks the raw materials, and how far two of them agree."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from scanner.assess import ranking
from scanner.assess.methods import BY_ID, METHODS
from scanner.core.errors import InvalidInput, NotFound, Place
from scanner.core.methods import Method
from scanner.core.names import MaterialId
from scanner.core.ranking import Agreement, Ranked
from scanner.core.supply import Material
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, not_ours, text_in


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method, of how many materials it knows something, and why it does not of the others."""

    method: Method
    with_figure: int
    without_figure: int
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RankedMaterial:
    """A material with its place in a ranking."""

    material: Material
    ranked: Ranked


def list_page(ctx: Context, *, cursor: str | None = None, limit: int) -> Page[MethodView]:
    """The methods in the order in which they are offered."""
    after = text_in(cursor)
    if after is not None and after not in BY_ID:
        raise not_ours()
    first = 0 if after is None else METHODS.index(BY_ID[after]) + 1
    items = tuple(view(ctx, method) for method in METHODS[first : first + limit])
    more = first + limit < len(METHODS)
    return Page(items, cursor_of(items[-1].method.id) if more else None, len(METHODS))


def get(method_id: str) -> Method:
    """The method of this id; `NotFound` without such a one."""
    found = BY_ID.get(method_id)
    if found is None:
        raise NotFound(
            f"There is no method '{method_id}'.", advice="List the methods to see their ids."
        )
    return found


def chosen(method_id: str, pointer: str) -> Method:
    """The method that a request names at this place; `InvalidInput` without such a one."""
    found = BY_ID.get(method_id)
    if found is None:
        raise InvalidInput(
            f"There is no method '{method_id}'.",
            advice="List the methods to see their ids.",
            place=Place(pointer=pointer),
        )
    return found


def view(ctx: Context, method: Method) -> MethodView:
    """A method with what it knows of the materials of the release."""
    found = ctx.engine.figures[method.id].values()
    reasons = Counter(one.reason for one in found if one.reason is not None)
    without = sum(reasons.values())
    return MethodView(method, len(found) - without, without, dict(sorted(reasons.items())))


def ranking_page(
    ctx: Context,
    method: Method,
    *,
    cursor: str | None = None,
    limit: int,
    critical: bool | None = None,
    strategic: bool | None = None,
) -> Page[RankedMaterial]:
    """The materials under a method, riskiest first, those without a figure last, equal ones by id.

    Only those that are critical, or are not; and that are strategic, or are not. A material keeps
    its rank among all.
    """
    known = ctx.engine.knowledge.supply.materials
    wanted = [
        RankedMaterial(known[one.material], one)
        for one in ranking.ranked(method, ctx.engine.figures[method.id])
        if critical in (None, known[one.material].critical is not None)
        and strategic in (None, known[one.material].strategic is not None)
    ]
    after, first = text_in(cursor), 0
    if after is not None:
        ids = [one.material.id for one in wanted]
        if after not in ids:
            raise not_ours()
        first = ids.index(MaterialId(after)) + 1
    items = tuple(wanted[first : first + limit])
    more = first + limit < len(wanted)
    return Page(items, cursor_of(items[-1].material.id) if more else None, len(wanted))


def comparison(
    ctx: Context,
    *,
    named: Sequence[str] = (),
    critical: bool | None = None,
    strategic: bool | None = None,
) -> list[Agreement]:
    """How alike each two of the named methods, or of all, order the materials.

    Of all materials, or of those that are (not) critical or strategic. `InvalidInput` names what
    is no method.
    """
    ids = {chosen(one, "/methods").id for one in named}
    methods = [method for method in METHODS if not ids or method.id in ids]
    wanted = _wanted(ctx, critical, strategic)
    found = {
        method.id: {key: one for key, one in ctx.engine.figures[method.id].items() if key in wanted}
        for method in methods
    }
    return [
        ranking.agreement(first, found[first.id], second, found[second.id])
        for first, second in combinations(methods, 2)
    ]


def _wanted(ctx: Context, critical: bool | None, strategic: bool | None) -> Collection[MaterialId]:
    return {
        key
        for key, one in ctx.engine.knowledge.supply.materials.items()
        if critical in (None, one.critical is not None)
        and strategic in (None, one.strategic is not None)
    }
