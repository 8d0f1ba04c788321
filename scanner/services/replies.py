"""Requests that take effect once, however often they come: their idempotency keys and answers.

The key is noted in the transaction that makes the version, so that one of two equal requests makes
it and no crash can separate the two. The answer follows; a process that dies before it has given
it leaves the key to whoever asks next. What makes no version is one transaction with its key and
its answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.errors import KeyReused, RequestInProgress, ScannerError
from scanner.core.names import CompanyId
from scanner.services.context import Context
from scanner.store import Whole
from scanner.store import replies as rows
from scanner.store.stamps import now

KEPT = timedelta(hours=24)
"""How long an answer is kept; older ones go when the company uses a key again."""

GRACE = timedelta(seconds=10)
"""How much later than it promised an answer may be before another process gives it."""


@dataclass(frozen=True, slots=True)
class Once:
    """A request that may take effect once.

    `key` is the caller's, `digest` that of the content, `seconds` the time its answer may take.
    """

    route: str
    key: str
    digest: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it was given; without `body` where that was not to be kept."""

    status: int
    headers: dict[str, str]
    body: bytes | None


class AnsweredBefore(Exception):
    """Another request of this key was answered meanwhile: nothing of this one takes effect."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("another request of this key was first")
        self.reply = reply


def earlier(ctx: Context, company_id: CompanyId, once: Once) -> Reply | UUID | None:
    """What this request led to before: its answer; None when it is new.

    It is the id of the version that it made, when the process that made it died before it
    answered: the caller has to answer now. Raises `KeyReused` when the content was another one,
    and `RequestInProgress` when it is being answered.
    """
    at = now()
    with ctx.database.reading() as connection:
        row = rows.find(company_id, connection, route=once.route, key=once.key)
    if row is None or row.created_at < at - KEPT:
        return None
    if row.sha256 != once.digest:
        raise _refusal(once, row.sha256)
    if row.status is not None:
        return Reply(row.status, row.headers, row.body)
    with ctx.database.writing() as connection:
        taken = rows.hold(
            company_id,
            connection,
            route=once.route,
            key=once.key,
            held_until=_answered_by(once, at),
            at=at,
        )
    if not taken:
        raise _refusal(once, row.sha256)
    version_id: UUID = row.version_id
    return version_id


def claim(company_id: CompanyId, connection: Connection, version_id: UUID, once: Once) -> None:
    """Note, in the transaction that makes a version, which request made it.

    Raises as `earlier` does when another one was first.
    """
    at = now()
    rows.purge(company_id, connection, made_before=at - KEPT)
    rows.add(
        company_id,
        connection,
        version_id,
        route=once.route,
        key=once.key,
        sha256=once.digest,
        held_until=_answered_by(once, at),
        at=at,
    )
    row = rows.find(company_id, connection, route=once.route, key=once.key)
    if row is not None and row.version_id != version_id:
        raise _refusal(once, row.sha256)


@dataclass(frozen=True, slots=True)
class Answering:
    """A request that makes no version, while it is being answered for the first time."""

    company_id: CompanyId
    once: Once
    whole: Whole

    def keep(self, reply: Reply, *, case_id: UUID | None = None) -> None:
        """Keep the answer, about this case if about any; nothing where nothing was changed."""
        if self.whole.connection is not None:
            rows.answer(
                self.company_id,
                self.whole.connection,
                route=self.once.route,
                key=self.once.key,
                status=reply.status,
                headers=dict(reply.headers),
                body=reply.body,
                case_id=case_id,
            )


@contextmanager
def answering(ctx: Context, company_id: CompanyId, once: Once) -> Iterator[Answering]:
    """Have what a request changes, its key and its answer take effect together, or not at all.

    Raises `AnsweredBefore`, or `KeyReused`, when another one of this key was first.
    """

    def claimed(connection: Connection) -> None:
        at = now()
        rows.purge(company_id, connection, made_before=at - KEPT)
        rows.add(
            company_id,
            connection,
            None,
            route=once.route,
            key=once.key,
            sha256=once.digest,
            held_until=at,
            at=at,
        )
        row = rows.find(company_id, connection, route=once.route, key=once.key)
        if row is not None and row.sha256 != once.digest:
            raise _refusal(once, row.sha256)
        if row is not None and row.status is not None:
            raise AnsweredBefore(Reply(row.status, row.headers, row.body))

    with ctx.database.as_one(claimed) as whole:
        yield Answering(company_id, once, whole)


def keep(ctx: Context, company_id: CompanyId, once: Once, reply: Reply) -> None:
    """Keep the answer for those who ask again; nothing where the BOM is deleted by now."""
    with ctx.database.writing() as connection:
        rows.answer(
            company_id,
            connection,
            route=once.route,
            key=once.key,
            status=reply.status,
            headers=dict(reply.headers),
            body=reply.body,
        )


def _answered_by(once: Once, at: datetime) -> datetime:
    return at + timedelta(seconds=once.seconds) + GRACE


def _refusal(once: Once, digest: str) -> ScannerError:
    if digest != once.digest:
        return KeyReused(
            "This idempotency key came with another request before.",
            advice="Make a new key for every new request; repeat it with the same content only.",
        )
    return RequestInProgress(
        "The same request is being answered at this moment.",
        advice="Send it again, with the same key, in a moment.",
    )
