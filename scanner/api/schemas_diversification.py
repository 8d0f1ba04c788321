"""Schemas of the diversification room."""

from marshmallow import fields

from scanner.api.schemas_concentration import SupplierSchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import one_of
from scanner.api.schemas_shared import STAGES, SourceSchema
from scanner.core.diversification import Standing
from scanner.core.supplies import SupplyScope

FRACTION = "Fraction of the world's output."


class ProducerSchema(SupplierSchema):
    """A country that makes the material, and how the Union stands to it."""

    standing = fields.String(
        validate=one_of(Standing),
        **always(
            description="The first that applies: `eu`; `agreement` in force or provisionally "
            "applied; `partnership` on raw materials; `other`."
        ),
    )
    agreements = fields.List(fields.String(), **always(description="Names of the agreements."))
    partnership = fields.Boolean(**always(description="On raw materials; also beside others."))
    sanctioned = fields.Boolean(
        **always(description="A measure of the Union on this material from there is in force.")
    )


class ByStandingSchema(Document):
    """The named output outside the largest supplier, by standing with the Union."""

    eu = fields.Float(**always(description=FRACTION))
    agreement = fields.Float(**always(description=FRACTION))
    partnership = fields.Float(**always(description=FRACTION))
    other = fields.Float(**always(description=FRACTION))


class RoomSchema(Document):
    """The room at one stage."""

    stage = fields.String(validate=STAGES, **always(description="Stage."))
    scope = fields.String(
        validate=one_of(SupplyScope),
        **always(description="`production`: the newest; `world`: the study's, 2016–2020."),
    )
    commodity = fields.String(**nullable(description="Commodity; null: the material itself."))
    basis = fields.String(**nullable(description="What the quantities are, in English."))
    publisher = fields.String(**always(description="Who counts."))
    year = fields.String(**always(description="Year or period.", example="2024"))
    largest = fields.Nested(ProducerSchema, **always(description="The largest supplier."))
    outside = fields.Float(**always(description=f"{FRACTION} Not of the largest supplier."))
    friendly = fields.Float(
        **always(description="Of that in the Union, or with an agreement or a partnership.")
    )
    by_standing = fields.Nested(ByStandingSchema, **always(description="The named part."))
    unnamed = fields.Float(**always(description="What the source does not name."))
    producers = fields.List(
        fields.Nested(ProducerSchema),
        **always(description="All others, biggest first: ten, with `explain` all."),
    )
    countries = fields.Integer(**always(description="How many others are named."))
    withheld = fields.List(
        fields.String(), **always(description="Producers whose output is not published.")
    )
    sources = fields.List(fields.String(), **always(description="Keys of the sources."))


class MaterialRoomSchema(Document):
    """Where else one raw material is made."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    assessed_stage = fields.String(validate=STAGES, **nullable(description="The bottleneck."))
    stages = fields.List(fields.Nested(RoomSchema), **always(description="By stage."))
    reason = fields.String(**nullable(description="Why there is none: `no_production`."))
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited in this answer, by key."),
    )
