"""Schemas of what is known of a raw material beside its assessment."""

from marshmallow import fields, validate

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import STAGES
from scanner.core.production import Bound, OutputState, Unit
from scanner.core.resources import RecyclingMeasure
from scanner.core.supply import SupplyMix
from scanner.core.trade import Importer, PriceUnit

SOURCE = always(description="Key of the source.", example="usgs_mcs2025")
COUNTRY = always(description="ISO 3166-1 alpha-3.", example="CHN")
NOTE = nullable(description="Remark or doubt of the compilers, in English.")
MATERIALS = always(description="The raw materials counted together; several: none of them alone.")


def one_of(kind: type) -> validate.OneOf:
    """One of the words of a closed vocabulary."""
    return validate.OneOf([str(word) for word in kind])  # type: ignore[attr-defined]


class CommoditySchema(Document):
    """A thing that statistics count; several of them are never added up."""

    commodity = fields.String(**always(description="Commodity id.", example="bauxite"))
    name = fields.String(**always(description="Name, in Dutch where asked for, else English."))
    materials = fields.List(fields.String(), **MATERIALS)
    stage = fields.String(validate=STAGES, **always(description="Stage."))
    unit = fields.String(
        validate=one_of(Unit), **always(description="Tonnes, carats or million cubic metres.")
    )
    remark = fields.String(**nullable(description="Remark on what is counted, in English."))
    basis = fields.String(**always(description="What a quantity counts.", example="REO equivalent"))
    source = fields.String(**SOURCE)


class OutputSchema(Document):
    """What a country made; null with the state that says why, never 0."""

    country = fields.String(**COUNTRY)
    quantity = fields.Float(**nullable(description="In the unit of the commodity."))
    estimated = fields.Boolean(**always(description="Marked as an estimate by the source."))
    state = fields.String(
        validate=one_of(OutputState), **nullable(description="Why there is no quantity.")
    )


class ProductionYearSchema(Document):
    """World production of one year in one edition."""

    year = fields.Integer(**always(description="Year.", example=2024))
    superseded = fields.Boolean(**always(description="A later edition of its publisher has it."))
    world = fields.Float(**nullable(description="World total, as printed."))
    others = fields.Float(**nullable(description="Sum of the countries that are not named."))
    note = fields.String(**NOTE)
    countries = fields.List(fields.Nested(OutputSchema), **always(description="Biggest first."))


class ProductionSchema(CommoditySchema):
    """Production of one commodity in one edition of one publisher."""

    note = fields.String(**NOTE)
    years = fields.List(fields.Nested(ProductionYearSchema), **always(description="In order."))


class HoldingSchema(Document):
    """The reserves of a country."""

    country = fields.String(**COUNTRY)
    quantity = fields.Float(**always(description="In the unit of the commodity."))
    note = fields.String(**NOTE)


class ReservesSchema(CommoditySchema):
    """Reserves of one commodity."""

    year = fields.Integer(**always(description="Year.", example=2024))
    world = fields.Float(**nullable(description="World total, as printed."))
    world_bound = fields.String(
        validate=one_of(Bound), **nullable(description="`lower`: printed as more than this.")
    )
    others = fields.Float(**nullable(description="Sum of the countries that are not named."))
    countries = fields.List(fields.Nested(HoldingSchema), **always(description="Biggest first."))


class OriginSchema(Document):
    """Imports from one country."""

    country = fields.String(**COUNTRY)
    value_kusd = fields.Float(**always(description="Thousand US dollars."))
    weight_t = fields.Float(**nullable(description="Tonnes, of the flows whose weight is known."))


class ImportYearSchema(Document):
    """Imports of one importer in one year."""

    importer = fields.String(
        validate=one_of(Importer),
        **always(description="The EU from outside it, or the Netherlands from all countries."),
    )
    year = fields.Integer(**always(description="Year.", example=2023))
    value_kusd = fields.Float(**always(description="Thousand US dollars."))
    weight_t = fields.Float(**nullable(description="Tonnes, of the flows whose weight is known."))
    without_weight = fields.Integer(**always(description="Flows without weight."))
    origins = fields.List(fields.Nested(OriginSchema), **always(description="Dearest first."))
    source = fields.String(**SOURCE)


class TradeCodeSchema(Document):
    """A code of the Harmonized System that counts a raw material."""

    code = fields.String(**always(description="Six digits.", example="283691"))
    nomenclature = fields.String(**always(description="Edition of the system.", example="HS1992"))
    materials = fields.List(fields.String(), **MATERIALS)
    step = fields.String(**always(description="Step of the chain, in the words of the source."))
    stage = fields.String(validate=STAGES, **nullable(description="Null beyond both stages."))
    held = fields.Boolean(**always(description="This release holds its flows."))
    note = fields.String(**NOTE)
    source = fields.String(**SOURCE)
    imports = fields.List(fields.Nested(ImportYearSchema), **always(description="By importer."))


class PriceSchema(Document):
    """An average price of one year."""

    year = fields.Integer(**always(description="Year.", example=2024))
    price = fields.Float(**always(description="As printed."))
    unit = fields.String(validate=one_of(PriceUnit), **always(description="As printed."))
    usd_per_kg = fields.Float(**always(description="US dollars per kilogram."))
    estimated = fields.Boolean(**always(description="Marked as an estimate by the source."))
    source = fields.String(**SOURCE)


