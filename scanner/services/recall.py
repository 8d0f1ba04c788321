"""Parts and problems as they are stored, and as they were before."""

import hashlib
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

import orjson

from scanner.core.bom import Part
from scanner.core.composition import (
    Composition,
    Content,
    LeftOut,
    MassGap,
    Per,
    Range,
    UnitMass,
    Working,
)
from scanner.core.errors import LineProblem, Place
from scanner.core.evidence import Evidence, Recognition, RecognitionState, Target
from scanner.core.names import EvidenceKind, MaterialId, Presence, SourceId, TargetKind
from scanner.core.scan import ScannedPart
from scanner.store.parts import NewWording, Summary
from scanner.store.types import AnyRow

_FIELDS = attrgetter(*Part.__slots__)


def wording_of(scanned: ScannedPart, summary: Summary) -> NewWording:
    """The part as a line describes it, ready to be stored with what lists tell of it."""
    given = zip(Part.__slots__, _FIELDS(scanned.part), strict=True)
    fields = orjson.dumps(
        {name: value for name, value in given if value is not None},
        option=orjson.OPT_SORT_KEYS,
    )
    number = int.from_bytes(hashlib.sha256(fields).digest()[:8]) >> 1
    return NewWording(scanned.key, number, scanned.fingerprint, fields, summary)


def knowledge_of(scanned: ScannedPart) -> bytes:
    """What a part was recognised as and what is inside, as JSON."""
    return orjson.dumps(
        {"recognition": scanned.recognition, "composition": scanned.composition},
        option=orjson.OPT_SORT_KEYS,
    )


def scanned_part(row: AnyRow) -> ScannedPart:
    """The part of a row that has `key`, `fingerprint`, `fields` and `body`."""
    body = orjson.loads(row.body)
    return ScannedPart(
        key=row.key,
        fingerprint=row.fingerprint,
        part=Part(**orjson.loads(row.fields)),
        recognition=_recognition(body["recognition"]),
        composition=_composition(body["composition"]),
    )


def problem_body(problem: LineProblem) -> bytes:
    """A line problem as JSON."""
    return orjson.dumps(problem)


def line_problem(body: bytes) -> LineProblem:
    """The line problem that was stored."""
    stored = orjson.loads(body)
    return LineProblem(**{**stored, "place": Place(**stored["place"])})


def _recognition(stored: Mapping[str, Any]) -> Recognition:
    return Recognition(
        state=RecognitionState(stored["state"]),
        evidence=_evidence(stored["evidence"]),
        candidates=_evidence(stored["candidates"]),
        negations=_evidence(stored["negations"]),
    )


def _evidence(stored: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            kind=EvidenceKind(one["kind"]),
            text=one["text"],
            field=one["field"],
            points_to=Target(TargetKind(one["points_to"]["kind"]), one["points_to"]["id"]),
            confidence=one["confidence"],
            source=SourceId(one["source"]),
            rule=one["rule"],
            layer=one["layer"],
        )
        for one in stored
    )


def _composition(stored: Mapping[str, Any]) -> Composition:
    mass = stored["unit_mass"]
    return Composition(
        contents=tuple(_content(one) for one in stored["contents"]),
        unit_mass=None if mass is None else _unit_mass(mass),
        stock_masses=tuple(_unit_mass(one) for one in stored.get("stock_masses", ())),
        left_out=tuple(
            LeftOut(MaterialId(one["material"]), Presence(one["presence"]))
            for one in stored.get("left_out", ())
        ),
        restored=tuple(MaterialId(material) for material in stored.get("restored", ())),
    )


def _unit_mass(stored: Mapping[str, Any]) -> UnitMass:
    return UnitMass(
        grams=Range(**stored["grams"]),
        origin=stored["origin"],
        source=stored["source"],
        per=Per(stored.get("per", Per.PIECE)),
        working=_working(stored),
    )


def _working(stored: Mapping[str, Any]) -> Working | None:
    working = stored.get("working")
    if working is None:
        return None
    return Working(working["text"], working["formula"], tuple(working["sources"]))


def _content(stored: Mapping[str, Any]) -> Content:
    gap = stored["gap"]
    return Content(
        material=MaterialId(stored["material"]),
        presence=Presence(stored["presence"]),
        fraction=_range(stored["fraction"]),
        mass_g=_range(stored["mass_g"]),
        gap=None if gap is None else MassGap(gap),
        roles=tuple(stored["roles"]),
        basis=stored["basis"],
        upstream=stored["upstream"],
        grade=stored["grade"],
        expert=stored["expert"],
        evidence=tuple(stored["evidence"]),
        sources=tuple(SourceId(source) for source in stored["sources"]),
        working=_working(stored),
    )


def _range(stored: Mapping[str, Any] | None) -> Range | None:
    return None if stored is None else Range(**stored)
