"""Readers are served from a streaming replica, and notice nothing of what becomes of it or of the primary."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket
from django.core.exceptions import ImproperlyConfigured

from archive import environment
from archive.database.replicas import Replicas
from archive.page_cache import LONGEST
from archive.revision import Shown, Watch
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
#: With it an address is too long to be kept.
LONG = "?q=" + "x" * LONGEST
#: Kept by the process, drawn for each reader, and the interface.
ADDRESSES = [PAGE, f"{PAGE}{LONG}", f"/api/v1/officials/{SLUG}/", f"/ar/officials/{SLUG}/{LONG}"]
#: Rows that a server's database has given.
ROWS = "SELECT tup_returned FROM pg_stat_database WHERE datname = 'hiwar'"


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


@contextlib.contextmanager
def frozen(server: Postgres) -> Iterator[None]:
    """All processes of a server stand still meanwhile."""
    first = int((server.cluster / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    processes = [first, *map(int, children)]

    def each(signal_: signal.Signals) -> None:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal_)

    each(signal.SIGSTOP)
    try:
        yield
    finally:
        each(signal.SIGCONT)


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

        def seen(wanted: int, seconds: float = 120) -> None:
            until(lambda: all(r.shown[-1:] >= [wanted] for r in readers), f"{wanted} seen", seconds)

        with reading(*readers):
            for _save in range(12):
                editor.save()
                time.sleep(0.05)
            seen(editor.number)
            # The pages are drawn there, and the primary has nothing to do with them.
            begun = [one.ask(ROWS) for one in machines]
            time.sleep(2)  # servers count their rows once a second
            at_primary, at_replica = (
                one.ask(ROWS) - n for one, n in zip(machines, begun, strict=True)
            )
            assert at_replica > 20 * at_primary

            # A replica that does not go on is not asked for what it has not.
            replica.ask("SELECT pg_wal_replay_pause()")
            seen(editor.save())
            for server in servers:
                assert not server.health()["replicas"][0]["used"]
            replica.ask("SELECT pg_wal_replay_resume()")
            until(lambda: used(servers), "the replica is used again")

            # One that is gone is not missed, and used again when it is back.
            replica.stop("immediate")
            seen(editor.save())
            until(lambda: not servers[0].health()["replicas"][0]["answers"], "its absence is told")
            replica.start()
            until(lambda: used(servers), "the replica that came back is used")

            # Nor is one that keeps its connections and says nothing.
            with frozen(replica):
                seen(editor.save())
                until(
                    lambda: not servers[0].health()["replicas"][0]["answers"], "its silence is told"
                )
            until(lambda: used(servers), "the replica that goes on is used")

            # Without the primary readers read on; who wants to write is told.
            seen(editor.save())
            until(lambda: servers[0].get(f"/en/{LONG}")[0] == 200, "the first page")
            primary.stop("immediate")
            until(lambda: servers[0].health()["status"] == "reading only", "it is told")
            begun = [len(reader.shown) for reader in readers]
            until(
                lambda: all(len(r.shown) > n + 5 for r, n in zip(readers, begun, strict=True)),
                "they read on",
            )
            for server in servers:
                assert server.get(f"/en/{LONG}")[0] == 200
                assert server.get(f"{PAGE}?cite=bib")[0] == 200
                status, words = server.get("/en/admin/", Cookie="sessionid=" + "a" * 32)
                assert status == 503
                assert "cannot be reached" in words
                assert "قاعدة بيانات الأرشيف" in words
            primary.start()
            seen(editor.save())
            until(lambda: all(s.health()["status"] == "ok" for s in servers), "it is told")
        for reader in readers:
            assert reader.wrong == []
            assert reader.shown == sorted(reader.shown)


def test_a_replica_that_was_promoted_is_used_no_more(
    machines: tuple[Postgres, Postgres], tmp_path: Path
) -> None:
    """It counts on by itself from now on; the numbers of both would mean different archives."""
    primary, replica = machines
    urls = {"DATABASE_URL": primary.url, "DATABASE_REPLICA_URLS": replica.url}
    with web(1, tmp_path, **urls) as servers:
        until(lambda: used(servers), "the replica is used")
        replica.ask("SELECT pg_promote()")
        Editor(replica).save()
        assert "Minister number" not in servers[0].get(f"{PAGE}{LONG}")[1]
        told = servers[0].health()["replicas"][0]
        assert not told["used"]
        assert "host" not in str(told)


def test_another_server_takes_over_and_nobody_starts_anything_anew(
    machines: tuple[Postgres, Postgres], tmp_path: Path
) -> None:
    """As when Patroni promotes the replica: both are named, and libpq finds the one that takes changes."""
    primary, replica = machines
    editor = Editor(primary)
    editor.save()
    both = f"{primary.url},{replica.socket}&target_session_attrs=read-write"
    with web(1, tmp_path, DATABASE_URL=both, DATABASE_REPLICA_URLS=replica.url) as servers:
        until(lambda: used(servers), "the replica is used")
        (server,) = servers
        reader = Reader(servers, ADDRESSES, number)
        with reading(reader):
            until(lambda: reader.shown, "something is read")
            primary.stop("immediate")
            until(lambda: server.health()["status"] == "reading only", "it is told")
            replica.ask("SELECT pg_promote()")
            editor.primary = replica
            until(lambda: server.health()["status"] == "ok", "the new primary is found")
            last = editor.save()
            until(lambda: reader.shown[-1] == last, "what it has is read")
        assert not used(servers)
        # While nobody took changes, a page that no replica could draw may have said so; none went back.
        assert [one for one in reader.wrong if not one.endswith("503")] == []
        assert reader.shown == sorted(reader.shown)


def test_a_page_is_asked_about_at_the_next_replica_that_has_it_or_at_the_primary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = Replicas(["replica-1", "replica-2"], Watch())
    some.watch.shown.rise(7)
    has = {"replica-1": 7, "replica-2": 6}
    for replica in some.all:
        replica.heard = time.monotonic()
        monkeypatch.setattr(replica, "ask", lambda replica=replica: has[replica.alias])
    assert {some.alias() for _turn in range(4)} == {"replica-1"}
    has["replica-1"] = 6
    assert some.alias() == "default"


NOON = datetime.datetime(2024, 9, 1, 12, tzinfo=datetime.UTC)


def test_what_one_process_has_shown_no_other_goes_back_behind(tmp_path: Path) -> None:
    one, other = (Watch(Shown(str(tmp_path / "shown"))) for _n in range(2))
    alone = Watch()
    for watch in (one, other, alone):
        watch._confirm(7, NOON, time.monotonic())
    one.shown.rise(8)  # drawn by it, and not yet heard of by the others
    assert [watch.state()[0] for watch in (one, other, alone)] == [8, 8, 7]  # type: ignore[index]
    one.shown.rise(5)
    assert other.state()[0] == 8  # type: ignore[index]


def test_a_replica_is_believed_while_the_primary_is_not_heard_and_never_when_it_is_behind() -> None:
    watch = Watch()
    watch._confirm(7, NOON, time.monotonic() - 2)
    assert watch.state() is None
    watch.told(6, time.monotonic())
    assert watch.state() is None
    watch.told(9, time.monotonic())
    assert watch.state()[0] == watch.shown.number == 9  # type: ignore[index]
    watch._confirm(10, NOON, time.monotonic())
    watch.told(9, time.monotonic())
    assert watch.state()[0] == 10  # type: ignore[index]


@pytest.mark.parametrize("server", [NOON, NOON + datetime.timedelta(hours=1)])
def test_a_number_that_comes_again_is_another_state(server: datetime.datetime) -> None:
    """Put back from a backup, or another server took over without the last changes."""
    watch = Watch()
    watch._confirm(7, NOON, time.monotonic())
    before = watch.state()
    watch._confirm(6, server, time.monotonic())
    assert watch.state()[0] == 6  # type: ignore[index]
    watch._confirm(7, server, time.monotonic())
    now = watch.state()
    assert now is not None
    assert before is not None
    assert now[0] == before[0]
    assert now != before


@pytest.mark.parametrize(
    ("primary", "value", "told"),
    [
        ("postgresql://a/x", "postgresql://b/x,", ""),
        ("postgresql://a/x", "postgres://b:5433/x, postgresql:///x?host=/run/c", ""),
        ("", "postgresql://b/x", "without DATABASE_URL"),
        ("postgresql://a/x", "b/x", "no address of a database"),
        ("postgresql://a/x", "postgresql://b/x,host=c dbname=x", "address 2 of 2"),
        ("postgresql://a/x", "postgresql://b:secret@", "names no database"),
        ("postgresql://a/x", "postgresql://b:secret@c/x?nonsense=1", "cannot be read"),
        ("postgresql://a/x", "postgresql://a/x", "is the primary's"),
        ("postgresql://a/x", "postgresql://b/x,postgresql://b/x", "is there twice"),
    ],
)
def test_addresses_of_replicas_are_read_or_refused_with_a_sentence(
    primary: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", primary)
    monkeypatch.setenv("DATABASE_REPLICA_URLS", value)
    if not told:
        assert list(environment.replicas()) == ["replica-1", "replica-2"][: value.count("//")]
        return
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.replicas()
    assert told in str(refused.value)
    assert "DATABASE_REPLICA_URLS" in str(refused.value)
    assert "secret" not in str(refused.value)
