"""Schemas of measures: of a raw material, and of the materials of a BOM."""

from marshmallow import fields

from scanner.api.schemas_lines import PartIdentitySchema, ProfileQuery
from scanner.api.schemas_methods import CITED, RELEASE
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import one_of
from scanner.api.schemas_shared import (
    PRESENCES,
    SCOPES,
    SHA256,
    STAGES,
    BoundsSchema,
    RangeSchema,
    SourceSchema,
)
from scanner.api.schemas_supply_risk import ParameterSchema
from scanner.core.diversification import Standing
from scanner.core.supplies import SupplyScope

SOURCING = "Fraction of all sourcing."
OUTPUT = "Fraction of the world's output."
COUNTRY = "ISO 3166-1 alpha-3 code."
KEYS = "Keys of the sources."


class BomMeasuresQuery(ProfileQuery):
    """Which profile."""


class TargetSchema(Document):
    """A country to buy more from."""

    country = fields.String(**always(description=COUNTRY, example="CAN"))
    output = fields.Float(**always(description=OUTPUT))
    standing = fields.String(
        validate=one_of(Standing), **always(description="How the Union stands to it.")
    )
    receives = fields.Float(
        **always(description=f"{SOURCING} In proportion to what each of them makes.")
    )


class ShiftSchema(Document):
    """A part of sourcing moves from its largest supplier to other countries."""

    stage = fields.String(validate=STAGES, **always(description="Stage."))
    scope = fields.String(
        validate=one_of(SupplyScope),
        **always(
            description="What stands for the buyer's sourcing: `eu_sourcing`; else the world's "
            "output (`production`, `world`)."
        ),
    )
    of = fields.String(**always(description="Material, or the group that the mix is printed for."))
    year = fields.String(**always(description="Year or period.", example="2016-2020"))
    supplier = fields.String(**always(description=f"Who supplies less. {COUNTRY}"))
    share_before = fields.Float(**always(description=SOURCING))
    share_after = fields.Float(**always(description=SOURCING))
    moved = fields.Float(**always(description=SOURCING))
    available = fields.Float(
        **always(description=f"{OUTPUT} What the targets make together, for whoever buys it.")
    )
    targets = fields.List(fields.Nested(TargetSchema), **always(description="Biggest first."))
    hhi_before = fields.Nested(BoundsSchema, **always(description="HHI, 0–10 000."))
    hhi_after = fields.Nested(BoundsSchema, **always(description="HHI after the move."))
    sources = fields.List(fields.String(), **always(description=KEYS))


class SubstituteSchema(Document):
    """How far others can do its work, and what that does to the supply risk."""

    index = fields.Nested(
        ParameterSchema, **always(description="Substitution index (SI); 1: nothing can.")
    )
    supply_risk = fields.Float(**always(description="As published."))
    supply_risk_without = fields.Float(**always(description="If nothing could: SR / SI."))
    sources = fields.List(fields.String(), **always(description=KEYS))


class RecycleSchema(Document):
    """What secondary material does to the supply risk."""

    eol_rir = fields.Nested(ParameterSchema, **always(description="Today's rate."))
    supply_risk = fields.Float(**always(description="As published, at today's rate."))
    supply_risk_without = fields.Float(**always(description="At a rate of 0."))
    benchmark = fields.Float(
        **nullable(
            description="The Union's benchmark of 2030 for recycling of strategic raw materials; "
            "null where the rate is there already."
        )
    )
    supply_risk_at_benchmark = fields.Float(**nullable(description="At that rate, all else held."))
    sources = fields.List(fields.String(), **always(description=KEYS))


class EuProducerSchema(Document):
    """A member of the Union that makes it."""

    country = fields.String(**always(description=COUNTRY, example="FIN"))
    share = fields.Float(**always(description=OUTPUT))


class EuReserveSchema(Document):
    """Reserves in a member of the Union."""

    country = fields.String(**always(description=COUNTRY, example="FIN"))
    commodity = fields.String(**always(description="What is counted."))
    share = fields.Float(
        **nullable(description="Fraction of the world's reserves; null: no exact total is printed.")
    )
    year = fields.String(**always(description="Year."))
    source = fields.String(**always(description="Key of the source."))


