"""Which format of the trade a marked-up file is in, and its lines."""

from collections.abc import Callable
from typing import BinaryIO

from scanner.core.bom import ReadLimits
from scanner.core.errors import UnsupportedType
from scanner.parse import cyclonedx, granta, ibom, kicad
from scanner.parse.markup import Element, read_xml
from scanner.parse.model import Records

_READERS: dict[str, Callable[[Element], Records]] = {
    "bom": cyclonedx.read_xml,
    "export": kicad.read_xml,
    granta.ROOT: granta.read_xml,
}
"""By the name of the root."""


def read_trade(stream: BinaryIO, kind: str, limits: ReadLimits) -> Records:
    """The lines of an XML document or an interactive page."""
    if kind == "declaration":
        raise UnsupportedType(
            "The file is a material declaration, and no list of parts.",
            advice="Send it to POST /v1/declarations: what it declares is then heeded in every "
            "BOM that names its parts.",
        )
    if kind == "html":
        return ibom.read_html(stream.read(), limits)
    root = read_xml(stream)
    read = _READERS.get(root.name)
    if read is None:
        raise UnsupportedType(
            f"The file is an XML document of a kind that is not read ({root.name[:40]}).",
            advice="Export the list as .xlsx or .csv.",
        )
    return read(root)
