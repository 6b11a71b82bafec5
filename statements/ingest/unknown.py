"""What the searches for offices and bodies without a record share: the phrase behind an Arabic noun, and what is proposed of what they find."""

from __future__ import annotations

import functools
import re

from statements.ingest.arabic_titles import near
from statements.ingest.mentioned import Mentioned, covered
from statements.ingest.titles import (
    INSTITUTIONS,
    NOT_NAMES,
    OFFICES,
    VERBS,
    folded,
)
from statements.search.lexicon import Token, starts
from statements.text.calendars import WEEKDAYS
from statements.text.given import is_given
from statements.text.nations import COUNTRY_WORDS, nation
from statements.text.sentence import Sentence

#: Parts of a year, which no office or body is named after.
TIMES = folded("النصف الربع السنة الشهر الأسبوع المرة الفترة")
LONGEST = 9


def proposals(
    part: str, spans: list[tuple[int, int]], found: list[Mentioned], kind: str, reason: Sentence, taking: tuple[str, ...]
) -> list[Mentioned]:  # fmt: skip
    results: list[Mentioned] = []
    taken = covered(part, (one for one in found if one.type in taking))
    if kind == "organization":
        known = [one for one in found if one.type == "post" and one.outcome != "none"]
        taken = covered(part, [one for one in found if one.type in taking] + known)
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if any(taken[start:end]):
            continue
        if kind == "post" and beside_somebody(part, start, end, found):
            continue
        taken[start:end] = b"\x01" * (end - start)
        one = Mentioned(start, end, part[start:end], kind, kind, "none", reason)
        article = (
            "ا"
            if part[start:end].startswith("ل") and part[max(0, start - 1) : start] == "ل"
            else ""
        )  # «لل»
        one.name = article + " ".join(part[start:end].split())
        results.append(one)
    return results


def beside_somebody(part: str, start: int, end: int, found: list[Mentioned]) -> bool:
    """Whether a person stands right behind an office, or before it and a comma: the office is his."""
    for one in found:
        if one.type != "official" or one.unnamed:
            continue
        behind = one.start >= end and re.fullmatch(r"(?:[\s,،:\"“”()]|\b(?:Gen|Lt|Maj|Dr|Mr|Adm|Brig|H\.?E|السيد|السيدة|السفير|الدكتور|الفريق|اللواء|العميد|الشيخ|الأمير|the|General|Lieutenant|Major|Admiral|Ambassador|Sir)\b\.?)*", part[end : one.start])  # fmt: skip
        before = one.end <= start and re.fullmatch(r"\s*[,،(]?\s*(?:the|an?)?\s*", part[one.end : start])  # fmt: skip
        if behind or before:
            return True
    return False


@functools.lru_cache(maxsize=50_000)
def of_country(word: str) -> bool:
    return bool(nation(word)) or any(rest in COUNTRY_WORDS for _, rest in starts(word))


def phrase(part: str, words: list[Token], place: int) -> int:
    """The index behind a construct and its adjectives: definite nouns, institutions, countries, and what prepositions govern."""
    after, held = place + 1, False
    end = after
    while after < len(words) and after < place + LONGEST and near(part, words, after - 1):
        word = words[after].word
        if (
            word in WEEKDAYS
            or word in VERBS
            or any(rest in TIMES for _, rest in starts(word))
            or (word in NOT_NAMES and word not in ("في", "لدي"))
        ):
            break
        if held:
            if not (word.startswith("ال") or of_country(word) or word in INSTITUTIONS):
                break
            held = False
        elif word in ("في", "لدي"):
            held = True
            after += 1
            continue
        elif of_country(word):
            after += 1
            end = after
            goes_on = after < len(words) and (nation(words[after].word) or words[after].word in ("في", "لدي", "المشتركه"))  # fmt: skip
            if nation(word) and not goes_on:
                break
            continue
        elif not (definite(word) or in_institutions(word)) or is_given(word):
            break
        after += 1
        end = after
    return end


def in_institutions(word: str) -> bool:
    return word in OFFICES or any(rest in INSTITUTIONS for _, rest in starts(word))


def definite(word: str) -> bool:
    return word.startswith(("ال", "لل", "وال")) and len(word) > 4 and word not in NOT_NAMES


#: A capitalised word, and one that may be hyphened; bounded, so that no run of them is read twice over.
WORD = (
    r"[A-Z](?:[\w’']|\.(?!\s)|(?<=\b[A-Z])\.(?=\s)){0,29}"  # a full stop ends it, but for initials
)

CAP = rf"{WORD}(?:-\w{{1,29}}){{0,3}}"
