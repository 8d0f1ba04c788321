"""The doors of this room: bytes or records in, lines out."""

from collections.abc import Iterator
from typing import BinaryIO

from scanner.core.bom import Line, Reading, ReadLimits, ReadOptions
from scanner.core.errors import LineProblem, UnsupportedType
from scanner.parse.model import PackedStream, Unpacker
from scanner.parse.rows import TableStream
from scanner.parse.texts import TextTable


class BomStream:
    """The lines of one BOM, in chunks of at most 5000 in the order of the file.

    `reading` and `problems` hold once the last chunk was taken. Iterating raises the kinds of
    `UnreadableBom` and `BomTooLarge`.
    """

    def __init__(self, packed: PackedStream) -> None:
        self._packed = packed

    def __iter__(self) -> Iterator[tuple[Line, ...]]:
        unpacker = Unpacker(self._packed.sheet, self._packed.headings)
        for chunk in self._packed:
            yield unpacker.lines(chunk)

    @property
    def reading(self) -> Reading:
        """How the file was read; complete after the last chunk."""
        return self._packed.reading

    @property
    def problems(self) -> tuple[LineProblem, ...]:
        """What was wrong with single rows; complete after the last chunk."""
        return self._packed.problems


def parse(
    stream: BinaryIO, kind: str, *, name: str, options: ReadOptions, limits: ReadLimits
) -> BomStream:
    """The lines of a file of this kind (`csv`, `xlsx`, `xlsb`, `xls`, `ods`, `json`)."""
    return BomStream(open_packed(stream, kind, name=name, options=options, limits=limits))


def open_packed(
    stream: BinaryIO, kind: str, *, name: str, options: ReadOptions, limits: ReadLimits
) -> PackedStream:
    """The same lines in the form in which they leave the reader's process."""
    if kind == "csv":
        return TableStream(TextTable(stream, limits), options, limits)
    raise UnsupportedType(
        f"'{name}' is of a kind that is not read: {kind}.", advice="Save it as .xlsx or .csv."
    )
