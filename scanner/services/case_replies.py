"""What is made of cases: the text of a reply, and statistics without a word of any caller."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scanner.core.cases import EntryKind, LookedUp
from scanner.core.errors import NotFound, NotReady
from scanner.core.names import CompanyId, Language
from scanner.profile.reply_facts import Fact
from scanner.profile.reply_text import Known, reply
from scanner.services import cases, looked_up
from scanner.services.context import Context
from scanner.services.looked_up import Thing
from scanner.store import cases as rows
from scanner.store.types import AnyRow


@dataclass(frozen=True, slots=True)
class ReplyView:
    """The text of a reply; `left_out` are things by their numbers in the case, and why."""

    text: str
    language: Language
    release: str
    left_out: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many cases there were, in all and by what they have in common.

    `materials` counts the cases for which a raw material was looked up, by its id. Nothing that a
    caller said is in it.
    """

    total: int
    months: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    origins: tuple[tuple[str, int], ...]
    subjects: tuple[tuple[str, int], ...]
    materials: tuple[tuple[str, int], ...]


def make(
    ctx: Context,
    company_id: CompanyId,
    case_id: UUID,
    *,
    language: Language | None = None,
    with_boms: bool,
) -> ReplyView:
    """The reply of a case, in its own language unless another is asked for.

    BOMs are told to those only who may see them. `NotFound` when there is no such case.
    """
    found = cases.get(ctx, company_id, case_id)
    spoken = language or found.case.language
    facts: list[Fact] = []
    left_out: list[tuple[int, str]] = []
    for entry in found.looked_up:
        if entry.subject is LookedUp.BOM and not with_boms:
            left_out.append((entry.number, "not_allowed"))
            continue
        try:
            facts.append(looked_up.facts(ctx, company_id, Thing(entry.subject, entry.body)))
        except NotFound:
            left_out.append((entry.number, "gone"))
        except NotReady:
            left_out.append((entry.number, "not_ready"))
    knowledge = ctx.engine.knowledge
    known = Known(knowledge.supply, knowledge.sources, knowledge.release)
    text = reply(found.case.question, found.case.number, facts, known, spoken)
    return ReplyView(text, spoken, knowledge.release.id, tuple(left_out))


def statistics(ctx: Context, company_id: CompanyId, *, year: int | None = None) -> Statistics:
    """The numbers of all cases that are kept, or of those of one year."""
    with ctx.database.reading() as connection:
        alike = rows.counts(company_id, connection, year=year)
        things = rows.looked_up(company_id, connection, year=year, kind=EntryKind.LOOKED_UP)
    subjects = {(row.subject, row.case_id) for row in things}
    materials = [row.body for row in things if row.subject == LookedUp.MATERIAL]
    return Statistics(
        total=sum(row.number for row in alike),
        months=_summed(alike, lambda row: f"{row.year}-{row.month:02}"),
        states=_summed(alike, lambda row: row.state),
        languages=_summed(alike, lambda row: row.language),
        origins=_summed(alike, lambda row: row.origin),
        subjects=tuple(sorted(Counter(subject for subject, _ in subjects).items())),
        materials=tuple(sorted(Counter(materials).items())),
    )


def _summed(found: Iterable[AnyRow], by: Callable[[Any], str]) -> tuple[tuple[str, int], ...]:
    sums: Counter[str] = Counter()
    for row in found:
        sums[by(row)] += row.number
    return tuple(sorted(sums.items()))
