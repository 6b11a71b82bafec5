"""Officials and bodies meant without a name: «الوزير», «نظيره», «نظيرتها العراقية», «التحالف».

Each is one record only when exactly one of those that the document names fits.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from statements.ingest.forms import BREAK
from statements.ingest.knowledge import Knowledge
from statements.ingest.mentioned import Context, Mentioned
from statements.ingest.titles import RANKS, TITLES
from statements.search.lexicon import Token, starts
from statements.text.arabic import fold
from statements.text.nations import nation
from statements.text.sentence import Sentence

#: A word that stands for an office, and how the titles of such posts begin, folded.
OFFICES = {
    "الوزير": ("وزير",),
    "السفير": ("سفير",),
    "السفيره": ("سفير",),
    "minister": ("minister", "deputy minister"),
    "ambassador": ("ambassador",),
    "secretary": ("secretary", "defense secretary", "home secretary", "foreign secretary"),
}
COUNTERPART = re.compile(r"[وفبل]?نظير(?:ه|ها|ته|تها|هم|اه)|counterpart")
#: A class noun with the article that stands for a body named before.
SHORT = {fold(word): fold(word) for word in ["تحالف", "لجنة", "حلف", "هيئة", "وكالة"]}
SHORT_ENGLISH = {"coalition", "commission", "committee", "agency", "alliance", "department"}
#: The head of an office printed beside a name: before it in its clause, or right behind it.
HEAD = re.compile(
    r"(?<![^\W_])[وفبل]?(?:ال)?(وزير|سفير)ه?(?!\w)|\b(minister|ambassador|secretary)\b"
)
HEAD_BEHIND = re.compile(
    r"\s*[،,(]\s*(?:ال)?(وزير|سفير)ه?(?!\w)|\s*,\s*(?:the\s+|an?\s+)?(?:[\w’'.-]+\s+){0,3}?(minister|ambassador|secretary)\b"
)
#: Words that make another office of the one behind them.
SERVING = re.compile(
    r"(?:نايب|وكيل|مساعد|معاون|مستشار|مدير|مكتب|سكرتير|متحدث|ناطق|باسم|مبعوث|ممثل|deputy|under|assistant|vice|former|adviser\s+to\s+the|office\s+of\s+the|spokes\w+\s+for\s+the)\s*$"
)
ONLY_STRANGER = Sentence(
    "The only one named in this text with such an office.",
    "الوحيد الذي ذكره النص في منصب كهذا.",
)
SPEAKER = Sentence("The official who speaks in this document.", "المسؤول المتحدث في هذه الوثيقة.")
ONLY_ONE = Sentence(
    "The only official named in this text who held such an office.",
    "المسؤول الوحيد المذكور في هذا النص في منصب كهذا.",
)
OTHER_SIDE = Sentence(
    "The official of the other side with the same office.", "صاحب المنصب نفسه في الجانب الآخر."
)
OTHER_BODY = Sentence(
    "The body of the other side with the same name.", "الجهة التي لها الاسم نفسه في الجانب الآخر."
)
NAMED_BEFORE = Sentence(
    "The only such body that this text names.", "الجهة الوحيدة من نوعها في هذا النص."
)
ONLY_SUCH = Sentence("The only such body in the archive.", "الجهة الوحيدة من نوعها في الأرشيف.")


def references(
    part: str, words: list[Token], found: list[Mentioned], context: Context, knowledge: Knowledge
) -> list[Mentioned]:
    """What is meant without a name in a part whose names have been found."""
    results: list[Mentioned] = []
    remember(part, found, context)
    for place, token in enumerate(words):
        if not refers(token.word):
            continue
        for mention in (
            *office(part, words, place, context, knowledge, found),
            *counterpart(part, words, place, context, knowledge, [*found, *results]),
            *short_name(part, words, place, context, knowledge, found),
        ):
            if not any(one.type == mention.type and one.meets(mention.start, mention.end) for one in (*found, *results)):  # fmt: skip
                mention.unnamed = True
                results.append(mention)
    return results


def remember(part: str, found: list[Mentioned], context: Context) -> None:
    """Note those without a record who are named here with an office: «‹السفير› أنيل إنان», "Ayman Safadi, Jordan's ‹foreign minister›"."""
    for one in found:
        if one.type != "official" or one.outcome != "none" or one.unnamed or not one.name:
            continue
        low = max((other.end for other in found if other.type == "official" and other.end <= one.start), default=0)  # fmt: skip
        low = max(low, one.start - 90)
        before = re.split(r"[.،,;؛:\n]", fold(part[low : one.start]))[-1]
        head = next(reversed(list(HEAD.finditer(before))), None)
        if head and SERVING.search(before[: head.start()]):
            continue
        head = head or HEAD_BEHIND.match(fold(part[one.end : one.end + 90]))
        if head:
            context.strangers.setdefault(head[1] or head[2], set()).add(one.name)


@functools.lru_cache(maxsize=20_000)
def refers(word: str) -> bool:
    """Whether a word is one of those that mean somebody or a body without a name."""
    return (
        word in SHORT_ENGLISH
        or bool(COUNTERPART.fullmatch(word))
        or any(rest in OFFICES or rest.removeprefix("ال") in SHORT for _, rest in starts(word))
    )


def name_behind(part: str, found: list[Mentioned], end: int) -> bool:
    """Whether a named official stands right behind, or behind a comma in apposition: "his counterpart, Thabit al-Abbasi"."""
    return any(
        one.type == "official"
        and not one.unnamed
        and one.start >= end
        and re.fullmatch(r"[ \xa0]*[,،]?[ \xa0]*", part[end : one.start])
        for one in found
    )


def holding(context: Context, knowledge: Knowledge, heads: tuple[str, ...]) -> list[str]:
    """Officials of the document whose post on its day begins with one of the words."""
    found = []
    for official in context.officials:
        titles = [
            fold(title)
            for post, _, _ in knowledge.lexicon.tenures.get(official, [])
            if knowledge.held(official, post, context.days)
            for title in knowledge.lexicon.words.get(("post", post), ())
            if title.isascii() == heads[0].isascii()
        ]
        if any(title.startswith(heads) for title in titles):
            found.append(official)
    return found


def office(
    part: str, words: list[Token], place: int, context: Context, knowledge: Knowledge, found: list[Mentioned]
) -> Iterator[Mentioned]:  # fmt: skip
    """«الوزير», "the Secretary": who speaks, or the only such official of the document."""
    token = words[place]
    shift, word = next(
        ((cut, rest) for cut, rest in starts(token.word) if rest in OFFICES), (0, "")
    )
    if not word:
        return
    latin = word.isascii()
    start, end, code = token.start + shift, token.end, None
    if latin:
        if not (place and words[place - 1].word == "the" and part[token.start].isupper()):
            return
        if re.match(r"\s+of\s|\s+for\s+[A-Z]\w*\b(?![’'])|\s+[A-Z]|-", part[end:]):
            return
        start = words[place - 1].start
    elif place + 1 < len(words) and (code := nation(words[place + 1].word)):
        end = words[place + 1].end
    if name_behind(part, found, end):
        return
    if OFFICES[word] == ("سفير",) and (code or re.match(r"\s+(?:لدى|في)\s", part[end:])):
        return  # whose name follows
    fits = [
        official
        for official in holding(context, knowledge, OFFICES[word])
        if code in (None, knowledge.nations.get(("official", official)))
    ]
    mention = Mentioned(start, end, part[start:end], "official", "official")
    others = context.strangers.get(OFFICES[word][0], set()) if code is None else set()
    if context.speaker in fits:
        mention.outcome, mention.slug, mention.reason = "one", context.speaker, SPEAKER
    elif len(others) == 1 and not fits:
        mention.outcome, mention.name, mention.reason = "none", next(iter(others)), ONLY_STRANGER
    elif len(fits) == 1 and not others:
        mention.outcome, mention.slug, mention.reason = "one", fits[0], ONLY_ONE
    else:
        return
    yield mention


def counterpart(
    part: str, words: list[Token], place: int, context: Context, knowledge: Knowledge, found: list[Mentioned]
) -> Iterator[Mentioned]:  # fmt: skip
    """«نظيره», «نظيرتها العراقية»: the same office or body of the other side."""
    token = words[place]
    if not COUNTERPART.fullmatch(token.word):
        return
    arabic = not token.word.isascii()
    start = token.end - len(re.sub(r"^[وفبل](?=نظير)", "", part[token.start : token.end]))
    end, code = token.end, None
    beside = (
        words[place + 1]
        if arabic and place + 1 < len(words)
        else words[place - 1]
        if place
        else None
    )
    if beside is not None and (code := nation(beside.word)) and (place or arabic):
        start, end = min(start, beside.start), max(end, beside.end)
    if name_behind(part, found, end):
        return
    feminine = arabic and re.search(r"نظيرت", token.word)
    if feminine:
        yield from other_body(part, start, end, code, knowledge, found)
        return
    end = token.end if arabic else end
    subject = whose(part, start, found)
    if subject is None:
        return
    offices = common_offices(knowledge, context, subject)
    fits = [
        official
        for official in context.officials
        if official != subject
        and common_offices(knowledge, context, official) & offices
        and knowledge.nations.get(("official", official))
        != knowledge.nations.get(("official", subject))
        and code in (None, knowledge.nations.get(("official", official)))
    ]
    if len(fits) == 1:
        yield Mentioned(
            start, end, part[start:end], "official", "official", "one", OTHER_SIDE, fits[0]
        )


def whose(part: str, start: int, found: list[Mentioned]) -> str | None:
    """Whose counterpart is meant: of the person named last before, else first behind in the sentence; None for one without a record."""
    people = [one for one in found if one.type == "official"]
    before = [one for one in people if one.end <= start]
    if before:
        return max(before, key=lambda one: one.end).slug
    behind = [
        one for one in people if one.start > start and not BREAK.search(part[start : one.start])
    ]
    return min(behind, key=lambda one: one.start).slug if behind else None


def common_offices(knowledge: Knowledge, context: Context, official: str) -> set[str]:
    """The offices that an official held then, without their country."""
    return {
        without_nation(knowledge.lexicon.words[("post", post)][1])
        for post, _, _ in knowledge.lexicon.tenures.get(official, [])
        if ("post", post) in knowledge.lexicon.words
        and knowledge.held(official, post, context.days)
    }


def without_nation(title: str) -> str:
    words = fold(title).split()
    return " ".join(words[:-1] if len(words) > 1 and nation(words[-1]) else words)


def other_body(
    part: str, start: int, end: int, code: str | None, knowledge: Knowledge, found: list[Mentioned]
) -> Iterator[Mentioned]:
    before = [one for one in found if one.type == "organization" and one.slug and one.end <= start]
    if not before or code is None:
        return
    own = max(before, key=lambda one: one.end).slug or ""
    wanted = without_nation(knowledge.lexicon.words.get(("organization", own), ("", ""))[1])
    fits = [
        slug
        for (kind, slug), names in knowledge.lexicon.words.items()
        if kind == "organization" and wanted and without_nation(names[1]) == wanted
        and knowledge.nations.get((kind, slug)) == code
    ]  # fmt: skip
    if len(fits) == 1:
        yield Mentioned(
            start, end, part[start:end], "organization", "organization", "one", OTHER_BODY, fits[0]
        )


def short_name(
    part: str, words: list[Token], place: int, context: Context, knowledge: Knowledge, found: list[Mentioned]
) -> Iterator[Mentioned]:  # fmt: skip
    """«التحالف», "the Commission": the only such body that the page names, or that there is."""
    token = words[place]
    latin = token.word.isascii()
    if latin:
        if token.word not in SHORT_ENGLISH or not part[token.start].isupper():
            return
        before = part[words[place - 1].start : words[place - 1].end] if place else ""
        if not before or (before[:1].isupper() and before != "The") or re.match(r"\s+(?:of|for|to|on|[A-Z])", part[token.end :]):  # fmt: skip
            return
        if before.lower() != "the" and token.word != "coalition":
            return
        shift, head = 0, token.word
    else:
        shift, head = next(
            ((cut, rest[2:]) for cut, rest in starts(token.word) if rest.startswith("ال") and rest[2:] in SHORT),
            (0, ""),
        )  # fmt: skip
        behind = words[place + 1] if place + 1 < len(words) else None
        adjacent = behind is not None and not part[token.end : behind.start].strip(" \xa0")
        if not head or (adjacent and behind and behind.word.startswith(("ال", "لل")) and behind.word not in RANKS | TITLES | {"الاخري", "الاخر"}):  # fmt: skip
            return
    start = token.start + shift
    of_page = heads(context.named.get("organization", set()), head, knowledge)
    if len(of_page) > 1:
        return
    fits, reason = of_page, NAMED_BEFORE
    if not fits and head in ("تحالف", "coalition"):
        every = {slug for kind, slug in knowledge.lexicon.words if kind == "organization"}
        fits, reason = heads(every, head, knowledge), ONLY_SUCH
    if len(fits) == 1:
        yield Mentioned(
            start, token.end, part[start : token.end], "organization", "organization", "one", reason, fits.pop()
        )  # fmt: skip


def heads(slugs: set[str], head: str, knowledge: Knowledge) -> set[str]:
    """Those of the bodies whose name begins (in Arabic) with the noun, or has it in English."""
    found = set()
    for slug in slugs:
        english, arabic = knowledge.lexicon.words.get(("organization", slug), ("", ""))
        first = fold(arabic).split()[:1]
        if first and first[0].removeprefix("ال") == head or head in fold(english).split():
            found.add(slug)
    return found
