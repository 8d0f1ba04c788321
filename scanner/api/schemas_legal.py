"""Schemas of the legal tests of a raw material."""

from marshmallow import fields, validate

from scanner.api.schemas_concentration import SupplierSchema
from scanner.api.schemas_countries import (
    ConflictAreaSchema,
    DayQuery,
    ExportRestrictionSchema,
    PeriodSchema,
    RegimeSchema,
    SanctionSchema,
)
from scanner.api.schemas_geopolrisk import MOST_ORIGINS, BoughtSchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import SOURCE, one_of
from scanner.api.schemas_shared import (
    STAGES,
    ExplainQuery,
    Input,
    ListingSchema,
    SourceSchema,
)
from scanner.core.legal import ProductGroup, ShareTest, Verdict
from scanner.core.supplies import SupplyScope

PERIODS = "With `explain`: all states in order."
VERDICT = validate.OneOf([str(word) for word in Verdict])


class LegalQuery(DayQuery, ExplainQuery):
    """The day, and whether areas and periods are told, too."""


class OwnOriginsSchema(Input):
    """Somebody's purchases of one raw material by origin."""

    origins = fields.List(
        fields.Nested(BoughtSchema),
        required=True,
        validate=validate.Length(min=1, max=MOST_ORIGINS),
        metadata={"description": "What you buy, by country; entries of one country add up."},
    )


class GradedListingSchema(ListingSchema):
    """A place on a legal list, and whether a component can show that its qualifier is met."""

    grade_shown = fields.String(
        validate=validate.OneOf(["not_needed", "by_material", "by_role", "no"]),
        **always(
            description="`not_needed`: no qualifier; `by_material`: what is counted as this "
            "material is of the grade (titanium metal); `by_role`: the role shows it (the "
            "electrode of a lithium-ion cell, a permanent magnet) or rules it out; `no`: a "
            "component does not show it, only its maker can."
        ),
    )


class ThirdCountryTestSchema(Document):
    """Whether a country outside the Union has more than the benchmark of a supply."""

    test = fields.String(
        validate=one_of(ShareTest),
        **always(
            description="`eu_sourcing`: proxy for Art. 5(1)(b); `world`: of the world's supply; "
            "`own_purchases`: of yours. The last two are not the benchmark of the law."
        ),
    )
    stage = fields.String(validate=STAGES, **nullable(description="Stage."))
    above = fields.String(
        validate=VERDICT, **always(description="`unknown`: what is not named could be above.")
    )
    largest = fields.Nested(
        SupplierSchema, **nullable(description="The third country with the largest share.")
    )
    unnamed = fields.Float(**always(description="Fraction that no share names."))
    materials = fields.List(
        fields.String(), **always(description="What is counted: the material, or its group.")
    )
    year = fields.String(**nullable(description="Period of the shares."))
    source = fields.String(**nullable(description="Key of the source of the shares."))
    reason = fields.String(
        **nullable(description="`eu_sourcing_missing`, `world_missing`; more may come.")
    )


class CompanyDutySchema(Document):
    """Who has to assess the risks of a strategic raw material under Article 24."""

    article = fields.String(**always(description="Of Regulation (EU) 2024/1252."))
    applies_to_material = fields.Boolean(
        **always(description="Strategic: large companies that make one of the groups of it.")
    )
    product_groups = fields.List(
        fields.String(validate=one_of(ProductGroup)), **always(description="Groups of products.")
    )
    source = fields.String(**SOURCE)


class ConflictedSchema(SupplierSchema):
    """A country with areas that the regime names, and its share."""

    whole_country = fields.Boolean(**always(description="Named as a whole."))
    regions = fields.Integer(**always(description="Regions that are named."))
    areas = fields.List(
        fields.Nested(ConflictAreaSchema), metadata={"description": "With `explain`."}
    )


class ConflictShareSchema(Document):
    """How much of a supply may come from areas that the regime names."""

    scope = fields.String(validate=one_of(SupplyScope), **always(description="Whose supply."))
    stage = fields.String(validate=STAGES, **nullable(description="Stage."))
    at_most = fields.Float(
        **always(description="Upper bound 0..1: the countries as a whole, and what is not named.")
    )
    countries = fields.List(fields.Nested(ConflictedSchema), **always(description="Biggest first."))
    year = fields.String(**always(description="Period of the shares."))
    source = fields.String(**SOURCE)


class ConflictTestSchema(RegimeSchema):
    """What a regime says of the raw material."""

    concerned = fields.Boolean(**always(description="Whether the regime is about it."))
    supplies = fields.List(
        fields.Nested(ConflictShareSchema), **always(description="Empty where it is not.")
    )


class RestrictionOnSchema(ExportRestrictionSchema):
    """A restriction of exports on the day."""

    periods = fields.List(fields.Nested(PeriodSchema), metadata={"description": PERIODS})
    in_force = fields.String(
        validate=VERDICT, **always(description="`unknown`: the dates say nothing of the day.")
    )


class SanctionOnSchema(SanctionSchema):
    """A sanction of the Union on the day."""

    periods = fields.List(fields.Nested(PeriodSchema), metadata={"description": PERIODS})
    in_force = fields.String(
        validate=VERDICT, **always(description="`unknown`: the dates say nothing of the day.")
    )


class LegalHead(Document):
    """The material and the lists that it is on."""

    material = fields.String(**always(description="Material id.", example="tungsten"))
    name = fields.String(**always(description="Name in the language of the answer."))
    strategic = fields.Nested(
        GradedListingSchema, **nullable(description="Annex I of Regulation (EU) 2024/1252.")
    )
    benchmark = fields.Float(**always(description="0.65, Art. 5(1)(b).", example=0.65))
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited in this answer, by key."),
    )


class MaterialLegalSchema(LegalHead):
    """The legal tests of one raw material on a day."""

    on = fields.Date(**always(description="The day that is meant."))
    critical = fields.Nested(
        GradedListingSchema, **nullable(description="Annex II of Regulation (EU) 2024/1252.")
    )
    third_country_tests = fields.List(
        fields.Nested(ThirdCountryTestSchema), **always(description="By test and stage.")
    )
    company_duty = fields.Nested(CompanyDutySchema, **always(description="Article 24."))
    conflict_regimes = fields.List(
        fields.Nested(ConflictTestSchema), **always(description="All regimes.")
    )
    export_restrictions = fields.List(
        fields.Nested(RestrictionOnSchema), **always(description="In force first, then unknown.")
    )
    sanctions = fields.List(
        fields.Nested(SanctionOnSchema), **always(description="In force first, then unknown.")
    )


class PurchaseTestSchema(LegalHead, ThirdCountryTestSchema):
    """The benchmark held against somebody's own purchases."""
