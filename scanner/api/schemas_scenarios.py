"""Schemas of disruption scenarios."""

from marshmallow import fields, validate

from scanner.api.schemas_boms import Switch
from scanner.api.schemas_lines import PartIdentitySchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_profile import AppliedListingSchema
from scanner.api.schemas_resources import one_of
from scanner.api.schemas_shared import (
    PRESENCES,
    SHA256,
    STAGES,
    Input,
    RangeSchema,
    ShareSchema,
    SourceSchema,
    SpendSchema,
)
from scanner.core.names import Stage
from scanner.core.scenarios import MECHANICAL
from scanner.core.supplies import SupplyScope

MOST_COUNTRIES = 50
MOST_MATERIALS = 100
MOST_BOMS = 20
MOST_NEXT = 10
MOST_KG = 1e12
COUNTRY = validate.Regexp(r"^[A-Za-z]{3}$")
MATERIAL = validate.Regexp(r"^[a-z0-9_]{1,60}$")
KIND = always(
    description="Always `mechanical_exposure`: shares of the past times a fraction, no forecast.",
    example=MECHANICAL,
)


class StockInput(Input):
    """What is in stock of a raw material."""

    material = fields.String(
        required=True, validate=MATERIAL, metadata={"description": "Material id."}
    )
    mass_kg = fields.Float(
        required=True,
        validate=validate.Range(min=0, max=MOST_KG),
        metadata={"description": "Kilograms, counted as masses in parts are.", "example": 2.5},
    )


class ScenarioInputSchema(Input):
    """Which countries stop how much of what, and whose BOMs are held against it."""

    countries = fields.List(
        fields.String(validate=COUNTRY),
        required=True,
        validate=validate.Length(min=1, max=MOST_COUNTRIES),
        metadata={"description": "ISO 3166-1 alpha-3 codes.", "example": ["CHN"]},
    )
    fraction = fields.Float(
        validate=validate.Range(min=0, max=1, min_inclusive=False),
        load_default=1.0,
        metadata={
            "description": "How much of its supply each stops; 1 is all.",
            "example": 0.5,
            "exclusiveMinimum": 0,
        },
    )
    materials = fields.List(
        fields.String(validate=MATERIAL),
        allow_none=True,
        validate=validate.Length(min=1, max=MOST_MATERIALS),
        metadata={"description": "Material ids; all if left out.", "example": ["gallium"]},
    )
    stage = fields.Enum(
        Stage,
        by_value=True,
        allow_none=True,
        metadata={"type": "string", "description": "Only this stage; both if left out."},
    )
    scopes = fields.List(
        fields.Enum(SupplyScope, by_value=True, metadata={"type": "string"}),
        load_default=lambda: [SupplyScope.WORLD, SupplyScope.EU_SOURCING],
        validate=validate.Length(min=1, max=len(SupplyScope)),
        metadata={
            "description": "Which supplies are looked at: `world` and `eu_sourcing` (averages of "
            "the EU's study; the default), `production`, `eu_imports`, `dutch_imports` (newest "
            "year)."
        },
    )
    top = fields.Integer(
        strict=True,
        validate=validate.Range(min=0, max=MOST_NEXT),
        load_default=3,
        metadata={"description": "How many of the suppliers that are left are named."},
    )
    explain = Switch(
        load_default=False, metadata={"description": "Name all suppliers that are left."}
    )
    boms = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=MOST_BOMS),
        metadata={"description": "Ids of BOMs: what it means for their newest ready versions."},
    )
    stock = fields.List(
        fields.Nested(StockInput),
        load_default=list,
        validate=validate.Length(max=MOST_MATERIALS),
        metadata={"description": "Stocks, for days of stock of BOMs with `annual_units`."},
    )


class LossBoundsSchema(Document):
    """A fraction or quantity between what is surely lost and what may be."""

    low = fields.Float(**always(description="By the shares that are printed."))
    high = fields.Float(**always(description="If what no share names is theirs, too."))