class ReshoreSchema(Document):
    """What the Union makes at one stage."""

    stage = fields.String(validate=STAGES, **always(description="Stage."))
    year = fields.String(**nullable(description="Year or period of the output."))
    output = fields.Float(**always(description=f"{OUTPUT} All members together."))
    producers = fields.List(
        fields.Nested(EuProducerSchema), **always(description="Members, biggest first.")
    )
    reserves = fields.List(fields.Nested(EuReserveSchema), **always(description="At extraction."))
    domestic = fields.Float(
        **nullable(description="Fraction of the Union's sourcing that comes from members.")
    )
    benchmark = fields.Float(
        **nullable(description="The Union's benchmark of 2030 for this stage; null: not strategic.")
    )
    shift = fields.Nested(
        ShiftSchema,
        **nullable(description="Members make what lacks of the benchmark; null: nothing lacks."),
    )
    sources = fields.List(fields.String(), **always(description=KEYS))


class ReducePartSchema(Document):
    """A part that brings much of it."""

    part = fields.Nested(PartIdentitySchema, **always(description="The part."))
    lines = fields.Integer(**always(description="Lines that use it."))
    mass_g = fields.Nested(RangeSchema, **always(description="Grams in one product."))
    share = fields.Nested(
        BoundsSchema, **nullable(description="Of the known mass of the material, 0..1.")
    )


class ReduceSchema(Document):
    """Where less of it would count most."""

    parts = fields.List(
        fields.Nested(ReducePartSchema), **always(description="At most three, biggest first.")
    )
    mass_complete = fields.Boolean(**always(description="No part's mass is missing."))


class WithoutSchema(Document):
    """The largest source that would stop."""

    country = fields.String(**always(description=COUNTRY))
    stage = fields.String(validate=STAGES, **always(description="Stage."))
    scope = fields.String(validate=SCOPES, **always(description="Whose supply."))
    share = fields.Float(**always(description="Fraction of that supply."))


class StockSchema(Document):
    """What a stock would weigh, and how long it would last."""

    days = fields.Integer(**always(description="Days of need that the stock holds."))
    mass_kg = fields.Nested(BoundsSchema, **nullable(description="Kilograms."))
    lasts_days = fields.Float(
        **nullable(description="Days that it makes up for the largest source, all else held.")
    )
    without = fields.Nested(WithoutSchema, **nullable(description="That source."))
    reason = fields.String(
        **nullable(
            description="Why there is none: `annual_units_missing`, `mass_missing`, "
            "`mass_incomplete`."
        )
    )
    sources = fields.List(fields.String(), **always(description=KEYS))


class MaterialMeasuresSchema(Document):
    """What can be done about one raw material, and what it would change."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    diversify = fields.List(fields.Nested(ShiftSchema), **always(description="By stage."))
    substitute = fields.Nested(SubstituteSchema, **nullable(description="Null: nothing known."))
    recycle = fields.Nested(RecycleSchema, **nullable(description="Null: nothing known."))
    reshore = fields.List(fields.Nested(ReshoreSchema), **always(description="By stage."))
    release = fields.String(**RELEASE)
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)


class BomMeasureSchema(Document):
    """What can be done about one raw material of a product, in the order of the members."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    presence = fields.String(validate=PRESENCES, **always(description="Surest in any part."))
    supply_risk = fields.Float(**nullable(description="As the profile has it."))
    diversify = fields.List(fields.Nested(ShiftSchema), **always(description="By stage."))
    substitute = fields.Nested(SubstituteSchema, **nullable(description="Null: nothing known."))
    reduce = fields.Nested(ReduceSchema, **nullable(description="Null: no mass is known."))
    recycle = fields.Nested(RecycleSchema, **nullable(description="Null: nothing known."))
    stock = fields.Nested(StockSchema, **always(description="Only with `annual_units`."))
    reshore = fields.List(fields.Nested(ReshoreSchema), **always(description="By stage."))


class BomMeasuresSchema(Document):
    """What can be done about the raw materials of a BOM."""

    version = fields.Integer(**always(description="Number of the version.", example=1))
    profile_sha256 = fields.String(**always(**SHA256))
    profile_release = fields.String(
        **always(description="Release of the masses.", example="2026.1-draft")
    )
    annual_units = fields.String(**nullable(description="Products per year.", example="1000"))
    materials = fields.List(
        fields.Nested(BomMeasureSchema),
        **always(description="Certain and likely ones, highest supply risk first."),
    )
    left_out = fields.List(
        fields.String(),
        **always(description="What is only `possible`, and what this release lacks."),
    )
    release = fields.String(**RELEASE)
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)
