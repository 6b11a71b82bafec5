"""Readers' pages drawn from streaming replicas (docs/decisions/0020).

A request is drawn from one database, chosen once: a replica for what anybody may read, when it has replayed
everything that a reader can have seen, else the primary. The desk, a session's cookie, whatever writes and whatever
is no request of a reader stay with the primary. A page that a replica could not finish is drawn again.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from socket import SHUT_RDWR, socket
from typing import Any
from weakref import WeakSet

import psycopg
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse

from archive.database.recording import apart
from archive.revision import PAUSE, Watch, watch

#: Where the request at hand is read from.
_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)
ASKED = """
    SELECT number, pg_is_in_recovery(), CASE
        WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
    END FROM statements_archiverevision
"""
#: Seconds after which a replica that says nothing is taken for gone.
SILENCE = 2.0
#: What a replica says when it took a query back, or was asked to write: the page is the primary's, the replica is well.
TAKEN_BACK = ("25", "40")
FAILURES = (DatabaseError, InterfaceError, OSError)


class NotHere(Exception):
    """A page that is drawn from a replica wants to write."""


class Router:
    """Django's question which database: the request's own for reading; nobody writes from a replica's page."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _reading.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        if _reading.get() != DEFAULT_DB_ALIAS:
            raise NotHere
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # the same rows, wherever they were read

    def allow_migrate(self, database: str, app_label: str, **hints: Any) -> bool:
        return database == DEFAULT_DB_ALIAS


class Source:
    """A database that pages are drawn from: the primary."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def ask(self) -> int | None:
        """The archive's revision there; None when it does not answer."""
        try:
            with apart(), connections[self.alias].cursor() as cursor:
                cursor.execute("SELECT number FROM statements_archiverevision")
                return int(cursor.fetchone()[0])
        except (*FAILURES, TypeError):
            self.fail()
            return None

    def fail(self) -> None:
        with contextlib.suppress(*FAILURES):
            connections[self.alias].close()


class Replica(Source):
    """One streaming replica as this process knows it."""

    def __init__(self, alias: str) -> None:
        super().__init__(alias)
        #: When it answered last; until it does, after a failure and after a silence no reader waits for it.
        self.heard = float("-inf")
        self.revision: int | None = None
        self.behind: float | None = None
        self.connected: WeakSet[Any] = WeakSet()

    @property
    def answers(self) -> bool:
        return time.monotonic() - self.heard <= SILENCE

    def ask(self) -> int | None:
        """The revision that it has replayed; None when it does not answer or is a replica no more."""
        try:
            with apart(), connections[self.alias].cursor() as cursor:
                self.connected.add(connections[self.alias].connection)
                cursor.execute(ASKED)
                number, follows, behind = cursor.fetchone()
        except (*FAILURES, TypeError):
            self.fail()
            return None
        if not follows:  # promoted: what it has may be another archive by now
            self.fail()
            return None
        self.heard, self.revision = time.monotonic(), number
        self.behind = None if behind is None else float(behind)
        return int(number)

    def fail(self) -> None:
        self.heard, self.revision, self.behind = float("-inf"), None, None
        super().fail()

    def hang_up(self) -> None:
        """End the questions that wait for its answers, whichever thread asks; each learns it as a failure."""
        for connection in list(self.connected):
            with (
                contextlib.suppress(psycopg.Error, OSError),
                socket(fileno=os.dup(connection.fileno())) as line,
            ):
                line.shutdown(SHUT_RDWR)


class Replicas:
    """All of them, each asked again and again in a thread: so a reader never waits to learn that one is away."""

    def __init__(self, aliases: list[str], known: Watch) -> None:
        self.all = [Replica(alias) for alias in aliases]
        self.watch = known
        self._turn = itertools.count()
        self._started = False

    def start(self) -> None:
        if not self._started:
            self._started = True
            for replica in self.all:
                threading.Thread(target=self._follow, args=[replica], daemon=True).start()
                threading.Thread(target=self._listen, args=[replica], daemon=True).start()

    def _follow(self, replica: Replica) -> None:
        while True:
            asked = time.monotonic()
            number = replica.ask()
            if number is not None and number >= self.watch.shown.number:
                self.watch.told(number, asked)
            time.sleep(PAUSE)

    def _listen(self, replica: Replica) -> None:
        """Nobody waits for a replica that has fallen silent, with its connections open."""
        while True:
            time.sleep(PAUSE)
            if not replica.answers:
                replica.hang_up()
                time.sleep(SILENCE)  # for it to answer anew

    def in_turn(self, silent: bool = False) -> Iterator[Replica]:
        """Those that answer and have what readers may have seen; each call begins with the next one.

        ``silent``: those too that were not heard lately, for when there is nobody else to ask.
        """
        first = next(self._turn)
        for n in range(len(self.all)):
            replica = self.all[(first + n) % len(self.all)]
            if not replica.answers and not silent:
                continue
            wanted = self.watch.shown.number  # before the replica is asked
            number = replica.ask() if wanted else None
            if number is not None and number >= wanted:
                yield replica

    def alias(self) -> str:
        """Where what readers have seen can be asked for: the next replica that has it, or the primary."""
        return next((replica.alias for replica in self.in_turn()), DEFAULT_DB_ALIAS)

    def usable(self, replica: Replica) -> bool:
        return replica.answers and (replica.revision or 0) >= self.watch.shown.number > 0


primary = Source(DEFAULT_DB_ALIAS)
replicas = Replicas([name for name in settings.DATABASES if name != DEFAULT_DB_ALIAS], watch)


class ReplicaMiddleware:
    """Chooses where a request is read from, and draws a page again that a replica could not finish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not replicas.all:
            raise MiddlewareNotUsed
        self.get_response = get_response
        desk = [f"/{language}/admin/" for language, _name in settings.LANGUAGES]
        self.apart = ("/healthz", *desk)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.for_anybody(request):
            return self.get_response(request)
        for _attempt in range(
            2
        ):  # a replica that was a moment behind may be needed when the primary fails
            for replica in replicas.in_turn():
                response = self.drawn(request, replica)
                if response is not None:
                    return response
            response = self.drawn(request, primary)
            if response is not None:
                return response
        raise OperationalError("Neither the primary nor a replica that is new enough answers.")

    def for_anybody(self, request: HttpRequest) -> bool:
        return (
            request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not request.path_info.startswith(self.apart)
        )

    def drawn(self, request: HttpRequest, source: Source) -> HttpResponse | None:
        """The page as the database has it; None when that could not give the whole of it."""
        token = _reading.set(source.alias)
        request.source = source  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            if request.source is None or response.status_code == 503:  # type: ignore[attr-defined]
                return None
            # The archive went on meanwhile: the page may show what the database has now.
            number = source.ask()
        finally:
            _reading.reset(token)
            request.source = None  # type: ignore[attr-defined]
        if number is None:
            return None
        replicas.watch.shown.rise(number)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        source: Source | None = getattr(request, "source", None)
        if source is None or not isinstance(error, (NotHere, *FAILURES)):
            return None
        state = getattr(error.__cause__, "sqlstate", None) or ""
        if not isinstance(error, NotHere) and not state.startswith(TAKEN_BACK):
            source.fail()
        request.source = None  # type: ignore[attr-defined]
        return HttpResponse(status=503)  # nobody sees it
