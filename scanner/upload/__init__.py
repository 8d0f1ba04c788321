"""upload – step 1: accept bytes safely (size, type, digest, archive guards).

Law: core and the standard library only; no Flask, no database. The user's file name and content
type are hints, the content decides.
"""

from scanner.upload.accept import accept, inspect
from scanner.upload.model import FileKind, Upload

__all__ = ["FileKind", "Upload", "accept", "inspect"]
