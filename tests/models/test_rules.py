"""The archive's rules, each with an attempt to break it in the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from statements.models import (
    ArchiveRevision,
    Capture,
    Change,
    Comparison,
    Event,
    Mention,
    Name,
    Official,
    OldAddress,
    Passage,
    PassageText,
    State,
    Statement,
    Tenure,
    Undertaking,
    Version,
    recording,
)
from statements.models.fields import EDTFFormField
from tests import cast

pytestmark = pytest.mark.django_db


@contextmanager
def refused(error: type[Exception] = IntegrityError) -> Iterator[None]:
    with pytest.raises(error), transaction.atomic():
        yield


def test_a_record_has_one_full_name_a_language_and_each_form_once() -> None:
    official = cast.minister()
    Name.objects.create(
        official=official, form="ثابت محمد سعيد العباسي", language="ar", role="full"
    )
    with refused():
        Name.objects.create(official=official, form="ثابت محمد العباسي", language="ar", role="full")
    with refused():
        Name.objects.create(official=official, form="محمد العباسي", language="ar")
    with refused():
        Name.objects.create(form="العباسي", language="ar")


def test_a_post_for_one_has_one_holder_at_a_time_unless_acting_or_disputed() -> None:
    post = cast.post()
    minister = cast.minister(post)
    other = cast.minister(slug="juma-inad", name_en="Juma Inad", name_ar="جمعة عناد")
    with refused():
        Tenure.objects.create(official=other, post=post, start="2023-01", status="current")
    with refused():
        Tenure.objects.create(official=other, post=post, start="2023-01", status="end_unknown")
    Tenure.objects.create(
        official=other, post=post, start="2020-05-06", end="2022-10-27", status="ended"
    )
    acting = Tenure.objects.create(
        official=other, post=post, start="2023-01", status="current", acting=True
    )
    with refused():
        Tenure.objects.filter(pk=acting.pk).update(acting=False)
    post.several_holders = True
    post.save()
    Tenure.objects.filter(pk=acting.pk).update(acting=False)
    assert minister.tenures.count() == 1


def test_nothing_ends_before_it_begins() -> None:
    post = cast.post()
    with refused():
        Tenure.objects.create(
            official=cast.minister(), post=post, start="2024", end="2022", status="ended"
        )
    with refused(ValidationError):
        Event(title_en="x", type="visit", date="2024/2023")
    event = cast.july_round()
    with refused(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE statements_event SET date_last = '2020-01-01' WHERE id = %s", [event.pk]
        )


def test_a_passage_number_is_given_once() -> None:
    statement = cast.july_statement()
    with refused():
        Passage.objects.create(statement=statement, number=2, order=9)
    Passage.objects.filter(statement=statement, number=2).delete()
    with refused():
        Passage.objects.create(statement=statement, number=2, order=9)
    with refused():
        Passage.objects.filter(statement=statement).update(number=7)
    Passage.objects.create(statement=statement, number=3, order=3)


def test_the_count_of_passage_numbers_never_goes_back() -> None:
    statement = cast.july_statement()
    Passage.objects.filter(statement=statement, number=2).delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_statement SET last_number = 0")
    with refused():
        Passage.objects.create(statement=statement, number=2, order=9)


def test_a_text_belongs_to_its_own_statement_and_speaks_its_versions_language() -> None:
    statement = cast.july_statement()
    other = cast.july_statement(slug="other").versions.get(language="ar")
    passage = Passage.objects.create(statement=statement, number=3, order=3)
    arabic = statement.versions.get(language="ar")
    for version, language in ((other, "ar"), (arabic, "en"), (None, "ar")):
        with refused():
            PassageText.objects.create(
                passage=passage, version=version, language=language, text="x"
            )
    Version.objects.filter(pk=arabic.pk).update(language="en", publisher="Press")
    assert set(arabic.texts.values_list("language", flat=True)) == {"en"}


def test_a_passage_is_not_compared_with_itself() -> None:
    passage = cast.july_statement().passages.first()
    with refused():
        Comparison.objects.create(passage=passage, earlier=passage, relation="reworded")


def test_a_mention_of_one_has_one_target_and_keeps_its_words_when_the_target_goes() -> None:
    official = cast.minister()
    statement = cast.july_statement(official)
    text = PassageText.objects.filter(passage__statement=statement).first()
    with refused():
        Mention.objects.create(
            text=text, start=0, end=3, as_printed="x", type="official", outcome="one"
        )
    with refused():
        Mention.objects.create(
            text=text,
            start=0,
            end=3,
            as_printed="x",
            type="official",
            outcome="none",
            official=official,
        )
    with refused():
        Mention.objects.create(
            text=text, start=0, end=3, as_printed="x", type="official", outcome="perhaps"
        )
    official.delete()
    mention = Mention.objects.filter(as_printed="ثابت العباسي").get()
    assert mention.outcome == "none"
    assert mention.target is None


def test_a_version_comes_once_a_language_and_publisher() -> None:
    statement = cast.july_statement()
    with refused():
        Version.objects.create(statement=statement, language="ar", publisher="Ministry")


def test_a_statement_is_not_published_without_a_date() -> None:
    with refused():
        Statement.objects.create(title_en="undated", state=State.PUBLISHED)


@pytest.mark.parametrize(
    "columns",
    [
        "date = 'last summer'",
        "date = ' '",
        "date = '2024-7-24'",
        "date = '2024-07-24', date_first = NULL",
        "date = '2024-07-24', date_last = NULL",
        "date = '2024-07-24/..'",
        "date = ''",
    ],
)
def test_a_date_is_edtf_and_has_its_days_also_by_raw_sql(columns: str) -> None:
    event = cast.july_round()
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE statements_event SET {columns} WHERE id = %s", [event.pk])


@pytest.mark.parametrize(
    "date", ["2024-07-24", "2024-07", "2024-22", "2024", "202X", "20XX", "2014-10~", "2024?", "2024-07%",
             "2024-07-22/2024-07-23", "2024/..", "../2024", "2024/", "/2024", "2014-10~/2015", ""]
)  # fmt: skip
def test_every_date_that_the_archive_reads_the_database_takes(date: str) -> None:
    event = cast.july_round(date=date)
    event.refresh_from_db()
    assert event.date == date


def test_an_event_is_not_inside_itself_however_deep() -> None:
    first = cast.july_round()
    second = cast.july_round(slug="meeting", parent=first)
    third = cast.july_round(slug="lunch", parent=second)
    for circle in (first, second, third):
        with refused():
            Event.objects.filter(pk=first.pk).update(parent=circle)


def test_an_undertaking_does_not_follow_itself() -> None:
    passage = cast.july_statement().passages.first()
    with refused():
        Undertaking.objects.create(passage=passage, strength="decided", follows=passage)


def test_a_capture_is_never_changed() -> None:
    from django.db import DatabaseError
    from django.utils import timezone

    capture = Capture.objects.create(
        content=b"x", sha256="0" * 64, media_type="text/plain", captured_at=timezone.now()
    )
    with refused(DatabaseError):
        Capture.objects.filter(pk=capture.pk).update(media_type="text/html")
    with refused(DatabaseError):
        capture.delete()


def test_history_sees_saves_bulk_updates_and_raw_sql_and_cannot_be_rewritten() -> None:
    from django.db import DatabaseError

    editor = cast.user("editor")
    official = cast.minister()
    with recording(editor, "corrected the spelling"):
        official.name_en = "Thabet al-Abbasi"
        official.save()
    change = Change.objects.of(official).first()
    assert change is not None
    assert (change.editor, change.reason, change.operation) == (
        editor,
        "corrected the spelling",
        "UPDATE",
    )
    assert change.differences() == [("name_en", "Thabit al-Abbasi", "Thabet al-Abbasi")]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_official SET rank_en = 'General'")
    assert Change.objects.of(official).first().differences() == [("rank_en", "", "General")]
    assert any(change.table_name == "statements_name" for change in Change.objects.of(official))
    with refused(DatabaseError):
        Change.objects.all().delete()


def test_links_between_records_have_a_history_too() -> None:
    statement = cast.july_statement()
    statement.countries.add(cast.iraq())
    assert any(
        change.table_name == "statements_statement_countries"
        for change in Change.objects.of(statement)
    )


@pytest.mark.django_db(transaction=True)
def test_the_revision_moves_once_a_transaction_with_every_public_change() -> None:
    cast.minister()
    before = ArchiveRevision.current()
    with transaction.atomic():
        cast.july_round()
        cast.july_statement()
    assert ArchiveRevision.current() == before + 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_official SET rank_en = 'General'")
    assert ArchiveRevision.current() == before + 2
    with pytest.raises(RuntimeError), transaction.atomic():
        cast.july_round(slug="never")
        raise RuntimeError
    assert ArchiveRevision.current() == before + 2


def test_a_changed_address_is_kept_also_by_raw_sql() -> None:
    official = cast.minister()
    official.slug = "thabit-abbasi"
    official.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_official SET slug = 'al-abbasi'")
    assert set(OldAddress.objects.values_list("slug", "target")) == {
        ("thabit-al-abbasi", "al-abbasi"),
        ("thabit-abbasi", "al-abbasi"),
    }


def test_an_old_address_is_never_taken_by_another_record() -> None:
    minister = cast.minister()
    minister.slug = "al-abbasi"
    minister.save()
    other = cast.minister(slug="other")
    with refused():
        Official.objects.filter(pk=other.pk).update(slug="thabit-al-abbasi")
    with refused():
        Official.objects.create(name_en="Somebody", slug="thabit-al-abbasi")
    other.slug = "thabit-al-abbasi"
    with pytest.raises(ValidationError, match="once had it"):
        other.full_clean()
    assert Official.objects.create(name_en="Thabit al-Abbasi").slug == "thabit-al-abbasi-2"
    minister.slug = "thabit-al-abbasi"
    minister.full_clean()
    minister.save()
    assert OldAddress.objects.get().target == "thabit-al-abbasi"
    minister.delete()
    assert not OldAddress.objects.exists()


def test_addresses_are_made_from_names_and_never_taken_twice() -> None:
    made = [Statement.objects.create(title_ar="بيان مشترك") for _ in range(2)]
    assert [statement.slug for statement in made] == ["bayan-mushtarak", "bayan-mushtarak-2"]


def test_days_follow_the_date_and_overlap_is_found() -> None:
    cast.july_statement()
    summer = Statement.objects.between(*days("2024-22"))
    assert summer.count() == 1
    assert Statement.objects.between(*days("2023")).count() == 0
    assert Statement.objects.between(None, None).count() == 1


def days(value: str) -> tuple[object, object]:
    from statements.text.dates import EDTF

    return EDTF(value).first, EDTF(value).last


def test_rules_of_another_version_or_of_a_killed_migration_are_noticed_and_put_in_place() -> None:
    from django.apps import apps

    from statements.models.triggers import install, is_installed

    app = apps.get_app_config("statements")
    assert is_installed(app, "default")
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE statements_archiverevision IS NULL")
    assert not is_installed(app, "default")
    install(app, "default")
    assert is_installed(app, "default")


def test_the_words_of_a_date_are_kept_until_another_takes_its_place() -> None:
    event = cast.july_round()
    event.date = EDTFFormField().clean("يومي 22 و23 تموز 2024")
    event.save()
    event.refresh_from_db()
    assert (event.date, event.date_printed) == ("2024-07-22/2024-07-23", "يومي 22 و23 تموز 2024")
    event.date = EDTFFormField().clean("2024-07-22/2024-07-23")
    assert event.date_printed == "يومي 22 و23 تموز 2024"
    event.date = EDTFFormField().clean("2024-07-24")
    assert event.date_printed == ""
