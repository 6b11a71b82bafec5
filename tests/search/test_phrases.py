"""Words in quotation marks: the very words in their order, whatever the spelling, and a particle on the first."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.serving import renew_index
from statements.models import SearchPassage, SearchProgress, Statement
from statements.search import columns, settling
from statements.search.index import FORMAT, catch_up, stale
from statements.text.analysis import analyze, ending, lexemes_of, with_particles
from tests import cast
from tests.search.test_search import ask

pytestmark = pytest.mark.django_db

ARABIC = "رحّب الوزيران بالحوار الأمني المشترك، وبحثا دور القوات الأمريكية ومذكرات التفاهم في بغداد."
ENGLISH = (
    "The ministers welcomed joint security dialogues on the role of forces, and no combat role."
)


@pytest.fixture
def july(db: None) -> Statement:
    minister = cast.minister(cast.post())
    event = cast.july_round(cast.dialogue())
    cast.take_part(event, minister)
    statement = cast.july_statement(minister, event=event)
    for language, words in (("ar", ARABIC), ("en", ENGLISH)):
        text = statement.passages.first().texts.get(language=language)
        text.text, text.digest = words, ""
        text.save()
    return statement


def found(q: str) -> list[str]:
    """What is marked in the passages that have a phrase just as it is; nothing where only other forms are found."""
    results: Any = ask(f"q={quote(q)}", "statement")
    marks = [
        part.split("</mark>")[0]
        for item in results.items
        for hit in item.hits
        for part in str(hit.marked).split("<mark>")[1:]
    ]
    return [] if results.request.problems else marks


@pytest.mark.parametrize(
    ("q", "marked"),
    [
        ("«الحوار الأمني المشترك»", "بالحوار الأمني المشترك"),
        ("«الحوار الامنى المشترك»", "بالحوار الأمني المشترك"),
        ("«القوات الأميركية»", "القوات الأمريكية"),
        ("«مذكرات التفاهم»", "ومذكرات التفاهم"),
        ("«التفاهم في بغداد»", "التفاهم في بغداد"),
        ("«الوزيران»", "الوزيران"),
        ('"joint security dialogues"', "joint security dialogues"),
        ('"COMBAT role"', "combat role"),
        ('"role of forces"', "role of forces"),
    ],
)
def test_a_phrase_is_found_as_printed_in_any_spelling_and_behind_a_particle(
    july: Statement, q: str, marked: str
) -> None:
    assert found(q) == [marked]


@pytest.mark.parametrize(
    "q",
    [
        "«الوزير»", "«الحوار أمني»", "«حوار أمني مشترك»", "«مذكرة التفاهم»", "«الأمني الحوار»", "«الحوار المشترك»",
        "«بحثا ودور»", '"security dialogue"', '"combat roles"', '"minister"', '"joint dialogues"', '"role forces"',
    ],
)  # fmt: skip
def test_other_forms_and_another_order_are_no_phrase(july: Statement, q: str) -> None:
    assert found(q) == []


def test_when_nothing_has_the_phrase_other_forms_of_it_do_and_the_answer_says_so(
    july: Statement,
) -> None:
    for q in ("«حوار أمني مشترك»", '"security dialogue"', '"joint security dialogue" -helicopter'):
        results = ask(f"q={quote(q)}", "statement")
        assert results.count == 1
        assert "Nothing has the words in quotation marks" in results.request.problems[0].en
    assert ask(f"q={quote('«قتالي دور»')}", "statement").count == 0
    assert ask(f"q={quote('memorandum -«الوزير»')}").request.problems == []


def test_common_phrases_are_answered_alike_by_rows_and_postings(
    july: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, least in (("LEAST", 1), ("COMMON", 9), ("FREQUENT", 9)):
        monkeypatch.setattr(settling, name, least)
    asked = [
        "«الحوار الأمني المشترك»",
        "«الوزيران»",
        '"combat role"',
        '"combat roles"',
        '"role of forces"',
    ]
    fresh = [found(q) for q in asked]
    settling.rebuild()
    columns.forget()
    index = columns.index_at(0, SearchProgress.objects.get().written)
    assert "combat~-" in index.part.coverage.common
    assert "combat~- role~-" in index.part.coverage.common, "very words make pairs too"
    assert [found(q) for q in asked] == fresh
    columns.forget()


def test_an_index_of_an_older_version_is_made_anew_and_only_that(july: Statement) -> None:
    catch_up()
    assert SearchProgress.objects.get().format == FORMAT
    renew_index()
    assert SearchPassage.objects.filter(place=None).exists(), "nothing was made anew"
    SearchProgress.objects.update(format=FORMAT - 1)
    renew_index()
    assert SearchProgress.objects.get().format == FORMAT
    assert not SearchPassage.objects.filter(place=None).exists()
    assert not stale("statement")


@given(st.lists(st.sampled_from("ابتحدرزسعفكلمنهويةءsecurityandIng"), min_size=1, max_size=12))
def test_term_and_ending_tell_the_very_word(letters: list[str]) -> None:
    for term in analyze("".join(letters)):
        assert lexemes_of(term.ending[1:].replace("-", term.text))[-1] == term.ending


def test_endings_and_particles() -> None:
    assert ending("security", ("secur",)) == "~-ity"
    assert ending("وزراء", ("وزير",)) == "~وزراء"
    assert {"للجنه", "واللجنه", "فباللجنه"} <= set(with_particles("اللجنه"))
    assert "وزير" not in with_particles("زير")
    assert with_particles("role") == ["role"]
