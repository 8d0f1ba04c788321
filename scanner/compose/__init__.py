"""compose – step 4: how much of each raw material is inside.

Pure: a part, its recognition and the recipes in, a composition out. No files, database, HTTP or
clock. Ranges are carried to the end; an unknown mass is a gap with a reason, never 0.
"""

from scanner.compose.amounts import Amount, Measure, amount, conversion
from scanner.compose.compose import compose
from scanner.compose.line_masses import line_masses
from scanner.compose.roll_up import TreeLine, roll_up

__all__ = [
    "Amount",
    "Measure",
    "TreeLine",
    "amount",
    "compose",
    "conversion",
    "line_masses",
    "roll_up",
]
