"""Evidence of kind *part number*: makers' numbers whose pattern tells the class."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scanner.core.bom import Part
from scanner.core.evidence import Evidence
from scanner.core.lexicon import PartNumberRule
from scanner.core.names import EvidenceKind
from scanner.match import rules
from scanner.match.clues import Clue, Origin

_TOKEN = re.compile(r"[^\s,;()]{4,40}")
_ATOM = re.compile(r"\\.|\[[^\]]+\]|\(|[A-Za-z0-9-]")
_PRINTABLE = "".join(map(chr, range(33, 127)))
_TESTED = 0.6
"""From here on a rule was right often enough to be believed by itself."""

_PROVEN = 0.9
"""From here on a rule is believed wherever the number stands in a text."""

_PURPOSE = re.compile(r"\b(?:for|voor|f\u00fcr|fuer|pour)\b", re.IGNORECASE)

SHORT = 6
"""A shorter number outside its own column may be anything."""

_LETTERS = 2
"""With fewer letters a number is one of anybody's articles."""

_NAME = re.compile(r"[A-Za-z]{2,3}\d{2,3}")
"""A type of five characters (``BAV99``, ``LM358``) is believed where its rule is proven."""

_Fitting = tuple[PartNumberRule, str]


class PartNumberClues:
    """Finds part numbers by the rules of one lexicon.

    The rules are grouped by the characters they may begin with; a number is tried against the
    few rules of its first character only, joined into one pattern first.
    """

    def __init__(self, part_numbers: Iterable[PartNumberRule]) -> None:
        self._groups: dict[str, list[tuple[PartNumberRule, re.Pattern[str]]]] = {}
        for rule in part_numbers:
            compiled = re.compile(rule.pattern)
            for first in first_characters(rule.pattern):
                self._groups.setdefault(first, []).append((rule, compiled))
        self._filters = {
            first: re.compile("|".join(f"(?:{rule.pattern})" for rule, _ in group))
            for first, group in self._groups.items()
        }
        self._makers = {
            rule.rule: frozenset(_names(rule.maker))
            for rule in part_numbers
            if rule.maker is not None
        }
        self.rules_for = lru_cache(maxsize=16_384)(self._rules_for)
        self._tokens = lru_cache(maxsize=32_768)(self._fitting)

    def find(self, part: Part) -> list[Clue]:
        """Clues from the maker's number, and from numbers in the other fields."""
        clues: list[Clue] = []
        if part.maker_number:
            clues += self._clues(part, "maker_number", part.maker_number, Origin.PART_NUMBER)
        if not clues:
            for field, text in _elsewhere(part):
                clues += self._clues(part, field, text, Origin.NUMBER_ELSEWHERE)
        return clues

    def _clues(self, part: Part, field: str, text: str, origin: Origin) -> Iterator[Clue]:
        for token, fitting in self._tokens(text):
            for rule, told in fitting:
                known = self._knows(rule, part.maker)
                confidence = _confidence(rule, origin, known=known)
                doubted = confidence < _TESTED or (token != text and rule.confidence < _PROVEN)
                unsure = (
                    origin is Origin.NUMBER_ELSEWHERE
                    and not known
                    and (_is_short(token, rule, field) or (doubted and not _is_particular(told)))
                )
                yield Clue(_evidence(rule, field, token, confidence), origin, unsure=unsure)

    def _fitting(self, text: str) -> tuple[tuple[str, tuple[_Fitting, ...]], ...]:
        """The numbers in a text with the rules they fit, up to what the part is only for."""
        numbers = []
        for found in _TOKEN.finditer(text):
            if fitting := self.rules_for(found[0]):
                if _PURPOSE.search(text[: found.start()]):
                    break
                numbers.append((found[0], fitting))
        return tuple(numbers)

    def _rules_for(self, token: str) -> tuple[_Fitting, ...]:
        """The rules that a number fits, each with what of the number its pattern fixes."""
        for spelling in dict.fromkeys((token, token.upper())):
            first = spelling[0]
            quick = self._filters.get(first)
            if quick is not None and quick.match(spelling):
                return tuple(
                    (rule, match[0])
                    for rule, pattern in self._groups[first]
                    if (match := pattern.match(spelling))
                )
        return ()

    def _knows(self, rule: PartNumberRule, maker: str | None) -> bool | None:
        """Whether the line's maker is the rule's; ``None`` where either is not known."""
        makers = self._makers.get(rule.rule)
        if maker is None or not makers or "various" in makers:
            return None
        return not makers.isdisjoint(_names(maker))


