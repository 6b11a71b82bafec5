"""Sketches of texts: copies are near in any spelling and after small edits, statements of a series are not."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from statements.text.sketch import NEAR, SIZE, resemblance, same_figures, sketch

GOLDEN = sorted((Path(__file__).parent.parent / "ingest" / "golden").glob("*.txt"))
TEXTS = {path.stem: path.read_text("utf-8") for path in GOLDEN}

ROUND = """Joint Statement on the {nth} Round of the Joint Security Cooperation Dialogue

The delegations of the two countries convened the {nth} Joint Security Cooperation Dialogue in {place} on {day}, {year}.

The two sides affirmed their commitment to security cooperation and their shared interest in regional stability, in accordance
with the constitution and the Strategic Framework Agreement, and discussed capacity building and intelligence sharing.

The delegations decided to begin work on a memorandum of understanding and to meet again in {next}."""
SECOND = ROUND.format(nth="second", place="Washington", day="July 22", year="2024", next="2025")
THIRD = ROUND.format(nth="third", place="Baghdad", day="May 5", year="2025", next="2026")
CALL = "اتصل وزير الدفاع بنظيره العراقي يوم {day} وبحثا التعاون الأمني بين البلدين وسبل تعزيز الشراكة الثنائية طويلة الأمد."


def near(one: str, other: str) -> bool:
    return resemblance(sketch(one), sketch(other)) >= NEAR and same_figures(one, other)


def edited(text: str, share: float) -> str:
    words = text.split(" ")
    chosen = random.Random(7)
    for at in chosen.sample(range(len(words)), int(share * len(words))):
        words[at] = chosen.choice(["كلمة", "word", ""])
    return " ".join(words)


@pytest.mark.parametrize("name", TEXTS)
def test_a_copy_is_near_whatever_was_done_to_its_letters(name: str) -> None:
    text = TEXTS[name]
    for copy in (
        text.replace("\n", "\r\n"),
        text.replace("أ", "ا").replace("ى", "ي").replace("ة", "ه"),
        text.replace(" ", "\u00a0").replace(".", " ."),
        " ".join(text.split()),
        text.upper(),
        edited(text, 0.05),
    ):
        assert near(text, copy)


def test_no_two_texts_of_the_golden_set_are_near() -> None:
    for one, other in itertools.combinations(TEXTS, 2):
        assert not near(TEXTS[one], TEXTS[other]), (one, other)


def test_a_text_edited_all_over_is_another_text() -> None:
    assert not any(near(text, edited(text, 0.3)) for text in TEXTS.values())


def test_statements_of_one_series_are_told_apart_by_their_figures() -> None:
    assert resemblance(sketch(SECOND), sketch(THIRD)) > 0.5
    assert not near(SECOND, THIRD)
    assert near(SECOND, SECOND.replace("begin work on", "draft"))
    first, other = (CALL.format(day=day) for day in ("الثلاثاء 3 أيلول", "الأحد 9 آذار"))
    assert not near(first, other)
    assert near(first, first.replace("الأمد", "المدى"))


def test_a_sketch_is_small_ordered_and_the_same_everywhere() -> None:
    long = "\n".join(TEXTS.values())
    assert len(sketch(long)) == SIZE
    assert sketch(long) == sorted(sketch(long))
    assert sketch("The two sides met.") == [-2332457087293765187, -853015999041291194]
    assert sketch("") == sketch(" …\n") == []
    assert resemblance([], []) == 0.0
