"""Declarations out of files of the trade: IPC-1752A and -1752B, IEC 62474.

A product is a part of the library by the receiver's own number where that is known there and the
maker's number is not, else by maker and the maker's number.
"""

from dataclasses import replace
from typing import Final, NamedTuple

from scanner import reader
from scanner.core.bom import Part
from scanner.core.errors import InvalidInput, InvalidRows, Place, UnsupportedType
from scanner.core.names import CompanyId
from scanner.match import part_key
from scanner.parse.declared import DeclaredProduct, LeftOut
from scanner.services.context import Context
from scanner.services.declarations import DeclaredPart, checked
from scanner.store import library
from scanner.upload import FileKind, Upload

ADVICE: Final = "Ask the supplier for a corrected declaration; nothing was stored."


class FileDeclarations(NamedTuple):
    """What a file declares of parts, and what in it cannot be taken."""

    declared: list[DeclaredPart]
    left_out: list[LeftOut]


def of_file(ctx: Context, company_id: CompanyId, upload: Upload) -> FileDeclarations:
    """The declarations of an uploaded file.

    Raises `UnsupportedType` for any other file, what the reader raises, and `InvalidRows` for
    products whose substances do not fit them.
    """
    if upload.kind is not FileKind.DECLARATION:
        raise UnsupportedType(
            f"The file is no material declaration, but {upload.kind}.",
            advice="Send an IPC-1752A, IPC-1752B or IEC 62474 declaration as XML, or a table as "
            "text/csv.",
        )
    found = reader.read_declarations(upload, ctx.settings.read_limits)
    _check(found.products)
    known = _known(ctx, company_id, found.products)
    declared = [
        DeclaredPart(one.declaration, part=_part(one.part, known)) for one in found.products
    ]
    return FileDeclarations(declared, found.left_out)


def _check(products: list[DeclaredProduct]) -> None:
    wrong = []
    for product in products:
        try:
            checked(product.declaration)
        except InvalidInput as error:
            wrong.append((Place(row=product.row), error.detail))
    if wrong:
        raise InvalidRows.of(wrong, advice=ADVICE)


def _known(ctx: Context, company_id: CompanyId, products: list[DeclaredProduct]) -> set[str]:
    """The keys among all that the products could have which the library has."""
    keys = [part_key(one) for product in products for one in _readings(product.part)]
    with ctx.database.reading() as connection:
        return set(library.ids_of(company_id, connection, keys))


def _readings(part: Part) -> list[Part]:
    """The part as its maker calls it, and as the receiver does, where each is known."""
    found = []
    if part.maker_number is not None:
        found.append(replace(part, number=None))
    if part.number is not None:
        found.append(replace(part, maker=None, maker_number=None))
    return found


def _part(part: Part, known: set[str]) -> Part:
    readings = _readings(part)
    return next((one for one in readings if part_key(one) in known), readings[0])
