"""Schemas of alloys, component classes and commodity codes."""

from marshmallow import fields, validate

from scanner.api.schemas_knowledge import CITED
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import NOTE, one_of
from scanner.api.schemas_shared import (
    PRESENCES,
    STAGES,
    Page,
    PageQuery,
    RangeSchema,
    SourceSchema,
)
from scanner.core.catalogue import AmountUnit, FiguresOf, IntensityUnit

KINDS = validate.OneOf(["element", "phase", "alloy", "material"])
BASES = validate.OneOf(
    ["nominal", "range", "balance", "minimum", "designation", "compound", "presence", "limit_max"]
)
NAME = always(description="Name, in Dutch where asked for, else English.")
NAMES = always(description="Names by language.")
SOURCES = always(description="Keys of the sources.")
EXPERT = always(description="Rests on engineering knowledge without a document.")
RELEASE = always(description="Knowledge release.", example="2026.1-draft")
MOST_QUERY = 100


class PrintedSchema(Document):
    """A figure as published; what is not published is null, and never made up."""

    low = fields.Float(**nullable(description="Least, where a source prints it."))
    typical = fields.Float(**nullable(description="Nominal or usual value, where printed."))
    high = fields.Float(**nullable(description="Most, where a source prints it."))
    range_known = fields.Boolean(
        **always(description="Both limits are printed. A nominal value alone has no range.")
    )


class ConstituentSchema(Document):
    """One row of a composition, as its source has it."""

    kind = fields.String(validate=KINDS, **always(description="What `item` names."))
    item = fields.String(**always(description="Element, phase, alloy or material.", example="Cr"))
    presence = fields.String(
        validate=PRESENCES,
        **nullable(description="How sure; null for an upper limit, which makes no presence."),
    )
    absent = fields.Boolean(**always(description="Not inside, although the class above has it."))
    fraction = fields.Nested(PrintedSchema, **nullable(description="Mass fraction 0..1."))
    basis = fields.String(
        validate=BASES, **nullable(description="What the figure of an alloy is; more may come.")
    )
    role = fields.String(**nullable(description="Where in a component.", example="termination"))
    expert = fields.Boolean(**EXPERT)
    sources = fields.List(fields.String(), **SOURCES)
    note = fields.String(**NOTE)


class IngredientSchema(Document):
    """A raw material that a composition comes down to, as profiles reckon with it."""

    material = fields.String(**always(description="Material id.", example="chromium"))
    name = fields.String(**always(description="Name in the language of the answer."))
    presence = fields.String(validate=PRESENCES, **always(description="How sure it is."))
    fraction = fields.Nested(RangeSchema, **nullable(description="Mass fraction 0..1."))
    role = fields.String(**always(description="Where it is.", example="alloy"))
    basis = fields.String(**always(description="`element`, or `mineral` as it is traded."))
    upstream = fields.Boolean(**always(description="What it is made from, not what is inside."))
    expert = fields.Boolean(**EXPERT)
    source = fields.String(**always(description="Key of the source."))


class AlloySchema(Document):
    """An alloy, a grade or a general word for one."""

    id = fields.String(**always(description="Alloy id.", example="ss_1_4404"))
    name = fields.String(**NAME)
    family = fields.String(**always(description="Family.", example="stainless_austenitic"))
    base = fields.String(**nullable(description="Symbol of the main element.", example="Fe"))
    designations = fields.List(
        fields.String(), **always(description="All that it is called, in any standard.")
    )


class AlloyListQuery(PageQuery):
    """Which alloys, and which page of them."""

    q = fields.String(
        validate=validate.Length(min=1, max=MOST_QUERY),
        metadata={
            "description": "A designation or a part of one, in any spelling.",
            "example": "1.44",
        },
    )


class AlloyPageSchema(Page):
    """A page of alloys, by id."""

    items = fields.List(fields.Nested(AlloySchema), **always(description="Alloys."))


