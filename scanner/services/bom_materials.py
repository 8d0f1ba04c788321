"""The raw materials of a stored profile, ranked under any method.

A ranking is an order of what a profile says and changes none of it: so it is made when it is asked
for, from the stored masses and the figures of the release, and no profile is stored once more for
each method.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from scanner.assess.exposure import exposures
from scanner.core.composition import Range
from scanner.core.exposure import Exposure, Held
from scanner.core.methods import Method
from scanner.core.names import CompanyId, MaterialId, Presence
from scanner.services import boms, methods
from scanner.services.context import Context


@dataclass(frozen=True, slots=True)
class RankedBom:
    """The materials of one version, riskiest first, and what they were taken from.

    `profile_release` is the release of the profile's masses; the figures are of the release that
    the service runs on. `left_out` are groups of materials, and what that release does not have.
    """

    version: int
    profile_sha256: str
    profile_release: str
    method: Method
    materials: tuple[Exposure, ...]
    left_out: tuple[MaterialId, ...]


def ranked(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    *,
    rank_by: str,
    weighted: bool = False,
    version: int | None = None,
    revision: int | None = None,
) -> RankedBom:
    """The materials of a profile under a method, by its figure or by figure x mass.

    Raises what `boms.profile` raises, and `InvalidInput` without such a method.
    """
    method = methods.chosen(rank_by, "/rank_by")
    stored = boms.profile(ctx, company_id, bom_id, version=version, revision=revision)
    document = orjson.loads(stored.body)
    figures = ctx.engine.figures[method.id]
    held = [held_in(one) for one in document["materials"]]
    return RankedBom(
        version=stored.version,
        profile_sha256=stored.sha256,
        profile_release=document["knowledge"]["release"],
        method=method,
        materials=tuple(
            exposures(
                [one for one in held if one.material in figures],
                method,
                figures,
                weighted=weighted,
            )
        ),
        left_out=tuple(one.material for one in held if one.material not in figures),
    )


def held_in(answer: Mapping[str, Any]) -> Held:
    """A material of a profile, out of its document."""
    return Held(
        material=MaterialId(answer["material"]),
        presence=Presence(answer["presence"]),
        mass_g=_range(answer["mass_g"]),
        complete=answer["mass_complete"],
    )


def _range(answer: Mapping[str, Any] | None) -> Range | None:
    """The range that an answer tells; a nominal figure stands as `typical` alone."""
    if answer is None:
        return None
    low, typical, high = answer["low"], answer["typical"], answer["high"]
    return Range(
        low=typical if low is None else low,
        typical=typical,
        high=typical if high is None else high,
        known=answer["range_known"],
    )
