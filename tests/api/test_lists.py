"""Filters, orders and streams of lists."""

import tracemalloc
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import orjson
import pytest

SAMPLES = Path(__file__).parents[2] / "bom_samples"
NDJSON = {"Accept": "application/x-ndjson"}
NOWHERE = "01936f00-0000-7000-8000-000000000000"
"""An id of nothing; the same in every process that collects these tests."""

CSV = b"Description;Qty;Material\nShaft;2;1.4462\n"
HEADLESS = b"1;2;3\n4;5;6\n7;8;9\n"


def whole(caller, path, **query):
    """All entries of a list, page by page; every page tells the same total."""
    found, cursor, totals = [], None, set()
    while True:
        page = caller.get(
            path, query_string={**query, "limit": 3} | ({"cursor": cursor} if cursor else {})
        ).json
        found += page["items"]
        totals.add(page["total"])
        cursor = page["next"]
        if cursor is None:
            assert totals == {len(found)}
            return found


@pytest.fixture(scope="module")
def shelf(join):
    """A company with BOMs of equal and different names, one of them unreadable."""
    caller = join("Shelf")
    names = ["pump", "Pump 65_160", "valve", "pump", "50% valve", "axle"]
    ids = [caller.upload(CSV, name=name).json["id"] for name in names]
    ids.append(caller.upload(HEADLESS, name="broken pump").json["id"])
    return caller, [*names, "broken pump"], ids


def test_boms_by_the_state_of_their_newest_version(shelf):
    caller, _, ids = shelf
    assert [bom["id"] for bom in whole(caller, "/v1/boms", state="failed")] == ids[-1:]
    assert [bom["id"] for bom in whole(caller, "/v1/boms", state="ready")] == ids[-2::-1]
    assert whole(caller, "/v1/boms", state="processing") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pump", ["broken pump", "pump", "Pump 65_160", "pump"]),
        ("PUMP 6", ["Pump 65_160"]),
        ("5_1", ["Pump 65_160"]),
        ("0%", ["50% valve"]),
        ("%", ["50% valve"]),
        ("\\", []),
        ("'", []),
    ],
)
def test_boms_by_a_text_in_their_name(shelf, text, expected):
    found = whole(shelf[0], "/v1/boms", name=text)
    assert [bom["name"] for bom in found] == expected


def test_filters_go_together_and_stay_in_the_next_link(shelf):
    caller = shelf[0]
    query = {"name": "pump", "state": "ready", "sort": "name"}
    assert len(whole(caller, "/v1/boms", **query)) == 3
    answer = caller.get("/v1/boms", query_string={**query, "limit": 2})
    link = answer.headers["Link"]
    rest = caller.get(link[1 : link.index(">")]).json
    assert (len(rest["items"]), rest["total"], rest["next"]) == (1, 3, None)


def test_boms_in_every_order(shelf):
    caller, names, ids = shelf
    made = list(zip(names, ids, strict=True))

    def listed(sort):
        return [(bom["name"], bom["id"]) for bom in whole(caller, "/v1/boms", sort=sort)]

    assert listed("created_at") == made
    assert listed("-created_at") == made[::-1]
    assert listed("name") == sorted(made)
    assert listed("-name") == sorted(made, reverse=True)


def test_the_longest_names_have_cursors(join):
    caller = join("Long names")
    for last in "ab":
        name = "\N{GRINNING FACE}" * 199 + last
        sent = caller.post("/v1/boms", json={"name": name, "lines": [{"description": "Shaft"}]})
        assert sent.status_code == 201, sent.text
    first = caller.get("/v1/boms?sort=name&limit=1").json
    second = caller.get("/v1/boms", query_string={"sort": "name", "cursor": first["next"]}).json
    assert [bom["name"][-1] for bom in (*first["items"], *second["items"])] == ["a", "b"]


def test_a_cursor_belongs_to_its_order(shelf):
    caller = shelf[0]
    by_name = caller.get("/v1/boms?sort=name&limit=1").json["next"]
    by_time = caller.get("/v1/boms?limit=1").json["next"]
    for sort, cursor in (("created_at", by_name), ("name", by_time)):
        answer = caller.get("/v1/boms", query_string={"sort": sort, "cursor": cursor})
        assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/v1/boms", {"state": "done"}),
        ("/v1/boms", {"name": "x" * 201}),
        ("/v1/boms", {"sort": "size"}),
        ("/v1/boms", {"colour": "red"}),
        ("/v1/materials", {"critical": "yes"}),
        ("/v1/materials", {"sort": "supply_risk"}),
        ("/v1/materials", {"metal": "true"}),
        ("/v1/countries", {"critical": "true"}),
        (f"/v1/boms/{NOWHERE}/lines", {"presence": "sure"}),
        (f"/v1/boms/{NOWHERE}/lines", {"state": "ready"}),
        (f"/v1/boms/{NOWHERE}/lines", {"part": "1"}),
    ],
)
def test_what_a_list_does_not_know_is_refused(acme, path, query):
    answer = acme.get(path, query_string=query)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")
    assert [place["parameter"] for place in answer.json["errors"]] == list(query)


@pytest.mark.parametrize("critical", [None, True, False])
@pytest.mark.parametrize("strategic", [None, True, False])
def test_materials_by_the_lists_they_are_on(acme, critical, strategic):
    everything = acme.get("/v1/materials?limit=500").json["items"]
    wanted = {"critical": critical, "strategic": strategic}
    query = {name: str(value).lower() for name, value in wanted.items() if value is not None}
    found = acme.get("/v1/materials", query_string={**query, "limit": 500}).json
    expected = [
        item
        for item in everything
        if all(value in (None, item[name] is not None) for name, value in wanted.items())
    ]
    assert found["items"] == expected
    assert found["total"] == len(expected) > 0 or (critical, strategic) == (False, True)


