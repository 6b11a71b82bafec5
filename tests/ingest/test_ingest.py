"""Taking texts in: told apart, understood, confirmed in one transaction; and the real article where it is at hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.ingest.confirming import DocumentChoice, confirm
from statements.ingest.draft import DraftRefused, paste, understand
from statements.models import Article, Capture, Change, Mention, Official, Paste, Statement
from statements.text.blocks import split
from tests import cast

PAGE = """×
الرئيسية

وفد عراقي يختتم زيارته إلى واشنطن

الوكالة/بغداد

اختتم وفد عراقي برئاسة وزير الدفاع العراقي ثابت العباسي زيارته، وفق بيان مشترك صدر الأربعاء 24 تموز 2024.

وقال العباسي إن الجولة كانت مثمرة، فيما يأتي نص البيان:

بيان مشترك للجولة الثانية من حوار التعاون الأمني المشترك

عقد الجانبان جولتهما يومي 22 و23 تموز 2024، والتقى وزير الدفاع السيد ثابت العباسي نظيره.

قرر الجانبان في حوار التعاون الأمني المشترك الثاني البدء في العمل على مذكرة تفاهم.

24 تموز 2024

اقرأ أيضا: أخبار أخرى

25/07/2024
"""


@given(st.text(alphabet='بيان مشترك.\n24تموز ×abc:/"', max_size=300))
@settings(max_examples=200)
def test_parts_of_a_page_never_overlap_and_stand_where_they_say(text: str) -> None:
    page = split(text)
    spans = [
        span
        for document in page.documents
        for span in (
            document.title,
            document.byline,
            document.date_line,
            document.done,
            *document.paragraphs,
        )
        if span
    ]
    spans += page.furniture
    ordered = sorted(spans, key=lambda span: span.start)
    assert all(a.end <= b.start for a, b in zip(ordered, ordered[1:], strict=False))
    assert all(span.of(text).strip() == span.of(text) for span in spans)


@pytest.mark.django_db
def test_an_article_with_a_statement_in_it_is_told_apart_and_linked() -> None:
    cast.minister(cast.post())
    cast.july_round(cast.dialogue())
    draft = understand(PAGE)
    article, statement = draft["documents"]
    assert (article["kind"], article["outlet"], article["date"], len(article["passages"])) == (
        "article",
        "الوكالة",
        "2024-07-25",
        2,
    )
    assert (statement["type"], statement["date"], len(statement["passages"])) == (
        "joint_statement",
        "2024-07-24",
        2,
    )
    assert statement["event"] == "us-iraq-jscd-2"
    (link,) = draft["links"]
    assert (link["from"], link["to"], link["relation"]) == (0, 1, "carries")
    assert [one["how"] for one in link["passages"]] == ["absent", "absent"]
    for document in draft["documents"]:
        for part in (*document["dates"], *document["mentions"]):
            assert PAGE[part["start"] : part["end"]] == part["as_printed"]
    officials = [m for d in draft["documents"] for m in d["mentions"] if m["type"] == "official"]
    assert {m["slug"] for m in officials} == {"thabit-al-abbasi"}
    assert {"ثابت العباسي", "العباسي"} <= {m["as_printed"] for m in officials}


@pytest.mark.django_db
def test_nobody_is_linked_unless_exactly_one_record_fits() -> None:
    cast.minister()
    cast.minister(
        slug="haider-al-abbasi", name_en="Haider al-Abbasi", name_ar="حيدر العباسي", state="draft"
    )
    draft = understand("قال العباسي في بغداد إن العمل مستمر.\n\nوأضاف أن اللجنة ستجتمع.")
    (mention,) = [m for m in draft["documents"][0]["mentions"] if m["type"] == "official"]
    assert mention["outcome"] == "several"
    assert mention["slug"] is None
    assert mention["candidates"] == ["haider-al-abbasi", "thabit-al-abbasi"]


@pytest.mark.django_db
def test_a_stranger_is_proposed_with_a_name_in_latin_and_never_linked() -> None:
    cast.post()
    draft = understand("التقى الوفد وزير الدفاع العراقي جمعة عناد، في بغداد.\n\nوأكد الوفد دعمه.")
    stranger = next(m for m in draft["documents"][0]["mentions"] if m["type"] == "official")
    assert stranger["outcome"] == "none"
    assert stranger["as_printed"] == "جمعة عناد"
    assert stranger["name"] == "Juma Inad"


@pytest.mark.django_db
def test_looking_a_name_up_writes_nothing() -> None:
    cast.minister(cast.post())
    before = Change.objects.count()
    understand(PAGE)
    assert (Change.objects.count(), Official.objects.count(), Capture.objects.count()) == (
        before,
        1,
        0,
    )


def choices(kept: Paste, **fields: Any) -> list[DocumentChoice]:
    return [
        DocumentChoice(
            title=d["title"], date=d["date"] or "", outlet="الوكالة", publisher="الوكالة", **fields
        )
        for d in kept.draft["documents"]
    ]


@pytest.mark.django_db
def test_confirming_makes_unpublished_drafts_with_their_mentions_once() -> None:
    cast.minister(cast.post())
    cast.july_round(cast.dialogue())
    editor = cast.user("editor")
    kept = paste(PAGE, editor)
    assert paste(PAGE, editor) == kept
    article, statement = confirm(kept, choices(kept), editor)
    assert isinstance(article, Article)
    assert isinstance(statement, Statement)
    assert {article.state, statement.state} == {"draft"}
    assert list(article.statements.all()) == [statement]
    assert statement.passages.count() == 2
    for mention in Mention.objects.select_related("text"):
        assert mention.text.text[mention.start : mention.end] == mention.as_printed
    assert Mention.objects.filter(official__slug="thabit-al-abbasi").count() == 3
    with pytest.raises(DraftRefused):
        confirm(kept, choices(kept), editor)
    assert Statement.objects.count() == 1


@pytest.mark.django_db
def test_a_draft_that_cannot_be_saved_whole_is_not_saved_in_part() -> None:
    kept = paste(PAGE)
    bad = choices(kept)
    bad[1].title = ""
    kept.draft["documents"][1]["title"] = ""
    kept.save()
    with pytest.raises(DraftRefused):
        confirm(kept, bad)
    assert not Article.objects.exists()
    assert Paste.objects.get().state == "open"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "  \n ", "×", "x" * 400_001, "a\x00b c d e f g."])
def test_what_is_no_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DraftRefused) as refusal:
        understand(text)
    assert str(refusal.value).endswith(".")


@pytest.mark.django_db
def test_the_command_refuses_what_it_cannot_read(tmp_path: Any) -> None:
    (tmp_path / "latin.txt").write_bytes("é".encode("latin-1"))
    for name in ("missing.txt", "latin.txt"):
        with pytest.raises(CommandError, match=name):
            call_command("ingest", str(tmp_path / name))
