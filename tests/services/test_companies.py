import stat

import pytest

from scanner.core.errors import InvalidInput, NotFound, StorageFull
from scanner.services import companies, keys, users
from scanner.store.stamps import new_id


def test_the_first_start_makes_a_company_that_one_can_enter(ctx):
    login = companies.bootstrap(ctx)
    assert login is not None
    assert keys.verify(ctx, login.token).company_id == login.company.id
    assert keys.verify(ctx, login.token).scopes == set(keys.ALL_SCOPES)
    owner = users.authenticate(ctx, login.email, login.password)
    assert (owner.company_id, owner.role) == (login.company.id, "owner")


def test_the_first_login_is_kept_for_its_owners_eyes_only(ctx):
    login = companies.bootstrap(ctx)
    assert stat.S_IMODE(login.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(login.file.parent.stat().st_mode) == 0o700
    kept = login.file.read_text()
    assert kept == str(login)
    for secret in (login.password, login.token):
        assert secret in kept
        assert secret not in repr(login)


def test_the_second_start_does_nothing(ctx, counts):
    login = companies.bootstrap(ctx)
    before, kept = counts(), login.file.read_text()
    assert companies.bootstrap(ctx) is None
    assert (counts(), login.file.read_text()) == (before, kept)
    login.file.unlink()
    assert companies.bootstrap(ctx) is None
    assert not login.file.exists()


def test_a_first_start_that_cannot_write_the_file_makes_no_company(ctx, counts, monkeypatch):
    before = counts()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(companies, "write_private", full)
    with pytest.raises(StorageFull):
        companies.bootstrap(ctx)
    assert counts() == before


def test_companies_need_a_name_and_are_found_by_id(ctx):
    made = companies.create(ctx, name="  Acme ")
    assert companies.get(ctx, made.id) == made
    assert made.name == "Acme"
    with pytest.raises(InvalidInput):
        companies.create(ctx, name=" ")
    with pytest.raises(NotFound):
        companies.get(ctx, new_id())
