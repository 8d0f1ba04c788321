"""The lines of one BOM, ready to be stored: the library has their parts already."""

from collections.abc import Sequence
from io import BytesIO
from uuid import UUID

from scanner.core.bom import Line, Part
from scanner.core.composition import Composition
from scanner.core.evidence import Recognition, RecognitionState
from scanner.core.names import CompanyId
from scanner.core.scan import LineAmount, ScannedPart
from scanner.match import fingerprint, part_key
from scanner.services import recall
from scanner.services.line_blocks import LINES_PER_BLOCK, pack_amounts, pack_lines
from scanner.store import Database, boms, companies, files, lines, parts, version_parts
from scanner.store.stamps import new_id, now
from scanner.store.tables import Table


class Shelf:
    """A database with a company, a BOM and all its parts; `store_lines` adds a version."""

    def __init__(self, address: str, of_lines: Sequence[Line]) -> None:
        """Make the tables and store the parts of the lines, untimed."""
        self._database = Database(address)
        Table.metadata.create_all(self._database.engine)
        self._company_id, self._bom_id = CompanyId(new_id()), new_id()
        distinct = list(dict.fromkeys(line.part for line in of_lines))
        with self._database.writing() as connection:
            companies.add_company(self._company_id, connection, name="bench", at=now())
            boms.add(self._company_id, connection, self._bom_id, name="b", created_by="b", at=now())
            wordings = [recall.wording_of(_unrecognised(part)) for part in distinct]
            self._ids = parts.ensure(self._company_id, connection, wordings, at=now())
        number = {part: place for place, part in enumerate(distinct)}
        self._lines = [(line, number[line.part]) for line in of_lines]

    def store_lines(self) -> None:
        """Store the lines as a new version, packed, in one transaction as publishing does."""
        version_id, amount = self._version(), LineAmount(1.0, None, False)
        blocks = []
        for start in range(0, len(self._lines), LINES_PER_BLOCK):
            some, numbers = zip(*self._lines[start : start + LINES_PER_BLOCK], strict=True)
            amounts = pack_amounts([amount] * len(some))
            blocks.append(lines.Block(start, pack_lines(some, numbers), amounts))
        with self._database.writing() as connection:
            version_parts.add(self._company_id, connection, version_id, self._ids, first=0)
            lines.add(self._company_id, connection, version_id, blocks)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def _version(self) -> UUID:
        version_id, file_id = new_id(), new_id()
        with self._database.writing() as connection:
            files.add(
                self._company_id, connection, file_id, BytesIO(b""),
                name="f", kind="csv", size=0, sha256="0", at=now(),
            )  # fmt: skip
            boms.add_version(
                self._company_id, connection, version_id, bom_id=self._bom_id, file_id=file_id,
                annual_units=None, options={}, created_by="b", at=now(),
            )  # fmt: skip
        return version_id


def _unrecognised(part: Part) -> ScannedPart:
    return ScannedPart(
        part_key(part),
        fingerprint(part),
        part,
        Recognition(RecognitionState.UNRECOGNISED),
        Composition(),
    )
