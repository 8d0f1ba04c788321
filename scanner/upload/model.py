"""What an accepted file is."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FileKind(StrEnum):
    """What the content of a file is, whatever its name says; ``csv`` is any delimited text.

    ``xml`` and ``html`` are lists of the trade in these forms, ``declaration`` is a declaration of
    the materials in parts.
    """

    CSV = "csv"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    JSON = "json"
    XML = "xml"
    HTML = "html"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be read: where it lies, the user's name for it, its kind, bytes, digest.

    `sha256` is the digest of all bytes in lower-case hexadecimal.
    """

    path: Path
    name: str
    kind: FileKind
    size: int
    sha256: str
