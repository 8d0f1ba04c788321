"""Schemas of the library as a whole: import, and the review queue."""

from marshmallow import fields

from scanner.api.schemas_parts import LibraryPartSchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import STATES, EvidenceSchema, Input, Page, PageQuery


class ImportQuery(Input):
    """How to import."""

    dry_run = fields.Boolean(
        metadata={"description": "Only tell what would be done; nothing is stored."}
    )


class ImportedSchema(Document):
    """What an import did, or would do."""

    parts = fields.Integer(**always(description="Parts that the file names."))
    decisions = fields.Integer(**always(description="Decisions that were made."))
    declarations = fields.Integer(**always(description="Declarations that were added."))
    unchanged = fields.Integer(**always(description="Parts of which all was said already."))
    dry_run = fields.Boolean(**always(description="Nothing was stored."))
    refreshing = fields.Integer(
        **always(description="Current versions whose profiles are brought up to date with it.")
    )


class ReviewQuery(PageQuery):
    """Which part of the queue."""

    bom = fields.UUID(
        metadata={
            "description": "Only parts of the current version of this BOM.",
            "example": "01936f00-0000-7000-8000-000000000000",
        }
    )


class TermSchema(Document):
    """A term of a priority; where it is not known, it has the value that stands for that."""

    value = fields.Float(**always(description="The term."))
    known = fields.Boolean(**always(description="It is computed, and not a stand-in."))


class AmountTermSchema(TermSchema):
    """The term of the amount, log10(1 + mass ÷ 0.001 g)."""

    mass_g = fields.Float(**nullable(description="Grams of all pieces; a year's where known."))


class ReviewTermsSchema(Document):
    """The terms of a priority."""

    risk = fields.Nested(
        TermSchema, **always(description="Highest EU supply risk at stake; 1 if unknown.")
    )
    amount = fields.Nested(
        AmountTermSchema, **always(description="The amount; that of 1 kg if unknown.")
    )
    doubt = fields.Float(**always(description="How much is open about the part, 0..1."))


class CandidateSchema(EvidenceSchema):
    """A reading that competes, with what it would bring."""

    materials = fields.List(fields.String(), **always(description="Ids of raw materials."))


class StakeSchema(Document):
    """A material that is in the part, or would be by a candidate."""

    material = fields.String(**always(description="Material id.", example="tantalum"))
    supply_risk = fields.Float(**nullable(description="Its EU supply risk."))


class SettlesSchema(Document):
    """What a decision would settle."""

    boms = fields.Integer(**always(description="BOMs whose current version uses the part."))
    versions = fields.Integer(**always(description="Current versions that use it."))
    lines = fields.Integer(**always(description="Their lines that name it."))
    pieces = fields.Float(
        **nullable(description="Pieces in them: a year's where products per year are known.")
    )


class ReviewEntrySchema(Document):
    """A part in doubt."""

    id = fields.UUID(**always(description="Id of the part."))
    part = fields.Nested(LibraryPartSchema, **always(description="What it is called."))
    state = fields.String(validate=STATES, **always(description="The worst of its wordings."))
    priority = fields.Float(**always(description="The product of the terms."))
    terms = fields.Nested(ReviewTermsSchema, **always(description="What it comes from."))
    evidence = fields.List(fields.Nested(EvidenceSchema), **always(description="What is accepted."))
    candidates = fields.List(
        fields.Nested(CandidateSchema), **always(description="Readings that compete.")
    )
    materials_at_stake = fields.List(
        fields.Nested(StakeSchema), **always(description="By id; empty where nothing is known.")
    )
    settles = fields.Nested(SettlesSchema, **always(description="What a decision would settle."))


class ReviewPageSchema(Page):
    """A page of the review queue, the weightiest first."""

    items = fields.List(fields.Nested(ReviewEntrySchema), **always(description="Parts in doubt."))
