"""Schemas of the methods, of rankings under them, and of how far two of them agree."""

from marshmallow import fields, validate

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import one_of
from scanner.api.schemas_shared import (
    STAGES,
    BoundsSchema,
    Input,
    ListingSchema,
    Page,
    PageQuery,
    SourceSchema,
    flag,
)
from scanner.core.methods import Direction

METHOD_CHARS = 60
MOST_METHODS = 30
RELEASE = always(description="Knowledge release.", example="2026.1-draft")
CITED = always(description="Every source cited in this answer, by key.")
CRITICAL = "Only materials that are critical, or that are not."
STRATEGIC = "Only materials that are strategic, or that are not."


class RankingQuery(PageQuery):
    """Which materials, and which page of them."""

    critical = flag(CRITICAL)
    strategic = flag(STRATEGIC)


class ComparisonQuery(Input):
    """Which methods, and over which materials."""

    methods = fields.String(
        validate=validate.Length(min=1, max=METHOD_CHARS * MOST_METHODS),
        metadata={
            "description": "Ids with commas between; all methods by default.",
            "example": "eu-supply-risk-2023,geopolrisk",
        },
    )
    critical = flag(CRITICAL)
    strategic = flag(STRATEGIC)


class MethodHeadSchema(Document):
    """What a method is called, and how its figures are to be read."""

    id = fields.String(**always(description="Id of the method.", example="geopolrisk"))
    name = fields.String(**always(description="Name, in Dutch where asked for, else English."))
    names = fields.Dict(
        keys=fields.String(), values=fields.String(), **always(description="Names by language.")
    )
    unit = fields.String(**nullable(description="Unit; null: an index without one."))
    lowest = fields.Float(**nullable(description="Lower end of the scale; null: none."))
    highest = fields.Float(**nullable(description="Upper end of the scale; null: none."))
    direction = fields.String(
        validate=one_of(Direction), **always(description="Which end of the scale is risky.")
    )
    documentation = fields.String(
        **always(description="Its page, from the folder `docs`.", example="methods/geopolrisk.md")
    )


class MethodSchema(MethodHeadSchema):
    """A method, and of how many materials it knows something."""

    with_figure = fields.Integer(**always(description="Materials with a figure; no groups."))
    without_figure = fields.Integer(**always(description="Materials without one."))
    reasons = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        **always(description="Why they have none: materials by reason."),
    )


class MethodPageSchema(Page):
    """A page of methods in the order in which they are offered."""

    items = fields.List(fields.Nested(MethodSchema), **always(description="Methods."))
    release = fields.String(**RELEASE)


class PlacesSchema(Document):
    """The ranks that bounds leave open."""

    best = fields.Integer(**always(description="The riskiest place, 1 at the least."))
    worst = fields.Integer(**always(description="The safest place."))


class MethodFigureSchema(Document):
    """What a method says of one material; null has a reason."""

    value = fields.Float(**nullable(description="In the unit of the method."))
    bounds = fields.Nested(
        BoundsSchema, **nullable(description="What the sources leave open, where that is known.")
    )
    stage = fields.String(validate=STAGES, **nullable(description="The stage it is about."))
    year = fields.String(**nullable(description="Year or period of the data."))
    reason = fields.String(**nullable(description="Why there is no value, as a code."))
    sources = fields.List(fields.String(), **always(description="Keys of all that went in."))


class RankedSchema(Document):
    """A material with its place under a method."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    critical = fields.Nested(ListingSchema, **nullable(description="EU critical raw material."))
    strategic = fields.Nested(ListingSchema, **nullable(description="EU strategic raw material."))
    rank = fields.Integer(
        **nullable(description="1 is riskiest, among all materials; equal figures share a rank.")
    )
    places = fields.Nested(
        PlacesSchema, **nullable(description="The ranks that the bounds of all figures leave open.")
    )
    figure = fields.Nested(MethodFigureSchema, **always(description="What the method says."))


class RankingPageSchema(Page):
    """A page of the materials under one method, riskiest first, those without a figure last."""

    method = fields.Nested(MethodSchema, **always(description="The method."))
    items = fields.List(fields.Nested(RankedSchema), **always(description="Materials."))
    release = fields.String(**RELEASE)
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)


class MethodAgreementSchema(Document):
    """How alike two methods order the materials that both know."""

    first = fields.String(**always(description="Id of a method."))
    second = fields.String(**always(description="Id of a method."))
    common = fields.Integer(**always(description="Materials that both know."))
    spearman = fields.Float(
        **nullable(description="Spearman's rho of the risks: 1 the same order, −1 the reverse.")
    )
    kendall = fields.Float(**nullable(description="Kendall's tau-b of the risks, −1..1."))
    reason = fields.String(
        **nullable(
            description="Why there is none: `too_few_in_common`, `all_equal`; more may come."
        )
    )
    only_first = fields.List(
        fields.String(), **always(description="Materials that only the first knows: left out.")
    )
    only_second = fields.List(
        fields.String(), **always(description="Materials that only the second knows: left out.")
    )
    neither = fields.List(
        fields.String(), **always(description="Materials that neither knows: left out.")
    )


class ComparisonSchema(Document):
    """How far each two methods agree."""

    pairs = fields.List(
        fields.Nested(MethodAgreementSchema), **always(description="Each two methods.")
    )
    release = fields.String(**RELEASE)
