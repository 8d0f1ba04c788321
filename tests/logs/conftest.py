"""The log of this process as JSON, while a test runs."""

import io
import logging

import orjson
import pytest

from scanner import logs


class Log:
    """What was logged so far, as text and as objects."""

    def __init__(self, stream):
        self._stream = stream

    @property
    def text(self):
        return self._stream.getvalue()

    def lines(self, message):
        found = [orjson.loads(line) for line in self.text.splitlines()]
        return [line for line in found if line["message"] == message]


@pytest.fixture
def log():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines("test"))
    root, ours = logging.getLogger(), logging.getLogger("scanner")
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.DEBUG)
    yield Log(stream)
    root.removeHandler(handler)
    ours.setLevel(level)
