"""Schemas of the raw materials of a BOM, ranked under a method."""

from marshmallow import fields, validate

from scanner.api.schemas_lines import ProfileQuery
from scanner.api.schemas_methods import (
    CITED,
    METHOD_CHARS,
    RELEASE,
    MethodFigureSchema,
    MethodHeadSchema,
    PlacesSchema,
)
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import PRESENCES, SHA256, RangeSchema, SourceSchema, flag

DEFAULT_METHOD = "eu-supply-risk-2023"


class BomMaterialsQuery(ProfileQuery):
    """Which profile, and under which method."""

    rank_by = fields.String(
        validate=validate.Length(min=1, max=METHOD_CHARS),
        load_default=DEFAULT_METHOD,
        metadata={
            "description": "Id of a method; the EU's supply risk by default.",
            "example": "geopolrisk",
        },
    )
    weighted = flag("Order by figure × mass; without it by the figure alone.")


class RangeRanksSchema(Document):
    """Ranks when the masses of all materials are at one end of their ranges."""

    low = fields.Integer(**nullable(description="With the least of everything."))
    typical = fields.Integer(**nullable(description="With typical masses; null: none is known."))
    high = fields.Integer(**nullable(description="With the most of everything."))


class BomMaterialSchema(Document):
    """One raw material of the product under the method."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    presence = fields.String(
        validate=PRESENCES,
        **always(description="Surest in any part; what is `possible` is ranked apart, after."),
    )
    rank = fields.Integer(**nullable(description="By the figure; 1 is riskiest."))
    places = fields.Nested(
        PlacesSchema, **nullable(description="The ranks that the bounds of figures leave open.")
    )
    figure = fields.Nested(MethodFigureSchema, **always(description="What the method says."))
    mass_g = fields.Nested(RangeSchema, **nullable(description="Known grams in one product."))
    mass_complete = fields.Boolean(**always(description="No part's mass is missing from it."))
    exposure = fields.Nested(
        RangeSchema, **nullable(description="Figure × grams; it compares within one product.")
    )
    exposure_ranks = fields.Nested(RangeRanksSchema, **always(description="By exposure."))
    exposure_places = fields.Nested(
        PlacesSchema,
        **nullable(
            description="The ranks by exposure that are possible: each mass anywhere in its "
            "range, one that is unknown or incomplete as great as may be."
        ),
    )
    exposure_reason = fields.String(
        **nullable(
            description="Why there is no exposure: `no_figure`, `no_mass_known`, or "
            "`not_a_quantity` (figure × mass means nothing under this method)."
        )
    )


class BomMaterialsSchema(Document):
    """The raw materials of a BOM under one method, riskiest first."""

    version = fields.Integer(**always(description="Number of the version.", example=1))
    profile_sha256 = fields.String(**always(**SHA256))
    profile_release = fields.String(
        **always(description="Release of the masses.", example="2026.1-draft")
    )
    method = fields.Nested(MethodHeadSchema, **always(description="The method."))
    materials = fields.List(
        fields.Nested(BomMaterialSchema),
        **always(description="Certain and likely ones, riskiest first; then the possible."),
    )
    left_out = fields.List(
        fields.String(), **always(description="Groups of materials, and what this release lacks.")
    )
    release = fields.String(**RELEASE)
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)
