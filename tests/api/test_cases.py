"""The cases of a help-desk: numbers, what happens in them, replies, statistics."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from scanner.services import keys, users
from scanner.services.roles import SCOPES_OF, Role
from tests.api.conftest import Caller

PASSWORD = "a long enough password"


@pytest.fixture
def case(acme):
    made = acme.post("/v1/cases", json={"question": "Zit er kobalt in?", "contact": "Bo"})
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == f"/v1/cases/{made.json['id']}"
    return made.json


def look_up(caller, case, subject, thing):
    answer = caller.post(
        f"/v1/cases/{case['id']}/looked-up", json={"subject": subject, "id": thing}
    )
    assert answer.status_code == 201, answer.text
    return answer.json


def reply(caller, case, language):
    return caller.get(f"/v1/cases/{case['id']}/reply?language={language}").json


def test_numbers_run_by_year_and_are_not_given_twice(acme, case):
    year, number = map(int, case["number"].split("-"))
    assert year == datetime.now(UTC).year
    assert acme.delete(f"/v1/cases/{case['id']}").status_code == 204
    after = acme.post("/v1/cases", json={"question": "And nickel?"}).json
    assert after["number"] == f"{year}-{number + 1:04}"


def test_a_change_asks_for_the_case_as_it_is_known(acme, case):
    path = f"/v1/cases/{case['id']}"
    seen = acme.get(path)
    tag = seen.headers["ETag"]
    assert acme.get(path, headers={"If-None-Match": tag}).status_code == 304
    noted = acme.post(f"{path}/notes", json={"text": "Calls back."})
    newer = {"If-Match": noted.headers["ETag"]}
    for method, where, body in (
        ("PATCH", path, {"json": {"state": "closed"}}),
        ("DELETE", f"{path}/looked-up/1", {}),
        ("DELETE", path, {}),
    ):
        for known in (tag, '"", "S!"'):
            refused = acme.open(method, where, headers={"If-Match": known}, **body)
            assert (refused.status_code, refused.json["code"]) == (412, "precondition-failed")
            assert refused.json["errors"][0]["parameter"] == "If-Match"
    unlike = acme.get(path, headers={"If-None-Match": noted.headers["ETag"]})
    assert unlike.status_code == 304  # what was refused has changed nothing
    changed = acme.open("PATCH", path, headers=newer, json={"state": "closed"})
    assert changed.status_code == 200
    assert (
        acme.delete(path, headers={"If-Match": f"W/{changed.headers['ETag']}"}).status_code == 412
    )
    assert acme.delete(path, headers={"If-Match": "*"}).status_code == 204
    assert acme.delete(path, headers={"If-Match": "*"}).status_code == 404


def test_what_is_looked_up_already_leaves_the_case_as_it_is_known(acme, case):
    known = look_up(acme, case, "material", "cobalt")
    look_up(acme, case, "material", "cobalt")
    path = f"/v1/cases/{case['id']}"
    tag = acme.get(path).headers["ETag"]
    assert look_up(acme, case, "material", "cobalt")["entries"] == known["entries"]
    headers = {"If-Match": tag}
    assert acme.open("PATCH", path, headers=headers, json={"state": "open"}).status_code == 200


def test_companies_count_apart(acme, case, rival):
    first = rival.post("/v1/cases", json={"question": "What?"}).json
    assert first["number"].endswith("-0001")
    assert acme.get(f"/v1/cases/{first['id']}").status_code == 404
    assert case["id"] not in rival.get("/v1/cases").text


def test_what_happens_is_told_in_order(ctx, acme, case):
    path = f"/v1/cases/{case['id']}"
    helper = users.create(
        ctx, acme.company.id, email=f"{uuid4()}@example.org", name="An", role=Role.HELP_DESK,
        password=PASSWORD,
    )  # fmt: skip
    look_up(acme, case, "material", "cobalt")
    acme.post(f"{path}/notes", json={"text": "Calls back."})
    changes = {"state": "closed", "assigned_to": str(helper.id)}
    changed = acme.open("PATCH", path, json=changes).json
    happened = [(one["number"], one["kind"], one["body"]) for one in changed["entries"]]
    assert happened == [
        (1, "looked-up", "cobalt"),
        (2, "note", "Calls back."),
        (3, "state", "closed"),
        (4, "handed-over", str(helper.id)),
    ]
    assert changed["closed_at"]
    mine = acme.get(f"/v1/cases?assigned_to={helper.id}&state=closed").json
    assert [one["id"] for one in mine["items"]] == [case["id"]]
    assert acme.open("PATCH", path, json={"state": "open"}).json["closed_at"] is None
    users.remove(ctx, acme.company.id, helper.id)
    assert acme.get(path).json["assigned_to"] is None


def test_the_same_is_looked_up_once_and_can_be_taken_out(acme, case):
    look_up(acme, case, "alloy", "1.4404")
    twice = look_up(acme, case, "alloy", "ss_1_4404")
    assert [one["body"] for one in twice["entries"]] == ["ss_1_4404"]
    path = f"/v1/cases/{case['id']}/looked-up/1"
    assert [acme.delete(path).status_code for _ in range(2)] == [204, 404]
    assert acme.delete(f"{path}{'0' * 30}").status_code == 404


@pytest.mark.parametrize(
    ("subject", "thing"),
    [("material", "unobtainium"), ("country", "ZZZ"), ("code", "x"), ("bom", "x"), ("text", " "),
     ("bom", "00000000-0000-7000-8000-000000000000"), ("alloy", "none"), ("component", "none")],
)  # fmt: skip
def test_what_nobody_knows_is_refused_at_its_place(acme, case, subject, thing):
    answer = acme.post(f"/v1/cases/{case['id']}/looked-up", json={"subject": subject, "id": thing})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/id")


def test_a_case_goes_to_members_who_may_keep_cases_only(ctx, acme, rival, case):
    def made(company, role):
        email = f"{uuid4()}@example.org"
        return users.create(
            ctx, company.id, email=email, name="Xe", role=role, password=PASSWORD
        ).id

    for stranger in (made(acme.company, Role.READER), made(rival.company, Role.OWNER), uuid4()):
        answer = acme.open("PATCH", f"/v1/cases/{case['id']}", json={"assigned_to": str(stranger)})
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/assigned_to")


def test_a_reply_tells_figures_with_year_and_source(acme, case):
    look_up(acme, case, "material", "cobalt")
    risk = acme.get("/v1/materials/cobalt").json["supply_risk"]
    english, dutch = reply(acme, case, "en"), reply(acme, case, "nl")
    assert f"supply risk is {risk['value']:.1f} (" in english["text"]
    assert risk["year"] in english["text"]
    shown = f"{risk['value']:.1f}".replace(".", ",")
    assert f"leveringsrisico is {shown} (" in dutch["text"]
    assert "strategische en van kritieke grondstoffen" in dutch["text"]
    assert "Bronnen:\n[1] " in dutch["text"]
    assert case["number"] in dutch["text"]
    assert "Zit er kobalt in?" in english["text"]
    assert reply(acme, case, "nl") == dutch, "the same facts give the same text"


def test_a_reply_tells_of_everything_that_can_be_looked_up(acme, case, pump):
    for subject, thing in (
        ("alloy", "1.4404"), ("country", "CHN"), ("component", "mlcc"), ("code", "8505 11"),
        ("text", "Magnet NdFeB N42"), ("text", "Frobnicator"), ("bom", pump["id"]),
    ):  # fmt: skip
        look_up(acme, case, subject, thing)
    text = reply(acme, case, "nl")["text"]
    for words in (
        "bevat, voor zover wij weten:\n- ",
        "China levert aan de wereld onder meer:\n- ",
        "nikkel: zeker, 10–13 % van de massa, kritiek en strategisch (op de lijst als: ",
        "niobium: mogelijk, ten hoogste 0,5 % van de massa",
        "850511 (",
        "De tekst ‘Magnet NdFeB N42’ lezen wij als:",
        "neodymium: ",
        "Wij herkennen ‘Frobnicator’ niet. Wat erin zit is onbekend",
        "regels van ‘",
        "staan vooraan:\n- ",
    ):
        assert words in text, (words, text)
    assert "{" not in text
    assert reply(acme, case, "en")["left_out"] == []


def test_without_facts_nothing_is_claimed(acme, case):
    answer = reply(acme, case, "en")
    assert "Nothing was looked up yet." in answer["text"]
    assert "Sources:" not in answer["text"]


def test_a_bom_is_told_only_to_who_may_see_boms(ctx, acme, case, pump):
    look_up(acme, case, "bom", pump["id"])
    scopes = tuple(SCOPES_OF[Role.HELP_DESK])
    made = keys.create(ctx, acme.company.id, name="desk", scopes=scopes)
    desk = Caller(acme.company, made.token, acme.client)
    answer = reply(desk, case, "nl")
    assert answer["left_out"] == [{"number": 1, "reason": "not_allowed"}]
    assert "herkenden" not in answer["text"]
    refused = desk.post(
        f"/v1/cases/{case['id']}/looked-up", json={"subject": "bom", "id": pump["id"]}
    )
    assert refused.status_code == 403


def test_a_reply_says_what_is_gone(acme, case):
    bom = acme.upload(b"Description;Qty\nShaft 1.4462;2\n").json
    look_up(acme, case, "bom", bom["id"])
    acme.delete(f"/v1/boms/{bom['id']}")
    assert reply(acme, case, "nl")["left_out"] == [{"number": 1, "reason": "gone"}]


def test_statistics_count_and_hold_nothing_of_callers(acme, case):
    before = acme.get("/v1/cases/statistics").json
    path = f"/v1/cases/{case['id']}"
    look_up(acme, case, "material", "gallium")
    look_up(acme, case, "text", "Secret gadget")
    acme.open("PATCH", path, json={"state": "waiting", "language": "en"})
    answer = acme.get("/v1/cases/statistics")
    after = answer.json
    assert after["total"] == before["total"]

    def number(found, name, value):
        return next((one["cases"] for one in found[name] if one["value"] == value), 0)

    for name, value in (
        ("states", "waiting"), ("languages", "en"), ("subjects", "text"), ("materials", "gallium")
    ):  # fmt: skip
        assert number(after, name, value) == number(before, name, value) + 1, name
    month = f"{datetime.now(UTC):%Y-%m}"
    assert number(after, "months", month) == after["total"]
    for private in ("Secret", "Bo", "kobalt"):
        assert private not in answer.text
    assert acme.get("/v1/cases/statistics?year=2001").json["total"] == 0
