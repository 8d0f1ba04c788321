"""Raw materials of a product: gathered over its parts, ordered by supply risk, each explained."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from scanner.core.bounds import Bounds
from scanner.core.composition import Content, MassGap, Range, total
from scanner.core.indicators import Assessment, Concentration, Figure, Outlook
from scanner.core.names import MaterialId, Presence
from scanner.core.scan import ContentUse, Findings, PartUse, Spending
from scanner.core.supply import Applies, Listing, Share
from scanner.profile.parts import evidence_answer, part_identity, range_answer
from scanner.profile.spending import spending_answer

SHOWN_PARTS = 10
SHOWN_MOVERS = 3
GRAMS_PER_KILOGRAM = 1000.0


class Contribution(NamedTuple):
    """What one part brings of one material to one product."""

    use: PartUse
    content: Content
    amount: ContentUse


@dataclass(frozen=True)
class MaterialUse:
    """One material and the parts that hold it.

    `left_out` is how sure engineering knowledge is of it in further parts, where that was left out.
    """

    material: MaterialId
    contributions: Sequence[Contribution]
    left_out: Presence | None = None

    @cached_property
    def presence(self) -> Presence:
        """The surest presence in any part."""
        return min({c.content.presence for c in self.contributions}, key=lambda p: p.rank)

    @property
    def only_possible(self) -> bool:
        """Whether no part holds it certainly or likely."""
        return self.presence is Presence.POSSIBLE

    @cached_property
    def counted(self) -> Sequence[Contribution]:
        """The parts that hold it certainly or likely; all of them where it is only possible."""
        if self.only_possible:
            return self.contributions
        return [c for c in self.contributions if c.content.presence is not Presence.POSSIBLE]

    @property
    def lacks_statements(self) -> bool:
        """Whether more parts would be counted if engineering knowledge were."""
        if self.left_out is None:
            return False
        return self.only_possible or self.left_out is not Presence.POSSIBLE

    @property
    def mass_g(self) -> Range | None:
        """Grams in one product where any is known; what is only possible may be absent."""
        known = [_at_least(c) for c in self.counted if c.amount.mass_g is not None]
        return total([mass for mass in known if mass is not None]) if known else None

    @property
    def gaps(self) -> list[str]:
        """The reasons why the mass is unknown or incomplete, each once, in order."""
        found = {c.amount.gap for c in self.counted if c.amount.gap is not None}
        if self.lacks_statements:
            found.add(MassGap.LEFT_OUT)
        return sorted(found)

    def applies(self, listing: Listing) -> Applies:
        """Whether a listing with a qualifier means a use of the material in this product.

        One use that it means is enough. It means none only where the role of every use rules it
        out and no statement is left out.
        """
        found = {listing.applies(c.content.roles, c.content.grade) for c in self.counted}
        if Applies.YES in found:
            return Applies.YES
        if found == {Applies.NO} and not self.lacks_statements:
            return Applies.NO
        return Applies.UNDETERMINED

    def listed(self, listing: Listing | None) -> bool:
        """Whether it is on the list and this use of it is not known to be outside the listing."""
        return listing is not None and self.applies(listing) is not Applies.NO


def _at_least(contribution: Contribution) -> Range | None:
    mass = contribution.amount.mass_g
    if mass is None or contribution.content.presence is not Presence.POSSIBLE:
        return mass
    return mass.from_nothing(typical=mass.typical)


def gather(
    uses: Iterable[PartUse], assessments: Mapping[MaterialId, Assessment]
) -> list[MaterialUse]:
    """All materials that any counting part holds, and may be assessed; parts stay in order."""
    found: defaultdict[MaterialId, list[Contribution]] = defaultdict(list)
    left_out: dict[MaterialId, Presence] = {}
    for use in uses:
        if not use.counts:
            continue
        for one in use.part.composition.left_out:
            surer = left_out.get(one.material, one.presence)
            left_out[one.material] = min(surer, one.presence, key=lambda p: p.rank)
        pairs = zip(use.part.composition.contents, use.contents, strict=True)
        for content, amount in pairs:
            if content.material in assessments:
                found[content.material].append(Contribution(use, content, amount))
    return [MaterialUse(material, held, left_out.get(material)) for material, held in found.items()]


def in_order(
    materials: Iterable[MaterialUse], assessments: Mapping[MaterialId, Assessment]
) -> list[MaterialUse]:
    """Certain and likely first by supply risk, highest first and unknown last; possible after."""

    def place(use: MaterialUse) -> tuple[bool, bool, float, str]:
        risk = assessments[use.material].supply_risk.value
        return (use.only_possible, risk is None, -(risk or 0.0), use.material)

    return sorted(materials, key=place)


def material_answer(use: MaterialUse, findings: Findings) -> dict[str, Any]:
    """One material of the profile with its figures, its mass and the parts behind it."""
    assessment = findings.assessments[use.material]
    material = assessment.material
    mass, gaps = use.mass_g, use.gaps
    return {
        "material": material.id,
        "symbol": material.symbol,
        "group": material.group,
        "presence": use.presence,
        "critical": _listing_of(use, material.critical),
        "strategic": _listing_of(use, material.strategic),
        **assessment_answer(assessment),
        "mass_g": range_answer(mass),
        "mass_gaps": gaps,
        "mass_complete": mass is not None and not gaps,
        "annual_mass_kg": _annual(mass, findings),
        "lines": sum(c.use.counted_lines for c in use.contributions),
        "spend": _spend(use, findings),
        "parts": _parts(use),
    }


def assessment_answer(assessment: Assessment) -> dict[str, Any]:
    """All indicators of a material, as they stand in profiles and in the knowledge resources."""
    return {
        "supply_risk": figure_answer(assessment.supply_risk),
        "economic_importance": figure_answer(assessment.economic_importance),
        "import_reliance": figure_answer(assessment.import_reliance),
        "eol_rir": figure_answer(assessment.eol_rir),
        "largest_source": _largest(assessment),
        "concentration": [concentration_answer(item) for item in assessment.concentration],
        **_outlook_answer(assessment.outlook),
    }


def _outlook_answer(outlook: Outlook) -> dict[str, Any]:
    """The trend and who moved it, the room to diversify, and the levels, in few words."""
    trend, room = outlook.present_day, outlook.room
    return {
        "present_day": {
            "direction": trend.direction,
            "change": trend.change,
            "year": trend.year,
            "because": [
                {
                    "country": mover.country,
                    "share_then": mover.share_then,
                    "share_now": mover.share_now,
                    "moved": mover.moved,
                }
                for mover in trend.movers[:SHOWN_MOVERS]
            ],
            "sources": list(trend.sources),
            "reason": trend.reason,
        },
        "diversification": None
        if room is None
        else {
            "stage": room.stage,
            "year": room.year,
            "largest": room.largest.share.country,
            "outside": room.outside,
            "friendly": room.friendly,
            "unnamed": room.unnamed,
            "source": room.series.years[-1].source,
        },
        "levels": {one.definition.id: one.level for one in outlook.indicators},
    }


def figure_answer(figure: Figure) -> dict[str, Any]:
    """A figure with method, year and source; a null value has a reason."""
    return {
        "value": figure.value,
        "stage": figure.stage,
        "method": figure.method,
        "year": figure.year,
        "source": figure.source,
        "reason": figure.reason,
    }


def listing_answer(listing: Listing | None) -> dict[str, Any] | None:
    """A place on a legal list, or None."""
    if listing is None:
        return None
    return {
        "annex": listing.annex,
        "point": listing.point,
        "qualifier": listing.qualifier,
        "source": listing.source,
    }


def _listing_of(use: MaterialUse, listing: Listing | None) -> dict[str, Any] | None:
    answer = listing_answer(listing)
    if answer is not None and listing is not None:
        answer["applies"] = use.applies(listing)
        answer["sources"] = sorted({listing.source, *(rule.source for rule in listing.rules)})
    return answer


def concentration_answer(item: Concentration) -> dict[str, Any]:
    """Concentration at one stage and scope; HHI as 0–10 000, governance-weighted as 0–10 × t."""
    return {
        "stage": item.stage,
        "scope": item.scope,
        "hhi": bounds_answer(item.hhi, 10_000.0),
        "governance_hhi": bounds_answer(item.governance_hhi, 1.0),
        "named_share": item.named,
        "countries": item.countries,
        "largest": [share_answer(share) for share in item.largest],
        "method": "hhi",
        "year": item.year,
        "source": item.source,
        "sources": sorted({item.source, *filter(None, (item.governance_source,))}),
        "reason": item.reason,
    }


def bounds_answer(bounds: Bounds | None, scale: float) -> dict[str, float] | None:
    """Bounds on the scale on which they are shown, or None."""
    if bounds is None:
        return None
    return {"low": bounds.low * scale, "high": bounds.high * scale}


def share_answer(share: Share) -> dict[str, Any]:
    """A country's share of supply."""
    return {"country": share.country, "share": share.fraction, "upper_bound": share.upper_bound}


