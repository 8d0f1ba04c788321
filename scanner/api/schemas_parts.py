"""Schemas of the part library: parts, and decisions about them."""

from marshmallow import fields, validate

from scanner.api.schemas_declarations import DeclarationSchema
from scanner.api.schemas_lines import (
    MATERIAL_CHARS,
    LineMaterialSchema,
    PartIdentitySchema,
    UnitMassSchema,
)
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import (
    SHA256,
    STATES,
    EvidenceSchema,
    Input,
    Page,
    PageQuery,
    RangeSchema,
)
from scanner.core.statements import DecisionKind
from scanner.services.parts import Order
from scanner.services.statements import KINDS

TEXT_CHARS = 200
REASON_CHARS = 2_000
TARGET_CHARS = 200
MOST_CONTENTS = 100
MOST_GRAMS = 1e12
DECISION_KINDS = validate.OneOf([str(kind) for kind in DecisionKind])
ENTRY_KINDS = validate.OneOf(list(KINDS))


class LibraryPartSchema(PartIdentitySchema):
    """A part: its key, and the fields of one of its wordings."""

    class Meta(PartIdentitySchema.Meta):
        """Lists need no fingerprint."""

        exclude = ("fingerprint",)


class PartItemSchema(Document):
    """A part as lists tell of it: what was made of it when it was last read or decided upon."""

    id = fields.UUID(**always(description="Id of the part."))
    part = fields.Nested(LibraryPartSchema, **always(description="What it is called."))
    created_at = fields.DateTime(**always(description="When a BOM first named it."))
    state = fields.String(validate=STATES, **always(description="The worst of its wordings."))
    doubt = fields.Float(**always(description="How much is open, 0..1; see docs/methods.md."))
    materials = fields.List(
        fields.String(), **always(description="Ids of the raw materials in it, however sure.")
    )
    supply_risk = fields.Float(
        **nullable(description="The highest EU supply risk among the materials at stake.")
    )
    unit_mass_g = fields.Float(**nullable(description="Grams of one piece, where known."))
    decision = fields.String(
        validate=DECISION_KINDS, **nullable(description="Kind of the decision that holds.")
    )
    declared = fields.Boolean(**always(description="A declaration holds."))
    revision = fields.Integer(
        **always(description="Number of the newest entry about it in the company's log; 0: none.")
    )


class PartPageSchema(Page):
    """A page of the part library."""

    items = fields.List(fields.Nested(PartItemSchema), **always(description="Parts."))


class PartListQuery(PageQuery):
    """Which parts, in which order, and which page of them."""

    state = fields.String(validate=STATES, metadata={"description": "Only parts in this state."})
    material = fields.String(
        validate=validate.Length(min=1, max=MATERIAL_CHARS),
        metadata={
            "description": "Only parts with this raw material, by its id.",
            "example": "cobalt",
        },
    )
    decided = fields.Boolean(
        metadata={"description": "Only parts with (`true`) or without (`false`) a decision."}
    )
    text = fields.String(
        validate=validate.Length(min=1, max=TEXT_CHARS),
        metadata={
            "description": "Only parts with this in key, numbers, maker, description, value or "
            "material; case does not count.",
            "example": "magn",
        },
    )
    sort = fields.Enum(
        Order,
        by_value=True,
        metadata={"description": "Order; `-` for backwards. By key otherwise.", "example": "key"},
    )


class OnePieceMassSchema(RangeSchema):
    """Grams of one piece."""

    origin = fields.String(
        **always(description="Where it is from: `bom`, `declaration`, …; more may come.")
    )
    source = fields.String(**nullable(description="Key of the source."))


class WordingSchema(Document):
    """One way in which BOMs describe a part, and what it is recognised as."""

    part = fields.Nested(PartIdentitySchema, **always(description="The part in these words."))
    state = fields.String(validate=STATES, **always(description="What we made of it."))
    evidence = fields.List(fields.Nested(EvidenceSchema), **always(description="Strongest first."))
    candidates = fields.List(
        fields.Nested(EvidenceSchema), **always(description="Readings that compete.")
    )
    negations = fields.List(
        fields.Nested(EvidenceSchema), **always(description="What is said not to be there.")
    )
    unit_mass_g = fields.Nested(OnePieceMassSchema, **nullable(description="Grams of one piece."))
    unit_masses = fields.List(
        fields.Nested(UnitMassSchema),
        **always(description="Of one piece, metre and square metre, and how they were found."),
    )
    materials = fields.List(
        fields.Nested(LineMaterialSchema),
        **always(description="What is in one piece; `mass_g` is grams in one piece."),
    )


class WordingsSchema(Document):
    """The wordings of a part."""

    total = fields.Integer(**always(description="How many there are."))
    shown = fields.List(fields.Nested(WordingSchema), **always(description="The first 50."))


class NamedSchema(Document):
    """A thing that a decision names."""

    target = fields.String(**always(description="`kind:id`.", example="class:mlcc"))
    layer = fields.Boolean(**always(description="A thin layer: the part is not made of it."))


class StatedRangeSchema(Document):
    """A range; `typical` is null where limits only were stated."""

    low = fields.Float(**always(description="Least."))
    typical = fields.Float(**nullable(description="What is usual."))
    high = fields.Float(**always(description="Most."))


class StatedContentSchema(Document):
    """A material as a person stated it."""

    material = fields.String(**always(description="Material id.", example="nickel"))
    fraction = fields.Nested(StatedRangeSchema, **nullable(description="Mass fraction 0..1."))
    mass_g = fields.Nested(StatedRangeSchema, **nullable(description="Grams in one piece."))


