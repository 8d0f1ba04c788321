from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from scanner.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn
from scanner.services import passwords, users
from scanner.services.roles import SCOPES_OF, Role, Scope
from scanner.store import users as rows
from scanner.store.stamps import now

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
    real = passwords.HASHER

    class Counting:
        def verify(self, hashed, password):
            checked.append(hashed)
            return real.verify(hashed, password)

        def hash(self, password):
            return real.hash(password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    for email in ("an@example.org", "nobody@example.org"):
        with pytest.raises(NotSignedIn):
            users.authenticate(ctx, email, "wrong")
    known, unknown = checked
    assert known.rsplit("$", 2)[0] == unknown.rsplit("$", 2)[0]  # the same cost parameters


def test_a_password_hashed_with_weaker_parameters_is_hashed_anew(ctx, company, person):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with ctx.database.writing() as connection:
        rows.change_password(company, connection, person.id, password_hash=weak)
    users.authenticate(ctx, "an@example.org", PASSWORD)
    with ctx.database.reading() as connection:
        stored = rows.find(company, connection, person.id).password_hash
    assert stored != weak
    assert not passwords.HASHER.check_needs_rehash(stored)
    assert users.authenticate(ctx, "an@example.org", PASSWORD)


def test_an_address_is_taken_once_in_all_companies(ctx, other, person):
    with pytest.raises(Conflict):
        users.create(
            ctx, other, email="AN@example.org", name="B", role=Role.READER, password=PASSWORD
        )


def test_short_passwords_and_odd_addresses_are_refused(ctx, company):
    for password in ("short", "aaaaaaaaaaaaaaa", "bernard-bernard", "x" * 1025):
        with pytest.raises(InvalidInput, match="password"):
            users.create(
                ctx, company, email="bernard@x", name="B", role=Role.READER, password=password
            )
    with pytest.raises(InvalidInput, match="e-mail"):
        users.create(ctx, company, email="nobody", name="B", role=Role.READER, password=PASSWORD)


def test_people_are_known_in_their_company_only(ctx, company, other, person):
    assert users.get(ctx, company, person.id).email == "an@example.org"
    with pytest.raises(NotFound):
        users.get(ctx, other, person.id)
    with pytest.raises(NotFound):
        users.create(ctx, uuid4(), email="c@x", name="C", role=Role.OWNER, password=PASSWORD)


def test_two_people_who_take_one_address_at_the_same_time_are_one_person(ctx, company, other):
    def take(owner):
        try:
            users.create(ctx, owner, email="same@x", name="S", role=Role.READER, password=PASSWORD)
        except Conflict:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, [company, other] * 4)) == 1


def test_signing_out_makes_every_copy_of_a_session_worthless(ctx, company, person):
    signed_in, session = users.sign_in(ctx, "an@example.org", PASSWORD)
    _, elsewhere = users.sign_in(ctx, "an@example.org", PASSWORD)
    assert users.signed_in(ctx, company, session).id == person.id
    users.sign_out(ctx, signed_in, session)
    assert users.signed_in(ctx, company, session) is None
    assert users.signed_in(ctx, company, elsewhere).id == person.id


def test_a_session_is_worth_nothing_in_another_company_and_after_its_time(
    ctx, company, other, person
):
    _, session = users.sign_in(ctx, "an@example.org", PASSWORD)
    assert users.signed_in(ctx, other, session) is None
    late = now() + timedelta(hours=ctx.settings.session_hours)
    with ctx.database.reading() as connection:
        assert rows.signed_in(company, connection, session, at=late) is None


def test_a_new_password_ends_all_other_sessions(ctx, company, person):
    signed_in, here = users.sign_in(ctx, "an@example.org", PASSWORD)
    _, elsewhere = users.sign_in(ctx, "an@example.org", PASSWORD)
    with pytest.raises(InvalidInput, match="present password"):
        users.change_password(ctx, signed_in, here, old="wrong", new="another long password")
    users.change_password(ctx, signed_in, here, old=PASSWORD, new="another long password")
    assert users.signed_in(ctx, company, here) is not None
    assert users.signed_in(ctx, company, elsewhere) is None
    with pytest.raises(NotSignedIn):
        users.authenticate(ctx, "an@example.org", PASSWORD)
    users.set_password(ctx, person, "set by the operator")
    assert users.signed_in(ctx, company, here) is None
    assert users.authenticate(ctx, "an@example.org", "set by the operator")


def test_a_removed_person_is_signed_out_and_leaves_the_address_free(ctx, company, other, person):
    users.create(ctx, company, email="own@x", name="O", role=Role.OWNER, password=PASSWORD)
    _, session = users.sign_in(ctx, "an@example.org", PASSWORD)
    with pytest.raises(NotFound):
        users.remove(ctx, other, person.id)
    users.remove(ctx, company, person.id)
    assert users.signed_in(ctx, company, session) is None
    users.create(ctx, other, email="an@example.org", name="An", role=Role.READER, password=PASSWORD)
    assert users.find(ctx, "AN@example.org").company_id == other


def test_a_company_keeps_an_owner(ctx, company, person):
    owner = users.create(ctx, company, email="own@x", name="O", role=Role.OWNER, password=PASSWORD)
    for change in (
        lambda: users.remove(ctx, company, owner.id),
        lambda: users.change_role(ctx, company, owner.id, Role.READER),
    ):
        with pytest.raises(Conflict, match="owner"):
            change()
    assert users.get(ctx, company, owner.id).role is Role.OWNER
    assert users.change_role(ctx, company, person.id, Role.OWNER).role is Role.OWNER
    users.remove(ctx, company, owner.id)
    assert [one.id for one in users.list_all(ctx, company)] == [person.id]


def test_roles_are_sets_of_scopes_and_the_help_desk_sees_no_bom():
    assert SCOPES_OF.keys() == set(Role)
    assert SCOPES_OF[Role.OWNER] == set(Scope)
    assert {role for role in Role if Scope.ADMIN in SCOPES_OF[role]} == {Role.OWNER}
    assert not {Scope.BOMS_READ, Scope.BOMS_WRITE} & SCOPES_OF[Role.HELP_DESK]
