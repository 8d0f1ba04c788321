"""``/v1/codes``: commodity codes with names, headings, and what their goods hold."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.resources import material_name
from scanner.api.schemas_catalogue import CodeDetailSchema, CodeListQuery, CodePageSchema
from scanner.core.catalogue import CodeEntry
from scanner.core.trade import TradeCode
from scanner.profile.catalogue import content_row, intensity_row
from scanner.services import codes

routes = Routes("codes", __name__, url_prefix="/v1")


@kept.resource(routes, "/codes", CodePageSchema, query=CodeListQuery)
def list_codes(query: Mapping[str, Any]) -> Response:
    """The codes in the order of their digits; by `prefix` or by words of their names."""
    page = codes.list_page(
        context(),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
        prefix=query.get("prefix"),
        query=query.get("q"),
    )
    return answers.page(page, [_code(entry) for entry in page.items])


@kept.resource(routes, "/codes/<hs>", CodeDetailSchema)
def get_code(hs: str) -> Response:
    """A code of 2 to 10 digits, or the nearest known heading above it, with what goods hold."""
    found = codes.get(context(), hs)
    entry = found.entry
    document = {
        **_code(entry),
        "asked": found.digits,
        "exact": found.exact,
        "names": {"en": entry.name_en} | ({"nl": entry.name_nl} if entry.name_nl else {}),
        "in_taric_2025": entry.in_taric_2025,
        "names_material": entry.names_material,
        "names_component": entry.names_class,
        "above": [_code(one) for one in found.headings],
        "children": [_code(one) for one in found.children],
        "contents": [_named(content_row(one)) for one in found.contents],
        "intensities": [_named(intensity_row(one)) for one in found.intensities],
        "trade": [_counted(one) for one in found.counted],
        "own_sources": list(entry.sources),
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document, *entry.sources)})


def _code(entry: CodeEntry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "nomenclature": entry.nomenclature,
        "name": entry.name(answers.language()),
        "parent": entry.parent,
    }


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "name": material_name(row["material"])}


def _counted(code: TradeCode) -> dict[str, Any]:
    row = asdict(code)
    del row["held"]
    return {**row, "materials": list(code.materials)}