def _is_particular(told: str) -> bool:
    """Whether a pattern fixes so much of a number that hardly anything else is written so."""
    letters = sum(character.isalpha() for character in told)
    return len(told) >= SHORT and letters >= _LETTERS and letters < len(told)


def _is_short(token: str, rule: PartNumberRule, field: str) -> bool:
    """Whether a number is too short to be told from others where it stands."""
    if len(token) == SHORT - 1 and rule.confidence >= _PROVEN and field != "number":
        return _NAME.fullmatch(token) is None
    return len(token) < SHORT


def _confidence(rule: PartNumberRule, origin: Origin, *, known: bool | None) -> float:
    """How sure the rule is here; `known` is whether the line's maker is the rule's."""
    if known:
        return max(rule.confidence, _TESTED)
    if known is False:
        return rule.confidence * rules.MPN_OTHER_MAKER
    if origin is Origin.NUMBER_ELSEWHERE:
        return rule.confidence * rules.MPN_ELSEWHERE
    return rule.confidence


def _evidence(rule: PartNumberRule, field: str, token: str, confidence: float) -> Evidence:
    return Evidence(
        kind=EvidenceKind.PART_NUMBER,
        text=token,
        field=field,
        points_to=rule.target,
        confidence=round(confidence, 4),
        source=rule.source,
        rule=rule.rule,
    )


def _elsewhere(part: Part) -> Iterator[tuple[str, str]]:
    for field in ("number", "value", "description"):
        text = getattr(part, field)
        if text:
            yield field, text[:400]


def _names(maker: str | None) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", (maker or "").lower()) if len(word) > 1]


def first_characters(pattern: str) -> frozenset[str]:
    r"""The characters with which a text must begin to match `pattern`, a pattern with ``^``.

    Understands what the rules are written in: literals, sets, ``\d``, groups of alternatives and
    ``?``; for anything else all characters, which is slower and never wrong.
    """
    found: set[str] = set()
    for branch in _branches(pattern):
        found |= _beginnings(branch.removeprefix("^"))
    return frozenset(found)


def _beginnings(branch: str) -> set[str]:
    match = _ATOM.match(branch)
    if match is None or branch[match.end() : match.end() + 1] == "*":
        return set(_PRINTABLE)
    atom, rest = match[0], branch[match.end() :]
    if atom[0] == "(":
        end = _closing(branch)
        atom, rest = branch[: end + 1], branch[end + 1 :]
        inner = atom[1:-1].removeprefix("?:")
        found: set[str] = set()
        for alternative in _branches(inner):
            found |= _beginnings(alternative + rest.removeprefix("?"))
    else:
        found = _one(atom)
    if rest.startswith("?"):
        found |= _beginnings(rest[1:])
    return found


def _one(atom: str) -> set[str]:
    pattern = re.compile(atom)
    return {character for character in _PRINTABLE if pattern.fullmatch(character)}


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern, outside all brackets."""
    branches, depth, start = [], 0, 0
    for place, character in enumerate(pattern):
        if pattern[place - 1 : place] == "\\":
            continue
        depth += (character in "([") - (character in ")]")
        if character == "|" and depth == 0:
            branches.append(pattern[start:place])
            start = place + 1
    return [*branches, pattern[start:]]


def _closing(pattern: str) -> int:
    """The place of the bracket that closes the one at the start."""
    depth = 0
    for place, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place
    return len(pattern) - 1
