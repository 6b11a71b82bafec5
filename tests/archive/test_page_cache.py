"""Whole pages kept in front of Django: drawn once, the same for everybody, never another reader's."""

from __future__ import annotations

import datetime
import gzip
import html
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import brotli
import pytest
import zstandard
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from django.utils.text import slugify
from psycopg.errors import QueryCanceled
from rest_framework.settings import api_settings

from archive import health, revision
from archive.page_cache import CODINGS, PARAMETERS, coding_for
from archive.revision import TRUST, Watch
from statements.models import Version
from statements.search.request import FILTERS
from statements.views import listing
from tests.archive.workers import JULY, PAGES, Answer, Worker, ask, at_work, until, worker
from tests.views.test_addresses import one_of_each

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def one(demo: None, db: None) -> Iterator[Worker]:
    """One over an archive that nobody changes."""
    made = worker()
    # As in Django's test client: the end of a request would close the connection under the test.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        with at_work(made):
            yield made
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def test_a_page_is_drawn_once_and_then_given_as_it_was(one: Worker) -> None:
    for address in PAGES:
        first, again = one.ask(address), one.ask(address)
        assert first.status == again.status == 200, address
        assert first.body == again.body == ask(WSGIHandler(), address).body
        assert first.headers["etag"] == again.headers["etag"]
    assert len(one.django.asked) == len(PAGES)


def test_of_a_crowd_one_has_the_page_drawn(one: Worker) -> None:
    one.django.slow = 0.3
    answers: list[Answer] = []

    def read() -> None:
        answers.append(one.ask("/en/statements/"))
        connection.close()

    crowd = [threading.Thread(target=read) for _ in range(16)]
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    assert one.django.asked == ["/en/statements/"]
    assert len({answer.body for answer in answers}) == 1
    assert len(answers) == 16


def test_a_worker_that_does_not_hear_the_database_trusts_nothing_and_says_so(
    one: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "watch", one.watch)
    assert not one.drawn("/en/about/") or not one.drawn("/en/about/")
    assert b'"pages": "kept"' in one.ask("/healthz").body
    one.watch.stop()
    assert one.watch.state() is None
    assert one.drawn("/en/about/")
    assert one.drawn("/en/about/")
    assert b'"pages": "drawn anew"' in one.ask("/healthz").body


def test_what_was_confirmed_longer_than_a_second_ago_is_not_known() -> None:
    watch, state = Watch(), (7, datetime.date(2024, 7, 23), 0)
    watch._known = state, time.monotonic() - TRUST - 0.01
    assert watch.state() is None
    watch._known = state, time.monotonic()
    assert watch.state() == state


