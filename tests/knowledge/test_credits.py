"""The page of sources: each under its terms, with the credit that its licence asks for."""

from scanner.knowledge import credits_page, load


def test_every_source_stands_under_its_terms_once(draft):
    draft.write()
    found = load(root=draft.root)
    page = credits_page(found.release, found.sources)
    assert "## Open licences (1)" in page
    assert "## Public domain (1)" in page
    assert "## Single facts (0)" in page
    assert page.count("`book`") == page.count("`later_book`") == 1


def test_open_licences_bring_their_attribution(draft):
    draft.rows["sources"][0]["attribution"] = "A house | A book"
    draft.write()
    found = load(root=draft.root)
    assert r"A house \| A book" in credits_page(found.release, found.sources)
