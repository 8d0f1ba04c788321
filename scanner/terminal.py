"""The answer as a person reads it in a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scanner.core.errors import ScannerError
from scanner.core.names import CountryCode, Language, MaterialId
from scanner.knowledge import Knowledge

ENGLISH = Language("en")
SHOWN = 15


def error_text(error: ScannerError) -> str:
    """One sentence on what is wrong, where, and what to do."""
    place = f" ({error.place})" if error.place and str(error.place) else ""
    return f"{error.title}{place}. {error.detail} {error.advice}".strip()


def rows_text(rows: Mapping[str, int]) -> str:
    """What a database holds, by its most telling tables."""
    told = {"company": "companies", "bom": "BOMs", "line": "lines", "job": "jobs"}
    return ", ".join(f"{rows[table]} {name}" for table, name in told.items() if table in rows)


def profile_text(document: Mapping[str, Any], knowledge: Knowledge) -> str:
    """The head of a profile as plain text: coverage, materials, doubts, sources."""
    return "\n".join(_paragraphs(document, knowledge)) + "\n"


def _paragraphs(document: Mapping[str, Any], knowledge: Knowledge) -> Iterator[str]:
    yield from _coverage(document)
    sure = [m for m in document["materials"] if m["presence"] != "possible"]
    possible = [m for m in document["materials"] if m["presence"] == "possible"]
    if sure:
        yield "Materials inside, highest EU supply risk (SR, 2023) first"
        yield from _table(_HEADINGS, (_material_row(m, knowledge) for m in sure))
        yield ""
    if possible:
        names = ", ".join(_material_name(m["material"], knowledge) for m in possible)
        yield f"Possibly also inside (not counted above): {names}."
        yield ""
    yield from _doubts(document)
    yield (
        f"Knowledge release {document['knowledge']['release']} "
        f"({document['knowledge']['state']}, {document['knowledge']['date']}); "
        f"{len(document['sources'])} sources cited, all in --format json."
    )


def scenario_text(answer: Mapping[str, Any], knowledge: Knowledge) -> str:
    """What a scenario means for a product, as plain text."""
    return "\n".join(_scenario(answer, knowledge)) + "\n"


def _scenario(answer: Mapping[str, Any], knowledge: Knowledge) -> Iterator[str]:
    asked, product = answer["scenario"], answer["product"]
    names = ", ".join(_country_name(code, knowledge) for code in asked["countries"])
    yield f"{names}: {asked['fraction']:.0%} less supply."
    yield "A mechanical exposure: shares of the past times a fraction. No forecast."
    parts, coverage = product["parts"], product["coverage"]
    yield (
        f"{parts['count']} parts hold materials that lose supply or whose supply is not known, "
        f"{parts['only_possible']} of them possibly only; {parts['lines']} lines name them."
    )
    yield f"At stake: {_spend(parts['spend'])}."
    if parts["only_possible"]:
        yield f"Possibly, too: {_spend(parts['spend_only_possible'])}."
    unknown = coverage["ambiguous"] + coverage["unrecognised"]
    if unknown:
        yield f"{unknown} lines are not recognised: that is unknown, not free of risk."
    yield ""
    yield from _table(_LOST, (_lost_row(one, knowledge) for one in product["materials"]))
    yield ""
    for item in parts["shown"][:SHOWN]:
        held = ", ".join(_material_name(one["material"], knowledge) for one in item["materials"])
        yield f"  {_part_name(item['part'])}: {held}"
    if parts["count"] > SHOWN:
        yield f"  … and {parts['count'] - SHOWN} more"


_LOST = ("material", "inside", "lost", "of", "stage", "grams per product", "lines")


def _lost_row(entry: Mapping[str, Any], knowledge: Knowledge) -> tuple[str, ...]:
    largest = entry["largest_loss"]
    mass = entry["mass_g"]
    return (
        _material_name(entry["material"], knowledge),
        entry["presence"],
        "unknown" if largest is None else _percent(largest["lost"]),
        "" if largest is None else largest["scope"].replace("_", " "),
        ("" if largest is None else largest["stage"]) or "",
        "unknown" if mass is None else _span(mass),
        str(entry["lines"]),
    )


def _spend(spend: Mapping[str, Any]) -> str:
    """What parts cost in one product, and in a year where that is known."""
    told = [
        f"{one['currency'] or 'no currency named'} {one['amount']:,.2f}"
        + ("" if one["annual"] is None else f" ({one['annual']:,.0f} a year)")
        for one in spend["amounts"]
    ]
    unpriced = spend["unpriced_lines"]
    if not told:
        return f"unknown, for no price is known of {unpriced} lines"
    return " + ".join(told) + (f", and {unpriced} lines without a price" if unpriced else "")


def _percent(lost: Mapping[str, float]) -> str:
    least, most = f"{lost['low']:.0%}", f"{lost['high']:.0%}"
    return least if least == most else f"{least} – {most}"


def _coverage(document: Mapping[str, Any]) -> Iterator[str]:
    coverage, rows = document["coverage"], document["input"]["rows"]
    counted = coverage["recognised"] + coverage["ambiguous"] + coverage["unrecognised"]
    yield (
        f"We recognised {coverage['recognised']} of {counted} lines that count "
        f"({coverage['ambiguous']} ambiguous, {coverage['unrecognised']} unknown); "
        f"the mass of a material is known for {coverage['with_mass']}."
    )
    yield (
        f"The file has {rows['rows']} rows: {rows['lines']} lines, {rows['headers']} of headings, "
        f"{rows['skipped']} skipped, {rows['problems']} unreadable; "
        f"{coverage['assemblies']} lines are assemblies, {coverage['not_fitted']} not fitted, "
        f"{coverage['zero_amount']} with the quantity 0."
    )
    if document["spend"]["amounts"]:
        yield f"By the prices in the file one product costs: {_spend(document['spend'])}."
    unknown = coverage["without_materials"] - coverage["undocumented"]
    if unknown:
        yield (
            f"Of {unknown} recognised lines no raw material is known: "
            "they hold none of those screened, or we do not know."
        )
    yield from _documented_only(document)
    if coverage["unrecognised"] or coverage["ambiguous"]:
        yield "What is not recognised is unknown: it is not free of risk."
    yield ""


def _documented_only(document: Mapping[str, Any]) -> Iterator[str]:
    """What an answer by documents alone leaves out."""
    left_out, undocumented = document["left_out"], document["coverage"]["undocumented"]
    if left_out is None:
        return
    yield (
        "Documented statements only: what engineering knowledge alone says "
        f"of {left_out['parts']} parts is left out."
    )
    if undocumented:
        yield (
            f"Of {undocumented} recognised lines no document says what is inside: "
            "that is unknown, not free of risk."
        )
    if document["restored"]["parts"]:
        yield (
            f"Of {document['restored']['parts']} parts a document about a wider kind counts "
            "where an expert's word about their own kind is left out."
        )


_HEADINGS = ("material", "list", "SR", "stage", "largest source", "grams per product", "parts")


def _material_row(entry: Mapping[str, Any], knowledge: Knowledge) -> tuple[str, ...]:
    risk, largest = entry["supply_risk"], entry["largest_source"]
    return (
        _material_name(entry["material"], knowledge),
        _status(entry),
        "unknown" if risk["value"] is None else f"{risk['value']:.1f}",
        risk["stage"] or "",
        "unknown"
        if largest is None
        else f"{_country_name(largest['country'], knowledge)} {largest['share']:.0%}",
        _mass(entry),
        str(entry["parts"]["count"]),
    )


def _status(entry: Mapping[str, Any]) -> str:
    word = "strategic" if entry["strategic"] else "critical" if entry["critical"] else "-"
    listing = entry["strategic"] or entry["critical"] or {}
    qualifier = listing.get("qualifier")
    if qualifier is None:
        return word
    if listing["applies"] == "no":
        return f"only as {qualifier}"
    return word if listing["applies"] == "yes" else f"{word}, if {qualifier}"


def _mass(entry: Mapping[str, Any]) -> str:
    mass = entry["mass_g"]
    if mass is None:
        return "unknown"
    text = _span(mass) if mass["range_known"] else f"≈ {_span(mass)}"
    return text if entry["mass_complete"] else f"{text} + unknown"


def _span(mass: Mapping[str, Any]) -> str:
    """The ends of a range, or its nominal figure."""
    if mass["low"] is None:
        return _grams(mass["typical"])
    least, most = _grams(mass["low"]), _grams(mass["high"])
    return least if least == most else f"{least} – {most}"


def _grams(value: float) -> str:
    """Three significant digits, without an exponent for what a person weighs."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _doubts(document: Mapping[str, Any]) -> Iterator[str]:
    for key, title in (("ambiguous", "To be decided"), ("unrecognised", "Not recognised")):
        found = document[key]
        if not found["parts"]:
            continue
        yield f"{title}: {found['parts']} parts"
        for item in found["shown"][:SHOWN]:
            yield f"  {_part_name(item['part'])}"
        if found["parts"] > SHOWN:
            yield f"  … and {found['parts'] - SHOWN} more"
        yield ""
    problems = document["problems"]
    if problems["count"]:
        yield f"Problems in the file: {problems['count']}"
        for problem in problems["shown"][:SHOWN]:
            place = f"row {problem['row']}" if problem["row"] else "file"
            yield f"  {place}: {problem['detail']} {problem['advice']}"
        if problems["count"] > SHOWN:
            yield f"  … and {problems['count'] - SHOWN} more"
        yield ""


_TELLING = ("number", "maker_number", "description", "value", "footprint")


def _part_name(part: Mapping[str, Any]) -> str:
    words = (part.get(name) for name in _TELLING)
    return " · ".join(dict.fromkeys(word for word in words if word)) or part["key"]


def _material_name(key: str, knowledge: Knowledge) -> str:
    return knowledge.supply.materials[MaterialId(key)].names[ENGLISH]


def _country_name(code: str, knowledge: Knowledge) -> str:
    country = knowledge.supply.countries.get(CountryCode(code))
    return country.names[ENGLISH] if country else code


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    table = [headings, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(headings))]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
