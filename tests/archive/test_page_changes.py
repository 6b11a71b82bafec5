"""No reader gets a stale page, whatever editors do: pages kept by two workers while the archive changes."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction

from archive.revision import PAUSE
from statements.models import (
    Event,
    Mention,
    Official,
    Organization,
    PassageText,
    State,
    Statement,
    Tenure,
    Undertaking,
)
from tests.archive.workers import JULY, PAGES, Worker, ask, at_work, heard, until, worker


@pytest.fixture
def workers(own_demo: None) -> Iterator[tuple[Worker, Worker]]:
    """Two over an archive that the test may change."""
    both = worker(), worker()
    with at_work(*both):
        yield both


def test_no_reader_on_any_worker_gets_a_stale_page_whatever_editors_do(
    workers: tuple[Worker, Worker],
) -> None:
    """Random changes, by the models, in bulk and by raw SQL; after each the pages are Django's own to the byte."""
    chance = random.Random(2024)
    changes = 0

    def rename() -> None:
        official = Official.objects.order_by("?").first()
        assert official is not None
        official.name_en = f"{official.name_en} {chance.randrange(10)}"
        official.save()

    def rewrite() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE statements_passagetext SET text = text || '.' WHERE mod(id, 7) = %s",
                [chance.randrange(7)],
            )

    def withdraw() -> None:
        Statement.objects.filter(slug=JULY).update(state=State.WITHDRAWN)

    def publish() -> None:
        Statement.objects.filter(slug=JULY).update(state=State.PUBLISHED)

    def links() -> None:
        Mention.objects.filter(outcome="one").order_by("?")[:1].get().delete()

    def meetings() -> None:
        event = Event.objects.order_by("?")[:1].get()
        event.title_ar, event.date = f"{event.title_ar} {chance.randrange(10)}", "2024-07-22"
        event.save()

    def tenures() -> None:
        Tenure.objects.filter(pk__in=Tenure.objects.order_by("?")[:5]).update(
            note_en=f"Note {chance.randrange(10)}"
        )

    def undertakings() -> None:
        Undertaking.objects.order_by("?")[:1].get().delete()

    def several() -> None:
        with transaction.atomic():
            rename()
            rewrite()

    def none() -> None:
        with transaction.atomic():
            rename()
            transaction.set_rollback(True)

    verbs = (
        rename,
        rewrite,
        withdraw,
        publish,
        several,
        none,
        links,
        meetings,
        tenures,
        undertakings,
    )
    for _round in range(40):
        chance.choice(verbs)()
        heard(*workers)
        for address in chance.sample(PAGES, 3):
            fresh = ask(WSGIHandler(), address)
            for one in chance.sample(workers, 2):
                for _again in range(2):
                    got = one.ask(address)
                    assert (got.status, got.body) == (fresh.status, fresh.body), address
        changes += 1
    asked = sum(len(one.django.asked) for one in workers)
    assert asked < changes * 3 * 2 * 2  # some were kept


def test_a_page_that_the_change_does_not_touch_is_not_drawn_anew(
    workers: tuple[Worker, Worker],
) -> None:
    """Its questions are asked again instead; a page that the change does touch is drawn."""
    one = workers[0]
    untouched = ("/en/officials/thabit-al-abbasi/", "/ar/agreements/sfa-2008/", "/en/timeline/")
    touched = "/en/organizations/uk-home-office/"
    before = {address: one.ask(address) for address in (*untouched, touched)}
    assert {answer.status for answer in before.values()} == {200}
    Organization.objects.filter(slug="uk-home-office").update(note_en="A new word of it.")
    heard(one)
    for address in untouched:
        assert not one.drawn(address), address
        after = one.ask(address)
        assert (after.body, after.headers["etag"]) == (
            before[address].body,
            before[address].headers["etag"],
        )
    assert one.drawn(touched)
    assert b"A new word of it." in one.ask(touched).body


