"""A profile as the page shows it: what is sure apart from what is possible, sources numbered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from scanner.core.names import SourceId
from scanner.core.sources import Source
from scanner.profile.parts import names_of

Entry = Mapping[str, Any]
ON_ITS_OWN_PAGE = frozenset({"parts", "concentration", "present_day", "diversification"})
"""What the page of a BOM leaves to the page of each raw material in it."""


@dataclass(frozen=True)
class Answer:
    """The profile of one BOM, as it is stored, and what the release tells beside it.

    `beside` is what the page shows that is no part of the profile; `known` resolves its sources.
    """

    profile: Entry
    beside: Entry = field(default_factory=dict)
    known: Mapping[SourceId, Source] = field(default_factory=dict)

    @property
    def counted(self) -> int:
        """Lines that count: neither assemblies nor left off the board."""
        coverage = self.profile["coverage"]
        return int(coverage["recognised"] + coverage["ambiguous"] + coverage["unrecognised"])

    @property
    def left_out(self) -> Entry | None:
        """What was left out because only documented statements count; None where all do."""
        found: Entry | None = self.profile.get("left_out")
        return found

    @property
    def undocumented(self) -> int:
        """Recognised lines of which no document says what is inside."""
        return int(self.profile["coverage"].get("undocumented", 0))

    @property
    def without_materials(self) -> int:
        """Recognised lines of which nobody says that any raw material is inside."""
        return int(self.profile["coverage"].get("without_materials", 0)) - self.undocumented

    @property
    def sure(self) -> list[Entry]:
        """Materials that are certainly or likely inside, highest supply risk first."""
        return [m for m in self.profile["materials"] if m["presence"] != "possible"]

    @property
    def possible(self) -> list[Entry]:
        """Materials that are only possibly inside."""
        return [m for m in self.profile["materials"] if m["presence"] == "possible"]

    @property
    def critical(self) -> int:
        """How many of the sure ones are on the EU list of critical raw materials, in this use."""
        return sum(1 for m in self.sure if is_listed(m["critical"]))

    @property
    def strategic(self) -> int:
        """How many of the sure ones are on the EU list of strategic raw materials, in this use."""
        return sum(1 for m in self.sure if is_listed(m["strategic"]))

    @property
    def top(self) -> Entry | None:
        """The sure material of highest supply risk whose largest source is known, or None."""
        return next(
            (
                m
                for m in self.sure
                if m["supply_risk"]["value"] is not None and m["largest_source"] is not None
            ),
            None,
        )

    @property
    def leaders(self) -> list[Entry]:
        """Countries that are the largest source of at least one material."""
        return [c for c in self.profile["countries"] if c["largest_source_of"]]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number under which the page lists each source."""
        return {key: place for place, key in enumerate(sorted(self.sources), start=1)}

    @cached_property
    def sources(self) -> Mapping[str, Any]:
        """Every source that the page cites, by key; those of the profile as it has them."""
        names = names_of({"": self.beside})
        more = {key: self.known[SourceId(key)] for key in names if SourceId(key) in self.known}
        return {**more, **self.profile["sources"]}

    def led_by(self, country: str) -> list[Entry]:
        """The sure materials whose largest source this country is."""
        return [
            m
            for m in self.sure
            if m["largest_source"] and m["largest_source"]["country"] == country
        ]


def main_concentration(entry: Entry) -> Entry | None:
    """The concentration at the stage and scope of the largest source, or None."""
    largest = entry["largest_source"]
    if largest is None:
        return None
    return next(
        (
            item
            for item in entry["concentration"]
            if item["stage"] == largest["stage"] and item["scope"] == largest["scope"]
        ),
        None,
    )


def part_title(part: Entry) -> str:
    """What people call a part: its description, else its value, else its numbers."""
    words = (part.get("description"), part.get("value"), part.get("maker_number"))
    found = next((str(word) for word in words if word), None)
    return found or str(part.get("number") or _("part without a description"))


def part_numbers(part: Entry) -> str:
    """The numbers and fields that tell a part from others, without its title."""
    fields = ("number", "maker", "maker_number", "value", "footprint", "material", "finish")
    title = part_title(part)
    return " · ".join(
        dict.fromkeys(str(part[name]) for name in fields if part.get(name) not in (None, title))
    )


def is_listed(listing: Entry | None) -> bool:
    """Whether a listing means this use; one in another grade only does not."""
    return listing is not None and listing["applies"] != "no"


def without_details(profile: Entry) -> dict[str, Any]:
    """A profile with the sources alone that its head cites.

    Those of parts and single stages are on the page of each raw material.
    """
    told = {
        "materials": [
            {key: value for key, value in one.items() if key not in ON_ITS_OWN_PAGE}
            | {"shown": main_concentration(one)}
            for one in profile["materials"]
        ],
        "countries": [
            {key: value for key, value in one.items() if key != "supplies"}
            for one in profile["countries"]
        ],
        "hotspots": profile["hotspots"],
    }
    cited = names_of({"": told})
    sources = {key: one for key, one in profile["sources"].items() if key in cited}
    return {**profile, "sources": sources}
