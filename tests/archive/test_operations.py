"""The configuration that is shipped in docs/operations, as the real programs read it."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import pytest_socket

from archive.page_cache import CONTROL
from tests.benchmarks import front
from tests.benchmarks.processes import free_port

SHIPPED = Path(__file__).resolve().parent.parent.parent / "docs" / "operations"
nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx on this machine")


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: Any) -> None:
        pass


class Archive:
    """Answers as the application does: a page with a tag that may be kept for a second; counts how often it is asked."""

    def __init__(self) -> None:
        self.drawn = 0
        self.same = 0
        self.revision = "one"

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        headers = [
            ("Cache-Control", CONTROL),
            ("ETag", f'"{self.revision}"'),
            ("Vary", "Accept-Encoding"),
        ]
        if environ.get("HTTP_IF_NONE_MATCH") == f'"{self.revision}"':
            self.same += 1
            start_response("304 Not Modified", headers)
            return []
        self.drawn += 1
        start_response("200 OK", [("Content-Type", "text/html"), *headers])
        said = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        return [f"{environ['HTTP_X_FORWARDED_PROTO']} {self.revision} {said}".rstrip().encode()]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, Archive, Any]]:
    """nginx by the shipped file, on loopback and without its certificate, before an application; its port."""
    pytest_socket.enable_socket()
    archive, port = Archive(), free_port()
    server = make_server("127.0.0.1", 0, archive, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    command = front.write(tmp_path, front.shipped(port, server.server_port, tmp_path))
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                asked(port, "/static/nothing")
                break
            time.sleep(0.05)
        yield port, archive, server
    finally:
        running.terminate()
        running.wait(20)
        server.shutdown()
        server.server_close()


def asked(
    port: int, path: str, body: bytes | None = None, **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST" if body else "GET", path, body, headers)
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


@nginx
def test_nginx_keeps_a_page_for_its_second_and_then_asks_whether_it_is_still_so(
    served: tuple[int, Archive, Any],
) -> None:
    port, archive, server = served
    first = asked(port, "/en/", **{"Accept-Encoding": "gzip, deflate, br"})
    assert (first.status, first.getheader("X-Cache")) == (200, "MISS")
    # Another browser with other words for the same coding gets the same page.
    until_hit = asked(port, "/en/", **{"Accept-Encoding": "br"})
    assert until_hit.getheader("X-Cache") in ("HIT", "REVALIDATED")
    time.sleep(2.1)  # nginx counts whole seconds
    assert asked(port, "/en/", **{"Accept-Encoding": "br"}).getheader("X-Cache") == "REVALIDATED"
    assert archive.drawn == 1
    assert archive.same >= 1
    # Editors, and addresses whose language is the reader's, are not kept.
    assert asked(port, "/en/", Cookie="sessionid=x").getheader("X-Cache") == "BYPASS"
    assert asked(port, "/api/v1/", Cookie="language=ar").getheader("X-Cache") == "BYPASS"
    assert archive.drawn == 3
    # When the application is gone what was kept still answers, and the rest says so.
    server.shutdown()
    server.server_close()
    time.sleep(2.1)  # nginx counts whole seconds
    kept = asked(port, "/en/", **{"Accept-Encoding": "br"})
    assert (kept.status, kept.getheader("X-Cache")) == (200, "STALE")
    away = asked(port, "/en/statements/")
    assert away.status == 502
    assert "Nothing was lost" in away.body.decode()  # type: ignore[attr-defined]
    assert "لم يضع شيء" in away.body.decode()  # type: ignore[attr-defined]
    for name in ("Content-Security-Policy", "X-Frame-Options", "Strict-Transport-Security"):
        assert away.getheader(name), name
    assert away.getheader("Cache-Control") == "no-store"


@nginx
def test_the_interface_is_kept_for_each_language_that_is_asked_for(
    served: tuple[int, Archive, Any],
) -> None:
    port, archive, _server = served
    for accepted in ("ar", "en", "en;q=0.2, ar", ""):
        for seen in (("MISS",), ("HIT", "REVALIDATED")):
            got = asked(port, "/api/v1/", **{"Accept-Language": accepted})
            assert got.body.decode().endswith(f"one {accepted}".rstrip())  # type: ignore[attr-defined]
            assert got.getheader("X-Cache") in seen
    assert archive.drawn == 4


@nginx
def test_a_change_is_seen_through_nginx_after_two_seconds_and_the_old_page_never_again(
    served: tuple[int, Archive, Any],
) -> None:
    port, archive, _server = served
    for revision in ("one", "two", "three"):
        archive.revision = revision
        time.sleep(2.1)
        for _ in range(20):  # files that were opened stay open
            assert asked(port, "/en/").body.decode().endswith(revision)  # type: ignore[attr-defined]


@nginx
def test_nginx_tells_who_sends_too_much_in_both_languages(
    served: tuple[int, Archive, Any],
) -> None:
    port, archive, _server = served
    answer = asked(port, "/en/check-quotation/", b"x", **{"Content-Length": "30000000"})
    assert answer.status == 413
    assert "larger than the archive takes" in answer.body.decode()  # type: ignore[attr-defined]
    assert "ميغابايت" in answer.body.decode()  # type: ignore[attr-defined]
    assert archive.drawn == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_reads_the_units_without_a_complaint() -> None:
    units = sorted(str(path) for path in SHIPPED.glob("*.service"))
    units += sorted(str(path) for path in SHIPPED.glob("*.timer"))
    assert len(units) == 3
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if "hiwar" in line]
    assert not complaints