class LargestLossSchema(Document):
    """The supply that loses most."""

    scope = fields.String(validate=one_of(SupplyScope), **always(description="Whose supply."))
    stage = fields.String(validate=STAGES, **nullable(description="Null: semi-finished goods."))
    lost = fields.Nested(LossBoundsSchema, **always(description="Fraction 0..1 of it."))


class LossSchema(Document):
    """What one supply loses, in its newest year."""

    scope = fields.String(validate=one_of(SupplyScope), **always(description="Whose supply."))
    stage = fields.String(validate=STAGES, **nullable(description="Null: semi-finished goods."))
    of = fields.String(**nullable(description="Commodity or code; null: the material itself."))
    materials = fields.List(
        fields.String(), **always(description="Counted together; a group stands for its members.")
    )
    year = fields.String(**nullable(description="Year or period of the shares."))
    lost = fields.Nested(
        LossBoundsSchema, **nullable(description="Fraction 0..1; null has a `reason`.")
    )
    quantity = fields.Nested(
        LossBoundsSchema, **nullable(description="The same in `unit`, where a total is printed.")
    )
    unit = fields.String(**nullable(description="Of `quantity`."))
    stopped = fields.List(
        fields.Nested(ShareSchema), **always(description="Full shares of the countries asked for.")
    )
    next = fields.List(
        fields.Nested(ShareSchema), **always(description="The biggest of the others.")
    )
    source = fields.String(**nullable(description="Key of the source of the shares."))
    reason = fields.String(
        **nullable(
            description="Why nothing can be told: `world_missing`, `eu_sourcing_missing`, …, "
            "`world_total_missing`, `weight_missing`, `no_trade`; more may come."
        )
    )


class MaterialLossSchema(Document):
    """What one raw material loses."""

    material = fields.String(**always(description="Material id.", example="gallium"))
    largest_loss = fields.Nested(
        LargestLossSchema, **nullable(description="Null: no supply of it is known.")
    )
    supplies = fields.List(fields.Nested(LossSchema), **always(description="By scope and stage."))


class ReasonedSchema(Document):
    """A span, or a reason why there is none."""

    low = fields.Float(**nullable(description="At least."))
    high = fields.Float(**nullable(description="At most; null beside a `low`: without end."))
    reason = fields.String(
        **nullable(
            description="`annual_units_missing`, `mass_missing`, `mass_incomplete`, "
            "`supply_missing`, `price_missing`, `priced_in_another_form` (an oxide, an ore), "
            "`stock_missing`, `nothing_lost`; more may come."
        )
    )


class MarketValueSchema(ReasonedSchema):
    """US dollars at the newest yearly price."""

    usd_per_kg = fields.Float(**nullable(description="The price."))
    basis = fields.String(**nullable(description="What is priced, in English."))
    year = fields.String(**nullable(description="Of the price."))
    source = fields.String(**nullable(description="Key of the source of the price."))


class ExposedMaterialSchema(Document):
    """A raw material of a product that loses supply."""

    material = fields.String(**always(description="Material id."))
    presence = fields.String(validate=PRESENCES, **always(description="How surely it is there."))
    critical = fields.Nested(AppliedListingSchema, **nullable(description="Critical for the EU."))
    strategic = fields.Nested(AppliedListingSchema, **nullable(description="Strategic."))
    largest_loss = fields.Nested(
        LargestLossSchema, **nullable(description="Null: no supply of it is known.")
    )
    lines = fields.Integer(**always(description="Lines that bring it; `lines?material=` lists."))
    mass_g = fields.Nested(RangeSchema, **nullable(description="Grams in one product."))
    mass_gaps = fields.List(fields.String(), **always(description="Why a mass is incomplete."))
    annual_mass_kg = fields.Nested(RangeSchema, **nullable(description="Kilograms a year."))
    annual_shortfall_kg = fields.Nested(
        ReasonedSchema, **always(description="Of that, what the largest loss would take.")
    )
    annual_value_usd = fields.Nested(
        MarketValueSchema, **always(description="What `annual_mass_kg` is worth on the market.")
    )
    days_of_stock = fields.Nested(
        ReasonedSchema,
        **always(description="How long the stock makes up for the loss, by `annual_mass_kg`."),
    )


