"""The worked example of the page of concentration."""

from scanner.assess import supplies
from scanner.assess.concentration import over_years


def figures(engine):
    """The numbers of the example in the order of the text."""
    made = supplies.production(engine.facts, "beryllium")
    series = over_years(next(one for one in made if one.of == "beryllium"))
    last = series.years[-1]
    usa, brazil = last.largest[:2]
    assert (usa.country, brazil.country) == ("USA", "BRA")
    total = last.supply.total
    yield from (2024, total, usa.fraction * total, brazil.fraction * total)
    yield from (usa.fraction, brazil.fraction)
    rest = last.hhi.low - usa.fraction**2 - brazil.fraction**2
    yield from (usa.fraction, brazil.fraction, rest, last.hhi.low, 10_000 * last.hhi.low)
    yield from (last.named, 1)
    bauxite = next(one for one in supplies.production(engine.facts, "aluminium")
                   if one.of == "bauxite")  # fmt: skip
    year = over_years(bauxite).years[-1]
    yield from (year.named, 1 - year.named, 10_000 * year.hhi.low)
    yield from ((1 - year.named), 10_000 * (1 - year.named) ** 2, 10_000 * year.hhi.high)
    first = series.years[0]
    yield from (2021, 10_000 * first.hhi.low, -10_000 * series.trend.change)
