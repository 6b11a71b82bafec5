"""Workers for the tests of whole pages: a cache with a watch each, over Django itself."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings as site
from django.core.handlers.wsgi import WSGIHandler

from archive.page_cache import PageCache
from archive.revision import Watch
from statements.models import ArchiveRevision

JULY = "us-iraq-jscd-2-joint-statement"
PAGES = (
    "/en/",
    f"/en/statements/{JULY}/",
    f"/ar/statements/{JULY}/?lang=both",
    "/ar/statements/?q=العباسي",
    "/en/officials/thabit-al-abbasi/",
    "/en/dialogues/us-iraq-jscd/",
    "/en/undertakings/?on=2024-09-01",
    "/api/v1/officials/thabit-al-abbasi/",
    "/sitemap-officials.xml",
)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(application: Any, address: str, method: str = "GET", **headers: str) -> Answer:
    """What a WSGI application answers; ``headers`` by their names in the environment, without ``HTTP_``."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query.encode().decode("latin-1"),
        "HTTP_HOST": "localhost",
        **{f"HTTP_{name}": value for name, value in headers.items()},
    }
    setup_testing_defaults(environ)
    said: list[Any] = []
    response = application(environ, lambda *words: said.append(words))
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    status, fields = said[-1][0], said[-1][1]
    return Answer(int(status.split()[0]), {n.lower(): v for n, v in fields}, body)


class Counting:
    """Django, counting what it is asked."""

    def __init__(self) -> None:
        self.django = WSGIHandler()
        self.asked: list[str] = []
        self.drawn = 0
        #: seconds between a page that is drawn and its delivery
        self.slow = 0.0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.asked.append(environ["PATH_INFO"])
        answer = self.django(environ, start_response)
        self.drawn += 1
        time.sleep(self.slow)
        return answer


@dataclass
class Worker:
    cache: PageCache
    django: Counting
    watch: Watch

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.cache, address, method, **headers)

    def drawn(self, address: str, **headers: str) -> bool:
        """Whether Django was asked for it."""
        before = len(self.django.asked)
        self.ask(address, **headers)
        return len(self.django.asked) > before


def worker(size: int = 8 * 1024 * 1024) -> Worker:
    django = Counting()
    watch = Watch()
    watch.start()
    return Worker(PageCache(django, watch, size, False, site.STATIC_URL), django, watch)


@contextlib.contextmanager
def at_work(*workers: Worker) -> Iterator[None]:
    try:
        for one in workers:
            until(lambda one=one: one.watch.state() is not None)
        yield
    finally:
        for one in workers:
            one.watch.stop()


def until(holds: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.002)


def heard(*workers: Worker) -> None:
    """Wait until each worker has heard of the last commit."""
    number = ArchiveRevision.objects.values_list("number", flat=True).get()
    for one in workers:
        until(lambda one=one: (one.watch.state() or (0,))[0] >= number)
