"""Declarations of substances: one by one, by the table, and what they change."""

from uuid import UUID, uuid4

import pytest

from scanner.core.bom import Part
from scanner.core.errors import InvalidInput, InvalidRows, NotFound
from scanner.core.statements import DecisionKind, Declaration, DeclaredSubstance
from scanner.services import boms, decisions, declarations, jobs, parts
from scanner.services.decisions import Wish
from scanner.services.declaration_tables import declared_parts
from scanner.services.declarations import DeclaredPart

BY = "key:1"
NICKEL, UNKNOWN = "7440-02-0", "64-17-5"
TABLE = """part_number;cas;substance;amount;unit;basis;part_mass_g;supplier
P-400;7440-02-0;nickel;1,5;g;full;2;Makers
P-400;64-17-5;ethanol;0,5;g;full;2;Makers
P-900;7440-02-0;nickel;10;%;partial;;Makers
"""


def of(number, *, full=True, fraction=None, mass=None, cas=NICKEL, **more):
    substance = DeclaredSubstance(cas, mass_g=mass, fraction=fraction)
    return DeclaredPart(Declaration(0, full, (substance,), **more), part=Part(number=number))


@pytest.fixture
def declare(ctx, company):
    def send(*declared):
        done = declarations.declare(ctx, company, declared, by=BY)
        while ctx.queue.jobs:
            jobs.run(ctx, ctx.queue.jobs.pop(0))
        return done

    return send


@pytest.fixture
def view(ctx, company):
    def find(number):
        (item,) = parts.list_page(ctx, company, text=f"own:{number}".lower(), limit=2).items
        return parts.get(ctx, company, UUID(item["id"]))

    return find


def materials(ctx, company, bom, index):
    line = boms.lines(ctx, company, bom.id, limit=10).items[index]
    return {one["material"]: one for one in line["materials"]}


def test_a_full_declaration_stands_in_the_place_of_other_evidence(
    ctx, company, scanned, declare, view
):
    bom = scanned()
    assert "chromium" in materials(ctx, company, bom, 2)
    done = declare(of("P-300", mass=1.5, unit_mass_g=10.0, document="D-1"))
    assert (done.added, done.known, done.parts, done.refreshing) == (1, 0, 1, 1)
    found = materials(ctx, company, bom, 2)
    assert set(found) == {"nickel"}
    assert found["nickel"]["presence"] == "certain"
    assert found["nickel"]["mass_g"] == {
        "low": 18.0, "typical": 18.0, "high": 18.0, "range_known": True,
    }  # fmt: skip
    assert found["nickel"]["fraction"]["typical"] == 0.15
    told = view("P-300")
    assert told["wordings"]["total"] == 1
    (wording,) = told["wordings"]["shown"]
    assert [one["kind"] for one in wording["evidence"]] == ["declaration"]
    assert wording["evidence"][0]["text"] == "D-1"
    assert wording["unit_mass_g"]["origin"] == "declaration"
    assert told["declarations"][0]["full"] is True


def test_a_partial_declaration_adds_and_identifies_nothing(ctx, company, scanned, declare, view):
    bom = scanned()
    before = materials(ctx, company, bom, 0)
    declare(of("P-100", full=False, fraction=0.2), of("P-400", full=False, mass=1.0))
    after = materials(ctx, company, bom, 0)
    assert set(after) == set(before)
    assert after["nickel"]["fraction"] == {
        "low": 0.2, "typical": 0.2, "high": 0.2, "range_known": True,
    }  # fmt: skip
    assert after["chromium"]["fraction"] == before["chromium"]["fraction"]
    assert view("P-400")["state"] == "unrecognised"
    assert set(materials(ctx, company, bom, 3)) == {"nickel"}


def test_the_newest_full_declaration_counts_and_can_be_withdrawn(
    ctx, company, scanned, declare, view
):
    scanned()
    declare(of("P-100", fraction=0.1))
    declare(of("P-100", fraction=0.3))
    declare(of("P-100", full=False, fraction=0.01, cas="7440-48-4"))

    def held():
        (wording,) = view("P-100")["wordings"]["shown"]
        return {one["material"]: one["fraction"]["typical"] for one in wording["materials"]}

    assert held() == {"nickel": 0.3, "cobalt": 0.01}
    part_id = UUID(view("P-100")["id"])
    declarations.withdraw(ctx, company, part_id, 2, by=BY)
    assert held() == {"nickel": 0.1, "cobalt": 0.01}
    assert [one["number"] for one in declarations.list_all(ctx, company, part_id)] == [1, 3]
    for number in (2, 9):
        with pytest.raises(NotFound):
            declarations.withdraw(ctx, company, part_id, number, by=BY)
    assert [one["kind"] for one in view("P-100")["history"]] == [
        "withdraw", "declare", "declare", "declare",
    ]  # fmt: skip


