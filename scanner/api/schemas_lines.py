"""Schemas of lines: as callers send them, and as they stand in answers."""

from marshmallow import fields, validate
from marshmallow.validate import OneOf

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import (
    GAPS,
    PRESENCES,
    STATES,
    EvidenceSchema,
    Input,
    Page,
    PageQuery,
    RangeSchema,
)
from scanner.core.composition import Per

MOST_VERSIONS = 2**31 - 1
MATERIAL_CHARS = 100


class PartFieldsSchema(Document):
    """The fields of a part that its line gave."""

    number = fields.String(metadata={"description": "The company's own part number."})
    maker = fields.String(metadata={"description": "Manufacturer."})
    maker_number = fields.String(metadata={"description": "The manufacturer's part number."})
    description = fields.String(metadata={"description": "Description."})
    value = fields.String(metadata={"description": "Value of a component, such as `100n`."})
    footprint = fields.String(metadata={"description": "Package or footprint."})
    material = fields.String(metadata={"description": "Material or grade."})
    finish = fields.String(metadata={"description": "Surface finish."})
    cas = fields.String(metadata={"description": "CAS registry number."})
    commodity_code = fields.String(metadata={"description": "HS or CN code."})
    origin = fields.String(metadata={"description": "Country of origin as given."})
    unit_mass_g = fields.Float(metadata={"description": "Grams of one piece, from the BOM."})


class PartIdentitySchema(PartFieldsSchema):
    """A part: its key and the fields that the line gave."""

    key = fields.String(
        **always(
            description="`mpn:` maker and number, `own:` own number, or `fp:` fingerprint.",
            example="own:kp-1002",
        )
    )
    fingerprint = fields.String(**always(description="Digest of the recognisable fields."))


class LineMaterialSchema(Document):
    """One raw material that a line brings to one product."""

    material = fields.String(**always(description="Material id.", example="chromium"))
    presence = fields.String(validate=PRESENCES, **always(description="How sure it is there."))
    fraction = fields.Nested(RangeSchema, **nullable(description="Mass fraction of the part."))
    mass_g = fields.Nested(RangeSchema, **nullable(description="Grams in one product."))
    mass_gap = fields.String(
        validate=GAPS, **nullable(description="Why the mass is null or incomplete.")
    )
    roles = fields.List(fields.String(), **always(description="What it does in the part."))
    basis = fields.String(**always(description="Mass of contained `element`, or of `mineral`."))
    upstream = fields.Boolean(
        **always(description="It is the source of what is inside, not itself inside.")
    )
    grade = fields.String(
        **nullable(description="`battery` or `magnet` where the role makes it so.")
    )
    expert = fields.Boolean(**always(description="Rests on engineering knowledge alone."))
    evidence = fields.List(
        fields.Integer(), **always(description="Indexes into the line's `evidence`.")
    )
    sources = fields.List(fields.String(), **always(description="Keys of the sources."))
    text = fields.String(
        **nullable(description="What the mass was reckoned from, where not by fraction.")
    )
    formula = fields.String(**nullable(description="How it was reckoned.", example="0.4 kW × g/kW"))


class UnitMassSchema(Document):
    """The mass of one piece, metre or square metre of a part, and how it was found."""

    per = fields.String(
        validate=OneOf(list(Per)), **always(description="Of what the mass is.", example="piece")
    )
    mass_g = fields.Nested(RangeSchema, **always(description="Grams."))
    origin = fields.String(
        **always(
            description="`bom`: the file gives it; `geometry`: dimensions in the text times a "
            "density; `declaration`: it was declared; `package mass`, `class mass`, "
            "`standard mass`: a source gives it.",
            example="geometry",
        )
    )
    text = fields.String(**nullable(description="The dimensions seen.", example="Ø20x100"))
    formula = fields.String(**nullable(description="ρ is the density.", example="π/4·d²·L·ρ"))
    sources = fields.List(fields.String(), **always(description="Keys of the sources."))


class LineProblemSchema(Document):
    """Something wrong with one row that did not stop the others."""

    code = fields.String(
        **always(
            description="Stable code, explained at `/line-problems/<code>`; more may come.",
            example="missing-quantity",
        )
    )
    detail = fields.String(**always(description="What is wrong."))
    advice = fields.String(**always(description="What to do."))
    sheet = fields.String(**nullable(description="Sheet of the workbook."))
    row = fields.Integer(**nullable(description="Row of the file, 1-based."))
    column = fields.String(**nullable(description="Heading of the column."))
    pointer = fields.String(**nullable(description="JSON pointer into the body."))
    cell = fields.String(**always(description="The text as it stood, cut to 200 characters."))
    fatal = fields.Boolean(**always(description="The row could not become a line."))


