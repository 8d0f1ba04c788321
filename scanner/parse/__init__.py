"""parse – step 2: bytes to lines.

Pure: a binary stream and options in, lines and problems out. No files, database, HTTP or clock.
Nothing is silently dropped: rows in the file = headers + lines + skipped + problems.
"""

from scanner.parse.headings import FIELDS
from scanner.parse.own import Tree, record_of
from scanner.parse.stream import BomStream, open_packed, parse, parse_records

__all__ = ["FIELDS", "BomStream", "Tree", "open_packed", "parse", "parse_records", "record_of"]
