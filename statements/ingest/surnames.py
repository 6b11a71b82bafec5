"""How a name in part stands among other words: alone, behind a title, with its article and rank, or as an adjective."""

from __future__ import annotations

import re

from statements.ingest.forms import BREAK, Hit
from statements.ingest.mentioned import Mentioned
from statements.ingest.titles import COURTESY, LATIN_PARTICLES, NOT_NAMES, RANKS, SAID, SON, TITLES
from statements.search.lexicon import Token, starts
from statements.text.given import is_given

AFTER_NAME = {"الثالث", "الثاني", "السادس", "الاول", "الابن", "jr", "sr", "iii", "ii", "iv", "vi"}
#: Particles that a surname is not said without: "al-Sudani", "Di Maio", "von der Leyen".
OF_SURNAMES = LATIN_PARTICLES - {"bin", "ibn", "bint", "ben", "and", "und", "abu"}


def near(part: str, words: list[Token], place: int) -> bool:
    """Whether only white space parts a word from the next."""
    return not part[words[place].end : words[place + 1].start].strip(" \xa0")


def tail_of_another(part: str, words: list[Token], hit: Hit) -> bool:
    """Whether a name is the father's in a longer one: «الحسين بن ‹عبدالله الثاني›»."""
    before = words[hit.first - 1] if hit.first else None
    return (
        before is not None
        and before.word in SON | {"bin", "ibn", "bint"}
        and near(part, words, hit.first - 1)
    )


def with_article(part: str, words: list[Token], place: int, start: int) -> int:
    """Where a surname with the article before it begins: "al-Sudani", "Al Zayani"."""
    if place and words[place - 1].word in OF_SURNAMES and part[words[place - 1].end : words[place].start] in ("-", " ", "‑"):  # fmt: skip
        return words[place - 1].start
    return start


def is_headline(part: str) -> bool:
    """Whether English words are capitalised whatever they are."""
    found = re.findall(r"\b[A-Za-z]{4,}", part)
    return len(part) < 250 and len(found) > 2 and sum(w[0].isupper() for w in found) > 0.8 * len(found)  # fmt: skip


def alone(
    part: str, words: list[Token], first: int, after: int, headed: bool, joined: bool
) -> bool:
    """Whether a surname stands without another name beside it, capitalised where letters can be."""
    token = words[first]
    latin = part[token.start].isascii()
    if latin and not any(part[one.start].isupper() for one in words[first:after]):
        return False
    before = first - 1
    if latin and before >= 0 and words[before].word in OF_SURNAMES and part[words[before].end : token.start] in ("-", " "):  # fmt: skip
        before -= 1
    for other, low, high in (
        (before, before, before + 1),
        (after, after - 1, after),
    ):
        if not 0 <= other < len(words):
            continue
        between = part[words[low].end : words[high].start]
        if not latin and (between.strip(" \xa0") or (joined and other < first)):
            continue
        if latin and not re.fullmatch(r"[ \xa0]|-|\. ?", between):
            continue
        if beside_a_name(part, words[other], latin, headed, other < first, between):
            return False
    return True


def beside_a_name(
    part: str, other: Token, latin: bool, headed: bool, before: bool, between: str
) -> bool:
    """Whether the word beside a surname is a name too."""
    printed = part[other.start : other.end]
    if not latin:
        if other.word in SON and before:
            return True
        return is_given(other.word) and printed not in ("على", "علي") and not (before and printed.endswith("على"))  # fmt: skip
    if between == "-":
        return before or not is_title(other.word)
    if not printed[:1].isupper():
        return before and other.word in ("bin", "ibn", "bint", "de", "van", "von")
    if is_title(other.word) or other.word in NOT_NAMES | SAID or (len(printed) > 1 and printed.isupper()):  # fmt: skip
        return False
    if between.startswith(".") and len(printed) > 1:
        return False
    return is_given(other.word) or not headed


def is_title(word: str) -> bool:
    return word in TITLES or word in RANKS or word in COURTESY


def with_titles(part: str, words: list[Token], first: int, after: int, mention: Mentioned) -> None:
    """Ranks before a name and «الثالث» behind it belong to it as printed."""
    before = first
    while before > 0 and words[before - 1].word in RANKS and re.fullmatch(r"[.\s]*", part[words[before - 1].end : words[before].start]):  # fmt: skip
        before -= 1
    if before < first:
        mention.start = words[before].start
    if (
        after < len(words)
        and words[after].word in AFTER_NAME
        and part[words[after - 1].end : words[after].start].strip(" ,.") == ""
    ):
        mention.end = words[after].end + (part[words[after].end : words[after].end + 1] == "." and words[after].word in ("jr", "sr"))  # fmt: skip
    mention.as_printed = part[mention.start : mention.end]


def definite(word: str) -> bool:
    return word.startswith("al") or any(rest.startswith("ال") for _, rest in starts(word))


def described(words: list[Token], first: int) -> bool:
    """Whether an adjective's noun stands before it: «الوفد السوداني», «للجيش العراقي»."""
    return first > 0 and definite(words[first - 1].word)


def titled_before(words: list[Token], first: int) -> bool:
    """Whether an office or title stands close before the word."""
    before = " ".join(token.word for token in words[max(0, first - 4) : first])
    return bool(
        re.search(r"(?:رييس|وزير|قايد|السيد|minister|secretary|president|general|\bmr\b)", before)
    )


def names_only(part: str, words: list[Token], first: int, last: int) -> bool:
    """Whether nothing but names and initials stands from one word to another."""
    for place in range(first, last):
        printed = part[words[place].start : words[place].end]
        gap = part[words[place].end : words[place + 1].start]
        if re.search(r"[^\s.\"“”'’\-–]", gap) or BREAK.search(gap):
            return False
        if place > first and (
            words[place].word in NOT_NAMES
            or (printed.isascii() and not printed[:1].isupper() and words[place].word not in ("al", "bin", "q"))
            or (not printed.isascii() and printed.startswith("ال"))
        ):  # fmt: skip
            return False
    return True
