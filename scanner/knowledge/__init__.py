"""knowledge – one versioned, checksummed release of cited figures.

Law: core, numpy, periodictable and the standard library only. Every row has a source key that
resolves. One loader validates all tables and compiles the types that the steps take.
"""

from scanner.knowledge.check import CheckReport, check
from scanner.knowledge.credits import credits_page
from scanner.knowledge.loader import Knowledge, load, releases, seal

__all__ = ["CheckReport", "Knowledge", "check", "credits_page", "load", "releases", "seal"]
