"""The text of a reply to a caller: sentences with figures, years and sources, in one language.

A function of the facts alone: the same things on the same release give the same text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from scanner.core.composition import Range
from scanner.core.indicators import Assessment
from scanner.core.names import CountryCode, Language, SourceId
from scanner.core.sources import Release, Source
from scanner.core.supply import Supply
from scanner.profile.reply_facts import (
    BomFacts,
    CountryFacts,
    Fact,
    Held,
    HoldingFacts,
    MaterialFacts,
    Names,
    Supplied,
)
from scanner.profile.reply_words import DUTCH, ENGLISH

SHOWN: Final = 10
"""Things of a list that a reply names; it says how many more there are."""

LEAST: Final = 0.1
"""Per cent from which on one digit after the point tells enough."""

WORDS: Final = {Language("nl"): DUTCH, Language("en"): ENGLISH}


class Known(NamedTuple):
    """What a reply quotes: countries by name, sources by key, and the release."""

    supply: Supply
    sources: Mapping[SourceId, Source]
    release: Release


def reply(
    question: str, number: str, facts: Sequence[Fact], known: Known, language: Language
) -> str:
    """The text, paragraphs apart; `language` is ``nl`` or ``en``."""
    return _Reply(known, language).text(question, number, facts)


@dataclass
class _Reply:
    """One reply, and the sources that it cites in the order in which it does."""

    known: Known
    language: Language
    _cited: dict[SourceId, int] = field(default_factory=dict)

    def text(self, question: str, number: str, facts: Sequence[Fact]) -> str:
        told = [self._paragraph(fact) for fact in facts] or [self._say("nothing")]
        release = self.known.release
        parts = [self._say("question", question=question), *told]
        if self._cited:
            parts.append("\n".join([self._say("sources"), *self._sources()]))
        parts.append(self._say("release", id=release.id, date=release.date))
        parts.append(self._say("number", number=number))
        return "\n\n".join(parts) + "\n"

    def _say(self, key: str, **given: Any) -> str:
        return WORDS[self.language][key].format(**given)

    def _paragraph(self, fact: Fact) -> str:
        match fact:
            case MaterialFacts(assessment):
                return self._material(assessment)
            case CountryFacts():
                return self._country(fact)
            case HoldingFacts():
                return self._holding(fact)
            case BomFacts():
                return self._bom(fact)

    def _material(self, found: Assessment) -> str:
        risk, largest = found.supply_risk, found.largest_source
        told = [self._listed(found)]
        if risk.value is None:
            told.append(self._say("no_risk"))
        else:
            stage = self._say(risk.stage or "extraction")
            value = self._number(risk.value)
            told.append(
                self._say(
                    "risk", value=value, stage=stage, year=risk.year, ref=self._ref(risk.source)
                )
            )
        if largest is None:
            told.append(self._say("no_largest"))
        else:
            share = largest.share
            told.append(
                self._say(
                    "largest",
                    scope=self._say(largest.scope),
                    stage=self._say(largest.stage),
                    year=share.year,
                    country=self._country_name(share.country),
                    share=self._percent(share.fraction),
                    ref=self._ref(share.source),
                )
            )
        return " ".join(told)

    def _listed(self, found: Assessment) -> str:
        name = self._capital(self._name(found.material.names))
        critical, strategic = found.material.critical, found.material.strategic
        listing = strategic or critical
        if listing is None:
            return self._say("unlisted", name=name)
        key = "both" if critical and strategic else "strategic" if strategic else "critical"
        qualifier = listing.qualifier
        of = ""
        if qualifier is not None:
            of = self._say("of", qualifier=self._qualifier(qualifier))
        return self._say(key, name=name, of=of, ref=self._ref(listing.source))

    def _qualifier(self, text: str) -> str:
        return WORDS[self.language].get(text, text)

    def _country(self, fact: CountryFacts) -> str:
        name = self._name(fact.names)
        if not fact.supplied:
            return self._say("supplies_nothing", name=name)
        first = self._say("supplies", name=self._capital(name))
        shown = map(self._supplied, fact.supplied[:SHOWN])
        return "\n".join([first, *shown, *self._more(len(fact.supplied))])

    def _supplied(self, one: Supplied) -> str:
        return self._say(
            "supplied",
            name=self._name(one.names),
            share=self._percent(one.share.fraction),
            stage=self._say(one.stage),
            year=one.share.year,
            ref=self._ref(one.share.source),
        )

    def _holding(self, fact: HoldingFacts) -> str:
        name = self._name(fact.names)
        if not fact.known:
            return self._say("line_unknown", name=name)
        if fact.subject != "text":
            first = self._say("holds", name=self._capital(name))
            nothing = self._say("holds_nothing", name=name)
        elif fact.taken_for:
            target = fact.taken_for[0].get(self.language) or fact.taken_for[0]["en"]
            first = self._say("line", name=name, target=target)
            nothing = self._say("line_nothing", name=name, target=target)
        else:
            first, nothing = self._say("line_bare", name=name), self._say("line_unknown", name=name)
        return self._list(first, fact.held) if fact.held else nothing

    def _bom(self, fact: BomFacts) -> str:
        given = {
            "name": fact.name,
            "lines": fact.lines,
            "recognised": fact.recognised,
            "release": fact.release,
        }
        if not fact.held:
            return self._say("bom_nothing", **given)
        return self._list(self._say("bom", **given), fact.held)

    def _list(self, first: str, held: Sequence[Held]) -> str:
        return "\n".join([first, *map(self._item, held[:SHOWN]), *self._more(len(held))])

    def _item(self, one: Held) -> str:
        material, risk = one.assessment.material, one.assessment.supply_risk
        critical, strategic = material.critical, material.strategic
        both = "both" if critical and strategic else "critical" if critical else "strategic"
        qualifier = next((one.qualifier for one in (strategic, critical) if one), None)
        only = self._say("only", qualifier=self._qualifier(qualifier)) if qualifier else ""
        cited = [] if one.source is None else [one.source]
        value = "item_no_risk" if risk.value is None else "item_risk"
        told = {"value": self._number(risk.value or 0), "year": risk.year}
        if risk.value is not None:
            cited.append(risk.source)
        fraction = "" if one.fraction is None else self._fraction(one.fraction)
        return self._say(
            "item",
            name=self._name(material.names),
            presence=self._say(one.presence),
            fraction=self._say("fraction", fraction=fraction) if fraction else "",
            lists=self._say(f"list_{both}") + only if critical or strategic else "",
            risk=self._say(value, **told),
            ref="".join(f" {self._ref(key)}" for key in dict.fromkeys(cited)),
        )

    def _more(self, number: int) -> list[str]:
        return [self._say("more", number=number - SHOWN)] if number > SHOWN else []

    def _ref(self, key: SourceId) -> str:
        return f"[{self._cited.setdefault(key, len(self._cited) + 1)}]"

    def _sources(self) -> list[str]:
        told = []
        for key, number in self._cited.items():
            one = self.known.sources[key]
            year = f" ({one.year})" if one.year else ""
            told.append(
                self._say(
                    "source",
                    number=number,
                    publisher=one.publisher,
                    year=year,
                    title=one.title,
                    address=one.address,
                )
            )
        return told

    def _country_name(self, code: CountryCode) -> str:
        country = self.known.supply.countries.get(code)
        return code if country is None else self._name(country.names)

    def _name(self, names: Names) -> str:
        return names.get(self.language) or names[Language("en")]

    def _capital(self, text: str) -> str:
        letters = 2 if self.language == "nl" and text[:2] == "ij" else 1
        return text[:letters].upper() + text[letters:]

    def _number(self, value: float, places: int = 1) -> str:
        text = f"{value:.{places}f}"
        return text.replace(".", ",") if self.language == "nl" else text

    def _percent(self, fraction: float) -> str:
        """A fraction in whole per cent; under one per cent with a digit more, or two."""
        percent = 100 * fraction
        places = 0 if percent >= 1 else 1 if percent >= LEAST else 2
        return f"{self._number(percent, places)} %"

    def _fraction(self, value: Range) -> str:
        if value.low == value.high:
            return self._percent(value.low)
        low, high = self._percent(value.low), self._percent(value.high)
        if value.low == 0:
            return self._say("at_most", share=high)
        return f"{low.removesuffix(' %')}–{high}"
