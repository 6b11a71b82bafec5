"""Events that a text means: a dialogue with an ordinal, a year or beside its dates is that round; a meeting by who met when."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from statements.ingest.knowledge import Knowledge, Meeting
from statements.ingest.mentioned import Context, Mentioned
from statements.search.lexicon import KnownEvent, Token, starts, words_of
from statements.text.arabic import fold
from statements.text.calendars import ORDINALS
from statements.text.dates import EDTF
from statements.text.nations import nation
from statements.text.sentence import Sentence

INAUGURAL = {fold(word): 1 for word in ["الافتتاحي", "الافتتاحية", "inaugural"]}
NUMBERS = {**ORDINALS, **INAUGURAL}
#: What a round is called; between an ordinal and the dialogue it belongs to.
ROUND = {fold(word) for word in ["الجولة", "جولة", "الدورة", "الاجتماع", "اجتماع", "الجلسة", "جلسة", "round", "session", "meeting"]}  # fmt: skip
LINKING = {"من", "of", "the", "ل", "us", "u", "s", "uk"}
SINGULAR = {
    fold(plural): fold(one)
    for plural, one in [("اجتماعات", "اجتماع"), ("جلسات", "جلسة"), ("لقاءات", "لقاء"), ("sessions", ""), ("meetings", "")]
}  # fmt: skip
#: Meetings told by a noun, and the types of event that it may be.
MEETINGS = [
    (("bilateral_meeting",), re.compile(r"(?<!\w)[وبل]?(?:ال)?(?:اجتماع|لقا[ءي]|محادثات)(?:ه|هما|ها|هم)?(?!\w)|\b(?:meeting|talks)\b", re.IGNORECASE)),
    (("visit",), re.compile(r"(?<!\w)[وبل]?(?:ال)?زياره(?:ته)?(?!\w)|(?<!\w)زيارته(?!\w)|\bvisit\b", re.IGNORECASE)),
    (("call",), re.compile(r"(?<!\w)[وبل]?(?:ال)?(?:اتصال|مكالمه)(?!\w)|\b(?:phone\s+)?call\b", re.IGNORECASE)),
]  # fmt: skip
FOUNDED = re.compile(r"(?<!\w)[وف]?(?:انشات|انشا|تاسيس|تاسس|تشكيل|تشكل|انشاء|اسست)(?!\w)|\b(?:established|founded|formed|set up)\b", re.IGNORECASE)  # fmt: skip
GENERIC = {"الحوار": "dialogue", "dialogue": "dialogue"}
TALKS = re.compile(
    r"(?<!\w)[وبل]?(?:محادثات|حوار|مباحثات)\s+(?:هذا\s+(?:الاسبوع|الشهر)|اليوم)|\bthis\s+(?:week|month)[’'`]?s\s+(?:dialogue|talks)"
)


class Rounds:
    """Finds events in texts; what the archive knows of them is prepared once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        #: first word → (words of the name without the parties, the dialogues of that name), longest first
        cores: dict[tuple[str, ...], set[str]] = {}
        for form in knowledge.forms:
            if form.kind == "dialogue" and not form.misleading:
                core = core_of(list(words_of(form.text)))
                if len(core) >= 2:
                    cores.setdefault(tuple(bare_word(word) for word in core), set()).add(form.slug)
        self.cores: dict[str, list[tuple[tuple[str, ...], set[str]]]] = {}
        for words, dialogues in sorted(cores.items(), key=lambda pair: (-len(pair[0]), pair[0])):
            self.cores.setdefault(words[0], []).append((words, dialogues))
        #: Names that bodies have too: only with "session" or an ordinal do they mean a round.
        self.countries = {
            knowledge.nations["country", form.slug]: {
                " ".join(words_of(other.text)).removeprefix("ال")
                for other in knowledge.forms
                if other.kind == "country" and other.slug == form.slug and len(other.text) > 4
            }
            for form in knowledge.forms
            if form.kind == "country"
        }
        self.bodies = {
            " ".join(bare_word(word) for word in words_of(form.text))
            for form in knowledge.forms
            if form.kind == "organization"
        }

    def dialogues_in(self, words: list[Token]) -> set[str]:
        return {
            dialogue
            for dialogues, _, after, _ in self.windows(words)
            if len(only := self.of_parties(dialogues, words, after, None)) == 1
            for dialogue in only
        }

    def of_parties(
        self, dialogues: set[str], words: list[Token], after: int, context: Context | None
    ) -> set[str]:
        """Those of several dialogues of one name that are between the parties named behind it, or on the page."""
        if len(dialogues) == 1:
            return dialogues
        behind = [token.word for token in words[after : after + 9]]
        text = " ".join(behind)
        if behind[:1] in (["بين"], ["between"]):
            named = {
                code
                for code, names in self.countries.items()
                if any(name in text for name in names)
            }
        elif context is not None:
            named = {
                self.knowledge.nations[("country", slug)]
                for slug in context.named.get("country", set())
            }
        else:
            return set()
        return {
            dialogue
            for dialogue in dialogues
            if self.knowledge.parties.get(dialogue, {""}) <= named
        }

    def read(
        self, part: str, words: list[Token], found: list[Mentioned], context: Context, offset: int
    ) -> list[Mentioned]:
        results: list[Mentioned] = []
        for dialogues, first, after, shift in self.windows(words):
            only = self.of_parties(dialogues, words, after, context)
            if len(only) != 1:
                continue
            dialogue = next(iter(only))
            core = " ".join(bare_word(token.word) for token in words[first:after])
            number, first, after, shift = self.ordinal(words, first, after, shift)
            if (
                number is None
                and core in self.bodies
                and not (first and words[first - 1].word in ROUND)
            ):
                continue
            start, end = words[first].start + shift, words[after - 1].end
            results.append(self.round(part, start, end, dialogue, number, context, offset))
        results += self.dialogue_again(part, words, results, context, offset)
        for mention in results:
            context.note(mention)
        for mention in self.meetings(part, found, results, context, offset):
            context.note(mention)
            results.append(mention)
        return results

    # Rounds of a dialogue

    def windows(self, words: list[Token]) -> Iterator[tuple[set[str], int, int, int]]:
        """(dialogues of the name, first word, index behind the last, letters of particles) wherever a dialogue is named; word order may vary."""
        taken = 0
        for place, token in enumerate(words):
            if place < taken:
                continue
            for shift, bare, dialogues in self.beginning(token.word):
                left, after = list(bare[1:]), place + 1
                while after < len(words) and left and after - place < len(bare) + 2:
                    word = bare_word(words[after].word)
                    plain = next((rest for _, rest in starts(words[after].word) if bare_word(rest) in left), word)  # fmt: skip
                    if bare_word(plain) in left:
                        left.remove(bare_word(plain))
                    elif words[after].word not in NUMBERS:
                        break
                    after += 1
                if not left:
                    yield dialogues, place, after, shift
                    taken = after
                    break

    def beginning(self, word: str) -> Iterator[tuple[int, tuple[str, ...], set[str]]]:
        """Names of dialogues that may begin with a word, longest first."""
        met: set[tuple[str, ...]] = set()
        for cut, rest in starts(word):
            for bare, dialogues in self.cores.get(bare_word(rest), ()):
                if bare not in met:
                    met.add(bare)
                    yield cut, bare, dialogues

    def ordinal(
        self, words: list[Token], first: int, after: int, shift: int
    ) -> tuple[int | None, int, int, int]:
        """The number of the round inside, behind or before its dialogue, and the words that the whole takes."""
        number = next(
            (NUMBERS[token.word] for token in words[first:after] if token.word in NUMBERS), None
        )
        if after < len(words) and words[after].word in NUMBERS:
            return NUMBERS[words[after].word], first, after + 1, shift
        if number is not None:
            return number, first, after, shift
        begin = first
        while begin and first - begin < 5 and (words[begin - 1].word in LINKING or nation(words[begin - 1].word) or words[begin - 1].word in ("iraq",)):  # fmt: skip
            begin -= 1
        if (
            begin and words[begin - 1].word in NUMBERS
        ):  # «الجولة الثانية من», "second", "first … of the"
            named = begin - 1
            if named and words[named - 1].word.lstrip("وبل") in ROUND | {"جوله"}:
                inner = words[named - 1].word
                cut = next((cut for cut, rest in starts(inner) if rest in ROUND), 0)
                return NUMBERS[words[named].word], named - 1, after, cut
            return NUMBERS[words[named].word], named, after, 0
        if (
            begin
            and words[begin - 1].word in ROUND
            and begin > 1
            and words[begin - 2].word in NUMBERS
        ):
            return NUMBERS[words[begin - 2].word], begin - 2, after, 0
        return None, first, after, shift

    def round(
        self, part: str, start: int, end: int, dialogue: str, number: int | None, context: Context, offset: int
    ) -> Mentioned:  # fmt: skip
        mention = Mentioned(start, end, part[start:end], "event", "event", "one")
        event: KnownEvent | None = None
        if number is not None:
            event = self.knowledge.lexicon.rounds.get(dialogue, {}).get(number)
            mention.reason = Sentence(f"Round {number} of the dialogue.", f"الجولة {number} من الحوار.")  # fmt: skip
        else:
            near = sorted(
                (date for date in context.dates if date.edtf and abs(date.start - (end + offset)) < 160),
                key=lambda date: abs(date.start - (end + offset)),
            )  # fmt: skip
            event = next(
                (known for date in near if (known := self.overlapping(dialogue, date.edtf))), None
            )
            mention.reason = Sentence(
                "The round on the date printed beside it.", "الجولة التي في التاريخ المطبوع معه."
            )
            if event is None and context.day and context.day.first:
                event = self.just_before(dialogue, context.day.first)
                mention.reason = Sentence(
                    "The round nearest before the document's date.", "أقرب جولة قبل تاريخ الوثيقة."
                )
        if event is None:
            rounds = self.knowledge.lexicon.dialogues.get(dialogue, [])
            mention.outcome, mention.candidates = "none", [one.slug for one in rounds]
            mention.reason = Sentence(
                "The archive does not know this round yet.", "لا يعرف الأرشيف هذه الجولة بعد."
            )
            return mention
        mention.slug = event.slug
        return mention

    def overlapping(self, dialogue: str, date: EDTF | None) -> KnownEvent | None:
        hits = [
            event
            for event in self.knowledge.lexicon.dialogues.get(dialogue, [])
            if date and event.first and event.last and date.first and date.last
            and event.first <= date.last and date.first <= event.last
        ]  # fmt: skip
        return hits[0] if len(hits) == 1 else None

    def just_before(self, dialogue: str, day: datetime.date) -> KnownEvent | None:
        hits = [
            event
            for event in self.knowledge.lexicon.dialogues.get(dialogue, [])
            if event.first and datetime.timedelta(0) <= day - event.first <= datetime.timedelta(31)
        ]
        return hits[-1] if hits else None

    def dialogue_again(
        self, part: str, words: list[Token], named: list[Mentioned], context: Context, offset: int
    ) -> Iterator[Mentioned]:
        """«الحوار», "the inaugural dialogue", «محادثات هذا الأسبوع», where the page speaks of one dialogue only."""
        dialogues = context.named.get("dialogue", set())
        if len(dialogues) != 1:
            return
        dialogue = next(iter(dialogues))
        for place, token in enumerate(words):
            if token.word not in GENERIC:
                continue
            number, start, end = None, token.start, token.end
            before = words[place - 1] if place else None
            behind = words[place + 1] if place + 1 < len(words) else None
            if token.word.isascii():
                if before and before.word in NUMBERS:
                    number, start = NUMBERS[before.word], before.start
                elif (
                    not (before and before.word == "the")
                    or part[token.end :].lstrip()[:1].isupper()
                ):
                    continue
            elif behind and not part[token.end : behind.start].strip(" \xa0"):
                if behind.word in NUMBERS:
                    number, end = NUMBERS[behind.word], behind.end
                elif behind.word.startswith(("ال", "بين", "مع")):
                    if not (round_before := self.round_of(words, place)) or behind.word not in (
                        "الامني",
                    ):
                        continue
                    number, start, end = round_before[0], words[round_before[1]].start, behind.end
            if number is None and (round_before := self.round_of(words, place)):
                number, start = round_before[0], words[round_before[1]].start
            if not any(one.meets(start, end) for one in named):
                again = self.round(part, start, end, dialogue, number, context, offset)
                if again.outcome == "one":
                    yield again
        folded_part = fold(part)
        if len(folded_part) == len(part):
            for match in TALKS.finditer(folded_part):
                start = match.start() + (match[0][0] in "وبل" and not match[0].startswith("لقاء"))
                if not any(one.meets(start, match.end()) for one in named):
                    again = self.round(part, start, match.end(), dialogue, None, context, offset)
                    if again.outcome == "one":
                        yield again

    def round_of(self, words: list[Token], place: int) -> tuple[int, int] | None:
        """(number, first word) of «الجولة الأولى من» right before a word."""
        if place >= 3 and words[place - 1].word == "من" and words[place - 2].word in NUMBERS and words[place - 3].word in ROUND:  # fmt: skip
            return NUMBERS[words[place - 2].word], place - 3
        return None

    # Meetings of officials, foundings

    def meetings(
        self, part: str, found: list[Mentioned], named: list[Mentioned], context: Context, offset: int
    ) -> Iterator[Mentioned]:  # fmt: skip
        folded_part = fold(part)
        if len(folded_part) != len(part):  # marks were folded away: places would not agree
            return
        for low, high in sentences(part):
            people = {one.slug for one in found if one.type == "official" and one.slug and low <= one.start < high}  # fmt: skip
            bodies = {one.slug for one in found if one.type == "organization" and one.slug and low <= one.start < high}  # fmt: skip
            for types, pattern in MEETINGS:
                for match in pattern.finditer(folded_part, low, high):
                    fits = [
                        known
                        for known in self.knowledge.meetings
                        if known.type in types
                        and known.officials
                        and known.officials <= people
                        and len(known.officials) >= (1 if "visit" in types else 2)
                        and self.then(
                            known, match.start() + offset, low + offset, high + offset, context
                        )
                    ]
                    if not fits and re.match(r"\s+(?:اليوم|امس)(?!\w)", folded_part[match.end() :]):
                        fits = self.met_before(types, context)
                    if len(fits) == 1 and not any(one.meets(*match.span()) for one in named):
                        yield self.meant(part, match, fits[0])
            for match in FOUNDED.finditer(folded_part, low, high):
                fits = [
                    known
                    for known in self.knowledge.meetings
                    if known.type == "founding" and known.bodies & bodies
                    and self.on_a_date(known, low + offset, high + offset, context)
                ]  # fmt: skip
                if len(fits) == 1:
                    yield self.meant(part, match, fits[0])

    def met_before(self, types: tuple[str, ...], context: Context) -> list[Meeting]:
        """Meetings of the document's day that it told of before: «اجتماع اليوم»."""
        return [
            known
            for known in self.knowledge.meetings
            if known.type in types and known.slug in context.seen.get("event", ())
            and context.day and known.first == context.day.first
        ]  # fmt: skip

    def meant(self, part: str, match: re.Match[str], event: Meeting) -> Mentioned:
        start = match.start() + (match[0][0] in "وبل" and len(match[0]) > 5)
        return Mentioned(
            start, match.end(), part[start : match.end()], "event", "event", "one",
            Sentence(
                "The only event of the archive with these participants then.",
                "الحدث الوحيد في الأرشيف بهؤلاء المشاركين حينها.",
            ),
            event.slug,
        )  # fmt: skip

    def then(self, event: Meeting, at: int, low: int, high: int, context: Context) -> bool:
        """Whether the event falls on the nearest date of the sentence, or, where there is none, within days before the document."""
        dates = [
            date
            for date in context.dates
            if low <= date.start < high and date.edtf and date.edtf.first
        ]
        if dates:
            nearest = min(dates, key=lambda date: abs(date.start - at))
            return self.on_a_date(event, nearest.start, nearest.end, context)
        day = context.day.first if context.day else None
        return bool(
            day
            and event.first
            and datetime.timedelta(0) <= day - event.first <= datetime.timedelta(3)
        )

    def on_a_date(self, event: Meeting, low: int, high: int, context: Context) -> bool:
        return any(
            event.first and event.last and date.edtf.first and date.edtf.last
            and date.edtf.first <= event.last and event.first <= date.edtf.last
            for date in context.dates
            if low <= date.start < high and date.edtf
        )  # fmt: skip


def sentences(part: str) -> Iterator[tuple[int, int]]:
    low = 0
    for match in re.finditer(r"(?<=[^\W\d_]{4})[.!؟?](?=\s|$)|\n", part):
        yield low, match.end()
        low = match.end()
    if low < len(part):
        yield low, len(part)


def core_of(words: list[str]) -> list[str]:
    """The words of a dialogue's name that print keeps: without the parties before it and behind «بين»."""
    cut = next((at for at, word in enumerate(words) if word in ("بين", "between")), len(words))
    core = words[:cut]
    while core and (nation(core[0]) or core[0] in ("u", "s", "uk", "iraq", "k")):
        core = core[1:]
    core = [SINGULAR.get(word, word) for word in core if not word.isdigit()]
    return [word for word in core if word]


def bare_word(word: str) -> str:
    if word.startswith("لل") and len(word) > 5:
        return word[2:]
    return word.removeprefix("ال") if len(word) > 4 else word
