"""Schemas that several resources share: pages of lists, evidence, ranges, listings, sources."""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from scanner.api.schemas_problem import Document, always, nullable
from scanner.core.composition import MassGap
from scanner.core.evidence import RecognitionState
from scanner.core.names import EvidenceKind, Presence, Scope, Stage
from scanner.core.present_day_risk import Direction as RiskDirection
from scanner.core.scanner_indicators import Level

MOST_PER_PAGE = 500
CURSOR_CHARS = 2_000

STAGES = validate.OneOf([str(item) for item in Stage])
SCOPES = validate.OneOf([str(item) for item in Scope])
PRESENCES = validate.OneOf([str(item) for item in Presence])
EVIDENCE_KINDS = validate.OneOf([str(item) for item in EvidenceKind])
STATES = validate.OneOf([str(item) for item in RecognitionState])
LEVELS = validate.OneOf([str(item) for item in Level])
GAPS = validate.OneOf([str(item) for item in MassGap])
DOCUMENTED_ONLY = (
    "Leave out statements of presence that rest on engineering knowledge alone (`expert`)."
)
SHA256 = {"description": "SHA-256 in hexadecimal.", "pattern": "^[0-9a-f]{64}$"}


class Input(Schema):
    """Base of what the service takes: a member it does not know is an error."""

    class Meta:
        """Typing errors are told."""

        unknown = RAISE


def flag(description: str, **metadata: Any) -> fields.Boolean:
    """A parameter that is `true` or `false`, and no other spelling of them."""
    told = {"description": description, **metadata}
    return fields.Boolean(truthy={"true"}, falsy={"false"}, metadata=told)


class ExplainQuery(Input):
    """How much of a method is told."""

    explain = flag("Tell all terms: every share that went in, not the figures alone.")


class PageQuery(Input):
    """Which page of a list."""

    cursor = fields.String(
        validate=validate.Length(min=1, max=CURSOR_CHARS),
        metadata={
            "description": "The `next` of the page before; without it the first page.",
            "example": "b3BhcXVl",
        },
    )
    limit = fields.Integer(
        validate=validate.Range(min=1, max=MOST_PER_PAGE),
        metadata={"description": "Most entries on one page.", "example": 50},
    )


class Page(Document):
    """A page of a list."""

    next = fields.String(**nullable(description="Cursor of the next page; null on the last one."))
    total = fields.Integer(
        **always(description="Entries of the whole list.", example=87), strict=True
    )


class RangeSchema(Document):
    """A range; `typical` is null where the sources give limits only.

    A nominal figure, for which no source gives limits, has `range_known` false. Alone it is
    `typical` with `low` and `high` null; added to or multiplied with ranges it moves both ends,
    and the true value may lie outside them.
    """

    low = fields.Float(
        **nullable(description="The least that agrees with the sources; null if nominal.")
    )
    typical = fields.Float(**nullable(description="Nominal or usual value, where known."))
    high = fields.Float(
        **nullable(description="The most that agrees with the sources; null if nominal.")
    )
    range_known = fields.Boolean(
        **always(description="Whether `low` and `high` are limits: no nominal figure is in them.")
    )


class MoneySchema(Document):
    """An amount of money; currencies are never converted."""

    currency = fields.String(
        **nullable(description="Code of ISO 4217; null: the file names none.", example="EUR")
    )
    amount = fields.Float(**always(description="In one product.", example=812.5))
    annual = fields.Float(**nullable(description="In a year; only with `annual_units`."))


class SpendSchema(Document):
    """What the lines that count cost by the prices in the file, as far as they are there."""

    amounts = fields.List(
        fields.Nested(MoneySchema), **always(description="By currency; none without prices.")
    )
    priced_lines = fields.Integer(**always(description="Lines with an amount and a price."))
    unpriced_lines = fields.Integer(
        **always(description="The others that count: what they cost is not known.")
    )


class BoundsSchema(Document):
    """Least and greatest value that agree with what the source prints."""

    low = fields.Float(**always(description="If the unnamed remainder is spread out."))
    high = fields.Float(**always(description="If the unnamed remainder is one country."))


