"""Questions that the server plans once: asked by name, on whichever connection, and answered as they were."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.database import planning
from archive.database.recording import recorded
from statements.models import Country
from statements.models.prepared import prepared
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@prepared
def by_slug(slug: str, *, of: str = "slug") -> QuerySet[Country]:
    return Country.objects.filter(**{of: slug})


@pytest.fixture(autouse=True)
def iraq() -> Country:
    connection.close()
    return cast.iraq()


def plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'hiwar%%'")
        (number,) = cursor.fetchone()
    return int(number)


def test_a_question_is_planned_once_for_a_connection(iraq: Country) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert by_slug(iraq.slug) == by_slug(iraq.slug) == [iraq]
        assert by_slug("it's \\ 100% %s") == []
    assert len(captured) == 3
    assert all(query["sql"].startswith("EXECUTE hiwar_") for query in captured)
    assert plans() == 1
    assert by_slug(iraq.name_en, of="name_en") == [iraq]
    assert plans() == 2
    connection.close()
    assert plans() == 0
    assert by_slug(iraq.slug) == [iraq]
    assert plans() == 1


def test_plans_survive_a_transaction_that_does_not(iraq: Country) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        assert by_slug(iraq.slug) == [iraq]
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    assert by_slug(iraq.slug) == [iraq]
    assert plans() == 1


def test_a_connection_has_so_many_plans_and_a_process_knows_so_many_questions(
    iraq: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "PLANS", 2)
    shapes = {"slug": iraq.slug, "name_en": iraq.name_en, "iso2": iraq.iso2, "iso3": iraq.iso3}
    for _again in range(2):
        for shape, value in shapes.items():
            assert by_slug(value, of=shape) == [iraq]
            assert 1 <= plans() <= 2
    monkeypatch.setattr(planning, "known", few := planning.Known())
    monkeypatch.setattr("archive.database.base.known", few)
    monkeypatch.setattr(planning, "KNOWN", 2)
    for _again in range(2):
        for shape, value in shapes.items():
            assert by_slug(value, of=shape) == [iraq]
            assert 1 <= len(few.names) == len(few.definitions) <= 2


def test_a_page_is_asked_about_again_when_there_is_no_room_for_all_plans(
    iraq: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recorded() as recording:
        by_slug(iraq.slug)
        by_slug(iraq.name_en, of="name_en")
    questions = recording.questions()
    assert questions
    monkeypatch.setattr(planning, "PLANS", 2)
    by_slug(iraq.iso2, of="iso2")  # takes the place of both
    by_slug(iraq.slug)
    assert questions.answered_alike()
    assert plans() == 2


def test_a_plan_that_could_not_be_made_is_made_the_next_time(
    iraq: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert by_slug(iraq.slug) == [iraq]
    with pytest.raises(DatabaseError):
        connection.planned("", "SELECT nothing FROM nowhere")
    assert by_slug(iraq.slug) == [iraq]
    with pytest.raises(DatabaseError), transaction.atomic():
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        by_slug(iraq.name_en, of="name_en")  # nothing is planned in a transaction that failed
    assert by_slug(iraq.name_en, of="name_en") == by_slug(iraq.slug) == [iraq]


def test_behind_a_pooler_the_whole_question_is_asked(
    iraq: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pooler gives a number of its own for the server's process; with a real one in ``test_pooler.py``."""
    with recorded() as recording:
        by_slug(iraq.slug)
    connection.close()
    monkeypatch.setattr("psycopg.ConnectionInfo.backend_pid", 0)
    with CaptureQueriesContext(connection) as captured:
        assert by_slug(iraq.slug) == [iraq]
    assert captured[0]["sql"].startswith("SELECT")
    questions = recording.questions()
    assert questions
    assert not questions.answered_alike()  # it does not know


def test_what_was_asked_by_name_is_asked_again_on_any_connection(iraq: Country) -> None:
    with recorded() as recording:
        by_slug(iraq.slug)
        by_slug(iraq.name_en, of="name_en")
    questions = recording.questions()
    assert questions
    alike: list[Any] = []

    def ask() -> None:
        try:
            alike.append((plans(), questions.answered_alike(), plans()))
        finally:
            connection.close()

    def elsewhere() -> Any:
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        return alike.pop()

    assert elsewhere() == (0, True, 2)
    Country.objects.update(iso2="XX")
    assert elsewhere() == (0, False, 2)


def test_a_question_that_the_process_has_forgotten_is_not_taken_for_answered(
    iraq: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recorded() as recording:
        by_slug(iraq.slug)
    questions = recording.questions()
    assert questions
    assert questions.answered_alike()
    connection.close()
    monkeypatch.setattr(planning, "known", planning.Known())
    assert not questions.answered_alike()


def test_the_page_of_a_statement_is_asked_by_names(client: Client) -> None:
    statement = cast.july_statement(cast.minister(cast.post()))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(statement.get_absolute_url()).status_code == 200
    assert len(captured) > 5
    assert all(query["sql"].startswith("EXECUTE hiwar_") for query in captured)
