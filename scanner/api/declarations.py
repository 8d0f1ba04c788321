"""``/v1/declarations`` and ``/v1/parts/{id}/declarations``: material declarations of parts."""

from typing import Any
from uuid import UUID

from scanner.api import answers, bodies
from scanner.api.access import actor, company, context
from scanner.api.company import whole
from scanner.api.contract import Routes
from scanner.api.parts import CHANGE, CHANGE_PROBLEMS, decided, guard, sees_boms
from scanner.api.schemas_declarations import (
    DeclarationInput,
    DeclarationListSchema,
    DeclaredSchema,
)
from scanner.api.schemas_parts import DecidedSchema
from scanner.core.statements import Declaration, DeclaredSubstance
from scanner.services import declaration_files, declarations
from scanner.services.declaration_tables import COLUMNS, declared_parts
from scanner.services.roles import Scope

FILE_PROBLEMS = tuple(
    code for code in bodies.FILE_PROBLEMS if code not in ("malformed-json", *bodies.ROW_PROBLEMS)
)
routes = Routes("declarations", __name__, url_prefix="/v1")

CSV = "text/csv"
XML = ("application/xml", "text/xml")
TABLE = "A substance a row. Columns, in any order: " + "; ".join(
    f"`{name}`: {meaning}" for name, meaning in COLUMNS.items()
)
_DECLARATION = {"schema": {"type": "string", "description": "IPC-1752A, IPC-1752B or IEC 62474."}}
BODY = {
    "required": True,
    "content": {
        CSV: {"schema": {"type": "string", "description": f"{TABLE}."}},
        **dict.fromkeys(XML, _DECLARATION),
    },
}


@routes.operation(
    "POST",
    "/declarations",
    scope=Scope.PARTS_WRITE,
    answer=DeclaredSchema,
    problems=(*bodies.ROW_PROBLEMS, *FILE_PROBLEMS),
    extra={"requestBody": BODY},
    done_once=True,
)
def declare_parts() -> Any:
    """Add declarations of many parts: all of them, or nothing.

    A table (CSV, UTF-8), whose rows of one part, basis, supplier, document and date are one
    declaration, or a declaration of the trade (XML): IPC-1752A, IPC-1752B or IEC 62474, as
    chemSHERPA writes it. A file's product is known by maker and the maker's number, or by your own
    number; what of it has no CAS number or mass is left out and told. Parts that the library does
    not have are added. A declaration that holds already is not added again.
    """
    with bodies.file(XML) as upload:
        if upload is not None:
            of_file = declaration_files.of_file(context(), company(), upload)
            return declarations.declare(
                context(), company(), of_file.declared, by=actor(), left_out=of_file.left_out
            )
    found = declared_parts(bodies.rows(CSV))
    return declarations.declare(context(), company(), found, by=actor())


@routes.operation(
    "GET",
    "/parts/<uuid:part_id>/declarations",
    scope=Scope.PARTS_READ,
    answer=DeclarationListSchema,
    problems=("not-found",),
)
def list_declarations(part_id: UUID) -> Any:
    """The declarations of a part that hold, oldest first."""
    return answers.json(whole(declarations.list_all(context(), company(), part_id)))


@routes.operation(
    "POST",
    "/parts/<uuid:part_id>/declarations",
    scope=Scope.PARTS_WRITE,
    answer=DecidedSchema,
    status=201,
    problems=(*bodies.JSON_PROBLEMS, "not-found"),
    extra=bodies.takes(DeclarationInput),
    done_once=True,
)
def declare_part(part_id: UUID) -> Any:
    """Add a declaration of a part.

    A full one stands in the place of all other evidence but decisions; a partial one adds to it.
    One that holds already is not added again.
    """
    given = bodies.json_object(DeclarationInput())
    declaration = Declaration(
        number=0,
        full=given["full"],
        substances=tuple(DeclaredSubstance(**one) for one in given["substances"]),
        unit_mass_g=given.get("unit_mass_g"),
        supplier=given.get("supplier"),
        document=given.get("document"),
        issued=given.get("issued"),
    )
    done = declarations.declare_one(
        context(),
        company(),
        part_id,
        declaration,
        by=actor(),
        with_names=sees_boms(),
    )
    return decided(done, status=201)


@routes.operation(
    "DELETE",
    "/parts/<uuid:part_id>/declarations/<int:number>",
    scope=Scope.PARTS_WRITE,
    answer=DecidedSchema,
    problems=CHANGE_PROBLEMS,
    extra=CHANGE,
)
def withdraw_declaration(part_id: UUID, number: int) -> Any:
    """Have a declaration no longer hold; the history keeps it."""
    done = declarations.withdraw(
        context(),
        company(),
        part_id,
        number,
        by=actor(),
        guard=guard(),
        with_names=sees_boms(),
    )
    return decided(done)
