import stat

import pytest

from scanner.core.errors import BrokenRelease, NotFound
from scanner.knowledge import loader
from scanner.knowledge.loader import load, releases, seal


def cached(folder):
    return sorted(folder.glob("knowledge-*.pickle"))


def test_the_newest_release_is_the_default(draft):
    draft.write()
    assert load(root=draft.root).release.id == draft.id
    assert [release.id for release in releases(draft.root)] == [draft.id]


def test_an_unknown_release_is_not_found(draft):
    draft.write()
    with pytest.raises(NotFound) as caught:
        load("2031.4", root=draft.root)
    assert draft.id in caught.value.advice


def test_no_release_at_all_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        load(root=tmp_path)


def test_the_cache_gives_the_same_knowledge(draft, tmp_path):
    draft.write()
    cache = tmp_path / "cache"
    built = load(root=draft.root, cache=cache)
    (path,) = cached(cache)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load(root=draft.root, cache=cache) == built
    assert load(root=draft.root) == built


def test_the_cache_is_opened_instead_of_the_tables(draft, tmp_path, monkeypatch):
    draft.write()
    load(root=draft.root, cache=tmp_path / "cache")

    def build(*_):
        raise AssertionError("the tables were read again")

    monkeypatch.setattr(loader, "build", build)
    assert load(root=draft.root, cache=tmp_path / "cache").release.id == draft.id


def test_a_changed_release_does_not_open_the_old_cache(draft, tmp_path):
    draft.write()
    cache = tmp_path / "cache"
    before = load(root=draft.root, cache=cache)
    draft.rows["development"][0]["hdi"] = "0.87"
    draft.write()
    after = load(root=draft.root, cache=cache)
    assert after.release.sha256 != before.release.sha256
    assert after.supply.countries["CHL"].development.hdi == 0.87
    assert len(cached(cache)) == 2


@pytest.mark.parametrize("content", [b"", b"not a pickle", b"\x80\x05N."])
def test_a_broken_cache_is_built_again(draft, tmp_path, content):
    draft.write()
    cache = tmp_path / "cache"
    built = load(root=draft.root, cache=cache)
    (path,) = cached(cache)
    path.write_bytes(content)
    assert load(root=draft.root, cache=cache) == built


def test_a_cache_that_others_may_read_is_not_trusted(draft, tmp_path, monkeypatch):
    draft.write()
    cache = tmp_path / "cache"
    built = load(root=draft.root, cache=cache)
    (path,) = cached(cache)
    path.chmod(0o644)
    monkeypatch.setattr(loader.pickle, "loads", lambda _: pytest.fail("opened"))
    assert load(root=draft.root, cache=cache) == built


def test_a_changed_table_stops_the_start(draft, tmp_path):
    draft.write()
    load(root=draft.root, cache=tmp_path / "cache")
    path = draft.folder / "supply_shares.csv"
    path.write_text(path.read_text().replace("0.6", "0.5"))
    with pytest.raises(BrokenRelease) as caught:
        load(root=draft.root, cache=tmp_path / "cache")
    assert caught.value.detail == (
        "Knowledge release test-draft: supply_shares.csv "
        "has another checksum than release.toml says."
    )


def test_a_broken_row_is_named_in_the_error(draft):
    draft.rows["countries"][1]["alpha2"] = "NM"
    draft.write()
    with pytest.raises(BrokenRelease) as caught:
        load(root=draft.root)
    assert caught.value.detail == (
        "Knowledge release test-draft: countries.csv, row 3, column code: "
        "not a pair of ISO 3166-1 codes (found 'NAM/NM')."
    )


def test_many_problems_are_counted_in_the_error(draft):
    for row in draft.rows["materials"]:
        row["eol_rir"] = "11"
    draft.write()
    with pytest.raises(BrokenRelease, match=r"; and 1 more\."):
        load(root=draft.root)


def test_an_unreadable_manifest_is_a_broken_release(draft):
    draft.write()
    (draft.folder / "release.toml").write_text("id = ")
    with pytest.raises(BrokenRelease, match=r"release\.toml cannot be read"):
        load(root=draft.root)


def test_a_release_in_the_folder_of_another_is_broken(draft):
    draft.write()
    draft.folder.rename(draft.root / "other")
    with pytest.raises(BrokenRelease, match="is of 'test-draft'"):
        releases(draft.root)


def test_sealing_makes_a_changed_draft_valid_again(draft):
    draft.write()
    path = draft.folder / "development.csv"
    path.write_text(path.read_text().replace("0.86", "0.87"))
    sealed = seal(draft.id, root=draft.root)
    assert load(root=draft.root).release == sealed


def test_a_final_release_is_never_sealed_again(draft):
    draft.write()
    manifest = draft.folder / "release.toml"
    manifest.write_text(manifest.read_text().replace('state = "draft"', 'state = "final"'))
    with pytest.raises(BrokenRelease, match="is final"):
        seal(draft.id, root=draft.root)


def test_the_digest_does_not_depend_on_the_order_of_tables():
    listed = (("a", "1"), ("b", "2"))
    assert loader.digest_of(listed) == loader.digest_of(listed[::-1])
    assert loader.digest_of(listed) != loader.digest_of((("a", "2"), ("b", "1")))
