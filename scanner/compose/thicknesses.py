"""A text → how thick its layers are: micrometres beside the words that name them.

``verzinkt 8 µm``, ``5-8 µm Sn``, ``Ni 3 µm, Au 0,1 µm``, ``Fe/Zn 8`` (ISO 2081), ``Zn8``. Where it
is not clear which layer a thickness belongs to, it belongs to none.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scanner.core.composition import Range, nominal

_NUMBER = r"\d{1,3}(?:[.,]\d{1,3})?"
_NAMED = re.compile(
    rf"(?<![\w.,])(?:(?:min|ca)\.?\s*|[≥~]\s*|>=\s*)?({_NUMBER})(?:\s*(?:-|–|…)\s*({_NUMBER}))?"
    r"\s*(?:[µμu]m|microns?|micrometers?)(?![a-z])",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(r"(?:Fe\s?//?|gal\.?|galv\.?)\s?$", re.IGNORECASE)
_CODE_AFTER = re.compile(r"\s?(\d{1,2})(?![\w.,]*\d)(?!\s*[x×%])")
_CODED = re.compile(r"[A-Za-z]{2}(\d{1,2})")


class Thickness(NamedTuple):
    """How thick a layer is, the words that name it and the piece of text that says so."""

    layer: str
    micrometres: Range
    text: str


class _Mark(NamedTuple):
    """A layer or a thickness where it stands in a text; one of the two is ``None``."""

    start: int
    text: str
    layer: str | None
    micrometres: Range | None


def thicknesses(text: str, layers: Sequence[str]) -> list[Thickness]:
    """The thickness of each of the layers, which are pieces of the text, that has one."""
    coded = list(_coded(text, layers))
    if coded:
        return coded
    marks = sorted((*_layers(text, layers), *_micrometres(text)))
    found = []
    for one, other in zip(marks[::2], marks[1::2], strict=False):
        layer, thick = (other, one) if marks[0].layer is None else (one, other)
        if layer.layer is None or thick.micrometres is None:
            return []
        piece = text[one.start : other.start + len(other.text)]
        found.append(Thickness(layer.layer, thick.micrometres, piece))
    return found if len(marks) == 2 * len(found) else []


def pieces(text: str, layers: Sequence[str]) -> list[str]:
    """The pieces of a text that are thicknesses of layers, and no dimension of what they cover."""
    return [
        *(mark.text for mark in _micrometres(text)),
        *(one.text for one in _coded(text, layers)),
    ]


def _coded(text: str, layers: Sequence[str]) -> Iterator[Thickness]:
    """Thicknesses by the code of a coat: ``Fe/Zn 8``, ``gal Zn 8``, ``Zn8``."""
    for layer in layers:
        if inside := _CODED.fullmatch(layer):
            yield Thickness(layer, nominal(float(inside[1])), layer)
            continue
        start = text.find(layer)
        end = start + len(layer)
        after = _CODE_AFTER.match(text, end)
        if start >= 0 and after and _CODE_BEFORE.search(text[:start]):
            yield Thickness(layer, nominal(float(after[1])), text[start : after.end()])


def _layers(text: str, layers: Sequence[str]) -> Iterator[_Mark]:
    for layer in layers:
        if (start := text.find(layer)) >= 0:
            yield _Mark(start, layer, layer, None)


def _micrometres(text: str) -> Iterator[_Mark]:
    for match in _NAMED.finditer(text):
        low = float(match[1].replace(",", "."))
        high = float((match[2] or match[1]).replace(",", "."))
        if 0 < low <= high:
            found = nominal(low) if low == high else Range(low, None, high)
            yield _Mark(match.start(), match[0], None, found)
