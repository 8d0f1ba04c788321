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
from scanner.services.line_blocks import LINES_PER_BLOCK, LineBlock, pack_amounts, pack_lines
from scanner.store import Database, boms, companies, files, lines, parts, version_parts
from scanner.store.parts import Summary
from scanner.store.stamps import new_id, now
from scanner.store.tables import Table

NOTHING_KNOWN = Summary(RecognitionState.UNRECOGNISED, 1.0, "", "", None, None)
"""What lists tell of a part that nothing identifies."""


class Shelf:
    """A database with a company, a BOM and all its parts; `store_lines` adds a version.

    What is stored is all that a service stores of lines: fourteen values of each with its amount,
    and per distinct part the row by which the version's lines refer to it, foreign keys checked.
    The bare rows have eleven values and no keys. Ours are packed, many lines in a row, which the
    bare ones are not: what packing costs is counted, and what unpacking costs is measured beside.
    """

    def __init__(self, address: str, of_lines: Sequence[Line]) -> None:
        """Make the tables and store the parts of the lines, untimed."""
        self._database = Database(address)
        Table.metadata.create_all(self._database.engine)
        self._company_id, self._bom_id = CompanyId(new_id()), new_id()
        distinct = list(dict.fromkeys(line.part for line in of_lines))
        self._distinct = list(map(_unrecognised, distinct))
        with self._database.writing() as connection:
            companies.add_company(self._company_id, connection, name="bench", at=now())
            boms.add(self._company_id, connection, self._bom_id, name="b", created_by="b", at=now())
            wordings = [recall.wording_of(part, NOTHING_KNOWN) for part in self._distinct]
            self._ids = parts.ensure(self._company_id, connection, wordings, at=now())
        number = {part: place for place, part in enumerate(distinct)}
        self._lines = [(line, number[line.part]) for line in of_lines]

    def store_lines(self) -> None:
        """Store the lines as a new version, packed, in one transaction as publishing does."""
        self._newest, amount = self._version(), LineAmount(1.0, None, False)
        blocks = []
        for start in range(0, len(self._lines), LINES_PER_BLOCK):
            some, numbers = zip(*self._lines[start : start + LINES_PER_BLOCK], strict=True)
            amounts = pack_amounts([amount] * len(some))
            blocks.append(lines.Block(start, pack_lines(some, numbers), amounts))
        with self._database.writing() as connection:
            version_parts.add(self._company_id, connection, self._newest, self._ids, first=0)
            lines.add(self._company_id, connection, self._newest, blocks)

    def read_lines(self) -> int:
        """Read all lines of the newest version, as objects with their amounts; their number."""
        count = 0
        with self._database.reading() as connection:
            mine = (self._company_id, connection, self._newest)
            for row in lines.blocks(*mine, start=0, stop=len(self._lines)):
                block = LineBlock.of(row)
                parts_here = (self._distinct[block.number(index)] for index in block.indexes)
                count += len(list(map(block.line, block.indexes, parts_here)))
        return count

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
            number = boms.last_number(self._company_id, connection, self._bom_id) + 1
            boms.add_version(
                self._company_id, connection, version_id, bom_id=self._bom_id, number=number,
                file_id=file_id, annual_units=None, options={}, created_by="b", at=now(),
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
