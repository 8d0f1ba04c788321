"""What can be wrong with a single row of a BOM: each code with its sentence and advice.

The codes stand in answers and are stable; a later version may add some.
"""

from collections.abc import Mapping
from typing import Final

LINE_PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    "missing-quantity": (
        "The line has no quantity; it counts as unknown.",
        "Fill in the quantity.",
    ),
    "unreadable-quantity": (
        "The quantity is not a number.",
        "Write a number, with a unit behind it if it is not pieces, such as 4 or 0.35 m.",
    ),
    "negative-quantity": (
        "The quantity is negative; it counts as unknown.",
        "Write the quantity that one product needs.",
    ),
    "absurd-quantity": (
        "The quantity is above 1 000 000 000; it counts as unknown.",
        "Check the quantity, and whether two columns ran together.",
    ),
    "ambiguous-number": (
        "The number could mean thousands or decimals.",
        "Write it without thousands mark, or with another number of decimals.",
    ),
    "no-quantity-column": (
        "No column holds quantities; they count as unknown.",
        "Add a column Quantity, or say with columns which one it is.",
    ),
    "quantity-disagrees": (
        "The quantity differs from the number of reference designators.",
        "Correct one of the two; the quantity was used.",
    ),
    "cell-too-long": (
        "The cell is too long and was cut.",
        "Shorten the text, or check for a quotation mark that is not closed.",
    ),
    "stray-quote": (
        "A quotation mark is not closed; the row was split at its delimiters.",
        "Write the quotation mark twice inside a quoted cell, or leave it out.",
    ),
    "too-many-columns": (
        "The row has more cells than the header; the columns may have shifted.",
        "Put text that holds the delimiter between quotation marks.",
    ),
    "row-too-wide": (
        "The row has more cells than the limit allows and was not read.",
        "Remove the cells beside the table.",
    ),
    "damaged-text": (
        "The row holds characters that are not valid in the encoding of the file.",
        "Save the file as UTF-8.",
    ),
    "date-in-cell": (
        "The cell holds a date; the spreadsheet may have made it out of another text.",
        "Format the column as text and enter the text again.",
    ),
    "rounded-number": (
        "A spreadsheet rounded the number of the part; digits are lost.",
        "Format the column as text and enter the number again.",
    ),
    "missing-part": (
        "The line has a quantity and nothing that says what it is.",
        "Give it a part number or a description.",
    ),
    "alternate-line": (
        "The line stands for another one, as a second source or alternative; it does not count.",
        "Nothing, if that is right; else take the mark off, or give the line its own position.",
    ),
    "another-table": (
        "Another table with columns of its own begins here; its rows were not read.",
        "Send it as a file of its own, or put its rows under the columns of the first table.",
    ),
    "unreadable-mass": (
        "The mass cannot be read.",
        "Write a number, with its unit in the cell or in the heading, such as Mass [g].",
    ),
    "mass-without-unit": (
        "The mass column names no unit; it was not used.",
        "Name the unit in the heading, such as Mass [g], or send the column as mass_g.",
    ),
    "unreadable-price": (
        "The price cannot be read; it counts as unknown.",
        "Write an amount, with its currency in the cell or in the heading, such as Price [EUR].",
    ),
    "price-disagrees": (
        "The total of the line is not its price times its quantity; the price was used.",
        "Correct one of the two, or name the pieces that the price is for in a column.",
    ),
    "unknown-parent": (
        "The parent of this line is not in the list; the line stands at the top.",
        "Use the part number or the position of a line of this list.",
    ),
    "broken-level": (
        "The level does not follow from the lines above; the nearest assembly was taken.",
        "Increase the level by one at a time.",
    ),
    "unreadable-level": (
        "The level is not a number or an outline such as 1.2; the line stands at the top.",
        "Write the level as 0, 1, 2 or as 1.2.1.",
    ),
    "more-problems": (
        "More rows have the same problem.",
        "Correct the rows listed first and read the file again.",
    ),
}
"""Code → what is wrong, what to do."""
