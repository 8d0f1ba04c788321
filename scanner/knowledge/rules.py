"""What a release must satisfy, rule by rule; every broken rule is reported, not just the first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import fsum

import periodictable

from scanner.core.catalogue import AmountUnit
from scanner.core.names import EvidenceKind, Presence, Scope, Stage
from scanner.knowledge import (
    rules_codes,
    rules_countries,
    rules_masses,
    rules_supply,
    schema,
    schema_codes,
    schema_masses,
)
from scanner.knowledge.columns import Check, CompositionKind, FigureBasis, MassBasis
from scanner.knowledge.isocodes import ISO_3166
from scanner.knowledge.tables import Problem, Tables

MAX_SUM_OF_SHARES = 1.05
"""Printed shares may add up to this by rounding."""

FRACTION_TOLERANCE = 0.001
"""How far a printed mass fraction may lie from the one computed from the formula."""

EMPTY_PRESENCE = "absent"
"""The word by which a class refuses what its parent would pass on."""


def validate(tables: Tables) -> list[Problem]:
    """Every rule that the release breaks, in the order of the tables; empty when it is sound."""
    return [problem for rule in RULES for problem in rule(tables)]


def keys_are_unique(tables: Tables) -> Iterator[Problem]:
    """No two rows of a table have the same key."""
    for table in schema.TABLES:
        seen: dict[tuple[object, ...], int] = {}
        for number, row in tables.numbered(table.row):
            key = tuple(getattr(row, name) for name in table.key)
            if key in seen:
                rule = f"the key is already used in row {seen[key]}"
                yield Problem(table.name, number, "+".join(table.key), _shown(key), rule)
            seen.setdefault(key, number)


def references_resolve(tables: Tables) -> Iterator[Problem]:
    """Every key that a cell refers to exists."""
    known = {
        table.name: {getattr(row, table.key[0]) for row in tables.of(table.row)}
        for table in schema.TABLES
        if len(table.key) == 1
    }
    for table in schema.TABLES:
        for name in table.columns:
            check = table.check(name)
            if check.refers is None:
                continue
            for number, row in tables.numbered(table.row):
                for key in _keys(getattr(row, name), check):
                    if key not in known[check.refers]:
                        rule = f"not a key of {check.refers}"
                        yield Problem(table.name, number, name, key, rule)


def values_are_in_bounds(tables: Tables) -> Iterator[Problem]:
    """Every number lies within the bounds of its column."""
    for table in schema.TABLES:
        for name in table.columns:
            check = table.check(name)
            if check.low is None and check.high is None:
                continue
            for number, row in tables.numbered(table.row):
                value = getattr(row, name)
                if value is None:
                    continue
                if check.low is not None and value < check.low:
                    yield Problem(table.name, number, name, str(value), f"below {check.low}")
                if check.high is not None and value > check.high:
                    yield Problem(table.name, number, name, str(value), f"above {check.high}")


def texts_fit_their_pattern(tables: Tables) -> Iterator[Problem]:
    """Every text with a pattern matches it as a whole."""
    for table in schema.TABLES:
        for name in table.columns:
            pattern = table.check(name).pattern
            if pattern is None:
                continue
            whole = re.compile(pattern)
            for number, row in tables.numbered(table.row):
                value = getattr(row, name)
                if value is not None and not whole.fullmatch(value):
                    yield Problem(table.name, number, name, value, f"must look like {pattern}")


def countries_are_iso(tables: Tables) -> Iterator[Problem]:
    """Country codes are those of ISO 3166-1 (and XKX for Kosovo), alpha-2 and alpha-3 in pairs."""
    for number, row in tables.numbered(schema.CountryRow):
        if ISO_3166.get(row.code) != row.alpha2:
            rule = "not a pair of ISO 3166-1 codes"
            yield Problem("countries", number, "code", f"{row.code}/{row.alpha2}", rule)


def cas_numbers_check(tables: Tables) -> Iterator[Problem]:
    """The last digit of a CAS number is the weighted sum of the others, modulo 10."""
    for number, row in tables.numbered(schema.SubstanceRow):
        if not cas_is_valid(row.cas):
            yield Problem("substances", number, "cas", row.cas, "the check digit is wrong")


def cas_is_valid(cas: str) -> bool:
    """Whether the check digit of a CAS registry number fits its other digits."""
    digits = cas.replace("-", "")
    if not digits.isdecimal():
        return False
    weighted = sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1))
    return weighted % 10 == int(digits[-1])


def shares_add_up(tables: Tables) -> Iterator[Problem]:
    """The shares of one material, stage and scope add up to at most 1.05."""
    sums: dict[tuple[str, Stage, Scope], list[float]] = defaultdict(list)
    last: dict[tuple[str, Stage, Scope], int] = {}
    for number, row in tables.numbered(schema.ShareRow):
        key = (row.material, row.stage, row.scope)
        last[key] = number
        if not row.upper_bound:
            sums[key].append(row.fraction)
    for key, fractions in sums.items():
        if (total := fsum(fractions)) > MAX_SUM_OF_SHARES:
            rule = f"the shares of {' '.join(key)} add up to more than {MAX_SUM_OF_SHARES}"
            yield Problem("supply_shares", last[key], "fraction", f"{total:.4f}", rule)


def ranges_are_ordered(tables: Tables) -> Iterator[Problem]:
    """``low <= typical <= high``, and both ends are there or neither."""
    ranged = (schema.AlloyPartRow, schema.ClassPartRow, schema_masses.MassRow, schema_codes.CodeRow)
    for table in schema.TABLES:
        if table.row not in ranged:
            continue
        for number, row in tables.numbered(table.row):
            shown = f"{row.low}, {row.typical}, {row.high}"
            if (row.low is None) != (row.high is None):
                yield Problem(table.name, number, "low", shown, "both ends or neither")
            elif row.low is None and row.typical is not None:
                yield Problem(table.name, number, "typical", shown, "typical needs both ends")
            elif row.low is not None and not _ordered(row.low, row.typical, row.high):
                yield Problem(table.name, number, "low", shown, "must be low <= typical <= high")


def amounts_are_figures(tables: Tables) -> Iterator[Problem]:
    """An amount of a known element has a figure, in order; a share of a part is at most 1."""
    known = {row.element for row in tables.of(schema.ElementRow)}
    for number, row in tables.numbered(schema.ClassAmountRow):
        printed = [value for value in (row.low, row.typical, row.high) if value is not None]
        shown = f"{row.low}, {row.typical}, {row.high}"
        if row.element not in known:
            yield Problem("class_amounts", number, "element", row.element, "not a known element")
        if not printed:
            yield Problem("class_amounts", number, "typical", shown, "an amount needs a figure")
        elif printed != sorted(printed):
            yield Problem("class_amounts", number, "low", shown, "must be low <= typical <= high")
        elif row.unit is AmountUnit.FRACTION_OF_PART and printed[-1] > 1:
            yield Problem("class_amounts", number, "high", shown, "a share of a part is above 1")


def items_exist(tables: Tables) -> Iterator[Problem]:
    """What a composition names exists: element, phase, alloy or material."""
    known = {
        CompositionKind.ELEMENT: {row.element for row in tables.of(schema.ElementRow)},
        CompositionKind.PHASE: {row.phase for row in tables.of(schema.PhaseRow)},
        CompositionKind.ALLOY: {row.id for row in tables.of(schema.AlloyRow)},
        CompositionKind.MATERIAL: {row.id for row in tables.of(schema.MaterialRow)},
    }
    parts: Iterable[tuple[str, int, schema.AlloyPartRow | schema.ClassPartRow]] = [
        *(("alloy_composition", n, row) for n, row in tables.numbered(schema.AlloyPartRow)),
        *(("class_composition", n, row) for n, row in tables.numbered(schema.ClassPartRow)),
    ]
    for table, number, row in parts:
        if row.item not in known[row.kind]:
            yield Problem(table, number, "item", row.item, f"not a known {row.kind}")


def targets_exist(tables: Tables) -> Iterator[Problem]:
    """What a term points to exists."""
    known = {
        "material": {row.id for row in tables.of(schema.MaterialRow)},
        "alloy": {row.id for row in tables.of(schema.AlloyRow)},
        "class": {row.id for row in tables.of(schema.ClassRow)},
        "substance": {row.cas for row in tables.of(schema.SubstanceRow)},
    }
    for number, row in tables.numbered(schema.TermRow):
        kind, _, key = row.target.partition(":")
        if key not in known.get(kind, set()):
            yield Problem("terms", number, "target", row.target, "nothing has this key")


def class_tree_has_no_cycle(tables: Tables) -> Iterator[Problem]:
    """No class is its own ancestor."""
    parents = {row.id: row.parent for row in tables.of(schema.ClassRow)}
    for number, row in tables.numbered(schema.ClassRow):
        seen, current = {row.id}, row.parent
        while current is not None and current not in seen:
            seen.add(current)
            current = parents.get(current)
        if current is not None:
            yield Problem("classes", number, "parent", str(row.parent), "a class above itself")


def limits_make_no_presence(tables: Tables) -> Iterator[Problem]:
    """An upper limit has no presence, everything else has one."""
    for number, row in tables.numbered(schema.AlloyPartRow):
        if (row.basis == FigureBasis.LIMIT_MAX) != (row.presence is None):
            rule = "presence is empty for limit_max and for nothing else"
            yield Problem("alloy_composition", number, "presence", str(row.presence), rule)


def experts_claim_little(tables: Tables) -> Iterator[Problem]:
    """Expert knowledge without a document gives neither ``certain`` presence nor a figure."""
    words = presence_words(tables)
    parts: Iterable[tuple[str, int, schema.AlloyPartRow | schema.ClassPartRow]] = [
        *(("alloy_composition", n, row) for n, row in tables.numbered(schema.AlloyPartRow)),
        *(("class_composition", n, row) for n, row in tables.numbered(schema.ClassPartRow)),
    ]
    for table, number, row in parts:
        if not row.expert:
            continue
        if row.presence is not None and words.get(row.presence) == Presence.CERTAIN:
            yield Problem(table, number, "presence", row.presence, "an expert is never certain")
        if row.low is not None:
            yield Problem(table, number, "low", str(row.low), "an expert gives no figure")


def fractions_follow_formulas(tables: Tables) -> Iterator[Problem]:
    """A mass fraction agrees with the one computed from the formula (IUPAC atomic weights)."""
    rows: list[tuple[str, int, schema.PhaseRow | schema.SubstanceRow]] = [
        *(("phases", n, row) for n, row in tables.numbered(schema.PhaseRow)),
        *(("substances", n, row) for n, row in tables.numbered(schema.SubstanceRow)),
    ]
    for table, number, row in rows:
        if row.fraction is None or row.formula is None:
            continue
        expected = _expected_fraction(row)
        if expected is None or abs(expected - row.fraction) > FRACTION_TOLERANCE:
            rule = f"the formula {row.formula} gives {expected}"
            yield Problem(table, number, "fraction", str(row.fraction), rule)


def _expected_fraction(row: schema.PhaseRow | schema.SubstanceRow) -> float | None:
    if row.basis == MassBasis.MINERAL:
        return 1.0
    try:
        fractions = periodictable.formula(row.formula).mass_fraction
    except (ValueError, KeyError, ZeroDivisionError):
        return None
    shares = {str(atom): float(value) for atom, value in fractions.items()}
    return shares.get(row.element or "")


def part_numbers_are_sound(tables: Tables) -> Iterator[Problem]:
    """Part-number patterns compile, begin at the start, and agree with at most what was tested."""
    for number, row in tables.numbered(schema.PartNumberRow):
        try:
            re.compile(row.pattern)
        except re.error as error:
            yield Problem("part_numbers", number, "pattern", row.pattern, f"no pattern: {error}")
        if not row.pattern.startswith("^"):
            yield Problem("part_numbers", number, "pattern", row.pattern, "must begin with ^")
        if row.agreed > row.tested:
            rule = "agreed with more than was tested"
            yield Problem("part_numbers", number, "agreed", str(row.agreed), rule)


def terms_are_of_their_kind(tables: Tables) -> Iterator[Problem]:
    """Terms are designations, classes, substances or wording; only exclusions negate."""
    kinds = {
        EvidenceKind.DESIGNATION,
        EvidenceKind.COMPONENT_CLASS,
        EvidenceKind.SUBSTANCE,
        EvidenceKind.WORDING,
    }
    for number, row in tables.numbered(schema.TermRow):
        if row.kind not in kinds:
            yield Problem("terms", number, "kind", row.kind, "no kind of term")
        if row.negates and row.match != "exclude":
            yield Problem("terms", number, "negates", "yes", "only an exclusion negates")


def nothing_is_orphaned(tables: Tables) -> Iterator[Problem]:
    """Every source, alloy and phase is used by some row."""
    used_alloys = {row.alloy for row in tables.of(schema.AlloyPartRow)}
    for number, alloy in tables.numbered(schema.AlloyRow):
        if alloy.id not in used_alloys:
            yield Problem("alloys", number, "id", alloy.id, "an alloy without composition")
    cited: set[str] = set()
    for table in schema.TABLES:
        for name in table.columns:
            check = table.check(name)
            if check.refers == "sources":
                for row in tables.of(table.row):
                    cited.update(_keys(getattr(row, name), check))
    for number, source in tables.numbered(schema.SourceRow):
        if source.id not in cited:
            yield Problem("sources", number, "id", source.id, "no row cites this source")


def presence_words(tables: Tables) -> Mapping[str, Presence]:
    """What the words that sources use for presence mean."""
    return {row.word: row.presence for row in tables.of(schema.PresenceWordRow)}


def _keys(value: object, check: Check) -> tuple[str, ...]:
    if value is None or (check.refers == "presence_words" and value == EMPTY_PRESENCE):
        return ()
    text = str(value)
    return tuple(text.split(";")) if check.several else (text,)


def _ordered(low: float, typical: float | None, high: float) -> bool:
    return low <= (low if typical is None else typical) <= high


def _shown(key: tuple[object, ...]) -> str:
    return ", ".join("" if part is None else str(part) for part in key)


def grades_are_meant(tables: Tables) -> Iterator[Problem]:
    """Every rule about a grade is about a qualifier of a list, and every family has alloys."""
    meant = {row.critical_qualifier for row in tables.of(schema.MaterialRow)}
    meant |= {row.strategic_qualifier for row in tables.of(schema.MaterialRow)}
    for number, row in tables.numbered(schema.GradeRow):
        if row.qualifier not in meant:
            yield Problem(
                "grades", number, "qualifier", row.qualifier, "no list has this qualifier"
            )
    families = {row.family for row in tables.of(schema.AlloyRow)}
    for number, alloys in tables.numbered(schema.AlloyGradeRow):
        if alloys.family not in families:
            yield Problem("alloy_grades", number, "family", alloys.family, "no alloy is of it")


RULES = (
    keys_are_unique,
    references_resolve,
    values_are_in_bounds,
    texts_fit_their_pattern,
    countries_are_iso,
    cas_numbers_check,
    shares_add_up,
    ranges_are_ordered,
    amounts_are_figures,
    items_exist,
    targets_exist,
    class_tree_has_no_cycle,
    limits_make_no_presence,
    experts_claim_little,
    fractions_follow_formulas,
    part_numbers_are_sound,
    grades_are_meant,
    terms_are_of_their_kind,
    nothing_is_orphaned,
    *rules_masses.RULES,
    *rules_codes.RULES,
    *rules_supply.RULES,
    *rules_countries.RULES,
)
