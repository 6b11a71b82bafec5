"""What a page costs as a reader gets it: requests a second and waiting times through the web server, side by side.

Each kind of page is drawn anew for each request, and then given as it is kept, and both are set against a static
file of the same size under nginx, the same file under WhiteNoise, and a plain Django view with eight queries. ``wrk``
and ``nginx`` have to be on the machine; without them there is no table. One worker serves each; all share the machine.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Count

from statements.models import Agreement, Dialogue, Event, Official, Statement

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 4
CONNECTIONS = (16, 64)
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000;
client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
server {{ listen 127.0.0.1:{port}; root {folder}/files; }} }}
"""


def addresses() -> dict[str, str]:
    """One address of each kind of page, that of the record with most on it."""
    official = fullest(Official, "mentions")
    dialogue = fullest(Dialogue, "rounds")
    statement = fullest(Statement, "passages")
    event = fullest(Event, "statements")
    agreement = fullest(Agreement, "statements")
    return {
        "home": "/en/",
        "list": "/en/statements/",
        "facets": "/en/statements/?language=ar&from=2010",
        "statement": f"/en/statements/{statement.slug}/",
        "official": f"/en/officials/{official.slug}/",
        "dialogue": f"/en/dialogues/{dialogue.slug}/",
        "event": f"/en/events/{event.slug}/",
        "agreement": f"/en/agreements/{agreement.slug}/",
        "promises": "/en/undertakings/",
        "timeline": "/en/timeline/",
        "search": "/en/search/?q=security",
        "interface": f"/api/v1/statements/{statement.slug}/",
    }


def fullest(model: Any, relation: str) -> Any:
    """The published record with most rows of a relation."""
    counted = model.objects.published().annotate(n=Count(relation))
    return counted.order_by("-n", "pk")[0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[str]:
    """A server in a process of its own until the end; gives its address."""
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SERVING": "1", **environment},
        process_group=0,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def application(module: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "4", "--no-ws", "--http", "1", "--log-level", "error", f"{module}:application",
    ]  # fmt: skip


def pressed(address: str, connections: int) -> tuple[float, float, float, int]:
    """(requests a second, p50 and p99 in milliseconds, answers that were no success) under so many connections."""
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "30s", "--latency", address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout  # fmt: skip
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    times = [
        float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]
        for number, unit in re.findall(r"(?:50|99)%\s+([\d.]+)(us|ms|s|m)\b", done)
    ]
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    return float(rate[1]) if rate else 0.0, times[0], times[1], int(failed[1]) if failed else 0


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read()


def table(folder: Path) -> None:
    """Print the table, of the archive as it is in the database."""
    if not shutil.which("wrk") or not shutil.which("nginx"):
        print("\nNo table of served pages: wrk and nginx are not on this machine.")
        return
    from django.conf import settings

    files = folder / "files"
    files.mkdir(exist_ok=True)
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    kept, anew, plain = free_port(), free_port(), free_port()
    with (
        running(["nginx", "-c", str(folder / "nginx.conf")], port) as nginx,
        running(application("archive.wsgi", kept), kept) as kept_at,
        running(application("archive.wsgi", anew), anew, PAGE_CACHE_MB="0") as anew_at,
        running(application("tests.benchmarks.plain", plain), plain) as plain_at,
    ):
        fetched(f"{plain_at}/")
        stylesheet = next(Path(settings.STATIC_ROOT).glob("base.*.css")).name
        beside = {
            "Django, eight queries": f"{plain_at}/",
            "WhiteNoise": f"{kept_at}/static/{stylesheet}",
        }
        number = Statement.objects.count()
        for connections in CONNECTIONS:
            print(
                f"\n{number:,} statements; {connections} connections; requests a second, p50/p99 in milliseconds\n"
                f"{'':12} {'bytes':>7} {'nginx file':>10} {'kept':>22} {'× nginx':>8} {'drawn anew':>22} {'× plain':>8} failed"
            )
            others = {name: pressed(address, connections) for name, address in beside.items()}
            for name, address in addresses().items():
                body = fetched(kept_at + address)
                (files / "page.html").write_bytes(body)
                static = pressed(f"{nginx}/page.html", connections)
                ours, drawn = (
                    pressed(place + address, connections) for place in (kept_at, anew_at)
                )
                print(
                    f"{name:12} {len(body):7} {static[0]:10.0f} {written(ours)} {ours[0] / static[0]:8.2f}"
                    f" {written(drawn)} {drawn[0] / others['Django, eight queries'][0]:8.2f} {ours[3] + drawn[3]:6}",
                    flush=True,
                )
            for name, one in others.items():
                print(f"{name:31} {written(one)}")


def written(measured: tuple[float, float, float, int]) -> str:
    return f"{measured[0]:8.0f} {measured[1]:6.1f}/{measured[2]:6.1f}"
