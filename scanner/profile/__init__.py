"""profile – step 6: the answer for one BOM.

Pure: compositions and indicators in, one canonical document out. Ids of a database, times and
translated names stay out of it: the same input on the same release gives the same bytes.
"""

from scanner.profile.canonical import canonical, digest, embedded, encoded, rounded
from scanner.profile.document import profile
from scanner.profile.parts import line_answer, part_answer
from scanner.profile.reading import line_read, problems_answer, reading_answer

__all__ = [
    "canonical",
    "digest",
    "embedded",
    "encoded",
    "line_answer",
    "line_read",
    "part_answer",
    "problems_answer",
    "profile",
    "reading_answer",
    "rounded",
]
