"""Rows of uploaded files, in pieces."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from scanner.core.names import CompanyId
from scanner.store.tables import File, FileChunk

CHUNK_BYTES = 256 * 1024
_ADD, _ADD_CHUNK = insert(File), insert(FileChunk)


def add(
    company_id: CompanyId,
    connection: Connection,
    file_id: UUID,
    content: BinaryIO,
    *,
    name: str,
    kind: str,
    size: int,
    sha256: str,
    at: datetime,
) -> None:
    """Add a file and all its bytes."""
    connection.execute(
        _ADD,
        {
            "company_id": company_id,
            "id": file_id,
            "name": name,
            "kind": kind,
            "size": size,
            "sha256": sha256,
            "created_at": at,
        },
    )
    whose = {"company_id": company_id, "file_id": file_id}
    for number, body in enumerate(iter(lambda: content.read(CHUNK_BYTES), b"")):
        connection.execute(_ADD_CHUNK, {**whose, "number": number, "body": body})


def content(company_id: CompanyId, connection: Connection, file_id: UUID) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    mine = (FileChunk.company_id == company_id) & (FileChunk.file_id == file_id)
    numbers = connection.execute(
        select(FileChunk.number).where(mine).order_by(FileChunk.number)
    ).scalars()
    for number in numbers.all():
        yield connection.execute(
            select(FileChunk.body).where(mine, FileChunk.number == number)
        ).scalar_one()


def remove(company_id: CompanyId, connection: Connection, file_ids: Iterable[UUID]) -> None:
    """Remove files and their bytes."""
    for file_id in file_ids:
        connection.execute(
            delete(FileChunk).where(
                FileChunk.company_id == company_id, FileChunk.file_id == file_id
            )
        )
        connection.execute(delete(File).where(File.company_id == company_id, File.id == file_id))
