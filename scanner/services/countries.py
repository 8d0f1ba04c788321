"""Countries of the knowledge release, with their governance, development and EU relations."""

from scanner.core.errors import NotFound
from scanner.core.names import CountryCode
from scanner.core.supply import Country
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, text_in


def list_page(ctx: Context, *, cursor: str | None = None, limit: int) -> Page[Country]:
    """The countries by ISO 3166-1 alpha-3 code."""
    known = ctx.engine.knowledge.supply.countries
    after = text_in(cursor) or ""
    rest = sorted(code for code in known if code > after)
    items = tuple(known[code] for code in rest[:limit])
    return Page(items, cursor_of(items[-1].code) if len(rest) > limit else None, len(known))


def get(ctx: Context, code: str) -> Country:
    """The country of an ISO 3166-1 alpha-3 code in any case; `NotFound` without such a one."""
    found = ctx.engine.knowledge.supply.countries.get(CountryCode(code.upper()))
    if found is None:
        raise NotFound(
            f"There is no country '{code}' in this release.",
            advice="Countries are named by ISO 3166-1 alpha-3 codes, such as NLD.",
        )
    return found
