"""Schemas of GeoPolRisk: of imports, and of own purchases by origin."""

from marshmallow import fields, validate

from scanner.api.schemas_boms import Switch
from scanner.api.schemas_concentration import SupplierSchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import COUNTRY, SOURCE
from scanner.api.schemas_shared import STAGES, BoundsSchema, ExplainQuery, Input, SourceSchema
from scanner.core.names import Stage
from scanner.services.geopolrisk import DEFAULT_IMPORTER

MOST_IMPORTERS = 60
MOST_ORIGINS = 250
MOST_TONNES = 1e12
CODE = "(EU27|[A-Z]{3})"
IMPORTER = rf"^{CODE}(,{CODE}){{0,{MOST_IMPORTERS - 1}}}$"


class ImportRiskQuery(ExplainQuery):
    """Whose imports, and of which year."""

    importer = fields.String(
        validate=validate.Regexp(IMPORTER),
        load_default=DEFAULT_IMPORTER,
        metadata={
            "description": "`EU27`, or ISO 3166-1 alpha-3 codes; several with commas between are "
            "one group, whose trade among themselves has no risk. Where the trade of one of them "
            "is not in the release there is no score.",
            "example": "NLD",
        },
    )
    year = fields.Integer(
        validate=validate.Range(min=1990, max=2100),
        metadata={"description": "Only this year; without it all that there are.", "example": 2024},
    )


class BoughtSchema(Input):
    """How much is bought from one country."""

    country = fields.String(
        required=True,
        validate=validate.Regexp(r"^[A-Z]{3}$"),
        metadata={"description": "ISO 3166-1 alpha-3.", "example": "CHL"},
    )
    weight_t = fields.Float(
        required=True,
        validate=validate.Range(min=0, min_inclusive=False, max=MOST_TONNES),
        metadata={
            "description": "Tonnes, in the form in which you buy it.",
            "example": 12.5,
            "exclusiveMinimum": 0,
        },
    )


class OriginInputSchema(BoughtSchema):
    """What is bought from one country, and for how much."""

    value_kusd = fields.Float(
        validate=validate.Range(min=0, max=MOST_TONNES),
        metadata={"description": "Thousand US dollars; for the price.", "example": 180},
    )


class PurchasesSchema(Input):
    """Somebody's purchases of one raw material by origin."""

    origins = fields.List(
        fields.Nested(OriginInputSchema),
        required=True,
        validate=validate.Length(min=1, max=MOST_ORIGINS),
        metadata={"description": "What you buy, by country; entries of one country add up."},
    )
    home = fields.String(
        validate=validate.Regexp(f"^{CODE}$"),
        metadata={
            "description": "Where you are: `EU27` or a country. What comes from there has no risk.",
            "example": "NLD",
        },
    )
    stage = fields.Enum(
        Stage,
        by_value=True,
        metadata={
            "type": "string",
            "description": "What you buy: ore (`extraction`) or metal and compounds "
            "(`processing`). Without it the assessed stage.",
        },
    )
    explain = Switch(
        load_default=False, metadata={"description": "Tell all terms: origins and suppliers."}
    )


class ProductionBasisSchema(Document):
    """Whose concentration is in the score."""

    stage = fields.String(validate=STAGES, **always(description="Stage that is counted."))
    of = fields.String(**nullable(description="Commodity; null: the material itself."))
    name = fields.String(**always(description="Name, in Dutch where asked for, else English."))
    materials = fields.List(fields.String(), **always(description="Counted together."))
    basis = fields.String(**nullable(description="What the quantities are, in English."))
    publisher = fields.String(**always(description="Who counts."))
    year = fields.String(**always(description="Year or period.", example="2024"))
    source = fields.String(**SOURCE)
    shares = fields.List(
        fields.Nested(SupplierSchema),
        metadata={"description": "With `explain`: all shares of the world, biggest first."},
    )


class OriginTermSchema(Document):
    """One origin in the import risk."""

    country = fields.String(**COUNTRY)
    name = fields.String(**always(description="Name in the language of the answer."))
    weight_t = fields.Float(**always(description="Tonnes."))
    instability = fields.Float(
        **nullable(description="0 best, 1 worst; null: no indicator, which counts as the worst.")
    )
    term = fields.Float(**always(description="instability × weight ÷ supply."))


class ImportRiskSchema(Document):
    """The share of supply that comes from unstable countries."""

    value = fields.Float(**always(description="0..1."))
    bounds = fields.Nested(BoundsSchema, **always(description="What is not known leaves open."))
    imports_t = fields.Float(**always(description="Imports whose weight is known, tonnes."))
    domestic_t = fields.Float(**always(description="Named production at home, tonnes."))
    origins = fields.List(
        fields.Nested(OriginTermSchema),
        metadata={"description": "With `explain`: every origin, heaviest first."},
    )


class ScoreSchema(Document):
    """The GeoPolRisk at one stage in one year."""

    year = fields.Integer(**always(description="Year.", example=2024))
    stage = fields.String(validate=STAGES, **always(description="Stage that is traded."))
    codes = fields.List(
        fields.String(), **always(description="Codes of the imports, added up; none of purchases.")
    )
    production = fields.Nested(
        ProductionBasisSchema, **nullable(description="Null: the release has none in that year.")
    )
    mixed_stages = fields.Boolean(
        **always(description="Production is counted at another stage than trade.")
    )
    hhi = fields.Nested(BoundsSchema, **nullable(description="Of world production, 0–10 000."))
    import_risk = fields.Nested(ImportRiskSchema, **nullable(description="Null: no supply."))
    score = fields.Float(
        **nullable(description="HHI (0..1, what is not named counts as nothing) × import risk.")
    )
    bounds = fields.Nested(BoundsSchema, **nullable(description="Of the score."))
    price_usd_per_kg = fields.Float(**nullable(description="Mean price of the imports."))
    midpoint_usd_per_kg = fields.Float(**nullable(description="Score × price."))
    factor = fields.Float(
        **nullable(description="Characterisation factor: midpoint ÷ that of copper, kg Cu-eq/kg.")
    )
    factor_reason = fields.String(
        **nullable(
            description="Why there is no factor: `copper_missing`, `price_missing`, or as `reason`."
        )
    )
    unweighed_kusd = fields.Float(
        **always(description="Value of imports without weight, left out, thousand US dollars.")
    )
    reason = fields.String(
        **nullable(
            description="Why there is no score: `production_missing`, `trade_counts_others` (the "
            "code counts other materials, too), `no_imports_and_no_production`; more may come."
        )
    )
    sources = fields.List(fields.String(), **always(description="Keys of all that went in."))


class GeoPolRiskSchema(Document):
    """What is the same in both answers."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    method = fields.String(**always(description="Key of the method.", example="geopolrisk"))
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited in this answer, by key."),
    )


class MaterialImportRiskSchema(GeoPolRiskSchema):
    """GeoPolRisk of the imports of a country, a group or the Union."""

    importer = fields.List(fields.String(), **always(description="Who imports."))
    reason = fields.String(
        **nullable(
            description="Why there is nothing: `trade_not_held` (of an importer), `trade_missing` "
            "(of the material), `not_in_this_year`; more may come."
        )
    )
    scores = fields.List(
        fields.Nested(ScoreSchema),
        **always(description="Newest year first; of one year the most telling first."),
    )


class PurchaseRiskSchema(GeoPolRiskSchema):
    """GeoPolRisk of somebody's own purchases; nothing is stored."""

    home = fields.String(**nullable(description="Where purchases have no risk."))
    score = fields.Nested(ScoreSchema, **always(description="On the newest production."))