class PriceSeriesSchema(Document):
    """Yearly averages of one price; too few to tell monthly volatility."""

    series = fields.String(**always(description="Which price.", example="us_market_spot_ingot"))
    materials = fields.List(fields.String(), **MATERIALS)
    basis = fields.String(**always(description="What is priced.", example="aluminium ingot"))
    primary = fields.Boolean(**always(description="The one to take where one is needed."))
    years = fields.List(fields.Nested(PriceSchema), **always(description="In order."))


class HostSchema(Document):
    """What a by-product is won with."""

    name = fields.String(**always(description="Its name in English."))
    materials = fields.List(fields.String(), **always(description="Where it is screened, too."))
    source = fields.String(**SOURCE)


class CompanionalitySchema(Document):
    """How much of the primary output is a by-product."""

    fraction = fields.Float(**nullable(description="Fraction 0..1."))
    year = fields.Integer(**nullable(description="Year of reference."))
    source = fields.String(**nullable(description="Key of the source."))
    note = fields.String(**NOTE)
    hosts = fields.List(fields.Nested(HostSchema), **always(description="What it is won with."))


class RecyclingSchema(Document):
    """One printed estimate of a recycling rate; measures are not comparable."""

    measure = fields.String(
        validate=one_of(RecyclingMeasure),
        **always(
            description="`eol_rr`: of the metal in discarded products; `recycled_content`: scrap "
            "in the metal going into products; `old_scrap_ratio`: old scrap in all recycled scrap."
        ),
    )
    estimate = fields.Integer(**always(description="Which of the printed estimates."))
    low = fields.Float(**always(description="Fraction 0..1."))
    high = fields.Float(**always(description="Fraction 0..1."))
    bound = fields.String(validate=one_of(Bound), **nullable(description="Printed as a bound."))
    year = fields.Integer(**always(description="Year of the report."))
    locator = fields.String(**always(description="Where in the report."))
    source = fields.String(**SOURCE)


class SectorSchema(Document):
    """A division of NACE Rev. 2."""

    code = fields.String(**always(description="Division.", example="C27"))
    name = fields.String(**always(description="Name, in Dutch where asked for, else English."))
    value_added_meur = fields.Float(**always(description="Million euro, as the study used it."))
    source = fields.String(**SOURCE)


class EndUseSchema(Document):
    """An application in the EU."""

    application = fields.String(**always(description="As printed, in English."))
    share = fields.Float(**nullable(description="Fraction of all use; null where not printed."))
    sector = fields.Nested(SectorSchema, **nullable(description="Where it is made."))
    source = fields.String(**SOURCE)
    note = fields.String(**NOTE)


class ListSourceSchema(Document):
    """Where a list was published."""

    source = fields.String(**SOURCE)


class PastAssessmentSchema(Document):
    """One of the EU's assessments."""

    year = fields.Integer(**always(description="2011, 2014, 2017, 2020 or 2023."))
    assessed_as = fields.String(**nullable(description="Another name then.", example="bauxite"))
    supply_risk = fields.Float(**nullable(description="SR of that assessment."))
    economic_importance = fields.Float(
        **nullable(description="EI; the scale of 2011 and 2014 differs from the later one.")
    )
    listed = fields.Boolean(**always(description="It was on the list of critical materials."))
    by_group = fields.Boolean(**always(description="Scores exist for its group only."))
    source = fields.String(**SOURCE)
    list = fields.Nested(ListSourceSchema, **always(description="The list."))


class Parameters2017Schema(Document):
    """All parameters of 2017: history, not to be mixed with those of 2023."""

    assessed_as = fields.String(**nullable(description="Another name then."))
    stage = fields.String(validate=STAGES, **always(description="The stage assessed."))
    supply_risk = fields.Float(**always(description="SR."))
    economic_importance = fields.Float(**always(description="EI."))
    import_reliance = fields.Float(**nullable(description="Fraction 0..1."))
    eol_rir = fields.Float(**nullable(description="Fraction 0..1."))
    substitution_ei = fields.Float(**nullable(description="Substitution index for EI."))
    substitution_sr = fields.Float(**nullable(description="Substitution index for SR."))
    hhi_global = fields.Float(**nullable(description="Governance-weighted HHI with t, world."))
    hhi_eu = fields.Float(**nullable(description="Governance-weighted HHI with t, EU sourcing."))
    mix = fields.String(
        validate=one_of(SupplyMix), **nullable(description="Which shares were weighed.")
    )
    source = fields.String(**SOURCE)


class ResourcesSchema(Document):
    """What is known of a raw material beside its assessment of 2023."""

    production = fields.List(
        fields.Nested(ProductionSchema),
        **always(description="By commodity and edition, newest edition first."),
    )
    reserves = fields.List(fields.Nested(ReservesSchema), **always(description="By commodity."))
    trade = fields.List(fields.Nested(TradeCodeSchema), **always(description="By code."))
    prices = fields.List(fields.Nested(PriceSeriesSchema), **always(description="Primary first."))
    companionality = fields.Nested(
        CompanionalitySchema, **nullable(description="Null: nothing known, not zero.")
    )
    recycling = fields.List(
        fields.Nested(RecyclingSchema), **always(description="Rates beside the EoL-RIR.")
    )
    uses = fields.List(fields.Nested(EndUseSchema), **always(description="Biggest first."))
    history = fields.List(
        fields.Nested(PastAssessmentSchema), **always(description="2011 to 2023.")
    )
    parameters_2017 = fields.List(
        fields.Nested(Parameters2017Schema), **always(description="One for each name then.")
    )