def _largest(assessment: Assessment) -> dict[str, Any] | None:
    largest = assessment.largest_source
    if largest is None:
        return None
    return {
        "country": largest.share.country,
        "share": largest.share.fraction,
        "stage": largest.stage,
        "scope": largest.scope,
        "year": largest.share.year,
        "source": largest.share.source,
    }


def _annual(mass: Range | None, findings: Findings) -> dict[str, Any] | None:
    annual_units = findings.basis.options.annual_units
    if mass is None or annual_units is None:
        return None
    return range_answer(mass.scaled(float(annual_units) / GRAMS_PER_KILOGRAM))


def _spend(use: MaterialUse, findings: Findings) -> dict[str, Any]:
    """What the parts cost that hold it certainly or likely; all of them where it is possible."""
    units = findings.basis.options.annual_units
    spent = Spending.total(c.use.spending for c in use.counted)
    return spending_answer(spent, None if units is None else float(units))


def _parts(use: MaterialUse) -> dict[str, Any]:
    """The parts that bring most of it first; those without a known mass after them.

    Contributions come in the order of the parts, and sorting keeps it among equals.
    """

    def place(contribution: Contribution) -> tuple[int, bool, float]:
        mass = contribution.amount.mass_g
        return (
            contribution.content.presence.rank,
            mass is None,
            -(mass.high if mass else 0.0),
        )

    ordered = sorted(use.contributions, key=place)
    return {
        "count": len(ordered),
        "shown": [_contribution(contribution) for contribution in ordered[:SHOWN_PARTS]],
    }


def _contribution(contribution: Contribution) -> dict[str, Any]:
    content, amount = contribution.content, contribution.amount
    evidence = contribution.use.part.recognition.evidence
    return {
        "part": part_identity(contribution.use.part),
        "lines": contribution.use.lines,
        "pieces": contribution.use.pieces,
        "presence": content.presence,
        "fraction": range_answer(content.fraction),
        "mass_g": range_answer(amount.mass_g),
        "mass_gap": amount.gap,
        "roles": list(content.roles),
        "basis": content.basis,
        "upstream": content.upstream,
        "grade": content.grade,
        "expert": content.expert,
        "evidence": [evidence_answer(evidence[index]) for index in content.evidence],
        "sources": list(content.sources),
    }
