"""Who led a delegation and who belonged to it, as a text says it: «الوفد العراقي برئاسة …», "led the Iraqi delegation".

A reading for an editor to decide. Nobody is counted to a delegation of another country than his own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from statements.ingest.clauses import Said, within
from statements.ingest.knowledge import Knowledge
from statements.ingest.mentioned import Mentioned
from statements.search.lexicon import Token
from statements.text.arabic import ARABIC, fold
from statements.text.nations import nation
from statements.text.sentence import Sentence

HEAD, MEMBER = "head", "member"
#: A delegation, or one side of a meeting.
DELEGATION = {*map(fold, "وفد الوفد وفدا وفدان وفدين الوفدان الجانب جانب الفريق".split()), "delegation", "delegations", "side", "team"}  # fmt: skip
MEETING = {*map(fold, "الاجتماع اجتماع الاجتماعات الجلسة جلسة الجولة جولة الحوار المشاورات المباحثات المحادثات أعمال".split()), *"meeting session round dialogue talks consultations commission committee discussions".split()}  # fmt: skip
LED = re.compile(r"[يت]?(?:تراس|راس|قاد|قود)(?:ت|ا|تا|وا)?")
UNDER = {fold("برئاسة"), fold("بقيادة"), fold("ترأسه"), fold("يرأسه"), fold("ترأسها")}
HEAD_OF = {fold("رئيس"), fold("رئيسة")}
INCLUDED = re.compile(r"(?:[يت]?(?:ضم|تضمن|شمل|تالف|تكون)|مثل|[يت]مثل)(?:ت|ا|تا)?")
LED_EN = {"led", "leads", "headed", "heads", "chaired", "chairs", "co-chaired", "cochaired"}
INCLUDED_EN = {"included", "includes", "including", "comprised", "comprises"}
#: What may stand between an office and the name of who holds it: titles, ranks, a comma in English.
TITLE = re.compile(r"[\s,.]*(?:(?:السيد|السيدة|بالوكالة|بالإنابة|المكلف|acting|الفريق|اللواء|العميد|العقيد|الأول|أول|الركن|ركن|الدكتور|الجنرال|الأدميرال|معالي|سعادة|the|mr|ms|mrs|dr|gen|general|lt|lieutenant|maj|major|brig|brigadier|adm|admiral|staff|\d)[\s.]*)*", re.IGNORECASE)  # fmt: skip


#: One of these stands in every sentence that tells of a delegation.
CUE = re.compile(r"رئاس|ر[أا]س|يس الوفد|قاد|قود|قياد|ضم|شمل|م[ثّ]{1,2}ل|ت[أا]لف|تكون|جانب ال|\b(?:led|heads?|headed|leads|chair|co-chair|chaired|chairs|includ|compris|consisted)", re.IGNORECASE)  # fmt: skip


@dataclass
class Delegate:
    """Somebody said to be of a delegation: ``mention`` is his place in the document's mentions, ``cue`` the words that say so."""

    passage: int
    mention: int
    party: str
    role: str
    start: int
    end: int
    post: str | None
    cue: tuple[int, int]
    certain: bool
    reason: Sentence

    def as_json(self, text: str, language: str) -> dict[str, Any]:
        return {
            "passage": self.passage,
            "mention": self.mention,
            "party": self.party,
            "role": self.role,
            "start": self.start,
            "end": self.end,
            "as_printed": text[self.start : self.end],
            "post": self.post,
            "cue": list(self.cue),
            "certain": self.certain,
            "reason": self.reason.in_language(language),
        }


@dataclass
class Person:
    """A person, or an office without a name, as ``words[first:after]``; ``nation`` is None when it is not known."""

    mention: int
    first: int
    after: int
    nation: str | None
    named: Mentioned
    post: str | None = None


class Place(NamedTuple):
    """Where a mention of the document stands."""

    start: int
    end: int
    mention: int


