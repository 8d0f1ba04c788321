from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from scanner.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn
from scanner.services import keys
from scanner.services.roles import Scope
from scanner.store.stamps import now
from scanner.store.tables import Table


@pytest.fixture
def made(ctx, company):
    return keys.create(ctx, company, name="ERP", scopes=[Scope.BOMS_READ, Scope.BOMS_WRITE])


def test_a_key_says_whose_it_is_and_what_it_may(ctx, company, made):
    principal = keys.verify(ctx, made.token)
    assert principal.company_id == company
    assert principal.key_id == made.key.id
    assert principal.scopes == {"boms:read", "boms:write"}


def test_only_a_digest_of_the_secret_is_kept(ctx, made):
    secret = made.token.split("_", 2)[2]
    with ctx.database.reading() as connection:
        dump = "\n".join(
            str(row)
            for table in Table.metadata.sorted_tables
            for row in connection.execute(select(table))
        )
    assert str(made.key.id) in dump
    assert secret not in dump
    assert secret not in repr(made)
    assert secret.encode().hex() not in dump.lower()


def test_each_token_is_another_and_long_enough(ctx, company):
    tokens = {keys.create(ctx, company, name="k").token for _ in range(5)}
    assert len(tokens) == 5
    assert all(token.startswith("rms_") and len(token.split("_", 2)[2]) >= 43 for token in tokens)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: "",
        lambda token: "rms",
        lambda token: "rms__",
        lambda token: "rms_xyz_secret",
        lambda token: token[:-1],
        lambda token: token + "x",
        lambda token: token.replace("rms_", "gs_"),
        lambda token: f"rms_{uuid4().hex}_{token.split('_', 2)[2]}",
        lambda token: "rms_\x00_ÿ",
        lambda token: token.rsplit("_", 1)[0] + "_\ud800",
    ],
)
def test_anything_else_is_refused_in_the_same_words(ctx, made, spoil):
    with pytest.raises(NotSignedIn, match="unknown, expired or revoked"):
        keys.verify(ctx, spoil(made.token))


def test_a_revoked_key_is_worthless_and_stays_listed(ctx, company, made):
    keys.revoke(ctx, company, made.key.id)
    with pytest.raises(NotSignedIn):
        keys.verify(ctx, made.token)
    (listed,) = keys.list_all(ctx, company)
    keys.revoke(ctx, company, made.key.id)
    assert keys.list_all(ctx, company) == (listed,)
    assert listed.revoked_at is not None


def test_a_key_expires(ctx, company, monkeypatch):
    made = keys.create(ctx, company, name="short", expires_at=now() + timedelta(hours=1))
    assert keys.verify(ctx, made.token)
    later = now() + timedelta(hours=1)
    monkeypatch.setattr("scanner.services.keys.now", lambda: later)
    with pytest.raises(NotSignedIn):
        keys.verify(ctx, made.token)


def test_last_use_is_noted_and_only_now_and_then(ctx, company, made, monkeypatch):
    assert keys.list_all(ctx, company)[0].last_used_at is None
    keys.verify(ctx, made.token)
    first = keys.list_all(ctx, company)[0].last_used_at
    keys.verify(ctx, made.token)
    assert keys.list_all(ctx, company)[0].last_used_at == first
    later = first + keys.USE_IS_NOTED_EVERY
    monkeypatch.setattr("scanner.services.keys.now", lambda: later)
    keys.verify(ctx, made.token)
    assert keys.list_all(ctx, company)[0].last_used_at == later


def test_another_pepper_knows_no_key(ctx, made, monkeypatch):
    monkeypatch.setitem(ctx.settings.__dict__, "key_pepper", "another")
    with pytest.raises(NotSignedIn):
        keys.verify(ctx, made.token)


def test_another_company_can_neither_see_nor_revoke_a_key(ctx, other, made):
    assert keys.list_all(ctx, other) == ()
    with pytest.raises(NotFound):
        keys.revoke(ctx, other, made.key.id)
    assert keys.verify(ctx, made.token)


@pytest.mark.parametrize("scopes", [[], ["boms:eat"]])
def test_scopes_are_a_closed_list(ctx, company, scopes):
    with pytest.raises(InvalidInput):
        keys.create(ctx, company, name="k", scopes=scopes)


def test_a_key_needs_a_company_and_a_future(ctx, company):
    with pytest.raises(NotFound):
        keys.create(ctx, uuid4(), name="k")
    with pytest.raises(InvalidInput):
        keys.create(ctx, company, name="k", expires_at=now())


def test_a_rotated_key_works_beside_its_successor_for_a_while(ctx, company, made):
    new = keys.rotate(ctx, company, made.key.id, overlap=timedelta(hours=1))
    assert keys.verify(ctx, made.token).key_id == made.key.id
    assert keys.verify(ctx, new.token).scopes == {"boms:read", "boms:write"}
    old = keys.get(ctx, company, made.key.id)
    assert (old.replaced_by, new.key.name) == (new.key.id, "ERP")
    assert timedelta(minutes=59) < old.expires_at - now() <= timedelta(hours=1)
    with pytest.raises(Conflict):
        keys.rotate(ctx, company, made.key.id)


def test_a_key_rotated_without_overlap_is_worthless_at_once(ctx, company, made):
    keys.rotate(ctx, company, made.key.id, overlap=timedelta(0))
    with pytest.raises(NotSignedIn):
        keys.verify(ctx, made.token)


def test_a_successor_lives_as_long_as_its_key_did(ctx, company):
    made = keys.create(ctx, company, name="x", expires_at=now() + timedelta(days=30))
    new = keys.rotate(ctx, company, made.key.id)
    life = new.key.expires_at - new.key.created_at
    assert abs(life - timedelta(days=30)) < timedelta(minutes=1)


def test_keys_of_others_and_revoked_ones_are_not_rotated(ctx, company, other, made):
    with pytest.raises(NotFound):
        keys.rotate(ctx, other, made.key.id)
    with pytest.raises(InvalidInput):
        keys.rotate(ctx, company, made.key.id, overlap=timedelta(days=366))
    keys.revoke(ctx, company, made.key.id)
    with pytest.raises(Conflict):
        keys.rotate(ctx, company, made.key.id)
