"""Disruption scenarios: what supplies lose, and what that means for BOMs of a company."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner.assess import scenarios
from scanner.core.names import CompanyId, MaterialId, Presence
from scanner.core.scenarios import Scenario, Stakes
from scanner.profile.parts import part_identity
from scanner.profile.scenarios import HeldPart, exposure
from scanner.services import recall
from scanner.services.context import Context
from scanner.services.part_uses import PartUses
from scanner.services.published import found, ready
from scanner.store import boms, profiles, version_parts
from scanner.store.profiles import Basis


def take(ctx: Context, scenario: Scenario, stock_kg: Mapping[MaterialId, float]) -> Stakes:
    """What the scenario takes, what that costs a kilogram, and what is in stock (kilograms).

    Raises `InvalidInput` for countries and raw materials that the release does not know.
    """
    return scenarios.stakes(ctx.engine.facts, scenario, stock_kg)


def of_bom(ctx: Context, company_id: CompanyId, bom_id: UUID, at_stake: Stakes) -> dict[str, Any]:
    """What a scenario means for the newest version of a BOM: materials, parts by name, lines.

    Raises `NotFound` without such a BOM, `NotReady` when no version of it is published.
    """
    with ctx.database.reading() as connection:
        row = ready(company_id, connection, bom_id, None)
        answer = found(profiles.newest(company_id, connection, row.version_id))
        mine = (company_id, connection, row.version_id)
        basis = Basis.of(answer)
        uses = PartUses.unpacked(boms.uses(*mine))
        parts = list(_held(version_parts.recognitions(*mine, basis=basis), uses))
        told, places = exposure(orjson.loads(answer.body), parts, at_stake)
        names = _names(*mine, basis=basis, numbers=places)
    for shown, place in zip(told["parts"]["shown"], places, strict=True):
        shown["part"] = names[place]
    return {
        "bom": str(bom_id),
        "name": row.name,
        "version": row.number,
        "profile_sha256": answer.sha256,
        **told,
    }


def _held(rows: Iterable[Any], uses: PartUses) -> Iterable[HeldPart]:
    """The parts of a version that may count: of those that do not, no piece is needed."""
    for row in rows:
        lines, pieces, spending = uses.at(row.number)
        if pieces != 0:
            contents = orjson.loads(row.body)["composition"]["contents"]
            held = {MaterialId(one["material"]): Presence(one["presence"]) for one in contents}
            if held:
                yield HeldPart(row.number, lines, held, spending)


def _names(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    *,
    basis: Basis,
    numbers: Sequence[int],
) -> dict[int, dict[str, Any]]:
    described = version_parts.described(
        company_id, connection, version_id, basis=basis, numbers=numbers
    )
    return {row.number: part_identity(recall.scanned_part(row)) for row in described}
