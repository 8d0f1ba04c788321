"""The table of differences on the page of the EU's supply risk.

``python -m tests.assess.supply_risk_table --write`` writes it anew.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scanner.assess import eu_supply_risk
from scanner.core.supply import SupplyMix

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "eu-supply-risk.md"
BEGIN, END = "<!-- differences: generated -->\n", "<!-- end of differences -->\n"
LARGEST = 0.1005
"""Above this, after rounding to two decimals, a difference is listed."""


LEAST_NAMED = 0.5
"""Below this sum of printed shares it is their gaps that make the difference."""


class Difference(NamedTuple):
    """One published value that the formula does not give."""

    material: str
    stage: str
    assessed: bool
    published: float
    recomputed: float | None
    explanation: str


def differences(knowledge) -> list[Difference]:
    """Every stage whose recomputed value is missing or more than 0.1 from the published one."""
    return sorted(_differences(knowledge), key=lambda one: (not one.assessed, one[:2]))


def _differences(knowledge) -> Iterator[Difference]:
    for material in knowledge.supply.materials.values():
        if material.is_group:
            continue
        earlier = knowledge.resources.parameters_2017(material.id)
        for one in eu_supply_risk.recompute(knowledge.supply, material, earlier):
            if one.value is not None and abs(round(one.value, 2) - one.published) <= LARGEST:
                continue
            yield Difference(
                material.id, one.stage, one.bottleneck, one.published, one.value,
                _explanation(material, one, earlier),
            )  # fmt: skip


REASONS = {
    "world_supply_missing": "no world shares in the release",
    "eu_sourcing_missing": "no EU sourcing shares in the release",
    "mix_not_printed": "which supply the study weighed is not printed",
}


def _explanation(material, one, earlier) -> str:
    if one.reason is not None:
        return "not computed: " + REASONS[one.reason]
    for words, weighed in [("world", one.world), ("EU sourcing", one.eu)]:
        if weighed is not None and weighed.named < LEAST_NAMED:
            return f"the printed {words} shares add up to {weighed.named:.2f} only"
    factor = (1 - one.eol_rir.value) * one.substitution.value
    readings = [
        ("world supply alone gives {:.2f}", SupplyMix.GLOBAL, one.world),
        ("EU sourcing alone gives {:.2f}", SupplyMix.EU_SOURCING, one.eu),
    ]
    for words, mix, weighed in readings:
        if weighed is not None and weighed.index is not None and mix is not one.mix:
            value = weighed.index * factor
            if abs(round(value, 2) - one.published) <= LARGEST:
                return words.format(value)
    before_recycling = one.value / (1 - one.eol_rir.value)
    for parameters in earlier:
        if material.group is not None and parameters.eol_rir is not None:
            value = before_recycling * (1 - parameters.eol_rir)
            if abs(round(value, 2) - one.published) <= LARGEST:
                rate = f"{parameters.eol_rir:.2f}"
                return f"the EoL-RIR of 2017 ({rate}) gives {value:.2f}; 2023 prints the group's"
    needed = 1 - one.published / before_recycling
    if 0 <= needed <= 1:
        return f"unexplained; an EoL-RIR of {needed:.2f} instead of {one.eol_rir.value:g} gives it"
    return "unexplained; no EoL-RIR of 0 to 1 gives it with the printed shares"


def rendered(found: list[Difference]) -> str:
    """The table in Markdown."""
    lines = [
        "| material | stage | assessed there | published | recomputed | explanation |",
        "| --- | --- | --- | ---: | ---: | --- |",
    ]
    for one in found:
        value = "–" if one.recomputed is None else f"{one.recomputed:.2f}"
        assessed = "yes" if one.assessed else "no"
        lines.append(
            f"| {one.material} | {one.stage} | {assessed} | {one.published:g} | {value} "
            f"| {one.explanation} |"
        )
    return "\n".join(lines) + "\n"


def page() -> str:
    """The page as it stands."""
    return PAGE.read_text(encoding="utf-8")


def main() -> None:
    """Print the table, or write it into the page."""
    from scanner.knowledge import load

    table = rendered(differences(load()))
    if "--write" not in sys.argv:
        sys.stdout.write(table)
        return
    before, rest = page().split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(before + BEGIN + table + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