def read(
    sentences: Sequence[Said], mentions: Sequence[Mentioned], knowledge: Knowledge
) -> list[Delegate]:
    """The delegates named in the sentences of a document, each once, as head where he is said to be."""
    found: dict[tuple[str, str], Delegate] = {}
    places = sorted((Place(one.start, one.end, n) for n, one in enumerate(mentions)), key=lambda one: one.start)  # fmt: skip
    for said in sentences:
        if not CUE.search(said.part):
            continue
        for one in of_sentence(
            said,
            [
                (place.mention, mentions[place.mention])
                for place in within(places, said.start, said.end)
            ],
            knowledge,
        ):
            who = mentions[one.mention]
            key = (one.party, who.slug or who.name or who.as_printed)
            if key not in found or (one.role, found[key].role) == (HEAD, MEMBER):
                found[key] = one
    return sorted(found.values(), key=lambda one: one.start)


def of_sentence(
    sentence: Said, here: list[tuple[int, Mentioned]], knowledge: Knowledge
) -> Iterator[Delegate]:
    part, low, words = sentence.part, sentence.start, sentence.words
    people = persons(part, low, words, here, knowledge)
    reader = arabic if sentence.arabic else english
    for person, code, role, cue in reader(part, words, people, knowledge) if people else ():
        party = code or person.nation
        if party is None or party not in knowledge.countries or person.nation not in (None, party):
            continue
        said = words[cue]
        yield Delegate(
            sentence.passage, person.mention, knowledge.countries[party], role,
            person.named.start, person.named.end, person.post, (low + said.start, low + said.end),
            role == HEAD and person.nation == party and person.named.outcome == "one",
            why(role, part[said.start : said.end], knowledge.country(party)),
        )  # fmt: skip


def why(role: str, cue: str, country: Sentence) -> Sentence:
    if role == HEAD:
        return Sentence(f"“{cue}”: head of the delegation of {country.en}.", f"«{cue}»: رئيس وفد {country.ar}.")  # fmt: skip
    return Sentence(f"“{cue}”: in the delegation of {country.en}.", f"«{cue}»: في وفد {country.ar}.")  # fmt: skip


def persons(
    part: str,
    low: int,
    words: Sequence[Token],
    mentions: Sequence[tuple[int, Mentioned]],
    knowledge: Knowledge,
) -> list[Person]:
    """The people of a sentence in order; an office beside a name is his who has the name."""
    found: list[Person] = []
    spans = {(one.start, one.end) for _, one in mentions if one.type == "official"}
    for n, one in mentions:
        if one.type not in ("official", "post") or (one.type == "post" and (one.start, one.end) in spans):  # fmt: skip
            continue
        inside = [at for at, token in enumerate(words) if one.start - low < token.end and token.start < one.end - low]  # fmt: skip
        if not inside:
            continue
        code = knowledge.nations.get((one.kind, one.slug or "")) or None
        post = one.slug if one.type == "post" and one.outcome == "one" else None
        found.append(Person(n, inside[0], inside[-1] + 1, code, one, post))
    found.sort(key=lambda person: (person.first, person.named.type != "official"))
    merged: list[Person] = []
    for person in found:
        last = merged[-1] if merged else None
        if last is None or not beside(part, low, words, last, person):
            merged.append(person)
            continue
        if last.named.type == person.named.type:  # «نائب رئيس الوزراء وزير الخارجية»
            merged[-1] = Person(person.mention, last.first, person.after, person.nation or last.nation, person.named, person.post or last.post)  # fmt: skip
            continue
        man, office = (person, last) if person.named.type == "official" else (last, person)
        code = man.nation or (office.nation if office.named.outcome == "one" else None)
        merged[-1] = Person(man.mention, last.first, max(last.after, person.after), code, man.named, man.post or office.post)  # fmt: skip
    return merged