def test_decisions_stand_above_declarations(ctx, company, scanned, declare, view):
    scanned()
    declare(of("P-100", fraction=0.1))
    part_id = UUID(view("P-100")["id"])

    def decide(kind, **wish):
        decisions.decide(ctx, company, part_id, Wish(kind, reason="known", **wish), by=BY)
        (wording,) = view("P-100")["wordings"]["shown"]
        return {one["material"] for one in wording["materials"]}

    assert decide(DecisionKind.DISMISS, material="nickel") == set()
    assert decide(DecisionKind.REPLACE, target="material:cobalt") == {"cobalt"}
    assert decide(DecisionKind.NOTHING) == set()


def test_the_same_declaration_is_added_once(ctx, company, scanned, declare, counts):
    scanned()
    declare(of("P-100", fraction=0.1), of("P-100", fraction=0.1))
    before = counts()
    done = declare(of("P-100", fraction=0.1))
    assert (done.added, done.known, done.refreshing) == (0, 1, 0)
    assert counts() == before


def test_a_table_declares_many_parts(ctx, company, scanned, declare, view):
    bom = scanned()
    done = declare(*declared_parts(TABLE.encode("utf-8-sig")))
    assert (done.added, done.parts, done.unknown_cas) == (2, 2, (UNKNOWN,))
    assert materials(ctx, company, bom, 3)["nickel"]["fraction"]["typical"] == 0.75
    assert view("P-400")["declarations"][0]["unknown_cas"] == [UNKNOWN]
    new = view("P-900")
    assert (new["state"], new["used_in"]["boms"]) == ("unrecognised", 0)


def test_what_is_wrong_with_a_table_is_told_by_row():
    table = """part_number;cas;amount;unit;basis
P-1;7440-02-1;1;g;full
;7440-02-0;1;g;full
P-2;7440-02-0;much;g;full
P-3;7440-02-0;1;pound;full
P-4;7440-02-0;1;g;whole

P-5;7440-02-0;60;%;full
P-5;7440-48-4;60;%;full
P-6;7440-02-0;-1;g;full
"""
    with pytest.raises(InvalidRows) as caught:
        declared_parts(table.encode())
    assert [(place.row, place.column) for place, _ in caught.value.rows] == [
        (2, "cas"), (3, "part_number"), (4, "amount"), (5, "unit"), (6, "basis"), (8, None),
        (10, "amount"),
    ]  # fmt: skip
    for text, told in (
        ("part_number;cas;amount;unit\n", "basis"),
        ("cas;amount;unit;basis\n", "part_number"),
        ("part_number;cas;amount;unit;basis;colour\n", "colour"),
        ("part_number;cas;amount;unit;basis\n", "no row"),
        ("", "no column"),
    ):
        with pytest.raises(InvalidRows, match=told):
            declared_parts(text.encode())
    with pytest.raises(InvalidRows, match="UTF-8"):
        declared_parts(b"part_number;\xff")


@pytest.mark.parametrize(
    "wrong",
    [
        of("P-100", fraction=1.5),
        of("P-100", fraction=0.0),
        of("P-100", mass=float("nan")),
        of("P-100"),
        of("P-100", fraction=0.1, mass=1.0),
        of("P-100", fraction=0.1, cas="7440-02-1"),
        of("P-100", mass=3.0, unit_mass_g=2.0),
        of("P-100", fraction=0.1, issued="25-11-2026"),
        of("P-100", fraction=0.1, supplier="\0"),
        DeclaredPart(Declaration(0, True, ()), part=Part(number="P-100")),
    ],
)
def test_what_does_not_fit_is_refused(ctx, company, declare, counts, wrong):
    before = counts()
    with pytest.raises(InvalidInput):
        declare(of("P-200", fraction=0.1), wrong)
    assert counts() == before


def test_declarations_of_parts_that_are_not_there_are_refused(ctx, company, other, scanned, view):
    scanned()
    part_id = UUID(view("P-100")["id"])
    declaration = of("x", fraction=0.1).declaration
    for who, which in ((company, uuid4()), (other, part_id)):
        with pytest.raises(NotFound):
            declarations.declare_one(ctx, who, which, declaration, by=BY)
        with pytest.raises(NotFound):
            declarations.list_all(ctx, who, which)


def test_known_cas_numbers_are_the_release_s(knowledge):
    from scanner.compose import unknown_substances

    declaration = Declaration(
        0, True, (DeclaredSubstance(NICKEL, mass_g=1.0), DeclaredSubstance(UNKNOWN, mass_g=1.0))
    )
    assert unknown_substances(declaration, knowledge.recipes) == (UNKNOWN,)
