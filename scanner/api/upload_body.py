"""How request bodies are described: uploads in their three forms, and lines as JSON."""

from collections.abc import Mapping
from typing import Any, Final

from scanner.api.bodies import JSON, MULTIPART, RAW_TYPES
from scanner.api.schemas_boms import UploadSchema, VersionUploadSchema

EXAMPLE_LINES: Final = [
    {"id": "a", "description": "O-ring 40x3 FKM", "quantity": 2},
    {"id": "b", "description": "Shaft", "material": "1.4462", "quantity": 1, "mass_g": 3400},
    {"id": "c", "description": "Tantalum capacitor 10 µF 25 V", "quantity": 4},
]

LINE_INPUT: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "One line as a caller sends it. All members are optional; at least one that "
    "says what the part is should be there.",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "description": "Your own id; comes back as `ref`."},
        "position": {"type": "string", "description": "Position number, such as `1.2`."},
        "level": {"type": "integer", "description": "Level in the tree, counted from the top."},
        "parent": {"type": "string", "description": "Position or part number of the assembly."},
        "part_number": {"type": "string", "description": "Your company's own part number."},
        "description": {"type": "string", "description": "What it is, in nl, en, de or fr."},
        "quantity": {
            "type": ["number", "string"],
            "description": "How many per parent; a number, or text such as `0.35 m`.",
        },
        "unit": {"type": "string", "description": "pcs, kg, g, m, mm, m², l and the like."},
        "maker": {"type": "string", "description": "Manufacturer."},
        "maker_number": {"type": "string", "description": "The manufacturer's part number."},
        "value": {"type": "string", "description": "Value of a component, such as `100n`."},
        "footprint": {"type": "string", "description": "Package or footprint."},
        "designators": {"type": "string", "description": "Reference designators: `C1, C2`."},
        "material": {"type": "string", "description": "Material or grade, such as `1.4404`."},
        "finish": {"type": "string", "description": "Surface finish, such as `Ni/Au`."},
        "mass_g": {"type": ["number", "string"], "description": "Grams of one piece."},
        "mass_line_g": {"type": ["number", "string"], "description": "Grams of the whole line."},
        "commodity_code": {"type": "string", "description": "HS or CN code."},
        "origin": {"type": "string", "description": "Country of origin."},
        "cas": {"type": "string", "description": "CAS registry number."},
        "supplier": {"type": "string", "description": "Supplier."},
        "price": {"type": ["number", "string"], "description": "Price of one piece."},
        "currency": {"type": "string", "description": "ISO 4217 code."},
        "fitted": {"type": ["boolean", "string"], "description": "False for DNP lines."},
        "remarks": {"type": "string", "description": "Anything else."},
    },
}
"""JSON schema of one line that a caller sends."""

_ANNUAL_UNITS: Final = {
    "type": ["string", "number"],
    "description": "Products per year, exact: then the profile has kilograms a year.",
}


def _lines(**more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["lines"],
        "additionalProperties": False,
        "properties": {
            "annual_units": _ANNUAL_UNITS,
            "lines": {
                "type": "array",
                "minItems": 1,
                "description": "The lines in order.",
                "items": {"$ref": "#/components/schemas/LineInput"},
            },
            **more,
        },
    }


_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}

UPLOAD_HEADERS: Final[Mapping[str, Any]] = {
    "Location": {"description": "Address of the BOM.", "schema": {"type": "string"}},
    "Preference-Applied": {
        "description": "The wait that was granted, when one was asked for.",
        "schema": {"type": "string"},
    },
}

_PREFER: Final = {
    "name": "Prefer",
    "in": "header",
    "description": "`wait=n`: wait up to n seconds for the profile; `wait=0` answers at once.",
    "schema": {"type": "string", "pattern": "^wait=[0-9]{1,3}$"},
    "example": "wait=10",
}


def _form(schema: type[UploadSchema]) -> dict[str, Any]:
    return {
        "schema": {
            "allOf": [
                schema,
                {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "CSV, XLSX, XLSB, XLS, ODS or JSON lines.",
                        }
                    },
                },
            ]
        }
    }


def _upload(schema: type[UploadSchema]) -> dict[str, Any]:
    return {
        "parameters": [_PREFER, {"in": "query", "schema": schema}],
        "requestBody": {
            "required": True,
            "description": "The content of a file decides what it is, not its name or type.",
            "content": {
                MULTIPART: _form(schema),
                **dict.fromkeys(RAW_TYPES, _BINARY),
                JSON: {
                    "schema": _lines(name={"type": "string", "description": "Name of the BOM."}),
                    "example": {"name": "Pump", "lines": EXAMPLE_LINES},
                },
            },
        },
    }


UPLOAD: Final = _upload(UploadSchema)
VERSION_UPLOAD: Final = _upload(VersionUploadSchema)
ANALYSIS: Final[Mapping[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {JSON: {"schema": _lines(), "example": {"lines": EXAMPLE_LINES}}},
    }
}