class EvidenceSchema(Document):
    """One reason to believe that a part contains something."""

    kind = fields.String(validate=EVIDENCE_KINDS, **always(description="Kind, strongest first."))
    text = fields.String(
        **always(description="What was seen, exactly as it stood.", example="1.4404")
    )
    field = fields.String(**always(description="Where it stood.", example="material"))
    points_to = fields.String(
        **always(description="What it points to, `kind:id`.", example="alloy:ss_1_4404")
    )
    confidence = fields.Float(**always(description="How sure, 0..1."))
    source = fields.String(**always(description="Key of the source of the rule."))
    rule = fields.String(**always(description="Key of the rule in the knowledge release."))


class SourceSchema(Document):
    """One citable source."""

    title = fields.String(**always(description="Title."))
    publisher = fields.String(**always(description="Publisher or authors."))
    year = fields.String(**nullable(description="Year of publication, as printed."))
    address = fields.String(**always(description="DOI or web address."))
    licence = fields.String(**always(description="Terms of use."))


class ListingSchema(Document):
    """A place on a legal list, with its qualifier."""

    annex = fields.String(
        **always(description="Annex of Regulation (EU) 2024/1252: I strategic, II critical.")
    )
    point = fields.String(**always(description="Point of the annex.", example="p"))
    qualifier = fields.String(
        **nullable(description="What the list covers of the material.", example="battery grade")
    )
    source = fields.String(**always(description="Key of the source."))


class FigureSchema(Document):
    """A published or computed number with method, year and source; null has a reason."""

    value = fields.Float(**nullable(description="The number."))
    stage = fields.String(validate=STAGES, **nullable(description="The stage it is about."))
    method = fields.String(**always(description="How it is computed or who published it."))
    year = fields.String(**always(description="Year or period, as the source prints it."))
    source = fields.String(**always(description="Key of the source."))
    reason = fields.String(**nullable(description="Why there is no value, as a code."))


class ShareSchema(Document):
    """A country's share of supply."""

    country = fields.String(**always(description="ISO 3166-1 alpha-3.", example="CHN"))
    share = fields.Float(**always(description="Fraction 0..1."))
    upper_bound = fields.Boolean(**always(description="Printed as `<`: between 0 and `share`."))


class LargestSourceSchema(Document):
    """The biggest supplier at the assessed stage, or the nearest that the source covers."""

    country = fields.String(**always(description="ISO 3166-1 alpha-3.", example="CHN"))
    share = fields.Float(**always(description="Fraction 0..1."))
    stage = fields.String(validate=STAGES, **always(description="Stage of the share."))
    scope = fields.String(validate=SCOPES, **always(description="World or EU sourcing."))
    year = fields.String(**always(description="Period, as printed."))
    source = fields.String(**always(description="Key of the source."))


class ConcentrationSchema(Document):
    """How concentrated supply is at one stage and scope."""

    stage = fields.String(validate=STAGES, **always(description="Stage."))
    scope = fields.String(validate=SCOPES, **always(description="World or EU sourcing."))
    hhi = fields.Nested(
        BoundsSchema, **nullable(description="Herfindahl–Hirschman index, 0–10 000.")
    )
    governance_hhi = fields.Nested(
        BoundsSchema,
        **nullable(description="Sum of share² × scaled governance × trade parameter t, 0–10 × t."),
    )
    named_share = fields.Float(
        **always(description="Sum of the printed shares; up to 1.05 by rounding.")
    )
    countries = fields.Integer(**always(description="Countries that the source names."))
    largest = fields.List(
        fields.Nested(ShareSchema), **always(description="At most five, biggest first.")
    )
    method = fields.String(**always(description="Key of the method.", example="hhi"))
    year = fields.String(**always(description="Period, as printed."))
    source = fields.String(**always(description="Key of the source of the shares."))
    sources = fields.List(fields.String(), **always(description="All sources of this entry."))
    reason = fields.String(**nullable(description="Why an index is null, as a code."))


class BriefMoverSchema(Document):
    """A country that moved the supply risk."""

    country = fields.String(**always(description="ISO 3166-1 alpha-3.", example="COD"))
    share_then = fields.Float(**always(description="Share 2016–2020; 0 where not named."))
    share_now = fields.Float(**always(description="Newest share; 0 where not named."))
    moved = fields.Float(**always(description="Its part of the change."))


