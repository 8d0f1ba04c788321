"""What is compared with a public package: its inputs as they are, and each fault mended."""

import sqlite3

import pytest

from benchmarks.peers.comparison import compare
from benchmarks.peers.inputs import Inputs

TABLES = {
    "world_mining_data": """
        CREATE TABLE "HS Code Map" (Sheet_name, "Reference ID", "HS Code",
                                    "HS Code - Complementary");
        INSERT INTO "HS Code Map" VALUES ('Bauxite', 'Bauxite', '260600', NULL),
                                         ('Talc', 'Talc', 'Not Available', NULL);
        CREATE TABLE "Bauxite" (Country_Code, "2022", unit);
        INSERT INTO "Bauxite" VALUES ('36', 60.9, 'metr. t'), ('328', 30, 'metr. t'),
                                     ('328', 10, 'metr. t'), ('DELETE', 100, 'metr. t');
    """,
    "baci": """
        CREATE TABLE baci_trade (t, i, j, k, v, q);
        INSERT INTO baci_trade VALUES ('2022', '36', '528', 260600, '3', '30'),
                                      ('2022', '328', '528', 260600, '7', '70'),
                                      ('2022', '490', '528', 260600, '2', NULL),
                                      ('2022', '36', '276', 260600, '9', '90');
        CREATE TABLE country_codes_V202401b (country_code, country_iso3);
        INSERT INTO country_codes_V202401b VALUES ('36', 'AUS'), ('328', 'GUY'), ('490', 'S19'),
                                                  ('528', 'NLD'), ('276', 'DEU');
    """,
    "wgi": """
        CREATE TABLE Normalized (country_code, "2022");
        INSERT INTO Normalized VALUES ('36', '0.3'), ('328', '0.4'), ('328', '0.5'), (NULL, '0.9');
    """,
}


@pytest.fixture
def inputs(tmp_path):
    for name, script in TABLES.items():
        connection = sqlite3.connect(tmp_path / f"{name}.db")
        connection.executescript(script)
        connection.close()
    return Inputs(tmp_path, 2022)


def row(score, hhi=0.46, risk=0.37, price=0.12):
    return {
        "Raw Material": "Bauxite", "Country [Economic Entity]": "Netherlands",
        "GeoPolRisk Score": score, "HHI": hhi, "Import Risk": risk, "Price": price,
    }  # fmt: skip


def test_inputs_are_read_as_the_peer_reads_them(inputs):
    assert list(inputs.materials) == ["Bauxite"]
    assert inputs.production("Bauxite") == [("36", 60.0), ("328", 30.0), ("328", 10.0)]
    assert inputs.instability == {"36": 0.3, "328": 0.4}
    assert inputs.doubled == {"328"}
    assert inputs.countries["490"] == "TWN"
    bought = inputs.imports("Bauxite", frozenset({"528"}))
    assert {(one.origin, one.weight_t) for one in bought} == {("36", 30), ("328", 70), ("490", 0)}


def test_the_same_inputs_give_the_same_score(inputs, engine):
    (found,) = compare(inputs, engine.facts, [row(0.46 * 0.37)], {"Netherlands": "NLD"})
    assert found.ours.score == pytest.approx(0.46 * 0.37)
    assert found.apart < 1e-9
    assert found.changed(0) > 1e-6
    assert found.changed(1) == 0.0


def test_a_difference_is_not_hidden(inputs, engine):
    given = [row(0.2), row(0.46 * 0.37, price=0.1)]
    for found in compare(inputs, engine.facts, given, {"Netherlands": "NLD"}):
        assert found.apart > 0.1
