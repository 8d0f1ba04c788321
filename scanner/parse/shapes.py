"""The shape of a table: by it, columns that somebody put right are known again."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from scanner.core.bom import ReadOptions
from scanner.parse.header import DEEPEST_HEADER, two_rows
from scanner.parse.headings import normalise


def shape_at(rows: Sequence[Sequence[str]], header: int, kind: str) -> str | None:
    """The fingerprint of a kind of file and its headings in order; ``None`` without headings.

    Case, accents and punctuation of headings do not count, nor do empty ones behind the last.
    """
    if header < 0:
        return None
    texts = [cell.strip() for cell in rows[header]]
    while texts and not texts[-1]:
        texts.pop()
    if not texts:
        return None
    names = [normalise(text) or text.casefold() for text in two_rows(rows, header, texts) or texts]
    return sha256("\x1f".join((kind, *names)).encode(errors="replace")).hexdigest()[:32]


def find_remembered(
    rows: Sequence[Sequence[str]], options: ReadOptions, kind: str
) -> tuple[int, Mapping[str, str]] | None:
    """The first row that is a header of a remembered shape, with the columns kept for it.

    ``None`` where there is no such row, or where the caller fixed columns himself.
    """
    if options.columns or not options.remembered:
        return None
    for index in range(min(len(rows), DEEPEST_HEADER)):
        columns = options.remembered.get(shape_at(rows, index, kind) or "")
        if columns is not None:
            return index, columns
    return None
