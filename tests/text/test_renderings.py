"""Numbers read in both languages, names heard in the other script, and two renderings of one text laid side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from statements.text.names import is_heard
from statements.text.numbers import numbers
from statements.text.parallel import followed, parallel

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "statements.jsonl"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("خمسة وعشرين جنديا و2,500 عنصر", [25, 2500]),
        ("ألفين وخمسمئة جندي", [2500]),
        ("ثلاثة ملايين وأربعمئة ألف دينار", [3_400_000]),
        ("٢٥٠٠ عنصر من ثلاث عشرة دولة", [2500, 13]),
        ("الاجتماع الثامن، والجلسة الثانية، واجتماع ثالث", [8, 2, 3]),
        ("في 22 و23", [22, 23]),
        ("twenty-five of two hundred and fifty thousand", [25, 250_000]),
        ("$1.2 million, 25% and the 113th", [1_200_000, 25, 113]),
        ("the eighth session and thirty-five jets", [8, 35]),
        # What says no number: lists, one and two in words, crowds.
        ("1. The two sides are one", []),
        ("آلاف الجنود وعشرات الآلاف", []),
        ("hundreds of thousands, first of all", []),
        ("الجانبان، وأحد الطرفين", []),
    ],
)
def test_numbers_are_read_to_what_they_count(text: str, values: list[float]) -> None:
    found = numbers(text)
    assert [number.value for number in found] == values
    assert all(text[number.start : number.end] == number.as_printed for number in found)


def test_a_name_is_heard_in_the_other_script() -> None:
    assert is_heard("Rose Gottemoeller", "جيمس ميلر وروز غوتمولر")
    assert not is_heard("Rose Gottemoeller", "جيمس ميلر وسعدون الدليمي")


def versions() -> Iterator[tuple[list[str], list[str]]]:
    for line in FIXTURES.read_text("utf-8").splitlines():
        held = [one["passages"] for one in json.loads(line)["versions"] if one.get("passages")]
        if len(held) > 1:
            yield held[0], held[1]


def test_translations_are_laid_side_by_side_even_when_a_paragraph_is_missing_or_joined() -> None:
    right = wrong = 0
    for one, other in versions():
        assert followed(one, other) == [*range(len(other))]
        for gone in range(len(one)):
            shorter = one[:gone] + one[gone + 1 :]
            wanted = [
                None if at == gone else at - (at > gone) for at in range(len(other))
            ]  # by the places that are left
            missed = sum(a != b for a, b in zip(followed(shorter, other), wanted, strict=True))
            wrong, right = wrong + missed, right + len(other) - missed
    assert right / (right + wrong) > 0.9


def test_a_passage_left_out_of_a_long_text_is_told_and_the_others_keep_their_partners() -> None:
    one = [f"The {n} ministers met Mr Smith in Baghdad on matter {n}." for n in range(5, 405)]
    other = [f"اجتمع {n} وزراء في بغداد بالسيد سميث بشأن الموضوع {n}." for n in range(5, 405)]
    pairs = parallel(one, other[:200] + other[201:])
    assert [pair.left for pair in pairs if pair.relation == "gone"] == [(200,)]
    assert [place for pair in parallel(one[:3], other) for place in pair.right] == [*range(400)]
