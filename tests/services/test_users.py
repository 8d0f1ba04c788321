from uuid import uuid4

import pytest

from scanner.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn
from scanner.services import users
from scanner.services.users import Role

PASSWORD = "een lang wachtwoord"


@pytest.fixture
def person(ctx, company):
    return users.create(
        ctx, company, email="An@Example.org", name="An", role=Role.ANALYST, password=PASSWORD
    )


def test_a_person_signs_in_however_the_address_is_written(ctx, company, person):
    signed_in = users.authenticate(ctx, " an@EXAMPLE.org ", PASSWORD)
    assert (signed_in.id, signed_in.company_id, signed_in.role) == (person.id, company, "analyst")
    assert signed_in.company == "Acme"
    assert person.last_seen_at is None
    assert signed_in.last_seen_at is not None


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("an@example.org", "wrong"),
        ("an@example.org", ""),
        ("nobody@example.org", PASSWORD),
        ("", ""),
        ("an@example.org", "\ud800"),
    ],
)
def test_a_wrong_address_and_a_wrong_password_are_refused_alike(ctx, person, email, password):
    with pytest.raises(NotSignedIn, match="address or the password"):
        users.authenticate(ctx, email, password)


def test_an_unknown_address_costs_a_slow_hash_too(ctx, person, monkeypatch):
    checked = []
    real = users.HASHER

    class Counting:
        def verify(self, hashed, password):
            checked.append(hashed)
            return real.verify(hashed, password)

        def hash(self, password):
            return real.hash(password)

    monkeypatch.setattr(users, "HASHER", Counting())
    for email in ("an@example.org", "nobody@example.org"):
        with pytest.raises(NotSignedIn):
            users.authenticate(ctx, email, "wrong")
    known, unknown = checked
    assert known.rsplit("$", 2)[0] == unknown.rsplit("$", 2)[0]  # the same cost parameters


def test_a_password_hashed_with_weaker_parameters_is_hashed_anew(ctx, company, person):
    from argon2 import PasswordHasher

    from scanner.store import companies

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with ctx.database.writing() as connection:
        companies.change_password(company, connection, person.id, password_hash=weak)
    users.authenticate(ctx, "an@example.org", PASSWORD)
    with ctx.database.reading() as connection:
        stored = companies.find_user(company, connection, person.id).password_hash
    assert stored != weak
    assert not users.HASHER.check_needs_rehash(stored)
    assert users.authenticate(ctx, "an@example.org", PASSWORD)


def test_an_address_is_taken_once_in_all_companies(ctx, other, person):
    with pytest.raises(Conflict):
        users.create(
            ctx, other, email="AN@example.org", name="B", role=Role.READER, password=PASSWORD
        )


def test_short_passwords_and_odd_addresses_are_refused(ctx, company):
    with pytest.raises(InvalidInput, match="12 characters"):
        users.create(ctx, company, email="b@x", name="B", role=Role.READER, password="short")
    with pytest.raises(InvalidInput, match="e-mail"):
        users.create(ctx, company, email="nobody", name="B", role=Role.READER, password=PASSWORD)


def test_people_are_known_in_their_company_only(ctx, company, other, person):
    assert users.get(ctx, company, person.id).email == "an@example.org"
    with pytest.raises(NotFound):
        users.get(ctx, other, person.id)
    with pytest.raises(NotFound):
        users.create(ctx, uuid4(), email="c@x", name="C", role=Role.OWNER, password=PASSWORD)
