"""XML from strangers → a tree of elements, without entities and within bounds."""

from collections.abc import Iterator
from typing import BinaryIO, Self
from xml.parsers import expat

from scanner.core.errors import Place, UnreadableBom

_CHUNK = 1 << 16
_DEEPEST = 512
_SAVE_AGAIN = "Export it again from the program that made it, and send that file."


class Element:
    """One element: its local name, namespace, attributes by local name, text and children.

    `row` is the line of the file on which it begins, 1-based.
    """

    __slots__ = ("attributes", "children", "name", "namespace", "row", "text")

    def __init__(self, tag: str, attributes: dict[str, str], row: int) -> None:
        self.namespace, _, self.name = tag.rpartition(" ")
        self.attributes = {name.rpartition(" ")[2]: text for name, text in attributes.items()}
        self.row = row
        self.text = ""
        self.children: list[Self] = []

    def all(self, *names: str) -> Iterator[Self]:
        """The elements at the end of a path of names, each below the one before."""
        if len(names) == 1:
            yield from (child for child in self.children if child.name == names[0])
        else:
            for child in self.children:
                if child.name == names[0]:
                    yield from child.all(*names[1:])

    def first(self, *names: str) -> Self | None:
        """The first of `all`."""
        return next(self.all(*names), None)

    def said(self, *names: str) -> str:
        """The text of the first of `all`, without white space around; empty without one."""
        found = self.first(*names)
        return "" if found is None else found.text.strip()

    def attribute(self, name: str) -> str:
        """An attribute, without white space around; empty where there is none."""
        return self.attributes.get(name, "").strip()

    def walk(self) -> Iterator[Self]:
        """The element and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


class _Builder:
    """Makes the tree while expat reads; refuses entities and what is nested without end."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])
        if len(self._open) > _DEEPEST:
            raise _refusal(f"more than {_DEEPEST} elements lie in one another", element.row)

    def _end(self, tag: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def _text(self, text: str) -> None:
        self._texts[-1].append(text)

    def _entity(self, *_: object) -> None:
        raise _refusal("it declares entities, which are not read", self.parser.CurrentLineNumber)


def read_xml(stream: BinaryIO) -> Element:
    """The root of an XML document; `UnreadableBom` says where it is damaged."""
    builder = _Builder()
    try:
        while chunk := stream.read(_CHUNK):
            builder.parser.Parse(chunk, False)
        builder.parser.Parse(b"", True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise _refusal(f"{reason}, character {error.offset + 1}", error.lineno) from error
    except (ValueError, LookupError) as error:
        raise _refusal(f"its encoding is not known ({error})", 1) from error
    if builder.root is None:
        raise _refusal("it has no element", 1)
    return builder.root


def _refusal(reason: str, row: int) -> UnreadableBom:
    return UnreadableBom(
        f"The XML document cannot be read: {reason}.", advice=_SAVE_AGAIN, place=Place(row=row)
    )