def beside(part: str, low: int, words: Sequence[Token], one: Person, other: Person) -> bool:
    """Whether a name and an office mean one person: side by side, with no more than titles between."""
    if one.named.type == other.named.type == "official":
        return False
    if other.first < one.after:
        return True
    gap = part[words[one.after - 1].end : words[other.first].start]
    offices = one.named.type == other.named.type
    if offices or ARABIC.search(part):
        gap += part[
            words[other.first].start : max(words[other.first].start, other.named.start - low)
        ]
        if re.search(r"[،,]|و$|\band\b", gap):
            return False
    return bool(TITLE.fullmatch(gap))


def side(words: Sequence[Token], at: int, knowledge: Knowledge) -> str | None:
    """The country of a delegation, by the adjective beside the word at ``at``."""
    near = words[max(0, at - 3) : at] if words[at].word.isascii() else words[at + 1 : at + 3]
    if [token.word for token in near[-2:]] in (["u", "s"], ["u", "k"]):
        return "US" if near[-1].word == "s" else "GB"
    return next((code for one in near if (code := nation(one.word))), None)


Told = Iterator[tuple[Person, str | None, str, int]]


def bare(word: str) -> str:
    return word[1:] if word[:1] in ("و", "ف") and word not in DELEGATION and len(word) > 2 else word


def arabic(part: str, words: Sequence[Token], people: list[Person], knowledge: Knowledge) -> Told:
    """(person, country said, role, the word that says so) in an Arabic sentence."""
    plain = [bare(token.word) for token in words]
    nouns = [at for at, word in enumerate(plain) if word in DELEGATION]
    for at, word in enumerate(plain):
        if word in UNDER:
            noun = next((n for n in reversed(nouns) if at - 7 <= n < at), None)
            chaired = any(other in MEETING for other in plain[(noun or 0) + 1 : at])
            first = following(people, at + 1, 3)
            if noun is not None and not chaired and first:
                said = side(words, noun, knowledge)
                both = not said and plain[noun] in PLURAL
                for person in chain(words, people, first) if both else [first]:
                    yield person, said, HEAD, at
        elif LED.fullmatch(word):
            yield from led(words, plain, at, nouns, people, knowledge)
        elif word in HEAD_OF and at + 1 in nouns:
            first = following(people, at + 2, 3)
            if first:
                yield first, side(words, at + 1, knowledge), HEAD, at
        elif INCLUDED.fullmatch(word) and any(n in (at + 1, at + 2) for n in nouns):
            noun = next(n for n in nouns if n in (at + 1, at + 2))
            led_by = {n for n, other in enumerate(plain) if other in UNDER}
            for person in people:
                if person.first > noun and not any(0 < person.first - n <= 3 for n in led_by):
                    yield person, side(words, noun, knowledge), MEMBER, at
        elif (
            word in ("من", "عن", "ومن", "وعن")
            and at + 1 in nouns
            and plain[at + 1].endswith("جانب")
        ):
            said = side(words, at + 1, knowledge)
            if said:
                for person in people:
                    if person.first > at:
                        yield person, said, MEMBER, at + 1


PLURAL = {fold("وفدان"), fold("وفدين"), fold("الوفدان"), "delegations"}


def led(
    words: Sequence[Token],
    plain: list[str],
    at: int,
    nouns: list[int],
    people: list[Person],
    knowledge: Knowledge,
) -> Told:
    """«ترأس الوفد العراقي …», «ترأس … الوفد العراقي و… الوفد الأمريكي», «ترأس … و… الاجتماع»."""
    end = next((n for n in range(at + 1, len(plain)) if LED.fullmatch(plain[n])), len(plain))
    mine = [n for n in nouns if at < n < end]
    direct = [n for n in mine if n <= at + 1]
    if direct:
        first = following([one for one in people if one.first < end], direct[0] + 1, 9)
        if first:
            yield first, side(words, direct[0], knowledge), HEAD, at
        return
    low = at
    for noun in mine:
        before = [one for one in people if low < one.first and one.after <= noun]
        if before and noun - before[-1].after <= 1:
            yield before[-1], side(words, noun, knowledge), HEAD, at
        low = noun
    if mine:
        return
    first = following(people, at + 1, 1)
    if first is None:  # «ترأس الاجتماع فلان وفلان»
        meeting = at + 1 < len(plain) and plain[at + 1] in MEETING
        first = following(people, at + 2, 4) if meeting else None
    if first:
        together = list(chain(words, people, first))
        if len({one.nation for one in together} - {None}) > 1:
            yield from ((one, None, HEAD, at) for one in together)


