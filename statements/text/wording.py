"""The words of date expressions: a folded text cut into tokens, and what each token may mean.

One-letter particles are cut off where the rest is a word of dates («وبتموز» is و, ب, تموز): Wright,
"A Grammar of the Arabic Language" I §§ 356, 366. Nothing here knows how words combine; that is
``expressions``.
"""

from __future__ import annotations

import datetime
import functools
import re
from typing import NamedTuple

from statements.text.arabic import fold
from statements.text.calendars import (
    COUNTS,
    DECADES,
    HIJRI_MONTHS,
    HUNDREDS,
    MONTHS,
    ONES,
    ORDINALS,
    SEASON_NAMES,
    TEENS,
    TENS,
    THOUSANDS,
    WEEKDAYS,
)

RUN = re.compile(r"\S+")
PIECE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")


class Token(NamedTuple):
    """One word, number or sign of the folded text; ``start`` and ``end`` count its characters."""

    text: str
    start: int
    end: int


class Entry(NamedTuple):
    """A word or phrase, what kind of word it is, and its value."""

    words: tuple[str, ...]
    kind: str
    value: int | str


#: Kind → value → forms. ``last``, ``next`` and ``this`` are counted from the document; «السابق» and
#: «التالي», "previous" and "following", are counted from something else, so they are not here.
WORDS: dict[str, dict[int | str, str]] = {
    "shift": {
        -2: "قبل الماضي|قبل الماضية",
        -1: "الماضي|الماضية|الماضيين|الماضيتين|الفائت|الفائتة|المنصرم|المنصرمة|المنصرمين|الفارط|الفارطة|المنقضي|المنقضية|last|past",
        0: "الحالي|الحالية|الجاري|الجارية|this|current",
        1: "القادم|القادمة|القادمين|القادمتين|المقبل|المقبلة|المقبلين|المقبلتين|الآتي|الآتية|next",
    },
    "demonstrative": {0: "هذا|هذه"},
    "unit": {
        "day": "يوم|يوما|أيام|day|days",
        "week": "أسبوع|أسبوعا|أسابيع|week|weeks",
        "month": "شهر|شهرا|أشهر|شهور|month|months",
        "year": "سنة|سنوات|سنين|عام|عاما|أعوام|year|years",
        "decade": "عقد|عقدا|عقود|decade|decades",
    },
    "dual": {
        "day": "يومين|يومان",
        "week": "أسبوعين|أسبوعان",
        "month": "شهرين|شهران",
        "year": "عامين|عامان|سنتين|سنتان",
        "decade": "عقدين|عقدان",
    },
    "the_unit": {
        "day": "اليوم",
        "week": "الأسبوع",
        "month": "الشهر",
        "year": "العام|السنة",
        "decade": "العقد",
        "century": "القرن",
    },
    "the_units": {
        "day": "الأيام",
        "week": "الأسابيع",
        "month": "الأشهر|الشهور",
        "year": "السنوات|السنين|الأعوام",
        "decade": "العقود",
    },
    "the_dual": {
        "day": "اليومين",
        "week": "الأسبوعين",
        "month": "الشهرين",
        "year": "العامين|السنتين",
        "decade": "العقدين",
    },
    "year_word": {1: "عام|العام|للعام|لعام|بعام|سنة|السنة|لسنة|the year|year"},
    "years_word": {2: "عامي|سنتي|العامين|أعوام|الأعوام|سنوات|السنوات|the years|years"},
    "month_word": {1: "شهر|الشهر|لشهر|the month of"},
    "months_word": {2: "شهري|أشهر"},
    "days_word": {2: "يومي|أيام|الأيام|يوم"},
    "era": {
        "gregorian": "م|ميلادي|ميلادية|للميلاد|ad|ce",
        "hijri": "ه|هجري|هجرية|للهجرة|ah",
    },
    "of_era": {"gregorian": "الميلادي|الميلادية", "hijri": "الهجري|الهجرية"},
    "of": {1: "من|of|in|،|,"},
    "first_day": {1: "غرة|الفاتح|فاتح"},
    "hour": {
        1: "قبل ظهر|بعد ظهر|قبل الظهر|بعد الظهر|صباح|مساء|فجر|ظهر|عصر|ليلة|ليل|عشية|morning|afternoon|evening|night",
    },
    "early": {
        "start": "مطلع|أوائل|بداية|بدايات|مستهل|early|the beginning of|beginning of|the start of|start of",
        "middle": "أواسط|منتصف|وسط|mid|the middle of|middle of",
        "end": "أواخر|موفى|نهاية|نهايات|آخر|ختام|late|the end of|end of",
    },
    "about": {1: "نحو|حوالي|حوالى|قرابة|زهاء|about|around|circa|c .|ca .|ca|approximately|roughly"},
    "from": {1: "من|from", 2: "بين|ما بين|مابين|between"},
    "period": {1: "الفترة|المدة|the period|period"},
    "to": {1: "إلى|حتى|لغاية|إلى غاية|وحتى|ولغاية|وإلى|to|through|thru|until|till|and until|-"},
    "and": {1: "و|and|&"},
    "since": {1: "منذ|since|after|بعد|ما بعد"},
    "starting": {1: "اعتبارا من|ابتداء من|بدءا من|بدءا ب|starting|beginning|effective"},
    "until": {
        1: "حتى|لغاية|إلى غاية|لا يتجاوز|لا تتجاوز|لا يتعدى|لا تتعدى|أقصاه|أقصاها|قبل|ما قبل|until|till|through|thru|before|up to|no later than|not later than"
    },
    "onwards": {1: "onwards|onward|فصاعدا"},
    "day_word": {
        -2: "أول أمس|أول من أمس|الأول من أمس|أمس الأول|قبل أمس|the day before yesterday|day before yesterday",
        -1: "أمس|البارحة|ليلة أمس|الليلة الماضية|yesterday|last night",
        0: "اليوم|الليلة|today|tonight|this morning|this afternoon|this evening",
        1: "غدا|غد|الغد|tomorrow",
        2: "بعد غد|بعد الغد|the day after tomorrow|day after tomorrow",
    },
    "weekend": {
        -1: "last weekend|the past weekend",
        0: "over the weekend|at the weekend|during the weekend|on the weekend|this weekend",
        1: "next weekend|the coming weekend",
    },
    #: counted from the day told last, else from the document's
    "other_day": {
        -1: "the previous day|a day earlier|the day before|one day earlier|اليوم السابق|قبل ذلك بيوم",
        1: "the following day|the next day|a day later|اليوم التالي|بعد ذلك بيوم",
    },
    "ago": {-1: "قبل|منذ"},
    "ahead": {1: "بعد"},
    "few": {1: "a few|several|some"},
    "more": {1: "أكثر من|more than|over"},
    "lasting": {1: "لمدة|طوال|for"},
    "sometime": {
        1: "في وقت سابق من|في وقت سابق|وقت سابق من|في وقت لاحق من|في وقت لاحق|وقت لاحق من|earlier|later"
    },
    "shortly": {
        1: "بعد فترة وجيزة|بعد مدة وجيزة|بعد وقت وجيز|بعد وقت قصير|بعد فترة قصيرة|shortly after|shortly thereafter"
    },
    "coming": {1: "coming|next few"},
    "quarter": {1: "الربع|ربع|الثلاثي|الفصل|quarter"},
    "third": {1: "الثلث|third"},
    "half": {1: "النصف|السداسي|half"},
    "century": {1: "القرن|century"},
    "closing": {-1: "الأخير|الأخيرة|last|final"},
    "anniversary": {1: "الذكرى السنوية|الذكرى|بالذكرى السنوية|بالذكرى|للذكرى|anniversary"},
    "agreeing": {1: "الموافق|الموافق ل|المصادف|المصادف ل|الموافق ليوم|corresponding to"},
    "doubtful": {1: "(uncertain)|(غير مؤكد)"},
    "unknown_start": {1: "(beginning unknown)|(بدايته مجهولة)"},
    "unknown_end": {1: "(end unknown)|(نهايته مجهولة)"},
    "th": {1: "st|nd|rd|th"},
}
TABLES: dict[str, dict[str, int]] = {
    "month": MONTHS,
    "hijri_month": HIJRI_MONTHS,
    "weekday": WEEKDAYS,
    "season": SEASON_NAMES,
    "the_season": {f"ال{name}": code for name, code in SEASON_NAMES.items() if name > "z"},
    "ordinal": ORDINALS,
    "count": COUNTS,
    "the_count": {f"ال{name}": number for name, number in COUNTS.items() if name > "z"},
    "decade": DECADES,
    "the_decade": {f"ال{name}": number for name, number in DECADES.items() if name > "z"},
    "thousand": THOUSANDS,
    "hundred": HUNDREDS,
    "ten": TENS,
    "teen": TEENS,
    "one": ONES,
}


