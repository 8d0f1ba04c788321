"""The commands as a person runs them: what they print, and how they end."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PUMP = ROOT / "bom_samples" / "pump" / "bom.csv"


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    """Runs ``scanner …`` with a data folder of its own."""
    data = tmp_path_factory.mktemp("data")

    def run(*arguments: str, stdin: str | None = None, **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "scanner.cli", *arguments],
            cwd=ROOT,
            env={**os.environ, "SCANNER_DATA": str(data), **environment},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_help_lists_every_command(scanner):
    done = scanner("--help")
    assert done.returncode == 0
    for command in ("scan", "serve", "work", "db", "admin", "knowledge", "openapi", "settings"):
        assert f"\n  {command} " in done.stdout


def test_scan_prints_coverage_materials_and_doubts(scanner):
    done = scanner("scan", str(PUMP))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("We recognised ")
    assert "nickel" in done.stdout
    assert "strategic, if battery grade" in done.stdout
    assert "it is not free of risk" in done.stdout
    assert done.stderr == ""


def test_scan_as_json_has_the_head_and_every_line(scanner):
    done = scanner("scan", str(PUMP), "--format", "json", "--annual-units", "250")
    document = json.loads(done.stdout)
    assert document["schema"] == "profile/1"
    assert document["options"]["annual_units"] == "250"
    assert len(document["lines"]) == document["coverage"]["lines"]
    impeller = next(line for line in document["lines"] if line["row"] == 4)
    assert impeller["part"]["material"] == "1.4408"
    assert impeller["evidence"][0]["kind"] == "designation"
    assert impeller["evidence"][0]["text"] == "1.4408"
    assert impeller["evidence"][0]["points_to"].startswith("alloy:")
    nickel = next(m for m in impeller["materials"] if m["material"] == "nickel")
    assert nickel["presence"] == "certain"
    mass = nickel["mass_g"]
    assert (mass["low"] or mass["typical"]) > 0


def test_scenario_tells_what_is_lost_and_which_parts_hold_it(scanner):
    asked = ("scenario", str(PUMP), "--country", "chn", "--fraction", "0.5", "--material", "tin")
    told = scanner(*asked)
    assert "\n  scenario " in scanner("--help").stdout
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("China: 50% less supply.\nA mechanical exposure")
    document = json.loads(scanner(*asked, "--format", "json").stdout)
    assert document["kind"] == document["product"]["kind"] == "mechanical_exposure"
    (tin,) = document["product"]["materials"]
    assert tin["material"] == "tin"
    assert document["product"]["parts"]["count"] == len(document["product"]["parts"]["shown"]) > 0
    assert scanner("scenario", str(PUMP), "--country", "ZZZ").returncode == 2


def test_scan_by_documents_alone_says_what_it_leaves_out(scanner):
    done = scanner("scan", str(PUMP), "--documented-only")
    assert done.returncode == 0, done.stderr
    assert "Documented statements only" in done.stdout
    assert "recognised lines no document says what is inside" in done.stdout
    asked = scanner("scan", str(PUMP), "--documented-only", "--format", "json")
    document = json.loads(asked.stdout)
    assert document["options"]["documented_only"] is True
    assert not any(m["expert"] for line in document["lines"] for m in line["materials"])
    assert "Documented statements only" not in scanner("scan", str(PUMP)).stdout


def test_scan_says_about_of_a_nominal_figure(scanner, tmp_path):
    file = tmp_path / "bom.csv"
    file.write_text("description,quantity,unit mass (g)\nImpeller 1.4408,2,310\n", encoding="utf-8")
    done = scanner("scan", str(file))
    (nickel,) = [line for line in done.stdout.splitlines() if line.startswith("nickel")]
    assert "≈ 68.2 " in nickel


def test_scan_takes_a_column_by_name(scanner, tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text("ding;spul;hoeveel\nA1;1.4404;3\n", encoding="utf-8")
    refused = scanner("scan", str(file))
    assert refused.returncode == 3
    assert "No column headings were recognised" in refused.stderr
    pairs = ("ding=part_number", "spul=material", "hoeveel=quantity")
    read = scanner("scan", str(file), *(word for pair in pairs for word in ("--column", pair)))
    assert read.returncode == 0, read.stderr
    assert "chromium" in read.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.4\n%", "This kind of file is not read"),
        (b"Part number,Qty\n", "The file holds no lines"),
    ],
)
def test_unreadable_file_ends_with_3_and_a_sentence(scanner, tmp_path, content, words):
    file = tmp_path / "bom.csv"
    file.write_bytes(content)
    done = scanner("scan", str(file))
    assert done.returncode == 3
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_assembly_that_contains_itself_ends_with_3(scanner, tmp_path):
    file = tmp_path / "cycle.csv"
    file.write_text("Part number,Parent,Qty\nA,B,1\nB,A,1\n", encoding="utf-8")
    done = scanner("scan", str(file))
    assert done.returncode == 3
    assert "An assembly contains itself" in done.stderr


def test_wrong_use_ends_with_2(scanner):
    assert scanner("scan", str(PUMP), "--annual-units", "-4").returncode == 2
    assert scanner("scan", "no-such-file.csv").returncode == 2


def test_knowledge_check_prints_coverage(scanner):
    done = scanner("knowledge", "check")
    assert done.returncode == 0
    assert "90 of 90     materials named in four languages" in done.stdout
    assert scanner("knowledge", "list").stdout.startswith("2026.1-draft  ")


def test_unknown_release_is_said(scanner):
    done = scanner("scan", str(PUMP), "--release", "1999.1")
    assert done.returncode == 2
    assert "1999.1" in done.stderr


def test_contract_file_is_what_is_served(scanner):
    done = scanner("openapi", "--check")
    assert done.returncode == 0, done.stderr


def test_page_of_sources_is_that_of_the_newest_release(scanner):
    done = scanner("knowledge", "sources")
    assert done.returncode == 0, done.stderr


def test_settings_are_printed_and_compared_with_their_page(scanner):
    printed = scanner("settings")
    assert printed.returncode == 0, printed.stderr
    assert "\n| `SCANNER_PORT` | whole number | `8000` |" in printed.stdout
    assert scanner("settings", "--check").stdout == "docs/settings.md is up to date.\n"


def test_operator_makes_company_person_and_key(scanner):
    assert scanner("db", "upgrade").returncode == 0
    company = scanner("admin", "company", "create", "Machinefabriek Zuid").stdout.strip()
    assert company in scanner("admin", "company", "list").stdout
    mine = ("--company", company)
    person = scanner(
        "admin", "user", "create", *mine, "a@zuid.example", "--role", "owner",
        "--password", "long enough words",
    )  # fmt: skip
    assert "a@zuid.example may sign in as owner of Machinefabriek Zuid" in person.stdout
    made = scanner("admin", "key", "create", *mine, "erp", "--scope", "boms:read")
    assert made.stdout.startswith("rms_")
    (line,) = scanner("admin", "key", "list", *mine).stdout.splitlines()
    assert "erp  boms:read" in line
    key = line.split()[0]
    assert scanner("admin", "key", "rotate", *mine, key, "--hours", "0").stdout.startswith("rms_")
    assert "expired" in scanner("admin", "key", "list", *mine).stdout
    other = scanner("admin", "key", "list", *mine).stdout.splitlines()[1].split()[0]
    assert scanner("admin", "key", "revoke", *mine, other).returncode == 0
    assert "revoked" in scanner("admin", "key", "list", *mine).stdout


def test_operator_looks_after_people(scanner):
    company = scanner("admin", "company", "create", "Oost").stdout.strip()
    mine = ("--company", company)
    words = ("--password", "long enough words")
    scanner("admin", "user", "create", *mine, "a@oost.example", "--role", "owner", *words)
    way_in = scanner("admin", "user", "invite", *mine, "b@oost.example", "--role", "help-desk")
    assert way_in.stdout.startswith("/invitation/inv_")
    last = scanner("admin", "user", "remove", "a@oost.example")
    assert (last.returncode, "owner" in last.stderr) == (1, True)
    assert (
        "is analyst now" not in scanner("admin", "user", "role", "a@oost.example", "analyst").stdout
    )
    scanner("admin", "user", "create", *mine, "c@oost.example", "--role", "reader", *words)
    assert "is analyst now" in scanner("admin", "user", "role", "c@oost.example", "analyst").stdout
    assert len(scanner("admin", "user", "password", "c@oost.example", "--generate").stdout) > 12
    assert scanner("admin", "user", "remove", "C@oost.example").returncode == 0
    (left,) = scanner("admin", "user", "list", *mine).stdout.splitlines()
    assert "a@oost.example" in left
    log = scanner("admin", "audit", *mine).stdout
    assert "user.removed" in log
    assert "oost" not in log


def test_operator_exports_and_erases_a_company(scanner, tmp_path):
    company = scanner("admin", "company", "create", "Zuid").stdout.strip()
    file = tmp_path / "zuid.zip"
    assert scanner("admin", "company", "export", company, str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert "company.json" in zipfile.ZipFile(file).namelist()
    again = scanner("admin", "company", "export", company, str(file))
    assert (again.returncode, "cannot be written" in again.stderr) == (2, True)
    assert scanner("admin", "company", "erase", company, "--yes").returncode == 0
    assert company not in scanner("admin", "company", "list").stdout
    assert "company.erased" in scanner("admin", "audit", "--company", company).stdout


def test_wrong_setting_names_its_variable(scanner):
    done = scanner("db", "upgrade", SCANNER_PORT="eighty")
    assert done.returncode == 2
    assert "SCANNER_PORT" in done.stderr


def test_wheel_holds_migrations_contract_and_knowledge(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "scanner/_shipped/openapi.yaml" in names
    assert "scanner/_shipped/migrations/env.py" in names
    assert any(name.startswith("scanner/_shipped/migrations/versions/0001") for name in names)
    assert "scanner/knowledge/releases/2026.1-draft/materials.csv" in names
    assert any(name.startswith("scanner/pages/templates/") for name in names)