class AlloyEntrySchema(AlloySchema):
    """An alloy with its composition by element and by raw material."""

    names = fields.Dict(keys=fields.String(), values=fields.String(), **NAMES)
    composition = fields.List(
        fields.Nested(ConstituentSchema), **always(description="By element, as printed.")
    )
    materials = fields.List(
        fields.Nested(IngredientSchema), **always(description="The raw materials behind it.")
    )
    sources = fields.List(fields.String(), **SOURCES)
    note = fields.String(**NOTE)


class AlloyDetailSchema(Document):
    """All alloys of one designation: more than one where it is ambiguous."""

    designation = fields.String(**always(description="What was asked for.", example="316L"))
    ambiguous = fields.Boolean(**always(description="Several alloys are called so."))
    alloys = fields.List(
        fields.Nested(AlloyEntrySchema), **always(description="One, or all candidates.")
    )
    release = fields.String(**RELEASE)
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)


class ComponentSchema(Document):
    """A component class in the tree of classes."""

    id = fields.String(**always(description="Class id.", example="mlcc"))
    parent = fields.String(**nullable(description="The class above.", example="capacitor"))
    name = fields.String(**NAME)


class ComponentPageSchema(Page):
    """A page of component classes, by id."""

    items = fields.List(fields.Nested(ComponentSchema), **always(description="Classes."))


class ClassAmountSchema(Document):
    """How much of an element is inside per unit; never a share of the component's mass."""

    element = fields.String(**always(description="Symbol.", example="Nd"))
    role = fields.String(**always(description="Where; the part that a share is of."))
    amount = fields.Nested(PrintedSchema, **always(description="In the unit."))
    unit = fields.String(validate=one_of(AmountUnit), **always(description="Per what."))
    source = fields.String(**always(description="Key of the source."))
    note = fields.String(**NOTE)


class PieceMassSchema(Document):
    """Grams of one piece."""

    package = fields.String(**nullable(description="In this package; null: in general."))
    grams = fields.Nested(RangeSchema, **always(description="Grams."))
    source = fields.String(**always(description="Key of the source."))
    note = fields.String(**NOTE)


class ComponentDetailSchema(ComponentSchema):
    """A component class: how it is recognised, and what is in it."""

    names = fields.Dict(keys=fields.String(), values=fields.String(), **NAMES)
    above = fields.List(
        fields.Nested(ComponentSchema), **always(description="The classes above, widest first.")
    )
    children = fields.List(
        fields.Nested(ComponentSchema), **always(description="The classes one step below.")
    )
    words = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        **always(description="Words and phrases by language; `mul`: the same in all."),
    )
    designators = fields.List(
        fields.String(), **always(description="Reference designators that may stand for it.")
    )
    part_numbers = fields.Integer(**always(description="Patterns of makers' part numbers."))
    composition = fields.List(
        fields.Nested(ConstituentSchema),
        **always(description="Its own rows as printed; those of the classes above hold, too."),
    )
    materials = fields.List(
        fields.Nested(IngredientSchema),
        **always(description="The raw materials inside, inherited ones too."),
    )
    amounts = fields.List(
        fields.Nested(ClassAmountSchema),
        **always(description="Per megawatt, kilowatt-hour, device or part; not in profiles."),
    )
    masses = fields.List(fields.Nested(PieceMassSchema), **always(description="Per piece."))
    own_sources = fields.List(fields.String(), **SOURCES)
    release = fields.String(**RELEASE)
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)


class CodeSchema(Document):
    """A commodity code and its name."""

    code = fields.String(**always(description="Digits alone.", example="850511"))
    nomenclature = fields.String(
        **always(description="`HS2022` to six digits, `CN2023` with eight; more may come.")
    )
    name = fields.String(
        **always(description="Its text; in Dutch where asked for and known, else English.")
    )
    parent = fields.String(**nullable(description="The heading above.", example="8505"))


