"""Schemas of the supply risk: published, recomputed, and its trend."""

from marshmallow import fields

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import COUNTRY, SOURCE, one_of
from scanner.api.schemas_shared import (
    SCOPES,
    STAGES,
    BoundsSchema,
    FigureSchema,
    SourceSchema,
)
from scanner.core.explanation import Cause
from scanner.core.present_day_risk import Direction
from scanner.core.supply import SupplyMix

GOVERNANCE = "Governance of the country, 0 best to 10 worst."
SOURCES = always(description="Keys of the sources.")


class ParameterSchema(Document):
    """An input of the formula; its year is that of the assessment that prints it."""

    value = fields.Float(**always(description="Fraction 0..1."))
    year = fields.String(**always(description="2017 where 2023 does not print it.", example="2023"))
    source = fields.String(**SOURCE)


class WeighedShareSchema(Document):
    """One country's term: fraction² × governance × t."""

    country = fields.String(**COUNTRY)
    name = fields.String(**always(description="Name in the language of the answer."))
    fraction = fields.Float(**always(description="Share, 0..1."))
    scaled_wgi = fields.Float(**nullable(description=GOVERNANCE))
    trade_parameter = fields.Float(**nullable(description="t; 1 is neutral."))
    term = fields.Float(**nullable(description="Its term; 0 for a share printed as `<`."))


class WeighedSupplySchema(Document):
    """A governance-weighted concentration index with its terms."""

    of = fields.String(**always(description="Whose shares: the group's where it has none."))
    index = fields.Float(**nullable(description="Sum of the terms, 0..10 × t."))
    bounds = fields.Nested(BoundsSchema, **always(description="With what is not named."))
    named_share = fields.Float(**always(description="Sum of the printed shares."))
    year = fields.String(**always(description="Period."))
    sources = fields.List(fields.String(), **SOURCES)
    shares = fields.List(
        fields.Nested(WeighedShareSchema), metadata={"description": "With `explain`: all terms."}
    )


class ExplanationSchema(Document):
    """Why the recomputed value differs from the published one; printed inputs alone explain."""

    cause = fields.String(
        validate=one_of(Cause),
        **always(
            description="`world_alone`, `eu_sourcing_alone`: that supply alone gives the published "
            "value; `eol_rir_2017`: the rate of 2017 does; `shares_incomplete`: most of a supply "
            "is not printed; `unexplained`: none of these."
        ),
    )
    value = fields.Float(**nullable(description="The supply risk under that reading."))
    eol_rir = fields.Float(
        **nullable(description="The rate of 2017, or the one that would give the published value.")
    )
    named_share = fields.Float(**nullable(description="Sum of the incomplete shares."))
    scope = fields.String(validate=SCOPES, **nullable(description="Of which supply."))
    source = fields.String(**nullable(description="Where another input is printed."))


class StageRiskSchema(Document):
    """The supply risk of one stage: published, recomputed, and every term."""

    stage = fields.String(validate=STAGES, **always(description="Stage."))
    bottleneck = fields.Boolean(**always(description="The material was assessed here."))
    published = fields.Float(**always(description="The official value."))
    recomputed = fields.Float(**nullable(description="What the printed inputs give."))
    bounds = fields.Nested(BoundsSchema, **nullable(description="With what is not named."))
    difference = fields.Float(**nullable(description="Recomputed less published."))
    explanation = fields.Nested(ExplanationSchema, **always(description="Of the difference."))
    mix = fields.String(
        validate=one_of(SupplyMix), **nullable(description="Which supply the study weighed.")
    )
    world = fields.Nested(WeighedSupplySchema, **nullable(description="The world's supply."))
    eu_sourcing = fields.Nested(WeighedSupplySchema, **nullable(description="The EU's sourcing."))
    import_reliance = fields.Nested(ParameterSchema, **nullable(description="IR."))
    eol_rir = fields.Nested(
        ParameterSchema, **nullable(description="End-of-life recycling input rate.")
    )
    substitution = fields.Nested(ParameterSchema, **nullable(description="SI for supply risk."))
    reason = fields.String(**nullable(description="Why nothing was recomputed, as a code."))


