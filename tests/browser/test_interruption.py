"""Work on a paste is broken off: the web server is killed, the session ends, another editor is as quick.

The server is the real one, over data of its own. Nothing may be lost and nothing doubled.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.archive.test_survival import ROOT, python
from tests.ingest import files
from tests.ingest.test_ingest import PAGE

pytestmark = pytest.mark.browser
PASSWORD = "a long enough password"
PREPARE = f"""
import django
django.setup()
from archive.serving import collect_static, prepare_tables
prepare_tables(); collect_static()
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
for name in ("editor", "second"):
    editor = get_user_model().objects.create_user(name, password={PASSWORD!r}, is_staff=True)
    editor.groups.add(Group.objects.get(name="editor"))
print("null")
"""
#: An archive without a document but one paste that waits, and both editors signed in.
BEGIN = f"""
import django, json
django.setup()
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from statements.ingest.draft import paste
with connection.cursor() as cursor:
    cursor.execute("TRUNCATE statements_capture, statements_article, statements_statement CASCADE")
keys = {{}}
for editor in get_user_model().objects.all():
    session = SessionStore()
    session.update({{"_auth_user_id": str(editor.pk), "_auth_user_backend": "django.contrib.auth.backends.ModelBackend", "_auth_user_hash": editor.get_session_auth_hash()}})
    session.create()
    keys[editor.username] = session.session_key
print(json.dumps([paste({PAGE!r}, editor).pk, keys]))
"""
END_SESSIONS = """
import django
django.setup()
from django.contrib.sessions.models import Session
Session.objects.all().delete()
print("null")
"""
COUNT = """
import django, json, sys
django.setup()
from statements.models import Article, Passage, PassageText, Paste, Version
kept = Paste.objects.get(pk=sys.argv[1])
made = [model.objects.filter(capture=kept.capture).count() for model in (Article, Version)]
decided = [one.get("decision") for part in ("proposals", "relations") for one in kept.corrections.get(part, {}).values()]
print(json.dumps([kept.state, len(kept.made), *made, PassageText.objects.count(), decided]))
"""
CAPTURES = """
import django, json
django.setup()
from statements.models import Capture
print(json.dumps([[capture.sha256, capture.pastes.count()] for capture in Capture.objects.exclude(filename="")]))
"""
#: Holds a lock until it is told to let go, and says when so many wait for it.
HOLD = """
import django, sys, time
django.setup()
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute(sys.argv[1])
    print("held", flush=True)
    for _ in range(1200):
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
        if cursor.fetchone()[0] >= int(sys.argv[2]):
            break
        time.sleep(0.05)
    else:
        sys.exit("nobody waited")
    print("waited for", flush=True)
    sys.stdin.readline()
"""
#: The archive's own application; an answer to a confirmation is kept back while a file says so.
SLOW = """
import os, time
from archive.wsgi import application as archive
def application(environ, start_response):
    answer = archive(environ, start_response)
    if environ["REQUEST_METHOD"] == "POST" and os.path.exists(os.environ["KEPT_BACK"]):
        open(os.environ["KEPT_BACK"] + ".reached", "w").close()
        time.sleep(120)
    return answer
"""


class Server:
    """The web server as ``up`` starts it, in a process group that can be killed whole."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        (folder / "slow.py").write_text(SLOW)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.kept_back = folder / "kept-back"
        self.environment = environment | {
            "PYTHONPATH": f"{folder}:{ROOT}",
            "SERVING": "1",
            "KEPT_BACK": str(self.kept_back),
        }

    def start(self) -> None:
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "1", "--blocking-threads", "2", "--no-ws", "--http", "1", "--log-level", "critical", "slow:application",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)  # fmt: skip
        until(lambda: answers(self.port))

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    names = ("DATABASE_URL", "DATA_MAY_BE_LOST", "PORT")
    found = {
        **{name: value for name, value in os.environ.items() if name not in names},
        "DATA": str(tmp_path_factory.mktemp("interrupted")),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "PYTHONPATH": str(ROOT),
    }
    asked(PREPARE, found)
    return found


