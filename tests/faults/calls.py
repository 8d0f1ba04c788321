"""A client that does what ours tell integrators: one key per upload, sent again until answered."""

import http.client
import json
import time
from dataclasses import dataclass

PATIENCE = 120.0
AGAIN_AFTER = 0.1


@dataclass(frozen=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    """Requests to one deployment with its first key."""

    def __init__(self, deployment):
        self._port = deployment.port
        self._token = deployment.token()

    def once(self, method, path, body=None, **headers):
        """The answer; `OSError` or `HTTPException` when there is none, or half of one."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        allowed = {"Authorization": f"Bearer {self._token}", "Content-Type": "text/csv"}
        try:
            connection.request(method, path, body, {**allowed, **headers})
            got = connection.getresponse()
            try:
                body = got.read()
            except ConnectionError as error:
                raise http.client.IncompleteRead(b"") from error
            return Answer(got.status, dict(got.getheaders()), body)
        finally:
            connection.close()

    def until_answered(self, method, path, body=None, **headers):
        """The first answer that is not "not now": what was lost on the way is sent again."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.once(method, path, body, **headers)
            except (OSError, http.client.HTTPException):
                answer = None
            if answer is not None and answer.status not in (409, 503):
                return answer
            if time.monotonic() > deadline:
                raise AssertionError(f"{method} {path} was not answered: {answer}")
            time.sleep(AGAIN_AFTER)

    def upload(self, body, key, *, wait=0):
        """A BOM made of this file, whatever happens on the way; its id."""
        headers = {"Idempotency-Key": key, "Prefer": f"wait={wait}"}
        answer = self.until_answered("POST", "/v1/boms", body, **headers)
        assert answer.status == 201, answer
        return answer.json["id"]

    def all_boms(self):
        """Every BOM of the company."""
        found, path = [], "/v1/boms?limit=200"
        while path:
            page = self.until_answered("GET", path).json
            found += page["items"]
            path = page["next"] and f"/v1/boms?limit=200&cursor={page['next']}"
        return found
