"""The worked example of the page of the scanner indicators."""

from scanner.assess import scanner_indicators


def figures(engine):
    """The numbers of the example in the order of the text."""
    cobalt = _of(engine, "cobalt")
    years = cobalt["reserves-years"]
    reserves, production = years.terms
    assert reserves.year == production.year
    yield from (float(production.year), reserves.value, production.value)
    yield from (reserves.value, production.value, years.figure.value)
    yield cobalt["companionality"].figure.value
    largest = cobalt["production-hhi"].terms[0]
    assert largest.country == "COD"
    yield from (largest.value, cobalt["production-hhi"].figure.value)
    development = cobalt["supplier-development"]
    yield next(t.value for t in development.terms if (t.what, t.country) == ("hdi", "COD"))
    yield from (development.figure.value, cobalt["environmental-load"].figure.value)
    yield from (
        _of(engine, material)["environmental-load"].figure.value for material in ("gold", "rhodium")
    )


def _of(engine, material):
    found = scanner_indicators.of_material(engine.facts, material)
    return {one.definition.id: one.finding for one in found}
