"""Adding to what people said about parts, and what follows from it, in one transaction.

Whoever adds holds the company's log alone until the transaction ends. At its end each part that
something was said about is told of anew, and the current versions that use it wait to be brought
up to date.
"""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.names import CompanyId
from scanner.services import part_summaries, refreshes, statements
from scanner.services.context import Context
from scanner.store import part_entries as rows
from scanner.store.stamps import now


@dataclass
class PartLog:
    """What is added to the log of a company; nothing counts before `close`."""

    ctx: Context
    company_id: CompanyId
    connection: Connection
    by: str
    _last: int = 0
    _added: list[tuple[object, ...]] = field(default_factory=list)
    _parts: dict[UUID, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Hold the log."""
        rows.lock(self.company_id, self.connection, to_add=True)
        self._last = rows.last_number(self.company_id, self.connection)

    def add(self, part_id: UUID, kind: str, body: bytes, reason: str | None = None) -> int:
        """Add an entry about a part; its number."""
        self._last += 1
        self._added.append((self._last, part_id, kind, body, reason))
        self._parts[part_id] = None
        return self._last

    def close(self) -> int:
        """Write the entries, and let them count; how many versions are brought up to date."""
        mine, parts = self.company_id, list(self._parts)
        if not parts:
            return 0
        rows.add_entries(mine, self.connection, self._added, actor=self.by, at=now())
        holding = statements.of_parts(mine, self.connection, parts)
        told = [
            (part_id, held.revision, held.kind, bool(held.declarations))
            for part_id, held in holding.items()
        ]
        rows.note(mine, self.connection, told)
        part_summaries.keep_anew(self.ctx.engine, mine, self.connection, parts)
        return refreshes.ask(self.ctx, mine, self.connection, parts)
