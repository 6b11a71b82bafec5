"""Persons whom no record knows: names told by their titles, offices or given names, with a name to file them under.

They are proposed with a canonical name and with the officials whose surname sounds the same, and never linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from statements.ingest import arabic_names, english_names
from statements.ingest.knowledge import Knowledge
from statements.ingest.mentioned import Mentioned, covered
from statements.ingest.titles import RANKS
from statements.search.lexicon import Token
from statements.text.arabic import fold
from statements.text.names import comparison_key, romanize
from statements.text.nations import nation
from statements.text.sentence import Sentence


def strangers(
    part: str, words: list[Token], found: list[Mentioned], knowledge: Knowledge, bodies: list[tuple[int, int]]
) -> list[Mentioned]:  # fmt: skip
    """Names of persons without a record in a part; none has words of what was found or of a body's name."""
    results: list[Mentioned] = []
    taken = covered(part, found)
    for start, end in bodies:
        taken[start:end] = b"\x01" * (end - start)
    for first, after, start in candidates(part, words):
        end = words[after - 1].end
        if any(taken[start:end]):
            continue
        mention = Mentioned(start, end, part[start:end], "official", "official")
        mention.start = titled_from(part, words, first, start)
        mention.as_printed = part[mention.start : end]
        taken[mention.start : end] = b"\x01" * (end - mention.start)
        name = part[start:end]
        slug = knowledge.spelled_otherwise(name)
        if slug and of_one_nation(words, first, knowledge.nations.get(("official", slug), "")):
            mention.outcome, mention.slug, mention.reason = "one", slug, SPELLED
            results.append(mention)
            continue
        results.append(proposed(mention, name, alike(name, knowledge)))
    return results


SPELLED = Sentence(
    "Another spelling of the only official with such a name.",
    "رسم آخر لاسم المسؤول الوحيد بهذا الاسم.",
)


def of_one_nation(words: list[Token], first: int, code: str) -> bool:
    """Whether no other country than an official's is named in the few words before a name."""
    codes = {nation(token.word) for token in words[max(0, first - 6) : first]} - {None}
    return not codes or not code or code in codes


def candidates(part: str, words: list[Token]) -> Iterator[tuple[int, int, int]]:
    """Names in either script, in no order."""
    yield from arabic_names.candidates(part, words)
    yield from english_names.candidates(part, words)


def titled_from(part: str, words: list[Token], first: int, start: int) -> int:
    """Where the ranks right before a name begin; the name's own start when there are none."""
    before = first
    while (
        before
        and words[before - 1].word in RANKS
        and part[words[before - 1].end : words[before].start].strip(" .\xa0") == ""
    ):
        before -= 1
    return words[before].start if before < first else start


def proposed(mention: Mentioned, name: str, near: list[str]) -> Mentioned:
    """A person not in the archive, with a name to file him under and those who may be the same."""
    mention.outcome, mention.slug, mention.candidates = "none", None, near
    mention.reason = Sentence("No record has this name.", "لا سجل بهذا الاسم.")
    mention.name = canonical(name if len(name) <= 80 else mention.as_printed)
    return mention


def canonical(name: str) -> str:
    """A name in Latin letters for a record: «جمعة عناد» is "Juma Inad"."""
    if name.isascii() or not re.search(r"[\u0600-\u06ff]", name):
        return " ".join(name.split())
    latin = " ".join(word[:1].upper() + word[1:] for word in romanize(name).split())
    latin = re.sub(r"\bAl-(\w)", lambda match: f"al-{match[1].upper()}", latin)
    return re.sub(r"\bAbdul al-", "Abdul ", latin)


def alike(name: str, knowledge: Knowledge) -> list[str]:
    """Officials whose surname sounds the same in either script: perhaps the same person, for a person to decide."""
    keys = comparison_key(name).split()
    if not keys:
        return []
    if len(keys[-1]) < 3:
        return []
    words = fold(name).split()
    return sorted(
        slug
        for slug, (initials, parts) in knowledge.sounds.get(keys[-1], {}).items()
        if keys[0][:1] in initials or words[0] in parts
    )[:5]
