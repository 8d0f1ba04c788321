"""match – step 3: what each part is, with the evidence.

Pure: a part and the lexicon in, a recognition out. No files, database, HTTP or clock. Precision
before recall: what nothing identifies is unrecognised.
"""

from scanner.match.decisions import confirmable, with_statements
from scanner.match.designations import alloys_by_spelling
from scanner.match.keys import fingerprint, part_key
from scanner.match.matcher import Matcher
from scanner.match.names import NameIndex, names_of
from scanner.match.normalise import NORMALISATION_VERSION, squeezed

__all__ = [
    "NORMALISATION_VERSION",
    "Matcher",
    "NameIndex",
    "alloys_by_spelling",
    "confirmable",
    "fingerprint",
    "names_of",
    "part_key",
    "squeezed",
    "with_statements",
]
