"""What a page asked of the database: asked again it tells whether the page is still right, and it does nothing else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from archive.database.recording import Recording, recorded
from statements.models import Country, Event
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


def recording_of(*asked: str) -> Recording:
    with recorded() as recording, connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(sql)
    return recording


def test_questions_are_answered_alike_until_a_row_of_theirs_changes() -> None:
    cast.iraq()
    with recorded() as recording:
        list(Country.objects.order_by("pk"))
        list(Event.objects.filter(title_en="100% of 'it'; -- \\ %s"))
    questions = recording.questions()
    assert questions
    assert questions.answered_alike()
    cast.ministry()  # neither a country nor an event
    assert questions.answered_alike()
    Country.objects.update(name_ar="العراق الجديد")
    assert not questions.answered_alike()
    Country.objects.update(name_ar=cast.iraq().name_ar)


def test_a_later_question_answered_otherwise_is_enough() -> None:
    cast.iraq()
    questions = recording_of(
        "SELECT 1", "SELECT 2", "SELECT count(*) FROM statements_event"
    ).questions()
    assert questions
    assert questions.answered_alike()
    Event.objects.create(slug="new", title_en="New", type="round", date="2024-07-01")
    assert not questions.answered_alike()


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("VALUES ('a', NULL)", "VALUES ('a', '')"),
        ("VALUES ('ab', 'c')", "VALUES ('a', 'bc')"),
        ("VALUES ('a', 'b')", "VALUES ('a'), ('b')"),
        ("VALUES ('a'), ('b')", "VALUES ('b'), ('a')"),
        ("VALUES (NULL)", "SELECT NULL WHERE false"),
    ],
)
def test_answers_that_differ_have_digests_that_differ(then: str, now: str) -> None:
    answers = [recording_of(f"SELECT * FROM ({rows}) AS t").answers for rows in (then, now)]
    assert answers[0] != answers[1]


@pytest.mark.parametrize(
    "written",
    [
        "UPDATE statements_country SET iso2 = iso2",
        "INSERT INTO statements_country (slug, name_en, name_ar, official_en, official_ar, iso2, iso3)"
        " VALUES ('x', 'X', 'X', '', '', 'XX', 'XXX') RETURNING id",
        "SET LOCAL statement_timeout = 1000",
    ],
)
def test_what_wrote_is_never_asked_again(written: str) -> None:
    with transaction.atomic():
        assert recording_of("SELECT 1", written, "SELECT 2").questions() is None
        transaction.set_rollback(True)


def test_a_question_that_writes_after_all_writes_nothing_when_asked_again() -> None:
    with transaction.atomic():
        questions = recording_of(
            "WITH gone AS (DELETE FROM statements_event RETURNING 1) SELECT * FROM gone"
        ).questions()
        transaction.set_rollback(True)
    assert questions
    Event.objects.create(slug="stays", title_en="Stays", type="round", date="2024-07-01")
    with pytest.raises(DatabaseError, match="read-only"):
        questions.answered_alike()
    assert Event.objects.filter(slug="stays").exists()
    assert connection.is_usable()


def test_a_page_that_asks_nothing_is_always_right_and_rows_read_in_parts_are_not_asked_again() -> (
    None
):
    questions = recording_of().questions()
    assert questions
    assert questions.answered_alike()
    with transaction.atomic(), recorded() as recording:
        list(Country.objects.iterator(chunk_size=1))
    assert recording.questions() is None


def test_asking_again_leaves_the_connection_as_it_was() -> None:
    questions = recording_of("SELECT 1").questions()
    assert questions
    questions.answered_alike()
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("off",)
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() != ("2s",)
