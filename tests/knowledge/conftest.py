"""A tiny sound release, to be broken by one row at a time."""

import csv

import pytest

from scanner.knowledge import schema
from scanner.knowledge.loader import seal
from tests.knowledge.country_rows import COUNTRY_ROWS
from tests.knowledge.supply_rows import SUPPLY_ROWS

ROWS = {
    "sources": [
        {
            "id": "book",
            "title": "A book",
            "publisher": "A house",
            "year": "2023",
            "address": "doi:1",
            "licence": "CC BY 4.0",
            "terms": "open",
            "attribution": "A house, A book, CC BY 4.0",
        },
        {
            "id": "later_book",
            "title": "The next edition of the book",
            "publisher": "A house",
            "year": "2024",
            "address": "doi:2",
            "licence": "public domain",
            "terms": "public_domain",
        },
    ],
    "presence_words": [
        {"word": "certain", "presence": "certain", "note": "as it says"},
        {"word": "typical", "presence": "likely", "note": "component tables"},
        {"word": "possible", "presence": "possible", "note": "as it says"},
    ],
    "materials": [
        {
            "id": name,
            "category": "metals",
            "is_group": "no",
            "name_en": name,
            "name_nl": name,
            "name_de": name,
            "name_fr": name,
            "year": "2023",
            "source": "book",
            "parameter_source": "book",
            "strategic_annex": "I",
            "strategic_point": "a",
            "strategic_qualifier": "metal",
            "list_source": "book",
        }
        for name in ("copper", "zinc", "iron_ore", "silicon_metal", "natural_graphite", "titanium")
    ],
    "countries": [
        {
            "code": code,
            "alpha2": alpha2,
            "name_en": name,
            "name_nl": name,
            "name_de": name,
            "name_fr": name,
            "source": "book",
        }
        for code, alpha2, name in (
            ("CHL", "CL", "Chile"),
            ("NAM", "NA", "Namibia"),
            ("NLD", "NL", "Netherlands"),
        )
    ],
    "supply_shares": [
        {
            "material": "copper",
            "stage": "extraction",
            "scope": "global",
            "country": code,
            "fraction": fraction,
            "upper_bound": "no",
            "trade_parameter": "1",
            "year": "2016-2020",
            "source": "book",
        }
        for code, fraction in (("CHL", "0.6"), ("NAM", "0.4"))
    ],
    "governance": [
        {
            "country": "CHL",
            "use": use,
            "mean": "0.9",
            "year": year,
            "edition": edition,
            "source": "book",
        }
        for use, year, edition in (("newest", "2024", "2025"), ("study_2023", "2016-2020", "2024"))
    ],
    "development": [
        {"country": "CHL", "hdi": "0.86", "year": "2023", "edition": "HDR 2025", "source": "book"}
    ],
    "relations": [
        {
            "country": "CHL",
            "eu_member": "no",
            "eea_efta": "no",
            "customs_union": "no",
            "partnership": "yes",
            "partnership_date": "2023",
            "source": "book",
        },
        {
            "country": "NLD",
            "eu_member": "yes",
            "eea_efta": "no",
            "customs_union": "no",
            "partnership": "no",
            "source": "book",
        },
    ],
    "element_materials": [
        {
            "element": element,
            "context": context,
            "material": material,
            "upstream": "no",
            "source": "book",
        }
        for element, context, material in (
            ("Cu", "", "copper"),
            ("Zn", "", "zinc"),
            ("Fe", "", "iron_ore"),
            ("Si", "", "silicon_metal"),
            ("Si", "iron", ""),
            ("Ti", "", "titanium"),
            ("C", "", ""),
            ("C", "graphite", "natural_graphite"),
        )
    ],
    "phases": [
        {
            "phase": "CuO",
            "formula": "CuO",
            "material": "copper",
            "element": "Cu",
            "fraction": "0.79887",
            "basis": "element",
            "upstream": "no",
            "source": "book",
        }
    ],
    "substances": [
        {
            "cas": "7440-50-8",
            "name": "Copper",
            "formula": "Cu",
            "material": "copper",
            "element": "Cu",
            "fraction": "1",
            "basis": "element",
            "upstream": "no",
            "source": "book",
        }
    ],
    "alloys": [
        {"id": "brass", "family": "brass", "base": "Cu", "name": "Brass", "source": "book"},
        {"id": "steel", "family": "steel", "base": "Fe", "name": "Steel", "source": "book"},
    ],
    "alloy_grades": [{"family": "brass", "grade": "magnet", "source": "book"}],
    "grades": [
        {"qualifier": "metal", "role": "alloy", "shown": "yes", "source": "book"},
        {"qualifier": "metal", "role": "pigment", "shown": "no", "source": "book"},
    ],
    "alloy_composition": [
        {
            "alloy": alloy,
            "kind": "element",
            "item": item,
            "presence": presence,
            "low": low,
            "high": high,
            "basis": basis,
            "expert": "no",
            "source": "book",
        }
        for alloy, item, presence, low, high, basis in (
            ("brass", "Cu", "certain", "0.6", "0.65", "range"),
            ("brass", "Zn", "certain", "0.35", "0.4", "balance"),
            ("brass", "Fe", "", "0", "0.003", "limit_max"),
            ("steel", "Fe", "certain", "0.95", "0.99", "balance"),
            ("steel", "Si", "certain", "0.002", "0.03", "range"),
        )
    ],
    "classes": [
        {"id": "part", "name_en": "part", "name_nl": "deel", "source": "book"},
        {
            "id": "switch",
            "parent": "part",
            "name_en": "switch",
            "name_nl": "schakelaar",
            "source": "book",
        },
    ],
    "class_composition": [
        {
            "class_id": class_id,
            "kind": kind,
            "item": item,
            "role": role,
            "context": context,
            "presence": presence,
            "low": low,
            "typical": typical,
            "high": high,
            "expert": "no",
            "source": "book",
        }
        for class_id, kind, item, role, context, presence, low, typical, high in (
            ("part", "element", "Cu", "body", "", "typical", "", "", ""),
            ("part", "element", "C", "brush", "graphite", "certain", "", "", ""),
            ("part", "element", "Zn", "plating", "", "possible", "0.1", "0.2", "0.3"),
            ("switch", "alloy", "brass", "contact", "", "typical", "0.5", "0.5", "0.5"),
            ("switch", "phase", "CuO", "skin", "", "certain", "0.1", "0.1", "0.1"),
        )
    ],
    "class_amounts": [
        {
            "class_id": "switch",
            "element": "Cu",
            "role": role,
            "low": low,
            "typical": typical,
            "high": high,
            "unit": unit,
            "source": "book",
        }
        for role, low, typical, high, unit in (
            ("whole_device", "1", "2", "3", "mg_per_device"),
            ("spring", "", "0.9", "", "fraction_of_part"),
        )
    ],
    "piece_masses": [
        {"class_id": "switch", "low": "1", "typical": "2", "high": "3", "source": "book"},
        {"class_id": "switch", "package": "SW1", "low": "1", "high": "1", "source": "book"},
    ],
    "standard_masses": [
        {"standard": "DIN912", "size": size, "grams": grams, "source": "book"}
        for size, grams in (("M6X20", "6.5"), ("M2.5X10", "0.525"))
    ],
    "densities": [
        {
            "kind": kind,
            "item": item,
            "low": low,
            "typical": typical,
            "high": high,
            "source": source,
        }
        for kind, item, low, typical, high, source in (
            ("family", "brass", "8.4", "", "8.7", "book;later_book"),
            ("family", "steel", "7.7", "7.85", "8", "book"),
            ("alloy", "steel", "", "7.85", "", "book"),
            ("material", "copper", "", "8.96", "", "book"),
            ("class", "switch", "", "3", "", "book"),
        )
    ],
    "fastener_sizes": [
        {"standard": "DIN934", "thread": "M8", "shape": "nut", "pitch_mm": "1.25"}
        | {"outer_mm": "13", "outer_low_mm": "12.73", "height_mm": "6.5", "source": "book"},
        {"standard": "ISO7089", "thread": "M8", "shape": "washer", "bore_mm": "8.4"}
        | {"outer_mm": "16", "height_mm": "1.6", "source": "book;later_book"},
    ],
    "sections": [
        {"section": "HEA160", "kg_per_metre": "30.4", "web_mm": "6", "source": "book"},
    ],
    "dip_coats": [
        {"standard": "ISO1461", "up_to_mm": "3", "local_um": "45", "mean_um": "55"}
        | {"source": "book"},
        {"standard": "ISO1461", "local_um": "70", "mean_um": "85", "source": "book"},
    ],
    "designators": [{"prefix": "SW", "class_id": "switch", "source": "book"}],
    "terms": [
        {
            "text": text,
            "language": "en",
            "target": target,
            "kind": kind,
            "match": match,
            "ambiguity": "none",
            "negates": negates,
            "source": "book",
        }
        for text, target, kind, match, negates in (
            ("brass", "alloy:brass", "wording", "word", "no"),
            ("switch", "class:switch", "component_class", "word", "no"),
            ("copper-free", "material:copper", "wording", "exclude", "yes"),
        )
    ],
    "part_numbers": [
        {
            "id": "mpn001",
            "pattern": r"^SW\d{3}",
            "class_id": "switch",
            "tested": "10",
            "agreed": "9",
            "source": "book",
        }
    ],
    "codes": [
        {
            "code": code,
            "nomenclature": "CN2023" if len(code) == 8 else "HS2022",
            "name_en": name,
            "name_nl": "geraffineerd koper" if code == "7403" else "",
            "in_taric_2025": "yes" if len(code) == 8 else "",
            "source": "book",
        }
        for code, name in (
            ("74", "Copper"),
            ("7403", "Refined copper"),
            ("740311", "Cathodes"),
            ("74031100", "Cathodes"),
            ("85", "Electrical machinery"),
            ("8536", "Apparatus for switching"),
            ("853650", "Switches"),
        )
    ],
    "code_contents": [
        {
            "code": code,
            "material": "copper",
            "form": "refined",
            "role": "main_constituent",
            "presence": presence,
            "low": low,
            "high": high,
            "figures_of": "goods",
            "basis": basis,
            "expert": expert,
            "source": "book",
        }
        for code, presence, low, high, basis, expert in (
            ("7403", "certain", "0.975", "1", "legal note", "no"),
            ("7403110010", "", "", "0.9999", "tariff text", "no"),
            ("853650", "typical", "", "", "contacts", "yes"),
        )
    ],
    "code_intensities": [
        {
            "code": "853650",
            "product": "light switch",
            "material": "copper",
            "low": "1",
            "typical": "2",
            "high": "3",
            "unit": "g_per_piece",
            "values": "4",
            "source": "book",
        }
    ],
    "commodity_codes": [
        {
            "code": "7403",
            "material": "copper",
            "upstream": "no",
            "source": "book",
        },
        {
            "code": "853650",
            "class_id": "switch",
            "upstream": "no",
            "source": "book",
        },
    ],
    **SUPPLY_ROWS,
    **COUNTRY_ROWS,
}


class Draft:
    """A release in a folder, whose rows a test may change before it is written and sealed."""

    id = "test-draft"

    def __init__(self, root):
        self.root = root
        self.folder = root / self.id
        self.rows = {name: [dict(row) for row in rows] for name, rows in ROWS.items()}

    def write(self):
        self.folder.mkdir(exist_ok=True)
        for table in schema.TABLES:
            with (self.folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(out, table.columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(self.rows[table.name])
        head = f'id = "{self.id}"\ndate = "2026-11-25"\nstate = "draft"\n\n[tables]\n'
        (self.folder / "release.toml").write_text(head, encoding="utf-8")
        seal(self.id, root=self.root)
        return self


@pytest.fixture
def draft(tmp_path):
    """A tiny sound release, not yet written."""
    return Draft(tmp_path)
