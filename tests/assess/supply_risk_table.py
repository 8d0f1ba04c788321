"""The table of differences on the page of the EU's supply risk.

``python -m tests.assess.supply_risk_table --write`` writes it anew.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scanner.assess import eu_supply_risk
from scanner.assess.supply_risk_differences import explain
from scanner.core.explanation import Cause
from scanner.core.names import Scope

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "eu-supply-risk.md"
BEGIN, END = "<!-- differences: generated -->\n", "<!-- end of differences -->\n"


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
            found = explain(material, one, earlier)
            if found.cause is not Cause.AGREES:
                yield Difference(
                    material.id, one.stage, one.bottleneck, one.published, one.value,
                    _words(one, found),
                )  # fmt: skip


REASONS = {
    "world_supply_missing": "no world shares in the release",
    "eu_sourcing_missing": "no EU sourcing shares in the release",
    "mix_not_printed": "which supply the study weighed is not printed",
}


def _words(one, found) -> str:
    """The explanation as the page has it."""
    if found.cause is Cause.NOT_COMPUTED:
        return "not computed: " + REASONS[one.reason]
    if found.cause is Cause.SHARES_INCOMPLETE:
        supply = "world" if found.scope is Scope.GLOBAL else "EU sourcing"
        return f"the printed {supply} shares add up to {found.named:.2f} only"
    if found.cause is Cause.EOL_RIR_2017:
        rate = f"{found.eol_rir:.2f}"
        return f"the EoL-RIR of 2017 ({rate}) gives {found.value:.2f}; 2023 prints the group's"
    if found.cause is Cause.UNEXPLAINED:
        if found.eol_rir is None:
            return "unexplained; no EoL-RIR of 0 to 1 gives it with the printed shares"
        rate = f"{found.eol_rir:.2f}"
        return f"unexplained; an EoL-RIR of {rate} instead of {one.eol_rir.value:g} gives it"
    supply = "world supply" if found.cause is Cause.WORLD_ALONE else "EU sourcing"
    return f"{supply} alone gives {found.value:.2f}"


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
