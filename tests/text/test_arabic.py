"""Folding, the analyzer, names and alignment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from statements.text.align import align, reconcile, word_changes
from statements.text.analysis import analyze, stem
from statements.text.arabic import fold, fold_with_offsets, language_of, spelling
from statements.text.names import comparison_key, romanize, slugify, strip_titles


def terms(text: str) -> list[str]:
    return [term.text for term in analyze(text)]


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_folded_characters_know_where_they_came_from(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert all(0 <= at < len(text) for at in folded.offsets)
    assert list(folded.offsets) == sorted(folded.offsets)


def test_spellings_of_the_press_meet() -> None:
    assert fold("القيادةُ المَركزيّة") == fold("القياده المركزيه")
    assert spelling(fold("الأميركية")) == spelling(fold("الأمريكية"))
    assert terms("البيشمركة") == terms("البشمركه")
    assert terms("شؤون") == terms("شئون")
    assert terms("٢٠٢٣") == terms("2023")


def test_particles_fall_and_words_that_only_look_alike_stay_apart() -> None:
    assert terms("والوزارة") == terms("وزارة")
    assert stem(fold("وزير")) == stem(fold("الوزير")) == "وزير"
    assert terms("بيان") != terms("بين")
    assert terms("للعراق") == terms("العراق") == terms("والعراق")


@given(st.text(max_size=80))
def test_every_term_stands_where_it_says(text: str) -> None:
    for term in analyze(text):
        assert 0 <= term.start < term.end <= len(text)


def test_one_name_in_two_scripts_has_one_key() -> None:
    assert comparison_key("ثابت العباسي") == comparison_key("Thabet Al-Abassi")
    assert comparison_key("Thabit al-Abbasi") != comparison_key("Lloyd Austin")


def test_titles_come_off() -> None:
    assert strip_titles("الفريق أول الركن عبد الأمير")[1] == "عبد الأمير"
    assert strip_titles("Lt. Gen. Abdul Amir Yarallah") == ("Lt. Gen.", "Abdul Amir Yarallah")


def test_addresses_are_latin_and_readable() -> None:
    assert slugify("ثابت العباسي") == "thabit-al-abbasi"
    assert slugify("U.S.–Iraq Dialogue, second round") == "us-iraq-dialogue-second-round"
    assert slugify("…") == "untitled"
    assert len(slugify("كلمة " * 60)) <= 80
    assert romanize("العراق").isascii()


def test_languages_are_told_apart() -> None:
    assert [
        language_of(text) for text in ("بيان", "statement", "12", "بيان مشترك joint statement")
    ] == ["ar", "en", None, "mixed"]


def test_numbers_stay_when_paragraphs_move_split_and_change() -> None:
    first = "The two sides discussed security cooperation in Washington on Monday."
    second = "They decided to set up a commission. It will weigh the threat, the needs and Iraqi capability."
    third = "Iraq repeated its commitment to protect advisers and convoys."
    old = [(1, first), (2, second), (5, third)]
    assert reconcile(old, [third, first, second]) == [5, 1, 2]
    assert reconcile(old, [first, "A new paragraph about oil.", second]) == [1, None, 2]
    halves = [
        "They decided to set up a commission.",
        "It will weigh the threat, the needs and Iraqi capability.",
    ]
    assert reconcile(old, [first, *halves, third]) == [1, None, 2, 5]
    assert reconcile(old, [first + " " + third, second]) == [1, 2]
    assert reconcile(old, [first.replace("Monday", "Tuesday"), second, third]) == [1, 2, 5]


@given(st.lists(st.text(alphabet="abcd ", min_size=1, max_size=30), max_size=8), st.randoms())
def test_no_number_is_used_twice(paragraphs: list[str], random: object) -> None:
    old = list(enumerate(paragraphs, 1))
    shuffled = paragraphs[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    numbers = [number for number in reconcile(old, shuffled) if number is not None]
    assert len(numbers) == len(set(numbers)) == len(paragraphs)


def test_alignment_names_what_is_kept_reworded_new_and_gone() -> None:
    left = [
        "Both sides affirmed cooperation on regional security.",
        "A committee will be formed.",
        "Oil was discussed at length.",
    ]
    right = [
        "Both sides affirmed their cooperation on regional security.",
        "A committee will be formed.",
        "Water is scarce everywhere today.",
    ]
    relations = {(pair.left, pair.right): pair.relation for pair in align(left, right)}
    assert relations == {
        ((0,), (0,)): "reworded",
        ((1,), (1,)): "same",
        ((2,), ()): "gone",
        ((), (2,)): "new",
    }


def test_changed_words_are_pointed_at_and_spelling_is_no_change() -> None:
    (change,) = word_changes("قرر الجانبان الأميركي", "ناقش الجانبان الأمريكي")
    assert "قرر الجانبان"[slice(*change.left)] == "قرر"
    assert "ناقش الجانبان"[slice(*change.right)] == "ناقش"
    assert not word_changes("قرّر الجانبان البدءَ", "قرر الجانبان البدء")
