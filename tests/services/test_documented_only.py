"""Documented statements only: on both databases, and never taken for all statements."""

import orjson
import pytest

from scanner.core.scan import ScanOptions
from scanner.pipeline import scan_file
from scanner.services import boms, jobs
from scanner.services.options import overlays

EXPERT = """Pos;Part number;Description;Qty;Unit;Material
1;P-1;Ceramic capacitor C0G 100pF 0603;4;pcs;
2;P-2;Shaft;1;pcs;1.4462
3;P-3;Terminal block 2-pole;2;pcs;
4;P-4;Gadget;1;pcs;
"""


def answer(ctx, company, bom):
    stored = boms.profile(ctx, company, bom.id)
    return orjson.loads(stored.body), boms.lines(ctx, company, bom.id, limit=10).items


def test_the_stored_answer_is_that_of_a_scan_without_a_database(ctx, company, scanned, upload_of):
    bom = scanned(EXPERT, documented_only=True)
    assert bom.version.documented_only is True
    direct = scan_file(upload_of(EXPERT).path, ctx.engine, ScanOptions(documented_only=True))
    assert boms.profile(ctx, company, bom.id).body == direct.body
    assert list(boms.lines(ctx, company, bom.id, limit=10).items) == direct.line_answers()


def test_both_answers_of_one_part_are_kept_apart(ctx, company, scanned):
    """Neither the order of uploads nor a part that both BOMs name mixes them up."""
    everything = scanned(EXPERT)
    documented = scanned(EXPERT, documented_only=True)
    again = scanned(EXPERT)
    first, lines = answer(ctx, company, everything)
    assert answer(ctx, company, again) == (first, lines)
    other, fewer = answer(ctx, company, documented)
    assert any(m["expert"] for line in lines for m in line["materials"])
    assert not any(line["left_out"] for line in lines)
    assert not any(m["expert"] for line in fewer for m in line["materials"])
    assert first["options"]["documented_only"] is False
    assert other["options"]["documented_only"] is True
    assert other["left_out"]["parts"] == sum(bool(line["left_out"]) for line in fewer) > 0
    assert other["coverage"]["recognised"] == first["coverage"]["recognised"]


def test_a_search_by_material_finds_documented_statements_only(ctx, company, scanned):
    for chosen in (False, True):
        bom = scanned(EXPERT, documented_only=chosen)
        _, lines = answer(ctx, company, bom)
        for material in ("zinc", "chromium"):
            wanted = boms.LineFilter(material=material)
            found = boms.lines(ctx, company, bom.id, wanted=wanted, limit=10).items
            holding = [line for line in lines if material in held(line)]
            assert list(found) == holding
            assert bool(found) is (material == "chromium" or not chosen)


def held(line):
    return {m["material"] for m in line["materials"]}


@pytest.mark.parametrize("second", [False, True])
def test_each_version_has_its_own_choice(ctx, company, scanned, upload_of, second):
    bom = scanned(EXPERT, documented_only=not second)
    added = boms.add_version(
        ctx, company, bom.id, upload_of(EXPERT), documented_only=second, created_by="key:1"
    )
    jobs.run(ctx, added.job.id)
    found = boms.versions(ctx, company, bom.id, limit=5).items
    assert [version.documented_only for version in found] == [second, not second]
    for version in found:
        stored = orjson.loads(boms.profile(ctx, company, bom.id, version=version.number).body)
        assert stored["options"]["documented_only"] is version.documented_only


def test_a_version_from_before_there_was_a_choice_counts_all_statements(ctx, company, scanned):
    from sqlalchemy import update

    from scanner.store.tables import BomVersion

    bom = scanned(EXPERT)
    with ctx.database.writing() as connection:
        connection.execute(update(BomVersion).values(options={"columns": {}, "sheet": None}))
    assert boms.get(ctx, company, bom.id).version.documented_only is False


def test_the_choice_has_a_name_of_its_own_in_the_library():
    assert overlays(ScanOptions()) == ""
    assert overlays(ScanOptions(documented_only=True)) == "documented-only"