def phrase(form: str) -> tuple[str, ...]:
    return tuple(PIECE.findall(fold(form)))


def lexicon() -> dict[str, tuple[Entry, ...]]:
    """First word → what begins with it, longest first."""
    found: dict[str, set[Entry]] = {}
    for kind, values in WORDS.items():
        for value, forms in values.items():
            for form in forms.split("|"):
                words = phrase(form)
                found.setdefault(words[0], set()).add(Entry(words, kind, value))
    for kind, table in TABLES.items():
        for form, number in table.items():
            words = phrase(form)
            found.setdefault(words[0], set()).add(Entry(words, kind, number))
            if "-" in words:  # «twenty second», «dhu al hijjah»
                open_form = tuple(word for word in words if word != "-")
                found[words[0]].add(Entry(open_form, kind, number))
    return {
        word: tuple(sorted(entries, key=lambda entry: (-len(entry.words), entry.kind)))
        for word, entries in found.items()
    }


LEXICON = lexicon()
KNOWN = {word for entries in LEXICON.values() for entry in entries for word in entry.words}
#: Words that a preposition of one letter may be written onto.
TAKES_PREPOSITION = {
    entry.words[0]
    for entries in LEXICON.values()
    for entry in entries
    if entry.kind in ("month", "hijri_month", "season", "the_season", "quarter", "half", "the_unit", "the_units", "early")
    and len(entry.words[0]) > 2
}  # fmt: skip


