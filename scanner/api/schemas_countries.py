"""Schemas of what is known of a country beside supply, and of measures on raw materials."""

from marshmallow import fields

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import COUNTRY, NOTE, SOURCE, one_of
from scanner.api.schemas_shared import Input
from scanner.core.restrictions import ExportMeasure, Reported, SanctionMeasure, State
from scanner.core.standing import AgreementKind, AgreementStatus, AreaStanding

SOURCES = always(description="Keys of the sources.")
DATED = "ISO 8601, to the year, the month or the day."
ESTIMATE = nullable(description="About −2.5..2.5; high is good.")
NAMED = always(description="Raw materials that the words name; none where they name no other.")


class DayQuery(Input):
    """The day for which states are asked."""

    on = fields.Date(
        metadata={
            "description": "A day: every restriction and sanction then says its `state` on it.",
            "example": "2026-11-28",
        }
    )


class GovernanceYearSchema(Document):
    """The six Worldwide Governance Indicators of one year; editions are not comparable."""

    edition = fields.String(**always(description="Edition of the indicators.", example="2025"))
    year = fields.Integer(**always(description="Year.", example=2024))
    voice_accountability = fields.Float(**ESTIMATE)
    political_stability = fields.Float(**ESTIMATE)
    government_effectiveness = fields.Float(**ESTIMATE)
    regulatory_quality = fields.Float(**ESTIMATE)
    rule_of_law = fields.Float(**ESTIMATE)
    control_of_corruption = fields.Float(**ESTIMATE)
    source = fields.String(**SOURCE)


class AgreementSchema(Document):
    """An agreement or partnership of the EU with the country."""

    name = fields.String(**always(description="Name, in English."))
    kind = fields.String(
        validate=one_of(AgreementKind),
        **always(description="What it is; `raw_materials` is a strategic partnership."),
    )
    status = fields.String(
        validate=one_of(AgreementStatus), **always(description="How far it has come.")
    )
    date = fields.String(**nullable(description=f"When it came that far. {DATED}"))
    raw_materials = fields.String(**nullable(description="What it says of raw materials."))
    note = fields.String(**NOTE)
    sources = fields.List(fields.String(), **SOURCES)


class ConflictAreaSchema(Document):
    """The country, or a region of it."""

    standing = fields.String(
        validate=one_of(AreaStanding),
        **always(
            description="`named` in the law, `adjoining` a country named, `listed` as a whole, or "
            "a region that is `conflict_affected` or `high_risk`."
        ),
    )
    region = fields.String(**nullable(description="ISO 3166-2; null: the whole country."))
    name = fields.String(**nullable(description="Name of the region."))


class RegimeSchema(Document):
    """A regime about conflict minerals; not being named by it proves nothing."""

    id = fields.String(**always(description="Regime.", example="eu_cahra"))
    name = fields.String(**always(description="Name, in Dutch where asked for, else English."))
    materials = fields.List(fields.String(), **always(description="What the regime is about."))
    version = fields.String(**always(description="Version of the list."))
    legal_reference = fields.String(**always(description="Where it stands."))
    sources = fields.List(fields.String(), **SOURCES)


class ConflictRegimeSchema(RegimeSchema):
    """A regime that names the country."""

    areas = fields.List(fields.Nested(ConflictAreaSchema), **always(description="Areas."))


class PeriodSchema(Document):
    """Days with one state, both included; null is without limit."""

    first = fields.Date(**nullable(description="First day."))
    last = fields.Date(**nullable(description="Last day."))
    state = fields.String(validate=one_of(State), **always(description="State."))


class MeasureSchema(Document):
    """Something that stands in the way of trade, and since when."""

    id = fields.String(**always(description="Its id.", example="chn_antimony_licence_2024_09_15"))
    country = fields.String(**COUNTRY)
    subject = fields.String(**always(description="What, in the words of the source."))
    materials = fields.List(fields.String(), **NAMED)
    start = fields.String(**nullable(description=f"First day. {DATED}"))
    end = fields.String(**nullable(description=f"Last day. {DATED}"))
    reported = fields.String(
        validate=one_of(Reported), **always(description="The state that was reported on `as_of`.")
    )
    as_of = fields.String(**always(description=f"When it was last seen. {DATED}"))
    state = fields.String(
        validate=one_of(State),
        **nullable(
            description="The state on the day `on`; `unknown` where the dates say nothing, as "
            "after a suspension that ends. Null without `on`."
        ),
    )
    periods = fields.List(
        fields.Nested(PeriodSchema),
        **always(description="All states in order, from the printed dates alone."),
    )
    detail = fields.String(**nullable(description="More, in English."))
    legal_reference = fields.String(**nullable(description="Where it stands."))
    sources = fields.List(fields.String(), **SOURCES)


class ExportRestrictionSchema(MeasureSchema):
    """What the country does about exports."""

    measure = fields.String(
        validate=one_of(ExportMeasure), **always(description="`other`: the source does not say.")
    )
    form = fields.String(**nullable(description="In which form, in the words of the source."))
    destination = fields.String(**nullable(description="ISO 3166-1 alpha-3; null: to anywhere."))
    suspended_from = fields.String(**nullable(description="First day of a suspension."))
    suspended_until = fields.String(**nullable(description="Last day of a suspension."))


class SanctionSchema(MeasureSchema):
    """What the European Union does about trade with the country."""

    measure = fields.String(validate=one_of(SanctionMeasure), **always(description="What."))


class MeasuresSchema(Document):
    """Restrictions and sanctions."""

    export_restrictions = fields.List(
        fields.Nested(ExportRestrictionSchema), **always(description="By country.")
    )
    sanctions = fields.List(
        fields.Nested(SanctionSchema), **always(description="Of the EU; by country.")
    )


class StandingSchema(MeasuresSchema):
    """What is known of a country beside supply."""

    governance_by_year = fields.List(
        fields.Nested(GovernanceYearSchema), **always(description="By edition and year.")
    )
    agreements = fields.List(
        fields.Nested(AgreementSchema), **always(description="With the EU, in any state.")
    )
    conflict_regimes = fields.List(
        fields.Nested(ConflictRegimeSchema), **always(description="Those that name it.")
    )