@pytest.mark.parametrize("figure", ["supply_risk", "economic_importance"])
def test_materials_by_the_greatest_figure(acme, figure):
    items = whole(acme, "/v1/materials", sort=f"-{figure}", critical="true")
    assert len(items) > 20
    values = [item[figure]["value"] for item in items]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (len(values) - len(known))
    assert all(more >= less for more, less in pairwise(known))
    assert len({item["id"] for item in items}) == len(items)


def test_a_cursor_that_names_no_material_is_refused(acme):
    unknown = acme.get("/v1/materials", query_string={"cursor": "InVub2J0YWluaXVtIg"})
    assert (unknown.status_code, unknown.json["code"]) == (422, "invalid-input")


@pytest.fixture(
    scope="module", params=["pump/bom.csv", "sensor_board/bom.csv", "e_bike_drive/bom.xlsx"]
)
def sample(request, acme):
    """The lines of a sample, and where they are."""
    content = (SAMPLES / request.param).read_bytes()
    bom = acme.upload(content, name=Path(request.param).name).json
    path = f"/v1/boms/{bom['id']}/lines"
    return path, acme.get(path, query_string={"limit": 500}).json["items"]


@pytest.mark.parametrize("state", ["recognised", "ambiguous", "unrecognised"])
def test_lines_by_state(acme, sample, state):
    path, lines = sample
    expected = [line for line in lines if line["state"] == state]
    assert whole(acme, path, state=state) == expected


@pytest.mark.parametrize("presence", [None, "certain", "likely", "possible"])
def test_lines_behind_one_material(acme, sample, presence):
    """Exactly those whose answer shows the material, for every material of the sample."""
    path, lines = sample
    materials = {one["material"] for line in lines for one in line["materials"]}
    assert len(materials) > 5
    for material in sorted(materials):
        expected = [
            line
            for line in lines
            if any(
                one["material"] == material and presence in (None, one["presence"])
                for one in line["materials"]
            )
        ]
        query = {"material": material} | ({"presence": presence} if presence else {})
        assert whole(acme, path, **query) == expected, material


def test_lines_by_all_at_once(acme, sample):
    path, lines = sample
    expected = [
        line
        for line in lines
        if line["state"] == "recognised"
        and any(one["presence"] == "possible" for one in line["materials"])
    ]
    assert whole(acme, path, state="recognised", presence="possible") == expected


def test_a_material_that_nothing_brings(acme, sample):
    assert whole(acme, sample[0], material="unobtainium") == []


def test_all_lines_as_a_stream(acme, sample):
    path, lines = sample
    answer = acme.get(path, headers=NDJSON)
    assert answer.status_code == 200
    assert answer.mimetype == "application/x-ndjson"
    assert "Accept" in answer.headers["Vary"]
    assert answer.data.endswith(b"\n")
    assert [orjson.loads(line) for line in answer.data.splitlines()] == lines
    chosen = acme.get(path, headers=NDJSON, query_string={"state": "recognised"})
    assert [orjson.loads(line) for line in chosen.data.splitlines()] == [
        line for line in lines if line["state"] == "recognised"
    ]
    nothing = acme.get(path, headers=NDJSON, query_string={"material": "unobtainium"})
    assert (nothing.status_code, nothing.data) == (200, b"")


@pytest.mark.parametrize(
    "accept",
    ["*/*", "application/json", "text/html", "application/json, application/x-ndjson;q=0.5"],
)
def test_who_does_not_ask_for_a_stream_gets_a_page(acme, sample, accept):
    assert acme.get(sample[0], headers={"Accept": accept}).mimetype == "application/json"


def test_a_stream_has_no_pages(acme, sample):
    for query in ({"limit": 5}, {"cursor": "NQ"}):
        answer = acme.get(sample[0], headers=NDJSON, query_string=query)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["parameter"] in query


def test_a_stream_that_cannot_begin_is_a_problem(acme):
    failed = acme.upload(HEADLESS).json["id"]
    for bom_id, status in ((uuid4(), 404), (failed, 409)):
        answer = acme.get(f"/v1/boms/{bom_id}/lines", headers=NDJSON)
        assert answer.status_code == status
        assert answer.mimetype == "application/problem+json"


@pytest.fixture(scope="module")
def long(acme):
    """A BOM of 12 000 lines, each another part."""
    rows = "".join(f"P-{n};Shaft {n};2;1.4462\n" for n in range(12_000))
    bom = acme.upload(b"Part number;Description;Qty;Material\n" + rows.encode(), wait=60).json
    assert bom["version"]["lines"] == 12_000
    return bom


def test_a_long_stream_is_never_in_memory_as_a_whole(acme, long):
    """What is held at any moment, objects and text, is less than a fourth of the text sent."""
    answer = acme.get(f"/v1/boms/{long['id']}/lines", headers=NDJSON)
    chunks = answer.iter_encoded()
    sent = len(next(chunks))
    tracemalloc.start()
    for chunk in chunks:
        sent += len(chunk)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    answer.close()
    assert sent > 10_000_000
    assert peak < sent / 4


def test_a_stream_of_a_deleted_bom_breaks(acme, long):
    """The reader sees a broken answer, not a short one that looks whole."""
    copy = acme.upload(
        b"Part number;Description;Qty\n" + b"".join(b"Q-%d;Shaft;2\n" % n for n in range(2_000)),
        wait=60,
    ).json
    answer = acme.get(f"/v1/boms/{copy['id']}/lines", headers=NDJSON)
    chunks = answer.iter_encoded()
    next(chunks)
    acme.delete(f"/v1/boms/{copy['id']}")
    with pytest.raises(Exception, match="no such BOM"):
        list(chunks)
