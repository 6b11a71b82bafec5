"""What stands around words that look like a date in running text, and whether they are one there.

Names made of dates and days are the trap: broadcasters («روسيا اليوم»), movements («قوى 14 آذار»),
counted things («2014 مقاتلًا»), numbers of telephones. Sources: the names themselves, as the Arab and
English press prints them.
"""

from __future__ import annotations

import functools

from statements.text.arabic import fold
from statements.text.parts import YEARS, Part
from statements.text.wording import LEXICON, Token, run_tokens


def folded_set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


#: Kinds of words that an expression may begin with.
OPENING = frozenset(
    "month hijri_month weekday season the_season ordinal first_day hour early about from period since starting other_day "
    "until day_word weekend ago ahead few more lasting sometime shortly coming quarter third half the_decade decade "
    "century anniversary the_unit the_units the_dual dual count the_count shift demonstrative year_word years_word "
    "month_word months_word days_word".split()
)
STARTERS = frozenset(
    word for word, entries in LEXICON.items() if any(entry.kind in OPENING for entry in entries)
) | folded_set("العقد القرن عقد فصل the in on q h يوم")
#: Kinds of words without one of which, or a number, nothing is a date.
TELLING = frozenset(
    "month hijri_month weekday season the_season unit dual the_unit the_units the_dual day_word weekend the_decade decade "
    "century year_word years_word anniversary shortly quarter third half".split()
)
TELLING_WORDS = frozenset(
    max(entry.words, key=len)
    for entries in LEXICON.values()
    for entry in entries
    if entry.kind in TELLING
)
#: How far behind its first word an expression has one: «في وقت سابق من هذا العام».
WITHIN = 5
#: Numbers with nothing between them of which a date may be the first; longer rows are tables.
IN_A_ROW = 4
#: Broadcasters, papers and agencies called “today” or “tomorrow”.
MEDIA = folded_set(
    "روسيا مصر المصري العراق بغداد سوريا السوري فلسطين لبنان الاردن اليمن ليبيا السودان المغرب الجزائر تونس الكويت "
    "البحرين عمان قطر الامارات السعودية إيران تركيا راي اخبار صحيفة جريدة قناة موقع وكالة تيار عدن العربي العرب "
    "كردستان كوردستان السومرية شبكة russia usa iraq israel"
)
QUOTES = frozenset('"«»()')
#: Nouns that name a thing by a day and a month: «قوى 14 آذار», «ثورة 25 يناير», «جسر 14 تموز».
NAMED_BY_DAY = folded_set(
    "قوى حركة ثورة جسر شارع ساحة ميدان مدينة فريق تحالف حزب نفق جامعة أحداث هجمات هجوم حرب انتفاضة كتيبة لواء قاعدة "
    "مستشفى محور كوبري معركة انقلاب حراك متظاهري متظاهرو احتجاجات اعتصام تظاهرات حي مدرسة ملعب استاد تيار جبهة "
    "صحيفة جريدة مفاعل سد سيارة الف"
)
NAMES_DAY = frozenset(
    "attack attacks movement bridge revolution war coalition alliance uprising coup street square brigade massacre "
    "protests offensive operation".split()
)
#: Words behind an English weekday that make a name of it, or before it.
AROUND_WEEKDAY = frozenset("prayer prayers sermon times mosque good black bloody".split())
#: What is counted by a number that could be a year.
COUNTED = folded_set(
    "جندي جنديا جنود مقاتل مقاتلا مقاتلين عنصر عنصرا عناصر شخص شخصا أشخاص قتيل قتيلا جريح جريحا ضحية نازح نازحا أسرة "
    "عائلة لاجئ لاجئا مدني مدنيا موظف موظفا متدرب متدربا ضابط ضابطا كيلومتر كيلومترا كم متر مترا ميل ميلا طن طنا "
    "دولار دولارا دينار دينارا مليون مليار ألف قدم قدما عائلات أسر طائرة صاروخ صاروخا مركبة دبابة غارة مرة "
    "soldiers soldier troops fighters people personnel members civilians families refugees trainees officers men women "
    "kilometers kilometres km meters metres miles tons tonnes dollars dinars usd feet aircraft missiles vehicles tanks "
    "strikes times sorties villages houses sites cases days pages others percent million billion thousand"
)
#: What a number stands behind that is no year and no day: pages, addresses, versions.
NUMBERED = folded_set(
    "ص صفحة صفحات رقم عدد مادة المادة الفقرة p pp page pages no number version ip article paragraph"
)
#: Lower-case English words that are months or weekdays only with a capital, or with a year.
COMMON = frozenset("may march mar sun sat mon wed".split())
#: Arabic nouns that a year alone tells: «اتفاق 2008», «انتخابات 2021».
OF_A_YEAR = folded_set(
    "حرب غزو اتفاق اتفاقية معاهدة انتخابات دستور انسحاب أزمة إعلان موازنة ميزانية مذكرة صيف شتاء"
)
YEAR_BEFORE = folded_set("في منذ خلال بحلول in since during by until before after from")


