"""Schemas of the risk profile: the head of the answer for one BOM."""

from marshmallow import fields
from marshmallow.validate import OneOf

from scanner.api.schemas_lines import PartIdentitySchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_readings import ProblemsSchema, ReadingSchema
from scanner.api.schemas_shared import (
    DOCUMENTED_ONLY,
    GAPS,
    PRESENCES,
    SCOPES,
    SHA256,
    STAGES,
    STATES,
    AssessmentSchema,
    CountryFactsSchema,
    EvidenceSchema,
    ListingSchema,
    RangeSchema,
    SourceSchema,
    SpendSchema,
)


class KnowledgeSchema(Document):
    """The knowledge release behind every figure."""

    release = fields.String(**always(description="Its id.", example="2026.1-draft"))
    date = fields.String(**always(description="ISO date."))
    state = fields.String(**always(description="`draft` or `final`."))
    sha256 = fields.String(**always(**SHA256))
    overlays = fields.List(fields.String(), **always(description="The operator's additions."))


class EngineSchema(Document):
    """The program that computed the profile."""

    version = fields.String(**always(description="Version of the engine."))
    normalisation = fields.String(**always(description="Version of text normalisation."))


class OptionsSchema(Document):
    """What the caller fixed."""

    annual_units = fields.String(**nullable(description="Products per year.", example="1000"))
    documented_only = fields.Boolean(**always(description=DOCUMENTED_ONLY))


class CoverageSchema(Document):
    """How much was understood. Lines that count = recognised + ambiguous + unrecognised."""

    lines = fields.Integer(**always(description="All lines."))
    recognised = fields.Integer(**always(description="Lines that count and are recognised."))
    ambiguous = fields.Integer(**always(description="Lines with competing readings."))
    unrecognised = fields.Integer(**always(description="Unknown: never free of risk."))
    assemblies = fields.Integer(**always(description="Lines with lines below them."))
    not_fitted = fields.Integer(**always(description="Lines that are not placed."))
    zero_amount = fields.Integer(
        **always(
            description="Lines of which one product holds nothing: they, or an assembly above "
            "them, are there 0 times or not placed. They do not count."
        )
    )
    with_mass = fields.Integer(**always(description="Lines for which a mass is known."))
    without_materials = fields.Integer(
        **always(
            description="Recognised lines of which no raw material is known: they hold none of "
            "those screened, or we do not know."
        )
    )
    undocumented = fields.Integer(
        **always(
            description="Those among `without_materials` of which only engineering knowledge "
            "says what is inside, which `documented_only` left out: unknown, never free of risk."
        )
    )
    distinct_parts = fields.Integer(**always(description="Different parts."))
    problems = fields.Integer(**always(description="Problems with single rows."))


class TouchedSchema(Document):
    """Where an answer by documents alone differs from one that takes all statements."""

    parts = fields.Integer(**always(description="Different parts."))
    lines = fields.Integer(**always(description="Lines that count."))
    materials = fields.List(
        fields.String(), **always(description="Raw materials, each of at least one such part.")
    )


class AppliedListingSchema(ListingSchema):
    """A place on a legal list, and whether its qualifier means the uses in this product."""

    applies = fields.String(
        validate=OneOf(["yes", "no", "undetermined"]),
        **always(
            description="no: listed in another grade only (steel holds no battery-grade nickel); "
            "undetermined: a component does not show it."
        ),
    )
    sources = fields.List(
        fields.String(),
        **always(description="Keys of the sources of the list and of the rules about its grade."),
    )


class ContributionSchema(Document):
    """What one part brings of one material to one product."""

    part = fields.Nested(PartIdentitySchema, **always(description="The part."))
    lines = fields.Integer(**always(description="Lines that name it."))
    pieces = fields.Float(**nullable(description="Pieces in one product, null where unknown."))
    presence = fields.String(validate=PRESENCES, **always(description="How sure it is there."))
    fraction = fields.Nested(RangeSchema, **nullable(description="Mass fraction of the part."))
    mass_g = fields.Nested(RangeSchema, **nullable(description="Grams in one product."))
    mass_gap = fields.String(validate=GAPS, **nullable(description="Why it is incomplete."))
    roles = fields.List(fields.String(), **always(description="What it does in the part."))
    basis = fields.String(**always(description="Mass of contained `element`, or of `mineral`."))
    upstream = fields.Boolean(**always(description="Source of what is inside, not itself inside."))
    grade = fields.String(
        **nullable(description="`battery` or `magnet` where the role makes it so.")
    )
    expert = fields.Boolean(**always(description="Rests on engineering knowledge alone."))
    evidence = fields.List(fields.Nested(EvidenceSchema), **always(description="The reasons."))
    sources = fields.List(fields.String(), **always(description="Keys of the sources."))


class ContributionsSchema(Document):
    """The parts behind a material, those with most of it first."""

    count = fields.Integer(**always(description="How many there are."))
    shown = fields.List(fields.Nested(ContributionSchema), **always(description="The first ones."))


