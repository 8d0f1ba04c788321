"""Decisions about parts: what they change, for which BOMs, and how they are undone."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import orjson
import pytest

from scanner.core.composition import Range, exactly
from scanner.core.errors import Cancelled, Conflict, InvalidInput, NotFound
from scanner.core.names import MaterialId
from scanner.core.statements import DecisionKind, StatedContent
from scanner.services import boms, decisions, jobs, parts
from scanner.services.decisions import Wish

CONFIRM, REPLACE, NOTHING, DISMISS = DecisionKind
BY = "key:1"
LOOKED = "looked into it"


@pytest.fixture
def part_of(ctx, company):
    """The id of the part of this number."""

    def find(number):
        page = parts.list_page(ctx, company, text=f"own:{number}".lower(), limit=10)
        return UUID(next(item["id"] for item in page.items))

    return find


@pytest.fixture
def decide(ctx, company, part_of):
    def send(number, kind, *, work=True, **wish):
        done = decisions.decide(ctx, company, part_of(number), Wish(kind, **wish), by=BY)
        if work:
            run_all(ctx)
        return done

    return send


def run_all(ctx):
    while ctx.queue.jobs:
        jobs.run(ctx, ctx.queue.jobs.pop(0))


def profile(ctx, company, bom, **which):
    return orjson.loads(boms.profile(ctx, company, bom.id, **which).body)


def line(ctx, company, bom, index):
    return boms.lines(ctx, company, bom.id, limit=10).items[index]


def held(view):
    """Material → presence of the first wording of a part."""
    return {one["material"]: one["presence"] for one in view["wordings"]["shown"][0]["materials"]}


def test_the_library_lists_what_boms_named(ctx, company, scanned):
    scanned()
    page = parts.list_page(ctx, company, limit=2)
    assert [item["part"]["key"] for item in page.items] == ["own:p-100", "own:p-200"]
    rest = parts.list_page(ctx, company, cursor=page.next, limit=10)
    assert [item["part"]["key"] for item in rest.items] == ["own:p-300", "own:p-400"]
    assert (page.total, rest.total, rest.next) == (4, 4, None)
    steel, gadget = page.items[0], rest.items[1]
    assert steel["state"] == "recognised"
    assert "chromium" in steel["materials"]
    assert 0 <= steel["doubt"] < 0.2
    assert steel["supply_risk"] > 0
    assert (gadget["state"], gadget["doubt"], gadget["materials"]) == ("unrecognised", 1.0, [])
    backwards = parts.list_page(ctx, company, order=parts.Order.KEY_BACKWARDS, limit=10)
    assert [item["id"] for item in backwards.items] == [
        item["id"] for item in (*page.items, *rest.items)
    ][::-1]

    def keys(**wanted):
        found = parts.list_page(ctx, company, limit=10, **wanted)
        assert found.total == len(found.items)
        return [item["part"]["key"] for item in found.items]

    assert keys(state="unrecognised") == ["own:p-400"]
    assert keys(material="molybdenum") == ["own:p-100", "own:p-200", "own:p-300"]
    assert keys(material="molybden") == []
    assert keys(text="BOLT") == ["own:p-300"]
    assert keys(text="%") == []
    assert keys(decided=True) == []


def test_a_part_is_told_with_evidence_composition_and_use(ctx, company, scanned, part_of):
    bom = scanned()
    view = parts.get(ctx, company, part_of("P-300"))
    assert (view["key"], view["revision"], view["state"]) == ("own:p-300", 0, "recognised")
    (wording,) = view["wordings"]["shown"]
    assert wording["part"]["description"] == "Bolt M8x20 A4"
    assert wording["evidence"][0]["points_to"].startswith("alloy:")
    assert {one["material"] for one in wording["materials"]} >= {"chromium", "nickel"}
    assert view["used_in"] == {
        "boms": 1, "versions": 1, "current_versions": 1,
        "shown": [{
            "bom_id": str(bom.id), "name": "pump.csv", "version": 1, "current": True,
            "refreshing": False, "lines": 1, "pieces": 12.0,
        }],
    }  # fmt: skip
    hidden = parts.get(ctx, company, part_of("P-300"), with_names=False)
    assert hidden["used_in"]["shown"][0]["name"] is None


def test_only_current_versions_are_marked(ctx, company, scanned, upload_of, part_of):
    bom = scanned()
    second = boms.add_version(ctx, company, bom.id, upload_of(), created_by=BY)
    jobs.run(ctx, second.job.id)
    used = parts.get(ctx, company, part_of("P-100"))["used_in"]
    assert [(one["version"], one["current"]) for one in used["shown"]] == [(2, True), (1, False)]
    assert (used["boms"], used["versions"], used["current_versions"]) == (1, 2, 1)


def test_a_decision_applies_to_all_boms_and_earlier_profiles_stay(
    ctx, company, scanned, decide, part_of
):
    bom, other = scanned(), scanned()
    before = boms.profile(ctx, company, bom.id)
    ctx.queue.jobs.clear()
    done = decide("P-400", REPLACE, target="alloy:ss_1_4404", work=False)
    assert done.refreshing == 2 == len(ctx.queue.jobs)
    refresh = boms.get(ctx, company, bom.id).version.refresh
    assert (refresh.kind, refresh.state) == ("refresh", "queued")
    assert boms.get(ctx, company, bom.id).version.state == "ready"
    assert boms.profile(ctx, company, bom.id) == before
    assert line(ctx, company, bom, 3)["state"] == "unrecognised"
    run_all(ctx)
    for one in (bom, other):
        now = profile(ctx, company, one)
        assert now["decision_revision"] == 1
        assert now["coverage"]["unrecognised"] == 0
        assert now["sources"]["company_decision"]["publisher"] == "The company itself"
        assert boms.get(ctx, company, one.id).version.refresh is None
        seen = line(ctx, company, one, 3)
        assert seen["evidence"][0] == {
            "kind": "decision", "text": "replace", "field": "decision",
            "points_to": "alloy:ss_1_4404", "confidence": 1.0, "source": "company_decision",
            "rule": "decisions/1",
        }  # fmt: skip
        assert line(ctx, company, one, 0)["state"] == "recognised"
    assert boms.profile(ctx, company, bom.id, revision=0).body == before.body
    with pytest.raises(NotFound, match="decision revision"):
        boms.profile(ctx, company, bom.id, revision=7)
    third = scanned()
    assert profile(ctx, company, third) == profile(ctx, company, bom)


def test_a_decision_about_a_foreign_part_changes_nothing(ctx, company, scanned, decide):
    scanned("Part number,Description,Qty\nX-1,Thing,1\n")
    bom = scanned()
    before = boms.profile(ctx, company, bom.id)
    ctx.queue.jobs.clear()
    decide("X-1", NOTHING, reason=LOOKED)
    assert boms.profile(ctx, company, bom.id) == before
    again = scanned()
    assert boms.profile(ctx, company, again.id).body == before.body


def test_two_decisions_in_a_row_start_one_job(ctx, company, scanned, decide, counts):
    bom = scanned()
    ctx.queue.jobs.clear()
    decide("P-400", REPLACE, target="class:mlcc", work=False)
    decide("P-100", CONFIRM, work=False)
    assert len(ctx.queue.jobs) == 1
    run_all(ctx)
    assert profile(ctx, company, bom)["decision_revision"] == 2
    before = counts()
    decide("P-100", CONFIRM)
    assert counts() == before
    decide("P-100", CONFIRM, reason=LOOKED)
    after = counts()
    assert after["job"] == before["job"]
    assert after["profile"] == before["profile"] + 1


def test_what_is_decided_while_a_profile_is_made_makes_another(
    ctx, company, submit, decide, monkeypatch
):
    jobs.run(ctx, submit().job.id)
    ctx.queue.jobs.clear()
    late = submit()
    from scanner.services import scanning

    honest = scanning.pipeline.scan

    def interrupted(*args, **options):
        scan = honest(*args, **options)
        monkeypatch.setattr("scanner.services.scanning.pipeline.scan", honest)
        decide("P-400", REPLACE, target="class:mlcc", work=False)
        return scan

    monkeypatch.setattr("scanner.services.scanning.pipeline.scan", interrupted)
    jobs.run(ctx, late.job.id)
    assert profile(ctx, company, late)["decision_revision"] == 0
    assert boms.get(ctx, company, late.id).version.refresh.state == "queued"
    run_all(ctx)
    assert profile(ctx, company, late)["decision_revision"] == 1
    assert boms.get(ctx, company, late.id).version.refresh is None


def test_confirming_settles_candidates(ctx, company, scanned, decide, part_of):
    bom = scanned("Part number;Description;Qty\nS-1;sensor 10k;1\nS-2;X2CrNi 18-9 ring;2\n")
    seen = {n: line(ctx, company, bom, n) for n in (0, 1)}
    ambiguous = [n for n in seen if seen[n]["state"] == "ambiguous"]
    for place in ambiguous:
        candidate = seen[place]["candidates"][0]["points_to"]
        decide(seen[place]["part"]["number"], CONFIRM, target=candidate)
        now = line(ctx, company, bom, place)
        assert (now["state"], now["candidates"]) == ("recognised", [])
        assert now["evidence"][0]["points_to"] == candidate
    with pytest.raises(InvalidInput, match="not among"):
        decide("S-1", CONFIRM, target="class:no_such")


def test_confirming_as_it_stands_holds_for_other_wordings(ctx, company, scanned, decide):
    scanned()
    decide("P-200", CONFIRM)
    bom = scanned("Part number;Description;Qty\nP-200;As der Pumpe;1\n")
    now = line(ctx, company, bom, 0)
    assert now["state"] == "recognised"
    assert [one["kind"] for one in now["evidence"]] == ["decision"]
    assert "chromium" in {one["material"] for one in now["materials"]}


def test_own_contents_are_certain_and_weighed(ctx, company, scanned, decide, part_of):
    bom = scanned()
    contents = [
        StatedContent(MaterialId("nickel"), mass_g=Range(1.0, 1.5, 2.0)),
        StatedContent(MaterialId("cobalt"), fraction=Range(0.0, None, 0.1)),
    ]
    decide("P-300", REPLACE, contents=contents)
    assert held(parts.get(ctx, company, part_of("P-300"))) == {
        "nickel": "certain", "cobalt": "possible",
    }  # fmt: skip
    found = {one["material"]: one for one in line(ctx, company, bom, 2)["materials"]}
    assert found["nickel"]["mass_g"] == {
        "low": 12.0, "typical": 18.0, "high": 24.0, "range_known": True,
    }  # fmt: skip
    assert found["nickel"]["roles"] == ["stated"]
    assert (found["cobalt"]["mass_g"], found["cobalt"]["mass_gap"]) == (None, "no_unit_mass_known")
    assert found["nickel"]["sources"] == ["company_decision"]


def test_nothing_inside_and_dismissed_materials(ctx, company, scanned, decide, part_of):
    bom = scanned()
    decide("P-100", DISMISS, material="nickel", reason=LOOKED)
    decide("P-100", DISMISS, material="molybdenum", reason=LOOKED)
    view = parts.get(ctx, company, part_of("P-100"))
    assert not {"nickel", "molybdenum"} & held(view).keys()
    assert "chromium" in held(view)
    assert [one["points_to"] for one in view["wordings"]["shown"][0]["negations"]] == [
        "material:nickel", "material:molybdenum",
    ]  # fmt: skip
    decide("P-100", NOTHING, reason=LOOKED)
    seen = line(ctx, company, bom, 0)
    assert (seen["state"], seen["materials"]) == ("recognised", [])
    (item,) = parts.list_page(ctx, company, text="p-100", limit=1).items
    assert (item["decision"], item["doubt"], item["materials"]) == ("nothing", 0.0, [])


def test_undo_brings_back_what_held_before_and_history_keeps_all(
    ctx, company, scanned, decide, part_of
):
    bom = scanned()
    first = boms.lines(ctx, company, bom.id, limit=10).items[1]
    decide("P-200", REPLACE, target="class:mlcc", reason="a guess")
    second = line(ctx, company, bom, 1)
    decide("P-200", DISMISS, material="titanium", reason=LOOKED)
    decide("P-200", NOTHING, reason=LOOKED)
    assert [one["kind"] for one in parts.get(ctx, company, part_of("P-200"))["decisions"]] == [
        "nothing"
    ]

    def undo():
        done = decisions.undo(ctx, company, part_of("P-200"), by="key:2")
        run_all(ctx)
        return done.part

    assert [one["kind"] for one in undo()["decisions"]] == ["dismiss", "replace"]
    undo()
    assert line(ctx, company, bom, 1) == second
    view = undo()
    now = line(ctx, company, bom, 1)
    assert (now["evidence"], now["materials"]) == (first["evidence"], first["materials"])
    assert [(one["number"], one["kind"], one["of"], one["actor"]) for one in view["history"]] == [
        (6, "undo", 1, "key:2"), (5, "undo", 2, "key:2"), (4, "undo", 3, "key:2"),
        (3, "nothing", None, BY), (2, "dismiss", None, BY), (1, "replace", None, BY),
    ]  # fmt: skip
    assert view["history"][-1]["reason"] == "a guess"
    with pytest.raises(Conflict):
        undo()


def test_what_does_not_fit_is_refused_and_changes_nothing(ctx, company, scanned, decide, counts):
    scanned()
    before = counts()
    for number, kind, wish in (
        ("P-100", NOTHING, {}),
        ("P-100", DISMISS, {"material": "nickel"}),
        ("P-100", DISMISS, {"material": "unobtainium", "reason": LOOKED}),
        ("P-100", REPLACE, {}),
        ("P-100", REPLACE, {"target": "class:none"}),
        ("P-100", REPLACE, {"target": "thing"}),
        ("P-100", REPLACE, {"target": "composition:1"}),
        ("P-100", REPLACE, {"target": "class:mlcc", "contents": [NICKEL]}),
        ("P-100", REPLACE, {"contents": [NICKEL, NICKEL]}),
        ("P-100", REPLACE, {"contents": [StatedContent(MaterialId("nickel"))]}),
        ("P-100", REPLACE, {"contents": [StatedContent(MaterialId("nickel"), exactly(2.0))]}),
        ("P-100", CONFIRM, {"contents": [NICKEL]}),
        ("P-100", CONFIRM, {"material": "nickel"}),
        ("P-100", NOTHING, {"target": "class:mlcc", "reason": LOOKED}),
        ("P-100", CONFIRM, {"reason": "\0"}),
        ("P-400", CONFIRM, {}),
    ):
        with pytest.raises(InvalidInput):
            decide(number, kind, **wish)
    with pytest.raises(NotFound):
        decisions.decide(ctx, company, uuid4(), Wish(CONFIRM), by=BY)
    assert counts() == before


NICKEL = StatedContent(MaterialId("nickel"), exactly(0.5))


def test_decided_parts_outlive_their_boms(ctx, company, scanned, decide, part_of):
    bom = scanned()
    decide("P-100", NOTHING, reason=LOOKED)
    boms.delete(ctx, company, bom.id, by=BY)
    page = parts.list_page(ctx, company, limit=10)
    assert [item["part"]["key"] for item in page.items] == ["own:p-100"]
    view = parts.get(ctx, company, part_of("P-100"))
    assert view["used_in"]["boms"] == 0
    assert view["wordings"]["total"] == 1
    again = scanned()
    assert line(ctx, company, again, 0)["materials"] == []


def test_a_cancelled_refresh_leaves_the_profile(ctx, company, scanned, decide):
    bom = scanned()
    before = boms.profile(ctx, company, bom.id)
    ctx.queue.jobs.clear()
    decide("P-400", REPLACE, target="class:mlcc", work=False)
    job = boms.get(ctx, company, bom.id).version.refresh
    jobs.cancel(ctx, company, job.id, by=BY)
    run_all(ctx)
    version = boms.get(ctx, company, bom.id).version
    assert (version.state, version.refresh.state) == ("ready", "failed")
    assert version.refresh.problem.code == Cancelled.code
    assert boms.profile(ctx, company, bom.id) == before
    decide("P-400", REPLACE, target="class:mlcc", reason=LOOKED)
    assert boms.get(ctx, company, bom.id).version.refresh is None
    assert profile(ctx, company, bom)["decision_revision"] == 2


def test_a_refresh_without_news_has_the_same_bytes(ctx, company, scanned, tree):
    from scanner.services.refreshing import Refreshing
    from scanner.store import jobs as job_rows
    from scanner.store.stamps import new_id, now

    bom = scanned(tree)
    job_id = new_id()
    with ctx.database.writing() as connection:
        job_rows.add(
            company, connection, job_id, kind="refresh", version_id=bom.version.id, at=now()
        )
    work = Refreshing(ctx, company, job_id, lambda: False)
    version = work.begin()
    scan = work.scan(version)
    stored = boms.profile(ctx, company, bom.id)
    assert scan.body == stored.body
    work.finish(version, scan)
    assert boms.profile(ctx, company, bom.id) == stored


def test_decisions_at_the_same_time_get_numbers_of_their_own(ctx, company, scanned, part_of):
    scanned()
    ids = [part_of(number) for number in ("P-100", "P-200", "P-300", "P-400")] * 3

    def decide(part_id, reason):
        wish = Wish(NOTHING, reason=reason)
        return decisions.decide(ctx, company, part_id, wish, by=BY).part["revision"]

    reasons = [f"looked {time} times" for time in range(len(ids))]
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(decide, ids, reasons)) == list(range(1, 13))


def test_nothing_is_seen_of_another_company(ctx, company, other, scanned, part_of):
    scanned()
    part_id = part_of("P-100")
    assert parts.list_page(ctx, other, limit=10).total == 0
    for ask in (
        lambda: parts.get(ctx, other, part_id),
        lambda: decisions.decide(ctx, other, part_id, Wish(CONFIRM), by=BY),
        lambda: decisions.undo(ctx, other, part_id, by=BY),
    ):
        with pytest.raises(NotFound):
            ask()


def test_the_library_hears_experts_whatever_a_bom_leaves_out(ctx, company, scanned):
    text = "Part number;Description;Qty\nM-1;Elektromotor 24V;1\n"
    scanned(text, documented_only=True)
    (item,) = parts.list_page(ctx, company, limit=10).items
    assert "dysprosium" in item["materials"]
