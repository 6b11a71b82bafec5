"""Dockerfile and compose file, checked as far as a machine without a container engine can."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from archive.bootstrap import VERBS
from archive.database.server import as_nobody, binaries

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SETTINGS = set(
    re.findall(
        r"`([A-Z_]+)`",
        "\n".join(
            line.split("|")[1]
            for line in (ROOT / "docs" / "configuration.md").read_text().splitlines()
            if line.startswith("| `")
        ),
    )
)


class Instruction(NamedTuple):
    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The words of its exec form, which no shell reads, or of what stands there."""
        written = self.rest[self.rest.find("[") :] if "[" in self.rest else ""
        return json.loads(written) if written else self.rest.split()


INSTRUCTIONS = [
    Instruction(*line.split(maxsplit=1))
    for line in (ROOT / "Dockerfile").read_text().splitlines()
    if line and not line.startswith("#")
]


def of(name: str) -> list[Instruction]:
    return [one for one in INSTRUCTIONS if one.name == name]


def sent(path: str) -> bool:
    """Whether .dockerignore lets a file into the build: the last pattern that fits it, or a folder above it, decides."""
    kept = True
    parts = path.split("/")
    above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!")
        anywhere = pattern.removeprefix("**/")
        names = parts if anywhere != pattern else above if "/" in pattern else above[:1]
        if any(fnmatch.fnmatchcase(name, anywhere) for name in names):
            kept = line.startswith("!")
    return kept


def copied() -> list[tuple[str, str]]:
    """(file of the project, its place in the image) for every file that the build copies."""
    found = []
    for instruction in of("COPY"):
        *sources, target = instruction.words
        for source in sources:
            path = ROOT / source
            assert path.exists(), f"{source} is not there"
            files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
            for file in files:
                name = file.relative_to(ROOT).as_posix()
                if sent(name):
                    inside = file.name if path.is_file() else file.relative_to(path).as_posix()
                    place = f"{target}/{inside}" if path.is_dir() or target.endswith("/") else target  # fmt: skip
                    found.append((name, os.path.normpath(place)))
    return found


def test_the_image_has_every_file_of_the_project_that_runs_and_no_other() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    folders = ("archive/", "statements/", "templates/", "static/", "fixtures/", "requirements/")
    wanted = {name for name in tracked if name.startswith(folders)} | {"manage.py", "LICENSE"}
    here = {name for name in wanted if (ROOT / name).exists()}
    got = dict(copied())
    assert here <= got.keys()
    assert all(name == place for name, place in got.items())
    assert not [name for name in got if name.endswith((".mo", ".pyc"))]
    for name in ("var/secret-key", ".venv/bin/python", ".git/config", ".env", "tests/cast.py", "archive/__pycache__/x.pyc"):  # fmt: skip
        assert not sent(name), name


def test_the_image_is_official_pinned_by_hashes_and_runs_as_nobody_special() -> None:
    assert [one.rest for one in of("FROM")] == ["python:3.11-slim-bookworm"]
    install = next(n for n, one in enumerate(INSTRUCTIONS) if "prepare('runtime')" in one.rest)
    assert "requirements" in INSTRUCTIONS[install - 2].rest
    assert INSTRUCTIONS[install].words[:2] == ["env", "UV_COMPILE_BYTECODE=1"]
    for file in (ROOT / "requirements").glob("*.txt"):
        names = re.findall(r"^[a-z][\w.-]*(?:\[\w+\])?==", file.read_text(), re.M)
        assert len(names) <= file.read_text().count("--hash=sha256:")
    (user,) = of("USER")
    assert user.rest not in ("root", "0")
    assert any(f"useradd --system --uid 10001 --home-dir /srv/hiwar --create-home {user.rest}" == one.rest for one in of("RUN"))  # fmt: skip
    # Signals reach the program itself: no shell stands between.
    (command,) = of("CMD")
    assert command.words[:2] == ["python3", "manage.py"]
    assert command.words[2] in VERBS
    assert of("STOPSIGNAL")[0].rest == "SIGTERM"


