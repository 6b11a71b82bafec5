"""Differences of versions at the desk: proposed with a sentence, confirmed, refused, edited, and told when their words are gone."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from statements.actions import save_body
from statements.models import Change, Divergence, Source, State, Statement, Version
from tests import cast
from tests.desk.test_statement_form import FORM, differences

pytestmark = pytest.mark.django_db

ENGLISH = "The two ministers met in Baghdad.\n\nThey decided to train 250 officers."
ARABIC = "اجتمع الوزيران في بغداد.\n\nوقررا تدريب 350 ضابطا."


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(cast.user("editor"))
    return client


@pytest.fixture
def statement() -> Statement:
    made = Statement.objects.create(
        slug="july", title_en="Statement of July", title_ar="بيان تموز", date="2024-07-24",
        original_language="en", state=State.PUBLISHED,
    )  # fmt: skip
    for language, publisher, text in (("en", "DoD", ENGLISH), ("ar", "الوكالة", ARABIC)):
        source = Source.objects.create(
            slug=publisher, publisher=publisher, address=f"https://{language}.example.org/"
        )
        version = Version.objects.create(
            statement=made, language=language, publisher=publisher, rights="full", source=source
        )
        save_body(version, text)
    return made


def sheet(desk: Client, statement: Statement, language: str = "en") -> dict[str, Any]:
    """The form as a browser sends it, with all that is proposed."""
    shown = desk.get(FORM.format(language, statement.pk))
    data: dict[str, Any] = {}
    forms = [shown.context["adminform"].form]
    for one in shown.context["inline_admin_formsets"]:
        forms += one.formset.forms
        data |= {bound.html_name: bound.value() for bound in one.formset.management_form}
    for form in forms:
        for bound in form:
            value = bound.value()
            widget = getattr(bound.field.widget, "widget", bound.field.widget)
            value = widget.format_value(value)
            if isinstance(value, list) and not getattr(widget, "allow_multiple_selected", False):
                value = (value or [""])[0]
            if value is not None:
                data[bound.html_name] = value
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = data.get(bound.html_name, "")
    return data


def decide(desk: Client, statement: Statement, language: str = "en", **fields: str) -> Any:
    """The first difference on the form decided, and the form saved and shown again."""
    sent = {f"differences-0-{name}": value for name, value in fields.items()}
    data = sheet(desk, statement, language) | sent | {"_continue": "1"}
    return desk.post(FORM.format(language, statement.pk), data, follow=True)


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "proposal", "after"),
    [("en", "a proposal", "confirmed"), ("ar", "اقتراح", "مؤكد")],
)
def test_what_is_proposed_has_a_sentence_in_both_languages_and_is_confirmed(
    desk: Client, statement: Statement, language: str, proposal: str, after: str
) -> None:
    address = FORM.format(language, statement.pk)
    before = desk.get(address)
    form = next(form for form in differences(before) if form.is_proposed)
    assert form.number == 2
    assert form["sentence_en"].value() == "The number is “250” in the English version, and “350” in the Arabic version."  # fmt: skip
    assert form["sentence_ar"].value() == "العدد في النسخة الإنكليزية «250»، وفي النسخة العربية «350»."  # fmt: skip
    assert proposal in text_of(before)
    assert not Divergence.objects.exists(), "nothing is kept that nobody decided"
    answer = decide(desk, statement, language, refused="False", sentence_en="250 against 350.")
    made = Divergence.objects.get()
    assert (made.kind, made.passage.number, made.refused) == ("number", 2, False)
    assert (made.left.publisher, made.left_words) == ("DoD", "250")
    assert (made.right.publisher, made.right_words) == ("الوكالة", "350")
    assert made.sentence_en == "250 against 350."
    assert made.sentence_ar.startswith("العدد")
    assert {source.publisher for source in made.sources.all()} == {"DoD", "الوكالة"}
    assert not any(form.is_proposed for form in differences(answer))
    assert after in text_of(answer)


def test_what_is_left_for_later_is_proposed_again_and_what_is_refused_is_not(
    desk: Client, statement: Statement
) -> None:
    answer = decide(desk, statement)
    assert [form.is_proposed for form in differences(answer)] == [True, False]
    assert not Divergence.objects.exists()
    answer = decide(desk, statement, refused="True", sentence_en="", sentence_ar="")
    assert Divergence.objects.get().refused
    assert not any(form.is_proposed for form in differences(answer))
    assert "refused" in text_of(answer)
    arabic = statement.versions.get(language="ar")
    save_body(arabic, ARABIC.replace("350", "450"))
    again = differences(desk.get(FORM.format("en", statement.pk)))
    assert [form["right_words"].value() for form in again if form.is_proposed] == ["450"], (
        "other words are another difference"
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Confirm this difference or refuse it; what you wrote is kept here until then."),
        ("ar", "أكّد هذا الاختلاف أو ارفضه، ويبقى ما كتبته هنا إلى ذلك الحين."),
    ],
)
def test_what_was_written_into_a_proposal_that_is_not_decided_is_not_lost(
    desk: Client, statement: Statement, language: str, told: str
) -> None:
    answer = decide(desk, statement, language, sentence_en="A better sentence.")
    assert told in text_of(answer)
    assert differences(answer)[0]["sentence_en"].value() == "A better sentence."
    assert not Divergence.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"sentence_en": "", "sentence_ar": ""}, "Say in a sentence what differs"),
        ({"left_words": "", "right_words": " "}, "Give the words of one version at least"),
        ({"right": "9999"}, "Select a valid choice"),
        ({"kind": "colour"}, "Select a valid choice"),
        ({"passage": "x"}, "Select a valid choice"),
        ({"sentence_en": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    desk: Client, statement: Statement, fields: dict[str, str], told: str
) -> None:
    answer = decide(desk, statement, refused="False", **fields)
    assert told in text_of(answer)
    assert not Divergence.objects.exists()


def test_a_confirmed_one_is_edited_refused_and_deleted_and_the_history_tells_by_whom(
    desk: Client, statement: Statement
) -> None:
    decide(desk, statement, refused="False")
    decide(desk, statement, left_words="train  250\r\n\r\nofficers", sentence_ar="مئتان وخمسون.")
    made = Divergence.objects.get()
    assert made.left_words == "train 250\nofficers"
    assert made.sentence_ar == "مئتان وخمسون."
    answer = decide(desk, statement, refused="True")
    assert Divergence.objects.get().refused
    assert not any(form.is_proposed for form in differences(answer)), "in other words, but decided"
    decide(desk, statement, DELETE="on")
    assert not Divergence.objects.exists()
    table = Divergence._meta.db_table
    changes = [c for c in Change.objects.of(statement) if c.table_name == table]
    assert [c.operation for c in changes] == ["DELETE", "UPDATE", "UPDATE", "INSERT"]
    assert {c.editor.username for c in changes} == {"editor"}
    history = text_of(desk.get(f"/en/admin/statements/statement/{statement.pk}/history/"))
    assert "difference of versions" in history
    assert "train 250" in history


def test_a_difference_is_noted_by_hand_and_only_once(desk: Client, statement: Statement) -> None:
    save_body(statement.versions.get(language="ar"), ARABIC.replace("350", "250"))
    english, arabic = (statement.versions.get(language=code) for code in ("en", "ar"))
    by_hand = {
        "passage": str(statement.passages.get(number=1).pk), "kind": "who", "left": str(english.pk),
        "right": str(arabic.pk), "left_words": "ministers", "right_words": "الوزيران", "sentence_en": "Who they were.",
    }  # fmt: skip
    decide(desk, statement, **by_hand)
    made = Divergence.objects.get()
    assert (made.kind, made.refused, made.passage.number) == ("who", False, 1)
    sent = {f"differences-1-{name}": value for name, value in by_hand.items()}
    data = sheet(desk, statement) | sent
    answer = desk.post(FORM.format("en", statement.pk), data)
    assert "This difference is noted already." in text_of(answer)
    data |= {"differences-1-right": str(english.pk)}
    answer = desk.post(FORM.format("en", statement.pk), data)
    assert "A version differs from another one, not from itself." in text_of(answer)


@pytest.mark.parametrize(
    ("language", "told", "waits"),
    [
        ("en", "The words no longer stand in the text", "words no longer in the text"),
        ("ar", "لم تعد الكلمات في النص", "كلماتها لم تعد في النص"),
    ],
)
def test_when_the_words_change_the_desk_says_so_and_readers_are_not_told(
    desk: Client, statement: Statement, language: str, told: str, waits: str
) -> None:
    decide(desk, statement, language, refused="False")
    page = f"/{language}/statements/july/"
    assert 'class="differs-here"' in text_of(desk.get(page))
    assert waits not in text_of(desk.get(f"/{language}/admin/"))
    data = sheet(desk, statement, language)
    field = next(name for name, value in data.items() if name.endswith("-text") and "250" in value)
    data |= {field: ENGLISH.replace("250", "2500"), "_continue": "1"}
    answer = desk.post(FORM.format(language, statement.pk), data, follow=True)
    assert text_of(answer).count(told) == 1
    messages = [str(message) for message in answer.context["messages"]]
    assert any("#versions-compared" in message for message in messages)
    assert waits in text_of(desk.get(f"/{language}/admin/"))
    listed = desk.get(f"/{language}/admin/statements/divergence/")
    assert [row.left_words for row in listed.context["cl"].result_list] == ["250"]
    assert 'class="differs-here"' not in text_of(desk.get(page))
    assert "250 in the" not in text_of(desk.get(page))
    decide(desk, statement, language, left_words="2500")
    assert 'class="differs-here"' in text_of(desk.get(page))
    assert waits not in text_of(desk.get(f"/{language}/admin/"))


def test_a_version_deleted_with_the_same_save_takes_its_differences_along(
    desk: Client, statement: Statement
) -> None:
    decide(desk, statement, refused="False")
    data = sheet(desk, statement)
    gone = next(
        name for name, value in data.items() if name.endswith("-language") and value == "ar"
    )
    data |= {gone.replace("language", "DELETE"): "on", "differences-0-sentence_en": "Changed."}
    assert desk.post(FORM.format("en", statement.pk), data).status_code == 302
    assert statement.versions.count() == 1
    assert not Divergence.objects.exists()


def test_a_contributor_notes_differences_of_drafts_and_only_reads_those_of_what_is_published(
    client: Client, statement: Statement
) -> None:
    client.force_login(cast.user("contributor"))
    shown = client.get(FORM.format("en", statement.pk))
    assert not any(form.is_proposed for form in differences(shown))
    Statement.objects.filter(pk=statement.pk).update(state=State.DRAFT)
    decide(client, statement, refused="False")
    made = Divergence.objects.get()
    address = f"/en/admin/statements/divergence/{made.pk}/change/"
    assert 'name="left_words"' in text_of(client.get(address))
    Statement.objects.filter(pk=statement.pk).update(state=State.PUBLISHED)
    shown = client.get(address)
    assert shown.status_code == 200
    assert 'name="left_words"' not in text_of(shown)
    assert client.post(address, {"left_words": "x"}).status_code == 403


def test_one_difference_has_a_form_of_its_own_with_its_sources(
    desk: Client, statement: Statement
) -> None:
    decide(desk, statement, refused="False")
    made = Divergence.objects.get()
    address = f"/en/admin/statements/divergence/{made.pk}/change/"
    form = desk.get(address).context["adminform"].form
    data = {bound.html_name: bound.value() or "" for bound in form}
    data |= {"left_words": "250\nofficers", "sources": [source.pk for source in made.sources.all()][:1]}  # fmt: skip
    assert desk.post(address, data).status_code == 302
    made.refresh_from_db()
    assert made.left_words == "250\nofficers"
    assert made.sources.count() == 1
    assert "words of the first version" in text_of(desk.get(f"/en/admin/statements/divergence/{made.pk}/history/")).lower()  # fmt: skip


def test_the_form_costs_no_query_more_for_more_differences(
    desk: Client, statement: Statement
) -> None:
    english, arabic = (statement.versions.get(language=code) for code in ("en", "ar"))
    address = FORM.format("en", statement.pk)
    counts = []
    for number in range(3):
        Divergence.objects.create(
            passage=statement.passages.get(number=2), kind="text", left=english, right=arabic,
            left_words=f"word {number}", sentence_en="So.",
        )  # fmt: skip
        desk.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1