def test_a_page_of_yesterday_is_drawn_again(one: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not one.drawn("/en/undertakings/") or not one.drawn("/en/undertakings/")
    monkeypatch.setattr(revision.timezone, "localdate", lambda: datetime.date(2031, 1, 1))
    until(lambda: one.watch.state()[1].year == 2031)  # type: ignore[index]
    assert one.drawn("/en/undertakings/")


def test_editors_errors_and_the_desk_are_never_kept(one: Worker) -> None:
    for address, headers in (
        ("/en/", {"COOKIE": "sessionid=abc"}),
        ("/en/admin/login/", {}),
        ("/en/statements/nothing-here/", {}),
        ("/", {}),
        ("/healthz", {}),
        ("/api/v1/search/?sort=sideways", {}),
        ("/en/?q=%ff", {}),
    ):
        assert one.drawn(address, **headers), address
        assert one.drawn(address, **headers), address
    assert not one.cache.pages
    assert one.ask("/en/", "POST").status in (200, 403, 405)
    assert not one.cache.pages


def test_one_page_has_one_place_however_its_address_is_written(one: Worker) -> None:
    first = one.ask("/en/statements/?from=2023&q=Abbasi+2024")
    for address in (
        "/en/statements/?q=Abbasi%202024&from=2023",
        "/en/statements/?q=%41bbasi+2024&from=2023",
    ):
        assert one.ask(address).body == first.body
    assert (
        one.ask("/en/statements/?q=العباسي").body
        == one.ask("/en/statements/?q=%D8%A7%D9%84%D8%B9%D8%A8%D8%A7%D8%B3%D9%8A").body
    )
    assert len(one.cache.pages) == 2
    for number in range(20):
        one.ask(f"/en/statements/?q=Abbasi+2024&from=2023&fbclid={number}")
    assert len(one.cache.pages) == 2


def test_nothing_else_that_a_request_says_reaches_the_page(one: Worker) -> None:
    """Whoever comes first cannot leave anything on the page of those who come later."""
    clean = ask(WSGIHandler(), f"/en/statements/{JULY}/").body
    poisoned = one.ask(
        f"/en/statements/{JULY}/",
        COOKIE="language=ar; csrftoken=evil; messages=evil",
        ACCEPT_LANGUAGE="ar",
        X_FORWARDED_HOST="evil.example",
        X_FORWARDED_PROTO="https",
        X_FORWARDED_FOR="10.0.0.1",
        REFERER="https://evil.example/",
        USER_AGENT="<script>",
    )
    assert poisoned.body == clean
    assert "set-cookie" not in poisoned.headers
    assert one.ask(f"/en/statements/{JULY}/").body == clean
    assert one.ask(f"/en/statements/{JULY}/", HOST="evil.example").status == 400
    other = one.ask(f"/en/statements/{JULY}/", HOST="127.0.0.1").body
    assert b"http://127.0.0.1/en/" in other
    assert b"http://127.0.0.1/en/" not in one.ask(f"/en/statements/{JULY}/").body


def test_the_interface_answers_each_language_with_its_own(one: Worker) -> None:
    address = "/api/v1/search/?q=Abbasi"
    for accepted in ("en", "ar", "en-GB,en;q=0.9", "ar-IQ"):
        got = one.ask(address, ACCEPT_LANGUAGE=accepted)
        assert got.body == ask(WSGIHandler(), address, ACCEPT_LANGUAGE=accepted).body
    assert len(one.cache.pages) == 2
    assert one.drawn(address, ACCEPT="text/xml")


def test_each_coding_is_made_once_and_opens_to_the_same_page(one: Worker) -> None:
    plain = one.ask("/en/about/").body
    opened = {
        "br": brotli.decompress,
        "gzip": gzip.decompress,
        "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    }
    assert opened.keys() == CODINGS.keys()
    tags = {one.ask("/en/about/").headers["etag"]}
    for coding, open_ in opened.items():
        got = one.ask("/en/about/", ACCEPT_ENCODING=coding)
        assert got.headers["content-encoding"] == coding
        assert got.headers["content-length"] == str(len(got.body))
        assert "Accept-Encoding" in got.headers["vary"]
        assert open_(got.body) == plain
        assert len(got.body) < len(plain) / 2
        tags.add(got.headers["etag"])
    assert len(tags) == 4
    (page,) = one.cache.pages.values()
    assert page.questions
    bodies = [plain, *(form.body for coding, form in page.forms.items() if coding)]
    assert one.cache.kept == page.size == sum(map(len, bodies)) + page.questions.size


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""), ("identity", ""), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("zstd, gzip;q=0.9", "zstd"),
        ("br;q=0, gzip", "gzip"), ("*", "br"), ("*;q=0", ""), ("br;q=x, gzip;q=0.1", "gzip"), ("GZIP", "gzip"),
    ],
)  # fmt: skip
def test_the_best_coding_that_a_browser_takes(accepted: str, coding: str) -> None:
    assert coding_for(accepted) == coding