class EntrySchema(Document):
    """An entry of the company's log about a part: it is never changed."""

    number = fields.Integer(**always(description="Its number in the company's log."))
    kind = fields.String(
        validate=ENTRY_KINDS,
        **always(description="A decision, `undo`, `declare` or `withdraw`."),
    )
    at = fields.DateTime(**always(description="When."))
    actor = fields.String(**always(description="Who: `user:<id>`, `key:<id>` or `command`."))
    reason = fields.String(**nullable(description="Why."))
    named = fields.List(
        fields.Nested(NamedSchema), **always(description="What it is, or what is not in it.")
    )
    contents = fields.List(
        fields.Nested(StatedContentSchema), **always(description="An own composition.")
    )
    of = fields.Integer(**nullable(description="The number of the entry that it takes back."))


class PartUseSchema(Document):
    """A published version that uses the part."""

    bom_id = fields.UUID(**always(description="Id of the BOM."))
    name = fields.String(
        **nullable(description="Name of the BOM; null for a key that may not read BOMs.")
    )
    version = fields.Integer(**always(description="Number of the version."))
    current = fields.Boolean(**always(description="It is the newest one that is ready."))
    refreshing = fields.Boolean(**always(description="It is being brought up to date."))
    lines = fields.Integer(**nullable(description="Lines that name the part."))
    pieces = fields.Float(**nullable(description="Pieces in one product, where known."))


class PartUsesSchema(Document):
    """Where a part is used."""

    boms = fields.Integer(**always(description="BOMs."))
    versions = fields.Integer(**always(description="Published versions."))
    current_versions = fields.Integer(**always(description="Newest ready versions among them."))
    shown = fields.List(
        fields.Nested(PartUseSchema), **always(description="The newest, at most 100.")
    )


class PartKnowledgeSchema(Document):
    """The release by which a part is recognised here."""

    release = fields.String(**always(description="Id of the release.", example="2026.1-draft"))
    sha256 = fields.String(**always(**SHA256))


class PartSchema(Document):
    """All that is known of a part, recognised at this moment."""

    id = fields.UUID(**always(description="Id of the part."))
    key = fields.String(
        **always(
            description="`mpn:` maker and number, `own:` own number, or `fp:` fingerprint.",
            example="own:kp-1002",
        )
    )
    created_at = fields.DateTime(**always(description="When a BOM first named it."))
    revision = fields.Integer(**always(description="Number of the newest entry; 0: none."))
    knowledge = fields.Nested(PartKnowledgeSchema, **always(description="By which release."))
    state = fields.String(validate=STATES, **always(description="The worst of its wordings."))
    wordings = fields.Nested(WordingsSchema, **always(description="How BOMs describe it."))
    decisions = fields.List(
        fields.Nested(EntrySchema),
        **always(
            description="Decisions that hold, newest first: one says what the part is at most, and "
            "dismissals since then."
        ),
    )
    declarations = fields.List(
        fields.Nested(DeclarationSchema), **always(description="Declarations that hold.")
    )
    history = fields.List(
        fields.Nested(EntrySchema), **always(description="All entries, newest first.")
    )
    used_in = fields.Nested(PartUsesSchema, **always(description="Where it is used."))


class DecidedSchema(Document):
    """A part after a decision, which applies to all BOMs of the company."""

    part = fields.Nested(PartSchema, **always(description="The part as it is now."))
    refreshing = fields.Integer(
        **always(description="Current versions whose profiles are brought up to date with it.")
    )


class RangeInput(Input):
    """A range; leave `typical` away where limits only are known."""

    low = fields.Float(
        required=True,
        validate=validate.Range(min=0, max=MOST_GRAMS),
        metadata={"description": "Least."},
    )
    typical = fields.Float(
        allow_none=True,
        validate=validate.Range(min=0, max=MOST_GRAMS),
        metadata={"description": "What is usual."},
    )
    high = fields.Float(
        required=True,
        validate=validate.Range(min=0, max=MOST_GRAMS),
        metadata={"description": "Most."},
    )


class ContentInput(Input):
    """A material in the part: give its mass fraction or its grams in one piece."""

    material = fields.String(
        required=True,
        validate=validate.Length(min=1, max=MATERIAL_CHARS),
        metadata={"description": "Material id.", "example": "nickel"},
    )
    fraction = fields.Nested(
        RangeInput, allow_none=True, metadata={"description": "Mass fraction 0..1."}
    )
    mass_g = fields.Nested(
        RangeInput, allow_none=True, metadata={"description": "Grams in one piece."}
    )


class DecisionInput(Input):
    """What somebody decides about a part."""

    kind = fields.String(
        required=True,
        validate=DECISION_KINDS,
        metadata={
            "description": "`confirm`: it is what it was recognised as, or `target`, one of these "
            "or of the candidates. `replace`: it is `target`, or holds exactly `contents`. "
            "`nothing`: none of the screened materials is in it. `dismiss`: `material` is not in "
            "it; that adds to the decision before.",
            "example": "confirm",
        },
    )
    target = fields.String(
        allow_none=True,
        validate=validate.Length(min=1, max=TARGET_CHARS),
        metadata={
            "description": "`class:`, `alloy:`, `substance:` or `material:` with the id.",
            "example": "class:mlcc",
        },
    )
    material = fields.String(
        allow_none=True,
        validate=validate.Length(min=1, max=MATERIAL_CHARS),
        metadata={"description": "The material to dismiss.", "example": "lead"},
    )
    contents = fields.List(
        fields.Nested(ContentInput),
        load_default=(),
        validate=validate.Length(max=MOST_CONTENTS),
        metadata={"description": "An own composition: all screened materials in the part."},
    )
    reason = fields.String(
        allow_none=True,
        validate=validate.Length(max=REASON_CHARS),
        metadata={"description": "Why; needed for `nothing` and `dismiss`."},
    )
