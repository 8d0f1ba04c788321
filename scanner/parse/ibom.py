"""The page that InteractiveHtmlBom writes: the groups of parts out of the data inside it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scanner.core.bom import ReadLimits
from scanner.core.errors import NoLines, UnreadableBom, UnsafeArchive
from scanner.parse.lz import Overflow, decompress
from scanner.parse.model import Records
from scanner.parse.named import take

_PACKED = re.compile(
    r'\bvar pcbdata\s*=\s*JSON\.parse\(LZString\.decompressFromBase64\("([A-Za-z0-9+/=]*)"\)\)'
)
_PLAIN = {name: re.compile(rf"\bvar {name}\s*=\s*(?=\{{)") for name in ("pcbdata", "config")}
_ADVICE = "Make the page anew with InteractiveHtmlBom, or export the list as .csv."
_FIRST_FIELDS = ("Value", "Footprint")


def read_html(content: bytes, limits: ReadLimits) -> Records:
    """The lines of the page, a group of equal parts each."""
    page = content.decode("utf-8", "replace")
    packed = _PACKED.search(page)
    if packed is None:
        data = _assigned(page, "pcbdata")
    else:
        try:
            data = _parsed(decompress(packed[1], most=limits.max_bytes))
        except Overflow as error:
            raise UnsafeArchive(
                f"The data of the page unpack to more than {limits.max_bytes} characters.",
                advice=_ADVICE,
            ) from error
    bom = data.get("bom")
    if not isinstance(bom, dict):
        raise _damaged("it has no list of parts")
    config = _assigned(page, "config") if _PLAIN["config"].search(page) else {}
    skipped = bom.get("skipped")
    records = list(_records(bom, config))
    if not records:
        raise NoLines("The page lists no parts.", advice=_ADVICE)
    return Records(
        records,
        pointer=None,
        format="ibom",
        skipped=len(skipped) if isinstance(skipped, list) else 0,
    )


def _assigned(page: str, name: str) -> dict[str, Any]:
    """The object that the page assigns to a variable."""
    start = _PLAIN[name].search(page)
    if start is None:
        raise _damaged(f"there is no {name}")
    try:
        found, _ = json.JSONDecoder().raw_decode(page, start.end())
    except (ValueError, RecursionError) as error:
        raise _damaged(f"{name} is no JSON") from error
    return _object(found)


def _parsed(text: str | None) -> dict[str, Any]:
    try:
        return _object(json.loads(text or ""))
    except (ValueError, RecursionError) as error:
        raise _damaged("what it packs is no JSON") from error


def _object(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _damaged("its data are no object")
    return found


def _damaged(reason: str) -> UnreadableBom:
    return UnreadableBom(f"The interactive page cannot be read: {reason}.", advice=_ADVICE)


def _records(bom: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    groups, fields = bom.get("both"), bom.get("fields")
    names = config.get("fields") or [*_FIRST_FIELDS, *(config.get("extra_fields") or ())]
    if not isinstance(groups, list):
        raise _damaged("its list of parts is none")
    for group in groups:
        try:
            parts, values = _group(group, fields)
            refs = [str(ref) for ref, *_ in parts]
        except (TypeError, ValueError, KeyError, IndexError) as error:
            raise _damaged("a group of parts is written in an unusual way") from error
        yield _record(refs, names, values)


def _group(group: Any, fields: Any) -> tuple[list[Any], list[Any]]:
    """The parts of a group and their values: pages made since 2023 keep the values apart."""
    if isinstance(group[0], int):
        _, value, footprint, parts, *more = group
        return parts, [value, footprint, *(more[0] if more else ())]
    return group, fields[str(group[0][1])]


def _record(refs: list[str], names: list[Any], values: list[Any]) -> dict[str, object]:
    record: dict[str, object] = {"designators": refs, "quantity": str(len(refs))}
    for name, value in zip(map(str, names), values, strict=False):
        text = str(value).strip()
        if name in _FIRST_FIELDS and text:
            record[name.casefold()] = text
        else:
            take(record, name, text)
    return record
