"""What was looked up for a case: whether it is there, and the facts that a reply tells of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import orjson

from scanner.core.cases import LookedUp
from scanner.core.errors import InvalidInput, NotFound, NotReady, Place
from scanner.core.evidence import Target
from scanner.core.names import CompanyId, Language, MaterialId, Presence, Scope, TargetKind
from scanner.profile.reply_facts import (
    BomFacts,
    CountryFacts,
    Fact,
    Held,
    HoldingFacts,
    MaterialFacts,
    Names,
    Supplied,
)
from scanner.services import alloys, boms, codes, components, countries, materials, search
from scanner.services.context import Context
from scanner.services.options import plain_text

MOST_TEXT: Final = 300


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to look up: its kind, and its id, or the text itself."""

    subject: LookedUp
    id: str


def checked(ctx: Context, company_id: CompanyId, thing: Thing) -> Thing:
    """The thing by its own id; `InvalidInput` where it is not known."""
    try:
        return Thing(thing.subject, _own_id(ctx, company_id, thing))
    except NotFound as error:
        raise InvalidInput(error.detail, advice=error.advice, place=Place(pointer="/id")) from error


def _own_id(ctx: Context, company_id: CompanyId, thing: Thing) -> str:
    finders: Mapping[LookedUp, Callable[[], str]] = {
        LookedUp.MATERIAL: lambda: materials.get(ctx, thing.id).id,
        LookedUp.COUNTRY: lambda: countries.get(ctx, thing.id).code,
        LookedUp.COMPONENT: lambda: components.get(ctx, thing.id).id,
        LookedUp.ALLOY: lambda: alloys.get(ctx, thing.id)[0].id,
        LookedUp.CODE: lambda: codes.get(ctx, thing.id).digits,
        LookedUp.BOM: lambda: str(boms.get(ctx, company_id, _uuid(thing.id)).id),
        LookedUp.TEXT: lambda: _said(thing.id),
    }
    return finders[thing.subject]()


def _said(text: str) -> str:
    said = plain_text(text, "/id")
    if not 0 < len(said) <= MOST_TEXT:
        raise NotFound(
            f"The text has {len(said)} characters.", advice=f"Give 1 to {MOST_TEXT} characters."
        )
    return said


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound("There is no such BOM.", advice="Give the id of a BOM.") from error


def facts(ctx: Context, company_id: CompanyId, thing: Thing) -> Fact:
    """What the present release knows of a thing.

    `NotFound` where it is not there any more, `NotReady` for a BOM without a profile.
    """
    makers: Mapping[LookedUp, Callable[[], Fact]] = {
        LookedUp.MATERIAL: lambda: MaterialFacts(materials.get(ctx, thing.id)),
        LookedUp.COUNTRY: lambda: _country(ctx, thing.id),
        LookedUp.COMPONENT: lambda: _holding(ctx, thing, components.get(ctx, thing.id).names),
        LookedUp.ALLOY: lambda: _holding(ctx, thing, alloys.get(ctx, thing.id)[0].names),
        LookedUp.CODE: lambda: _code(ctx, thing),
        LookedUp.TEXT: lambda: _text(ctx, thing),
        LookedUp.BOM: lambda: _bom(ctx, company_id, UUID(thing.id)),
    }
    return makers[thing.subject]()


def _text(ctx: Context, thing: Thing) -> HoldingFacts:
    """A line of text, as the scanner takes it apart."""
    known, scanned = ctx.engine.assessments, search.recognised(ctx, thing.id)
    held = tuple(
        Held(known[one.material], one.presence, one.fraction, one.sources[0])
        for one in scanned.composition.contents
        if one.material in known
    )
    names = ctx.engine.knowledge.recipes.names
    evidence = scanned.recognition.evidence
    taken_for = [names[one.points_to] for one in evidence if one.points_to in names]
    return HoldingFacts(
        thing.subject,
        {Language("en"): thing.id},
        held,
        known=bool(evidence),
        taken_for=tuple(taken_for[:1]),
    )


def _holding(ctx: Context, thing: Thing, names: Names) -> HoldingFacts:
    """An alloy or a kind of part; of a raw material in several roles the surest counts."""
    kind = TargetKind.ALLOY if thing.subject is LookedUp.ALLOY else TargetKind.CLASS
    target = Target(kind, thing.id)
    found = ctx.engine.knowledge.recipes.ingredients.get(target, ())
    held = {
        one.material: Held(
            ctx.engine.assessments[one.material], one.presence, one.fraction, one.source
        )
        for one in sorted(found, key=lambda one: -one.presence.rank)
        if one.material in ctx.engine.assessments
    }
    return HoldingFacts(thing.subject, names, tuple(held.values()))


def _code(ctx: Context, thing: Thing) -> HoldingFacts:
    found = codes.get(ctx, thing.id)
    held = {
        one.material: Held(
            ctx.engine.assessments[one.material], one.presence or Presence.POSSIBLE, None,
            one.sources[0],
        )
        for one in found.contents
        if one.material in ctx.engine.assessments
    }  # fmt: skip
    languages = (Language("en"), Language("nl"))
    names = {language: f"{found.digits} ({found.entry.name(language)})" for language in languages}
    return HoldingFacts(thing.subject, names, tuple(held.values()))


def _country(ctx: Context, iso3: str) -> CountryFacts:
    country = countries.get(ctx, iso3)
    supply = ctx.engine.knowledge.supply
    found = [
        Supplied(supply.materials[MaterialId(material)].names, stage, share)
        for (material, stage, scope), shares in supply.shares.items()
        for share in shares
        if scope == Scope.GLOBAL and share.country == country.code and not share.upper_bound
    ]
    found.sort(key=lambda one: (-one.share.fraction, one.names[Language("en")], one.stage))
    return CountryFacts(country.names, tuple(found))


def _bom(ctx: Context, company_id: CompanyId, bom_id: UUID) -> BomFacts:
    bom = boms.get(ctx, company_id, bom_id)
    if bom.version.state != "ready":
        raise NotReady("The BOM has no profile yet.", advice="Ask again when it is ready.")
    stored = boms.profile(ctx, company_id, bom_id, version=bom.version.number)
    head = orjson.loads(stored.body)
    coverage, known = head["coverage"], ctx.engine.assessments
    held = tuple(
        Held(known[MaterialId(one["material"])], Presence(one["presence"]), None, None)
        for one in head["materials"]
        if one["material"] in known
    )
    release = head["knowledge"]["release"]
    return BomFacts(bom.name, coverage["lines"], coverage["recognised"], held, release)
