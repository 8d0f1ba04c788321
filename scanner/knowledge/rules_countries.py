"""What the tables about countries must satisfy."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import fsum

from scanner.core.restrictions import Reported, first_day, last_day
from scanner.core.standing import AgreementKind, AgreementStatus, AreaStanding
from scanner.knowledge import schema, schema_countries
from scanner.knowledge.columns import DATE, cell_types
from scanner.knowledge.tables import Problem, Tables

DIMENSIONS = (
    *("voice_accountability", "political_stability", "government_effectiveness"),
    *("regulatory_quality", "rule_of_law", "control_of_corruption"),
)
MEAN_TOLERANCE = 2e-6
"""Means are kept with six decimals."""

IN_A_COUNTRY = frozenset({AreaStanding.CONFLICT_AFFECTED, AreaStanding.HIGH_RISK})
"""The standings of regions; the others are of whole countries."""

_RESTRICTION = schema_countries.RestrictionRow
_SANCTION = schema_countries.SanctionRow


def dates_exist(tables: Tables) -> Iterator[Problem]:
    """Every date is a day, month or year of the calendar."""
    for table in schema.TABLES:
        dated = [name for name, cell in cell_types(table.row).items() if cell.check == DATE]
        for number, row in tables.numbered(table.row):
            for name in dated:
                if (value := getattr(row, name)) is not None and not _exists(value):
                    yield Problem(table.name, number, name, value, "no day of the calendar")


def estimates_are_of_one_edition(tables: Tables) -> Iterator[Problem]:
    """An edition is one source, knows no later year, and gives at least one estimate in a row."""
    sources: dict[str, str] = {}
    for number, row in tables.numbered(schema_countries.EstimatesRow):
        table = "governance_estimates"
        if sources.setdefault(row.edition, row.source) != row.source:
            rule = f"edition {row.edition} is of {sources[row.edition]}"
            yield Problem(table, number, "source", row.source, rule)
        if row.edition.isdecimal() and row.year >= int(row.edition):
            rule = f"edition {row.edition} cannot know this year"
            yield Problem(table, number, "year", str(row.year), rule)
        if all(getattr(row, name) is None for name in DIMENSIONS):
            yield Problem(table, number, DIMENSIONS[0], "", "a row without any estimate")


def means_follow_estimates(tables: Tables) -> Iterator[Problem]:
    """The mean of a country is that of the estimates of its own edition, source and years."""
    held: dict[tuple[str, str, str], dict[int, list[float]]] = defaultdict(dict)
    for row in tables.of(schema_countries.EstimatesRow):
        found = [value for name in DIMENSIONS if (value := getattr(row, name)) is not None]
        held[row.country, row.edition, row.source][row.year] = found
    for number, mean in tables.numbered(schema.GovernanceRow):
        years = held[mean.country, mean.edition, mean.source]
        values = [value for year in _years(mean.year) for value in years.get(year, ())]
        expected = fsum(values) / len(values) if values else None
        if expected is None or abs(expected - mean.mean) > MEAN_TOLERANCE:
            rule = f"the estimates of edition {mean.edition} give {expected}"
            yield Problem("governance", number, "mean", str(mean.mean), rule)


def agreements_are_dated(tables: Tables) -> Iterator[Problem]:
    """What is more than negotiated has a date."""
    for number, row in tables.numbered(schema_countries.AgreementRow):
        if (row.date is None) != (row.status == AgreementStatus.NEGOTIATING):
            rule = "a date, unless it is negotiated"
            yield Problem("agreements", number, "date", str(row.date), rule)


def relations_follow_agreements(tables: Tables) -> Iterator[Problem]:
    """The main agreement and the partnership of a country are rows of ``agreements``."""
    known = {
        (row.country, row.name, str(row.status), row.date)
        for row in tables.of(schema_countries.AgreementRow)
    }
    partners = {
        (row.country, row.date)
        for row in tables.of(schema_countries.AgreementRow)
        if row.kind == AgreementKind.RAW_MATERIALS
    }
    for number, row in tables.numbered(schema.RelationRow):
        main = (row.country, row.agreement, row.agreement_status, row.agreement_date)
        if row.agreement is not None and main not in known:
            rule = "agreements has no such row"
            yield Problem("relations", number, "agreement", ", ".join(map(str, main)), rule)
        if row.partnership != ((row.country, row.partnership_date) in partners):
            rule = "a partnership is a row of agreements with its date, and the other way round"
            yield Problem("relations", number, "partnership", str(row.partnership_date), rule)


def areas_are_places(tables: Tables) -> Iterator[Problem]:
    """A region has a name and lies in its country; countries are listed whole or by region."""
    alpha2 = {row.code: row.alpha2 for row in tables.of(schema.CountryRow)}
    whole: dict[tuple[str, str], bool] = {}
    for number, row in tables.numbered(schema_countries.AreaRow):
        problem = _misplaced(row, alpha2.get(row.country, ""))
        by_region = row.standing in IN_A_COUNTRY
        if problem is None and whole.setdefault((row.regime, row.country), by_region) != by_region:
            problem = "a country is listed as a whole or by region, not both"
        if problem is not None:
            yield Problem("conflict_areas", number, "region", str(row.region), problem)


def regimes_name_areas(tables: Tables) -> Iterator[Problem]:
    """Every regime names some area."""
    used = {row.regime for row in tables.of(schema_countries.AreaRow)}
    for number, row in tables.numbered(schema_countries.RegimeRow):
        if row.id not in used:
            yield Problem("conflict_regimes", number, "id", row.id, "a regime without areas")


def restrictions_are_in_order(tables: Tables) -> Iterator[Problem]:
    """Dates of a restriction follow one another, and its state is the one that they tell."""
    rows: Iterable[
        tuple[str, int, schema_countries.RestrictionRow | schema_countries.SanctionRow]
    ] = [
        *(("export_restrictions", n, r) for n, r in tables.numbered(_RESTRICTION)),
        *(("sanctions", n, r) for n, r in tables.numbered(_SANCTION)),
    ]
    for table, number, row in rows:
        if (row.end is None) != (row.reported != Reported.ENDED):
            rule = "what has ended has an end, and nothing else"
            yield Problem(table, number, "end", str(row.end), rule)
        elif not _in_order(row.start, row.end):
            yield Problem(table, number, "end", str(row.end), f"before the start {row.start}")
    for number, row in tables.numbered(_RESTRICTION):
        yield from _suspension(number, row)
        if row.destination == row.country:
            rule = "a country does not export to itself"
            yield Problem("export_restrictions", number, "destination", row.country, rule)


def sanctions_are_on_others(tables: Tables) -> Iterator[Problem]:
    """The Union sanctions countries outside it."""
    members = {row.country for row in tables.of(schema.RelationRow) if row.eu_member}
    for number, row in tables.numbered(_SANCTION):
        if row.country in members:
            rule = "the Union does not sanction its members"
            yield Problem("sanctions", number, "country", row.country, rule)


def _suspension(number: int, row: schema_countries.RestrictionRow) -> Iterator[Problem]:
    """Both ends as days and in order for what is suspended, neither for anything else."""
    ends = (row.suspended_from, row.suspended_until)
    suspended = row.reported == Reported.SUSPENDED
    if any((end is not None) != suspended for end in ends):
        rule = "both ends for what is suspended, and for nothing else"
    elif not all(end is None or len(end) == len("2026-11-10") for end in ends):
        rule = "a suspension begins and ends on a day"
    elif not _in_order(*ends):
        rule = "ends before it begins"
    else:
        return
    yield Problem("export_restrictions", number, "suspended_until", str(ends[1]), rule)


def _years(period: str) -> range:
    """The years of ``2024`` or ``2016-2020``; none of any other text."""
    first, _, last = period.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()):
        return range(0)
    return range(int(first), int(last or first) + 1)


def _misplaced(row: schema_countries.AreaRow, alpha2: str) -> str | None:
    by_region = row.standing in IN_A_COUNTRY
    if by_region != (row.region is not None) or by_region != (row.name is not None):
        return f"code and name of a region for {' and '.join(sorted(IN_A_COUNTRY))}, only for them"
    if row.region is not None and not row.region.startswith(f"{alpha2}-"):
        return f"no region of {row.country}: its code begins with {alpha2}-"
    return None


def _in_order(first: str | None, last: str | None) -> bool:
    if first is None or last is None or not (_exists(first) and _exists(last)):
        return True
    return first_day(first) <= last_day(last)


def _exists(text: str) -> bool:
    try:
        return first_day(text) <= last_day(text)
    except ValueError:
        return False


RULES = (
    dates_exist,
    estimates_are_of_one_edition,
    means_follow_estimates,
    agreements_are_dated,
    relations_follow_agreements,
    areas_are_places,
    regimes_name_areas,
    restrictions_are_in_order,
    sanctions_are_on_others,
)
