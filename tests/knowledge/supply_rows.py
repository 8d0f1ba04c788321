"""The rows about supply of the tiny release."""

OUTPUT = ("commodity", "source", "year", "country", "quantity", "estimated", "state")
TOTALS = ("commodity", "source", "year", "area", "quantity", "state", "note")
HISTORY = (
    *("material", "assessed_as", "year", "supply_risk", "economic_importance"),
    *("listed", "by_group"),
)
FLOW = ("code", "importer", "year", "origin", "value_kusd", "weight_t", "without_weight")


def rows(columns, *values):
    return [dict(zip(columns, map(str, row), strict=True)) for row in values]


def cited(found):
    return [{"source": "book", **row} for row in found]


SUPPLY_ROWS = {
    "stage_words": rows(
        ("word", "stage", "note"),
        ("mine", "extraction", "what leaves the mine"),
        ("refinery", "processing", "refined"),
        ("product", "", "beyond both"),
    ),
    "commodities": rows(
        ("id", "materials", "step", "unit", "name_en", "name_nl"),
        ("copper_mined", "copper", "mine", "t", "copper in ore", "koper in erts"),
        ("copper_refined", "copper", "refinery", "t", "refined copper", "geraffineerd koper"),
        ("brass_ore", "copper;zinc", "mine", "t", "brass ore", "messingerts"),
        ("salt", "", "mine", "t", "salt", "zout"),
    ),
    "production_series": rows(
        ("commodity", "source", "basis"),
        ("copper_mined", "book", "contained metal"),
        ("copper_mined", "later_book", "contained metal"),
        ("brass_ore", "book", "gross weight"),
    ),
    "production": rows(
        OUTPUT,
        ("copper_mined", "book", 2021, "CHL", 60, "no", ""),
        ("copper_mined", "book", 2021, "NAM", 30, "yes", ""),
        ("copper_mined", "book", 2021, "NLD", "", "no", "withheld"),
        ("copper_mined", "book", 2022, "CHL", 61, "yes", ""),
        ("copper_mined", "later_book", 2022, "CHL", 62, "no", ""),
        ("brass_ore", "book", 2021, "CHL", 5, "no", ""),
    ),
    "production_totals": rows(
        TOTALS,
        ("copper_mined", "book", 2021, "world", 100, "", ""),
        ("copper_mined", "book", 2021, "others", 10, "", ""),
        ("copper_mined", "book", 2022, "world", "", "not_available", ""),
    ),
    "reserves": cited(
        rows(
            ("commodity", "year", "country", "quantity", "basis"),
            ("copper_mined", 2024, "NAM", 200, "contained metal"),
            ("copper_mined", 2024, "CHL", 800, "contained metal"),
        )
    ),
    "reserve_totals": cited(
        rows(
            ("commodity", "year", "area", "quantity", "bound", "basis"),
            ("copper_mined", 2024, "world", 1000, "", "contained metal"),
            ("salt", 2024, "world", 9000, "lower", "gross weight"),
        )
    ),
    "trade_codes": cited(
        rows(
            ("code", "nomenclature", "materials", "step"),
            ("260300", "HS1992", "copper", "mine"),
            ("740311", "HS1992", "copper", "refinery"),
        )
    ),
    "trade": cited(
        rows(
            FLOW,
            ("260300", "EU27", 2023, "CHL", 12.5, 40, 0),
            ("260300", "EU27", 2023, "NAM", 1.5, "", 2),
            ("260300", "NLD", 2023, "CHL", 2.5, 8, 0),
        )
    ),
    "prices": cited(
        rows(
            ("materials", "series", "primary", "basis", "unit", "year", "price", "estimated"),
            ("copper", "cathode", "yes", "refined copper", "usd_lb", 2022, 4, "no"),
            ("copper", "cathode", "yes", "refined copper", "usd_t", 2023, 9000, "yes"),
            ("copper", "scrap", "no", "scrap", "usd_kg", 2023, 5, "no"),
        )
    ),
    "companions": rows(
        ("material", "fraction", "year", "source"),
        ("copper", "0.09", 2008, "book"),
        ("zinc", "", "", ""),
    ),
    "companion_hosts": cited(
        rows(
            ("material", "host", "host_material"), ("copper", "iron", "iron_ore"), ("zinc", "a", "")
        )
    ),
    "recycling": cited(
        rows(
            ("material", "measure", "estimate", "low", "high", "bound", "year", "locator"),
            ("copper", "eol_rr", 1, 0.43, 0.53, "", 2011, "table 1"),
        )
    ),
    "emissions": cited(
        rows(
            ("material", "form", "low", "typical", "high", "year"),
            ("copper", "metal", "2.2", "2.8", "3.5", 2008),
        )
    ),
    "sectors": cited(
        rows(
            ("code", "name_en", "name_nl", "value_added_meur", "name_source"),
            ("C27", "electrical equipment", "elektrische apparatuur", 89422, "book"),
        )
    ),
    "end_uses": cited(
        rows(
            ("material", "application", "sector", "fraction"),
            ("copper", "cable", "C27", 0.6),
            ("copper", "other", "", ""),
            ("copper", "roofs", "", 0.4),
        )
    ),
    "history": [
        {"list_source": "book", **row}
        for row in cited(
            rows(
                HISTORY,
                ("copper", "", 2020, 0.3, 4.7, "no", "no"),
                ("copper", "cuprum", 2011, 0.2, "", "no", "yes"),
                ("copper", "", 2023, "", "", "no", "no"),
            )
        )
    ],
    "parameters_2017": cited(
        rows(
            ("material", "stage", "supply_risk", "economic_importance", "mix"),
            ("copper", "extraction", 0.2, 4.7, "both"),
        )
    ),
}
"""One sound release's rows by table."""
