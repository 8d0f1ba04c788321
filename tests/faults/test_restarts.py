"""The service is stopped and started under load: nothing that it began to answer breaks off."""

import http.client
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.calls import Client
from tests.faults.conftest import IN_FULL

RESTARTS = 50 if IN_FULL else 2
CLIENTS = 8
PACE = 200
"""Requests a second of all clients together."""

DRAIN_SECONDS = 30.0


class Load:
    """Requests at a steady pace; what became of them."""

    def __init__(self, client):
        self.client = client
        self.over = threading.Event()
        self.answered = self.refused = self.unheard = 0
        self.broken = []

    def run(self):
        while not self.over.wait(CLIENTS / PACE):
            try:
                answer = self.client.once("GET", "/v1/materials/cobalt")
            except ConnectionRefusedError:
                self.refused += 1
            except ConnectionError:  # taken by the system, and by nobody before the server ended
                self.unheard += 1
            except (OSError, http.client.HTTPException) as error:
                self.broken.append(repr(error))
            else:
                assert answer.status == 200, answer
                assert answer.json["id"] == "cobalt"
                self.answered += 1


@pytest.mark.slow
def test_no_answer_breaks_off_when_the_service_is_restarted(deployed, capsys):
    stops, starts = [], []
    with deployed() as deployment, ThreadPoolExecutor(CLIENTS) as threads:
        load = Load(Client(deployment))
        running = [threads.submit(load.run) for _ in range(CLIENTS)]
        try:
            for _ in range(RESTARTS):
                time.sleep(0.5)
                began = time.monotonic()
                deployment.stop_all(signal.SIGTERM)
                stops.append(time.monotonic() - began)
                began = time.monotonic()
                deployment.start_all()
                starts.append(time.monotonic() - began)
        finally:
            load.over.set()
        for one in running:
            one.result()
    with capsys.disabled():
        print(
            f"\n{RESTARTS} restarts, {load.answered} answers, {load.refused} refused meanwhile, "
            f"{load.unheard} not heard any more, {len(load.broken)} broken off {load.broken[:3]}; "
            f"stopped within {max(stops):.1f} s, ready within {max(starts):.1f} s"
        )
    assert load.broken == []
    assert load.answered > RESTARTS
    assert max(stops) <= DRAIN_SECONDS
