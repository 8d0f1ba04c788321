"""The rows about countries of the tiny release."""

from tests.knowledge.supply_rows import cited, rows

DIMENSIONS = (
    *("voice_accountability", "political_stability", "government_effectiveness"),
    *("regulatory_quality", "rule_of_law", "control_of_corruption"),
)
SAID = ("id", "country", "subject", "materials", "measure", "start", "end", "reported", "as_of")


def estimates(edition, year, *values):
    return {"country": "CHL", "edition": edition, "year": year} | dict(
        zip(DIMENSIONS, values, strict=True)
    )


COUNTRY_ROWS = {
    "governance_estimates": cited(
        [
            estimates("2025", "2023", "0.8", "0.8", "0.8", "0.8", "0.8", ""),
            estimates("2025", "2024", "0.7", "0.8", "0.9", "0.9", "1", "1.1"),
            *(
                estimates("2024", str(year), "0.7", "0.8", "0.9", "0.9", "1", "1.1")
                for year in range(2016, 2021)
            ),
        ]
    ),
    "agreements": cited(
        rows(
            ("country", "name", "kind", "status", "date"),
            ("CHL", "EU-Chile", "free_trade", "in_force", "2003-02-01"),
            ("CHL", "Partnership", "raw_materials", "signed", "2023"),
            ("NAM", "EU-Namibia", "free_trade", "negotiating", ""),
        )
    ),
    "conflict_regimes": cited(
        rows(
            ("id", "name_en", "name_nl", "materials", "version", "legal_reference"),
            ("a_list", "A list", "Een lijst", "copper;zinc", "June 2026", "Article 1"),
        )
    ),
    "conflict_areas": cited(
        rows(
            ("regime", "country", "region", "name", "standing"),
            ("a_list", "CHL", "CL-AN", "Antofagasta", "high_risk"),
            ("a_list", "NAM", "", "", "listed"),
        )
    ),
    "export_restrictions": cited(
        [
            *rows(
                SAID,
                (
                    "chl_ban",
                    "CHL",
                    "copper ore",
                    "copper",
                    "ban",
                    "2020",
                    "2021-06",
                    "ended",
                    "2022",
                ),
                (
                    "nam_licence",
                    "NAM",
                    "all ores",
                    "",
                    "licence",
                    "2025-11-08",
                    "",
                    "suspended",
                    "2026-04-17",
                ),
            )
        ]
    ),
    "sanctions": cited(
        rows(
            (*SAID, "legal_reference"),
            (
                "nam_zinc",
                "NAM",
                "zinc",
                "zinc",
                "import_ban",
                "2022-04-09",
                "",
                "in_force",
                "2023",
                "Regulation 1",
            ),
        )
    ),
    "outlines": cited(
        rows(("country", "label_x", "label_y", "path"), ("NAM", "540", "300", "M530 290l9 0 0 9z"))
    ),
}
COUNTRY_ROWS["export_restrictions"][1] |= {
    "suspended_from": "2025-11-07",
    "suspended_until": "2026-11-10",
}
