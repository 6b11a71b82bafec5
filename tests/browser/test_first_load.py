"""What a first visit carries over the line: bytes, requests and nothing wrong, as the archive serves readers."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connections

from tests.archive.test_operations import Quiet
from tests.archive.workers import Worker, at_work, worker
from tests.benchmarks.kinds import pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BYTES, REQUESTS = 150 * 1024, 15
HASHED = re.compile(r"/static/.+\.[0-9a-f]{12}(?:\.\w+)?$")


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> None:
    """Static files as production has them: compressed, and with a hash in their names."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", verbosity=0, interactive=False)


@contextlib.contextmanager
def served(one: Worker) -> Iterator[str]:
    """The address of a server before it, which answers one request after the other."""
    server = make_server("127.0.0.1", 0, one.cache, handler_class=Quiet)

    def serve() -> None:
        server.serve_forever(0.02)
        connections.close_all()  # this thread's own

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        with at_work(one):
            yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.usefixtures("own_demo", "collected")
def test_a_first_visit_of_any_page_kind_is_small_and_without_an_error(page: Any) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    bytes_of: dict[str, float] = {}
    answers: list[Any] = []
    said: list[str] = []
    devtools.on(
        "Network.loadingFinished",
        lambda event: bytes_of.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.on("response", lambda answer: answers.append(answer))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    wrong = []
    with served(worker()) as place:
        for address in [*pages("en").values(), *pages("ar").values()]:
            for seen in (bytes_of, answers, said):
                seen.clear()
            page.goto(place + address, wait_until="networkidle")
            assert len(bytes_of) > 3, f"{address}: nothing was counted"
            if sum(bytes_of.values()) > BYTES or len(bytes_of) > REQUESTS or said:
                wrong.append((address, sum(bytes_of.values()), len(bytes_of), said[:2]))
            codings = [answer.headers.get("content-encoding") for answer in answers]
            assert codings.count("br") >= len(codings) - 1, (address, codings)  # the mark is small
            for answer in answers[1:]:
                assert HASHED.search(answer.url), answer.url
                assert "immutable" in answer.headers["cache-control"], answer.url
    assert not wrong, wrong[:5]


@pytest.mark.usefixtures("own_demo", "collected")
def test_every_static_file_is_served_for_ever_under_a_name_with_its_hash() -> None:
    one = worker()
    names = staticfiles_storage.hashed_files  # type: ignore[attr-defined]
    assert len(names) > 20
    for original, name in names.items():
        if not Path(original).suffix:  # the licence of Django's icons, which no page loads
            continue
        answer = one.ask(f"/static/{name}", ACCEPT_ENCODING="br")
        assert HASHED.search(f"/static/{name}"), name
        assert answer.status == 200, name
        assert "immutable" in answer.headers["cache-control"], name
