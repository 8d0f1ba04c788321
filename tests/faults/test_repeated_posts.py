"""One upload that is sent again and again, by many at once, has one effect."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.calls import Client
from tests.faults.conftest import IN_FULL

POSTS = 10_000 if IN_FULL else 160
CLIENTS = 16
BODY = b"Part number,Description,Quantity\nP-1,Shaft 1.4404,2\n"


@pytest.mark.slow
def test_posts_with_one_key_make_one_bom(deployed, capsys):
    with deployed() as deployment, ThreadPoolExecutor(CLIENTS) as threads:
        client = Client(deployment)

        def post(number):
            headers = {"Idempotency-Key": "one-for-all", "Prefer": "wait=0"}
            return client.once("POST", "/v1/boms", BODY, **headers)

        answers = list(threads.map(post, range(POSTS)))
        boms = client.all_boms()
    told = Counter(answer.status for answer in answers)
    first = [a for a in answers if a.status == 201 and "Idempotent-Replayed" not in a.headers]
    assert set(told) <= {201, 409}
    assert all(
        answer.json["code"] == "request-in-progress" for answer in answers if answer.status == 409
    )
    assert {answer.json["id"] for answer in answers if answer.status == 201} == {boms[0]["id"]}
    assert len(first) <= 1
    assert len(boms) == 1
    with capsys.disabled():
        print(f"\n{POSTS} POSTs from {CLIENTS} clients: {dict(told)}, {len(boms)} BOM")


@pytest.mark.slow
def test_posts_with_one_key_make_one_case(deployed, capsys):
    """What takes effect with its answer never says that it is being answered."""
    with deployed() as deployment, ThreadPoolExecutor(CLIENTS) as threads:
        client = Client(deployment)
        sent = json.dumps({"question": "Is there cobalt in it?"}).encode()
        headers = {"Idempotency-Key": "one-for-all", "Content-Type": "application/json"}

        def post(_):
            return client.once("POST", "/v1/cases", sent, **headers)

        answers = list(threads.map(post, range(POSTS)))
        cases = client.once("GET", "/v1/cases").json
    assert Counter(answer.status for answer in answers) == {201: POSTS}
    assert len({answer.body for answer in answers}) == 1
    first = [answer for answer in answers if "Idempotent-Replayed" not in answer.headers]
    assert len(first) == 1
    assert (cases["total"], cases["items"][0]["id"]) == (1, first[0].json["id"])
    with capsys.disabled():
        print(f"\n{POSTS} POSTs from {CLIENTS} clients: {cases['total']} case")
