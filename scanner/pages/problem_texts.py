"""What is wrong with a file, said again in the language of the page.

Errors say it in English, with the figures of the case in the sentence, and so do problems that are
stored. A form of each sentence is known here: the figures are read back out of it, and put into
the translation of the form. The contract stays in one language, and old problems are told, too.
"""

import re
from typing import Final

from flask_babel import gettext

from scanner.pages.language import current


def _l(text: str) -> str:
    """The text itself; the name makes it known to the translators."""
    return text


FORMS: Final = (
    _l("The file is larger than %(most)s bytes."),
    _l("The file has no bytes."),
    _l("The file holds nothing but white space."),
    _l("The file is a PDF document."),
    _l("The file holds neither text nor a workbook."),
    _l("The file is a web page or an XML document."),
    _l("The file is an old Office document, and no workbook."),
    _l("The file is an Office document, and no workbook."),
    _l("The file is an OpenDocument file, and no spreadsheet."),
    _l("The file is a packed folder."),
    _l("The file is a packed file (%(kind)s)."),
    _l("The file is a picture (%(kind)s)."),
    _l("The file is a program."),
    _l("The file is a text document (RTF)."),
    _l("The file is a database."),
    _l("The workbook ends before its table of contents."),
    _l("The packed workbook is damaged."),
    _l("The packed file is not opened: it unpacks to more than %(most)s bytes."),
    _l("The packed file is not opened: it unpacks to more than %(most)s times its size."),
    _l("The packed file is not opened: it holds more than %(most)s files."),
    _l("The packed file is not opened: it holds another packed file."),
    _l("The JSON holds no list of lines."),
    _l("CycloneDX documents are not read yet."),
    _l("The file is an XML document of a kind that is not read (%(name)s)."),
    _l("The XML document cannot be read: %(reason)s."),
    _l("CycloneDX %(version)s is not read."),
    _l("None of the %(number)s components is a device."),
    _l("The components are nested without end."),
    _l("What stands at %(place)s is no component."),
    _l("The netlist has no components."),
    _l("The document has no parts."),
    _l("The page lists no parts."),
    _l("The interactive page cannot be read: %(reason)s."),
    _l("The data of the page unpack to more than %(most)s characters."),
    _l("The file is a material declaration, and no list of parts."),
    _l("The list holds no lines."),
    _l("The list has more than %(most)s lines."),
    _l("The table has %(number)s columns; at most %(most)s are read."),
    _l("The file holds no cells with text."),
    _l("No sheet of the workbook holds cells with text."),
    _l("There is a header and no line below it that names a part."),
    _l(
        "None of the first %(number)s rows names columns that are known, such as part number, "
        "description and quantity. The first row reads: %(cells)s."
    ),
    _l("An assembly contains itself: %(path)s."),
    _l("One part of the list is too long to be read."),
    _l("Reading the file took too much time."),
    _l("The reader could not cope with the file and stopped (%(reason)s)."),
    _l("The work on this file broke off %(number)s times."),
    _l("The work was cancelled before it was done."),
)
"""The English forms; a figure stands where a name in brackets does."""


def _pattern(form: str) -> re.Pattern[str]:
    """What a sentence of this form looks like, with a group for each name."""
    parts = re.split(r"%\((\w+)\)s", form)
    names = [
        f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    ]
    return re.compile("".join(names), re.DOTALL)


_PATTERNS: Final = tuple((form, _pattern(form)) for form in FORMS)


def said(detail: str) -> str:
    """The sentence in the language of the page; empty where only the English one is known."""
    if current() == "en":
        return detail
    for form, pattern in _PATTERNS:
        found = pattern.fullmatch(detail)
        if found:
            return str(gettext(form, **found.groupdict()))
    return ""
