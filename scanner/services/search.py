"""Looking anything up by a few letters: materials, countries, components, alloys and codes."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from scanner.core.bom import Part
from scanner.core.names import AlloyId, ClassId, CountryCode, Language, MaterialId
from scanner.core.scan import ScannedPart
from scanner.core.search import Fit, Subject
from scanner.services.context import Context

EVERYTHING: Set[Subject] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that may be meant: the names that it goes by, and the one that fits what was asked.

    `fit` says how: the name is what was asked, begins with it, has words that begin with its
    words, or is only near to it in spelling.
    """

    subject: Subject
    id: str
    names: Mapping[Language, str]
    text: str
    fit: Fit


def find(
    ctx: Context, query: str, *, limit: int, subjects: Set[Subject] = EVERYTHING
) -> tuple[Found, ...]:
    """What `query` may mean, the likeliest first; nothing where it has no letter or digit.

    Misspelt names are found where nothing else is.
    """
    matches = ctx.engine.names.find(query, limit=limit, subjects=subjects)
    return tuple(
        Found(name.subject, name.id, _names(ctx, name.subject, name.id), name.text, fit)
        for name, fit in matches
    )


def _names(ctx: Context, subject: Subject, thing: str) -> Mapping[Language, str]:
    supply, catalogue = ctx.engine.knowledge.supply, ctx.engine.knowledge.catalogue
    match subject:
        case Subject.MATERIAL:
            return supply.materials[MaterialId(thing)].names
        case Subject.COUNTRY:
            return supply.countries[CountryCode(thing)].names
        case Subject.COMPONENT:
            return catalogue.classes[ClassId(thing)].names
        case Subject.ALLOY:
            return catalogue.alloys[AlloyId(thing)].names
        case Subject.CODE:
            code = catalogue.codes[thing]
            names = {Language("en"): code.name_en}
            return names | ({Language("nl"): code.name_nl} if code.name_nl else {})


def recognised(ctx: Context, text: str) -> ScannedPart:
    """What a line with this description alone would be taken for, and what one piece holds."""
    return ctx.engine.recognise(Part(description=text))