def following(people: list[Person], at: int, most: int) -> Person | None:
    """The first person at or behind a word, at most so many words away."""
    return next((one for one in people if at <= one.first <= at + most), None)


def chain(words: Sequence[Token], people: list[Person], first: Person) -> Iterator[Person]:
    """A person and those joined to him by «و» or "and"."""
    yield first
    last = first
    for person in people:
        if person.first < last.after:
            continue
        between = [token.word for token in words[last.after : person.first + 1]]
        joined_on = "and" in between or any(word.startswith("و") for word in between)
        if person.first - last.after > 4 or not joined_on:
            return
        yield person
        last = person


def english(part: str, words: Sequence[Token], people: list[Person], knowledge: Knowledge) -> Told:
    """(person, country said, role, the word that says so) in an English sentence."""
    plain = [token.word for token in words]
    nouns = [at for at, word in enumerate(plain) if word in DELEGATION]
    for at, word in enumerate(plain):
        behind = plain[at + 1 : at + 2]
        if word in LED_EN and behind == ["by"]:
            noun = next((n for n in reversed(nouns) if at - 5 <= n < at), None)
            first = following(people, at + 2, 11)
            if noun is None and at and any(other in MEETING for other in plain[max(0, at - 4) : at]):  # fmt: skip
                yield from chaired(words, people, first, at)
            elif noun is not None and first:
                said = side(words, noun, knowledge)
                both = not said and plain[noun] in PLURAL
                for person in chain(words, people, first) if both else [first]:
                    yield person, said, HEAD, at
                elided = re.search(r"\b(?:and|,) the (\w+)(?: delegation| side| team)? by\b", part[words[at].end :])  # fmt: skip
                if said and elided and (other_side := nation(fold(elided[1]))):
                    place = next(n for n, token in enumerate(words) if token.start >= words[at].end + elided.end())  # fmt: skip
                    other = following(people, place, 4)
                    if other:
                        yield other, other_side, HEAD, at
        elif word in LED_EN:
            before = [one for one in people if one.after <= at]
            noun = next((n for n in nouns if at < n <= at + 5), None)
            if noun is not None and before:
                yield before[-1], side(words, noun, knowledge), HEAD, at
            elif behind == ["for"] and before:
                yield from for_countries(words, people, at, knowledge)
            elif any(other in MEETING for other in plain[at + 1 : at + 7]) and len(before) > 1:
                yield from chaired(words, people, before[-2], at)
        elif word in INCLUDED_EN or (word == "consisted" and behind == ["of"]):
            noun = next((n for n in reversed(nouns) if n < at), None)
            said = side(words, noun, knowledge) if noun is not None else None
            if noun is not None and said:
                for person in people:
                    if person.first > at:
                        yield person, said, MEMBER, at


def chaired(words: Sequence[Token], people: list[Person], first: Person | None, at: int) -> Told:
    """Two who led a meeting together each lead their own side."""
    together = list(chain(words, people, first)) if first else []
    if len({one.nation for one in together} - {None}) > 1:
        yield from ((one, None, HEAD, at) for one in together)


def for_countries(
    words: Sequence[Token], people: list[Person], at: int, knowledge: Knowledge
) -> Told:
    """ "A led for Iraq and B for the United States"."""
    for person in people:
        place = at + 1 if person.after <= at else person.after
        if place < len(words) and words[place].word == "for" and person.nation:
            said = [token.word for token in words[place + 1 : place + 5]]
            names = knowledge.country(person.nation).en.lower().split()
            if any(word in said for word in names if len(word) > 3):
                yield person, person.nation, HEAD, at
