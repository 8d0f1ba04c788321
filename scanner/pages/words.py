"""Codes of answers as words in the language of the page."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

STAGES: Final[Mapping[str, Any]] = {
    "extraction": _l("extraction"),
    "processing": _l("processing"),
}
UNITS: Final[Mapping[str, Any]] = {
    "t": _l("tonnes"),
    "ct": _l("carats"),
    "million_m3": _l("million cubic metres"),
}
INTENSITY_UNITS: Final[Mapping[str, Any]] = {
    "kg_per_MW": _l("kg per MW"),
    "kg_per_kg_vehicle": _l("kg per kg of vehicle"),
    "kg_per_kg_motor": _l("kg per kg of motor"),
    "g_per_piece": _l("g per piece"),
}
SCOPES: Final[Mapping[str, Any]] = {
    "global": _l("world"),
    "eu_sourcing": _l("EU sourcing"),
}
SUPPLY_SCOPES: Final[Mapping[str, Any]] = {
    "world": _l("world"),
    "eu_sourcing": _l("EU sourcing"),
    "production": _l("world production"),
    "eu_imports": _l("imports of the EU"),
    "dutch_imports": _l("imports of the Netherlands"),
}
PRESENCES: Final[Mapping[str, Any]] = {
    "certain": _l("certain"),
    "likely": _l("likely"),
    "possible": _l("possible"),
}
VERSION_STATES: Final[Mapping[str, Any]] = {
    "processing": _l("being read"),
    "ready": _l("ready"),
    "failed": _l("not readable"),
}
RECOGNITION_STATES: Final[Mapping[str, Any]] = {
    "recognised": _l("recognised"),
    "ambiguous": _l("ambiguous"),
    "unrecognised": _l("not recognised"),
}
SUBJECTS: Final[Mapping[str, Any]] = {
    "material": _l("raw material"),
    "country": _l("country"),
    "component": _l("kind of part"),
    "alloy": _l("alloy"),
    "code": _l("commodity code"),
}
LOOKED_UP: Final[Mapping[str, Any]] = {
    **SUBJECTS,
    "text": _l("line of text"),
    "bom": _l("bill of materials"),
}
CASE_STATES: Final[Mapping[str, Any]] = {
    "open": _l("open"),
    "waiting": _l("waiting for an answer"),
    "closed": _l("closed"),
}
LEFT_OUT: Final[Mapping[str, Any]] = {
    "not_allowed": _l("A bill of materials is left out: your role sees none."),
    "gone": _l("Something that was looked up is left out: it is not there any more."),
    "not_ready": _l("A bill of materials is left out: it has not been read yet."),
}
DECISIONS: Final[Mapping[str, Any]] = {
    "confirm": _l("confirmed:"),
    "replace": _l("said to be:"),
    "nothing": _l("nothing is in it"),
    "dismiss": _l("not in it:"),
    "declare": _l("a declaration was added"),
    "undo": _l("a decision was undone"),
    "withdraw": _l("a declaration was withdrawn"),
}
EVIDENCE_KINDS: Final[Mapping[str, Any]] = {
    "decision": _l("decision of a person"),
    "declaration": _l("material declaration"),
    "substance": _l("substance"),
    "designation": _l("material grade"),
    "part_number": _l("part number"),
    "commodity_code": _l("commodity code"),
    "component_class": _l("kind of part"),
    "wording": _l("wording"),
}
FIELDS: Final[Mapping[str, Any]] = {
    "position": _l("position"),
    "level": _l("level"),
    "parent": _l("assembly"),
    "part_number": _l("part number"),
    "number": _l("part number"),
    "description": _l("description"),
    "quantity": _l("quantity"),
    "unit": _l("unit"),
    "maker": _l("manufacturer"),
    "maker_number": _l("manufacturer's part number"),
    "value": _l("value"),
    "footprint": _l("footprint"),
    "designators": _l("reference designators"),
    "designator_prefix": _l("reference designators"),
    "material": _l("material"),
    "finish": _l("finish"),
    "mass_g": _l("mass of one piece"),
    "unit_mass_g": _l("mass of one piece"),
    "mass_line_g": _l("mass of the line"),
    "commodity_code": _l("commodity code"),
    "origin": _l("origin"),
    "cas": _l("CAS number"),
    "supplier": _l("supplier"),
    "price": _l("price"),
    "price_line": _l("price of the line"),
    "price_per": _l("pieces that the price is for"),
    "currency": _l("currency"),
    "fitted": _l("fitted"),
    "decision": _l("part library"),
    "declaration": _l("part library"),
    "remarks": _l("remarks"),
    "id": _l("id"),
}
QUALIFIERS: Final[Mapping[str, Any]] = {
    "battery grade": _l("battery grade"),
    "for permanent magnets": _l("for permanent magnets"),
    "metal": _l("metal"),
    "metallurgy grade": _l("metallurgy grade"),
}
AGREEMENT_STATES: Final[Mapping[str, Any]] = {
    "in_force": _l("in force"),
    "provisionally_applied": _l("provisionally applied"),
    "concluded": _l("concluded, not in force"),
    "signed": _l("signed, not in force"),
    "negotiating": _l("being negotiated"),
    "suspended": _l("suspended"),
}
AGREEMENT_KINDS: Final[Mapping[str, Any]] = {
    "free_trade": _l("trade agreement"),
    "customs_union": _l("customs union"),
    "eea": _l("European Economic Area"),
    "overseas_association": _l("association of overseas countries"),
    "services": _l("agreement on services"),
    "investment": _l("investment agreement"),
    "trade_and_investment": _l("trade and investment partnership"),
    "raw_materials": _l("raw-materials partnership"),
}
DIMENSIONS: Final[Mapping[str, Any]] = {
    "voice_accountability": _l("Voice and accountability"),
    "political_stability": _l("Political stability"),
    "government_effectiveness": _l("Government effectiveness"),
    "regulatory_quality": _l("Regulatory quality"),
    "rule_of_law": _l("Rule of law"),
    "control_of_corruption": _l("Control of corruption"),
}
AREA_STANDINGS: Final[Mapping[str, Any]] = {
    "named": _l("named in the law"),
    "adjoining": _l("borders a country named in the law"),
    "listed": _l("listed as a whole"),
    "conflict_affected": _l("conflict-affected regions"),
    "high_risk": _l("high-risk regions"),
}
MEASURES: Final[Mapping[str, Any]] = {
    "ban": _l("ban"),
    "licence": _l("licence needed"),
    "quota": _l("quota"),
    "other": _l("kind not published"),
    "import_ban": _l("import ban"),
    "import_restriction": _l("import restriction"),
    "trade_ban": _l("trade ban"),
    "trade_restriction": _l("trade restriction"),
    "export_restriction": _l("restriction of exports to it"),
    "asset_freeze": _l("asset freeze"),
}
MEASURE_STATES: Final[Mapping[str, Any]] = {
    "announced": _l("announced"),
    "not_yet": _l("not yet in force"),
    "in_force": _l("in force"),
    "suspended": _l("suspended"),
    "ended": _l("ended"),
    "unknown": _l("unknown"),
}
GAPS: Final[Mapping[str, Any]] = {
    "no_fraction_known": _l("how much of it is in the part is not known"),
    "no_unit_mass_known": _l("the mass of one piece is not known"),
    "presence_only": _l("only its presence is known"),
    "no_quantity": _l("the line has no usable quantity"),
    "unit_not_convertible": _l("the unit cannot be converted to mass"),
    "left_out": _l("what rests on engineering knowledge alone is left out"),
}
REASONS: Final[Mapping[str, Any]] = {
    "not_published": _l("not published"),
    "not_published_at_assessed_stage": _l("not published for this stage"),
    "no_source_that_may_be_shipped": _l("no source that we may pass on"),
    "no_production": _l("no production by country is published"),
    "no_prices": _l("no series of prices"),
    "no_reserves": _l("no reserves are published"),
    "no_world_total_on_one_basis": _l("reserves and production are counted differently"),
    "counted_together": _l("only counted together with other raw materials"),
    "several_commodities": _l("several commodities that cannot be added up"),
    "world_total_missing": _l("the world total is not published"),
    "other_stage": _l("the newest data are of another stage"),
    "other_basis": _l("the newest data are counted differently"),
    "world_supply_not_weighed": _l("the study weighed the sourcing of the EU alone"),
    "not_assessed": _l("not assessed in the study"),
}
ROLES: Final[Mapping[str, tuple[Any, Any]]] = {
    "owner": (_l("Owner"), _l("everything, people and keys too")),
    "analyst": (_l("Analyst"), _l("hand over BOMs and see all of them")),
    "reader": (_l("Reader"), _l("see BOMs and look things up")),
    "help-desk": (_l("Help-desk"), _l("look things up, see no BOMs")),
}

PROBLEMS: Final[Mapping[str, tuple[Any, Any]]] = {
    "cancelled": (
        _l("The work was stopped before it was done."),
        _l("Upload the file again if you want its profile after all."),
    ),
    "unreadable-bom": (
        _l("The file cannot be read as a bill of materials."),
        _l("Save the list as .xlsx or .csv and upload that file."),
    ),
    "empty-file": (
        _l("The file is empty."),
        _l("Save the list again and upload that file."),
    ),
    "unsupported-type": (
        _l("This kind of file is not read."),
        _l("Save the list as .xlsx or .csv and upload that file."),
    ),
    "encrypted-workbook": (
        _l("The workbook is protected by a password."),
        _l("Remove the password in the spreadsheet program, save, and upload again."),
    ),
    "truncated-upload": (
        _l("The upload is incomplete."),
        _l("Upload the file again."),
    ),
    "no-header": (
        _l("No column headings were recognised."),
        _l("Put one row of headings above the lines: part number, description, quantity."),
    ),
    "no-lines": (
        _l("The file holds no lines."),
        _l("Check that the list is on the first sheet, as text and not as a picture."),
    ),
    "reader-failed": (
        _l("Reading the file took too much memory or time."),
        _l("Save the list as .csv, or split it, and upload again."),
    ),
    "unsafe-archive": (
        _l("The packed file is not safe to open."),
        _l("Open it in the spreadsheet program, save it anew as .xlsx, and upload that."),
    ),
    "bom-too-large": (
        _l("The bill of materials is larger than the limit."),
        _l("Remove pictures and other sheets, or upload it by assembly."),
    ),
    "cyclic-bom": (
        _l("An assembly contains itself."),
        _l("Correct the levels or parents along the path that is named."),
    ),
    "invalid-input": (
        _l("A value does not fit."),
        _l("Correct the value that is named."),
    ),
    "not-found": (
        _l("There is no such page here."),
        _l("It may have been deleted, or the address has a mistake."),
    ),
    "conflict": (
        _l("That no longer fits what is stored."),
        _l("Go back, load the page again, and try once more."),
    ),
    "not-ready": (
        _l("The result is not there yet."),
        _l("Try again in a moment."),
    ),
    "not-allowed": (
        _l("You may not do that."),
        _l("Ask the owner of your company's account."),
    ),
    "not-signed-in": (
        _l("Sign in first."),
        _l("Your session may have ended."),
    ),
    "storage-unavailable": (
        _l("The service cannot reach its data at this moment."),
        _l("Wait a moment and try again; nothing was stored by halves."),
    ),
    "storage-full": (
        _l("The service has no room left to store this."),
        _l("What is there can still be read. Tell the operator, and try again later."),
    ),
    "request-too-large": (
        _l("What you sent is larger than the limit."),
        _l("Remove pictures and other sheets, or upload it by assembly."),
    ),
    "bad-request": (
        _l("The form could not be read."),
        _l("Go back, load the page again, and try once more."),
    ),
    "internal-error": (
        _l("Something went wrong on our side."),
        _l("Try again; if it stays, tell the operator the number below."),
    ),
}
"""Per code of an error: what is wrong, and what to do."""