def asked(code: str, environment: dict[str, str]) -> Any:
    done = python(code, environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


class Desk(NamedTuple):
    """A server with a browser on it, a paste that waits to be decided, and the keys of the editors' sessions."""

    server: Server
    browser: Any
    paste: int
    sessions: dict[str, str]
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def window(self, path: str = "", language: str = "en", editor: str = "editor") -> Any:
        """A window of an editor who is signed in, on the paste or on another page of the desk."""
        context = self.browser.new_context()
        context.set_default_timeout(60_000)
        context.add_cookies(
            [{"name": "sessionid", "value": self.sessions[editor], "url": self.address}]
        )
        page = context.new_page()
        page.goto(
            f"{self.address}/{language}/admin/statements/paste/{path or f'{self.paste}/change/'}"
        )
        return page

    def counted(self) -> list[Any]:
        """What the paste has come to: its state, what it made, its articles and versions, passages of all, decisions."""
        return list(asked(COUNT.replace("sys.argv[1]", str(self.paste)), self.environment))

    @contextlib.contextmanager
    def held(self, lock: str, waiters: int = 1) -> Iterator[Callable[[], None]]:
        """A lock of the database; gives what returns once so many wait for it."""
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, lock, str(waiters)], env=self.environment, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert holder.stdout is not None
        said = holder.stdout

        def waited() -> None:
            assert said.readline() == "waited for\n"

        try:
            assert said.readline() == "held\n"
            yield waited
            holder.communicate("let go\n", timeout=60)
        finally:
            holder.kill()
            holder.wait()


@pytest.fixture
def desk(environment: dict[str, str], tmp_path: Path) -> Iterator[Desk]:
    from playwright.sync_api import sync_playwright

    paste, sessions = asked(BEGIN, environment)
    server = Server(environment, tmp_path)
    server.start()
    flags = ["--no-sandbox"] if os.getuid() == 0 else []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
            yield Desk(server, browser, paste, sessions, environment)
            browser.close()
    finally:
        server.kill()


MADE = "#content-main > ul a"  # the drafts that a confirmed paste has become


def press(page: Any) -> None:
    """Confirm, and do not wait for what comes of it."""
    page.evaluate("setTimeout(() => document.querySelector('[name=confirm]').click(), 0)")


def again(page: Any) -> None:
    """Send again what got no answer, from the browser's page that says so."""
    until(lambda: page.title() != "" and page.evaluate("location.protocol") == "chrome-error:")
    page.reload(timeout=60_000)
    page.locator(MADE).first.wait_for(timeout=60_000)


def decide(page: Any, key: str) -> None:
    """Go on to the next name, and decide it by keyboard."""
    page.locator(".count:not(:empty)").wait_for()
    page.keyboard.press("j")
    page.keyboard.press(key)


def says(page: Any, which: str) -> None:
    """Wait until the line on keeping says so."""
    words = page.get_attribute(".saving", f"data-{which}")
    page.locator(".saving", has_text=words).wait_for(timeout=60_000)


def sign_in_again(page: Any, password: str = PASSWORD) -> None:
    page.fill("[name=resume-username]", "editor")
    page.fill("[name=resume-password]", password)
    page.click(".resume [type=submit]")


# The server is killed


@pytest.mark.parametrize(
    ("lock", "language"),
    [
        pytest.param("SELECT 1 FROM statements_paste FOR UPDATE", "en", id="before anything is written"),
        pytest.param("LOCK TABLE statements_mention IN ACCESS EXCLUSIVE MODE", "ar", id="when half is written"),
        pytest.param("LOCK TABLE statements_carriage IN ACCESS EXCLUSIVE MODE", "en", id="when all documents are written"),
    ],
)  # fmt: skip
def test_killed_before_the_commit_it_made_nothing_and_the_second_press_makes_all(
    desk: Desk, lock: str, language: str
) -> None:
    page = desk.window(language=language)
    with desk.held(lock) as waited:
        press(page)
        waited()
        desk.server.kill()
    assert desk.counted()[:4] == ["open", 0, 0, 0]
    desk.server.start()
    again(page)
    assert desk.counted()[:4] == ["confirmed", 2, 1, 1]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_killed_between_the_commit_and_the_answer_the_second_press_doubles_nothing(
    desk: Desk, language: str
) -> None:
    page, other = desk.window(language=language), desk.window(language=language, editor="second")
    desk.server.kept_back.touch()
    press(page)
    until(Path(f"{desk.server.kept_back}.reached").exists)
    desk.server.kill()
    desk.server.kept_back.unlink()
    before = desk.counted()
    assert before[:4] == ["confirmed", 2, 1, 1]
    desk.server.start()
    again(page)
    assert desk.counted() == before
    # Somebody who had the form open all the while, and presses now, is told what came of it.
    other.click("[name=confirm]")
    assert other.locator(".messagelist .warning").count() == 1
    assert other.locator(MADE).count() == 2
    assert desk.counted() == before


