"""The archive's revision as a process knows it: told of every commit by the database, and asked again twice a second.

What a process keeps between requests may be trusted only while it knows that the archive has not moved on. Trust
has an end of its own: without an answer for a second, whatever the reason, nothing is known any more.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import mmap
import os
import threading
import time
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.utils import timezone

from archive.database.server import ServerFailed

CHANNEL = "hiwar_revision"
#: Seconds between two questions when nobody tells of a change, and until an answer is out of date.
PAUSE = 0.4
TRUST = 1.0
#: ``up`` names with it the file through which the web server's processes tell each other what they have shown.
SHARED = "HIWAR_SHOWN"

#: What a page is a function of, beside its address: the archive's revision, the day, and how often the counting has
#: begun anew. A server that took over, or was put back from a backup, may give a number a second time.
State = tuple[int, datetime.date, int]


class Shown:
    """The highest revision that a reader can have seen: eight bytes that the processes of one web server share.

    Without a file they are this process's own.
    """

    def __init__(self, path: str = "") -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) if path else -1
        if path:
            os.ftruncate(self._file, 8)
        self._memory = memoryview(mmap.mmap(self._file, 8)).cast("q")
        self._lock = threading.Lock()

    @property
    def number(self) -> int:
        return self._memory[0]

    def rise(self, number: int) -> None:
        if number > self.number:
            with self._alone():
                self._memory[0] = max(number, self.number)

    def put_back(self, number: int) -> None:
        with self._alone():
            self._memory[0] = number

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            if self._file < 0:
                yield
                return
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)


class Watch:
    """Follows the revision in a thread with a connection of its own; one a process."""

    def __init__(self, shown: Shown | None = None) -> None:
        self.shown = shown or Shown()
        self._known: tuple[State, float] | None = None
        self._elsewhere: tuple[State, float] | None = None
        self._last: tuple[int, datetime.datetime] | None = None
        self._era = 0
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def state(self) -> State | None:
        """The state of the archive, confirmed within the last second; None when nobody is heard.

        The primary confirms it, a replica while the primary is not heard. It is never older than what a process
        of this web server has shown.
        """
        known = fresh(self._known)
        if known is None:
            known = fresh(self._elsewhere)
            if known is None or known[0] < self.shown.number:
                return None
        if known[0] > self.shown.number:
            self.shown.rise(known[0])
        number = self.shown.number
        return known if number == known[0] else (number, known[1], known[2])

    @property
    def heard(self) -> bool:
        """Whether the primary was heard within the last second."""
        return fresh(self._known) is not None

    def told(self, number: int, asked: float) -> None:
        """A replica has this revision, as asked at that time; it counts while the primary is not heard."""
        self._elsewhere = (number, timezone.localdate(), self._era), asked

    def start(self) -> None:
        """Begin to follow, once; to be called in the process that wants to know."""
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="revision", daemon=True)
                    self._thread.start()

    def stop(self) -> None:
        """Follow no more; nothing is known afterwards."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
        self._known = None

    def _run(self) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(DatabaseError, ServerFailed, OSError):
                self._follow()
            self._known = None
            self._stopped.wait(PAUSE)

    def _follow(self) -> None:
        database = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            with database.cursor() as cursor, database.wrap_database_errors:
                connections[DEFAULT_DB_ALIAS].close()  # opened to look up types, and not needed
                cursor.execute(f"LISTEN {CHANNEL}")
                while not self._stopped.is_set():
                    asked = time.monotonic()
                    cursor.execute(
                        "SELECT number, pg_postmaster_start_time() FROM statements_archiverevision"
                    )
                    row = cursor.fetchone()
                    if row:  # else a database that is emptied or put back just now
                        number, server = row
                        self._confirm(number, server, asked)
                    for _change in database.connection.notifies(timeout=PAUSE, stop_after=1):
                        pass
        finally:
            database.close()

    def _confirm(self, number: int, server: datetime.datetime, asked: float) -> None:
        last, self._last = self._last, (number, server)
        if last is not None and (server != last[1] or number < last[0]):
            self._era += 1  # another server, or this one put back
            if number < self.shown.number:
                self.shown.put_back(number)
        self.shown.rise(number)
        self._known = (number, timezone.localdate(), self._era), asked


def fresh(known: tuple[State, float] | None) -> State | None:
    """What is known, unless it was confirmed too long ago."""
    return known[0] if known is not None and time.monotonic() - known[1] <= TRUST else None


#: This process's own.
watch = Watch(Shown(os.environ.get(SHARED, "")))