class MoverSchema(Document):
    """What one country did to the risk."""

    country = fields.String(**COUNTRY)
    name = fields.String(**always(description="Name in the language of the answer."))
    share_then = fields.Float(**always(description="Share 2016–2020; 0 where not named."))
    share_now = fields.Float(**always(description="Newest share; 0 where not named."))
    governance_then = fields.Float(**always(description=GOVERNANCE))
    governance_now = fields.Float(**always(description=GOVERNANCE))
    t = fields.Float(**always(description="Trade parameter, held."))
    t_assumed = fields.Boolean(
        **always(description="The study has none for the country: the neutral one stands in.")
    )
    by_share = fields.Float(**always(description="Of the change, owed to its share."))
    by_governance = fields.Float(**always(description="Of the change, owed to its governance."))
    moved = fields.Float(**always(description="Both."))


class GovernanceYearsSchema(Document):
    """Which years of the edition are compared."""

    then = fields.String(**always(description="Years of the mean.", example="2016-2020"))
    now = fields.String(**always(description="Newest year.", example="2024"))


class PresentDaySchema(Document):
    """The world's part of the risk then and now, all else held: a trend, no official value."""

    stage = fields.String(validate=STAGES, **nullable(description="The bottleneck."))
    published = fields.Float(**nullable(description="The official value of 2023."))
    direction = fields.String(
        validate=one_of(Direction),
        **nullable(
            description="`steady`: by less than 0.05; `unclear`: what is not named could turn it "
            "round; null has a `reason`."
        ),
    )
    then = fields.Float(**nullable(description="The world's part 2016–2020."))
    now = fields.Float(**nullable(description="The world's part in `year`."))
    change = fields.Float(**nullable(description="Now less then."))
    then_bounds = fields.Nested(BoundsSchema, **nullable(description="With what is not named."))
    now_bounds = fields.Nested(BoundsSchema, **nullable(description="With what is not named."))
    factor = fields.Float(
        **nullable(description="Weight of the world's supply × (1 − EoL-RIR) × SI, held.")
    )
    year = fields.String(**nullable(description="Year of the newest production."))
    shift = fields.Float(**nullable(description="Fraction of supply that lies elsewhere now."))
    start_shift = fields.Float(
        **nullable(
            description="The same in the first year of the series: that much at most is owed to "
            "the change of source."
        )
    )
    because = fields.List(
        fields.Nested(MoverSchema),
        **always(description="Biggest contributions first: five, with `explain` all."),
    )
    countries = fields.Integer(**always(description="How many countries contribute."))
    commodity = fields.String(**nullable(description="Commodity that is counted now."))
    basis = fields.String(**nullable(description="What its quantities are, in English."))
    publisher = fields.String(**nullable(description="Who counts."))
    governance_edition = fields.String(**nullable(description="One edition for both."))
    governance_years = fields.Nested(
        GovernanceYearsSchema, **nullable(description="Years of the edition.")
    )
    sources = fields.List(fields.String(), **SOURCES)
    reason = fields.String(
        **nullable(
            description="Why there is no trend: `other_stage`, `other_basis`, `counted_together`, "
            "`several_commodities`, `no_production`, `world_total_missing`, "
            "`world_supply_not_weighed`, `governance_missing`, …; more may come."
        )
    )


class MaterialSupplyRiskSchema(Document):
    """The supply risk of one raw material."""

    material = fields.String(**always(description="Material id.", example="cobalt"))
    name = fields.String(**always(description="Name in the language of the answer."))
    supply_risk = fields.Nested(FigureSchema, **always(description="The official value."))
    economic_importance = fields.Nested(FigureSchema, **always(description="The official value."))
    stages = fields.List(
        fields.Nested(StageRiskSchema), **always(description="Those with a published value.")
    )
    present_day = fields.Nested(
        PresentDaySchema, **always(description="What became of it since 2016–2020.")
    )
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited in this answer, by key."),
    )