def test_the_steps_of_the_image_run_on_what_it_copies(tmp_path: Path) -> None:
    """In a folder with those files alone; the installation itself, which needs the network, is this environment."""
    for name, place in copied():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / place)
    for path in tmp_path.rglob("*"):  # as from a checkout that only its owner reads
        path.chmod(0o700 if path.is_dir() else 0o600)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    environment = {
        "PATH": os.environ["PATH"],
        "DATA": str(tmp_path / "data"),
        "SECRET_KEY": "k" * 40,
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    for step in of("RUN"):
        if step.rest.startswith("[") and "prepare(" not in step.rest:
            run(*step.words)
    assert (tmp_path / "statements/locale/ar/LC_MESSAGES/django.mo").exists()
    for path in tmp_path.rglob("*"):
        if not path.is_relative_to(tmp_path / ".venv"):
            assert path.stat().st_mode & 0o005 == (0o005 if path.is_dir() else 0o004), path
    # The user of the image cannot write beside the modules, and would compile them anew at each start.
    for _, place in copied():
        if place.endswith(".py") and place != "manage.py":
            assert Path(cache_from_source(str(tmp_path / place))).exists(), place
    run(".venv/bin/python", "manage.py", "check")
    assert "static file" in run(".venv/bin/python", "manage.py", "collectstatic", "--noinput")
    assert (tmp_path / "data/static/staticfiles.json").exists()
    probe = of("HEALTHCHECK")[0].words
    compile(probe[2], "probe", "exec")


def test_what_is_set_is_a_setting_and_the_ports_agree() -> None:
    variables = dict(pair.split("=") for pair in of("ENV")[0].words)
    web, database = COMPOSE["services"]["web"], COMPOSE["services"]["database"]
    ours = variables.keys() - {"PYTHONUNBUFFERED"} | web["environment"].keys()
    assert ours <= SETTINGS
    text = (ROOT / "compose.yaml").read_text()
    assert set(re.findall(r"\$\{(\w+)", text)) <= SETTINGS | {"POSTGRES_PASSWORD"}
    assert of("EXPOSE")[0].rest == variables["PORT"]
    assert web["ports"] == [f"127.0.0.1:{variables['PORT']}:{variables['PORT']}"]
    assert of("VOLUME")[0].rest == variables["DATA"] == web["volumes"][0].split(":")[1]
    assert set(COMPOSE["volumes"]) == {"data", "database"}
    assert "database:5432/hiwar" in web["environment"]["DATABASE_URL"]
    assert database["image"] == "postgres:18"
    assert web["depends_on"]["database"]["condition"] == "service_healthy"
    # No password stands in a file.
    for service in (web, database):
        for name, value in service["environment"].items():
            assert "PASSWORD" not in name or value.startswith("${POSTGRES_PASSWORD:?")


def test_the_database_of_the_compose_file_can_be_made_and_asked(tmp_path: Path) -> None:
    database: dict[str, Any] = COMPOSE["services"]["database"]
    tmp_path.chmod(0o777)
    flags = database["environment"]["POSTGRES_INITDB_ARGS"].split()
    made = subprocess.run(
        [*as_nobody(), binaries() / "initdb", "-D", tmp_path / "data", "-U", "hiwar", *flags],
        capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    kind, program, *rest = database["healthcheck"]["test"]
    assert kind == "CMD"
    asked = subprocess.run(
        [binaries() / program, *rest, "--port=9"], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 2, asked.stderr  # understood, and nobody answers at that port


def compose() -> list[str] | None:
    """Compose, as a plugin of Docker or by itself."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]):
            asked = subprocess.run([*command, "version"], capture_output=True, check=False)
            if asked.returncode == 0:
                return command
    return None


def test_compose_reads_its_file() -> None:
    command = compose()
    if command is None:
        pytest.skip("no Compose on this machine")
    environment = {"PATH": os.environ["PATH"], "HOME": "/"}
    secrets = {"POSTGRES_PASSWORD": "p" * 24, "SECRET_KEY": "k" * 40}
    for given, good in ((secrets, True), ({}, False)):
        done = subprocess.run(
            [*command, "config", "-q"], cwd=ROOT, env=environment | given, capture_output=True, text=True, check=False
        )  # fmt: skip
        assert (done.returncode == 0) == good, done.stderr
