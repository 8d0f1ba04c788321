"""What an accepted file is."""

import tempfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast


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

    `sha256` is the digest of all bytes in lower-case hexadecimal. A small file may be kept in
    memory as `body`, and lies nowhere.
    """

    path: Path
    name: str
    kind: FileKind
    size: int
    sha256: str
    body: bytes | None = None

    def open(self) -> BinaryIO:
        """The bytes from the first one on."""
        return self.path.open("rb") if self.body is None else BytesIO(self.body)

    def as_file(self) -> BinaryIO:
        """The same as a file of the system, which another process can read."""
        if self.body is None:
            return self.path.open("rb")
        file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asks closes it
        file.write(self.body)
        file.seek(0)
        return cast(BinaryIO, file)
