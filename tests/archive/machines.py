"""Several machines on one: PostgreSQL servers of their own from the embedded binaries, and web servers over them."""

from __future__ import annotations

import contextlib
import http.client
import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from archive.database.server import DATABASE, USER, Server, as_nobody, binaries
from tests.benchmarks.serving import application, free_port, running

KEY = "a key that several machines share, long enough"


class Postgres(Server):
    """A server of its own that a test starts and stops."""

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@/{DATABASE}?host={self.socket}"

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "stop", "-m", how, "-w", "-t", "60", check=False)

    def ask(self, sql: str) -> Any:
        """The first value of a query's answer, None when it has no rows; committed."""
        with psycopg.connect(self.url, autocommit=True) as opened:
            cursor = opened.execute(sql)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None


def new_primary(folder: Path, source: str) -> Postgres:
    """A primary with a copy of the database ``source`` of the tests' own server."""
    folder.mkdir()
    folder.chmod(0o755)
    primary = Postgres(folder)  # a server that is killed must not lose what it confirmed
    primary.start()
    own = connection.settings_dict
    where = ["-h", own["HOST"] or "localhost", "-p", str(own["PORT"] or 5432), "-U", own["USER"]]
    dumped = subprocess.run(
        [binaries() / "pg_dump", *where, "-w", source],
        capture_output=True,
        check=True,
        env={"PGPASSWORD": own["PASSWORD"] or ""},
    )
    subprocess.run(
        [binaries() / "psql", "-q", "-1", "-h", primary.socket, "-U", USER, DATABASE],
        input=dumped.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return primary


def new_replica(folder: Path, primary: Postgres) -> Postgres:
    """A streaming replica, made as docs/operations.md says."""
    folder.mkdir()
    replica = Postgres(folder, fast=True)
    replica.give(folder)
    copied = [
        str(binaries() / "pg_basebackup"), "-h", str(primary.socket), "-U", USER,
        "-D", str(replica.cluster), "-R", "-c", "fast", "-C", "-S", "replica_1",
    ]  # fmt: skip
    subprocess.run([*as_nobody(), *copied], check=True, cwd="/", capture_output=True)
    for left in replica.cluster.glob(".s.PGSQL.*"):  # the primary's socket lies in its folder
        left.unlink()
    replica.start()
    return replica


@dataclass
class Web:
    """A web server's process at a port."""

    port: int

    def get(self, address: str, **headers: str) -> tuple[int, str]:
        return self.send("GET", address, **headers)

    def send(
        self, method: str, address: str, body: str | None = None, **headers: str
    ) -> tuple[int, str]:
        opened = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            opened.request(method, address, body, headers)
            answer = opened.getresponse()
            return answer.status, answer.read().decode()
        finally:
            opened.close()

    def health(self) -> dict[str, Any]:
        return json.loads(self.get("/healthz")[1])


@contextlib.contextmanager
def web(number: int, folder: Path, threads: int = 4, **environment: str) -> Iterator[list[Web]]:
    """So many web servers, each with a data folder of its own; they share what they have shown as processes of one ``up`` do."""
    with contextlib.ExitStack() as stack:
        found = []
        for n in range(number):
            (folder / f"web-{n}").mkdir()
            port = free_port()
            shared = {
                "DATA": str(folder / f"web-{n}"),
                "SECRET_KEY": KEY,
                "HIWAR_SHOWN": str(folder / "shown"),
                "DJANGO_SETTINGS_MODULE": "tests.archive.plain_settings",
                "ALLOWED_HOSTS": "127.0.0.1",
            }
            command = application("archive.wsgi", port)
            command[command.index("--blocking-threads") + 1] = str(threads)
            stack.enter_context(running(command, port, **shared | environment))
            found.append(Web(port))
        yield found


@dataclass
class Reader:
    """Reads the same addresses on and on, now from one web server and now from another; keeps what went wrong."""

    servers: list[Web]
    addresses: list[str]
    #: the number of the change that a page shows
    number: Callable[[str], int]
    shown: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        turn = 0
        while not self.stopped.is_set():
            server = self.servers[turn % len(self.servers)]
            address = self.addresses[turn // len(self.servers) % len(self.addresses)]
            turn += 1
            try:
                status, body = server.get(address)
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(f"{address}: {error!r}")
                continue
            if status != 200:
                self.wrong.append(f"{address}: {status}")
                continue
            number = self.number(body)
            if self.shown and number < self.shown[-1]:
                self.wrong.append(f"{address}: {number} after {self.shown[-1]}")
            self.shown.append(number)


@contextlib.contextmanager
def reading(*readers: Reader) -> Iterator[None]:
    threads = [threading.Thread(target=reader.run) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for reader in readers:
            reader.stopped.set()
        for thread in threads:
            thread.join()


def until(holds: Callable[[], Any], what: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)
