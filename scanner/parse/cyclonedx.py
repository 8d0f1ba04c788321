"""CycloneDX 1.x, JSON and XML: components of the type `device` are lines, nested ones their parts.

Software in the same document is counted as skipped. The number of pieces, the place on the board
and the stock number are the properties `cdx:device:quantity`, `…:location` and `…:sku` of the
official taxonomy. Version 2.0 tells quantity, material, classification and origins as members of
its own: they go where `_record` reads properties, once its schema is final.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from scanner.core.errors import NoLines, UnreadableBom, UnsupportedType
from scanner.parse import designators
from scanner.parse.markup import Element
from scanner.parse.model import Records

NAMESPACE = "http://cyclonedx.org/schema/bom/"
_DEEPEST = 512
_PROPERTY = "cdx:device:"
_MAKERS = ("manufacturer", "supplier")
_ADVICE = "Export it again with the hardware as components of the type 'device'."

Component = Mapping[str, Any]


class _Found(NamedTuple):
    """A component, where it stands, and how many devices it lies in."""

    component: Component
    place: str
    level: int


def read_json(document: Mapping[str, Any]) -> Records:
    """The lines of a document in JSON."""
    _check_version(str(document.get("specVersion", "")))
    found = list(_devices(document, ""))
    skipped = sum(1 for one in found if not _is_device(one.component))
    devices = [one for one in found if _is_device(one.component)]
    return _records(devices, skipped, pointers=[one.place for one in devices])


def read_xml(root: Element) -> Records:
    """The lines of a document in XML; its elements are named as the members of the JSON are."""
    _check_version(root.namespace.removeprefix(NAMESPACE))
    document = {"components": [_as_json(one) for one in root.all("components", "component")]}
    product = root.first("metadata", "component")
    if product is not None:
        document["metadata"] = {"component": _as_json(product)}  # type: ignore[assignment]
    found = list(_devices(document, ""))
    devices = [one for one in found if _is_device(one.component)]
    rows = [one.component["row"] for one in devices]
    return _records(devices, len(found) - len(devices), rows=rows)


def _check_version(version: str) -> None:
    if not version.startswith("1."):
        raise UnsupportedType(
            f"CycloneDX {version[:20] or 'without a version'} is not read.",
            advice="Export it as CycloneDX 1.4 to 1.7.",
        )


def _records(
    devices: list[_Found], skipped: int, *, rows: list[int] | None = None, pointers: Any = ()
) -> Records:
    if not devices:
        raise NoLines(f"None of the {skipped} components is a device.", advice=_ADVICE)
    nested = any(one.level for one in devices)
    clear = rows is not None and len(set(rows)) == len(rows)
    return Records(
        [_record(one, nested=nested) for one in devices],
        pointer=None,
        format="cyclonedx",
        rows=rows if rows is not None and clear else (),
        pointers=pointers,
        skipped=skipped,
    )


def _devices(document: Mapping[str, Any], place: str) -> Iterator[_Found]:
    """All components below the product, those that are no devices, too."""
    metadata = document.get("metadata")
    product = metadata.get("component") if isinstance(metadata, Mapping) else None
    if isinstance(product, Mapping):
        yield from _walk(product.get("components"), f"{place}/metadata/component/components", 0)
    yield from _walk(document.get("components"), f"{place}/components", 0)


def _walk(components: object, place: str, level: int, depth: int = 0) -> Iterator[_Found]:
    if not isinstance(components, list):
        return
    if depth > _DEEPEST:
        raise UnreadableBom("The components are nested without end.", advice=_ADVICE)
    for index, component in enumerate(components):
        if not isinstance(component, Mapping):
            raise UnreadableBom(f"What stands at {place}/{index} is no component.", advice=_ADVICE)
        here = f"{place}/{index}"
        yield _Found(component, here, level)
        inner = level + 1 if _is_device(component) else level
        yield from _walk(component.get("components"), f"{here}/components", inner, depth + 1)


def _is_device(component: Component) -> bool:
    return component.get("type") == "device"


def _record(found: _Found, *, nested: bool) -> dict[str, object]:
    """The record of a device. What names it is the maker's number where it has one's digits."""
    component = found.component
    record: dict[str, object] = {"level": found.level} if nested else {}
    said = _properties(component)
    name, description = _text(component, "name"), _text(component, "description")
    maker = next(filter(None, (_maker(component, one) for one in _MAKERS)), "")
    maker = maker or _text(component, "publisher")
    if maker:
        record["maker"] = maker
    words = [description]
    if maker and any(map(str.isdigit, name)):
        record["maker_number"] = name
    else:
        words = [name, description]
    function = said.get("function", "")
    if function.casefold() not in " ".join(words).casefold():
        words.append(function)
    record["description"] = ", ".join(dict.fromkeys(filter(None, words)))
    for field, key in (("quantity", "quantity"), ("part_number", "sku"), ("id", "")):
        text = said.get(key, "") if key else _text(component, "bom-ref")
        if text:
            record[field] = text
    if designators.looks_like(said.get("location", "")):
        record["designators"] = said["location"]
    return {key: value for key, value in record.items() if value != ""}


def _properties(component: Component) -> dict[str, str]:
    listed = component.get("properties")
    found: dict[str, str] = {}
    for one in listed if isinstance(listed, list) else ():
        name = _text(one, "name") if isinstance(one, Mapping) else ""
        if name.startswith(_PROPERTY):
            found.setdefault(name.removeprefix(_PROPERTY), _text(one, "value"))
    return found


def _maker(component: Component, role: str) -> str:
    organisation = component.get(role)
    return _text(organisation, "name") if isinstance(organisation, Mapping) else ""


def _text(component: Component, key: str) -> str:
    value = component.get(key)
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _as_json(component: Element) -> dict[str, Any]:
    """A component as its JSON would be, and the row on which it begins."""
    found: dict[str, Any] = {
        "row": component.row,
        "type": component.attribute("type"),
        "bom-ref": component.attribute("bom-ref"),
        "components": [_as_json(one) for one in component.all("components", "component")],
        "properties": [
            {"name": one.attribute("name"), "value": one.text}
            for one in component.all("properties", "property")
        ],
    }
    for name in ("name", "description", "publisher"):
        found[name] = component.said(name)
    for name in _MAKERS:
        found[name] = {"name": component.said(name, "name")}
    return found
