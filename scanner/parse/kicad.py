"""The XML that KiCad hands to its BOM scripts: one component per symbol on the sheets."""

from scanner.core.errors import NoLines
from scanner.parse.markup import Element
from scanner.parse.model import Records
from scanner.parse.named import take

_SHORT = 2
"""A symbol's name of so few letters (`R`, `C`) says no more than its designator does."""

_LEFT_OUT = "exclude_from_bom"
_NOT_FITTED = "dnp"


def read_xml(root: Element) -> Records:
    """The lines of the document: what the drawing leaves out of lists of parts is skipped."""
    components = list(root.all("components", "comp"))
    wanted = [one for one in components if _is_wanted(one)]
    if not wanted:
        raise NoLines(
            "The netlist has no components.", advice="Export it again from the schematic editor."
        )
    rows = [one.row for one in wanted]
    return Records(
        [_record(one) for one in wanted],
        pointer=None,
        format="kicad",
        rows=rows if len(set(rows)) == len(rows) else (),
        skipped=len(components) - len(wanted),
    )


def _is_wanted(component: Element) -> bool:
    """Whether it is a part: power symbols (`#PWR01`) and what the drawing excludes are none."""
    return not component.attribute("ref").startswith("#") and _LEFT_OUT not in _flags(component)


def _flags(component: Element) -> set[str]:
    return {one.attribute("name").casefold() for one in component.all("property")}


def _record(component: Element) -> dict[str, object]:
    texts = {
        "designators": component.attribute("ref"),
        "value": component.said("value"),
        "footprint": component.said("footprint"),
        "description": component.said("description"),
    }
    record: dict[str, object] = {"quantity": "1"}
    record.update({field: text for field, text in texts.items() if text not in ("", "~")})
    if _NOT_FITTED in _flags(component):
        record["fitted"] = "no"
    for one in component.all("fields", "field"):
        take(record, one.attribute("name"), one.text)
    for one in component.all("property"):
        take(record, one.attribute("name"), one.attribute("value"))
    source = component.first("libsource")
    if source is not None and "description" not in record:
        symbol = source.attribute("description") or source.attribute("part")
        if len(symbol) > _SHORT and symbol != record.get("value"):
            record["description"] = symbol
    return record