def test_what_is_decided_while_the_server_is_down_is_kept_once_it_is_up(desk: Desk) -> None:
    page = desk.window()
    decide(page, "r")
    says(page, "saved")
    desk.server.kill()
    decide(page, "r")
    says(page, "away")
    desk.server.start()
    says(page, "saved")
    assert desk.counted()[-1].count("refuse") == 2
    fresh = desk.window()
    assert fresh.locator(".proposal[data-state=refuse]").count() == 2


# The session ends


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_session_that_ends_while_one_decides_takes_nothing_away(
    desk: Desk, language: str
) -> None:
    page = desk.window(language=language)
    page.locator(".count:not(:empty)").wait_for()
    asked(END_SESSIONS, desk.environment)
    decide(page, "r")
    says(page, "out")
    page.fill("[name=d0-title]", "عنوان صححه محرر")
    page.click("[name=confirm]")
    assert desk.counted()[:4] == ["open", 0, 0, 0]
    sign_in_again(page, "a wrong password")
    assert page.locator(".errornote").count() == 1
    sign_in_again(page)
    assert page.locator(MADE).count() == 2
    assert "عنوان صححه محرر" in page.locator(MADE).all_inner_texts()[0]
    state, *made, _passages, decided = desk.counted()
    assert (state, made) == ("confirmed", [2, 1, 1])
    assert decided.count("refuse") == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_file_sent_after_the_session_ended_waits_for_the_sign_in(
    desk: Desk, language: str
) -> None:
    content = files.docx([files.HEADLINE, f"({language})", *files.PARAGRAPHS])
    page = desk.window("add/", language)
    page.set_input_files("[name=file]", {"name": "بيان.docx", "mimeType": "", "buffer": content})
    asked(END_SESSIONS, desk.environment)
    page.click("#content-main form [type=submit]")
    digest = hashlib.sha256(content).hexdigest()
    assert digest not in dict(asked(CAPTURES, desk.environment))
    sign_in_again(page, "a wrong password")
    sign_in_again(page)
    page.locator(".proposal").first.wait_for()
    assert dict(asked(CAPTURES, desk.environment))[digest] == 1


# Two editors


def test_two_editors_who_confirm_at_once_make_one_set_of_drafts(desk: Desk) -> None:
    windows = [desk.window(editor="editor"), desk.window(language="ar", editor="second")]
    with desk.held("SELECT 1 FROM statements_paste FOR UPDATE", waiters=2) as waited:
        for page in windows:
            press(page)
        waited()
    for page in windows:
        page.locator(MADE).first.wait_for()
        assert page.locator(MADE).count() == 2
    assert desk.counted()[:4] == ["confirmed", 2, 1, 1]


def test_two_editors_see_what_the_other_decided_and_undo_nothing_of_it(desk: Desk) -> None:
    one, other = desk.window(editor="editor"), desk.window(editor="second")
    decide(one, "r")
    says(one, "saved")
    other.locator(".count:not(:empty)").wait_for()
    other.keyboard.press("j")
    decide(other, "r")
    says(other, "saved")
    for page in (one, other):
        page.reload()
        page.locator(".count:not(:empty)").wait_for()
        states = page.eval_on_selector_all(".proposal", "all => all.map(one => one.dataset.state)")
        assert states[:2] == ["refuse", "refuse"]
    other.click("[name=confirm]")
    decided = desk.counted()[-1]
    assert decided.count("refuse") == 2
