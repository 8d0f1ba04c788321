"""The page that looks anything up: a name, a code, a part number, or a line of text."""

from typing import Any, Final

from flask import Blueprint, render_template, request

from scanner.core.names import MaterialId, TargetKind
from scanner.core.scan import ScannedPart
from scanner.core.search import Fit, Subject
from scanner.pages.knowledge import cited_page
from scanner.pages.language import first_upper, name_of
from scanner.pages.wiring import context, open_to
from scanner.profile.materials import listing_answer
from scanner.profile.parts import content_answer, evidence_answer
from scanner.services import roles, search
from scanner.services.search import Found

routes = Blueprint("search_pages", __name__)
MOST_ASKED: Final = 100
MOST_FOUND: Final = 12
MOST_SUGGESTED: Final = 8
TARGETS: Final = {
    Subject.MATERIAL: TargetKind.MATERIAL,
    Subject.COMPONENT: TargetKind.CLASS,
    Subject.ALLOY: TargetKind.ALLOY,
    Subject.CODE: TargetKind.CODE,
}


@routes.get("/search")
@open_to(roles.Scope.KNOWLEDGE_READ)
def show() -> str:
    """What a text may mean, and what it is taken for as a line of a bill of materials."""
    asked = request.args.get("q", "").strip()[:MOST_ASKED]
    if not asked:
        return render_template("search.html", asked="")
    found = search.find(context(), asked, limit=MOST_FOUND)
    named = any(one.fit is Fit.IS and one.subject is not Subject.COMPONENT for one in found)
    line = None if named else _line(search.recognised(context(), asked))
    shown = {"asked": asked, "found": [shown_find(one) for one in found], "line": line}
    return cited_page("search.html", shown)


@routes.get("/search/suggestions")
@open_to(roles.Scope.KNOWLEDGE_READ)
def suggest() -> str:
    """What a text that is still being typed may mean: the piece of a page that a script shows."""
    asked = request.args.get("q", "").strip()[:MOST_ASKED]
    found = search.find(context(), asked, limit=MOST_SUGGESTED)
    return render_template("suggestions.html", found=[shown_find(one) for one in found])


def shown_find(found: Found) -> dict[str, Any]:
    """A thing that may be meant, as pages show it."""
    name = first_upper(name_of(found.names))
    return {
        "subject": found.subject,
        "id": found.id,
        "name": name,
        "text": None if found.text.casefold() == name.casefold() else found.text,
        "near": found.fit is Fit.NEAR,
        "target": f"{TARGETS[found.subject]}:{found.id}" if found.subject in TARGETS else None,
        **(_listed(MaterialId(found.id)) if found.subject is Subject.MATERIAL else {}),
    }


def _listed(material_id: MaterialId) -> dict[str, Any]:
    """Where a raw material stands on the EU's lists."""
    material = context().engine.knowledge.supply.materials[material_id]
    return {
        "critical": listing_answer(material.critical),
        "strategic": listing_answer(material.strategic),
    }


def _line(scanned: ScannedPart) -> dict[str, Any] | None:
    """What a line is taken for; None where nothing is recognised."""
    recognition = scanned.recognition
    if not recognition.evidence and not recognition.candidates:
        return None
    contents = [
        {**content_answer(one), **_listed(one.material)} for one in scanned.composition.contents
    ]
    return {
        "state": recognition.state,
        "evidence": [evidence_answer(one) for one in recognition.evidence],
        "candidates": [evidence_answer(one) for one in recognition.candidates],
        "materials": contents,
    }
