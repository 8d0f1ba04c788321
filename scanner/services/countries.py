"""Countries of the knowledge release, with their governance, development and EU relations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.core.errors import NotFound
from scanner.core.names import CountryCode, MaterialId
from scanner.core.supply import Country, Relation, Supply
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, text_in


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which countries are asked for; None asks for nothing.

    `supplies` and `restricts` are ids of raw materials, `regime` that of a conflict regime.
    """

    eu_member: bool | None = None
    partnership: bool | None = None
    supplies: str | None = None
    restricts: str | None = None
    regime: str | None = None
    sanctioned: bool | None = None


EVERY = Wanted()


def list_page(
    ctx: Context, *, cursor: str | None = None, limit: int, wanted: Wanted = EVERY
) -> Page[Country]:
    """The countries that are asked for, by ISO 3166-1 alpha-3 code."""
    known = ctx.engine.knowledge.supply.countries
    after = text_in(cursor) or ""
    found = sorted(_found(ctx, wanted))
    rest = [code for code in found if code > after]
    items = tuple(known[code] for code in rest[:limit])
    return Page(items, cursor_of(items[-1].code) if len(rest) > limit else None, len(found))


def _found(ctx: Context, wanted: Wanted) -> set[CountryCode]:
    """The codes of those that fit in every way."""
    knowledge = ctx.engine.knowledge
    standing, known = knowledge.standing, knowledge.supply.countries
    ways: list[tuple[bool | None, set[CountryCode]]] = [
        (wanted.eu_member, _related(known, lambda relation: relation.eu_member)),
        (wanted.partnership, _related(known, lambda relation: relation.partnership)),
        (wanted.sanctioned, set(standing.sanctions)),
    ]
    if wanted.supplies is not None:
        ways.append((True, _suppliers(knowledge.supply, MaterialId(wanted.supplies))))
    if wanted.restricts is not None:
        restrictions = standing.restricted.get(MaterialId(wanted.restricts), ())
        ways.append((True, {one.country for one in restrictions}))
    if wanted.regime is not None:
        named = standing.areas.items()
        ways.append(
            (True, {code for code, areas in named if wanted.regime in {a.regime for a in areas}})
        )
    found = set(known)
    for asked, fitting in ways:
        if asked is not None:
            found = found & fitting if asked else found - fitting
    return found


def _related(
    known: Mapping[CountryCode, Country], fits: Callable[[Relation], bool]
) -> set[CountryCode]:
    return {
        code
        for code, country in known.items()
        if country.relation is not None and fits(country.relation)
    }


def _suppliers(supply: Supply, wanted: MaterialId) -> set[CountryCode]:
    return {
        share.country
        for (material, _, _), shares in supply.shares.items()
        if material == wanted
        for share in shares
        if share.fraction > 0
    }


def get(ctx: Context, code: str) -> Country:
    """The country of an ISO 3166-1 alpha-3 code in any case; `NotFound` without such a one."""
    found = ctx.engine.knowledge.supply.countries.get(CountryCode(code.upper()))
    if found is None:
        raise NotFound(
            f"There is no country '{code}' in this release.",
            advice="Countries are named by ISO 3166-1 alpha-3 codes, such as NLD.",
        )
    return found
