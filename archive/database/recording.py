"""The questions that a page asked of the database, and whether they are answered today as they were then.

A page is a function of its address, the day and what the database answered. So one whose questions are answered
as before is still right, whatever else has changed, and asking them again costs a small part of drawing it.
"""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import ClientCursor
from psycopg.pq import ExecStatus

from archive.database.planning import ASKED

#: In front of the questions when they are asked again: none of them writes, and none takes longer than a page may.
ALONE = b"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = 2000; "
DIGEST = 16
#: A question begins with one of these.
READS = ("SELECT", "WITH", "(SELECT", ASKED.upper())


@dataclass(frozen=True, slots=True)
class Questions:
    """The SQL of a page, its parameters in place, compressed; and what was answered, as digests.

    The first question stands alone: where it is answered otherwise, nothing more needs asking.
    """

    first: bytes
    first_answer: bytes
    rest: bytes
    rest_answer: bytes
    #: of the questions that the server has planned
    names: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.first) + len(self.rest) + 2 * DIGEST + sum(map(len, self.names))

    def answered_alike(self, alias: str = DEFAULT_DB_ALIAS) -> bool:
        """Whether a database answers all as they were answered; asks in this thread's connection, in two goes at most."""
        if not self.first:
            return True
        connection: Any = connections[alias]
        if self.names and not connection.plans.hold(connection, self.names):
            return False
        with connection.cursor() as cursor:
            return answers(cursor, self.first) == self.first_answer and (
                not self.rest or answers(cursor, self.rest) == self.rest_answer
            )


class Recording:
    """What a thread asks while a page is drawn."""

    def __init__(self) -> None:
        self.aliases: set[str] = set()
        self.asked: list[bytes] = []
        self.answers: list[bytes] = []
        self.names: set[str] = set()
        self.repeatable = True

    def note(self, alias: str, sql: str, cursor: Any) -> None:
        self.aliases.add(alias)
        query, result = getattr(cursor, "_query", None), cursor.pgresult
        if (
            not isinstance(cursor, ClientCursor)
            or not sql.lstrip().upper().startswith(READS)
            or query is None
            or result is None
            or result.status != ExecStatus.TUPLES_OK
        ):
            self.repeatable = False
            return
        if sql.startswith(ASKED):
            self.names.add(sql.removeprefix("EXECUTE ").partition("(")[0])
        self.asked.append(query.query)
        self.answers.append(digest(result))

    def questions(self) -> Questions | None:
        """What was asked; None when it cannot be asked again: something was written, or two databases answered."""
        if not self.repeatable or len(self.aliases) > 1:
            return None
        first, rest = self.asked[:1], self.asked[1:]
        return Questions(
            zlib.compress(b";\n".join(first)) if first else b"",
            together(self.answers[:1]),
            zlib.compress(b";\n".join(rest)) if rest else b"",
            together(self.answers[1:]),
            tuple(sorted(self.names)),
        )


#: What this thread's questions are noted in, if anything.
_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextlib.contextmanager
def recorded() -> Iterator[Recording]:
    """Note what this thread asks of any database until the end of the block."""
    recording = Recording()
    token = _recording.set(recording)
    try:
        yield recording
    finally:
        _recording.reset(token)


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """What is asked in the block is no question of the page's, but of the database itself."""
    token = _recording.set(None)
    try:
        yield
    finally:
        _recording.reset(token)


def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """For ``execute_wrappers`` of a connection."""
    answer = execute(sql, params, many, context)
    recording = _recording.get()
    if recording is not None:
        recording.note(context["connection"].alias, sql, context["cursor"].cursor)
    return answer


def answers(cursor: Any, compressed: bytes) -> bytes:
    """Ask questions in one go; a digest of what is answered."""
    cursor.execute((ALONE + zlib.decompress(compressed)).decode())
    found, more = [], True
    while more:
        if cursor.cursor.pgresult.status == ExecStatus.TUPLES_OK:
            found.append(digest(cursor.cursor.pgresult))
        more = cursor.cursor.nextset()
    return together(found)


def digest(result: Any) -> bytes:
    """A digest of the rows of one answer, as the server sent them."""
    hashed = hashlib.blake2b(digest_size=DIGEST)
    columns, value = range(result.nfields), result.get_value
    for row in range(result.ntuples):
        values = [value(row, column) for column in columns]
        hashed.update(b",".join([b"-" if v is None else b"%d" % len(v) for v in values]))
        hashed.update(b"".join([v for v in values if v]))
    return hashed.digest()


def together(digests: list[bytes]) -> bytes:
    return hashlib.blake2b(b"".join(digests), digest_size=DIGEST).digest()
