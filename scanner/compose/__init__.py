"""compose – step 4: how much of each raw material is inside.

Pure: a part, its recognition and the recipes in, a composition out. No files, database, HTTP or
clock. Ranges are carried to the end; an unknown mass is a gap with a reason, never 0.
"""

from scanner.compose.amounts import Amount, Measure, amount, conversion
from scanner.compose.composer import Composer
from scanner.compose.documented import DocumentedComposer
from scanner.compose.line_masses import line_masses
from scanner.compose.roll_up import Amounts, roll_up
from scanner.compose.statements import unknown_substances, with_statements
from scanner.compose.tree import Tree
from scanner.compose.usage import Usage, usages

__all__ = [
    "Amount",
    "Amounts",
    "Composer",
    "DocumentedComposer",
    "Measure",
    "Tree",
    "Usage",
    "amount",
    "conversion",
    "line_masses",
    "roll_up",
    "unknown_substances",
    "usages",
    "with_statements",
]
