"""The archive's revision as a process knows it: told of every commit by the database, and asked again twice a second.

What a process keeps between requests may be trusted only while it knows that the archive has not moved on. Trust
has an end of its own: without an answer for a second, whatever the reason, nothing is known any more.
"""

from __future__ import annotations

import contextlib
import datetime
import threading
import time

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.utils import timezone

from archive.database.server import ServerFailed

CHANNEL = "hiwar_revision"
#: Seconds between two questions when nobody tells of a change, and until an answer is out of date.
PAUSE = 0.4
TRUST = 1.0

#: What a page is a function of, beside its address: the archive's revision and the day.
State = tuple[int, datetime.date]


class Watch:
    """Follows the revision in a thread with a connection of its own; one a process."""

    def __init__(self) -> None:
        self._known: tuple[State, float] | None = None
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def state(self) -> State | None:
        """The revision and the day, confirmed within the last second; None when the database is not heard."""
        known = self._known
        if known is None or time.monotonic() - known[1] > TRUST:
            return None
        return known[0]

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
                cursor.execute(f"LISTEN {CHANNEL}")
                while not self._stopped.is_set():
                    asked = time.monotonic()
                    cursor.execute("SELECT number FROM statements_archiverevision")
                    (number,) = cursor.fetchone()
                    self._known = (number, timezone.localdate()), asked
                    for _change in database.connection.notifies(timeout=PAUSE, stop_after=1):
                        pass
        finally:
            database.close()


#: This process's own.
watch = Watch()
