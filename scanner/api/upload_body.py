"""How request bodies are described: uploads in their three forms, and lines as JSON."""

from collections.abc import Mapping
from typing import Any, Final

from scanner.api import answers, once
from scanner.api.bodies import JSON, MULTIPART, NAMED_TYPES
from scanner.api.schemas_boms import (
    MOST_ANNUAL_UNITS,
    NAME_CHARS,
    POSITIVE,
    UploadFormSchema,
    UploadSchema,
    VersionFormSchema,
    VersionUploadSchema,
)
from scanner.api.schemas_shared import DOCUMENTED_ONLY

_FIELDS: Final = {
    "id": "Your own id; comes back as `ref`.",
    "position": "Position number, such as `1.2`.",
    "level": "Level in the tree, counted from the top.",
    "parent": "Position or part number of the assembly.",
    "part_number": "Your company's own part number.",
    "description": "What it is, in Dutch, English, German or French.",
    "quantity": "How many per parent; a number, or text such as `0.35 m`.",
    "unit": "pcs, kg, g, m, mm, m², l and the like.",
    "maker": "Manufacturer.",
    "maker_number": "The manufacturer's part number.",
    "value": "Value of a component, such as `100n`.",
    "footprint": "Package or footprint.",
    "designators": "Reference designators: `C1, C2`, or a list.",
    "material": "Material or grade, such as `1.4404`.",
    "finish": "Surface finish, such as `Ni/Au`.",
    "mass_g": "Grams of one piece.",
    "mass_line_g": "Grams of the whole line.",
    "commodity_code": "HS or CN code.",
    "origin": "Country of origin.",
    "cas": "CAS registry number.",
    "supplier": "Supplier.",
    "price": "Price of one piece, or of `price_per` pieces: a number, or text such as `€ 1,25`.",
    "price_line": "Price of the whole line.",
    "price_per": "Of how many pieces `price` is: 1, 10, 100, 1000 …",
    "currency": "ISO 4217 code.",
    "fitted": "False for DNP lines.",
    "remarks": "Anything else.",
}
_SCALARS: Final = ["string", "number", "null"]
_TYPES: Final[Mapping[str, Any]] = {
    "fitted": {"type": ["boolean", *_SCALARS]},
    "designators": {"anyOf": [{"type": _SCALARS}, {"type": "array", "items": {"type": "string"}}]},
}

LINE_INPUT: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "One line as a caller sends it. All members are optional; one that says what "
    "the part is should be there. Numbers are taken as if they were text.",
    "additionalProperties": False,
    "properties": {
        name: {**_TYPES.get(name, {"type": _SCALARS}), "description": description}
        for name, description in _FIELDS.items()
    },
}
"""JSON schema of one line that a caller sends."""

_ANNUAL_UNITS: Final = {
    "anyOf": [
        {"type": "number", "exclusiveMinimum": 0, "maximum": MOST_ANNUAL_UNITS},
        {"type": "string", "pattern": POSITIVE.pattern},
    ],
    "description": "Products per year, exact: then the profile has kilograms a year.",
}


_NAME: Final = {
    "type": "string",
    "minLength": 1,
    "maxLength": NAME_CHARS,
    "description": "Name of the BOM; an analysis has no use for it.",
}


def _bom(line: str) -> dict[str, Any]:
    """The JSON schema of a BOM whose lines are as the schema at `line` says."""
    return {
        "type": "object",
        "required": ["lines"],
        "additionalProperties": False,
        "properties": {
            "name": _NAME,
            "annual_units": _ANNUAL_UNITS,
            "documented_only": {"type": "boolean", "description": DOCUMENTED_ONLY},
            "lines": {
                "type": "array",
                "minItems": 1,
                "description": "The lines in order.",
                "items": {"$ref": line},
            },
        },
    }


BOM_SCHEMA: Final[Mapping[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "/v1/schemas/bom",
    "title": "Bill of materials",
    "description": "What POST /v1/boms and POST /v1/analyses take as application/json, what a file "
    "of JSON holds, and what GET /v1/boms/{bom_id}/export gives.",
    **_bom("#/$defs/Line"),
    "$defs": {"Line": LINE_INPUT},
}
"""Our own JSON, for whoever checks documents before they are sent."""

_BOM_INPUT: Final = _bom("#/components/schemas/LineInput")


_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}

WAIT_HEADERS: Final[Mapping[str, Any]] = {
    "Preference-Applied": {
        "description": "The wait that was granted, when one was asked for.",
        "schema": {"type": "string"},
    },
}
UPLOAD_HEADERS: Final[Mapping[str, Any]] = {
    "Location": {"description": "Address of the BOM.", "schema": {"type": "string"}},
    **WAIT_HEADERS,
    **answers.ETAG_HEADER,
    **answers.RETRY_HEADER,
    **once.RESPONSE_HEADERS,
}

PREFER_WAIT: Final[Mapping[str, Any]] = {
    "name": "Prefer",
    "in": "header",
    "description": "`wait=n`: wait up to n seconds for the work; `wait=0` answers at once.",
    "schema": {"type": "string"},
    "example": "wait=10",
}


def _upload(
    schema: type[UploadSchema], form: type[UploadSchema], *more: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "parameters": [*more, {"in": "query", "schema": schema}],
        "requestBody": {
            "required": True,
            "description": "The content of a file decides what it is, not its name or type. Other "
            "content types of spreadsheets and plain text are taken, too.",
            "content": {
                MULTIPART: {"schema": form},
                **dict.fromkeys(NAMED_TYPES, _BINARY),
                JSON: {"schema": _BOM_INPUT},
            },
        },
    }


_STORED: Final = (PREFER_WAIT, once.PARAMETER)

UPLOAD: Final = _upload(UploadSchema, UploadFormSchema, *_STORED)
VERSION_UPLOAD: Final = _upload(VersionUploadSchema, VersionFormSchema, *_STORED, answers.IF_MATCH)
PREVIEW: Final = _upload(UploadSchema, UploadFormSchema)
ANALYSIS: Final[Mapping[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {JSON: {"schema": _BOM_INPUT}},
    }
}