class BriefTrendSchema(Document):
    """What became of the world's part of the supply risk since 2016–2020; see `supply-risk`."""

    direction = fields.String(
        validate=validate.OneOf([str(item) for item in RiskDirection]),
        **nullable(description="A trend beside the official value; null has a `reason`."),
    )
    change = fields.Float(**nullable(description="Of the world's part, now less then."))
    year = fields.String(**nullable(description="Year of the newest production."))
    because = fields.List(
        fields.Nested(BriefMoverSchema), **always(description="At most three, biggest first.")
    )
    sources = fields.List(fields.String(), **always(description="Keys of the sources."))
    reason = fields.String(**nullable(description="Why there is no trend, as a code."))


class BriefRoomSchema(Document):
    """World output outside the largest supplier at the assessed stage; see `diversification`."""

    stage = fields.String(validate=STAGES, **always(description="Stage."))
    year = fields.String(**always(description="Year or period."))
    largest = fields.String(**always(description="The largest supplier, ISO 3166-1 alpha-3."))
    outside = fields.Float(**always(description="Fraction of the world's output."))
    friendly = fields.Float(
        **always(description="Of that in the Union, or with an agreement or a partnership.")
    )
    unnamed = fields.Float(**always(description="What the source does not name."))
    source = fields.String(**always(description="Key of the source of the output."))


class AssessmentSchema(Document):
    """The indicators of one material."""

    supply_risk = fields.Nested(
        FigureSchema, **always(description="EU supply risk (SR), published value, at its stage.")
    )
    economic_importance = fields.Nested(
        FigureSchema, **always(description="EU economic importance (EI), published value.")
    )
    import_reliance = fields.Nested(
        FigureSchema, **always(description="Import reliance (IR), fraction 0..1.")
    )
    eol_rir = fields.Nested(
        FigureSchema, **always(description="End-of-life recycling input rate, fraction 0..1.")
    )
    largest_source = fields.Nested(
        LargestSourceSchema, **nullable(description="The biggest supplier.")
    )
    concentration = fields.List(
        fields.Nested(ConcentrationSchema), **always(description="Per stage and scope.")
    )
    present_day = fields.Nested(
        BriefTrendSchema, **always(description="What became of the supply risk since.")
    )
    diversification = fields.Nested(
        BriefRoomSchema, **nullable(description="Who else makes it; null: nobody tells.")
    )
    levels = fields.Dict(
        keys=fields.String(),
        values=fields.String(allow_none=True, validate=LEVELS),
        **always(
            description="Level of each scanner indicator, by id; null: unknown, which is not low. "
            "See `indicators`."
        ),
    )


class GovernanceSchema(Document):
    """Worldwide Governance Indicators of one country."""

    mean = fields.Float(**always(description="Mean of six, about −2.5..2.5; high is good."))
    scaled = fields.Float(**always(description="(2.5 − mean) × 2: 0 best, 10 worst."))
    year = fields.String(**always(description="Year or period."))
    edition = fields.String(**always(description="Edition of the indicators."))
    source = fields.String(**always(description="Key of the source."))


class DevelopmentSchema(Document):
    """Human Development Index of one country."""

    hdi = fields.Float(**always(description="0..1."))
    year = fields.String(**always(description="Year."))
    edition = fields.String(**always(description="Edition of the index."))
    source = fields.String(**always(description="Key of the source."))


class RelationSchema(Document):
    """How the EU stands to a country."""

    eu_member = fields.Boolean(**always(description="Member of the European Union."))
    eea_efta = fields.Boolean(**always(description="In the EEA or EFTA."))
    customs_union = fields.Boolean(**always(description="In a customs union with the EU."))
    agreement = fields.String(**nullable(description="Main trade agreement."))
    agreement_status = fields.String(**nullable(description="Its state."))
    agreement_date = fields.String(**nullable(description="ISO 8601 date or year."))
    partnership = fields.Boolean(**always(description="Strategic raw-materials partnership."))
    partnership_date = fields.String(**nullable(description="ISO 8601 date or year."))
    sources = fields.List(fields.String(), **always(description="Keys of the sources."))


class CountryFactsSchema(Document):
    """Governance, development and EU relation; null where there is no figure."""

    governance = fields.Nested(GovernanceSchema, **nullable(description="Newest edition."))
    governance_2023 = fields.Nested(
        GovernanceSchema,
        **nullable(description="2016–2020 mean, edition of the EU 2023 assessment."),
    )
    development = fields.Nested(DevelopmentSchema, **nullable(description="Human development."))
    relation = fields.Nested(RelationSchema, **nullable(description="Relation to the EU."))
