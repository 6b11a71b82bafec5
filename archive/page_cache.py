"""Whole pages, kept by the archive's revision, in front of Django (docs/decisions/0018).

A public page is a function of its address, the archive's revision and the day. Whatever else a request says does
not reach the page: it is drawn from a request that has been cleared of cookies, of every header that is not in
``HEADERS``, and whose query is written in one way. So nobody can put a page there that another reader should not get.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.utils import formatdate, mktime_tz, parsedate_tz
from typing import Any
from urllib.parse import parse_qsl, urlencode

import brotli
import zstandard
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from archive.database.recording import Questions, recorded
from archive.database.server import ServerFailed
from archive.revision import TRUST, State, Watch

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Any]

#: Every parameter that a public page, the interface (``format``) or the sitemap (``p``) reads. Others, such as those that
#: networks add to a link, are taken off before anything reads them.
PARAMETERS = frozenset(
    "q kind official organization country dialogue event agreement theme type language from to sort page literal"
    " lang on passage cite show left right view last rows strength status format p".split()
)
#: Headers of a request that reach the page as they came; both are in the key.
HEADERS = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO")
#: A view says with it that its answer is of the moment, such as a search that was stopped.
OF_THE_MOMENT = "hiwar.of_the_moment"
#: Characters of a query, bytes of a page and seconds behind another reader that are worth keeping and waiting for.
LONGEST = 2000
LARGEST = 2 * 1024 * 1024
PATIENCE = 30.0
#: Fewer bytes than this travel as they are.
SMALLEST = 600
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": functools.partial(brotli.compress, quality=6),
    "zstd": lambda body: zstandard.ZstdCompressor(level=9).compress(body),
    "gzip": functools.partial(gzip.compress, compresslevel=6, mtime=0),
}
#: A proxy may keep a page and asks again whether it is still so; a second is what a worker may be behind, too.
CONTROL = "public, max-age=0, s-maxage=1, stale-if-error=600"
#: Headers that an answer without a body repeats.
OF_304 = ("Cache-Control", "ETag", "Last-Modified", "Vary")


@dataclass(frozen=True, slots=True)
class Form:
    """A page as it travels: ``body`` in one coding, with the headers that tell of it."""

    headers: Headers
    body: bytes
    tag: str


@dataclass(slots=True)
class Page:
    """An answer of 200 as Django gave it, and its forms by the codings that somebody has asked for (``""``: none).

    ``modified`` is a second that was not over yet when the page was last seen to be right, as seconds since 1970.
    ``questions`` are what it asked of the database, when they can be asked again. ``dated`` is a moment as a header, written
    at the first answer that may say it.
    """

    state: State
    headers: Headers
    body: bytes
    modified: int
    questions: Questions | None = None
    forms: dict[str, Form] = field(default_factory=dict)
    dated: tuple[int, Headers] = (0, [])

    @property
    def size(self) -> int:
        forms = sum(len(form.body) for coding, form in self.forms.items() if coding)
        return len(self.body) + forms + (self.questions.size if self.questions else 0)

    def holds_in(self, state: State, alias: str) -> bool:
        """Whether a database answers what the page asked as it was, on the same day; then it is the page of that state, too."""
        if self.questions is None or self.state[1] != state[1]:
            return False
        try:
            alike = self.questions.answered_alike(alias)
        except (DatabaseError, ServerFailed):  # not known
            return False
        if alike:
            # Another process may have drawn another page in between, with a later date than this one's.
            self.state, self.modified = state, int(time.time()) + 1
        return alike

    def date(self) -> Headers:
        """The date to be answered with: none for a moment, until no other page of this address can have the same one."""
        (moment, headers), modified = self.dated, self.modified
        if moment == modified:
            return headers
        if time.time() <= modified + TRUST:
            return []
        headers = [("Last-Modified", formatdate(modified, usegmt=True))]
        self.dated = modified, headers
        return headers

    def form(self, coding: str) -> Form:
        body = CODINGS[coding](self.body) if coding else self.body
        tag = hashlib.blake2b(self.body, digest_size=12).hexdigest()
        headers = [*self.headers, ("Content-Length", str(len(body)))]
        tag = f'"{tag}-{coding}"' if coding else f'"{tag}"'
        headers.append(("ETag", tag))
        if coding:
            headers.append(("Content-Encoding", coding))
        return Form(headers, body, tag)


class PageCache:
    """A WSGI application before another: answers what it has, and keeps what the other draws.

    ``size`` bounds the bytes kept in this process; 0 keeps none. ``reads_from`` names the database to be asked
    whether a page is still right, which must have the watch's revision. Of readers who want the same page at the same
    time one has it drawn and the others wait for it.
    """

    def __init__(
        self,
        application: Application,
        watch: Watch,
        size: int,
        proxied: bool,
        static: str,
        reads_from: Callable[[], str] = lambda: DEFAULT_DB_ALIAS,
    ):
        self.application = application
        self.watch = watch
        self.size = size
        self.proxied = proxied
        self.reads_from = reads_from
        self.apart = (static, "/healthz", "/admin/", "/en/admin/", "/ar/admin/")
        self.pages: OrderedDict[Any, Page] = OrderedDict()
        self.kept = 0
        self.lock = threading.Lock()
        self.drawing: dict[Any, threading.Event] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.watch.start()
        key = self.key(environ)
        state = self.watch.state() if key else None
        if key is None or state is None:
            return self.application(environ, start_response)
        page = self.find(key, state)
        if page is not None:
            return self.answer(key, page, environ, start_response)
        return self.renew(key, state, environ, start_response)

    # What is asked for

    def key(self, environ: Environ) -> Any:
        """What the page is a function of, beside the state; None for what is never kept. Writes the query in one way for everybody."""
        path = environ["PATH_INFO"]
        if path.startswith(self.apart):
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            written = normal(query)
            if written is None:
                return None
            query = environ["QUERY_STRING"] = written
        if (
            not self.size
            or environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or "sessionid=" in (cookies := environ.get("HTTP_COOKIE", ""))
        ):
            return None
        language = ""
        if not path.startswith(("/en/", "/ar/")):
            if "language=" in cookies or not any_json(environ.get("HTTP_ACCEPT", "*/*")):
                return None
            language = preferred(environ.get("HTTP_ACCEPT_LANGUAGE", "")[:100])
        scheme = environ["wsgi.url_scheme"]
        if self.proxied:
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
        host = environ.get("HTTP_HOST") or (environ["SERVER_NAME"], environ["SERVER_PORT"])
        return scheme, host, environ.get("SCRIPT_NAME", ""), path, query, language

    # What is kept

    def find(self, key: Any, state: State) -> Page | None:
        page = self.pages.get(key)
        if page is None or page.state != state:
            return None
        try:  # noqa: SIM105  for each reader; a context manager takes as long as the rest
            self.pages.move_to_end(key)
        except KeyError:  # it has left in this moment
            pass
        return page

    def keep(self, key: Any, page: Page) -> None:
        self.drop(key)
        with self.lock:
            self.pages[key] = page
            self.kept += page.size
            self.make_room()

    def drop(self, key: Any) -> None:
        with self.lock:
            before = self.pages.pop(key, None)
            self.kept -= before.size if before else 0

    def form(self, key: Any, page: Page, coding: str) -> Form:
        """The page in a coding, made once."""
        found = page.forms.get(coding)
        if found is None:
            made = page.form(coding)
            with self.lock:
                found = page.forms.setdefault(coding, made)
                if found is made and coding and self.pages.get(key) is page:
                    self.kept += len(made.body)
                    self.make_room()
        return found

    def make_room(self) -> None:
        while self.kept > self.size:
            _key, page = self.pages.popitem(last=False)
            self.kept -= page.size

    # What is answered

    def renew(
        self, key: Any, state: State, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """See whether the page that is there is still right, or have it drawn; or wait for the reader who already does."""
        with self.lock:
            other = self.drawing.get(key)
            if other is None:
                mine = self.drawing[key] = threading.Event()
        if other is not None:
            other.wait(PATIENCE)
            now = self.watch.state()
            page = self.find(key, now) if now else None
            if page is not None:
                return self.answer(key, page, environ, start_response)
            return self.application(environ, start_response)
        try:
            page = self.pages.get(key)
            if page is not None and page.holds_in(state, self.reads_from()):
                return self.answer(key, page, environ, start_response)
            return self.draw(key, state, environ, start_response)
        finally:
            with self.lock:
                del self.drawing[key]
            mine.set()

    def draw(
        self, key: Any, state: State, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        started: list[Any] = []
        environ_drawn = cleared(environ, key[-1])
        with recorded() as recording:
            response = self.application(environ_drawn, lambda *said: started.append(said))
        page = page_of(response, started[-1], state, environ_drawn)
        if page is not None:
            response.close()
            page.questions = recording.questions()
            self.keep(key, page)
            return self.answer(key, page, environ, start_response)
        self.drop(key)
        start_response(*started[-1])
        if environ["REQUEST_METHOD"] == "HEAD":
            response.close()
            return [b""]
        return response

    def answer(
        self, key: Any, page: Page, environ: Environ, start_response: Callable[..., Any]
    ) -> list[bytes]:
        coding = ""
        if len(page.body) >= SMALLEST:
            coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", "")[:200])
        form = page.forms.get(coding) or self.form(key, page, coding)
        headers = form.headers + page.date()
        asked = "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ
        if asked and unchanged(page, form, environ):
            start_response("304 Not Modified", [h for h in headers if h[0] in OF_304])
            return [b""]
        start_response("200 OK", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else form.body]


def page_of(response: Any, said: Any, state: State, environ: Environ) -> Page | None:
    """What Django answered, when it may be kept: whole, good, small enough, the same for every reader and a while."""
    status, headers = said[0], said[1]
    names = {name.lower(): value for name, value in headers}
    if (
        not status.startswith("200 ")
        or getattr(response, "streaming", True)
        or "set-cookie" in names
        or "cookie" in names.get("vary", "").lower()
        or "cache-control" in names
        or environ.get(OF_THE_MOMENT)
        or len(response.content) > LARGEST
    ):
        return None
    vary = ", ".join(part for part in (names.get("vary", ""), "Accept-Encoding") if part)
    kept = [(n, v) for n, v in headers if n.lower() not in ("content-length", "vary")]
    kept += [("Vary", vary), ("Cache-Control", CONTROL)]
    return Page(state, kept, response.content, int(time.time()) + 1)


def cleared(environ: Environ, language: str) -> Environ:
    """The request as everybody's: a GET without cookies, conditions and preferences."""
    kept = {n: v for n, v in environ.items() if not n.startswith("HTTP_") or n in HEADERS}
    kept["REQUEST_METHOD"] = "GET"
    if language:
        kept["HTTP_ACCEPT_LANGUAGE"] = language
    return kept