class ProfileMaterialSchema(AssessmentSchema):
    """One raw material of the product."""

    material = fields.String(**always(description="Material id.", example="neodymium"))
    symbol = fields.String(**nullable(description="Chemical symbol."))
    group = fields.String(**nullable(description="`hree`, `lree` or `pgm`."))
    presence = fields.String(validate=PRESENCES, **always(description="Surest in any part."))
    critical = fields.Nested(
        AppliedListingSchema, **nullable(description="EU critical raw material.")
    )
    strategic = fields.Nested(
        AppliedListingSchema, **nullable(description="EU strategic raw material.")
    )
    mass_g = fields.Nested(RangeSchema, **nullable(description="Known grams in one product."))
    mass_gaps = fields.List(
        fields.String(validate=GAPS), **always(description="Why the mass is incomplete.")
    )
    mass_complete = fields.Boolean(**always(description="No part's mass is missing from it."))
    annual_mass_kg = fields.Nested(
        RangeSchema, **nullable(description="Kilograms a year; only with `annual_units`.")
    )
    lines = fields.Integer(**always(description="Lines that bring it."))
    spend = fields.Nested(
        SpendSchema,
        **always(
            description="What the parts cost that hold it certainly or likely; if it is only "
            "possible, all that may hold it."
        ),
    )
    parts = fields.Nested(ContributionsSchema, **always(description="The parts behind it."))


class SupplySchema(Document):
    """A country's share of one material of this product."""

    material = fields.String(**always(description="Material id."))
    stage = fields.String(validate=STAGES, **always(description="Stage."))
    scope = fields.String(validate=SCOPES, **always(description="World or EU sourcing."))
    share = fields.Float(**always(description="Fraction 0..1."))
    upper_bound = fields.Boolean(**always(description="Printed as `<`: between 0 and `share`."))
    year = fields.String(**always(description="Period, as printed."))
    source = fields.String(**always(description="Key of the source."))


class ProfileCountrySchema(CountryFactsSchema):
    """A country among the largest suppliers of the certain and likely materials."""

    country = fields.String(**always(description="ISO 3166-1 alpha-3.", example="CHN"))
    largest_source_of = fields.Integer(**always(description="Materials it is largest source of."))
    supplies = fields.List(fields.Nested(SupplySchema), **always(description="Biggest first."))


class HotspotRiskSchema(Document):
    """The supply risk that makes a part a hotspot."""

    value = fields.Float(**nullable(description="Supply risk (SR)."))
    method = fields.String(**always(description="How it is computed or who published it."))
    year = fields.String(**always(description="Year."))
    source = fields.String(**always(description="Key of the source."))


class HotspotSchema(Document):
    """A part that holds critical materials of high supply risk."""

    part = fields.Nested(PartIdentitySchema, **always(description="The part."))
    score_material = fields.String(**always(description="The material of highest supply risk."))
    supply_risk = fields.Nested(HotspotRiskSchema, **always(description="Its supply risk."))
    critical_materials = fields.List(fields.String(), **always(description="Highest risk first."))
    lines = fields.Integer(**always(description="Lines that name the part."))


class DoubtSchema(Document):
    """A part that is not, or not surely, recognised."""

    part = fields.Nested(PartIdentitySchema, **always(description="The part."))
    lines = fields.Integer(**always(description="Lines that name it."))
    state = fields.String(validate=STATES, **always(description="What we made of it."))
    evidence = fields.List(fields.Nested(EvidenceSchema), **always(description="Strongest first."))
    candidates = fields.List(
        fields.Nested(EvidenceSchema), **always(description="Readings that compete.")
    )
    negations = fields.List(
        fields.Nested(EvidenceSchema), **always(description="What the text says is not there.")
    )


class DoubtsSchema(Document):
    """Parts in doubt, those on most lines first."""

    parts = fields.Integer(**always(description="How many there are."))
    shown = fields.List(fields.Nested(DoubtSchema), **always(description="The first ones."))


class ProfileSchema(Document):
    """The answer for one BOM.

    It holds no database ids, times or translated names: the same input on the same release gives
    the same bytes.
    """

    schema = fields.String(**always(description="Form of this document.", example="profile/1"))
    input = fields.Nested(ReadingSchema, **always(description="The file and how it was read."))
    knowledge = fields.Nested(KnowledgeSchema, **always(description="The release."))
    engine = fields.Nested(EngineSchema, **always(description="The program."))
    decision_revision = fields.Integer(**always(description="Revision of people's decisions."))
    options = fields.Nested(OptionsSchema, **always(description="What the caller fixed."))
    left_out = fields.Nested(
        TouchedSchema,
        **nullable(
            description="Parts of which engineering knowledge alone names a raw material, or is "
            "surer of it than any document; null unless `documented_only`."
        ),
    )
    restored = fields.Nested(
        TouchedSchema,
        **nullable(
            description="Parts of which a documented statement counts that an expert's, left out "
            "now, had replaced; null unless `documented_only`."
        ),
    )
    coverage = fields.Nested(CoverageSchema, **always(description="How much was understood."))
    spend = fields.Nested(SpendSchema, **always(description="What one product's parts cost."))
    materials = fields.List(
        fields.Nested(ProfileMaterialSchema),
        **always(
            description="Certain and likely ones by supply risk, highest first; then the possible."
        ),
    )
    countries = fields.List(
        fields.Nested(ProfileCountrySchema),
        **always(description="The one that is largest source of most materials first."),
    )
    hotspots = fields.List(
        fields.Nested(HotspotSchema), **always(description="Highest supply risk first.")
    )
    unrecognised = fields.Nested(DoubtsSchema, **always(description="Parts we do not know."))
    ambiguous = fields.Nested(DoubtsSchema, **always(description="Parts for a person to decide."))
    problems = fields.Nested(ProblemsSchema, **always(description="Problems in the file."))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited above, by key."),
    )


class StoredProfileSchema(Document):
    """A stored profile in its envelope. The profile is immutable; its digest is its ETag."""

    id = fields.UUID(**always(description="Id of the profile."))
    created_at = fields.DateTime(**always(description="When it was computed."))
    sha256 = fields.String(**always(**SHA256))
    profile = fields.Nested(ProfileSchema, **always(description="The answer."))
