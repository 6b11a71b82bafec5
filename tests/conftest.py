"""What all tests share: the demo archive, Chromium, and a closed network."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_socket
from django.core.management import call_command
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).resolve().parent.parent


# How long an example takes says how busy the machine is, and nothing of what is tested.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    from archive.serving import compile_translations

    compile_translations()


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """WhiteNoise warns when there is nothing to serve; the tests serve from the sources."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests need a Chromium, tests over the real article its folder; both say so when they are skipped."""
    no_browser = pytest.mark.skip(reason="no Chromium on this machine")
    no_corpus = pytest.mark.skip(reason="HIWAR_CORPUS names no folder")
    for item in items:
        if item.get_closest_marker("browser") and not os.environ.get("CHROMIUM"):
            item.add_marker(no_browser)
        if item.get_closest_marker("corpus") and not os.environ.get("HIWAR_CORPUS"):
            item.add_marker(no_corpus)


@pytest.fixture(autouse=True)
def closed_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test reaches out of the machine; browser tests reach the live server on it."""
    if request.node.get_closest_marker("browser"):
        pytest_socket.socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)
    yield
    pytest_socket.enable_socket()
    pytest_socket._remove_restrictions()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever the one before it left active."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def demo_files() -> list[str]:
    return sorted(str(path) for path in (ROOT / "fixtures").glob("*.jsonl"))


def copy_database(source: str, name: str) -> None:
    """Make the database ``name`` anew as a copy of ``source``; who is still connected to either has to go."""
    from django.db import connection

    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source]
        )
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


@contextlib.contextmanager
def at_database(name: str) -> Iterator[None]:
    """Tests, and the live server's threads, work on the database ``name``."""
    from django.db import connection

    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None, django_db_blocker: Any, demo_files: list[str]
) -> Iterator[str]:
    """The name of a database with the demo archive, loaded and indexed once."""
    from django.db import connection

    from statements.search.settling import rebuild

    name = f"{connection.settings_dict['NAME']}_demo"
    with django_db_blocker.unblock():
        copy_database(connection.settings_dict["NAME"], name)
        with at_database(name), open(os.devnull, "w") as nowhere:
            call_command("import_records", *demo_files, stdout=nowhere)
            rebuild()
        yield name
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def demo(demo_database: str) -> Iterator[None]:
    """The demo archive for the tests of a module, which take back what they change."""
    with at_database(demo_database):
        yield


@pytest.fixture
def outside_demo(request: pytest.FixtureRequest) -> None:
    """What a test with a transaction of its own leaves is emptied, and must not be what other tests read."""
    from django.db import connection

    assert not str(connection.settings_dict["NAME"]).endswith("_demo"), (
        f"{request.node.nodeid}: move it into a file without the fixture demo"
    )


@pytest.fixture
def own_demo(outside_demo: None, transactional_db: None, demo_database: str) -> Iterator[None]:
    """A copy of the demo archive for one test, seen by the live server too."""
    copy_database(demo_database, f"{demo_database}_copy")
    with at_database(f"{demo_database}_copy"):
        yield


@pytest.fixture(scope="session")
def article_text() -> str:
    return (Path(os.environ["HIWAR_CORPUS"]) / "corpus" / "seed-article.txt").read_text("utf-8")


@pytest.fixture
def page(live_server: Any) -> Iterator[Any]:
    """A page of a headless Chromium on the live server."""
    from playwright.sync_api import sync_playwright

    flags = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if os.getuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 1280, "height": 900}
        )
        yield context.new_page()
        browser.close()
