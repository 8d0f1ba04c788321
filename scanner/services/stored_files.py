"""Files as they came, taken out of the database to be read again."""

from pathlib import Path

from scanner.core.names import CompanyId
from scanner.services.context import Context
from scanner.services.views import VersionView
from scanner.store import files
from scanner.upload import FileKind, Upload


def unpack(ctx: Context, company_id: CompanyId, version: VersionView, path: Path) -> Upload:
    """Write the file of a version to `path`; it was accepted when it came."""
    with ctx.database.reading() as connection, path.open("wb") as target:
        for piece in files.content(company_id, connection, version.file.id):
            target.write(piece)
    file = version.file
    return Upload(path, file.name, FileKind(file.kind), file.size, file.sha256)
