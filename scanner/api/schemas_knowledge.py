"""Schemas of materials, countries, releases and sources."""

from marshmallow import fields, validate

from scanner.api.schemas_countries import MeasuresSchema, StandingSchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import ResourcesSchema
from scanner.api.schemas_shared import (
    SCOPES,
    SHA256,
    STAGES,
    AssessmentSchema,
    CountryFactsSchema,
    ListingSchema,
    Page,
    PageQuery,
    SourceSchema,
    flag,
)
from scanner.core.sources import Terms
from scanner.services.materials import Order

CITED = always(description="Every source cited in this answer, by key.")


class MaterialSchema(AssessmentSchema):
    """A raw material with its status and indicators."""

    id = fields.String(**always(description="Material id.", example="neodymium"))
    name = fields.String(**always(description="Name in the language of the answer."))
    symbol = fields.String(**nullable(description="Chemical symbol.", example="Nd"))
    category = fields.String(**always(description="Category of the EU assessment."))
    group = fields.String(**nullable(description="`hree`, `lree` or `pgm` for a member."))
    is_group = fields.Boolean(**always(description="It is a group, not a single material."))
    critical = fields.Nested(ListingSchema, **nullable(description="EU critical raw material."))
    strategic = fields.Nested(ListingSchema, **nullable(description="EU strategic raw material."))
    assessed_stage = fields.String(
        validate=STAGES, **nullable(description="The bottleneck at which it was assessed.")
    )


class MaterialListQuery(PageQuery):
    """Which materials, in which order, and which page of them."""

    critical = flag("Only those that are critical, or that are not.")
    strategic = flag("Only those that are strategic, or that are not.")
    sort = fields.Enum(
        Order,
        by_value=True,
        metadata={
            "type": "string",
            "description": "`id` by default; or the greatest figure first, materials without it "
            "last.",
        },
    )


class MaterialPageSchema(Page):
    """A page of materials, by id."""

    items = fields.List(fields.Nested(MaterialSchema), **always(description="Materials."))
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)


class SupplyShareSchema(Document):
    """A country's share with the trade parameter of the EU method."""

    country = fields.String(**always(description="ISO 3166-1 alpha-3.", example="CHN"))
    name = fields.String(**always(description="Name in the language of the answer."))
    share = fields.Float(**always(description="Fraction 0..1."))
    upper_bound = fields.Boolean(**always(description="Printed as `<`: between 0 and `share`."))
    trade_parameter = fields.Float(
        **nullable(description="t of Annex II of Reg. (EU) 2024/1252; 1 is neutral.")
    )


class SupplyTableSchema(Document):
    """All printed shares at one stage and scope."""

    stage = fields.String(validate=STAGES, **always(description="Stage."))
    scope = fields.String(validate=SCOPES, **always(description="World or EU sourcing."))
    year = fields.String(**always(description="Period, as printed."))
    source = fields.String(**always(description="Key of the source."))
    shares = fields.List(fields.Nested(SupplyShareSchema), **always(description="Biggest first."))


class MaterialDetailSchema(MaterialSchema, ResourcesSchema, MeasuresSchema):
    """A raw material with all that is known of it and every source."""

    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        **always(description="Names by language."),
    )
    substitution_sr = fields.Float(**nullable(description="Substitution index for SR, 0..1."))
    substitution_ei = fields.Float(**nullable(description="Substitution index for EI, 0..1."))
    parameter_source = fields.String(**always(description="Key of the source of the indices."))
    supply = fields.List(
        fields.Nested(SupplyTableSchema), **always(description="Per stage and scope.")
    )
    note = fields.String(**nullable(description="Remark of the compilers, in English."))
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)


class CountrySchema(CountryFactsSchema):
    """A country with its governance, development and relation to the EU."""

    id = fields.String(**always(description="ISO 3166-1 alpha-3.", example="NLD"))
    alpha2 = fields.String(**always(description="ISO 3166-1 alpha-2.", example="NL"))
    name = fields.String(**always(description="Name in the language of the answer."))


class CountryListQuery(PageQuery):
    """Which countries, and which page of them."""

    eu_member = flag("Only members of the European Union, or others.")
    partnership = flag("Only those with a raw-materials partnership of the EU, or those without.")
    supplies = fields.String(
        metadata={
            "description": "Only those with a printed share of this raw material.",
            "example": "cobalt",
        }
    )
    restricts = fields.String(
        metadata={
            "description": "Only those with a restriction on exports of this raw material, in "
            "whatever state.",
            "example": "natural_graphite",
        }
    )
    regime = fields.String(
        metadata={
            "description": "Only those that this conflict regime names, as a whole or a region.",
            "example": "eu_cahra",
        }
    )
    sanctioned = flag("Only those with EU sanctions on raw materials, or those without.")


class CountryPageSchema(Page):
    """A page of countries, by code."""

    items = fields.List(fields.Nested(CountrySchema), **always(description="Countries."))
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)


class CountrySupplySchema(Document):
    """What a country supplies of one material."""

    material = fields.String(**always(description="Material id.", example="neodymium"))
    name = fields.String(**always(description="Name in the language of the answer."))
    stage = fields.String(validate=STAGES, **always(description="Stage."))
    scope = fields.String(validate=SCOPES, **always(description="World or EU sourcing."))
    share = fields.Float(**always(description="Fraction 0..1."))
    upper_bound = fields.Boolean(**always(description="Printed as `<`: between 0 and `share`."))
    trade_parameter = fields.Float(
        **nullable(description="t of Annex II of Reg. (EU) 2024/1252; 1 is neutral.")
    )
    year = fields.String(**always(description="Period, as printed."))
    source = fields.String(**always(description="Key of the source."))


class CountryDetailSchema(CountrySchema, StandingSchema):
    """A country with everything it supplies, and what is known of it by year and on a day."""

    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        **always(description="Names by language."),
    )
    supplies = fields.List(
        fields.Nested(CountrySupplySchema), **always(description="Biggest share first.")
    )
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(keys=fields.String(), values=fields.Nested(SourceSchema), **CITED)


class TableSchema(Document):
    """One table of a release and its checksum."""

    name = fields.String(**always(description="File name."))
    sha256 = fields.String(**always(**SHA256))


class ReleaseSchema(Document):
    """A knowledge release: an immutable set of cited figures and rules."""

    id = fields.String(**always(description="Its id.", example="2026.1-draft"))
    date = fields.String(**always(description="ISO date."))
    state = fields.String(**always(description="`draft` or `final`."))
    sha256 = fields.String(**always(**SHA256))
    current = fields.Boolean(**always(description="Answers are made with this one."))
    tables = fields.List(fields.Nested(TableSchema), **always(description="Its tables."))


class ReleaseListSchema(Page):
    """The installed releases, newest first."""

    items = fields.List(fields.Nested(ReleaseSchema), **always(description="Releases."))


class SourceEntrySchema(SourceSchema):
    """A source with its key."""

    id = fields.String(**always(description="Key by which answers cite it."))
    terms = fields.String(
        validate=validate.OneOf([str(terms) for terms in Terms]),
        **always(description="Why its figures may be passed on and used commercially."),
    )
    attribution = fields.String(**nullable(description="The credit that its licence asks for."))
    retrieved = fields.String(**nullable(description="ISO date on which it was read."))
    note = fields.String(**nullable(description="Remark of the compilers, in English."))


class SourceListSchema(Page):
    """The sources of the current release, by key."""

    items = fields.List(fields.Nested(SourceEntrySchema), **always(description="Sources."))