def test_a_date_is_told_only_when_no_other_page_can_have_it(
    one: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = one.ask("/en/about/")
    assert "last-modified" not in first.headers
    (page,) = one.cache.pages.values()
    later = page.modified + TRUST + 0.5
    monkeypatch.setattr("archive.page_cache.time.time", lambda: later)
    dated = one.ask("/en/about/").headers["last-modified"]
    assert one.ask("/en/about/", IF_MODIFIED_SINCE=dated).status == 304
    for other in ("Mon, 01 Jan 2001 00:00:00 GMT", "yesterday", "Mon, 99 Jan 99999 99:99:99 GMT"):
        assert one.ask("/en/about/", IF_MODIFIED_SINCE=other).status == 200
    assert one.ask("/en/about/", IF_MODIFIED_SINCE=dated, IF_NONE_MATCH='"other"').status == 200


def test_a_head_is_answered_like_a_get_without_its_body(one: Worker) -> None:
    head = one.ask("/en/about/", "HEAD")
    got = one.ask("/en/about/")
    assert head.body == b""
    assert head.headers == got.headers
    assert len(one.django.asked) == 1
    missing = one.ask("/en/statements/nothing-here/", "HEAD")
    assert (missing.status, missing.body) == (404, b"")


def test_what_is_kept_stays_within_its_bounds(one: Worker) -> None:
    small, none = worker(size=100_000), worker(size=0)
    with at_work(small, none):
        for year in range(2010, 2022):
            got = small.ask(f"/en/statements/?from={year}", ACCEPT_ENCODING="br")
            assert got.status == 200
            assert small.cache.kept <= 100_000
            assert small.cache.kept == sum(page.size for page in small.cache.pages.values())
        assert 2 <= len(small.cache.pages) < 6  # those read last
        assert not small.drawn("/en/statements/?from=2021")
        assert small.drawn("/en/statements/?from=2010")
        assert none.drawn("/en/about/")
        assert none.drawn("/en/about/")


def test_an_answer_of_the_moment_is_not_kept(one: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(results: Any) -> None:
        raise OperationalError("canceling statement due to statement timeout") from QueryCanceled()

    with monkeypatch.context() as patched:
        patched.setattr(listing, "evaluate", stopped)
        assert "took too long" in one.ask("/en/statements/?q=security").body.decode()
    assert "took too long" not in one.ask("/en/statements/?q=security").body.decode()


def test_every_parameter_that_is_read_offered_or_described_reaches_the_page(one: Worker) -> None:
    """Others are taken off, so a new parameter belongs into the list."""
    read = {*FILTERS, *listing.Filters.base_filters, "literal", "page"}
    for path in (ROOT / "statements").glob("**/*.py"):
        if {"admin", "ingest"}.isdisjoint(path.parts) and path.name != "desk.py":
            read |= set(re.findall(r'\b(?:GET|query|sent)(?:\.get)?[\[(]"(\w+)"', path.read_text()))
    offered = set()
    for place in one_of_each():
        offered |= parameters_on(one.ask(f"/en/{place}").body.decode())
    schema = json.loads(one.ask("/api/v1/schema/?format=json", ACCEPT="application/json").body)
    described = {
        parameter["name"]
        for operations in schema["paths"].values()
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    }
    assert {"view", "cite", "on", "official"} <= offered
    assert {"on", "lang", "strength", "sort"} <= described
    assert {"left", "rows"} <= read
    of_libraries = {api_settings.URL_FORMAT_OVERRIDE, "p"}  # Django's sitemaps
    assert read | offered | described | of_libraries == PARAMETERS


def parameters_on(page: str) -> set[str]:
    """The parameters of the links and forms of a page that lead to public pages."""
    found = set()
    for link in re.findall(r'href="([^"?]*\?[^"#]*)', page):
        parts = urlsplit(html.unescape(link))
        if not parts.netloc:
            found |= {name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}
    for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL):
        if 'method="post"' not in form:
            found |= set(re.findall(r'<(?:input|select|button)\b[^>]*\bname="(\w+)"', form))
    return found


def test_what_others_have_added_to_a_link_is_on_no_page_and_keeps_none_from_being_kept(
    one: Worker,
) -> None:
    for address in (
        f"/en/statements/{JULY}/",
        "/ar/dialogues/us-iraq-jscd/",
        "/api/v1/statements/",
    ):
        plain = one.ask(address)
        for added in ("utm_source=mail", "fbclid=abc", "x[]=1", "lang_=ar", "utm_source=%D8%B9"):
            got = one.ask(f"{address}?{added}")
            assert (got.status, got.body) == (200, plain.body), added
        assert len(one.django.asked) == len(one.cache.pages)
        editors = one.ask(f"{address}?utm_source=mail", COOKIE="sessionid=abc")
        assert b"utm_source" not in editors.body
        one.cache.pages.clear()
        one.django.asked.clear()
    with at_work(keeps_none := worker(size=0)):
        assert b"utm_source" not in keeps_none.ask("/en/?utm_source=mail").body


def test_what_is_read_elsewhere_than_on_pages_arrives_whole(one: Worker) -> None:
    for address, status in (
        ("/sitemap-statements.xml?p=1", 200),
        ("/sitemap-statements.xml?p=2", 404),
        ("/api/v1/statements/?format=xml", 404),
        ("/admin/statements/official/?q=a&work=all", 302),
        ("/en/admin/statements/official/?q=a&work=all", 302),
        ("/en/statements/?q=%ff&utm_source=mail", 200),  # nor can it be taken apart
    ):
        got, alone = one.ask(address), ask(WSGIHandler(), address)
        assert got.status == alone.status == status, address
        assert got.body == alone.body, address
        assert got.headers.get("location") == alone.headers.get("location"), address


def test_views_of_a_dialogue_and_comparisons_of_chosen_versions_are_kept(one: Worker) -> None:
    arabic = Version.objects.filter(statement__slug=JULY, language="ar").first()
    for page, query in (
        ("/en/dialogues/us-iraq-jscd/", "view=participants"),
        (f"/en/compare/{JULY}/{JULY}/", f"left=ar-{slugify(arabic.publisher)}"),
    ):
        address = f"{page}?{query}"
        first = one.ask(address)
        assert first.body == ask(WSGIHandler(), address).body
        assert first.body != one.ask(page).body
        assert not one.drawn(address), address
