"""Whom and what a text names: each printed form is one record, several, or none, with the reason in a sentence.

Matching is by whole words, folded and spelled one way, through a tree of all known forms; one-letter
particles before a form are not part of it. A lookup never writes, and nothing is one record unless
exactly one fits.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from statements.search.lexicon import Form, KnownEvent, Lexicon, Token, Tree, starts, tokens
from statements.text.arabic import fold
from statements.text.calendars import ORDINALS
from statements.text.dates import EDTF
from statements.text.names import comparison_key, romanize
from statements.text.sentence import Sentence

#: Written onto the following word: and, so, with, for, like, with and without the article.
CLITICS = re.compile(r"^(?:([وف])?([بكل])?)(?=ال|لل|[^\W_]{3})")
RANKS = {fold(word) for word in ["الفريق", "الأول", "أول", "الركن", "ركن", "اللواء", "العميد", "العقيد", "الجنرال", "الأدميرال", "general", "gen", "lt", "lieutenant", "maj", "major", "adm", "admiral", "col", "colonel"]}  # fmt: skip
COURTESY = {
    fold(word) for word in ["السيد", "السيدة", "الدكتور", "معالي", "mr", "mrs", "ms", "dr"]
} | RANKS
AFTER_NAME = {fold(word) for word in ["الثالث", "الثاني", "jr", "iii", "ii"]}
#: Nouns for people that are also words for nations: a bare surname of this shape needs more than its letters.
NATION_NAMES = {"سوداني", "عراقي", "تميمي", "مصري", "تركي", "شامي"}
ORDER = ("official", "post", "event", "agreement", "organization", "dialogue", "place", "country")


@dataclass
class Mentioned:
    """The words as printed at ``start``–``end``, and what they mean."""

    start: int
    end: int
    as_printed: str
    type: str
    outcome: str
    reason: Sentence
    kind: str = ""
    slug: str | None = None
    candidates: list[str] = field(default_factory=list)
    name: str | None = None
    warning: Sentence | None = None

    def as_json(self, language: str = "en") -> dict[str, Any]:
        return {
            "as_printed": self.as_printed,
            "start": self.start,
            "end": self.end,
            "type": self.type,
            "outcome": self.outcome,
            "slug": self.slug,
            "kind": self.kind,
            "candidates": self.candidates,
            "name": self.name,
            "reason": self.reason.in_language(language),
        }


@dataclass
class Matcher:
    """Matches texts against one lexicon; ``tree`` is built once."""

    lexicon: Lexicon
    tree: Tree = field(init=False)

    def __post_init__(self) -> None:
        self.tree = Tree(self.lexicon)

    def mentions(
        self,
        text: str,
        start: int,
        end: int,
        day: EDTF | None,
        dates: list[Any],
        named: set[str] | None = None,
    ) -> list[Mentioned]:
        """Mentions in ``text[start:end]``, with offsets into ``text``.

        ``named`` are officials known to be fully named elsewhere in the page; it grows.
        """
        part = text[start:end]
        words = tokens(part)
        named = named if named is not None else set()
        found = self.longest(part, words)
        for _, _, forms, _, _ in found:
            named |= {form.slug for form in forms if form.kind == "official" and not form.bare}
        results: list[Mentioned] = []
        for first, after, forms, begin, finish in found:
            results += self.decide(part, words, first, after, forms, begin, finish, day, named)
        results += self.rounds(part, words, day, dates, start)
        results += self.strangers(part, words, results)
        for mention in results:
            mention.start += start
            mention.end += start
        return tidy(results)

    def longest(self, part: str, words: list[Token]) -> list[Any]:
        """The longest match of each kind at each place, none inside a longer one of its kind."""
        found = []
        covered: dict[str, int] = {}
        for place in range(len(words)):
            best: dict[str, Any] = {}
            for shift, after, forms in self.tree.at(words, place):
                for kind in {form.kind for form in forms}:
                    of_kind = [form for form in forms if form.kind == kind]
                    known = best.get(kind)
                    if (
                        known is None
                        or after > known[1]
                        or (after == known[1] and shift < known[5])
                    ):
                        best[kind] = (
                            place,
                            after,
                            of_kind,
                            words[place].start + shift,
                            words[after - 1].end,
                            shift,
                        )
            for kind, (first, after, of_kind, begin, finish, _) in best.items():
                if covered.get(kind, 0) > first:
                    continue
                covered[kind] = after
                found.append((first, after, of_kind, begin, finish))
        return found

    def decide(
        self, part: str, words: list[Token], first: int, after: int, forms: list[Form],
        begin: int, finish: int, day: EDTF | None, named: set[str],
    ) -> list[Mentioned]:  # fmt: skip
        kind = forms[0].kind
        sure = sorted({form.slug for form in forms if not form.bare})
        slugs = sure or sorted({form.slug for form in forms})
        mention = Mentioned(
            begin,
            finish,
            part[begin:finish],
            "place" if kind == "country" else kind,
            "several",
            Sentence("", ""),
            kind,
        )
        if kind == "official":
            before = first
            while (
                before > 0
                and words[before - 1].word in RANKS
                and not words[before - 1].word.isdigit()
            ):
                before -= 1
            if before < first:
                mention.start = words[before].start
            if (
                after < len(words)
                and words[after].word in AFTER_NAME
                and part[finish : words[after].start].strip() == ""
            ):
                mention.end = words[after].end
            mention.as_printed = part[mention.start : mention.end]
            if not sure:
                return self.bare_name(mention, words, first, slugs, named)
        elif kind in ("post", "organization") and not sure:
            return [self.bare_office(mention, words, after, slugs, day)]
        if len(slugs) == 1:
            mention.outcome, mention.slug = "one", slugs[0]
            mention.reason = Sentence(
                "The only record with this form.", "السجل الوحيد بهذه الصيغة."
            )
            if any(form.misleading for form in forms):
                label = self.lexicon.labels.get((kind, slugs[0]), slugs[0])
                mention.warning = Sentence(
                    f"“{mention.as_printed}” is a form that misleads; the archive knows it for {label}. A person should confirm.",
                    f"«{mention.as_printed}» صيغة مضللة يعرفها الأرشيف لـ {label}، فليؤكدها محرر.",
                )
        else:
            mention.candidates = slugs
            mention.reason = Sentence(
                f"{len(slugs)} records have this form.", f"لهذه الصيغة {len(slugs)} سجلات."
            )
        return [mention]

    def bare_name(
        self, mention: Mentioned, words: list[Token], first: int, slugs: list[str], named: set[str]
    ) -> list[Mentioned]:
        """A surname alone: whoever was fully named before, or the only one, and never a nation's name by itself."""
        known = [slug for slug in slugs if slug in named]
        if len(known) == 1:
            mention.outcome, mention.slug = "one", known[0]
            mention.reason = Sentence(
                "Named in full in this text, and the only one with this surname in it.",
                "ورد اسمه كاملًا في هذا النص، ولا يحمل هذا اللقب فيه غيره.",
            )
            return [mention]
        doubtful = words[first].word.removeprefix("ال") in NATION_NAMES
        titled = self.titled(words, first)
        if doubtful and not titled:
            return []
        if len(slugs) == 1 and (titled or len(mention.as_printed) >= 5):
            mention.outcome, mention.slug = "one", slugs[0]
            mention.reason = Sentence(
                "The only official in the archive with this surname.",
                "المسؤول الوحيد في الأرشيف بهذا اللقب.",
            )
            return [mention]
        mention.candidates = slugs
        mention.reason = Sentence(
            "Several officials have this surname.", "يحمل هذا اللقب عدة مسؤولين."
        )
        return [mention]

    def titled(self, words: list[Token], first: int) -> bool:
        """Whether an office or title stands right before the word."""
        before = " ".join(token.word for token in words[max(0, first - 4) : first])
        return bool(
            re.search(
                r"(?:رييس|وزير|قايد|الرييس|الوزير|minister|secretary|president|general)", before
            )
        )

    def bare_office(
        self, mention: Mentioned, words: list[Token], after: int, slugs: list[str], day: EDTF | None
    ) -> Mentioned:
        """An office or body without its nation: the one whose holder is named right behind it, else several."""
        if mention.kind == "post":
            holder = self.holder_behind(words, after)
            held = [post for post in slugs if holder and self.held(holder, post, day)]
            if len(held) == 1:
                mention.outcome, mention.slug = "one", held[0]
                mention.reason = Sentence(
                    "The official named beside it held this post on that day.",
                    "المسؤول المذكور معه كان في هذا المنصب في ذلك اليوم.",
                )
                return mention
        if len(slugs) == 1:
            mention.outcome, mention.slug = "one", slugs[0]
            mention.reason = Sentence(
                "The only record with this form.", "السجل الوحيد بهذه الصيغة."
            )
            return mention
        mention.candidates = slugs
        mention.reason = Sentence(
            "The text does not say of which country.", "لا يذكر النص لأي بلد هو."
        )
        return mention

    def holder_behind(self, words: list[Token], after: int) -> str | None:
        place = after
        while place < len(words) and place < after + 3 and words[place].word in COURTESY:
            place += 1
        if place >= len(words):
            return None
        slugs = {
            form.slug
            for _, _, forms in self.tree.at(words, place)
            for form in forms
            if form.kind == "official"
        }
        return slugs.pop() if len(slugs) == 1 else None

    def held(self, official: str, post: str, day: EDTF | None) -> bool:
        return any(
            held == post
            and (day is None or day.last is None or first is None or first <= day.last)
            and (day is None or day.first is None or last is None or last >= day.first)
            for held, first, last in self.lexicon.tenures.get(official, [])
        )

    # Rounds of a dialogue

    def rounds(
        self, part: str, words: list[Token], day: EDTF | None, dates: list[Any], offset: int
    ) -> list[Mentioned]:
        """A dialogue named with an ordinal, a year or beside its dates is that round; word order may vary."""
        found: list[Mentioned] = []
        for dialogue in self.lexicon.dialogues:
            for form in self.lexicon.forms:
                if form.kind != "dialogue" or form.slug != dialogue:
                    continue
                core = [token.word for token in tokens(form.text)]
                head = core[
                    : next(
                        (i for i, word in enumerate(core) if word in ("بين", "between")), len(core)
                    )
                ]
                if len(head) < 3:
                    continue
                found += self.round_windows(part, words, head, dialogue, day, dates, offset)
        return found

    def round_windows(
        self, part: str, words: list[Token], head: list[str], dialogue: str, day: EDTF | None, dates: list[Any], offset: int
    ) -> list[Mentioned]:  # fmt: skip
        found = []
        bare = [bare_word(word) for word in head]
        place = 0
        while place < len(words):
            shift = next(
                (cut for cut, word in starts(words[place].word) if bare_word(word) == bare[0]), None
            )
            if shift is None:
                place += 1
                continue
            left, after, number = set(bare[1:]), place + 1, None
            while after < len(words) and left and after - place < len(bare) + 3:
                word = bare_word(words[after].word)
                if word in left:
                    left.discard(word)
                elif words[after].word in ORDINALS:
                    number = ORDINALS[words[after].word]
                else:
                    break
                after += 1
            if left:
                place += 1
                continue
            if after < len(words) and (words[after].word in ORDINALS or words[after].word in FIRST):
                number = 1 if words[after].word in FIRST else ORDINALS[words[after].word]
                after += 1
            begin, finish = words[place].start + shift, words[after - 1].end
            found.append(
                self.round(part[begin:finish], begin, finish, dialogue, number, day, dates, offset)
            )
            place = after
        return found

    def round(
        self, printed: str, begin: int, finish: int, dialogue: str, number: int | None,
        day: EDTF | None, dates: list[Any], offset: int,
    ) -> Mentioned:  # fmt: skip
        mention = Mentioned(begin, finish, printed, "event", "one", Sentence("", ""), "event")
        event: KnownEvent | None = None
        if number is not None:
            event = self.lexicon.rounds.get(dialogue, {}).get(number)
            mention.reason = Sentence(
                f"Round {number} of the dialogue.", f"الجولة {number} من الحوار."
            )
        else:
            near = [
                date for date in dates if date.edtf and abs(date.start - (finish + offset)) < 160
            ]
            event = next(
                (known for date in near if (known := self.overlapping(dialogue, date.edtf))), None
            )
            mention.reason = Sentence(
                "The round on the date printed beside it.", "الجولة التي في التاريخ المطبوع معه."
            )
            if event is None and day is not None and day.first:
                event = self.just_before(dialogue, day.first)
                mention.reason = Sentence(
                    "The round nearest before the document's date.", "أقرب جولة قبل تاريخ الوثيقة."
                )
        if event is None:
            return Mentioned(
                begin, finish, printed, "event", "none",
                Sentence("The archive does not know this round yet.", "لا يعرف الأرشيف هذه الجولة بعد."),
                candidates=[known.slug for known in self.lexicon.dialogues[dialogue]],
            )  # fmt: skip
        mention.slug = event.slug
        return mention

    def overlapping(self, dialogue: str, date: EDTF) -> KnownEvent | None:
        hits = [
            event
            for event in self.lexicon.dialogues[dialogue]
            if event.first and event.last and date.first and date.last
            and event.first <= date.last and date.first <= event.last
        ]  # fmt: skip
        return hits[0] if len(hits) == 1 else None

    def just_before(self, dialogue: str, day: datetime.date) -> KnownEvent | None:
        hits = [
            event
            for event in self.lexicon.dialogues[dialogue]
            if event.first and datetime.timedelta(0) <= day - event.first <= datetime.timedelta(31)
        ]
        return hits[-1] if hits else None

    # Names the archive does not know

    def strangers(self, part: str, words: list[Token], known: list[Mentioned]) -> list[Mentioned]:
        """A name right behind an office or rank that no record has: none, with a proposed canonical name."""
        taken = [(m.start, m.end) for m in known if m.type == "official"]
        offices = [m for m in known if m.type == "post" and m.outcome in ("one", "several")]
        found = []
        for office in offices:
            place = next((i for i, token in enumerate(words) if token.start >= office.end), None)
            if place is None or part[office.end : words[place].start].strip():
                continue
            while place < len(words) and words[place].word in COURTESY:
                place += 1
            name = name_at(part, words, place)
            if name is None or any(a < name[1] and name[0] < b for a, b in taken):
                continue
            printed = part[name[0] : name[1]]
            near = self.alike(printed)
            found.append(
                Mentioned(
                    *name,
                    printed,
                    "official",
                    "none",
                    Sentence("No record has this name.", "لا سجل بهذا الاسم."),
                    candidates=near,
                    name=romanize(printed).title() if not printed.isascii() else printed,
                )  # fmt: skip
            )
        return found

    def alike(self, name: str) -> list[str]:
        """Officials whose surname sounds the same in either script: likely the same person, for a person to decide."""
        keys = comparison_key(name).split()
        if not keys:
            return []
        return sorted(
            {
                form.slug
                for form in self.lexicon.forms
                if form.kind == "official" and comparison_key(form.text).split()[-1:] == keys[-1:]
            }
        )[:5]


