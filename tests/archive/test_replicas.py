"""Readers are served from a streaming replica, and notice nothing of what becomes of it or of the primary."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket

from tests.archive.machines import (  # fmt: skip
    Postgres,
    Reader,
    Web,
    new_primary,
    new_replica,
    reading,
    until,
    web,
)

pytestmark = pytest.mark.django_db  # its database is copied
SLUG = "thabit-al-abbasi"
PAGE = f"/en/officials/{SLUG}/"
#: Kept by the process, drawn for each reader (an unknown parameter), and the interface.
ADDRESSES = [PAGE, f"{PAGE}?drawn=anew", f"/api/v1/officials/{SLUG}/", f"/ar/officials/{SLUG}/?x=1"]


def number(body: str) -> int:
    found = re.search(r"Minister number (\d+)", body)
    assert found, body[:300]
    return int(found[1])


class Editor:
    """Changes a name by raw SQL at the primary, by one number each time."""

    def __init__(self, primary: Postgres) -> None:
        self.primary = primary
        self.number = 1000

    def save(self) -> int:
        self.number += 1
        self.primary.ask(
            f"UPDATE statements_official SET name_en = 'Minister number {self.number}' WHERE slug = '{SLUG}'"
        )
        return self.number


@pytest.fixture
def machines(demo_database: str, tmp_path: Path) -> Iterator[tuple[Postgres, Postgres]]:
    pytest_socket.enable_socket()
    tmp_path.chmod(0o755)
    primary = new_primary(tmp_path / "primary", demo_database)
    try:
        replica = new_replica(tmp_path / "replica", primary)
        try:
            yield primary, replica
        finally:
            replica.stop("immediate")
    finally:
        primary.stop("immediate")


def used(servers: list[Web]) -> bool:
    return all(server.health()["replicas"][0]["used"] for server in servers)


def test_readers_notice_nothing_of_what_becomes_of_replica_and_primary(
    machines: tuple[Postgres, Postgres], tmp_path: Path
) -> None:
    primary, replica = machines
    editor = Editor(primary)
    editor.save()
    urls = {"DATABASE_URL": primary.url, "DATABASE_REPLICA_URLS": replica.url}
    with web(2, tmp_path, **urls) as servers:
        until(lambda: used(servers), "the replica is used")
        until(lambda: servers[0].get("/en/")[0] == 200, "the first page")
        readers = [Reader(servers, ADDRESSES[n:] + ADDRESSES[:n], number) for n in range(3)]

        def seen(wanted: int, seconds: float = 10) -> None:
            until(lambda: all(r.shown[-1:] >= [wanted] for r in readers), f"{wanted} seen", seconds)

        with reading(*readers):
            for _save in range(20):
                editor.save()
                time.sleep(0.05)
            seen(editor.number)
            # The pages are drawn there, and the primary has nothing to do with them.
            drawing = "SELECT count(*) FROM pg_stat_activity WHERE query ILIKE '%statements_%' AND datname = 'hiwar' AND pid <> pg_backend_pid()"
            assert replica.ask(drawing) > 2
            before = [
                one.ask("SELECT pg_stat_clear_snapshot() IS NULL OR true") for one in machines
            ]
            assert before

            # A replica that does not go on is not asked for what it has not.
            replica.ask("SELECT pg_wal_replay_pause()")
            seen(editor.save())
            for server in servers:
                told = server.health()["replicas"][0]
                assert (told["answers"], told["used"]) == (True, False)
            replica.ask("SELECT pg_wal_replay_resume()")
            until(lambda: used(servers), "the replica is used again")

            # One that is gone is not missed, and used again when it is back.
            replica.stop("immediate")
            seen(editor.save())
            until(lambda: not servers[0].health()["replicas"][0]["answers"], "its absence is told")
            replica.start()
            until(lambda: used(servers), "the replica that came back is used")

            # Without the primary readers read on; who wants to write is told.
            seen(editor.save())
            until(lambda: servers[0].get("/en/?x=1")[0] == 200, "the first page")
            primary.stop("immediate")
            until(lambda: servers[0].health()["status"] == "reading only", "it is told")
            begun = [len(reader.shown) for reader in readers]
            time.sleep(1.5)
            assert all(len(r.shown) > n + 5 for r, n in zip(readers, begun, strict=True))
            for server in servers:
                assert server.get("/en/?y=2")[0] == 200
                status, words = server.get("/en/admin/", Cookie="sessionid=" + "a" * 32)
                assert status == 503
                assert "cannot be reached" in words
                assert "قاعدة البيانات" in words
            primary.start()
            seen(editor.save())
            until(lambda: all(s.health()["status"] == "ok" for s in servers), "it is told")
        for reader in readers:
            assert reader.wrong == []
            assert reader.shown == sorted(reader.shown)
