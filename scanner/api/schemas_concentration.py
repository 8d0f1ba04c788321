"""Schemas of the concentration of supply over the years."""

from marshmallow import fields, validate

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import COUNTRY, SOURCE, one_of
from scanner.api.schemas_shared import (
    STAGES,
    BoundsSchema,
    ExplainQuery,
    SourceSchema,
)
from scanner.core.concentration import Tendency
from scanner.core.names import Stage
from scanner.core.supplies import SupplyScope
from scanner.services.concentration import MOST_NAMED


class ConcentrationQuery(ExplainQuery):
    """Which series, and how many suppliers are named."""

    scope = fields.Enum(
        SupplyScope,
        by_value=True,
        metadata={
            "type": "string",
            "description": "Only supply of this kind: `world` and `eu_sourcing` are the averages "
            "of the EU's study, `production` is the world's output by year, `eu_imports` and "
            "`dutch_imports` are trade by year.",
        },
    )
    stage = fields.Enum(
        Stage, by_value=True, metadata={"type": "string", "description": "Only this stage."}
    )
    top = fields.Integer(
        validate=validate.Range(min=1, max=MOST_NAMED),
        load_default=5,
        metadata={"description": "How many of the biggest suppliers are named.", "example": 3},
    )


class SupplierSchema(Document):
    """A country's share of supply, named."""

    country = fields.String(**COUNTRY)
    name = fields.String(**always(description="Name in the language of the answer."))
    share = fields.Float(**always(description="Fraction 0..1."))
    upper_bound = fields.Boolean(**always(description="Printed as `<`: between 0 and `share`."))


class ConcentrationYearSchema(Document):
    """How concentrated supply was in one year."""

    year = fields.String(**always(description="Year or period.", example="2024"))
    hhi = fields.Nested(
        BoundsSchema,
        **nullable(description="Herfindahl–Hirschman index, 0–10 000; null has a `reason`."),
    )
    largest = fields.List(fields.Nested(SupplierSchema), **always(description="Biggest first."))
    top_share = fields.Float(**always(description="Sum of the shares of `largest`."))
    named_share = fields.Float(
        **always(description="Sum of all shares; rounded figures may add up to more than 1.")
    )
    countries = fields.Integer(**always(description="Countries with a share."))
    total = fields.Float(**nullable(description="What the shares are of, in `unit`."))
    withheld = fields.List(
        fields.String(), **always(description="Suppliers whose figure is not published.")
    )
    source = fields.String(**SOURCE)
    reason = fields.String(
        **nullable(
            description="Why there is no index: `world_total_missing`, `weight_missing` (of a "
            "flow), `no_trade`; more may come."
        )
    )
    shares = fields.List(
        fields.Nested(SupplierSchema),
        metadata={"description": "With `explain`: all shares, biggest first."},
    )


class TrendSchema(Document):
    """What became of the index between two years."""

    first = fields.String(**always(description="The first year with an index."))
    last = fields.String(**always(description="The last year with an index."))
    change = fields.Float(
        **always(description="Last less first, of 10 000; what is not named counts as nothing.")
    )
    tendency = fields.String(
        validate=one_of(Tendency), **always(description="`unclear`: the bounds overlap.")
    )


class ConcentrationSeriesSchema(Document):
    """One thing counted in one way by one publisher, oldest year first."""

    scope = fields.String(validate=one_of(SupplyScope), **always(description="Whose supply."))
    stage = fields.String(validate=STAGES, **nullable(description="Null: semi-finished goods."))
    of = fields.String(
        **nullable(description="Commodity or code that is counted; null: the material itself.")
    )
    name = fields.String(**always(description="Name, in Dutch where asked for, else English."))
    materials = fields.List(
        fields.String(), **always(description="Counted together; several: none of them alone.")
    )
    basis = fields.String(**nullable(description="What the quantities are, in English."))
    unit = fields.String(**nullable(description="Of `total`; null: the source prints shares."))
    publisher = fields.String(**always(description="Who counts."))
    trend = fields.Nested(TrendSchema, **nullable(description="Null: fewer than two indices."))
    years = fields.List(
        fields.Nested(ConcentrationYearSchema), **always(description="Oldest first.")
    )


class MaterialConcentrationSchema(Document):
    """The concentration of supply of one raw material, by whatever counted it."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    assessed_stage = fields.String(validate=STAGES, **nullable(description="The bottleneck."))
    method = fields.String(**always(description="Key of the method.", example="hhi"))
    series = fields.List(fields.Nested(ConcentrationSeriesSchema), **always(description="All."))
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited in this answer, by key."),
    )
