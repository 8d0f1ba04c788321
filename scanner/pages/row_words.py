"""What is wrong with single rows of a file, in the language of the page."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

ROW_PROBLEMS: Final[Mapping[str, tuple[Any, Any]]] = {
    "missing-quantity": (
        _l("The line has no quantity; it counts as unknown."),
        _l("Fill in the quantity."),
    ),
    "unreadable-quantity": (
        _l("The quantity is not a number."),
        _l("Write a number, with a unit behind it if it is not pieces, such as 4 or 0.35 m."),
    ),
    "negative-quantity": (
        _l("The quantity is negative; it counts as unknown."),
        _l("Write the quantity that one product needs."),
    ),
    "rounded-number": (
        _l("A spreadsheet rounded the number of the part; digits are lost."),
        _l("Format the column as text and enter the number again."),
    ),
    "absurd-quantity": (
        _l("The quantity is above 1 000 000 000; it counts as unknown."),
        _l("Check the quantity, and whether two columns ran together."),
    ),
    "ambiguous-number": (
        _l("The number could mean thousands or decimals."),
        _l("Write it without thousands mark, or with another number of decimals."),
    ),
    "no-quantity-column": (
        _l("No column holds quantities; they count as unknown."),
        _l("Add a column with the quantities."),
    ),
    "quantity-disagrees": (
        _l("The quantity differs from the number of reference designators."),
        _l("Correct one of the two; the quantity was used."),
    ),
    "cell-too-long": (
        _l("The cell is too long and was cut."),
        _l("Shorten the text, or check for a quotation mark that is not closed."),
    ),
    "stray-quote": (
        _l("A quotation mark is not closed; the row was split at its delimiters."),
        _l("Write the quotation mark twice inside a quoted cell, or leave it out."),
    ),
    "too-many-columns": (
        _l("The row has more cells than the header; the columns may have shifted."),
        _l("Put text that holds the delimiter between quotation marks."),
    ),
    "row-too-wide": (
        _l("The row has more cells than the limit allows and was not read."),
        _l("Remove the cells beside the table."),
    ),
    "damaged-text": (
        _l("The row holds characters that are not valid in the encoding of the file."),
        _l("Save the file as UTF-8."),
    ),
    "date-in-cell": (
        _l("The cell holds a date; the spreadsheet may have made it out of another text."),
        _l("Format the column as text and enter the text again."),
    ),
    "missing-part": (
        _l("The line has a quantity and nothing that says what it is."),
        _l("Give it a part number or a description."),
    ),
    "alternate-line": (
        _l(
            "The line stands for another one, as a second source or alternative; it does not count."
        ),
        _l("Nothing, if that is right; else take the mark off, or give it a position of its own."),
    ),
    "unreadable-mass": (
        _l("The mass cannot be read."),
        _l("Write a number, with its unit in the cell or in the heading, such as Mass [g]."),
    ),
    "another-table": (
        _l("Another table with columns of its own begins here; its rows were not read."),
        _l("Send it as a file of its own, or put its rows under the columns of the first table."),
    ),
    "mass-without-unit": (
        _l("The mass column names no unit; it was not used."),
        _l("Name the unit in the heading, such as Mass [g]."),
    ),
    "unreadable-price": (
        _l("The price cannot be read; it counts as unknown."),
        _l("Write an amount, with its currency in the cell or in the heading."),
    ),
    "price-disagrees": (
        _l("The total of the line is not its price times its quantity; the price was used."),
        _l("Correct one of the two, or name the pieces that the price is for in a column."),
    ),
    "unknown-parent": (
        _l("The parent of this line is not in the list; the line stands at the top."),
        _l("Use the part number or the position of a line of this list."),
    ),
    "broken-level": (
        _l("The level does not follow from the lines above; the nearest assembly was taken."),
        _l("Correct the level."),
    ),
    "unreadable-level": (
        _l("The level cannot be read; the line stands at the top."),
        _l("Write levels as whole numbers."),
    ),
    "more-problems": (
        _l("There are more problems of this kind than are listed."),
        _l("Correct those that are listed first."),
    ),
}
"""Per code of a line problem: what is wrong, and what to do."""
