"""Web pages and XML documents: which of them are lists or declarations of the trade."""

import re
from typing import Final

from scanner.core.errors import UnsupportedType
from scanner.upload.model import FileKind

_START: Final = re.compile(rb"<(?:[\w.-]{1,100}:)?([\w.-]{1,100})([^<>]{0,10000})")
_PASSED: Final = ((b"<?", b"?>"), (b"<!--", b"-->"))
_IBOM: Final = (b"Interactive BOM", b"InteractiveHtmlBom", b"var pcbdata")
_SAVE_AS: Final = "Save the list as .xlsx or .csv and send that file."


def kind_of_markup(text: bytes) -> FileKind:
    """The kind by the root of the document; `UnsupportedType` for what is not read."""
    name, rest = _root(text)
    if name.casefold() == "html" and any(mark in text for mark in _IBOM):
        return FileKind.HTML
    if name in ("export", "PartsEco") or (name == "bom" and b"cyclonedx.org/schema/bom" in rest):
        return FileKind.XML
    if name == "MainDeclaration" or (name == "Main" and b"iec62474" in rest.lower()):
        return FileKind.DECLARATION
    if name.casefold() == "html" or text[:200].lstrip().lower().startswith(b"<!doctype html"):
        raise UnsupportedType("The file is a web page or an XML document.", advice=_SAVE_AS)
    raise UnsupportedType(
        f"The file is an XML document of a kind that is not read ({name[:40]}).", advice=_SAVE_AS
    )


def _root(text: bytes) -> tuple[str, bytes]:
    """The local name of the first element, and what stands in its tag; empty without one."""
    rest = text.lstrip()
    while True:
        for start, end in _PASSED:
            if rest.startswith(start):
                rest = rest[len(start) :].partition(end)[2].lstrip()
                break
        else:
            if not rest.startswith(b"<!"):
                break
            declared = rest.partition(b">")[0]
            if b"[" in declared:
                rest = rest.partition(b"]")[2]
            rest = rest.partition(b">")[2].lstrip()
    found = _START.match(rest)
    return ("", b"") if found is None else (found[1].decode("ascii", "replace"), found[2])