class LeftOutSchema(Document):
    """A material that engineering knowledge alone names, or is surer of than any document."""

    material = fields.String(**always(description="Material id.", example="tin"))
    presence = fields.String(validate=PRESENCES, **always(description="How sure it would be."))


class LinePriceSchema(Document):
    """What a company pays for its part, as the file says."""

    amount = fields.String(**always(description="Exact decimal.", example="4.10"))
    per = fields.String(
        **always(
            description="For how many of `unit` that is; the total of a line has its "
            "`quantity` here.",
            example="1",
        )
    )
    currency = fields.String(**nullable(description="Code of ISO 4217.", example="EUR"))


class LineFieldsSchema(Document):
    """Where a line stands, and how many of its part there are."""

    index = fields.Integer(**always(description="Place among the lines, from 0."))
    ref = fields.String(**nullable(description="The caller's own id of a JSON line."))
    sheet = fields.String(**nullable(description="Sheet of the workbook."))
    row = fields.Integer(**nullable(description="Row of the file, 1-based."))
    position = fields.String(**nullable(description="Position number, as given."))
    level = fields.Integer(**nullable(description="Level in the tree, as given."))
    parent = fields.Integer(**nullable(description="`index` of the assembly it belongs to."))
    quantity = fields.String(**nullable(description="Exact decimal per parent.", example="12"))
    unit = fields.String(**nullable(description="Unit, as given."))
    designators = fields.List(fields.String(), **always(description="Reference designators."))
    fitted = fields.Boolean(**always(description="False for DNP lines: they do not count."))
    price = fields.Nested(LinePriceSchema, **nullable(description="Price, if the file has it."))


class LineSchema(LineFieldsSchema):
    """One line of a BOM: what it is, why we think so, and the materials it brings."""

    part = fields.Nested(PartIdentitySchema, **always(description="The part."))
    assembly = fields.Boolean(
        **always(description="It has lines below it and holds nothing itself.")
    )
    amount = fields.Float(**nullable(description="How much of the part one product holds."))
    amount_gap = fields.String(validate=GAPS, **nullable(description="Why there is no amount."))
    state = fields.String(validate=STATES, **always(description="What we made of the part."))
    evidence = fields.List(fields.Nested(EvidenceSchema), **always(description="Strongest first."))
    unit_masses = fields.List(
        fields.Nested(UnitMassSchema),
        **always(description="Masses by which amounts become grams; none where unknown."),
    )
    candidates = fields.List(
        fields.Nested(EvidenceSchema), **always(description="Readings that compete.")
    )
    negations = fields.List(
        fields.Nested(EvidenceSchema), **always(description="What the text says is not there.")
    )
    materials = fields.List(fields.Nested(LineMaterialSchema), **always(description="By id."))
    left_out = fields.List(
        fields.Nested(LeftOutSchema),
        **always(description="What `documented_only` leaves out of `materials`."),
    )
    restored = fields.List(
        fields.String(),
        **always(
            description="Materials about which a document counts whose statement an expert's, "
            "left out now, had replaced."
        ),
    )
    problems = fields.List(fields.Nested(LineProblemSchema), **always(description="Of this row."))


class LinePageSchema(Page):
    """A page of lines in the order of the file."""

    items = fields.List(fields.Nested(LineSchema), **always(description="Lines."))


class VersionQuery(Input):
    """Which version."""

    version = fields.Integer(
        validate=validate.Range(min=1, max=MOST_VERSIONS),
        metadata={"description": "Number of the version; the newest by default.", "example": 1},
    )


class ProfileQuery(VersionQuery):
    """Which profile."""

    decision_revision = fields.Integer(
        validate=validate.Range(min=0, max=MOST_VERSIONS),
        metadata={
            "description": "The profile by this revision; the newest by default.",
            "example": 0,
        },
    )


class LinePageQuery(PageQuery, VersionQuery):
    """Which version, which of its lines, and which page of them."""

    state = fields.String(
        validate=STATES, metadata={"description": "Only lines of which the part is so."}
    )
    material = fields.String(
        validate=validate.Length(min=1, max=MATERIAL_CHARS),
        metadata={
            "description": "Only lines that bring this raw material, by its id.",
            "example": "cobalt",
        },
    )
    presence = fields.String(
        validate=PRESENCES,
        metadata={"description": "Only lines whose material, any or that one, is so sure."},
    )
