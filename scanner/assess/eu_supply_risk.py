"""The supply risk of the EU method, recomputed from the inputs that the study prints.

    SR = [HHI(WGI, t) world x IR/2 + HHI(WGI, t) EU x (1 - IR/2)] x (1 - EoL-RIR) x SI

HHI(WGI, t) = sum of share² x WGI x t, with share 0..1, WGI = (2.5 - mean of six) x 2 from 0 (best)
to 10 (worst) and t from 0.8 to 1.5, IR, EoL-RIR and SI are fractions 0..1. SR has no unit and
runs from 0 to about 6. Where the study weighed the world's supply alone, or the EU's sourcing
alone, that index takes the place of the bracket.

Sources: European Commission, Methodology for establishing the EU list of critical raw materials
(2017); Regulation (EU) 2024/1252, Annex II, section 2; inputs: M. Grohol, C. Veeh,
Study on the critical raw materials for the EU 2023, doi:10.2873/725585.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import fsum

from scanner.assess import concentration, governance
from scanner.core.bounds import Bounds
from scanner.core.names import MaterialId, Scope, SourceId, Stage
from scanner.core.resources import Parameters2017
from scanner.core.supply import Material, Share, Supply, SupplyMix
from scanner.core.supply_risk import Parameter, RecomputedRisk, WeighedShare, WeighedSupply


def supply_mix(
    mix: SupplyMix, world: float | None, eu: float | None, import_reliance: float | None
) -> float | None:
    """The bracket of the formula, 0..10 x t; ``None`` where an input that it needs is."""
    if mix is SupplyMix.GLOBAL:
        return world
    if mix is SupplyMix.EU_SOURCING:
        return eu
    if world is None or eu is None or import_reliance is None:
        return None
    from_world = import_reliance / 2
    return world * from_world + eu * (1 - from_world)


def supply_risk(
    weighed: float | None, eol_rir: float | None, substitution: float | None
) -> float | None:
    """The supply risk of a mix; ``None`` where any input is."""
    if weighed is None or eol_rir is None or substitution is None:
        return None
    return weighed * (1 - eol_rir) * substitution


def recompute(
    supply: Supply, material: Material, earlier: Sequence[Parameters2017] = ()
) -> tuple[RecomputedRisk, ...]:
    """The supply risk of every stage for which the study prints one, with all its terms.

    `earlier` are the material's parameters of 2017: EoL-RIR and SI are taken from there where
    those of 2023 are not in the release, and say so by their year.
    """
    return tuple(
        _recomputed(material, stage, figures.supply_risk, _inputs(supply, material, stage, earlier))
        for stage, figures in material.stages.items()
        if figures.supply_risk is not None
    )


def weigh(supply: Supply, material: Material, stage: Stage, scope: Scope) -> WeighedSupply | None:
    """The governance-weighted HHI of a stage and scope with its terms; ``None`` without shares.

    A member of a group for which the study prints no EU sourcing has that of its group.
    """
    for owner in _owners(material, scope):
        if shares := supply.shares.get((owner, stage, scope)):
            return _weigh(supply, owner, scope, shares)
    return None


def _owners(material: Material, scope: Scope) -> list[MaterialId]:
    if scope is Scope.EU_SOURCING and material.group is not None:
        return [material.id, material.group]
    return [material.id]


def _weigh(
    supply: Supply, owner: MaterialId, scope: Scope, shares: tuple[Share, ...]
) -> WeighedSupply:
    scaled_wgi = partial(governance.scaled, supply)
    bounds = concentration.governance_weighted(shares, scaled_wgi)
    assert bounds is not None  # noqa: S101 - there are shares
    terms = tuple(_term(share, scaled_wgi(share)) for share in shares)
    known = [share.term for share in terms if share.term is not None]
    return WeighedSupply(
        of=owner,
        scope=scope,
        index=fsum(known) if len(known) == len(terms) else None,
        bounds=bounds,
        named=concentration.named(shares),
        shares=terms,
        year=shares[0].year,
        source=shares[0].source,
        governance_source=governance.source(supply, shares),
    )


def _term(share: Share, wgi: float | None) -> WeighedShare:
    t = share.trade_parameter
    if share.upper_bound:
        term: float | None = 0.0
    elif wgi is None or t is None:
        term = None
    else:
        term = share.fraction**2 * wgi * t
    return WeighedShare(share.country, share.fraction, wgi, t, term)


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What the formula takes in for one stage."""

    mix: SupplyMix | None
    world: WeighedSupply | None
    eu: WeighedSupply | None
    import_reliance: Parameter | None
    eol_rir: Parameter | None
    substitution: Parameter | None

    @property
    def missing(self) -> str | None:
        """Why there is no value, the first reason in the order of the formula, or None."""
        if self.mix is None:
            return "mix_not_printed"
        needed = [] if self.mix is SupplyMix.EU_SOURCING else [("world_supply", self.world)]
        needed += [] if self.mix is SupplyMix.GLOBAL else [("eu_sourcing", self.eu)]
        for name, supply in needed:
            if supply is None:
                return f"{name}_missing"
            if supply.index is None:
                return "governance_missing"
        if self.mix is SupplyMix.BOTH and self.import_reliance is None:
            return "import_reliance_missing"
        if self.eol_rir is None:
            return "eol_rir_missing"
        return "substitution_missing" if self.substitution is None else None

    def risk(self, index: Callable[[WeighedSupply], float | None]) -> float | None:
        """The supply risk with the named index of each supply."""
        if self.mix is None:
            return None
        world, eu = (None if one is None else index(one) for one in (self.world, self.eu))
        reliance, eol_rir, substitution = (
            None if one is None else one.value
            for one in (self.import_reliance, self.eol_rir, self.substitution)
        )
        return supply_risk(supply_mix(self.mix, world, eu, reliance), eol_rir, substitution)


def _inputs(
    supply: Supply, material: Material, stage: Stage, earlier: Sequence[Parameters2017]
) -> _Inputs:
    figures = material.stages[stage]
    return _Inputs(
        mix=figures.mix,
        world=weigh(supply, material, stage, Scope.GLOBAL),
        eu=weigh(supply, material, stage, Scope.EU_SOURCING),
        import_reliance=_printed(material, figures.import_reliance),
        eol_rir=_printed(material, material.eol_rir)
        or _only([(one.eol_rir, one.source) for one in earlier]),
        substitution=_printed(material, material.substitution_sr)
        or _only([(one.substitution_sr, one.source) for one in earlier]),
    )


def _printed(material: Material, value: float | None) -> Parameter | None:
    return None if value is None else Parameter(value, material.year, material.parameter_source)


def _only(of_2017: Sequence[tuple[float | None, SourceId]]) -> Parameter | None:
    """The value of 2017 where there is one; of two names for one material neither is taken."""
    found = [Parameter(value, "2017", source) for value, source in of_2017 if value is not None]
    return found[0] if len(found) == 1 else None


def _recomputed(
    material: Material, stage: Stage, published: float, inputs: _Inputs
) -> RecomputedRisk:
    low = inputs.risk(lambda one: one.bounds.low)
    high = inputs.risk(lambda one: one.bounds.high)
    return RecomputedRisk(
        stage=stage,
        bottleneck=stage is material.assessed_stage,
        mix=inputs.mix,
        world=inputs.world,
        eu=inputs.eu,
        import_reliance=inputs.import_reliance,
        eol_rir=inputs.eol_rir,
        substitution=inputs.substitution,
        value=inputs.risk(lambda one: one.index),
        bounds=None if low is None or high is None else Bounds(low, high),
        published=published,
        reason=inputs.missing,
    )