FIRST = {fold("الافتتاحي"), fold("الافتتاحية"), "inaugural"}


def bare_word(word: str) -> str:
    if word.startswith("لل") and len(word) > 5:
        return word[2:]
    return word.removeprefix("ال") if len(word) > 4 else word


def name_at(part: str, words: list[Token], place: int) -> tuple[int, int] | None:
    """Two to four words that look like a person's name: capitalised, or Arabic words up to punctuation."""
    taken: list[Token] = []
    for token in words[place : place + 4]:
        if taken and re.search(
            r"[.,،؛:()\n\"]", part[taken[-1].end : token.start].replace(".", "", 1)
        ):
            break
        printed = part[token.start : token.end]
        if printed.isascii():
            if not printed[:1].isupper():
                break
        elif fold(printed) in NOT_NAMES or len(printed) < 2 or printed[0] in "وف":
            break
        taken.append(token)
    if len(taken) < 2:
        return None
    if not part[taken[0].start].isascii():
        taken = taken[:2]
    return taken[0].start, taken[-1].end


NOT_NAMES = {
    fold(word)
    for word in [
        "في",
        "من",
        "إلى",
        "على",
        "عن",
        "مع",
        "أن",
        "إن",
        "الذي",
        "التي",
        "الذين",
        "حول",
        "خلال",
        "بين",
        "اليوم",
        "أمس",
        "قال",
        "أكد",
        "هذا",
        "وقال",
        "بشكل",
        "لم",
        "لن",
        "قد",
        "كان",
        "إلى",
        "بعد",
        "قبل",
        "ونظيره",
    ]
}


def tidy(mentions: list[Mentioned]) -> list[Mentioned]:
    """One mention for the same words; a dialogue that was found as a round is that round; sorted by place."""
    rank = {kind: at for at, kind in enumerate(ORDER)}
    rounds = [(m.start, m.end) for m in mentions if m.type == "event"]
    kept: dict[tuple[int, int], Mentioned] = {}
    for mention in sorted(
        mentions, key=lambda m: (m.outcome == "none", rank.get(m.kind or m.type, 9))
    ):
        if mention.kind == "dialogue" and any(
            a < mention.end and mention.start < b for a, b in rounds
        ):
            continue
        kept.setdefault((mention.start, mention.end), mention)
    ordered = sorted(kept.values(), key=lambda m: (m.start, -m.end))
    return [
        m
        for m in ordered
        if not any(
            m is not other
            and m.type == other.type == "event"
            and other.start <= m.start
            and m.end <= other.end
            for other in ordered
        )
    ]
