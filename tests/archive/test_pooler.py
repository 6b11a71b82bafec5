"""PgBouncer by the shipped file between web server and PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_socket
from django.core.exceptions import ImproperlyConfigured

from archive import environment
from archive.database.server import DATABASE, USER, as_nobody
from archive.environment import SERVING_OPTIONS
from tests.archive.machines import Postgres, new_primary, until, web
from tests.archive.test_operations import SHIPPED
from tests.benchmarks.serving import free_port

PROGRAM = shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
POOL = 3


@pytest.fixture
def pooled(demo_database: str, tmp_path: Path) -> Iterator[tuple[Postgres, str]]:
    """A PostgreSQL, and the address at which PgBouncer stands before it; its pool is small, and it asks nobody's password."""
    pytest_socket.enable_socket()
    tmp_path.chmod(0o755)
    primary = new_primary(tmp_path / "primary", demo_database)
    port = free_port()
    text = (SHIPPED / "pgbouncer.ini").read_text()
    for shipped, here in {
        "host=127.0.0.1 port=5432": f"host={primary.socket} port=5432",
        "listen_port = 6432": f"listen_port = {port}\nunix_socket_dir =",
        "auth_type = scram-sha-256": "auth_type = any",
        "auth_file = /etc/pgbouncer/userlist.txt": "",
        "dbname=hiwar": f"dbname={DATABASE} user={USER}",
        "default_pool_size = 20": f"default_pool_size = {POOL}",
        "reserve_pool_size = 5": "reserve_pool_size = 0",
    }.items():
        assert shipped in text
        text = text.replace(shipped, here)
    file = tmp_path / "pgbouncer.ini"
    file.write_text(text)
    with (tmp_path / "pgbouncer.log").open("w") as log:
        running = subprocess.Popen([*as_nobody(), PROGRAM, file], stdout=log, stderr=log)
    url = f"postgresql://{USER}@127.0.0.1:{port}/{DATABASE}"

    def answers() -> bool:
        assert running.poll() is None, (tmp_path / "pgbouncer.log").read_text()
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            return False
        return True

    try:
        until(answers, "PgBouncer answers")
        yield primary, url
    finally:
        running.terminate()
        running.wait(20)
        primary.stop("immediate")


@pytest.mark.skipif(not PROGRAM, reason="no PgBouncer on this machine")
@pytest.mark.django_db
def test_many_threads_share_few_connections_and_hear_of_changes(
    pooled: tuple[Postgres, str], tmp_path: Path
) -> None:
    primary, url = pooled
    wrong = []
    with web(2, tmp_path, threads=8, DATABASE_URL=url) as servers:

        def read(turn: int) -> None:
            for address in ("/en/?q=", "/en/statements/?q=security+", "/api/v1/officials/?q="):
                status, _body = servers[turn % 2].get(f"{address}{turn}")
                if status != 200:
                    wrong.append((address, status))

        readers = [threading.Thread(target=read, args=[turn]) for turn in range(24)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        assert wrong == []
        count = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'hiwar' AND backend_type = 'client backend'"
        assert primary.ask(count) - 1 <= POOL
        with psycopg.connect(url) as asked:
            assert settings_of(asked) == WANTED
        page = "/en/officials/thabit-al-abbasi/"
        for turn in range(3):
            until(lambda: all(s.health()["pages"] == "kept" for s in servers), "changes are heard")
            for server in servers:
                server.get(page)
            name = f"Thabit by turn {turn}"
            primary.ask(f"UPDATE statements_official SET name_en = '{name}' WHERE slug = 'thabit-al-abbasi'")  # fmt: skip
            until(lambda name=name: all(name in s.get(page)[1] for s in servers), name)


#: by the names of PostgreSQL, as the web server asks for them
WANTED = {
    name: {"4s": "4000"}.get(value, value)
    for name, value in (option.strip().split("=") for option in SERVING_OPTIONS.split("-c ")[1:])
}


def settings_of(asked: psycopg.Connection) -> dict[str, str]:
    rows = asked.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*WANTED]])
    return dict(rows.fetchall())


@pytest.mark.django_db
def test_a_server_of_its_own_is_asked_as_the_embedded_one_is(
    demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer takes longer than four seconds, whoever runs the database; commands take the time they need."""
    pytest_socket.enable_socket()
    tmp_path.chmod(0o755)
    primary = new_primary(tmp_path / "primary", demo_database)
    try:
        monkeypatch.setenv("DATABASE_URL", f"{primary.url}&options=-c%20work_mem%3D5MB")
        for serving, expected in (("", False), ("1", True)):
            monkeypatch.setenv("SERVING", serving)
            options = environment.database(tmp_path)["OPTIONS"]["options"]
            with psycopg.connect(primary.url, options=options) as asked:
                assert (settings_of(asked) == WANTED) is expected
                assert asked.execute("SHOW work_mem").fetchone() == ("5MB",)
    finally:
        primary.stop("immediate")


def test_commands_go_past_the_pooler_and_requests_through_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://pooler:6432/hiwar")
    monkeypatch.setenv("DATABASE_DIRECT_URL", "postgresql://server/hiwar")
    assert environment.database(tmp_path)["HOST"] == "server"
    monkeypatch.setenv("SERVING", "1")
    pooler = environment.database(tmp_path)
    assert pooler["HOST"] == "pooler"
    assert "options" not in pooler["OPTIONS"]
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(ImproperlyConfigured, match="set both"):
        environment.database(tmp_path)
