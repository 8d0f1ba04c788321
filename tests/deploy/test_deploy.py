"""What lies in deploy/ fits the program: its settings, commands, locks and limits."""

import dataclasses
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import yaml

from scanner.app import FORM_OVERHEAD
from scanner.cli import main
from scanner.settings import Settings, variable_of

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file() and path.name != ".env")
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SETTINGS = {variable_of(item) for item in dataclasses.fields(Settings)}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
READER_MEMORY = Settings().reader_memory
OURS = ["migrate", "web", "worker"]


def name(path):
    return path.name


def values(unit, key):
    """What a unit says for a key, each time."""
    return re.findall(rf"^{key}=(.*)$", unit.read_text(), re.MULTILINE)


def bytes_of(size):
    """A size such as 101m or 6G in bytes."""
    powers = {"m": 2, "g": 3}
    return int(size[:-1]) * 1024 ** powers[size[-1].lower()]


def parsed(arguments):
    """Have our command line read arguments to the end, and run nothing."""
    command, context = main, click.Context(main, info_name="scanner")
    rest = list(arguments)
    while isinstance(command, click.Group):
        word = rest.pop(0)
        command = command.get_command(context, word)
        assert command is not None, word
    command.make_context(command.name, rest)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_variable_of_ours_is_a_setting(path):
    assert set(re.findall(r"\bSCANNER_[A-Z_]+\b", path.read_text())) <= SETTINGS


@pytest.mark.parametrize("path", UNITS, ids=name)
def test_every_unit_starts_a_command_that_exists(path):
    (started,) = values(path, "ExecStart")
    program, *arguments = started.split()
    assert program == "/opt/scanner/bin/scanner"
    parsed(arguments)


@pytest.mark.parametrize("service", OURS)
def test_every_container_of_ours_runs_a_command_that_exists(service):
    parsed(COMPOSE["services"][service]["command"])


def test_the_image_starts_a_command_that_exists():
    assert 'ENTRYPOINT ["scanner"]' in DOCKERFILE
    parsed(yaml.safe_load(re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[1]))


def test_a_command_that_does_not_exist_would_be_found():
    with pytest.raises(AssertionError):
        parsed(["serves"])
    with pytest.raises(click.NoSuchOption):
        parsed(["serve", "--with-worker"])


def test_the_image_is_made_of_files_that_exist_and_reach_the_builder():
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    let_in = set(re.findall(r"^!(.*)$", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.M))
    assert sources == let_in
    assert all((ROOT / source).exists() for source in sources)


def test_the_image_installs_nothing_without_a_digest_or_from_elsewhere():
    installs = re.findall(r"pip install (.*?)(?: \\)?$", DOCKERFILE, re.MULTILINE)
    assert len(installs) == 3
    assert all("--require-hashes" in one or "--no-deps --no-index" in one for one in installs)


def test_the_image_runs_as_somebody_without_rights_and_holds_no_secret():
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    secret = {variable_of(item) for item in dataclasses.fields(Settings) if not item.repr}
    assert {"SCANNER_SECRET_KEY", "SCANNER_KEY_PEPPER"} <= secret
    assert not any(variable in DOCKERFILE for variable in secret)


@pytest.mark.parametrize("path", [path for path in FILES if "example" in path.name], ids=name)
def test_an_example_gives_no_secret_away(path):
    given = re.findall(r"^(?:\w*(?:SECRET_KEY|PEPPER|PASSWORD))=(.*)$", path.read_text(), re.M)
    assert not any(given)


def test_every_variable_of_the_compose_file_is_in_its_example():
    used = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    told = set(re.findall(r"^(\w+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))
    assert used == told


@pytest.mark.parametrize("service", OURS)
def test_our_containers_write_nothing_but_data(service):
    found = COMPOSE["services"][service]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    places = [*found.get("volumes", []), *found["tmpfs"]]
    assert {place.split(":")[1] for place in found.get("volumes", [])} <= {"/data"}
    assert any("/data" in place for place in places)
    assert any(place.split(":")[0] == "/tmp" for place in found["tmpfs"])


def test_only_the_proxy_is_reachable_from_other_machines():
    ports = {key: found.get("ports", []) for key, found in COMPOSE["services"].items()}
    assert ports.pop("nginx") == ["80:80", "443:443"]
    assert all(port.startswith("127.0.0.1:") for ports_of in ports.values() for port in ports_of)


def test_services_start_on_tables_of_their_version():
    for service in ("web", "worker"):
        waited = COMPOSE["services"][service]["depends_on"]
        assert waited == {"migrate": {"condition": "service_completed_successfully"}}


def test_a_worker_may_take_more_memory_than_its_reader():
    assert bytes_of(COMPOSE["services"]["worker"]["mem_limit"]) > READER_MEMORY
    for unit in UNITS:
        (most,) = values(unit, "MemoryMax")
        assert bytes_of(most) > READER_MEMORY or "--without-worker" in unit.read_text()
        assert values(unit, "LimitAS") == values(unit, "LimitCPU") == ["infinity"]


def test_the_proxy_takes_what_the_service_takes():
    text = (DEPLOY / "nginx" / "scanner.conf").read_text()
    (size,) = re.findall(r"client_max_body_size (\w+);", text)
    assert bytes_of(size) == Settings().max_bytes + FORM_OVERHEAD


def test_the_proxy_is_more_patient_than_the_service():
    text = (DEPLOY / "nginx" / "scanner.conf").read_text()
    (seconds,) = re.findall(r"proxy_read_timeout (\d+)s;", text)
    assert int(seconds) > max(Settings().max_wait, Settings().web_timeout)


def systemd_accepts(unit, folder):
    """Have systemd read a unit, with a program in it that exists here."""
    placed = folder / unit.name.replace("@", "@1")
    placed.write_text(unit.read_text().replace("/opt/scanner/bin/scanner", shutil.which("true")))
    program = shutil.which("systemd-analyze")
    checked = subprocess.run(
        [program, "verify", placed], check=False, capture_output=True, text=True
    )
    return (checked.returncode, checked.stderr)


@pytest.mark.parametrize("unit", UNITS if shutil.which("systemd-analyze") else [UNITS[0]], ids=name)
def test_systemd_reads_the_units(unit, tmp_path):
    if shutil.which("systemd-analyze"):
        assert systemd_accepts(unit, tmp_path) == (0, "")
    assert re.findall(r"^\[(\w+)\]$", unit.read_text(), re.M) == ["Unit", "Service", "Install"]


def test_each_process_of_one_machine_may_tell_its_numbers_on_a_port_of_its_own():
    own = {unit.name: values(unit, "EnvironmentFile")[1:] for unit in UNITS}
    assert own == {
        "scanner.service": [],
        "scanner-web.service": ["-/etc/scanner/web.env"],
        "scanner-worker@.service": ["-/etc/scanner/worker-%i.env"],
    }


@pytest.mark.parametrize("service", ["web", "worker"])
def test_numbers_and_logs_are_settings_of_the_containers(service):
    told = COMPOSE["services"][service]["environment"]
    assert told["SCANNER_METRICS_HOST"] == "0.0.0.0"
    port, log_format = (told[f"SCANNER_{name}"] for name in ("METRICS_PORT", "LOG_FORMAT"))
    assert (port, log_format) == ("${SCANNER_METRICS_PORT:-0}", "${SCANNER_LOG_FORMAT:-json}")
    assert not any("9464" in port for port in COMPOSE["services"][service].get("ports", []))
