"""The head of a profile: coverage first, then materials, countries, hotspots and doubts.

The head stays small whatever the size of the BOM: each list that could grow with the lines shows
its first entries and says how many there are; all lines are a resource of their own.
"""

from typing import Any

from scanner.core.evidence import RecognitionState
from scanner.core.names import MaterialId, SourceId
from scanner.core.scan import Basis, Findings, PartUse, Spending
from scanner.profile.countries import countries
from scanner.profile.documented import documented_answer, undocumented_lines
from scanner.profile.materials import MaterialUse, gather, in_order, material_answer
from scanner.profile.parts import names_of, part_identity, recognition_answer
from scanner.profile.reading import problems_answer, reading_answer
from scanner.profile.spending import spending_answer

SCHEMA = "profile/1"
SHOWN_PARTS = 50
SHOWN_HOTSPOTS = 20


def profile(findings: Findings) -> dict[str, Any]:
    """The answer for one BOM, without ids of a database, times or translated names.

    Parts are put in order once; every later sorting is stable and so needs no tie-breaker.
    """
    uses = sorted(findings.uses, key=lambda use: use.part.order)
    materials = in_order(gather(uses, findings.assessments), findings.assessments)
    answers = [material_answer(use, findings) for use in materials]
    document = {
        "schema": SCHEMA,
        **_basis(findings.basis),
        "coverage": _coverage(findings, uses),
        "spend": spending_answer(
            Spending.total(use.spending for use in uses), _annual_units(findings.basis)
        ),
        **documented_answer(findings.basis.options, uses),
        "materials": answers,
        "countries": countries(materials, findings),
        "hotspots": _hotspots(materials, uses, findings),
        "unrecognised": _parts_in_state(uses, RecognitionState.UNRECOGNISED),
        "ambiguous": _parts_in_state(uses, RecognitionState.AMBIGUOUS),
        "problems": problems_answer(findings.problems),
    }
    cited = sorted(names_of(document))
    document["sources"] = {key: _source(findings, key) for key in cited}
    return document


def _basis(basis: Basis) -> dict[str, Any]:
    reading, options = basis.reading, basis.options
    return {
        "input": reading_answer(basis.sha256, reading),
        "knowledge": {
            "release": basis.release.id,
            "date": basis.release.date,
            "state": basis.release.state,
            "sha256": basis.release.sha256,
            "overlays": [],
        },
        "engine": {"version": basis.engine_version, "normalisation": basis.normalisation},
        "decision_revision": basis.decision_revision,
        "options": {
            "annual_units": _annual_units(basis),
            "documented_only": options.documented_only,
        },
    }


def _annual_units(basis: Basis) -> str | None:
    units = basis.options.annual_units
    return None if units is None else str(units)


def _coverage(findings: Findings, uses: list[PartUse]) -> dict[str, Any]:
    def lines(state: RecognitionState) -> int:
        return sum(use.counted_lines for use in uses if use.part.recognition.state is state)

    return {
        "lines": sum(use.lines for use in uses),
        "recognised": lines(RecognitionState.RECOGNISED),
        "ambiguous": lines(RecognitionState.AMBIGUOUS),
        "unrecognised": lines(RecognitionState.UNRECOGNISED),
        "assemblies": sum(use.assembly_lines for use in uses),
        "not_fitted": sum(use.unfitted_lines for use in uses),
        "zero_amount": sum(use.zero_lines for use in uses),
        "with_mass": sum(
            use.counted_lines
            for use in uses
            if use.counts and any(content.mass_g is not None for content in use.contents)
        ),
        "without_materials": sum(
            use.counted_lines
            for use in uses
            if use.counts
            and not use.contents
            and use.part.recognition.state is RecognitionState.RECOGNISED
        ),
        "undocumented": undocumented_lines(uses),
        "distinct_parts": len(uses),
        "problems": len(findings.problems),
    }


def _hotspots(
    materials: list[MaterialUse], uses: list[PartUse], findings: Findings
) -> list[dict[str, Any]]:
    """The parts that hold, certainly or likely, the materials of highest supply risk."""
    risk = {
        use.material: findings.assessments[use.material].supply_risk.value
        for use in materials
        if not use.only_possible
    }

    listed = {
        use.material
        for use in materials
        if use.listed(findings.assessments[use.material].material.critical)
    }

    def scored(use: PartUse) -> tuple[float, list[MaterialId]] | None:
        held = {
            content.material
            for content in use.part.composition.contents
            if content.presence.rank < 2 and risk.get(content.material) is not None
        }
        critical = [m for m in held if m in listed]
        if not use.counts or not critical:
            return None
        ordered = sorted(critical, key=lambda m: (-(risk[m] or 0.0), m))
        return (risk[ordered[0]] or 0.0, ordered)

    found = [(score, use) for use in uses if (score := scored(use)) is not None]
    found.sort(key=lambda item: (-item[0][0], -len(item[0][1])))
    return [
        {
            "part": part_identity(use.part),
            "score_material": ordered[0],
            "supply_risk": {
                "value": top,
                "method": findings.assessments[ordered[0]].supply_risk.method,
                "year": findings.assessments[ordered[0]].supply_risk.year,
                "source": findings.assessments[ordered[0]].supply_risk.source,
            },
            "critical_materials": ordered,
            "lines": use.lines,
        }
        for (top, ordered), use in found[:SHOWN_HOTSPOTS]
    ]


def _parts_in_state(uses: list[PartUse], state: RecognitionState) -> dict[str, Any]:
    found = [use for use in uses if use.counts and use.part.recognition.state is state]
    found.sort(key=lambda use: -use.lines)
    return {
        "parts": len(found),
        "shown": [
            {"part": part_identity(use.part), "lines": use.lines, **recognition_answer(use.part)}
            for use in found[:SHOWN_PARTS]
        ],
    }


def _source(findings: Findings, key: str) -> dict[str, Any]:
    source = findings.sources[SourceId(key)]
    return {
        "title": source.title,
        "publisher": source.publisher,
        "year": source.year,
        "address": source.address,
        "licence": source.licence,
    }