@functools.lru_cache(maxsize=100_000)
def tells(run: str) -> bool:
    """Whether letters without white space, as printed, have what nothing is a date without."""
    return any(
        token.text.isdigit() or token.text in TELLING_WORDS for token in run_tokens(fold(run))
    )


def beginnings(words: list[Token]) -> list[int]:
    """Where expressions may begin, in order."""
    found, telling, row = [], len(words) + WITHIN, 0
    for at in range(len(words) - 1, -1, -1):
        text = words[at].text
        number = text.isdigit()
        row = row + 1 if number else 0
        if number or text in TELLING_WORDS:
            telling = at
        if (
            row <= IN_A_ROW and begins_with_number(words, at) if number else text in STARTERS
        ) and telling - at <= WITHIN:
            found.append(at)
    return found[::-1]


def begins_with_number(words: list[Token], at: int) -> bool:
    text = words[at].text
    if not text.isascii() or len(text) not in (1, 2, 4, 8):
        return False
    if at and words[at - 1].end == words[at].start:
        before = words[at - 1].text
        place = before == "/" and at > 1 and words[at - 2].text.isalpha()
        if place and len(words[at - 2].text) > 3 and not words[at - 2].text.isascii():
            return True  # «الرباط/21 ماي 2024»
        if (
            before in ("/", "-", ".", ":", "+", "#", "$", "€", "£", "_", "=", "@", "%")
            or before.isdigit()
        ):
            return bool(
                before == "-"
                and at > 1
                and not words[at - 2].text.isdigit()
                and words[at - 2].text == ")"
            )
        return before in (
            "و",
            "ف",
            "ب",
            "ل",
            "ك",
            "(",
            "[",
            "،",
            ",",
            '"',
            "'",
            "«",
            "ال",
            ";",
            "؛",
        ) and not (before == "," and at > 1 and words[at - 2].text.isdigit())
    return True


def stands_free(words: list[Token], at: int, end: int, part: Part, printed: str) -> bool:
    """Whether the words around an expression leave it a date."""
    before = words[at - 1].text if at else ""
    after = words[end].text if end < len(words) else ""
    glued = end < len(words) and words[end].start == words[end - 1].end
    adjoining = glued and end + 1 < len(words) and words[end + 1].start == words[end].end
    further = words[end + 1].text if adjoining else ""
    first = words[at].text
    if glued and (
        after.isdigit()
        or after == "_"
        or after in ("/", "-", ".", ":", ",")
        and further.isdigit()
        and words[end - 1].text.isdigit()
        or after.isalpha()
        and words[end - 1].text.isdigit()
        and not (after == "t" and further.isdigit())
    ):
        return False
    if first.isdigit() and (before in NUMBERED or before == "." and words[at - 2].text in NUMBERED):
        return False
    if part.bare and (part.year not in YEARS or not bare_year(words, at, after)):
        return False
    if words[end - 1].text.isdigit() and part.value and after in COUNTED:
        return False
    if part.relative and first in ("اليوم", "الغد", "غد", "today", "tomorrow") and before in MEDIA:
        return False
    quoted = first == "اليوم" and after in QUOTES and at > 2 and words[at - 2].text in QUOTES
    if quoted and (words[at - 3].text == "ل" or words[at - 3].text in MEDIA):
        return False  # «قال لـ«صوت اليوم»»
    if not any(word.text.isdigit() and len(word.text) == 4 for word in words[at:end]):
        if before in NAMED_BY_DAY or before == "صلاه" or after in NAMES_DAY:
            return False
        if first.isascii() and (before in AROUND_WEEKDAY or after in AROUND_WEEKDAY):
            return False
        if any(word.text in COMMON for word in words[at:end]) and printed == printed.lower():
            return False
    return True


def bare_year(words: list[Token], at: int, after: str) -> bool:
    """«في 2014», "since 2014", but not "in 2014 villages"."""
    before = words[at - 1].text if at else ""
    if after in COUNTED:
        return False
    if before in ("a", "an", "the", "its", "their"):
        return after.isalpha() and after.isascii()  # "the 2008 agreement"
    return before in YEAR_BEFORE or before in OF_A_YEAR
