"""The process that reads files: what it may not do, and what becomes of one that hangs, swells or falls."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from statements.ingest import isolation
from statements.ingest.formats import Unreadable
from statements.ingest.isolation import ROOT, read_apart
from tests.ingest import files

TRYING = """
import sys
sys.argv = ["x", "html"]
from statements.ingest.formats import __main__ as child
{before}
child.limit()
try:
    {deed}
except BaseException as error:
    print(type(error).__name__)
else:
    print("done")
"""


def tried(deed: str, before: str = "") -> str:
    """What became of a deed behind the child's limits."""
    done = subprocess.run(
        [sys.executable, "-c", TRYING.format(deed=deed, before=before)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.stdout.strip() or f"ended {done.returncode}"


@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        ("socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("socket.getaddrinfo('localhost', 80)", "PermissionError"),
        ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "PermissionError"),
        ("subprocess.run(['true'])", "PermissionError"),
        ("os.system('true')", "PermissionError"),
        ("os.fork()", "PermissionError"),
        ("open(target, 'w').write('x' * 100_000)", "OSError"),
        ("bytearray(2_000_000_000)", "MemoryError"),
        ("len('words')", "done"),
    ],
)
def test_behind_its_limits_the_child_reads_and_does_nothing_else(
    tmp_path: Path, deed: str, outcome: str
) -> None:
    before = f"import os, socket, subprocess; target = {str(tmp_path / 'written')!r}"
    assert tried(deed, before) == outcome
    written = tmp_path / "written"
    assert not written.exists() or written.stat().st_size == 0


def test_limits_are_lifted_by_nobody() -> None:
    before = "import resource"
    assert tried("resource.setrlimit(resource.RLIMIT_CPU, (9_999, 9_999))", before) in ("ValueError", "done")  # fmt: skip
    assert "PermissionError" in tried("sys.addaudithook(print); __import__('os').system('true')")


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable, match="too_much"):
        read_apart("html", files.page().encode(), wait=0.05)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("code", "why"),
    [("import os; os.kill(os.getpid(), 9)", "too_much"), ("import sys; sys.exit(3)", "broken"), ("raise ValueError", "broken")],
)  # fmt: skip
def test_a_child_that_falls_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, code: str, why: str
) -> None:
    run = subprocess.run

    def instead(_command: list[str], **named: Any) -> Any:
        return run([sys.executable, "-c", code], **named)

    monkeypatch.setattr(isolation.subprocess, "run", instead)
    with pytest.raises(Unreadable, match=why):
        read_apart("html", files.page().encode())


def test_the_child_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    run = subprocess.run

    def noted(command: list[str], **named: Any) -> Any:
        seen.update(named["env"])
        return run(command, **named)

    monkeypatch.setenv("SECRET_KEY", "kept")
    monkeypatch.setattr(isolation.subprocess, "run", noted)
    read_apart("html", files.page().encode())
    assert set(seen) == {"PATH", "PYTHONPATH", "PYTHONUTF8", "PYTHONSAFEPATH"}


def test_the_formats_know_neither_django_nor_the_records() -> None:
    code = "import sys\nfor name in ('page', 'pdf', 'word', 'mail'):\n    __import__(f'statements.ingest.formats.{name}')\nprint(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg') or m.startswith('statements.models')))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_no_more_than_two_files_are_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[int] = []
    most = 0
    lock = threading.Lock()
    started = subprocess.run

    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal most
        with lock:
            running.append(1)
            most = max(most, len(running))
        try:
            return started(*arguments, **named)
        finally:
            with lock:
                running.pop()

    monkeypatch.setattr(isolation.subprocess, "run", counted)
    page = b"<html><body><p>The two sides met in Baghdad and spoke at length.</p></body></html>"
    with ThreadPoolExecutor(5) as pool:
        texts = [one.text for one in pool.map(lambda _: read_apart("html", page), range(5))]
    assert all("met in Baghdad" in text for text in texts)
    assert most == 2
