"""What the words around a term do to it: who is the head, what is denied, what is only a layer.

In English, Dutch and German the last noun of a row is the head (``relay socket``), in French the
first (``support de pile``); what follows *for*, *voor*, *für* or *pour* is not the part itself.
"""

from scanner.match import looks, rules
from scanner.match.automaton import Hit

NEAR = 2
"""How many words away a word still speaks of its neighbour."""


def clause(hit: Hit) -> tuple[int, int]:
    """The first word, and the one after the last, of the clause in which the hit stands."""
    text = hit.text
    first, last = hit.first, hit.last
    while first > 0 and not text.clause_ends[first - 1]:
        first -= 1
    while last < len(text.words) and not text.clause_ends[last - 1]:
        last += 1
    return first, last


def is_purpose(hit: Hit, *, made_of: bool = False) -> bool:
    """Whether the hit names what the part is for, or belongs to.

    ``connector for motor``, ``support de pile``, ``Epoxylijm magneten``. With `made_of` what
    follows a French *de* is what the part is made of: ``ressort de compression inox``.
    """
    text = hit.text
    if _follows_short_for(hit):
        return True
    for index in range(hit.first - 1, -1, -1):
        if text.clause_ends[index]:
            return False
        word = text.words[index]
        if word in rules.FOR or _joins(word):
            return True
        if word in rules.OF_FRENCH:
            if made_of:
                return False
            before = text.words[index - 1] if index else ""
            return bool(before) and before not in rules.QUANTIFIERS_FRENCH
    return False


def _joins(word: str) -> bool:
    """Whether a word names a glue, a grease or a manual, so that the next is what it is for."""
    return len(word) > 3 and word.endswith(rules.JOINERS) and word not in rules.NO_JOINERS


def _follows_short_for(hit: Hit) -> bool:
    """Whether a shortened *for* stands before the hit (``f. Motor``), and no volts."""
    index, text = hit.first - 1, hit.text
    if index < 1 or text.words[index] not in rules.FOR_SHORT:
        return False
    return text.gap(index)[0] in "./" and not text.words[index - 1][-1].isdigit()


def is_held(hit: Hit) -> bool:
    """Whether the hit is a thing for which the word before is a holder (``capot moteur``)."""
    if not hit.first or hit.text.clause_ends[hit.first - 1]:
        return False
    word = hit.text.words[hit.first - 1]
    return word in rules.HEADS or word.endswith(rules.HEAD_ENDS)


def is_companion(hit: Hit) -> bool:
    """Whether the hit follows *with*: it is in or at the part, but is not the part."""
    first, _ = clause(hit)
    return any(word in rules.WITH for word in hit.text.words[first : hit.first])


def is_denied(hit: Hit) -> bool:
    """Whether the text says that the thing is not there (``no nickel``, ``cobalt-free``)."""
    words = hit.text.words
    before = words[hit.first - 1] if hit.first else ""
    after = words[hit.last] if hit.last < len(words) else ""
    if after in rules.FREE and not hit.text.clause_ends[hit.last - 1]:
        return True
    if before not in rules.WITHOUT or hit.text.gap(hit.first - 1).strip(" -/"):
        return before == "of" and hit.first > 1 and words[hit.first - 2] == "free"
    # "No. 5" and "no 12" count things; "N/O" is a contact.
    return before != "no" or not hit.text.gap(hit.first - 1).startswith(".")


def is_modifier(hit: Hit) -> bool:
    """Whether the next word takes the part over (``motor bracket``, ``motor end cap``)."""
    words, ends = hit.text.words, hit.text.clause_ends
    place = hit.last
    if place + 1 < len(words) and words[place] in rules.CARRIERS_DESCRIBED and not ends[place]:
        place += 1
    return place < len(words) and not ends[hit.last - 1] and words[place] in rules.CARRIERS


def is_layer(hit: Hit) -> bool:
    """Whether the hit is a thin layer: ``verzinkt``, or `becomes_layer`."""
    words = hit.text.words[hit.first : hit.last]
    return any(word in rules.LAYERED for word in words) or becomes_layer(hit)


def becomes_layer(hit: Hit) -> bool:
    """Whether the words around make the hit a thin layer.

    ``gold plated``, ``Ni/Au plated``, ``5 µm Au``, ``Fe/Zn 8``, ``M8x30 8.8 zn``.
    """
    words = hit.text.words
    if hit.first and (_begins_layer(words[: hit.first]) or _is_on_iron(hit)):
        return True
    for index in range(hit.last, min(hit.last + 1 + NEAR, len(words))):
        if hit.text.clause_ends[index - 1]:
            return False
        if words[index] in rules.LAYER_AFTER:
            return True
        if len(words[index]) > 2 and not words[index][0].isdigit():
            return False
    return False