class HeldMaterialSchema(Document):
    """A raw material in a part that loses supply."""

    material = fields.String(**always(description="Material id."))
    presence = fields.String(validate=PRESENCES, **always(description="How surely it is there."))
    largest_loss = fields.Nested(
        LargestLossSchema, **nullable(description="Null: no supply of it is known.")
    )


class ExposedPartSchema(Document):
    """A part that holds something that loses supply."""

    part = fields.Nested(PartIdentitySchema, **always(description="The part."))
    lines = fields.Integer(**nullable(description="Lines that name it."))
    spend = fields.Nested(SpendSchema, **always(description="What its lines cost."))
    materials = fields.List(
        fields.Nested(HeldMaterialSchema), **always(description="Surest, then largest loss first.")
    )


class ExposedPartsSchema(Document):
    """The parts that hold something that loses supply."""

    count = fields.Integer(**always(description="Different parts."))
    only_possible = fields.Integer(**always(description="Of these, possibly only."))
    lines = fields.Integer(**nullable(description="Lines that name them."))
    spend = fields.Nested(
        SpendSchema,
        **always(
            description="Spend at stake: what the parts cost that hold it certainly or likely."
        ),
    )
    spend_only_possible = fields.Nested(
        SpendSchema, **always(description="What the others cost, which possibly hold it.")
    )
    shown = fields.List(
        fields.Nested(ExposedPartSchema), **always(description="At most 50, largest loss first.")
    )


class ReadCoverageSchema(Document):
    """Lines that count, by what is known of them: what is not recognised is not free of risk."""

    recognised = fields.Integer(**always(description="Recognised."))
    ambiguous = fields.Integer(**always(description="With competing readings."))
    unrecognised = fields.Integer(**always(description="Unknown."))


class ExposureSchema(Document):
    """What a scenario means for one BOM."""

    kind = fields.String(**KIND)
    bom = fields.UUID(**always(description="Id of the BOM."))
    name = fields.String(**always(description="Its name."))
    version = fields.Integer(**always(description="Number of the version."))
    profile_sha256 = fields.String(**always(**SHA256))
    annual_units = fields.String(**nullable(description="Products per year."))
    coverage = fields.Nested(ReadCoverageSchema, **always(description="What was understood."))
    materials = fields.List(
        fields.Nested(ExposedMaterialSchema),
        **always(description="Largest loss first; what is only possible stands last."),
    )
    parts = fields.Nested(ExposedPartsSchema, **always(description="Parts that hold them."))


class AskedSchema(Document):
    """The scenario as it was understood."""

    countries = fields.List(fields.String(), **always(description="ISO 3166-1 alpha-3."))
    fraction = fields.Float(**always(description="What each stops, 0..1."))
    stage = fields.String(validate=STAGES, **nullable(description="Null: both."))
    materials = fields.List(fields.String(), **nullable(description="Null: all."))
    scopes = fields.List(fields.String(), **always(description="Supplies that are looked at."))


class ScenarioSchema(Document):
    """What is lost, and what it means for BOMs: a mechanical exposure, no forecast."""

    kind = fields.String(**KIND)
    method = fields.String(**always(description="Key of the method.", example="scenarios"))
    scenario = fields.Nested(AskedSchema, **always(description="What was asked."))
    materials = fields.List(
        fields.Nested(MaterialLossSchema), **always(description="Largest loss first.")
    )
    untouched = fields.List(
        fields.String(), **always(description="Materials that are known to lose nothing.")
    )
    boms = fields.List(fields.Nested(ExposureSchema), **always(description="As asked for."))
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited in this answer, by key."),
    )
