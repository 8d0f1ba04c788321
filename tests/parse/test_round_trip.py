"""What we write is what we read, whatever the delimiter, decimal mark and encoding."""

import csv
import io
from contextlib import suppress
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import BomTooLarge, ScannerError
from scanner.parse import parse

WORDS = st.text(
    alphabet=st.sampled_from("abcdefghijklmnopqrstuvwxyzäéöüßµ°0123456789 ,;|\t\"'/-()"),
    min_size=1,
    max_size=24,
).map(str.strip)
NAMES = WORDS.filter(lambda text: sum(map(str.isalpha, text)) > 2).map(lambda text: f"Part {text}")
AMOUNTS = st.decimals(
    min_value=Decimal("0.01"), max_value=Decimal("99999"), places=2, allow_nan=False
)
ROWS = st.lists(st.tuples(st.integers(1, 10**6), NAMES, AMOUNTS), min_size=1, max_size=30)


def read(content, limits=None):
    return parse(
        io.BytesIO(content), "csv", name="x", options=ReadOptions(), limits=limits or ReadLimits()
    )


def is_utf_8_too(content):
    """Whether bytes of a code page happen to be UTF-8: `ß°` is, and nobody could tell."""
    with suppress(UnicodeDecodeError):
        return not content.decode("utf-8").isascii()
    return False


@settings(deadline=None, max_examples=150)
@given(
    rows=ROWS,
    delimiter=st.sampled_from(";,\t|"),
    mark=st.sampled_from(",."),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\r\n", "\n"]),
)
def test_csv_round_trip(rows, delimiter, mark, encoding, *, quoting, end):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerow(["Pos", "Artikelnr", "Omschrijving", "Aantal"])
    for at, (number, name, amount) in enumerate(rows):
        writer.writerow([at + 1, f"A-{number}", name, str(amount).replace(".", mark)])
    content = text.getvalue().encode(encoding)
    assume(encoding != "cp1252" or not is_utf_8_too(content))
    stream = read(content)
    lines = [line for chunk in stream for line in chunk]
    assert stream.reading.delimiter == delimiter
    assert [line.part.number for line in lines] == [f"A-{number}" for number, _, _ in rows]
    assert [line.part.description for line in lines] == [name for _, name, _ in rows]
    assert [line.quantity for line in lines] == [amount for _, _, amount in rows]
    assert not stream.problems


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "A-1", "Bolt", "4", "Total", "x", "Qty", "-1", "Part number", '"']
            ),
            max_size=7,
        ),
        max_size=40,
    )
)
def test_the_counts_always_add_up(rows):
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["Part number", "Description", "Qty", "Remarks"])
    writer.writerow(["Z-9", "Washer", "2", ""])
    writer.writerows(rows)
    try:
        stream = read(text.getvalue().encode(), ReadLimits(max_columns=6))
    except BomTooLarge:
        assume(False)
    lines = [line for chunk in stream for line in chunk]
    counts = stream.reading.counts
    assert counts.lines == len(lines)
    assert counts.rows == len(rows) + 2
    assert counts.rows == counts.headers + counts.lines + counts.skipped + counts.problems
    assert all(line.quantity is None or line.quantity >= 0 for line in lines)


SEED = (
    "Pos;Artikelnr;Omschrijving;Aantal;Gewicht [g]\r\n"
    '1;A-1;"Bout; M4";4;2,5\r\n2;A-2;Kondensator µF;1.000;0,1\r\n3;A-3;"Lager";2 st;12\r\n'
).encode("cp1252")


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, len(SEED)),
)
def test_mutated_text_is_read_or_refused_and_never_crashes(flips, length):
    content = bytearray(SEED)
    for place, byte in flips:
        content[place] = byte
    with suppress(ScannerError):
        for _ in read(bytes(content[:length])):
            pass