def _begins_layer(before: list[str]) -> bool:
    """Whether the last of the words before a material make it a thin layer."""
    return (
        before[-1] in rules.LAYER_BEFORE
        or rules.THIN.fullmatch(before[-1]) is not None
        or tuple(before[-2:]) in rules.STRENGTHS
    )


def _is_on_iron(hit: Hit) -> bool:
    """Whether the hit is the coat in a code of ISO 2081 (``Fe/Zn 8``)."""
    words, before = hit.text.words, hit.first - 1
    follows = hit.last < len(words) and words[hit.last][0].isdigit()
    return words[before] == "fe" and hit.text.gap(before).strip() in {"/", "//"} and follows


def speaks_of_materials(hit: Hit) -> bool:
    """Whether a word close to the hit is about materials."""
    return any(word in rules.MATERIAL_WORDS for word in neighbours(hit, NEAR))


def is_colour(hit: Hit) -> bool:
    """Whether a word close to the hit says that it is a colour."""
    return any(word in rules.COLOURS for word in neighbours(hit, NEAR))


def is_look(hit: Hit) -> bool:
    """Whether the words around say that a thing only looks so (``Alu-Optik``, ``aspect inox``)."""
    words, ends = hit.text.words, hit.text.clause_ends
    if hit.first and not ends[hit.first - 1] and words[hit.first - 1] in rules.LOOK_BEFORE:
        return True
    follows = hit.last < len(words) and not ends[hit.last - 1]
    return follows and words[hit.last] in rules.LOOK_AFTER


def is_of_what_is_held(hit: Hit) -> bool:
    """Whether a material is of what a plastic holder is for (``copper pipe clip plastic``)."""
    words = hit.text.words
    return (
        hit.last + 1 < len(words)
        and words[hit.last] in rules.PIPEWORK
        and words[hit.last + 1] in rules.CARRIERS
        and not rules.POLYMERS.isdisjoint(words)
    )


def names_colour(hit: Hit) -> bool:
    """Whether the words beside say that the hit is the name of a colour.

    ``Farbe titan``, ``tungsten grey``, ``gris titane``.
    """
    words = hit.text.words
    before = words[hit.first - 1] if hit.first else ""
    if before in rules.COLOUR_OF or (before, words[hit.first]) in looks.FRENCH_COLOURS:
        return True
    follows = hit.last < len(words) and not hit.text.clause_ends[hit.last - 1]
    return follows and words[hit.last] in looks.GREYS and words[hit.last - 1] in looks.TOLD_BY


def names_firm(hit: Hit) -> bool:
    """Whether the words beside say that the hit is a name (``Fa. Titan``, ``Titan Ltd``)."""
    words = hit.text.words
    if hit.first and words[hit.first - 1] in looks.CALLED:
        return True
    return hit.last < len(words) and words[hit.last] in looks.CALLS


def follows_number(hit: Hit) -> bool:
    """Whether the hit is the unit of a number before it (``24 V``, ``10 in``)."""
    return hit.first > 0 and hit.text.words[hit.first - 1][-1].isdigit()


def neighbours(hit: Hit, reach: int) -> tuple[str, ...]:
    """The words within `reach` of the hit in the same clause."""
    text, found = hit.text, []
    for index in range(hit.first - 1, max(hit.first - 1 - reach, -1), -1):
        if text.clause_ends[index]:
            break
        found.append(text.words[index])
    for index in range(hit.last, min(hit.last + reach, len(text.words))):
        if text.clause_ends[index - 1]:
            break
        found.append(text.words[index])
    return tuple(found)


def is_whole(hit: Hit) -> bool:
    """Whether the text says nothing but the hit, sizes and amounts apart."""
    rest: list[str] = [*hit.text.words[: hit.first], *hit.text.words[hit.last :]]
    return all(word[0].isdigit() or word in rules.MATERIAL_WORDS for word in rest)


def adjacent(one: Hit, other: Hit) -> bool:
    """Whether `other` directly follows `one` as a noun follows the noun that describes it."""
    if one.text is not other.text or one.last != other.first or is_purpose(other):
        return False
    first = other.text.words[other.first]
    return first.isalpha() and not one.text.gap(one.last - 1).strip(" -")
