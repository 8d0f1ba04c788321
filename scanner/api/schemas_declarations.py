"""Schemas of material declarations."""

from marshmallow import fields, validate

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import Input, Page

TEXT_CHARS = 200
MOST_SUBSTANCES = 1_000
MOST_GRAMS = 1e12
CAS = r"^[1-9][0-9]{1,6}-[0-9]{2}-[0-9]$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class SubstanceSchema(Document):
    """A declared substance."""

    cas = fields.String(**always(description="CAS registry number.", example="7440-02-0"))
    name = fields.String(**nullable(description="Its name, as declared."))
    mass_g = fields.Float(**nullable(description="Grams in one piece."))
    fraction = fields.Float(**nullable(description="Mass fraction of the part, 0..1."))


class DeclarationSchema(Document):
    """A material declaration of a part."""

    number = fields.Integer(**always(description="Its number in the company's log."))
    at = fields.DateTime(**always(description="When it was added."))
    actor = fields.String(**always(description="Who added it."))
    full = fields.Boolean(
        **always(description="It names all substances of the whole part: no other evidence counts.")
    )
    unit_mass_g = fields.Float(**nullable(description="Grams of one piece."))
    supplier = fields.String(**nullable(description="Who declares."))
    document = fields.String(**nullable(description="Name or number of the document."))
    issued = fields.String(**nullable(description="Its date, ISO 8601."))
    substances = fields.List(fields.Nested(SubstanceSchema), **always(description="Substances."))
    unknown_cas = fields.List(
        fields.String(),
        **always(description="CAS numbers of which the release knows no raw material; kept."),
    )


class SubstanceInput(Input):
    """A substance in one piece: give its grams or its mass fraction."""

    cas = fields.String(
        required=True,
        validate=validate.Regexp(CAS),
        metadata={"description": "CAS registry number.", "example": "7440-02-0"},
    )
    name = fields.String(
        allow_none=True,
        validate=validate.Length(max=TEXT_CHARS),
        metadata={"description": "Its name."},
    )
    mass_g = fields.Float(
        allow_none=True,
        validate=validate.Range(min=0, max=MOST_GRAMS, min_inclusive=False),
        metadata={"description": "Grams in one piece.", "exclusiveMinimum": 0},
    )
    fraction = fields.Float(
        allow_none=True,
        validate=validate.Range(min=0, max=1, min_inclusive=False),
        metadata={"description": "Mass fraction of the part.", "exclusiveMinimum": 0},
    )


class DeclarationInput(Input):
    """A material declaration of a part."""

    full = fields.Boolean(
        required=True,
        metadata={"description": "It names all substances of the whole part."},
    )
    substances = fields.List(
        fields.Nested(SubstanceInput),
        required=True,
        validate=validate.Length(min=1, max=MOST_SUBSTANCES),
        metadata={"description": "The substances."},
    )
    unit_mass_g = fields.Float(
        allow_none=True,
        validate=validate.Range(min=0, max=MOST_GRAMS, min_inclusive=False),
        metadata={"description": "Grams of one piece.", "exclusiveMinimum": 0},
    )
    supplier = fields.String(
        allow_none=True,
        validate=validate.Length(max=TEXT_CHARS),
        metadata={"description": "Who declares."},
    )
    document = fields.String(
        allow_none=True,
        validate=validate.Length(max=TEXT_CHARS),
        metadata={"description": "Name or number of the document."},
    )
    issued = fields.String(
        allow_none=True,
        validate=validate.Regexp(DAY),
        metadata={"description": "Its date, ISO 8601.", "example": "2026-11-25"},
    )


class DeclarationListSchema(Page):
    """The declarations of a part that hold, oldest first."""

    items = fields.List(fields.Nested(DeclarationSchema), **always(description="Declarations."))


class NotTakenSchema(Document):
    """Something in a file that was not taken."""

    row = fields.Integer(**always(description="Row of the file, 1-based."))
    name = fields.String(**always(description="What it is called there."))
    reason = fields.String(**always(description="Why it was not taken."))


class DeclaredSchema(Document):
    """What became of a table or file of declarations."""

    added = fields.Integer(**always(description="Declarations that were added."))
    known = fields.Integer(**always(description="Declarations that held already, to the letter."))
    parts = fields.Integer(**always(description="Parts that they are of."))
    unknown_cas = fields.List(
        fields.String(),
        **always(description="CAS numbers of which the release knows no raw material; kept."),
    )
    refreshing = fields.Integer(
        **always(description="Current versions whose profiles are brought up to date with it.")
    )
    left_out = fields.List(
        fields.Nested(NotTakenSchema),
        **always(description="What of a file was not taken; the first 200."),
    )
    left_out_total = fields.Integer(**always(description="How much of a file was not taken."))
