"""Two people at the same moment: each on a connection of his own, one of them comes second and nothing breaks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from statements.actions import MergeRefused, merge, publish, save_body
from statements.models import Change, Event, Official, Organization, Passage, Paste
from tests import cast
from tests.ingest.test_ingest import PAGE

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job gave, or the error it raised; all begin together, each in a thread with its own connection."""
    start = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(30)
            results[place] = job()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.parametrize("model", [Event, Organization])
def test_two_editors_cannot_close_a_circle_of_which_neither_sees_the_others_half(
    model: type[Event] | type[Organization],
) -> None:
    one, other = (
        (cast.july_round(slug=slug) if model is Event else cast.ministry(slug=slug))
        for slug in ("one", "other")
    )
    both_have_written = threading.Barrier(2)

    def inside(child: Any, parent: Any) -> Callable[[], Any]:
        def job() -> int:
            with transaction.atomic():
                written = model.objects.filter(pk=child.pk).update(parent=parent)
                # The second cannot get here before the first has ended; he waits in the line above.
                try:
                    both_have_written.wait(1)
                except threading.BrokenBarrierError:
                    return written
                raise AssertionError("both wrote before either ended")

        return job

    results = at_once(inside(one, other), inside(other, one))
    assert [result for result in results if result == 1] == [1]
    refused = [result for result in results if isinstance(result, IntegrityError)]
    assert len(refused) == 1
    assert "inside itself" in str(refused[0])


def test_two_who_paste_the_same_text_come_to_one_draft() -> None:
    editors = [cast.user("editor", name) for name in ("first", "second")]

    def pasting(editor: Any) -> Callable[[], str]:
        client = Client()
        client.force_login(editor)
        return lambda: client.post("/en/admin/statements/paste/add/", {"text": PAGE}).url

    addresses = at_once(*(pasting(editor) for editor in editors))
    assert addresses[0] == addresses[1]
    assert Paste.objects.count() == 1


def test_two_who_edit_one_text_give_every_passage_a_number_of_its_own() -> None:
    statement = cast.july_statement()
    arabic, english = (statement.versions.get(language=language) for language in ("ar", "en"))
    results = at_once(
        lambda: save_body(arabic, "\n\n".join([*cast.ARABIC, "فقرة ثالثة عن المياه والحدود."])),
        lambda: save_body(english, "\n\n".join([*cast.ENGLISH, "A third one on water and trade."])),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    numbers = list(Passage.objects.filter(statement=statement).values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    for version, words in ((arabic, cast.ARABIC[0]), (english, cast.ENGLISH[0])):
        texts = version.texts.order_by("passage__order")
        assert len(texts) == 3
        assert texts[0].text == words


def test_two_who_merge_a_pair_in_opposite_directions_leave_one_record() -> None:
    one = cast.minister()
    twin = cast.minister(slug="muhammad-al-abbasi", name_en="Muhammad al-Abbasi")
    event = cast.july_round()
    cast.take_part(event, one)
    results = at_once(
        lambda: merge(Official.objects.get(pk=one.pk), Official.objects.get(pk=twin.pk)),
        lambda: merge(Official.objects.get(pk=twin.pk), Official.objects.get(pk=one.pk)),
    )
    assert sum(isinstance(result, MergeRefused) for result in results) == 1
    left = Official.objects.get()
    assert event.participations.get().official == left


def test_a_record_published_twice_at_once_is_published_once() -> None:
    statement = cast.july_statement(state="draft")
    editors = [cast.user("editor", name) for name in ("first", "second")]
    statements = [type(statement).objects.get(pk=statement.pk) for _ in editors]
    results = at_once(
        *(
            lambda editor=editor, record=record: publish(record, editor)
            for editor, record in zip(editors, statements, strict=True)
        )
    )
    assert results == [None, None]
    statement.refresh_from_db()
    assert statement.state == "published"
    assert Change.objects.of(statement).filter(reason="published").count() == 1
