"""The same source twice: by bytes, by address, by nearly the same text; and what only looks the same."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from statements.ingest.confirming import DocumentChoice, confirm
from statements.ingest.draft import discard, paste
from statements.ingest.duplicates import Resembling, near_records, plain_address, resembling
from statements.ingest.sources import Original, Reading, read
from statements.models import Article, Capture, Outlet, Paste, State
from tests import cast
from tests.ingest import files
from tests.text.test_sketch import SECOND, THIRD, edited

PAGE = files.page().encode()


def taken(content: bytes, **fields: str) -> Paste:
    reading = read(Original(content, **fields))
    return paste(reading.text, source=reading)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/news/?utm_source=x&id=7#top",
        "http://example.org/news?id=7",
        "https://example.org:443/news?fbclid=abc&id=7&utm_campaign=y",
        "  HTTPS://EXAMPLE.ORG/news/?id=7  ",
    ],
)
def test_addresses_of_one_page_are_one_address(address: str) -> None:
    assert plain_address(address) == "example.org/news?id=7"


@pytest.mark.parametrize("address", ["https://example.org/news?id=8", "https://example.org/News?id=7", "https://example.com/news?id=7", "https://example.org:8080/news?id=7", "http://[", ""])  # fmt: skip
def test_addresses_of_other_pages_stay_others(address: str) -> None:
    assert plain_address(address) != "example.org/news?id=7"


@pytest.mark.django_db
def test_the_same_text_in_any_file_is_drafted_once() -> None:
    first = taken(PAGE, filename="page.html")
    for content in (
        PAGE,
        files.page("windows-1256").encode("cp1256"),
        files.page(None).encode("utf-16"),
        first.text.encode(),
        first.text.replace("\n", "\r\n").encode("utf-16"),
    ):
        again = taken(content)
        assert (again.pk, again.pasted_before) == (first.pk, True)
    assert Paste.objects.count() == 1
    assert Capture.objects.count() == 5  # every source as found is kept


@pytest.mark.django_db
def test_a_discarded_paste_is_drafted_anew() -> None:
    first = taken(PAGE)
    discard(first)
    assert taken(PAGE).pk != first.pk


@pytest.mark.django_db
def test_a_near_copy_is_drafted_and_says_what_it_is_near_to() -> None:
    first = paste(SECOND)
    copy = paste(SECOND.replace("begin work on", "draft"))
    assert not copy.pasted_before
    ((kind, pk, why, share),) = Paste.objects.get(pk=copy.pk).draft["resembles"]
    assert (kind, pk, why) == ("paste", first.pk, "text")
    assert 0.6 <= share < 1


@pytest.mark.django_db
def test_another_statement_of_the_series_is_not_near() -> None:
    paste(SECOND)
    assert paste(THIRD).draft["resembles"] == []


@pytest.mark.django_db
def test_a_page_that_changed_at_its_address_is_drafted_and_says_so() -> None:
    first = taken(PAGE, address="https://www.example.org/news?id=7&utm_source=x")
    article = Article.objects.create(
        outlet=Outlet.objects.create(name_en="Wire"), title="x", language="en", address="http://example.org/news/?id=7"
    )  # fmt: skip
    other = taken(SECOND.encode(), address="https://example.org/news?id=7")
    assert sorted(other.draft["resembles"]) == [
        Resembling("article", article.pk, "address", 1.0),
        Resembling("paste", first.pk, "address", 1.0),
    ]


@pytest.mark.django_db
def test_a_published_text_is_found_by_its_words_and_a_draft_is_not() -> None:
    kept = paste(SECOND)
    choices = [
        DocumentChoice(title="Joint Statement", date="2024-07-22", publisher="DoD", language="en")
        for _ in kept.draft["documents"]
    ]
    (statement,) = confirm(kept, choices)
    assert near_records(SECOND) == []
    statement.state = State.PUBLISHED
    statement.save()
    for copy in (SECOND, edited(SECOND, 0.04), SECOND.upper()):
        ((kind, pk, why, share),) = near_records(copy)
        assert (kind, pk, why) == ("statement", statement.pk, "text")
        assert share > 0.6
    assert near_records(THIRD) == []


@pytest.mark.django_db
def test_looking_for_copies_costs_a_few_queries(django_assert_max_num_queries: Any) -> None:
    cast.july_statement(cast.minister(cast.post()))
    for at in range(5):
        paste(SECOND.replace("Washington", f"Town {at}"))
    drafted = paste(SECOND).draft["documents"]
    with django_assert_max_num_queries(16):
        assert resembling(SECOND, drafted)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_in_the_same_text_at_once_make_one_draft() -> None:
    sources = [Original(PAGE), Original(files.page("windows-1256").encode("cp1256"))]
    readings = [read(source) for source in sources]
    together = threading.Barrier(2)
    made: list[Paste] = []

    def take(reading: Reading) -> None:
        together.wait()
        made.append(paste(reading.text, source=reading))
        connection.close()

    threads = [threading.Thread(target=take, args=(reading,)) for reading in readings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Paste.objects.count() == 1
    assert sorted(one.pasted_before for one in made) == [False, True]


@pytest.mark.django_db
def test_a_capture_keeps_the_source_as_it_was_found() -> None:
    reading = read(Original(PAGE, "page.html", "https://example.org/a", warc=b"WARC/1.1"))
    capture = paste(reading.text, source=reading).capture
    capture.refresh_from_db()
    assert bytes(capture.content) == PAGE
    assert bytes(capture.warc) == b"WARC/1.1"
    assert (capture.sha256, capture.media_type) == (reading.original.sha256, "text/html")
    assert (capture.filename, capture.address) == ("page.html", "https://example.org/a")
