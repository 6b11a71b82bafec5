"""The verbs of the desk: publish and withdraw, merge and rename, edit a text, take a change back."""

from __future__ import annotations

import pytest

from statements.actions import (
    PublicationRefused,
    RevertRefused,
    merge,
    publish,
    rename,
    revert,
    revert_step,
    save_body,
    send_to_review,
    withdraw,
)
from statements.actions.texts import body_of
from statements.models import (
    Chain,
    ChainStep,
    Change,
    Comparison,
    Layer,
    Mention,
    Official,
    OldAddress,
    State,
    Statement,
    Theme,
    Undertaking,
    recording,
)
from statements.records import record_of
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_record_moves_from_draft_to_readers_and_back_with_who_and_when() -> None:
    editor = cast.user("editor")
    statement = cast.july_statement(state=State.DRAFT)
    send_to_review(statement, editor)
    assert statement in Statement.objects.work_to_do()
    publish(statement, editor)
    assert statement in Statement.objects.published()
    assert statement.state_changed_by == editor
    first = statement.published_at
    withdraw(statement, editor)
    assert statement not in Statement.objects.published()
    publish(statement, editor)
    statement.refresh_from_db()
    assert statement.published_at == first


def test_a_statement_without_date_or_text_is_not_published() -> None:
    with pytest.raises(PublicationRefused, match="date"):
        publish(Statement.objects.create(title_en="x"))
    with pytest.raises(PublicationRefused, match="passages"):
        publish(Statement.objects.create(title_en="x", date="2024"))


def test_merging_two_spellings_of_a_man_loses_no_link() -> None:
    kept = cast.minister()
    twin = Official.objects.create(
        slug="mohammed-al-abbasi", name_en="Muhammad al-Abbasi", name_ar="محمد سعيد العباسي"
    )
    event = cast.july_round()
    other = cast.july_round(slug="visit")
    cast.take_part(event, kept)
    cast.take_part(event, twin)
    cast.take_part(other, twin)
    statement = cast.july_statement(twin)
    merge(kept, twin)
    assert not Official.objects.filter(slug="mohammed-al-abbasi").exists()
    assert set(kept.participations.values_list("event__slug", flat=True)) == {
        "us-iraq-jscd-2",
        "visit",
    }
    assert list(Statement.objects.naming(kept)) == [statement]
    assert {"Muhammad al-Abbasi", "محمد سعيد العباسي"} <= set(
        kept.names.values_list("form", flat=True)
    )
    assert OldAddress.objects.get(slug="mohammed-al-abbasi").target == kept.slug


def test_a_former_address_follows_every_renaming() -> None:
    official = cast.minister()
    rename(official, "second")
    rename(official, "third")
    rename(official, "thabit-al-abbasi")
    assert set(OldAddress.objects.values_list("slug", "target")) == {
        ("second", "thabit-al-abbasi"),
        ("third", "thabit-al-abbasi"),
    }


def test_an_edited_text_keeps_its_numbers_and_its_mentions() -> None:
    official = cast.minister()
    statement = cast.july_statement(official)
    version = statement.versions.get(language="ar")
    first, second = cast.ARABIC
    save_body(version, f"{second}\n\nفقرة جديدة عن الحدود والجمارك.\n\nوفي واشنطن {first}")
    assert [p.number for p in statement.passages.present().order_by("order")] == [2, 3, 1]
    mention = Mention.objects.get(as_printed="ثابت العباسي")
    assert mention.text.passage.number == 1
    assert mention.text.text[mention.start : mention.end] == "ثابت العباسي"
    assert body_of(version, Layer.TEXT).startswith(second)


def test_a_removed_passage_keeps_its_row_and_its_number_is_not_given_again() -> None:
    statement = cast.july_statement()
    for version in statement.versions.all():
        words = cast.ARABIC if version.language == "ar" else cast.ENGLISH
        save_body(version, words[0])
    gone = statement.passages.get(number=2)
    assert gone.removed
    save_body(
        statement.versions.get(language="en"),
        f"{cast.ENGLISH[0]}\n\nSomething else about water and trade altogether.",
    )
    assert [p.number for p in statement.passages.present().order_by("order")] == [1, 3]


def test_a_change_is_taken_back_as_a_change_of_its_own() -> None:
    official = cast.minister()
    official.name_en = "Wrong"
    official.save()
    change = Change.objects.of(official).filter(operation="UPDATE").get()
    revert(change, cast.user("editor"))
    official.refresh_from_db()
    assert official.name_en == "Thabit al-Abbasi"
    name = official.names.get()
    name.delete()
    revert(Change.objects.filter(table_name="statements_name", operation="DELETE").get())
    assert official.names.get().form == "محمد العباسي"


def test_a_change_is_not_taken_back_over_a_later_one() -> None:
    official = cast.minister()
    for name in ("Second", "Third"):
        official.name_en = name
        official.save()
    later, earlier = Change.objects.of(official).filter(operation="UPDATE")
    with pytest.raises(RevertRefused, match="later change first"):
        revert(earlier)
    revert(later)
    revert(Change.objects.of(official).get(pk=earlier.pk))
    official.refresh_from_db()
    assert official.name_en == "Thabit al-Abbasi"


def everything(statement: Statement) -> dict[str, object]:
    """A statement as the portable format has it, read afresh."""
    return record_of(Statement.objects.get(pk=statement.pk))


