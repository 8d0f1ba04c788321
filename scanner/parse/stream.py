"""The doors of this room: bytes or records in, lines out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from scanner.core.bom import Line, Reading, ReadLimits, ReadOptions
from scanner.core.collector import collector_paused
from scanner.core.errors import InvalidInput, LineProblem, Place, UnsupportedType
from scanner.parse.model import Packed, PackedStream, Records, Unpacker
from scanner.parse.records import RecordStream, read_records
from scanner.parse.rows import TableStream
from scanner.parse.texts import TextTable

_WORKBOOKS = ("xlsx", "xlsb", "xls", "ods")


class BomStream:
    """The lines of one BOM, in chunks of at most 5000 in the order of the file.

    `reading` and `problems` hold once the last chunk was taken. Iterating raises the kinds of
    `UnreadableBom` and `BomTooLarge`.
    """

    def __init__(self, packed: PackedStream) -> None:
        self._packed = packed

    def __iter__(self) -> Iterator[tuple[Line, ...]]:
        unpacker = Unpacker(self._packed.sheet, self._packed.headings)
        chunks = iter(self._packed)
        while lines := _next(chunks, unpacker):
            yield lines

    @property
    def reading(self) -> Reading:
        """How the file was read; complete after the last chunk."""
        return self._packed.reading

    @property
    def problems(self) -> tuple[LineProblem, ...]:
        """What was wrong with single rows; complete after the last chunk."""
        return self._packed.problems


def _next(chunks: Iterator[Packed], unpacker: Unpacker) -> tuple[Line, ...]:
    """The next lines, none after the last; the packed ones are gone before garbage is sought."""
    with collector_paused():
        chunk = next(chunks, None)
        return () if chunk is None else unpacker.lines(chunk)


def parse(
    stream: BinaryIO, kind: str, *, name: str, options: ReadOptions, limits: ReadLimits
) -> BomStream:
    """The lines of a file of this kind (`csv`, `xlsx`, `json`, `xml` …: `FileKind` of `upload`)."""
    return BomStream(open_packed(stream, kind, name=name, options=options, limits=limits))


def parse_records(
    records: Sequence[Mapping[str, object]], *, limits: ReadLimits, pointer: str = "/lines"
) -> BomStream:
    """The lines of a JSON list; keys are the names in `FIELDS`.

    Raises `InvalidInput` with a JSON pointer (`pointer` is where the list stands) for a key
    that does not exist or a value of the wrong type, and `NoLines` for an empty list.
    """
    return BomStream(RecordStream(Records(records, pointer), limits))


def open_packed(
    stream: BinaryIO, kind: str, *, name: str, options: ReadOptions, limits: ReadLimits
) -> PackedStream:
    """The same lines in the form in which they leave the reader's process."""
    _check_options(kind, options)
    if kind == "csv":
        return TableStream(TextTable(stream, limits), options, limits)
    if kind in _WORKBOOKS:
        # The workbook reader is slow to import; text does not need it.
        from scanner.parse.workbooks import WorkbookTable  # noqa: PLC0415

        return TableStream(WorkbookTable(stream, kind, options, limits), options, limits)
    if kind == "json":
        return RecordStream(read_records(stream.read()), limits)
    if kind in ("xml", "html", "declaration"):
        # Rarely needed, and so not loaded for every table.
        from scanner.parse.trade import read_trade  # noqa: PLC0415

        return RecordStream(read_trade(stream, kind, limits), limits)
    raise UnsupportedType(
        f"'{name}' is of a kind that is not read: {kind}.", advice="Save it as .xlsx or .csv."
    )


def _check_options(kind: str, options: ReadOptions) -> None:
    """Raise `InvalidInput` where the caller fixed what such a file does not have."""
    if options.sheet is not None and kind not in _WORKBOOKS:
        raise InvalidInput(
            "Only workbooks have sheets, and this file is none.",
            advice="Leave out the sheet.",
            place=Place(pointer="/sheet"),
        )
    if options.columns and kind not in ("csv", *_WORKBOOKS):
        raise InvalidInput(
            "Only tables have columns; in this file every value has its name.",
            advice="Leave out the columns.",
            place=Place(pointer="/columns"),
        )
