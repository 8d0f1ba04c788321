"""Delimited text: its encoding, its delimiter, and its rows with exact line numbers."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from scanner.core.bom import ReadLimits
from scanner.core.errors import EmptyFile
from scanner.parse.headings import recognise
from scanner.parse.model import CHUNK_LINES, Block, Note

DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_BYTES = 64 * 1024
_SAMPLE_ROWS = 60
_LONGEST_RECORD = 100
"""A record over more physical lines than this is taken for a stray quotation mark."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_CENTRAL_EUROPEAN = re.compile(
    rb"[a-z][\xb3\xb9\xbf\xbe](?=[a-z\xe0-\xff]|\xb3)"  # ł ą ż ľ: ³ ¹ ¿ ¾ between letters
    rb"|[\xb3\xa3\xbf\xaf][a-z]{2}"  # ł Ł ż Ż at the start of a word
    rb"|[a-z][\xec\xf9](?=[a-z\xe0-\xff])"  # ě ů: ì ù, which end their words
    rb"|[a-z\xe0-\xff]{3}[\xf5\xfb](?=[\s;,|\"/.)])"  # ő ű at the end of a word
)
"""What shows Polish, Czech, Slovak or Hungarian text in the code page cp1250."""


class Encoding(NamedTuple):
    """The name of an encoding, and whether some bytes are not valid in it."""

    name: str
    damaged: bool = False


class TextTable:
    """The rows of a delimited text file."""

    format = "csv"
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()

    def __init__(self, stream: BinaryIO, limits: ReadLimits) -> None:
        self._limits = limits
        found = detect_encoding(stream)
        self.encoding: str | None = found.name
        self._damaged = found.damaged
        stream.seek(0)
        self._text = io.TextIOWrapper(stream, encoding=found.name, errors="replace", newline="")
        sample = self._text.read(_SAMPLE_BYTES)
        if not sample.strip("\ufeff\x00 \t\r\n;,|"):
            raise EmptyFile(
                "The file holds nothing but white space.", advice="Send the file again."
            )
        self.delimiter: str | None = detect_delimiter(sample)
        self._skip_blanks = re.search(f'{re.escape(self.delimiter)} +"', sample) is not None
        self._start = sample

    def blocks(self) -> Iterator[Block]:
        """All rows in blocks; the number of a row is the physical line it starts on."""
        lines: Iterator[str] = chain(_split_sample(self._start, self._text), self._text)
        number = 1
        left: Sequence[str] = ()
        while taken := [*left, *islice(lines, CHUNK_LINES - len(left))]:
            rows = self._at_once(taken)
            if rows is None:
                ended = len(taken) < CHUNK_LINES
                block, left = self._carefully(taken, number, at_end=ended)
            else:
                block, left = Block(range(number, number + len(rows)), rows), ()
            number += len(taken) - len(left)
            if self._damaged:
                block.notes.extend(_damage(block))
            yield block

    def _at_once(self, lines: list[str]) -> list[list[str]] | None:
        """The rows of lines that are a record each, none too long; ``None`` for other lines."""
        if max(map(len, lines)) > self._limits.max_cell_chars:
            return None
        reader = csv.reader(
            lines, delimiter=self.delimiter or ",", skipinitialspace=self._skip_blanks
        )
        try:
            rows = list(reader)
        except csv.Error:
            return None
        return rows if len(rows) == len(lines) else None

    def _carefully(
        self, lines: list[str], number: int, *, at_end: bool
    ) -> tuple[Block, Sequence[str]]:
        """The rows of these lines one record at a time, and the lines of an unfinished one."""
        numbers: list[int] = []
        rows: list[list[str]] = []
        notes: list[Note] = []
        place = 0
        while place < len(lines):
            row, used = _record(lines, place, self.delimiter or ",", skip=self._skip_blanks)
            if row is None and used == len(lines) - place and not at_end and place:
                return Block(numbers, rows, notes), lines[place:]
            if row is None:
                row, used = lines[place].rstrip("\r\n").split(self.delimiter or ","), 1
                notes.append(Note("stray-quote", number + place, None, lines[place][:200]))
            self._cut(row, number + place, notes)
            numbers.append(number + place)
            rows.append(row)
            place += used
        return Block(numbers, rows, notes), ()

    def _cut(self, row: list[str], number: int, notes: list[Note]) -> None:
        longest = self._limits.max_cell_chars
        for column, cell in enumerate(row):
            if len(cell) > longest:
                notes.append(Note("cell-too-long", number, column, cell[:200]))
                row[column] = cell[:longest]


