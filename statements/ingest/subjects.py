"""Who promises: the parties of a document, and in a sentence the subject of a governing verb, by the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from statements.ingest.knowledge import Knowledge
from statements.ingest.mentioned import Mentioned
from statements.search.lexicon import Token
from statements.text import verbs
from statements.text.analysis import WHOLE
from statements.text.arabic import fold
from statements.text.nations import nation
from statements.text.verbs import Governor

#: Words that mean every party, and words that mean one, with the nation that stands by them.
EVERYONE = {
    *map(fold, "الجانبان الجانبين الطرفان الطرفين البلدان البلدين الوفدان الوفدين الوفود الحكومتان الحكومتين الدولتان الدولتين الوزيران الوزيرين الوزارتان الوزارتين الرئيسان الزعيمان الزعماء المجتمعون المشاركون الأطراف رئيسا وزيرا وزارتا حكومتا كلاهما كلا".split()),
    *"sides countries delegations governments ministers leaders parties nations principals presidents ministries both they representatives officials participants".split(),
}  # fmt: skip
ONE = {
    *map(fold, "الجانب الوفد الحكومة حكومة الوزارة وزارة الطرف الممثلون ممثلو الرئيس الوزير المسؤولون مسؤولون السفير السفيرة السفارة المتحدث المتحدثة الناطق الناطقة الوزيرة الرئيسة".split()),
    *"side delegation government ministry department representatives officials minister secretary president ambassador embassy spokesman spokeswoman spokesperson".split(),
}  # fmt: skip
#: A statement speaks for those who issue it.
STATEMENT = {*map(fold, "البيان البلاغ اللجنة المجلس الاجتماع الحوار".split()), *"statement communique commission committee council".split()}  # fmt: skip
SPEAKER = {"he", "she", "we", "i", "his", "her", "our"}
#: Offices, whose country stands behind what they are of: «وزير الدفاع البريطاني».
OFFICE = {*map(fold, "وزير وزيرة رئيس سفير سفيرة مستشار وكيل قائد نائب".split())}
TELLING = EVERYONE | ONE | OFFICE | STATEMENT | SPEAKER
#: What stands behind an Arabic verb whose subject was named before.
OBJECT = re.compile(r"(?:ان|انه|انها|انهما|انهم|على|علي|الي|عن|في)$|.{3,}(?:هما|هم|ها|ه)$|(?:اهميه|ضروره|حرص|دعم|عزم|رغبه|احترام|مواصله|استمرار|تعزيز)")  # fmt: skip
PREPOSITIONS = {*"in at to from on of with by for under between".split(), *map(fold, "في إلى من على عن مع بين لدى".split())}  # fmt: skip
CONNECTOR = re.compile(r"[,،]?\s+(?:and|while|whereas|but)\s|[,;،]\s|\s(?=و\w)")
ADVERBIAL = re.compile(r"\s*(?:as|in|on|at|with|after|during|under|of)\b", re.IGNORECASE)
#: Stands for the parties of a document that names fewer than two the archive knows.
UNKNOWN = ""


@dataclass
class Speakers:
    """Who may promise in a document: its parties, and who speaks where one side does."""

    parties: list[str]
    voice: str | None = None
    #: those who promised last, for verbs that name nobody
    last: list[str] = field(default_factory=list)


@dataclass
class Party:
    """A place in a passage that names one party or all: ``words[first:after]``."""

    first: int
    after: int
    countries: list[str]
    #: whether it says who, beyond a pronoun or «the commission»
    named: bool = True


def speakers_of(
    event: str | None, mentions: Sequence[Mentioned], voice: str | None, knowledge: Knowledge
) -> Speakers:
    """The parties of a document: those of the dialogue it came out of, else those who met there, else the two countries it names most."""
    for dialogue, rounds in knowledge.lexicon.dialogues.items():
        if event and any(one.slug == event for one in rounds) and len(knowledge.parties.get(dialogue, ())) > 1:  # fmt: skip
            return Speakers(sorted(knowledge.parties[dialogue]), voice)
    nations = knowledge.nations
    for meeting in knowledge.meetings:
        if event and meeting.slug == event:
            met = {nations.get(("official", one), "") for one in meeting.officials}
            met |= {nations.get(("organization", one), "") for one in meeting.bodies}
            if len(met - {""}) > 1:
                return Speakers(sorted(met - {""}), voice)
    counted = Counter(
        code
        for one in mentions
        if one.outcome == "one" and (code := nations.get((one.kind, one.slug or "")))
    )
    most = sorted(counted, key=lambda code: (-counted[code], code))[:2]
    return Speakers(sorted(most) if len(most) > 1 else [UNKNOWN], voice)


def named_in(
    words: Sequence[Token],
    mentions: Sequence[Mentioned],
    low: int,
    speakers: Speakers,
    knowledge: Knowledge,
) -> list[Party]:
    """The places of a sentence that name a party, in order."""
    found: list[Party] = []
    begins, ends = [token.start for token in words], [token.end for token in words]
    for mention in mentions:
        code = knowledge.nations.get((mention.kind, mention.slug or ""))
        inside = range(bisect_right(ends, mention.start - low), bisect_left(begins, mention.end - low))  # fmt: skip
        if not inside:
            continue
        if mention.type == "place" and inside[0] and words[inside[0] - 1].word in PREPOSITIONS:
            continue
        if code:
            found.append(Party(inside[0], inside[-1] + 1, [code]))
        elif mention.type == "organization" and words[inside[0]].word in STATEMENT:
            found.append(Party(inside[0], inside[-1] + 1, list(speakers.parties), False))
    for at, token in enumerate(words):
        word = token.word if token.word in TELLING else verbs.bare(token.word)
        if word not in TELLING:
            continue
        adjectives = list(dict.fromkeys(nations_beside(words, at)))
        if word in ONE | OFFICE and adjectives:
            found.append(Party(at, at + 1, adjectives))
        elif word in ONE and speakers.voice and word not in EVERYONE:
            found.append(Party(at, at + 1, [speakers.voice], False))
        elif word in EVERYONE:
            found.append(Party(at, at + 1, adjectives or list(speakers.parties)))
        elif word in STATEMENT:
            found.append(Party(at, at + 1, list(speakers.parties), False))
        elif word in SPEAKER and speakers.voice:
            found.append(Party(at, at + 1, [speakers.voice], False))
    return sorted(found, key=lambda party: (party.first, -party.after))


def nations_beside(words: Sequence[Token], at: int) -> Iterator[str]:
    """The nations whose adjectives stand by a word: before it in English, behind it in Arabic."""
    if words[at].word.isascii():
        for near in words[max(0, at - 4) : at]:
            if code := nation(near.word):
                yield code
        return
    office = words[at].word in OFFICE or verbs.bare(words[at].word) in OFFICE
    for near in words[at + 1 : at + (5 if office else 4)]:
        code = nation(near.word)
        if code:
            yield code
        elif (
            not office
            or (near.word.startswith("و") and near.word not in WHOLE)
            or near.word in PREPOSITIONS
        ):
            return


def promised_of(
    words: Sequence[Token], governor: Governor, who: list[str], parties: list[Party]
) -> list[str]:
    """Who will do what one says or announces: the party named before "will" or behind «أن», else who says it."""
    behind = range(governor.after, min(len(words), governor.after + 22))
    will = next((n for n in behind if words[n].word in ("will", "would")), None)
    if will is not None:
        named = [one for one in parties if governor.after <= one.first < will and one.named]
        sure = named and will - named[-1].after <= 1
    else:
        that = next((n for n in behind if words[n].word in ("ان", "بان")), None)
        named = [one for one in parties if that is not None and that < one.first <= that + 2]
        sure = bool(named)
    if not sure:
        return who
    return list(dict.fromkeys(code for one in named for code in one.countries))


def with_whom(
    words: Sequence[Token], governor: Governor, who: list[str], parties: list[Party]
) -> list[str]:
    """Those who discussed, and those with whom."""
    for party in parties:
        near = [words[n].word for n in range(party.first - 3, party.first) if governor.after <= n]
        if {"with", "مع"} & set(near):
            return list(dict.fromkeys([*who, *party.countries]))
    return who


def subject_ar(
    part: str,
    words: Sequence[Token],
    governor: Governor,
    behind: int,
    parties: list[Party],
    speakers: Speakers,
) -> tuple[list[str], int]:
    """(ISO codes, first word of the clause); no code when nobody of the parties says it."""
    if governor.subject == "none":
        return list(speakers.parties), governor.first
    first_word = words[governor.first].word
    if governor.subject == "before":
        return before_it(words, governor, behind, parties, speakers), governor.first
    after = governor.after
    who: list[str] = []
    plain = verbs.bare(first_word)
    future = bool(verbs.FUTURE.fullmatch(plain)) and plain[1:] not in verbs.FORMS
    doubtful = plain in verbs.AMBIGUOUS or (future and not plain.startswith("سن"))
    for party in parties:
        if party.first < after:
            continue
        apart = party.first - after
        word = words[party.first].word
        joined_on = word.startswith("و") and word not in WHOLE
        if apart > ((0 if doubtful else 4) if not who else 3 if joined_on else 0):
            break
        gap = part[words[after - 1].end : words[party.first].start]
        if not who and (OBJECT.match(words[governor.after].word) and party.first > governor.after):
            break
        if re.search(r"[؛:]|\sأن\s|\sعلى\s", gap) or (doubtful and joined_on and not who):
            break
        who += [code for code in party.countries if code not in who]
        after = max(after, party.after)
    if who and not (governor.subject == "implied" and first_word.startswith("ن")):
        return who, governor.first
    before = [party for party in parties if behind <= party.first and party.after <= governor.first]
    if doubtful:
        return [], governor.first
    near = not verbs.is_joined(first_word) and [
        party for party in before if governor.first - party.after <= 3 and party.named
    ]
    if near:
        return list(near[-1].countries), near[-1].first
    if governor.subject == "implied":
        if bare_first(first_word).startswith("ن"):
            return [speakers.voice] if speakers.voice else [], governor.first
        if speakers.last:
            return list(speakers.last), governor.first
        return list(speakers.parties), governor.first
    object_ = governor.after < len(words) and OBJECT.match(words[governor.after].word)
    if object_ and speakers.last:
        return list(speakers.last), governor.first
    if object_ and speakers.voice:
        return [speakers.voice], governor.first
    return [], governor.first


def before_it(
    words: Sequence[Token],
    governor: Governor,
    behind: int,
    parties: list[Party],
    speakers: Speakers,
) -> list[str]:
    """Who «ملتزم» is said of: the party right before it, or the speaker of «إننا»."""
    near = [one for one in parties if behind <= one.first and 0 <= governor.first - one.after <= 2]
    if near:
        return list(near[-1].countries)
    said = {verbs.bare(token.word) for token in words[max(0, governor.first - 4) : governor.first]}
    return [speakers.voice] if speakers.voice and said & {"اننا", "انا", "نحن", "انني"} else []


def bare_first(word: str) -> str:
    return verbs.bare(word).removeprefix("س")


def subject_en(
    part: str,
    words: Sequence[Token],
    governor: Governor,
    behind: int,
    parties: list[Party],
    speakers: Speakers,
) -> tuple[list[str], int]:
    begin = words[behind].start if behind < len(words) else 0
    verb = words[governor.first].start
    area = part[begin:verb]
    if behind:  # the clause begins behind the last connector that has a subject after it
        for match in reversed(list(CONNECTOR.finditer(area))):
            rest = begin + match.end()
            inside = [party for party in parties if rest <= words[party.first].start < verb]
            if inside or not area[match.end() :].strip():
                begin = rest if match[0].strip(" ,;") or inside else begin
                break
        else:
            begin = verb
    inside = [party for party in parties if begin <= words[party.first].start < verb]
    if not inside:
        if governor.subject == "none":
            return list(speakers.parties), governor.first
        if governor.subject == "thing":
            return list(speakers.parties), first_at(words, begin, governor)
        gap = part[words[governor.first - 1].end : verb] if governor.first else ""
        short = governor.first and words[governor.first - 1].word in ("and", "also", "further", "both", "then", "but")  # fmt: skip
        if speakers.last and behind and (short or "," in gap or len(area.split()) <= 1):
            return list(speakers.last), governor.first
        if governor.first == 0 and speakers.last:
            return list(speakers.last), 0
        return [], governor.first
    pieces = [begin, *(begin + m.end() for m in re.finditer(r",\s", part[begin:verb])), verb]
    who: list[str] = []
    place, additive = governor.first, False
    for low, high in reversed(list(zip(pieces, pieces[1:], strict=False))):
        here = [party for party in inside if low <= words[party.first].start < high]
        if not here:
            if who:
                break
            continue
        if who and (ADVERBIAL.match(part[low:high]) or words[here[-1].after - 1].end < high - 2):
            break
        who += [code for party in here for code in party.countries]
        place = min(place, first_at(words, low, governor))
        additive = part[low:high].startswith("and ")
        if not additive:
            break
    if governor.subject == "thing":
        sure = [party for party in inside if party.after == governor.first]
        return (list(sure[-1].countries) if sure else list(speakers.parties)), first_at(words, begin, governor)  # fmt: skip
    return sorted(set(who)), place


def first_at(words: Sequence[Token], begin: int, governor: Governor) -> int:
    found = next((n for n, token in enumerate(words) if token.start >= begin), governor.first)
    return min(found, governor.first)
