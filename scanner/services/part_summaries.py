"""What lists tell of a part: computed when it is read or decided upon, and kept with it.

A part may be described in several wordings; what is told is the worst over all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner.core.bom import Part
from scanner.core.evidence import RecognitionState
from scanner.core.names import CompanyId, EvidenceKind, MaterialId
from scanner.core.scan import ScannedPart
from scanner.core.statements import NOTHING_SAID
from scanner.pipeline import Engine
from scanner.services import statements
from scanner.services.views import VersionView
from scanner.store import parts as rows
from scanner.store.parts import Summary, WordingId
from scanner.store.types import storable

WORST_FIRST: Final = (
    RecognitionState.UNRECOGNISED,
    RecognitionState.AMBIGUOUS,
    RecognitionState.RECOGNISED,
)
TEXTS: Final = ("number", "maker", "maker_number", "description", "value", "material")
"""The fields of a part that a search looks into."""

MOST_WORDS: Final = 1_000


def summary_of(engine: Engine, scanned: ScannedPart) -> Summary:
    """What is told of one wording of a part."""
    stake = at_stake(engine, scanned)
    risks = [risk for material in stake if (risk := risk_of(engine, material)) is not None]
    mass = scanned.composition.unit_mass
    texts = [text for name in TEXTS if (text := getattr(scanned.part, name))]
    return Summary(
        state=scanned.recognition.state,
        doubt=doubt_of(scanned),
        words=str(storable(" ".join(texts).casefold()[:MOST_WORDS])),
        materials=_joined(content.material for content in scanned.composition.contents),
        risk=max(risks, default=None),
        unit_mass_g=None if mass is None else mass.grams.typical or mass.grams.high,
    )


def at_stake(engine: Engine, scanned: ScannedPart) -> list[MaterialId]:
    """The materials that are in a part or would be by one of its candidates, in order."""
    found = {content.material for content in scanned.composition.contents}
    for candidate in scanned.recognition.candidates:
        ingredients = engine.knowledge.recipes.ingredients.get(candidate.points_to, ())
        found.update(ingredient.material for ingredient in ingredients)
    return sorted(found)


def risk_of(engine: Engine, material: MaterialId) -> float | None:
    """The EU's supply risk of a material, where it has one."""
    assessment = engine.assessments.get(material)
    return None if assessment is None else assessment.supply_risk.value


def doubt_of(scanned: ScannedPart) -> float:
    """How much is open about what a part is, 0..1.

    1 where nothing identifies it; 1 − 1/(1 + n) for n candidates; else 1 − the confidence of the
    surest evidence. A partial declaration takes no doubt away, a full one stands alone.
    """
    recognition = scanned.recognition
    if recognition.state is RecognitionState.UNRECOGNISED:
        return 1.0
    if recognition.state is RecognitionState.AMBIGUOUS:
        return 1.0 - 1.0 / (1 + max(1, len(recognition.candidates)))
    declared = EvidenceKind.DECLARATION
    sure = [one.confidence for one in recognition.evidence if one.kind is not declared]
    return 1.0 - max(sure, default=1.0)


def merged(told: Sequence[Summary]) -> Summary:
    """What is told of a part over all its wordings."""
    if len(told) == 1:
        return told[0]
    materials = {material for one in told for material in one.materials.split()}
    texts = dict.fromkeys(one.words for one in told)
    return Summary(
        state=min((one.state for one in told), key=lambda state: WORST_FIRST.index(_state(state))),
        doubt=max(one.doubt for one in told),
        words=" ".join(sorted(texts))[:MOST_WORDS],
        materials=_joined(materials),
        risk=max((one.risk for one in told if one.risk is not None), default=None),
        unit_mass_g=max(
            (one.unit_mass_g for one in told if one.unit_mass_g is not None), default=None
        ),
    )


def keep_of_version(
    engine: Engine,
    company_id: CompanyId,
    connection: Connection,
    version: VersionView,
    read: Iterable[tuple[WordingId, Summary]],
) -> None:
    """Tell of the parts of a version what this reading of it says.

    Parts that are told of otherwise, for they have other wordings or were read by another release,
    are read anew in all their wordings; so are all that were read without what experts say.
    """
    found: dict[UUID, list[Summary]] = defaultdict(list)
    for wording, summary in read:
        found[wording.part_id].append(summary)
    stored = rows.summaries(company_id, connection, version.id)
    changed = [
        part_id
        for part_id, told in found.items()
        if version.documented_only or merged(told) != stored[part_id]
    ]
    keep_anew(engine, company_id, connection, changed, stored=stored)


def keep_anew(
    engine: Engine,
    company_id: CompanyId,
    connection: Connection,
    part_ids: Collection[UUID],
    *,
    stored: dict[UUID, Summary] | None = None,
) -> None:
    """Read these parts anew in all their wordings, and tell of them what that says."""
    if not part_ids:
        return
    holding = statements.of_parts(company_id, connection, part_ids)
    told: dict[UUID, list[Summary]] = defaultdict(list)
    for row in rows.wordings(company_id, connection, part_ids):
        said = NOTHING_SAID
        if row.part_id in holding:
            said = statements.statements_of(holding[row.part_id])
        scanned = engine.recognise(Part(**orjson.loads(row.fields)), said)
        told[row.part_id].append(summary_of(engine, scanned))
    now_told = [(part_id, merged(some)) for part_id, some in told.items()]
    known = stored or {}
    rows.tell(
        company_id, connection, [(key, one) for key, one in now_told if known.get(key) != one]
    )


def _joined(materials: Iterable[str]) -> str:
    """Ids between blanks, so that each can be found as a whole."""
    text = " ".join(sorted(materials))
    return f" {text} " if text else ""


def _state(text: str) -> RecognitionState:
    return RecognitionState(text)
