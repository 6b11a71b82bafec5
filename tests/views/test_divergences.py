"""Where versions differ, as readers see it: a sign and a sentence at the passage, the words framed, in every view of the text."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from statements.actions import save_body
from statements.models import Divergence, PassageText, Source, Statement, Version
from statements.text.spans import cut
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/{}/statements/us-iraq-jscd-2-joint-statement/"
COMPARED = "/{0}/compare/us-iraq-jscd-2-joint-statement/us-iraq-jscd-2-joint-statement/"


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def passage(content: str, number: int) -> str:
    found = re.search(rf'<div class="passage" id="p{number}">.*?(?=<div class="passage"|<section)', content, re.DOTALL)  # fmt: skip
    assert found is not None
    return found[0]


def framed(content: str) -> list[str]:
    return re.findall(r'<mark class="differs">(.*?)</mark>', content)


@pytest.fixture
def statement() -> Statement:
    """July 2024 in Arabic and English, with one difference in its second passage."""
    made = cast.july_statement()
    english, arabic = (made.versions.get(language=code) for code in ("en", "ar"))
    Divergence.objects.create(
        passage=made.passages.get(number=2), kind="force", left=english, left_words="decided",
        right=arabic, right_words="قرر", sentence_en="They bind unequally.", sentence_ar="لا يلزمان سواء.",
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("language", "above", "label", "kind", "says"),
    [
        ("en", "The versions differ in 1 passage", "The versions differ here: who is named", "who is named", "it is the Chief of Defense who met General Brown"),
        ("ar", "تختلف النسخ في فقرة واحدة", "تختلف النسختان هنا: من يُسمّى", "من يُسمّى", "رئيس الأركان هو من التقى الجنرال براون"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("view", ["?lang=en", "?lang=ar", "?lang=both"])
def test_who_met_general_brown_is_marked_in_every_view(
    client: Client, demo: None, language: str, above: str, label: str, kind: str, says: str, view: str
) -> None:  # fmt: skip
    content = text_of(client.get(PAGE.format(language) + view))
    assert re.search(rf'<a href="#p4">.*?{above}</a>', content)
    marked = passage(content, 4)
    anchor = re.search(r'<a class="differs-here" href="#(d\d+)" aria-label="([^"]+)">≠</a>', marked)
    assert anchor is not None
    assert anchor[2] == label
    assert f'id="{anchor[1]}"' in marked
    assert kind in marked
    assert says in marked
    words = {"en": ["Chief of Defense"], "ar": ["الوزير"]}
    both = words[language] + words["ar" if language == "en" else "en"]
    assert framed(content) == (both if view == "?lang=both" else words[view[-2:]])
    assert "Mirage News" in marked
    assert content.count('class="differs-here"') == 1


@pytest.mark.parametrize(
    ("language", "above"),
    [("en", "The versions differ in 1 passage"), ("ar", "تختلف النسخ في فقرة واحدة")],
)
def test_two_versions_compared_show_it_too(
    client: Client, demo: None, language: str, above: str
) -> None:
    content = text_of(client.get(COMPARED.format(language)))
    assert above in content
    assert 'href="#p4"' in content
    row = re.search(r'<li class="row beside" id="p4">.*?</li>', content, re.DOTALL)
    assert row is not None
    assert framed(row[0]) == ["Chief of Defense", "الوزير"]
    assert 'class="aside divergence"' in row[0]


def test_the_versions_of_another_pair_are_not_said_to_differ(
    client: Client, statement: Statement
) -> None:
    other = Version.objects.create(statement=statement, language="en", publisher="Copy", rights="full")  # fmt: skip
    save_body(other, "\n\n".join(cast.ENGLISH).replace("decided", "agreed"))
    address = f"/en/compare/{statement.slug}/{statement.slug}/"
    content = text_of(client.get(address, {"left": "en-ministry", "right": "en-copy"}))
    assert "The versions differ in" not in content
    assert "<del>decided</del>" in content
    english, copy = statement.versions.get(publisher="Ministry", language="en"), other
    Divergence.objects.create(
        passage=statement.passages.get(number=2), kind="force", left=copy, left_words="agreed",
        right=english, right_words="decided", sentence_en="The copy is weaker.",
    )  # fmt: skip
    query = {"left": "en-ministry", "right": "en-copy", "show": "changes"}
    content = text_of(client.get(address, query))
    assert "The copy is weaker." in content
    assert '<mark class="differs"><del>decided</del></mark>' in content
    assert '<mark class="differs"><ins>agreed</ins></mark>' in content
    page = text_of(client.get(f"/en/statements/{statement.slug}/"))
    assert page.count('class="aside divergence"') == 2
    assert "The versions differ in 1 passage" in page, "passages are counted, not differences"


@pytest.mark.parametrize("change", ["words", "part of a word", "passage", "refused", "draft"])
def test_what_is_not_there_any_more_is_not_claimed(
    client: Client, statement: Statement, change: str
) -> None:
    address = f"/en/statements/{statement.slug}/"
    assert "They bind unequally." in text_of(client.get(address))
    english = statement.versions.get(language="en")
    match change:
        case "words":
            save_body(english, "\n\n".join(cast.ENGLISH).replace("decided", "agreed"))
        case "part of a word":
            save_body(english, "\n\n".join(cast.ENGLISH).replace("decided", "undecided"))
        case "passage":
            statement.passages.filter(number=2).update(removed=True)
        case "refused":
            Divergence.objects.filter(passage__statement=statement).update(refused=True)
        case "draft":
            Statement.objects.filter(pk=statement.pk).update(state="draft")
    answers = [client.get(address), client.get(f"/api/v1/statements/{statement.slug}/")]
    answers.append(client.get(f"/en/compare/{statement.slug}/{statement.slug}/"))
    for answer in answers:
        assert "They bind unequally." not in text_of(answer)
        assert "differs-here" not in text_of(answer)


def test_runs_of_words_are_found_one_after_the_other_and_signs_in_them_are_no_pattern(
    client: Client, statement: Statement
) -> None:
    row = Divergence.objects.get(passage__statement=statement)
    PassageText.objects.filter(passage=row.passage, version=row.left).update(
        text="The two (both) will, it said, [fully] decide (both) on $5."
    )
    for words, expected in (
        ("(both)\n[fully] … (both)", ["(both)", "[fully]", "(both)"]),
        ("will … decide\n$5", ["will", "decide", "$5"]),
        ("on $5.", ["on $5."]),
    ):
        Divergence.objects.filter(pk=row.pk).update(left_words=words)
        content = text_of(client.get(f"/en/statements/{statement.slug}/?lang=en"))
        assert framed(content) == expected
    Divergence.objects.filter(pk=row.pk).update(left_words="w.ll")
    assert "They bind unequally." not in text_of(client.get(f"/en/statements/{statement.slug}/"))


def test_words_of_a_version_that_only_its_source_has_stand_there(
    client: Client, statement: Statement
) -> None:
    away = Version.objects.create(statement=statement, language="ar", publisher="Agency")
    Divergence.objects.filter(passage__statement=statement).update(right=away, right_words="تقرر")
    assert "They bind unequally." in text_of(client.get(f"/en/statements/{statement.slug}/"))
    PassageText.objects.create(
        passage=statement.passages.get(number=1), version=away, language="ar", digest="خلاصة."
    )
    assert "They bind unequally." not in text_of(client.get(f"/en/statements/{statement.slug}/"))


def test_words_of_a_text_that_readers_do_not_see_are_told_and_not_framed(client: Client) -> None:
    made = cast.july_statement(rights="excerpts")
    english, arabic = (made.versions.get(language=code) for code in ("en", "ar"))
    Divergence.objects.create(
        passage=made.passages.get(number=2), kind="left_out", left=english, left_words="decided",
        right=arabic, sentence_en="Only the English decides.",
    )  # fmt: skip
    content = text_of(client.get(f"/en/statements/{made.slug}/?lang=both"))
    assert "Only the English decides." in content
    assert framed(content) == []


def test_a_name_stays_a_link_where_only_part_of_it_differs(client: Client) -> None:
    minister = cast.minister(slug="somebody")
    made = cast.july_statement(minister)
    english, arabic = (made.versions.get(language=code) for code in ("en", "ar"))
    Divergence.objects.create(
        passage=made.passages.get(number=1), kind="who", left=english, left_words="Defence Thabit",
        right=arabic, sentence_en="Who it was.",
    )  # fmt: skip
    content = text_of(client.get(f"/en/statements/{made.slug}/?lang=en"))
    assert framed(content) == ["Defence ", "Thabit"]
    assert re.search(r'<a href="[^"]+" [^>]+><mark class="differs">Thabit</mark> al-Abbasi</a>', content)  # fmt: skip


def test_the_interface_gives_them_with_the_passage(
    client: Client, demo: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        record = client.get("/api/v1/statements/us-iraq-jscd-2-joint-statement/").json()
    found = {row["number"]: row["divergences"] for row in record["passages"] if row["divergences"]}
    (only,) = found[4]
    assert list(found) == [4]
    assert only["kind"] == "who"
    assert only["left"] == {"language": "en", "publisher": "Mirage News", "words": ["Chief of Defense"]}  # fmt: skip
    assert only["right"]["words"] == ["الوزير"]
    assert set(only["sentence"]) == {"en", "ar"}
    assert len(only["sources"]) == 3
    compared = client.get(COMPARED.format("en").replace("/en/", "/api/v1/")).json()
    assert [row["divergences"] for row in compared["rows"] if row["divergences"]] == [[only]]


def test_more_differences_cost_no_query_more(client: Client, statement: Statement) -> None:
    row = Divergence.objects.get(passage__statement=statement)
    counts = []
    for number in (1, 3, 9):
        for n in range(number):
            source = Source.objects.create(slug=f"s{number}-{n}", publisher="P", address=f"urn:{number}{n}")  # fmt: skip
            made = Divergence.objects.create(
                passage=row.passage, kind="text", left=row.left, left_words="decided",
                right=row.right, right_words="الجانبان" + "\nمذكرة" * n + "\nتفاهم" * (number - n), sentence_en=f"{number}-{n}.",
            )  # fmt: skip
            made.sources.add(source)
        for address in (f"/en/statements/{statement.slug}/?lang=both", f"/api/v1/statements/{statement.slug}/"):  # fmt: skip
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
    assert len(set(counts[::2])) == len(set(counts[1::2])) == 1
    assert max(counts) <= 12


def test_the_database_keeps_passage_and_versions_of_one_statement(statement: Statement) -> None:
    other = cast.july_statement(slug="other")
    row = Divergence.objects.get(passage__statement=statement)
    for field, value in (
        ("left", other.versions.get(language="en")),
        ("passage", other.passages.get(number=2)),
        ("left", row.right),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Divergence.objects.filter(pk=row.pk).update(**{field: value})


def test_a_passage_joined_to_another_takes_its_differences_there(
    client: Client, statement: Statement
) -> None:
    for version in statement.versions.all():
        texts = version.texts.order_by("passage__number")
        save_body(version, " ".join(text.text for text in texts))
    row = Divergence.objects.get(passage__statement=statement)
    assert not row.passage.removed
    assert "They bind unequally." in text_of(client.get(f"/en/statements/{statement.slug}/"))


def test_a_text_is_cut_where_marks_begin_and_end() -> None:
    layers = [(0, 3), (5, 9)], [(2, 6)]
    assert [*cut("abcdefgh", *layers)] == [
        ("ab", (True, False)), ("c", (True, True)), ("de", (False, True)), ("f", (True, True)), ("gh", (True, False)),
    ]  # fmt: skip
    assert [*cut("", [(0, 1)])] == []