def cut(word: str) -> int:
    """How many letters of a word are a particle written onto it: 0 or 1."""
    if word in KNOWN or len(word) < 3:
        return 0
    if word[0] in "وف" and (word[1:] in KNOWN or takes_preposition(word[1:])):
        return 1
    return int(takes_preposition(word))


def takes_preposition(word: str) -> bool:
    """«بتموز», «للربع»: a preposition of one letter and a word of dates."""
    return word[0] in "بلك" and (
        word[1:] in TAKES_PREPOSITION or with_article(word) in TAKES_PREPOSITION
    )


def with_article(word: str) -> str:
    """«للربع» is ل and «الربع»: the article loses its alif behind ل."""
    return f"ال{word[2:]}" if word.startswith("لل") else ""


CUTS = frozenset("وفبلك")


def tokens(folded: str) -> list[Token]:
    """The tokens of a folded text, in order, particles cut off."""
    found: list[Token] = []
    for run in RUN.finditer(folded):
        begin = run.start()
        found += [
            Token(text, begin + start, begin + end)
            for text, start, end in (known_tokens if len(run[0]) <= 40 else run_tokens)(run[0])
        ]
    return found


def run_tokens(run: str) -> tuple[Token, ...]:
    """The tokens of folded letters without white space."""
    found: list[Token] = []
    for match in PIECE.finditer(run):
        word, start = match[0], match.start()
        while word[0] in CUTS and cut(word):
            found.append(Token(word[0], start, start + 1))
            word, start = with_article(word) or word[1:], start + 1
        else:
            found.append(Token(word, start, match.end()))
    return tuple(found)


known_tokens = functools.lru_cache(maxsize=50_000)(run_tokens)


#: Kind of word → value and end.
Meanings = dict[str, tuple[int | str, int]]


class Words:
    """The words of a text, asked by place and kind. Places outside the text hold the empty word.

    ``on`` is the day that relative dates count from; ``whole`` says that somebody typed the words as a
    date, so that looser forms are dates too.
    """

    def __init__(self, words: list[Token], on: datetime.date | None, whole: bool = False) -> None:
        self.words = words
        self.on = on
        self.whole = whole
        self.texts = [word.text for word in words]
        self.meanings: dict[int, Meanings] = {}

    def text(self, at: int) -> str:
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def word(self, at: int, kind: str) -> tuple[int | str, int] | None:
        """The longest phrase of a kind that begins here: its value, and where it ends."""
        found = self.meanings.get(at)
        if found is None:
            found = self.meanings[at] = self.meaning(at)
        return found.get(kind)

    def meaning(self, at: int) -> Meanings:
        """What may begin here: for each kind of word the longest phrase."""
        found: Meanings = {}
        for entry in LEXICON.get(self.text(at), ()):
            end = at + len(entry.words)
            if entry.kind not in found and tuple(self.texts[at:end]) == entry.words:
                found[entry.kind] = entry.value, end
        return found

    def number(self, at: int, kind: str) -> tuple[int, int] | None:
        found = self.word(at, kind)
        return (int(found[0]), found[1]) if found else None

    def skip(self, at: int, *kinds: str) -> int:
        """Behind the first phrase of one of the kinds, or here."""
        for kind in kinds:
            found = self.word(at, kind)
            if found:
                return found[1]
        return at

    def skip_text(self, at: int, *texts: str) -> int:
        return at + 1 if self.text(at) in texts else at

    def figures(self, at: int, low: int = 1, high: int = 9) -> int | None:
        """The number written here in figures, when it has so many."""
        text = self.text(at)
        return int(text) if text.isdigit() and text.isascii() and low <= len(text) <= high else None

    def glued(self, at: int) -> bool:
        """Nothing stands between this token and the one before."""
        return 0 < at < len(self.words) and self.words[at - 1].end == self.words[at].start
