"""An empty BOM to fill in, with headings that are read back as what they mean."""

import csv
import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scanner.core.names import Language

MARK: Final = "\ufeff"
"""Tells spreadsheet programs that the text is UTF-8."""

_WIDE: Final = frozenset({"description", "remarks"})
_TEXT_FORMAT: Final = "@"
"""Cells stay the text that was typed: no part number becomes a date or a rounded number."""

FIELDS: Final = (
    "position", "level", "part_number", "description", "quantity", "unit", "maker", "maker_number",
    "material", "finish", "mass_g", "commodity_code", "origin", "remarks",
)  # fmt: skip

HEADINGS: Final[Mapping[Language, tuple[str, ...]]] = MappingProxyType(
    {
        Language("en"): (
            "Position", "Level", "Part number", "Description", "Quantity", "Unit", "Manufacturer",
            "Manufacturer part number", "Material grade", "Finish", "Weight per piece (g)",
            "Commodity code", "Country of origin", "Remarks",
        ),
        Language("nl"): (
            "Positie", "Niveau", "Artikelnummer", "Omschrijving", "Aantal", "Eenheid", "Fabrikant",
            "Fabrikant artikelnummer", "Materiaal", "Oppervlaktebehandeling",
            "Gewicht per stuk (g)", "Goederencode", "Land van oorsprong", "Opmerkingen",
        ),
        Language("de"): (
            "Position", "Ebene", "Artikelnummer", "Bezeichnung", "Menge", "Einheit", "Hersteller",
            "Hersteller Teilenummer", "Werkstoff", "Oberflächenbehandlung",
            "Gewicht pro Stück (g)", "Warennummer", "Ursprungsland", "Bemerkungen",
        ),
        Language("fr"): (
            "Position", "Niveau", "Code article", "Libellé", "Quantité", "Unité", "Fabricant",
            "Référence fabricant", "Matière", "Traitement de surface", "Masse unitaire (g)",
            "Code douanier", "Pays d'origine", "Remarques",
        ),
    }
)  # fmt: skip
"""The heading of each of `FIELDS`, by language."""

SHEETS: Final[Mapping[Language, str]] = MappingProxyType(
    {
        Language("en"): "BOM",
        Language("nl"): "Stuklijst",
        Language("de"): "Stückliste",
        Language("fr"): "Nomenclature",
    }
)


def as_csv(language: Language) -> bytes:
    """The headings as CSV, delimited as spreadsheet programs in that language expect."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="," if language == "en" else ";").writerow(HEADINGS[language])
    return (MARK + text.getvalue()).encode()


def as_workbook(language: Language) -> bytes:
    """The headings as an XLSX workbook, whose cells keep what is typed as it is."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load, and seldom needed
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=False)
    sheet = book.worksheets[0]
    sheet.title = SHEETS[language]
    sheet.append(HEADINGS[language])
    sheet.freeze_panes = "A2"
    for number, (field, heading) in enumerate(zip(FIELDS, HEADINGS[language], strict=True), 1):
        sheet.cell(1, number).font = Font(bold=True)
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = 48 if field in _WIDE else len(heading) + 4
        column.number_format = _TEXT_FORMAT
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
