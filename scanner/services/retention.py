"""What is kept how long: the settings say it, and workers see to it from time to time."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from scanner.core.names import CompanyId
from scanner.services import audit, replies
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.store import audit as audit_rows
from scanner.store import boms as bom_rows
from scanner.store import cases as case_rows
from scanner.store import invitations as invitation_rows
from scanner.store import replies as reply_rows
from scanner.store import unbound
from scanner.store.stamps import now

EVERY: Final = 3600.0
"""Seconds between two sweeps of one worker."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RetentionView:
    """For how many days things are kept; None where they are kept until somebody removes them."""

    boms_days: int | None
    cases_days: int | None
    audit_days: int | None


def terms(ctx: Context) -> RetentionView:
    """How long this service keeps what a company stores here."""
    kept = ctx.settings
    return RetentionView(
        kept.keep_boms_days or None, kept.keep_cases_days or None, kept.keep_audit_days or None
    )


class Housekeeping:
    """Sweeps when it is time to; faults are logged and do not keep a worker from its work."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._next = time.monotonic()

    def see_to_it(self) -> None:
        """Sweep, unless it was done less than an hour ago."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        try:
            sweep(self._ctx)
        except Exception:
            log.exception("what is too old could not be removed")


def sweep(ctx: Context) -> int:
    """Remove what is older than the settings allow; how many BOMs that was.

    BOMs go when their newest version is older than `keep_boms_days`, cases `keep_cases_days` after
    they were closed, entries of the audit log after `keep_audit_days`; 0 keeps them for ever.
    Stored replies and old invitations always go. Workers
    that sweep at the same time do no harm.
    """
    at = now()
    with ctx.database.reading() as connection:
        companies = [CompanyId(row.id) for row in unbound.companies(connection)]
    for company_id in companies:
        with ctx.database.writing() as connection:
            reply_rows.purge(company_id, connection, made_before=at - replies.KEPT)
            invitation_rows.purge(company_id, connection, over_before=at)
            if ctx.settings.keep_audit_days:
                oldest = at - timedelta(days=ctx.settings.keep_audit_days)
                audit_rows.purge(company_id, connection, made_before=oldest)
        if ctx.settings.keep_cases_days:
            _remove_old_cases(ctx, company_id)
    return _remove_old_boms(ctx) if ctx.settings.keep_boms_days else 0


def _remove_old_cases(ctx: Context, company_id: CompanyId) -> None:
    oldest = now() - timedelta(days=ctx.settings.keep_cases_days)
    with ctx.database.writing() as connection:
        for case_id in case_rows.closed_before(company_id, connection, moment=oldest):
            case_rows.remove(company_id, connection, case_id)
            audit.record(company_id, connection, Action.CASE_EXPIRED, case_id, by=audit.SERVICE)


def _remove_old_boms(ctx: Context) -> int:
    oldest = now() - timedelta(days=ctx.settings.keep_boms_days)
    with ctx.database.reading() as connection:
        old = unbound.boms_untouched_since(connection, oldest)
    removed = 0
    for row in old:
        company_id = CompanyId(row.company_id)
        with ctx.database.writing() as connection:
            bom_rows.lock(company_id, connection, row.bom_id)
            newest = bom_rows.find(company_id, connection, row.bom_id)
            if newest is not None and newest.created_at < oldest:
                bom_rows.remove(company_id, connection, row.bom_id)
                audit.record(
                    company_id, connection, Action.BOM_EXPIRED, row.bom_id, by=audit.SERVICE
                )
                removed += 1
    return removed