def test_the_database_that_readers_are_served_from_is_asked_again(
    workers: tuple[Worker, Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A replica where there is one that has what readers have seen; the primary is spared."""
    one, asked = workers[0], []
    monkeypatch.setattr(one.cache, "reads_from", lambda: asked.append("default") or asked[-1])
    one.ask("/en/about/")
    one.ask("/en/officials/thabit-al-abbasi/")
    assert asked == []
    Organization.objects.filter(slug="uk-home-office").update(note_en="Another word of it.")
    heard(one)
    assert not one.drawn("/en/officials/thabit-al-abbasi/")
    assert asked == ["default"]


def test_a_page_that_was_seen_to_be_right_bears_no_date_that_another_page_may_have(
    workers: tuple[Worker, Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One worker gave B between A and A again, the other never saw B: B's date is no reason to keep B."""
    one, other = workers
    address = "/en/officials/thabit-al-abbasi/"

    def become(note: str) -> None:
        Official.objects.filter(slug="thabit-al-abbasi").update(note_en=note)
        heard(one, other)

    later = [time.time()]
    monkeypatch.setattr("archive.page_cache.time.time", lambda: later[0])
    become("A")
    one.ask(address)
    later[0] += 100
    assert "last-modified" in one.ask(address).headers
    become("B")
    other.ask(address)
    later[0] += 100
    date_of_b = other.ask(address).headers["last-modified"]
    become("A")
    assert not one.drawn(address)
    assert "last-modified" not in one.ask(address).headers
    later[0] += 100
    again = one.ask(address, IF_MODIFIED_SINCE=date_of_b)
    assert again.status == 200
    assert parsedate_to_datetime(again.headers["last-modified"]) > parsedate_to_datetime(date_of_b)


def test_a_change_is_heard_without_being_asked_for(workers: tuple[Worker, Worker]) -> None:
    """Told by the database, long before the next question is due."""
    one = workers[0]
    number = one.watch.state()[0]  # type: ignore[index]
    heard_after = []
    for turn in range(5):
        time.sleep(0.05)
        Official.objects.filter(slug="thabit-al-abbasi").update(name_en=f"Thabit {turn}")
        begun = time.monotonic()
        until(lambda turn=turn: one.watch.state()[0] > number + turn)  # type: ignore[index]
        heard_after.append(time.monotonic() - begun)
    assert min(heard_after) < PAUSE / 4


def test_a_page_drawn_while_the_archive_moved_on_is_not_kept_for_the_new_revision(
    workers: tuple[Worker, Worker],
) -> None:
    one = workers[0]
    one.django.slow = 0.5
    address = "/en/officials/thabit-al-abbasi/"

    def read() -> None:
        one.ask(address)
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    until(lambda: one.django.drawn)  # it shows the old name, and is not kept yet
    Official.objects.filter(slug="thabit-al-abbasi").update(name_en="Thabit the Renamed")
    heard(one)
    reader.join()
    assert "Thabit the Renamed" in one.ask(address).body.decode()


def test_a_withdrawn_statement_is_gone_from_every_worker(workers: tuple[Worker, Worker]) -> None:
    for one in workers:
        assert one.ask(f"/en/statements/{JULY}/").status == 200
    Statement.objects.filter(slug=JULY).update(state=State.WITHDRAWN)
    heard(*workers)
    for one in workers:
        assert one.ask(f"/en/statements/{JULY}/").status in (404, 410)


def test_a_connection_that_was_cut_is_made_again(workers: tuple[Worker, Worker]) -> None:
    one = workers[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND query LIKE '%archiverevision%'"
        )
    Official.objects.filter(slug="thabit-al-abbasi").update(name_en="Thabit after the cut")
    heard(one)
    assert b"Thabit after the cut" in one.ask("/en/officials/thabit-al-abbasi/").body


def test_a_browser_that_has_the_page_is_told_so_without_asking_django(
    workers: tuple[Worker, Worker],
) -> None:
    one = workers[0]
    first = one.ask("/en/about/", ACCEPT_ENCODING="br")
    asked = len(one.django.asked)
    for tags in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        got = one.ask("/en/about/", ACCEPT_ENCODING="br", IF_NONE_MATCH=tags)
        assert (got.status, got.body) == (304, b"")
        assert got.headers["etag"] == first.headers["etag"]
        assert "content-length" not in got.headers
    assert (
        one.ask("/en/about/", ACCEPT_ENCODING="gzip", IF_NONE_MATCH=first.headers["etag"]).status
        == 200
    )
    assert len(one.django.asked) == asked
    rewritten = PassageText.objects.filter(passage__statement__slug=JULY).first()
    assert rewritten is not None
    rewritten.text += " Rewritten."
    rewritten.save()
    heard(one)
    # The archive has moved on, this page has not.
    assert (
        one.ask("/en/about/", ACCEPT_ENCODING="br", IF_NONE_MATCH=first.headers["etag"]).status
        == 304
    )
