"""Values that are remembered for seconds, and the API keys that are."""

from dataclasses import replace

import pytest

from scanner.core.errors import NotSignedIn
from scanner.services import keys, recent
from scanner.services.context import KEYS_HOLD_FOR
from scanner.services.recent import Recent


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""

    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

    found = Clock()
    monkeypatch.setattr(recent, "time", found)
    return found


def test_a_value_is_found_once_until_it_is_old(clock):
    answers = iter("abc")
    held = Recent(2.0)
    assert [held.get(b"key", lambda: next(answers)) for _ in range(3)] == ["a", "a", "a"]
    clock.now += 1.9
    assert held.get(b"key", lambda: next(answers)) == "a"
    clock.now += 0.1
    assert held.get(b"key", lambda: next(answers)) == "b"
    held.forget()
    assert held.get(b"key", lambda: next(answers)) == "c"


def test_what_is_not_found_is_not_remembered(clock):
    held = Recent(2.0)

    def nothing():
        raise NotSignedIn("no")

    with pytest.raises(NotSignedIn):
        held.get(b"key", nothing)
    assert held.get(b"key", lambda: "found") == "found"


def test_only_so_many_values_are_remembered(clock, monkeypatch):
    monkeypatch.setattr(recent, "MOST", 3)
    held = Recent(2.0)
    for number in range(7):
        held.get(bytes([number]), lambda: "value")
        assert len(held._found) <= 3


def test_a_key_that_another_process_revokes_works_no_longer_than_is_said(ctx, company, clock):
    """The other process has its own memory; this one learns of it from the database."""
    other = replace(ctx, verified_keys=Recent(KEYS_HOLD_FOR))
    made = keys.create(ctx, company, name="k")
    assert keys.principal_of(ctx, made.token).key_id == made.key.id
    keys.revoke(other, company, made.key.id)
    clock.now += KEYS_HOLD_FOR
    with pytest.raises(NotSignedIn):
        keys.principal_of(ctx, made.token)
    assert KEYS_HOLD_FOR <= 1.0


def test_a_key_that_this_process_revokes_is_worthless_at_once(ctx, company, clock):
    made = keys.create(ctx, company, name="k")
    assert keys.principal_of(ctx, made.token).key_id == made.key.id
    keys.revoke(ctx, company, made.key.id)
    with pytest.raises(NotSignedIn):
        keys.principal_of(ctx, made.token)


def test_a_valid_key_does_not_vouch_for_another_secret(ctx, company, clock):
    made = keys.create(ctx, company, name="k")
    keys.principal_of(ctx, made.token)
    for token in (made.token[:-1], made.token + "x", "", "\ud800"):
        with pytest.raises(NotSignedIn):
            keys.principal_of(ctx, token)
