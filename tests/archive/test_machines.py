"""Web servers on several machines over one database: none keeps what another needs, and PostgreSQL refuses nobody."""

from __future__ import annotations

import html
import http.cookiejar
import re
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_socket
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from archive.database.capacity import BESIDE, shortages
from archive.serving import check_connections
from statements.models import Capture, Official
from tests import cast
from tests.archive.machines import Postgres, Web, new_primary, until, web
from tests.ingest import files

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
CONNECTED = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = 'hiwar' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
ENOUGH = "a long enough password"


class Browser:
    """Keeps its cookies, whichever web server answers."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, server: Web, address: str) -> Any:
        return self.opener.open(f"http://127.0.0.1:{server.port}{address}", timeout=60)

    def send(self, form: Web, to: Web, address: str, form_at: str = "", **fields: Any) -> Any:
        """A form that one web server gave, sent to another; a value of bytes is a file."""
        token = TOKEN.search(self.get(form, form_at or address).read().decode())
        assert token
        parts = []
        for name, value in {"csrfmiddlewaretoken": token[1], **fields}.items():
            file = '; filename="source"' if isinstance(value, bytes) else ""
            content = value if isinstance(value, bytes) else value.encode()
            head = f'--part\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
            parts.append(head.encode() + content + b"\r\n")
        request = urllib.request.Request(
            f"http://127.0.0.1:{to.port}{address}",
            b"".join(parts) + b"--part--\r\n",
            {"Content-Type": "multipart/form-data; boundary=part"},
        )
        return self.opener.open(request, timeout=60)


def words(answer: Any) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", answer.read().decode()))


def url() -> str:
    own = connection.settings_dict
    query = urllib.parse.urlencode({"host": own["HOST"], "port": own["PORT"], "password": own["PASSWORD"] or ""})  # fmt: skip
    return f"postgresql://{own['USER']}@/{own['NAME']}?{query}"


def test_an_editor_goes_on_at_another_web_server_with_everything(
    own_demo: None, tmp_path: Path
) -> None:
    """Signed in, saved, kept, said: the database has it all, and the data folders nothing."""
    pytest_socket.enable_socket()
    cast.user("administrator", "noor")
    official = Official.objects.get(slug="thabit-al-abbasi")
    with web(2, tmp_path, DATABASE_URL=url()) as (one, other):
        folders = set(tmp_path.rglob("*"))
        browser = Browser()
        answer = browser.send(
            one, other, "/en/admin/login/", username="noor", password=ENOUGH, next="/en/admin/"
        )
        assert answer.url == f"http://127.0.0.1:{other.port}/en/admin/"
        assert "noor" in browser.get(one, "/en/admin/").read().decode()
        # A file taken in at one is there at the other, as it was.
        content = files.page().encode()
        answer = browser.send(one, other, "/en/admin/statements/paste/add/", file=content)
        assert files.PARAGRAPHS[0] in words(answer)
        path = urllib.parse.urlsplit(answer.url).path
        assert files.PARAGRAPHS[0] in words(browser.get(one, path))
        capture = Capture.objects.latest("pk")
        kept = browser.get(one, f"/en/admin/statements/capture/{capture.pk}/download/")
        assert kept.read() == content
        # What is saved at one is read at the other.
        page = f"/en/officials/{official.slug}/"
        assert "Thabit of the other" not in other.get(page)[1]
        Official.objects.filter(pk=official.pk).update(name_en="Thabit of the other")
        until(lambda: all("Thabit of the other" in each.get(page)[1] for each in (one, other)), "read")  # fmt: skip
        # Signed out at one is signed out at the other.
        browser.send(other, one, "/en/admin/logout/", form_at="/en/admin/")
        assert "/login/" in browser.get(other, "/en/admin/").url
        assert set(tmp_path.rglob("*")) == folders


@pytest.fixture
def small(tmp_path: Path, demo_database: str) -> Iterator[Postgres]:
    """A PostgreSQL with just the connections that one process with eight threads may need."""
    pytest_socket.enable_socket()
    tmp_path.chmod(0o755)
    server = new_primary(tmp_path / "primary", demo_database)
    server.ask(f"ALTER SYSTEM SET max_connections = {8 + 1 + BESIDE + 3}")
    server.stop()
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")


@pytest.mark.django_db
def test_postgresql_refuses_nobody_when_readers_are_more_than_its_connections(
    small: Postgres, tmp_path: Path
) -> None:
    wrong = []
    with web(1, tmp_path, threads=8, DATABASE_URL=small.url, PAGE_CACHE_MB="0") as (server,):
        server.get("/en/about/")

        def read() -> None:
            for address in ("/en/about/", "/api/v1/officials/thabit-al-abbasi/", "/healthz"):
                status, _body = server.get(address)
                if status != 200:
                    wrong.append((address, status))

        readers = [threading.Thread(target=read) for _reader in range(64)]
        for reader in readers:
            reader.start()
        most = 0
        with psycopg.connect(small.url, autocommit=True) as own:
            while any(reader.is_alive() for reader in readers):
                (count,) = own.execute(CONNECTED).fetchone() or (0,)
                most = max(most, count)
        for reader in readers:
            reader.join()
    assert wrong == []
    assert 4 < most <= 8 + 1
    assert "too many clients" not in (small.cluster / "server.log").read_text()


@pytest.mark.django_db
def test_more_threads_than_connections_are_refused_at_the_start_with_a_sentence() -> None:
    assert shortages(2, 4, pooled=False) == []
    with pytest.raises(ImproperlyConfigured) as refused:
        check_connections(32, 32)
    assert "WORKERS=32 with THREADS=32 may need 1061" in str(refused.value)
    assert shortages(32, 32, pooled=True) == []