@pytest.mark.django_db(transaction=True)
def test_a_deleted_statement_comes_back_whole_with_its_numbers() -> None:
    official = cast.minister()
    statement = cast.july_statement(official)
    statement.countries.add(cast.iraq())
    save_body(statement.versions.get(language="ar"), cast.ARABIC[1])
    whole = everything(statement)
    with recording(reason="deleted by mistake"):
        Statement.objects.get(pk=statement.pk).delete()
    step = Change.objects.filter(table_name="statements_statement", operation="DELETE").get()
    revert_step(step.transaction)
    assert everything(statement) == whole
    save_body(statement.versions.get(language="ar"), f"{cast.ARABIC[1]}\n\nفقرة أخرى عن المياه.")
    assert max(passage.number for passage in statement.passages.all()) == 3


@pytest.mark.django_db(transaction=True)
def test_a_merge_is_taken_back_as_one_step() -> None:
    kept = cast.minister()
    twin = cast.minister(slug="mohammed-al-abbasi", name_en="Muhammad al-Abbasi")
    event = cast.july_round()
    cast.take_part(event, twin)
    merge(kept, twin)
    step = Change.objects.filter(table_name="statements_official", operation="DELETE").get()
    revert_step(step.transaction)
    assert event.participations.get().official.slug == "mohammed-al-abbasi"
    assert not kept.names.filter(form="Muhammad al-Abbasi").exists()
    assert not OldAddress.objects.exists()


def test_addresses_follow_a_chain_of_renamings_and_merges() -> None:
    kept = cast.minister()
    twin = cast.minister(slug="first", name_en="Muhammad al-Abbasi")
    rename(twin, "second")
    merge(kept, twin)
    rename(kept, "last")
    assert set(OldAddress.objects.values_list("slug", "target")) == {
        ("first", "last"),
        ("second", "last"),
        ("thabit-al-abbasi", "last"),
    }


def test_a_split_and_a_join_keep_the_number_of_the_larger_part() -> None:
    official = cast.minister()
    statement = cast.july_statement(official)
    version = statement.versions.get(language="en")
    first, second = cast.ENGLISH
    start, end = first.split(" met ")
    save_body(version, f"{start} met.\n\nHis counterpart was {end}\n\n{second}")
    numbers = [p.number for p in statement.passages.present().order_by("order")]
    assert sorted(numbers) == [1, 2, 3]
    assert numbers[2] == 2
    undertaking = Undertaking.objects.create(
        passage=statement.passages.get(number=2), strength="decided"
    )
    save_body(version, f"{start} met. His counterpart was {end} {second}")
    present = statement.passages.filter(texts__version=version)
    assert [p.number for p in present] == [2]
    undertaking.refresh_from_db()
    assert undertaking.passage.number == 2
    assert Mention.objects.get(as_printed="Thabit al-Abbasi").text.passage.number == 2


def test_whatever_pointed_at_a_passage_points_at_the_one_it_was_joined_to() -> None:
    statement, earlier = (
        cast.july_statement(),
        cast.july_statement(slug="earlier", date="2023-08-08"),
    )
    host, joined = statement.passages.order_by("number")
    before = earlier.passages.get(number=1)
    event = cast.july_round()
    held = Undertaking.objects.create(passage=host, number=1, strength="affirmed")
    moved = Undertaking.objects.create(passage=joined, number=1, strength="decided")
    theme = Theme.objects.create(slug="memorandum", name_en="Memorandum", name_ar="مذكرة")
    joined.themes.add(theme)
    compared = Comparison.objects.create(passage=joined, earlier=before, relation="persisted")
    later = Comparison.objects.create(passage=before, earlier=joined, relation="reworded")
    within = Comparison.objects.create(passage=joined, earlier=host, relation="reworded")
    chain = Chain.objects.create(slug="memorandum", title_en="Memorandum", title_ar="مذكرة")
    step = ChainStep.objects.create(chain=chain, passage=joined, status="decided", date="2024-07")
    took_part = cast.take_part(event, cast.minister(), passage=joined)
    for version in statement.versions.all():
        words = cast.ARABIC if version.language == "ar" else cast.ENGLISH
        # The first passage is the longer one, so it is the one that goes on.
        longer = f"{words[0]} {'وبعده زار المقبرة الوطنية' if version.language == 'ar' else 'Afterwards he visited the national cemetery.'}"
        save_body(version, f"{longer}\n\n{words[1]}")
        save_body(version, f"{longer} {words[1]}")
    joined.refresh_from_db()
    assert joined.removed
    for row in (held, moved, compared, later, step, took_part):
        row.refresh_from_db()
    assert (held.passage, held.number) == (host, 1)
    assert (moved.passage, moved.number) == (host, 2)
    assert list(host.themes.all()) == [theme]
    assert (compared.passage, compared.earlier) == (host, before)
    assert (later.passage, later.earlier) == (before, host)
    assert not Comparison.objects.filter(pk=within.pk, passage=host, earlier=host).exists()
    assert step.passage == host
    assert took_part.passage == host


def test_a_digest_takes_the_numbers_of_the_text_it_replaces() -> None:
    """As the desk saves a version whose rights become “digest”: the digest first, then the text goes."""
    statement = cast.july_statement()
    version = statement.versions.get(language="ar")
    save_body(version, "خلاصة الأولى.\n\nخلاصة الثانية.", Layer.DIGEST)
    save_body(version, "", Layer.TEXT)
    texts = version.texts.order_by("passage__order")
    assert [(t.passage.number, t.digest, t.text) for t in texts] == [
        (1, "خلاصة الأولى.", ""),
        (2, "خلاصة الثانية.", ""),
    ]