@functools.lru_cache(1024)
def normal(query: str) -> str | None:
    """A query string with the parameters that are read, in one order and writing; None when it cannot be read or is too long."""
    if len(query) > LONGEST:
        return None
    try:
        pairs = parse_qsl(
            query.encode("latin-1").decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=40,
        )
    except ValueError:
        return None
    read = [pair for pair in pairs if pair[0] in PARAMETERS]
    return urlencode(sorted(read, key=lambda pair: pair[0]))


@functools.lru_cache(256)
def preferred(accepted: str) -> str:
    """The language of an answer whose address says none, as Django chooses it."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return get_language_from_request(request)


@functools.lru_cache(256)
def coding_for(accepted: str) -> str:
    """The best coding that a header ``Accept-Encoding`` allows, "" for none; ours before theirs between equals."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        try:
            weights[name.strip()] = float(parameter.strip()[2:]) if parameter.strip() else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    best = max(CODINGS, key=lambda name: weights.get(name, weights.get("*", 0.0)))
    return best if weights.get(best, weights.get("*", 0.0)) > 0 else ""


def any_json(accepted: str) -> bool:
    """Whether a header ``Accept`` takes what the interface gives."""
    return any(kind in accepted for kind in ("*/*", "application/json", "application/*"))


def unchanged(page: Page, form: Form, environ: Environ) -> bool:
    """Whether the reader has this very page already, by its tag or else by the date of what he has."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return (
            form.tag in (part.strip().removeprefix("W/") for part in tags.split(","))
            or tags.strip() == "*"
        )
    since = parsedate_tz(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    try:
        return since is not None and page.modified <= mktime_tz(since)
    except (ValueError, OverflowError):
        return False
