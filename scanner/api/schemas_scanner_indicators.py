"""Schemas of the eleven scanner indicators."""

from marshmallow import fields

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import SOURCE, one_of
from scanner.api.schemas_shared import STAGES, BoundsSchema, SourceSchema
from scanner.core.methods import Direction
from scanner.core.scanner_indicators import Group, Level


class IndicatorScaleSchema(Document):
    """The scale of an indicator and where its levels begin: our own marks, documented."""

    lowest = fields.Float(**always(description="Its lower end."))
    highest = fields.Float(**nullable(description="Its upper end; null: none."))
    direction = fields.String(
        validate=one_of(Direction),
        **always(description="`low_is_risky`: a level begins below its mark, not from it on."),
    )
    moderate = fields.Float(**always(description="Where `moderate` begins."))
    high = fields.Float(**always(description="Where `high` begins."))


class IndicatorTermSchema(Document):
    """One number that went into an indicator."""

    what = fields.String(**always(description="What it is.", example="share"))
    value = fields.Float(**always(description="Its value."))
    country = fields.String(**nullable(description="Of which country, ISO 3166-1 alpha-3."))
    year = fields.String(**always(description="Year or period."))
    source = fields.String(**SOURCE)


class ScannerIndicatorSchema(Document):
    """One indicator of a material; what has no value has no level, and is not low."""

    id = fields.String(**always(description="Indicator.", example="production-hhi"))
    name = fields.String(**always(description="Name, in Dutch where asked for, else English."))
    value = fields.Float(**nullable(description="The value; null has a `reason`."))
    at_least = fields.Boolean(**always(description="The value is a lower limit."))
    bounds = fields.Nested(BoundsSchema, **nullable(description="What the sources leave open."))
    level = fields.String(
        validate=one_of(Level),
        **nullable(description="Of the value; null: none, or a limit that does not settle it."),
    )
    worst_level = fields.String(
        validate=one_of(Level), **nullable(description="The highest that the bounds allow.")
    )
    unit = fields.String(**nullable(description="Unit; null for an index.", example="years"))
    scale = fields.Nested(IndicatorScaleSchema, **always(description="How to read it."))
    year = fields.String(**nullable(description="Year or period of the data."))
    sources = fields.List(fields.String(), **always(description="Keys of the sources."))
    reason = fields.String(
        **nullable(
            description="Why there is no value: `counted_together` (with other raw materials), "
            "`several_commodities`, `no_reserves`, `no_world_total_on_one_basis`, "
            "`world_total_missing`, `no_production`, `no_prices`, `not_published`, "
            "`no_source_that_may_be_shipped`, …; more may come."
        )
    )
    terms = fields.List(
        fields.Nested(IndicatorTermSchema),
        metadata={"description": "With `explain`: what went in."},
    )


class IndicatorGroupSchema(Document):
    """A group of indicators; they are never added up."""

    group = fields.String(validate=one_of(Group), **always(description="Group."))
    indicators = fields.List(
        fields.Nested(ScannerIndicatorSchema), **always(description="Its indicators.")
    )


class MaterialIndicatorsSchema(Document):
    """The eleven indicators of one raw material."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    assessed_stage = fields.String(
        validate=STAGES, **nullable(description="The stage whose world output is looked at.")
    )
    groups = fields.List(fields.Nested(IndicatorGroupSchema), **always(description="Four."))
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited in this answer, by key."),
    )
