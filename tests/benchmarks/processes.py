"""Servers in processes of their own, and ``wrk`` that presses them; all on 127.0.0.1."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
#: What wrk prints at its end besides its own table: percentiles in milliseconds, and answers that were no success.
REPORT = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("\\nRESULT %f %f %f %f %d\\n", 1e6 * summary.requests / summary.duration,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""
#: Asks the addresses of a file in turn, one a line; each of wrk's threads begins at the first.
IN_TURN = """
local paths, n = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function() n = n %% #paths + 1; return wrk.format(nil, paths[n]) end
"""


@dataclass(frozen=True)
class Pressed:
    """What wrk measured: requests a second, percentiles of the waiting time in milliseconds, requests that failed."""

    rate: float
    p50: float
    p95: float
    p99: float
    failed: int

    def __str__(self) -> str:
        return f"{self.rate:8.0f} {self.p50:7.1f}/{self.p95:7.1f}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def group(
    command: list[str], port: int, cwd: Path = ROOT, **environment: str
) -> Iterator[tuple[str, int]]:
    """A server in a group of processes of its own until the end; gives its address and the group's number."""
    server = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(cwd), "SERVING": "1", **environment},
        process_group=0,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and server.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@contextlib.contextmanager
def running(command: list[str], port: int, cwd: Path = ROOT, **environment: str) -> Iterator[str]:
    """The same; gives the address alone."""
    with group(command, port, cwd, **environment) as (place, _leader):
        yield place


def application(module: str, port: int, python: str = sys.executable) -> list[str]:
    """The command of one worker of the web server, as ``manage.py up`` starts it."""
    return [
        python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "4", "--no-ws", "--http", "1", "--log-level", "error", f"{module}:application",
    ]  # fmt: skip


def press(
    address: str, connections: int, seconds: float, folder: Path, coding: str = "", paths: tuple[str, ...] = ()
) -> Pressed:  # fmt: skip
    """Press an address under so many connections; ``coding`` is the ``Accept-Encoding`` sent, ``paths`` are asked in turn."""
    script = REPORT
    if paths:
        (folder / "paths.txt").write_text("\n".join(paths) + "\n")
        script = IN_TURN % (folder / "paths.txt") + REPORT
    (folder / "press.lua").write_text(script)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "30s", "-s", str(folder / "press.lua")]
        + (["-H", f"Accept-Encoding: {coding}"] if coding else [])
        + [address],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    result = re.search(r"^RESULT (.+)$", done.stdout, re.MULTILINE)
    if result is None:
        raise RuntimeError(
            f"wrk said nothing of {address}: {done.stdout[-300:]}{done.stderr[-300:]}"
        )
    rate, p50, p95, p99, failed = (float(number) for number in result[1].split())
    return Pressed(rate, p50, p95, p99, int(failed))


def side_by_side(
    addresses: Sequence[str], connections: int, seconds: float, folder: Path, coding: str = ""
) -> list[Pressed]:
    """Press several addresses in turns of a second, so that a machine that slows down slows all; the middle of the turns."""
    turns = [
        [press(address, connections, 1, folder, coding) for address in addresses]
        for _turn in range(max(1, round(seconds)))
    ]
    return [middle(of_one) for of_one in zip(*turns, strict=True)]


def middle(turns: Sequence[Pressed]) -> Pressed:
    return Pressed(
        median(turn.rate for turn in turns),
        median(turn.p50 for turn in turns),
        median(turn.p95 for turn in turns),
        median(turn.p99 for turn in turns),
        sum(turn.failed for turn in turns),
    )


def fetched(address: str, coding: str = "") -> bytes:
    """The body as it travels."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": coding} if coding else {})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.read()