def _record(
    lines: list[str], place: int, delimiter: str, *, skip: bool
) -> tuple[list[str] | None, int]:
    """The record that starts here and the lines it takes; no record when a quote stays open."""
    if len(lines[place]) > csv.field_size_limit():
        return _long_record(lines[place], delimiter), 1
    window = lines[place : place + _LONGEST_RECORD]
    reader = csv.reader(iter(window), delimiter=delimiter, skipinitialspace=skip)
    try:
        row = next(reader)
    except csv.Error:
        return None, 1
    used = reader.line_num
    if used == len(window) and sum(line.count('"') for line in window) % 2:
        return None, used
    return row, used


def _long_record(line: str, delimiter: str) -> list[str]:
    """A line too long for the csv module, split at its delimiters outside quotation marks."""
    pieces = line.rstrip("\r\n").split('"')
    outside = "\x00".join(
        piece if index % 2 else piece.replace(delimiter, "\x01")
        for index, piece in enumerate(pieces)
    )
    return [cell.replace("\x00", "") for cell in outside.split("\x01")]


def _split_sample(sample: str, rest: Iterator[str]) -> Iterator[str]:
    """The sample line by line; its last, incomplete line is completed from the rest."""
    lines = list(io.StringIO(sample, newline=""))
    last = lines.pop() if lines else ""
    yield from lines
    if last.endswith("\n"):
        yield last
        return
    following = next(rest, "")
    if last.endswith("\r") and following != "\n":
        yield last
        if following:
            yield following
        return
    yield last + following


def _damage(block: Block) -> Iterator[Note]:
    for number, row in zip(block.numbers, block.rows, strict=True):
        for column, cell in enumerate(row):
            if "\ufffd" in cell:
                yield Note("damaged-text", number, column, cell[:200])


def detect_encoding(stream: BinaryIO) -> Encoding:
    """The encoding of the whole file: its mark, UTF-16 by its zeros, UTF-8, else a code page.

    Between code pages: cp850 where bytes occur that cp1252 does not define, cp1250 where the words
    would hold digits and marks of cp1252 (`šroub` is safe, `p³yta` shows it), latin-9 where its
    euro sign occurs and no byte of cp1252's own, else cp1252. A file that is UTF-8 but for a few
    damaged bytes stays UTF-8.
    """
    stream.seek(0)
    head = stream.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    zeros_even, zeros_odd = head[0::2].count(0), head[1::2].count(0)
    if zeros_odd > len(head) // 5 and zeros_even * 4 < zeros_odd:
        return Encoding("utf-16-le")
    if zeros_even > len(head) // 5 and zeros_odd * 4 < zeros_even:
        return Encoding("utf-16-be")
    return _eight_bit(stream)


def _eight_bit(stream: BinaryIO) -> Encoding:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    ascii_only, damaged, right = True, 0, 0
    high: set[int] = set()
    sample = b""
    while chunk := stream.read(1 << 20):
        if ascii_only and chunk.isascii():
            continue
        ascii_only = False
        text = decoder.decode(chunk)
        bad = text.count("\ufffd")
        if bad:
            high.update(chunk)
            sample = sample or chunk
        damaged += bad
        right += len(chunk) - len(text)
    damaged += decoder.decode(b"", final=True).count("\ufffd")
    if not damaged:
        return Encoding("ascii" if ascii_only else "utf-8")
    if right > 4 * damaged:
        return Encoding("utf-8", damaged=True)
    if _NOT_IN_CP1252 & high:
        return Encoding("cp850")
    if _CENTRAL_EUROPEAN.search(sample):
        return Encoding("cp1250")
    if 0xA4 in high and not any(0x80 <= byte <= 0x9F for byte in high):
        return Encoding("iso8859-15")
    return Encoding("cp1252")


def detect_delimiter(sample: str) -> str:
    """The delimiter under which the first rows agree best and name known columns."""
    first = sample.split("\n", 1)[0].strip().casefold()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    lines = list(io.StringIO(sample, newline=""))[:_SAMPLE_ROWS]
    scores = {delimiter: _score(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=scores.__getitem__)
    return best if scores[best] > 0 else ","


def _score(lines: list[str], delimiter: str) -> float:
    """Agreement of the rows about their width (0..1) and known headings of the best row."""
    try:
        rows = [
            row
            for row in csv.reader(iter(lines), delimiter=delimiter, skipinitialspace=True)
            if any(row)
        ]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, agreeing = widths.most_common(1)[0]
    hits = max(
        sum(recognise(cell.strip()).confidence for cell in row[:100]) for row in rows[:_SAMPLE_ROWS]
    )
    return 10 * hits + agreeing / len(rows) + min(width, 20) / 100
