"""Restrictions: what governments put in the way of trade in raw materials, and since when.

What holds on a day follows from printed dates alone. Where they end without saying what comes
after, the answer is *unknown*; nothing here reads a clock.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from scanner.core.names import CountryCode, MaterialId, SourceId


class ExportMeasure(StrEnum):
    """What a country does about exports; `OTHER` where the source does not say what."""

    BAN = "ban"
    LICENCE = "licence"
    QUOTA = "quota"
    OTHER = "other"


class SanctionMeasure(StrEnum):
    """What the European Union does about trade with a country.

    TRADE_BAN: both directions. EXPORT_RESTRICTION: on what goes to that country. ASSET_FREEZE: of
    companies there, without a ban on goods.
    """

    IMPORT_BAN = "import_ban"
    IMPORT_RESTRICTION = "import_restriction"
    TRADE_BAN = "trade_ban"
    TRADE_RESTRICTION = "trade_restriction"
    EXPORT_RESTRICTION = "export_restriction"
    ASSET_FREEZE = "asset_freeze"


class Reported(StrEnum):
    """What a source said of a restriction when it was last looked at."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    ANNOUNCED = "announced"
    UNCLEAR = "unclear"


class State(StrEnum):
    """What is known of a restriction on one day."""

    ANNOUNCED = "announced"
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Period(NamedTuple):
    """Days (both included) with one state; None is without limit."""

    first: date | None
    last: date | None
    state: State


class Change(NamedTuple):
    """From this day on (None: from the beginning) the state is this one."""

    day: date | None
    state: State


@dataclass(frozen=True, slots=True)
class Timeline:
    """The printed dates of a restriction: ISO 8601, to the year, the month or the day.

    `end` and `suspended_until` are the last days. `reported` is what was said on `as_of`.
    """

    start: str | None
    end: str | None
    suspended_from: str | None
    suspended_until: str | None
    reported: Reported
    as_of: str

    def periods(self) -> tuple[Period, ...]:
        """The states in order, without gaps; a month or year without day makes days *unknown*."""
        changes = list(self._beginning())
        if self.suspended_from is not None and self.suspended_until is not None:
            changes = _until(changes, first_day(self.suspended_from))
            changes.append(Change(first_day(self.suspended_from), State.SUSPENDED))
            changes.append(Change(_after(self.suspended_until), State.UNKNOWN))
        if self.end is not None:
            to_the_day = first_day(self.end) == last_day(self.end)
            closing = _after(self.end) if to_the_day else first_day(self.end)
            changes = _until(changes, closing)
            if not to_the_day:
                changes.append(Change(closing, State.UNKNOWN))
            changes.append(Change(_after(self.end), State.ENDED))
        return tuple(_periods(changes))

    def state_on(self, day: date) -> State:
        """The state on one day."""
        return next(p.state for p in self.periods() if p.last is None or day <= p.last)

    def _beginning(self) -> Iterator[Change]:
        """The changes up to the start, or up to when the state was reported."""
        if self.start is None:
            yield Change(None, State.UNKNOWN)
            known = {Reported.IN_FORCE: State.IN_FORCE, Reported.ANNOUNCED: State.ANNOUNCED}
            if self.reported in known:
                yield Change(first_day(self.as_of), known[self.reported])
        elif self.reported == Reported.ANNOUNCED:
            yield Change(None, State.ANNOUNCED)
            yield Change(first_day(self.start), State.UNKNOWN)
        else:
            yield Change(None, State.NOT_YET)
            if first_day(self.start) != last_day(self.start):
                yield Change(first_day(self.start), State.UNKNOWN)
                yield Change(_after(self.start), State.IN_FORCE)
            else:
                yield Change(first_day(self.start), State.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Restriction:
    """What one country does about the export of raw materials.

    `subject` is what is restricted, in the words of the source; `materials` are those screened
    that it names. `form` says in which form (``ore``). `destination` is None for all countries.
    """

    id: str
    country: CountryCode
    subject: str
    materials: tuple[MaterialId, ...]
    form: str | None
    measure: ExportMeasure
    destination: CountryCode | None
    timeline: Timeline
    detail: str | None
    legal_reference: str | None
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Sanction:
    """What the European Union does about trade in raw materials with one country."""

    id: str
    country: CountryCode
    subject: str
    materials: tuple[MaterialId, ...]
    measure: SanctionMeasure
    timeline: Timeline
    detail: str | None
    legal_reference: str
    sources: tuple[SourceId, ...]


def first_day(text: str) -> date:
    """The first day of an ISO day, month or year; `ValueError` if there is no such day."""
    year, month, day = _parts(text)
    return date(year, 1 if month is None else month, 1 if day is None else day)


def last_day(text: str) -> date:
    """The last day of an ISO day, month or year; `ValueError` if there is no such day."""
    year, month, day = _parts(text)
    month = 12 if month is None else month
    return date(year, month, monthrange(year, month)[1] if day is None else day)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    year, *rest = (int(part) for part in text.split("-"))
    return year, rest[0] if rest else None, rest[1] if len(rest) > 1 else None


def _after(text: str) -> date:
    return last_day(text) + timedelta(days=1)


def _until(changes: list[Change], day: date) -> list[Change]:
    return [change for change in changes if change.day is None or change.day < day]


def _periods(changes: list[Change]) -> Iterator[Period]:
    for change, following in zip(changes, [*changes[1:], None], strict=True):
        last = None if following is None or following.day is None else following.day
        yield Period(change.day, None if last is None else last - timedelta(days=1), change.state)