class CodeListQuery(PageQuery):
    """Which codes, and which page of them."""

    prefix = fields.String(
        validate=validate.Regexp(r"^(?:[\s.\-]*[0-9]){1,10}[\s.\-]*$"),
        metadata={"description": "The digits with which a code begins.", "example": "8505"},
    )
    q = fields.String(
        validate=validate.Length(min=1, max=MOST_QUERY),
        metadata={
            "description": "Words that the name holds, all of them, in English or in Dutch.",
            "example": "permanent magnets",
        },
    )


class CodePageSchema(Page):
    """A page of commodity codes, in the order of their digits."""

    items = fields.List(fields.Nested(CodeSchema), **always(description="Codes."))


class CodeContentSchema(Document):
    """A raw material in the goods of a code."""

    code = fields.String(
        **always(description="The code that says it: the one asked for, or a heading above.")
    )
    material = fields.String(**always(description="Material id.", example="neodymium"))
    name = fields.String(**always(description="Name in the language of the answer."))
    form = fields.String(**always(description="Form of the goods.", example="refined"))
    role = fields.String(**always(description="Where in the goods.", example="main_constituent"))
    presence = fields.String(
        validate=PRESENCES,
        **nullable(description="How sure; null for an upper limit, which makes no presence."),
    )
    fraction = fields.Nested(PrintedSchema, **nullable(description="Mass fraction 0..1."))
    figures_of = fields.String(
        validate=one_of(FiguresOf),
        **always(description="What the figures are a fraction of: the goods or a part of them."),
    )
    basis = fields.String(**always(description="On what it rests, in English."))
    expert = fields.Boolean(**EXPERT)
    sources = fields.List(fields.String(), **SOURCES)
    note = fields.String(**NOTE)


class IntensitySchema(Document):
    """How much of a raw material one kind of the goods needs; no mass fraction."""

    product = fields.String(**always(description="Kind of the goods, in English."))
    material = fields.String(**always(description="Material id.", example="copper"))
    name = fields.String(**always(description="Name in the language of the answer."))
    amount = fields.Nested(PrintedSchema, **always(description="In the unit."))
    unit = fields.String(validate=one_of(IntensityUnit), **always(description="Per what."))
    values = fields.Integer(**nullable(description="Published values behind it."))
    source = fields.String(**always(description="Key of the source."))
    note = fields.String(**NOTE)


class CountedSchema(Document):
    """How trade statistics in HS 1992 count a code."""

    code = fields.String(**always(description="Six digits.", example="283691"))
    nomenclature = fields.String(**always(description="`HS1992`."))
    materials = fields.List(fields.String(), **always(description="Materials that it counts."))
    step = fields.String(**always(description="Step of the chain.", example="refinery"))
    stage = fields.String(
        validate=STAGES, **nullable(description="Stage; null for semi-finished goods.")
    )
    note = fields.String(**NOTE)
    source = fields.String(**always(description="Key of the source."))


class CodeDetailSchema(CodeSchema):
    """A code, or the nearest heading above the one asked for."""

    asked = fields.String(**always(description="The digits asked for.", example="85051190"))
    exact = fields.Boolean(
        **always(description="`code` is what was asked for; else the nearest known heading.")
    )
    names = fields.Dict(keys=fields.String(), values=fields.String(), **NAMES)
    in_taric_2025 = fields.Boolean(
        **nullable(description="Eight digits: still in the tariff of 1 May 2025.")
    )
    names_material = fields.String(**nullable(description="The one material its text names."))
    names_component = fields.String(**nullable(description="The one class its text names."))
    above = fields.List(
        fields.Nested(CodeSchema), **always(description="The headings above, widest first.")
    )
    children = fields.List(
        fields.Nested(CodeSchema), **always(description="The codes one step below.")
    )
    contents = fields.List(
        fields.Nested(CodeContentSchema), **always(description="Raw materials in the goods.")
    )
    intensities = fields.List(
        fields.Nested(IntensitySchema), **always(description="Amounts per unit.")
    )
    trade = fields.List(
        fields.Nested(CountedSchema),
        **always(description="Statistics in HS 1992, where a code may mean other goods."),
    )
    own_sources = fields.List(fields.String(), **SOURCES)
    release = fields.String(**RELEASE)
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)
