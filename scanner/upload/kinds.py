"""What a file is, by its content."""

import re
from typing import BinaryIO

from scanner.core.bom import ReadLimits
from scanner.core.errors import EmptyFile, EncryptedWorkbook, UnsupportedType
from scanner.upload.archive import check_archive
from scanner.upload.markup import kind_of_markup
from scanner.upload.model import FileKind

_SAMPLE = 64 * 1024
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Save the list as .xlsx or .csv and send that file."

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", "Export the list from the program that made it, as .xlsx or .csv."),
    (b"\x89PNG", "a picture (PNG)", "Send the list itself, as .xlsx or .csv, not a picture of it."),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Send the list itself, as .xlsx or .csv."),
    (b"GIF8", "a picture (GIF)", "Send the list itself, as .xlsx or .csv."),
    (b"II*\x00", "a picture (TIFF)", "Send the list itself, as .xlsx or .csv."),
    (b"MM\x00*", "a picture (TIFF)", "Send the list itself, as .xlsx or .csv."),
    (b"BM", "a picture (BMP)", "Send the list itself, as .xlsx or .csv."),
    (b"\x1f\x8b", "a packed file (gzip)", "Unpack it and send the list inside."),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7z)", "Unpack it and send the list inside."),
    (b"Rar!", "a packed file (RAR)", "Unpack it and send the list inside."),
    (b"BZh", "a packed file (bzip2)", "Unpack it and send the list inside."),
    (b"\xfd7zXZ", "a packed file (xz)", "Unpack it and send the list inside."),
    (b"\x28\xb5\x2f\xfd", "a packed file (zstd)", "Unpack it and send the list inside."),
    (b"MZ", "a program", _SAVE_AS),
    (b"\x7fELF", "a program", _SAVE_AS),
    (b"{\\rtf", "a text document (RTF)", _SAVE_AS),
    (b"SQLite format 3", "a database", _SAVE_AS),
)
"""First bytes, what they say, and what to do instead."""

_BINARY_ONLY = frozenset([b"BM", b"MZ", b"BZh", b"GIF8", b"Rar!", b"%PDF"])
"""First bytes that text could have too (`BMP case;…`): they count only in a binary file."""

_JSON_START = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\d\]-])')
_MARKUP = re.compile(rb"\s*<(?:!doctype|!--|html|\?xml|svg|[a-z][\w:.-]*[\s/>])", re.IGNORECASE)
_CONTROL = bytes(range(9)) + b"\x0b" + bytes(range(14, 26)) + bytes(range(28, 32)) + b"\x7f"


def recognise(
    stream: BinaryIO, size: int, *, content_type: str | None, name: str, limits: ReadLimits
) -> FileKind:
    """The kind of a file of so many bytes.

    Raises `UnsupportedType` and the kinds of `check_archive`.
    """
    sample = stream.read(_SAMPLE)
    if sample.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return check_archive(stream, size, limits)
    if sample.startswith(_OLE2):
        return _ole2(stream)
    text = _as_text(sample)
    for magic, what, advice in _MAGIC:
        if sample.startswith(magic) and (text is None or magic not in _BINARY_ONLY):
            raise UnsupportedType(f"The file is {what}.", advice=advice)
    if sample.startswith(b"%PDF-"):
        raise UnsupportedType("The file is a PDF document.", advice=_MAGIC[0][2])
    if text is None:
        raise UnsupportedType("The file holds neither text nor a workbook.", advice=_SAVE_AS)
    if not text.strip() and size <= _SAMPLE:
        raise EmptyFile(
            "The file holds nothing but white space.", advice="Save the list again and send it."
        )
    return _text_kind(text, content_type, name)


def _text_kind(text: bytes, content_type: str | None, name: str) -> FileKind:
    if _MARKUP.match(text):
        return kind_of_markup(text)
    declared = (content_type or "").partition(";")[0].strip().casefold()
    if declared == "application/json" or _JSON_START.match(text):
        return FileKind.JSON
    return FileKind.JSON if name.casefold().endswith(".json") else FileKind.CSV


def _as_text(sample: bytes) -> bytes | None:
    """The sample as bytes of single characters, ``None`` when it is no text."""
    if sample.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return sample.decode("utf-32", "replace").encode("utf-8")
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(sample, "utf-16")
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 and even * 4 < odd:
        return _decoded(sample, "utf-16-le")
    if even > len(sample) // 5 and odd * 4 < even:
        return _decoded(sample, "utf-16-be")
    return _without_controls(sample.removeprefix(b"\xef\xbb\xbf"))


def _decoded(sample: bytes, encoding: str) -> bytes | None:
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    if text.count("\ufffd") > len(text) // 20:
        return None
    return _without_controls(text.removeprefix("\ufeff").encode("utf-8"))


def _without_controls(text: bytes) -> bytes | None:
    controls = len(text) - len(text.translate(None, _CONTROL))
    return None if controls > len(text) // 100 or text.count(0) > 0 else text


def _ole2(stream: BinaryIO) -> FileKind:
    """An old workbook, or a new one in the envelope that a password puts around it."""
    stream.seek(0)
    content = stream.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise EncryptedWorkbook(
            "The workbook is protected by a password.",
            advice="Remove the password (File, Info, Protect Workbook) and save it again.",
        )
    if any(name.encode("utf-16-le") in content for name in ("Workbook\0", "WORKBOOK\0", "Book\0")):
        return FileKind.XLS
    raise UnsupportedType("The file is an old Office document, and no workbook.", advice=_SAVE_AS)
