from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from scanner.core.errors import Conflict, InvalidInput, NotFound, ScannerError
from scanner.services import invitations, users
from scanner.services.roles import Role
from scanner.store.stamps import now

PASSWORD = "een lang wachtwoord"


@pytest.fixture
def made(ctx, company):
    return invitations.create(ctx, company, email="Bo@Example.org", role=Role.READER)


def test_whoever_takes_an_invitation_may_sign_in(ctx, company, made):
    shown = invitations.find(ctx, made.token)
    assert (shown.company, shown.email, shown.role) == ("Acme", "bo@example.org", Role.READER)
    person = invitations.accept(ctx, made.token, name="Bo", password=PASSWORD)
    assert (person.company_id, person.role, person.name) == (company, Role.READER, "Bo")
    assert users.authenticate(ctx, "bo@example.org", PASSWORD).id == person.id
    assert invitations.list_all(ctx, company) == ()


def test_an_invitation_can_be_taken_once_however_many_try(ctx, company, made):
    def take(_):
        try:
            invitations.accept(ctx, made.token, name="Bo", password=PASSWORD)
        except ScannerError:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(4))) == 1
    assert [one.email for one in users.list_all(ctx, company)] == ["bo@example.org"]


@pytest.mark.parametrize("token", ["", "inv", "inv_00_x", "rms_" + "0" * 32 + "_x", "inv_é_x"])
def test_what_is_no_invitation_finds_nothing(ctx, made, token):
    with pytest.raises(NotFound):
        invitations.find(ctx, token)


def test_withdrawn_old_and_tampered_invitations_are_worthless(
    ctx, company, other, made, monkeypatch
):
    with pytest.raises(NotFound):
        invitations.find(ctx, made.token + "x")
    with pytest.raises(NotFound):
        invitations.withdraw(ctx, other, made.invitation.id)
    with monkeypatch.context() as late:
        late.setattr(invitations, "now", lambda: now() + timedelta(days=8))
        with pytest.raises(NotFound):
            invitations.find(ctx, made.token)
        assert invitations.list_all(ctx, company) == ()
    assert [one.id for one in invitations.list_all(ctx, company)] == [made.invitation.id]
    invitations.withdraw(ctx, company, made.invitation.id)
    with pytest.raises(NotFound):
        invitations.accept(ctx, made.token, name="Bo", password=PASSWORD)


def test_an_easy_password_leaves_the_invitation_open(ctx, made):
    with pytest.raises(InvalidInput):
        invitations.accept(ctx, made.token, name="Bo", password="easy")
    assert invitations.accept(ctx, made.token, name="", password=PASSWORD).name == "bo@example.org"


def test_somebody_who_signs_in_already_is_not_invited(ctx, company, other, made):
    invitations.accept(ctx, made.token, name="Bo", password=PASSWORD)
    with pytest.raises(Conflict):
        invitations.create(ctx, other, email="bo@example.org", role=Role.OWNER)
