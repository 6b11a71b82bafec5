"""The embedded server: shared by its users, stopped by the last, and nothing lost or stuck after kill -9."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.serving import port_gets_free

ROOT = Path(__file__).resolve().parent.parent.parent
WRITE = """
import django, sys, time
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
    for n in range(1_000_000):
        cursor.execute("INSERT INTO kept VALUES (%s)", [n])
        print(n, flush=True)
"""
COUNT = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT max(n) FROM kept")
    print(cursor.fetchone()[0])
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    names = ("DATABASE_URL", "DATA_MAY_BE_LOST", "PORT")
    return {
        **{name: value for name, value in os.environ.items() if name not in names},
        "DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "PYTHONPATH": str(ROOT),
    }


def python(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_was_confirmed_survives_kill_9_and_nothing_is_stuck(
    environment: dict[str, str],
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert writer.stdout is not None
    confirmed = -1
    while confirmed < 50:
        confirmed = int(writer.stdout.readline())
    os.killpg(writer.pid, signal.SIGKILL)
    rest = writer.stdout.read().split()
    writer.stdout.close()
    writer.wait()
    confirmed = int(rest[-1]) if rest else confirmed
    # The server itself dies as well, as on a power cut.
    pid = int((Path(environment["DATA"]) / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    for _ in range(100):
        if (
            not Path(f"/proc/{pid}").exists()
            or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]
        ):
            break
        time.sleep(0.05)
    counted = python(COUNT, environment)
    assert counted.returncode == 0, counted.stderr
    assert int(counted.stdout) >= confirmed
    assert not (Path(environment["DATA"]) / "postgres" / "postmaster.pid").exists(), (
        "the last user stops the server"
    )


def test_a_pid_file_of_a_stranger_is_no_obstacle_and_harms_nobody(
    environment: dict[str, str],
) -> None:
    assert python(WRITE.replace("1_000_000", "1"), environment).returncode == 0
    file = Path(environment["DATA"]) / "postgres" / "postmaster.pid"
    file.write_text(f"{os.getpid()}\n{file.parent}\n")
    counted = python(COUNT, environment)
    assert counted.returncode == 0, counted.stderr


def up(environment: dict[str, str], **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "up"],
        env={**environment, **changes},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_one_sentence(environment: dict[str, str]) -> None:
    from pytest_socket import enable_socket

    enable_socket()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = up(environment, PORT=str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "is taken" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PORT", "http", "PORT is “http”"),
        ("HTTPS", "perhaps", "HTTPS is “perhaps”"),
        ("SECRET_KEY", "short", "SECRET_KEY has fewer"),
        ("ALLOWED_HOSTS", "https://x", "ALLOWED_HOSTS is"),
        ("DATABASE_URL", "postgresql://", "names no database"),
        ("DATABASE_URL", "=", "cannot be read"),
        ("DATABASE_URL", "postgresql://hiwar@127.0.0.1:1/hiwar", "does not answer"),
        ("DATA", "/proc/nowhere", "cannot be written"),
        ("DATA", "/tmp/it's", "a path without quotes"),
    ],
)
def test_a_wrong_variable_is_one_sentence_that_names_it(
    environment: dict[str, str], variable: str, value: str, sentence: str
) -> None:
    done = up(environment, **{variable: value})
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("folder", ["a,b c", "x" * 120], ids=["comma", "long"])
def test_any_data_folder_and_variables_of_another_postgresql_do_no_harm(
    environment: dict[str, str], tmp_path: Path, folder: str
) -> None:
    changed = {**environment, "DATA": str(tmp_path / folder), "PGPORT": "5999", "PGUSER": "x"}
    done = python(WRITE.replace("1_000_000", "1"), changed)
    assert done.returncode == 0, done.stderr


def test_a_command_that_is_the_first_to_use_a_database_finds_an_empty_archive(
    environment: dict[str, str],
) -> None:
    done = command(environment, "check_archive")
    assert done.returncode == 0, done.stderr
    assert "as it should be" in done.stdout


def command(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("verb", ["up", "test", "quality", "bench", "lock"])
def test_every_verb_explains_itself_with_an_example(environment: dict[str, str], verb: str) -> None:
    done = command(environment, verb, "--help")
    assert done.returncode == 0, done.stderr
    assert f"Example: manage.py {verb}" in done.stdout or "manage.py up" in done.stdout
    if verb != "test":  # which hands what it does not know to pytest
        refused = command(environment, verb, "nonsense")
        assert refused.returncode == 2
        assert "“nonsense” is not understood" in refused.stderr


def test_two_that_start_at_once_with_the_same_data_prepare_it_once(
    environment: dict[str, str],
) -> None:
    """What ``up`` does before it serves, but for the demo archive."""
    prepare = """
import django
django.setup()
from archive import serving
serving.first_use = lambda: print("prepared")
serving.prepare_database()
serving.collect_static()
"""
    both = [
        subprocess.Popen(
            [sys.executable, "-c", prepare],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert sorted(err.count("Preparing the database") for _, err in told) == [0, 1]
    assert (Path(environment["DATA"]) / "static" / "staticfiles.json").exists()


@pytest.mark.parametrize("how", ["killed alone", "killed with its group", "Ctrl-C"])
def test_a_web_server_leaves_with_up_however_it_ends(environment: dict[str, str], how: str) -> None:
    from pytest_socket import enable_socket

    enable_socket()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # The web server alone, without a demo archive to wait for.
    serve = f"""
import django, signal
from archive.serving import run_server
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal, wherever the tests themselves run
django.setup()
run_server("127.0.0.1", {port}, 1, 1)
"""
    running = subprocess.Popen(
        [sys.executable, "-c", serve],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    try:
        assert f":{port}/" in running.stdout.readline()
        assert not port_gets_free("127.0.0.1", port, 0)
        if how == "killed alone":
            running.kill()
        else:
            os.killpg(running.pid, signal.SIGINT if how == "Ctrl-C" else signal.SIGKILL)
        running.wait(60)
    finally:
        running.kill()
        running.wait()
        running.stdout.close()
    assert port_gets_free("127.0.0.1", port, 20)
