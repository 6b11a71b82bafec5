"""What the parties of a statement promise: who, how strongly by the verb that governs it, in which words, until when.

A reading for an editor to decide; nothing here is certain. A promise is a clause: from its governing verb (or
its subject) to where the next one begins, or the sentence ends.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from statements.ingest.clauses import Said, within, words_in
from statements.ingest.followups import Likely
from statements.ingest.knowledge import Knowledge
from statements.ingest.mentioned import Mentioned
from statements.ingest.subjects import (
    CONNECTOR,
    EVERYONE,
    UNKNOWN,
    Speakers,
    named_in,
    promised_of,
    subject_ar,
    subject_en,
    with_whom,
)
from statements.search.lexicon import Token
from statements.text import verbs
from statements.text.arabic import fold
from statements.text.dates import Found
from statements.text.sentence import Sentence
from statements.text.verbs import Governor, is_joined

LONGEST = 500  # characters of a clause that are kept
MOST = 300  # undertakings of one document; no statement has as many
QUOTE = re.compile(r"[\"“”«»]")
#: What opens a clause and is no part of it: "and …", "SECRETARY PANETTA: …".
OPENING = re.compile(r"(?:.*:\s+)?(?:(?:and|while|whereas|but)\s+)?", re.DOTALL)
#: Words before a date that make it a term.
TERM = {*"by until before within end later during throughout".split(), *map(fold, "بحلول حتى قبل خلال نهاية لاحق أقصاه غضون".split())}  # fmt: skip


@dataclass
class Undertaken:
    """One promise. ``start``–``end`` are its words in the text, ``verb`` those of the verb; ``countries`` addresses of records."""

    passage: int
    start: int
    end: int
    verb: tuple[int, int]
    strength: str
    countries: list[str]
    due: Found | None = None
    reason: Sentence = field(default_factory=lambda: Sentence("", ""))
    #: earlier undertakings that it may follow up
    follows: list[Likely] = field(default_factory=list)

    def as_json(self, text: str, language: str) -> dict[str, Any]:
        return {
            "passage": self.passage,
            "start": self.start,
            "end": self.end,
            "as_printed": text[self.start : self.end],
            "verb": list(self.verb),
            "strength": self.strength,
            "countries": self.countries,
            "due": self.due.edtf if self.due else None,
            "due_printed": self.due.as_printed if self.due else "",
            "reason": self.reason.in_language(language),
            "follows": [one.as_json(language) for one in self.follows],
        }


def read(
    text: str,
    sentences: Sequence[Said],
    mentions: Sequence[Mentioned],
    dates: Sequence[Found],
    day: datetime.date | None,
    speakers: Speakers,
    knowledge: Knowledge,
) -> list[Undertaken]:
    """The promises in the sentences of a document, in the order of the text."""
    mentions = sorted(mentions, key=lambda one: one.start)
    dates = sorted(dates, key=lambda one: one.start)
    found: list[Undertaken] = []
    passage = 0
    for said in sentences:
        if said.passage != passage:
            passage, speakers.last = said.passage, []
        for one in of_sentence(said, mentions, speakers, knowledge):
            if one.strength != "discussed":
                one.due = term(text, one, dates, day)
            found.append(one)
        if len(found) >= MOST:
            break
    return found[:MOST]


def of_sentence(
    sentence: Said, mentions: Sequence[Mentioned], speakers: Speakers, knowledge: Knowledge
) -> Iterator[Undertaken]:
    part, low, words, arabic = sentence.part, sentence.start, sentence.words, sentence.arabic
    printed = [token.word for token in words]
    governors = sentence.governors
    if not governors:
        return
    here = list(within(mentions, low, sentence.end))
    parties = named_in(words, here, low, speakers, knowledge)
    said: list[tuple[Governor, list[str], int]] = []
    for at, governor in enumerate(governors):
        behind = governors[at - 1].after if at else 0
        who, first = (subject_ar if arabic else subject_en)(
            part, words, governor, behind, parties, speakers
        )
        if not who:
            continue
        if governor.reported:
            who = promised_of(words, governor, who, parties)
        if governor.strength == "discussed":
            who = with_whom(words, governor, who, parties)
        speakers.last = who
        inner = said and not arabic and "that" in printed[said[-1][0].after : governor.first]
        inner = inner or (said and arabic and governs(printed, said[-1][0], governor))
        if inner and said[-1][0].strength == "affirmed" and not joined(part, words, said[-1][0], governor):  # fmt: skip
            said[-1] = (governor, who, said[-1][2])
        elif not inner or joined(part, words, said[-1][0], governor):
            said.append((governor, who, first))
    for at, (governor, who, first) in enumerate(said):
        begin = words[first].start
        word = words[first].word
        if is_joined(word) and (first == governor.first or word[1:] in verbs.FORMS or word[1:] in EVERYONE):  # fmt: skip
            begin += 1
        if not arabic and (joint := OPENING.match(part[begin : words[governor.first].start])):
            begin += joint.end()
        end = len(part)
        if at + 1 < len(said):
            end = cut(part, words, governor, said[at + 1])
        end = within_quotation(part, words[governor.first].start, end)
        end = begin + len(part[begin:end].rstrip(' \t\n.,،;؛:"”»'))
        end = min(end, begin + LONGEST)
        spoken = words[governor.first].start + is_joined(words[governor.first].word)
        verb = low + spoken, low + words[governor.after - 1].end
        countries = [knowledge.countries[code] for code in who if code in knowledge.countries]
        yield Undertaken(sentence.passage, low + begin, low + end, verb, governor.strength, countries, None, told(part[spoken : verb[1] - low], governor, who, speakers, knowledge))  # fmt: skip


def within_quotation(part: str, verb: int, end: int) -> int:
    """Where the clause ends when its verb stands in a quotation that ends before."""
    before = QUOTE.findall(part[:verb])
    close = QUOTE.search(part, verb)
    return close.start() if close and len(before) % 2 and close.start() < end else end


def governs(words: Sequence[str], outer: Governor, inner: Governor) -> bool:
    """Whether an Arabic verb stands in what another says: behind «أن», and not joined to it."""
    between = words[outer.after : inner.first]
    return bool({"ان", "انه", "انها", "انهما"} & set(between)) and not is_joined(words[inner.first])


def joined(part: str, words: Sequence[Token], outer: Governor, inner: Governor) -> bool:
    between = part[words[outer.after - 1].end : words[inner.first].start]
    return bool(re.search(r"(?:,\s+and|\band|;|,\s+while)\s", between))


def cut(part: str, words: Sequence[Token], governor: Governor, after: tuple[Governor, list[str], int]) -> int:  # fmt: skip
    """Where a clause ends before the next: at the last connector before it."""
    low = words[governor.after - 1].end
    high = words[min(after[2], after[0].first)].start
    if high <= low:
        high = words[after[0].first].start
    ends = [match.start() + low for match in CONNECTOR.finditer(part[low : high + 1])]
    return ends[-1] if ends else high


# Until when, and why


def term(text: str, one: Undertaken, dates: Sequence[Found], day: datetime.date | None) -> Found | None:  # fmt: skip
    """The date in the clause until which it is to be done: after the document's day, or named as a term."""
    for found in within(dates, one.verb[1], one.end):
        value = found.edtf
        if value is None or day is None:
            continue
        if value.first is None or value.last is None or value.last < day:
            continue
        before = [token.word for token in words_in(text[max(one.verb[1], found.start - 80) : found.start])][-12:]  # fmt: skip
        printed = {token.word for token in words_in(found.as_printed)}
        if {"after", "بعد", "following"} & set(before[:-1]):
            continue
        if value.first > day or (value.last > day and TERM & {*before, *printed}):
            return found
    return None


def told(verb: str, governor: Governor, who: list[str], speakers: Speakers, knowledge: Knowledge) -> Sentence:  # fmt: skip
    """Why it is read so."""
    words = " ".join(verb.split())
    strength_en, strength_ar = STRENGTH_IN_WORDS[governor.strength]
    if UNKNOWN in who or (set(who) == set(speakers.parties) and len(who) > 1):
        by_en, by_ar = "the parties together", "الأطراف معًا"
    else:
        names = [knowledge.country(code) for code in who]
        by_en = ", ".join(name for name, _ in names)
        by_ar = " و".join(name for _, name in names)
    return Sentence(
        f"The verb “{words}” {strength_en}; it is said of {by_en}.",
        f"الفعل «{words}» {strength_ar}، والفاعل {by_ar}.",
    )


STRENGTH_IN_WORDS = {
    "discussed": ("tells of a discussion", "يفيد النقاش"),
    "intends": ("tells of an intention", "يفيد العزم"),
    "affirmed": ("affirms", "يفيد التأكيد"),
    "understanding": ("tells of an understanding", "يفيد التفاهم"),
    "decided": ("tells of a decision", "يفيد القرار"),
    "committed": ("commits", "يفيد الالتزام"),
}
