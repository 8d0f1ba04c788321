"""Pages of alloys, component classes and commodity codes."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, render_template, request, url_for

from scanner.core.catalogue import AlloyEntry, ClassEntry, CodeEntry
from scanner.core.evidence import Target
from scanner.core.names import Language, TargetKind
from scanner.pages.knowledge import cited_page
from scanner.pages.language import current, first_upper, name_of
from scanner.pages.wiring import context, open_to
from scanner.profile.catalogue import (
    constituent_answer,
    content_row,
    ingredient_answer,
    intensity_row,
    mass_answer,
)
from scanner.services import alloys, codes, components, roles

routes = Blueprint("catalogue_pages", __name__)
ON_ONE_PAGE: Final = 50
MOST_ASKED: Final = 100
CHAPTER_DIGITS: Final = 2


@routes.get("/components")
@open_to(roles.Scope.KNOWLEDGE_READ)
def list_components() -> str:
    """All component classes, as the tree that they are."""
    return render_template(
        "components.html", tops=[_branch(one) for one in components.tops(context())]
    )


@routes.get("/components/<class_id>")
@open_to(roles.Scope.KNOWLEDGE_READ)
def show_component(class_id: str) -> str:
    """A component class: its place in the tree, how it is recognised, and what is in it."""
    entry = components.get(context(), class_id)
    known = context().engine.knowledge.catalogue.classes
    wanted = (current(), Language("mul"))
    shown = {
        "name": first_upper(name_of(entry.names)),
        "above": [(one.id, name_of(one.names)) for one in components.above(context(), entry)],
        "children": [(child, name_of(known[child].names)) for child in entry.children],
        "spoken": [word for language in wanted for word in entry.words.get(language, ())],
        "designators": entry.designators,
        "part_numbers": entry.part_numbers,
        "composition": [constituent_answer(one) for one in entry.constituents],
        "ingredients": _ingredients(Target(TargetKind.CLASS, entry.id)),
        "masses": [mass_answer(one) for one in entry.masses],
        "entry": {"sources": list(entry.sources)},
    }
    return cited_page("component.html", shown)


@routes.get("/alloys")
@open_to(roles.Scope.KNOWLEDGE_READ)
def list_alloys() -> str:
    """The alloys, page by page, or those of which a designation holds what is asked for."""
    asked = _asked()
    page = alloys.list_page(
        context(), cursor=request.args.get("cursor"), limit=ON_ONE_PAGE, query=asked or None
    )
    entries = [
        {
            "id": entry.id,
            "name": first_upper(name_of(entry.names)),
            "base": entry.base,
            "designations": entry.designations,
        }
        for entry in page.items
    ]
    return render_template("alloys.html", asked=asked, page=page, entries=entries)


@routes.get("/alloys/<path:designation>")
@open_to(roles.Scope.KNOWLEDGE_READ)
def show_alloy(designation: str) -> str:
    """The alloy of a designation, or all that share it, with the composition as printed."""
    found = alloys.get(context(), designation.rstrip("/"))
    shown = {"asked": designation, "entries": [_alloy(entry) for entry in found]}
    return cited_page("alloy.html", shown)


@routes.get("/codes")
@open_to(roles.Scope.KNOWLEDGE_READ)
def list_codes() -> str:
    """The chapters; or, page by page, the codes that begin so or whose names hold the words."""
    asked = _asked()
    if not asked:
        return render_template("codes.html", asked="", page=None, entries=_chapters())
    by_digits = codes.is_code(asked)
    page = codes.list_page(
        context(),
        cursor=request.args.get("cursor"),
        limit=ON_ONE_PAGE,
        prefix=asked if by_digits else None,
        query=None if by_digits else asked,
    )
    entries = [_code(one) for one in page.items]
    return render_template("codes.html", asked=asked, page=page, entries=entries)


@routes.get("/codes/<hs>")
@open_to(roles.Scope.KNOWLEDGE_READ)
def show_code(hs: str) -> str:
    """A commodity code or the nearest heading above it, with what its goods hold."""
    found = codes.get(context(), hs)
    shown = {
        "asked": found.digits,
        "exact": found.exact,
        "entry": {**_code(found.entry), "sources": list(found.entry.sources)},
        "above": [_code(one) for one in found.headings],
        "children": [_code(one) for one in found.children],
        "contents": [content_row(one) for one in found.contents],
        "intensities": [intensity_row(one) for one in found.intensities],
    }
    return cited_page("code.html", shown)


def _asked() -> str:
    """What the form of a list asks for, without white space around it."""
    return request.args.get("q", "").strip()[:MOST_ASKED]


def _branch(entry: ClassEntry) -> dict[str, Any]:
    known = context().engine.knowledge.catalogue.classes
    below = sorted((_branch(known[child]) for child in entry.children), key=_by_name)
    return {"id": entry.id, "name": first_upper(name_of(entry.names)), "below": below}


def _by_name(branch: Mapping[str, Any]) -> str:
    return str(branch["name"]).casefold()


def _chapters() -> list[dict[str, Any]]:
    known = context().engine.knowledge.catalogue.codes
    return [_code(entry) for code, entry in known.items() if len(code) == CHAPTER_DIGITS]


def target_page(text: str) -> str | None:
    """The page about what evidence points to (``alloy:ss_1_4404``); None where there is none."""
    kind, _, key = text.partition(":")
    pages = {
        TargetKind.MATERIAL: ("knowledge_pages.show_material", "material_id"),
        TargetKind.ALLOY: ("catalogue_pages.show_alloy", "designation"),
        TargetKind.CLASS: ("catalogue_pages.show_component", "class_id"),
        TargetKind.CODE: ("catalogue_pages.show_code", "hs"),
    }
    page = pages.get(TargetKind(kind))
    arguments: dict[str, Any] = {} if page is None else {page[1]: key}
    return None if page is None else url_for(page[0], **arguments)


def _alloy(entry: AlloyEntry) -> dict[str, Any]:
    return {
        "name": first_upper(name_of(entry.names)),
        "base": entry.base,
        "designations": list(entry.designations),
        "composition": [constituent_answer(one) for one in entry.constituents],
        "ingredients": _ingredients(Target(TargetKind.ALLOY, entry.id)),
        "sources": list(entry.sources),
        "note": entry.note,
    }


def _code(entry: CodeEntry) -> dict[str, Any]:
    spoken = current()
    dutch = spoken == "nl" and entry.name_nl is not None
    return {"code": entry.code, "name": entry.name(spoken), "language": "nl" if dutch else "en"}


def _ingredients(target: Target) -> list[dict[str, Any]]:
    found = context().engine.knowledge.recipes.ingredients[target]
    return [ingredient_answer(one) for one in found]
