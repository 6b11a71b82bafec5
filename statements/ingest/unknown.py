"""Offices and bodies that no record is: «وزير الخارجية الأردني» of nobody named, "the Hellenic National Defence General Staff".

Both are told by their grammar alone: the head noun of an office or body, what it is for, and a country or a proper
adjective. They are proposed for an editor to make records of, and never linked; a head noun alone proposes
nothing. Sources: Wright, "A Grammar of the Arabic Language" II §§ 75–78 (the construct); The Chicago Manual of
Style (17th ed.) §§ 8.19–8.33, 8.62–8.68 (offices and bodies as names).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from statements.ingest.arabic_names import is_office, near
from statements.ingest.forms import Hit
from statements.ingest.mentioned import Mentioned, covered
from statements.ingest.titles import (
    ENGLISH_OFFICE,
    INSTITUTIONS,
    NOT_NAMES,
    OFFICES,
    SAID,
    VERBS,
    folded,
)
from statements.search.lexicon import Token, starts
from statements.text.arabic import fold
from statements.text.calendars import ORDINALS as CALENDAR_ORDINALS
from statements.text.calendars import WEEKDAYS
from statements.text.given import is_given
from statements.text.nations import COUNTRY_NAMES, COUNTRY_WORDS, nation
from statements.text.sentence import Sentence

NO_POST = Sentence("No record has this office.", "لا سجل بهذا المنصب.")
NO_BODY = Sentence("No record has this name.", "لا سجل بهذا الاسم.")

#: Nouns that head a body's name.
BODIES = folded(
    "وزارة هيئة هيأة جهاز مجلس لجنة قيادة قوات قوة جيش مديرية إدارة وكالة مؤسسة منظمة حزب اتحاد حلف حرس شرطة درك خفر أمانة مركز بعثة مكتب ديوان أسطول بحرية فرقة لواء فيلق "
    "غرفة برلمان أكاديمية كلية معهد جامعة رابطة"
)
#: Bodies named by what they are for, without a country; others need one.
SPECIAL = folded(
    "لجنة مجلس هيئة هيأة جهاز مديرية وكالة بعثة حزب إدارة مكتب منظمة رابطة أكاديمية كلية معهد جامعة مؤسسة"
)
#: Formations, which an ordinal makes a name of: «الأسطول الخامس», «الفرقة التاسعة».
NUMBERED = folded("أسطول جيش فرقة لواء فيلق")
ORDINALS = frozenset(fold(word) for word in CALENDAR_ORDINALS if word.startswith("ال"))
#: What such nouns head that is no name: «اجتماع اللجنة», «الجهاز الأمني», «قوات الاحتلال».
COMMON = folded(
    "المشتركة المشترك الأمنية الأمني العسكرية العسكري الوطنية الوطني العليا الأعلى المسلحة الدولية الدولي الفنية المعنية الخاصة العامة العام الحدودية الإقليمية الحكومية "
    "المختصة المختلفة الأجنبية الأخرى المذكورة نفسها الجديدة الحالية المركزية المركزي التنفيذية"
)
#: Heads whose office says enough with what they are for; other heads need a country.
TELLING = folded(
    "قائد مدير والي محافظ ملحق سفير مفتش أمين مفوض قنصل المدير القائد الملحق السفير المفتش مستشار رئيس آمر"
)
#: What an office is of when it is none: the head of a delegation, the chair of a meeting.
PASSING = folded(
    "الوفد الجانب الاجتماع اللجنة الجلسة الدورة المؤتمر القسم البعثة الفريق وفد جانب اجتماع جلسة دورة فريق"
)
#: Parts of a year, which no office or body is named after.
TIMES = folded("النصف الربع السنة الشهر الأسبوع المرة الفترة")
LONGEST = 9


def unknown_posts(part: str, words: list[Token], found: list[Mentioned]) -> list[Mentioned]:
    """Offices with a country or body, of nobody named beside them and without a record."""
    spans = [*arabic_offices(part, words), *english_offices(part)]
    return proposals(part, spans, found, "post", NO_POST, ("post", "official"))


def unknown_bodies(part: str, words: list[Token], found: list[Mentioned]) -> list[Mentioned]:
    """Names of bodies without a record."""
    spans = [*arabic_bodies(part, words), *english_bodies(part)]
    return proposals(
        part,
        spans,
        found,
        "organization",
        NO_BODY,
        ("organization", "official", "dialogue", "event"),
    )


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


# Arabic


def arabic_offices(part: str, words: list[Token]) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(words):
        head = next(
            ((cut, rest) for cut, rest in starts(words[place].word) if rest in OFFICES), None
        )
        if head is None or part[words[place].start].isascii():
            place += 1
            continue
        cut, noun = head
        after = phrase(part, words, place)
        rest = words[place + 1 : after]
        told = any(of_country(token.word) for token in rest)
        special = noun in TELLING and len(rest) >= 2
        passing = (
            not rest
            or is_described(noun, rest[0].word)
            or rest[0].word in PASSING
            or noun.startswith("نظير")
            or noun in ("عضو", "كبير", "امير", "رييسي", "ممثل", "الوزير")
        )
        if not passing and (told or special):
            yield words[place].start + cut, words[after - 1].end
        place = max(after, place + 1)


def is_described(noun: str, word: str) -> bool:
    """Whether an indefinite noun has a country's adjective and is no title: «مساعدة أميركية», «مستشار بريطاني»."""
    return not noun.startswith("ال") and bool(nation(word)) and not word.startswith("ال")


def arabic_bodies(part: str, words: list[Token]) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(words):
        head = next(
            (
                (cut, rest)
                for cut, rest in starts(words[place].word)
                if rest.removeprefix("ال") in BODIES
            ),
            None,
        )
        if head is None or part[words[place].start].isascii():
            place += 1
            continue
        cut, noun = head
        bare = noun.removeprefix("ال")
        after = phrase(part, words, place)
        rest = words[place + 1 : after]
        told = any(of_country(token.word) for token in rest)
        own = [token for token in rest if token.word not in COMMON and not of_country(token.word)]
        special = bare in SPECIAL and (len(own) >= 2 or (own and len(rest) >= 3))
        special = special or (bare == "وزاره" and len(rest) >= 2 and bool(own))
        governed = any(token.word.startswith("لل") and token.word[2:] in BODIES for token in rest)
        special = special or (governed and len(rest) >= 2)  # «القيادة العامة للقوات …»
        ordinal = bare in NUMBERED and bool(rest) and rest[0].word in ORDINALS
        cabinet = rest and rest[0].word in ("الوزراء", "النواب", "الشيوخ")
        if (
            rest
            and not (cabinet and not told)
            and ((told and (own or len(rest) >= 2)) or special or ordinal)
            and not is_office(rest[0].word)
        ):
            yield words[place].start + cut, words[after - 1].end
        place = max(after, place + 1)


def of_class_nouns(words: list[Token], hit: Hit) -> bool:
    """Whether an Arabic name of a body is made of class nouns alone, as many countries have one: «هيئة الأركان المشتركة»."""
    return not words[hit.first].word.isascii() and hit.kind == "organization" and all(
        any(rest in COMMON or rest.removeprefix("ال") in BODIES | INSTITUTIONS for _, rest in starts(token.word))
        for token in words[hit.first : hit.after]
    )  # fmt: skip


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


# English

#: A capitalised word, and one that may be hyphened; bounded, so that no run of them is read twice over.
_WORD = r"[A-Z][\w’'.]{0,29}"
_CAP = rf"{_WORD}(?:-\w{{1,29}}){{0,3}}"
_BODY = r"(?:Council|Committee|Commission|Staff|Forces?|Guards?|Navy|Army|Command|Ministry|Agency|Authority|Administration|Services?|Directorate|Office|Fleet|Union|Organi[sz]ation|Mission|Corps|Police|Department|Board|Bureau|Parliament|Assembly|Construct|Party|Gendarmerie|Constabulary|Secretariat|Intelligence|Group|Task\s+Force|Battalion|Brigade|Division|Regiment|Squadron|Academy|University|College|Institute|Cent(?:re|er))"
BODY = re.compile(
    rf"\b((?:{_WORD}(?:[-–]|(?:\s+and)?\s+)){{1,7}}{_BODY})\b(?:\s+(\d{{1,3}})\b|\s+((?:of|for)\s+(?:the\s+)?{_CAP}(?:\s+(?:(?:and|of|for)\s+)?{_CAP}){{0,5}})|(\s+{_CAP}))?"
)
LED = re.compile(
    rf"\b((?:{_CAP}\s+){{0,3}}(?:Directorate|Ministry|Office|Department|Council|Organi[sz]ation|Agency|Committee|Commission|Authority|Bureau|Institute|Academy|College|Cent(?:re|er)|House)\s+(?:of|for)\s+(?:the\s+)?{_CAP}(?:\s+(?:(?:and|of|for)\s+)?{_CAP}){{1,6}})"
)
OFFICE = re.compile(
    r"\b(?:(?:Ambassador|ambassador|Commander|commander|Chief|chief|Head|head|Director|director|Minister|minister|Secretary|secretary|Attach[eé]|attach[eé]|Inspector|inspector|President|president|Governor|governor|Commissioner|commissioner|Adviser|adviser|Advisor|advisor|Chairman|chairman|Envoy|envoy)"
    r"(?:[- ](?:General|general))?)\b"
)
_FIELD = rf"(?:{_CAP}|U\.S\.|military|naval|air|army|defence|defense|general|land|staff|intelligence|security|foreign)"
TAIL = re.compile(
    rf"(?:\s+(?:of|for|to|in|at|on)\s+(?:the\s+)?{_FIELD}(?:\s+(?:and\s+)?{_FIELD}){{0,6}})+"
)
BEFORE = re.compile(r"((?:[\w’'.-]+\s+){1,6})$")


def english_bodies(part: str) -> Iterator[tuple[int, int]]:
    for match in BODY.finditer(part):
        if match[4] and not match[4].strip()[0].isdigit() and not match[2]:
            end = match.end(1)
            follows = match[4].strip()
            if (follows.lower(),) in COUNTRY_NAMES:
                end = match.end(4)
            elif re.match(
                r"Council|Committee|Meeting|Session|Dialogue|Agreement|Minister|Secretary|Chief|Commander",
                follows,
            ):
                continue
        else:
            end = match.end()
        start = trimmed(part, match.start(1), end)
        if start is not None:
            yield start, end
    for match in LED.finditer(part):
        start = trimmed(part, match.start(1), match.end(1))
        if start is not None:
            yield start, match.end(1)


def trimmed(part: str, start: int, end: int) -> int | None:
    """Where a body's name begins, without the word that opens a sentence or an office before it; None when nothing is left."""
    words = [(m.start() + start, m[0]) for m in re.finditer(r"[^\s-]+", part[start:end])]
    while words and (
        words[0][1].lower() in NOT_NAMES
        or words[0][1].lower() in ENGLISH_OFFICE
        or words[0][1] in ("The", "Joint")
        and len(words) > 3
        and words[0][1] == "The"
        or words[0][1].lower() in SAID
        or words[0][1].lower().strip(".")
        in ("gen", "general", "lt", "maj", "admiral", "adm", "mr", "dr", "vice", "rear", "and")
        and len(words) > 3
    ):
        words.pop(0)
    own = [word for _, word in words if word not in ("of", "for", "the", "and")]
    if len(own) < 2:
        return None
    # a country and a class noun, or a name of three words
    proper = any(
        nation(word.lower().strip(".")) or (word.lower(),) in COUNTRY_NAMES or word.isupper()
        for word in own[:-1]
    )
    return words[0][0] if proper or len(own) >= 3 or not common(own) else None


def common(own: list[str]) -> bool:
    """Whether a name of two words is a class of bodies: "Foreign Ministry", "Armed Forces", "Security Council"."""
    return own[0] in (
        "Army", "Foreign", "Armed", "Security", "Defence", "Defense", "Interior", "Special", "National", "Joint", "Air", "General", "Naval", "Military", "Land", "Police", "Coast",
        "Executive", "Prime", "Press", "Central", "Higher", "Federal", "Ground", "Counter", "Intelligence", "Public", "Border", "Task", "Civil", "Technical",
    )  # fmt: skip


def english_offices(part: str) -> Iterator[tuple[int, int]]:
    for match in OFFICE.finditer(part):
        tail = TAIL.match(part, match.end())
        end = match.end() + (len(tail[0].rstrip()) if tail else 0)
        begin, told = opening(part, match.start())
        field = bool(tail and re.search(r"[A-Z]", tail[0]))
        if part[:end].endswith(("'s", "’s")):
            continue
        if re.match(r"[’']s\b|-", part[end:]) or part[max(0, begin - 10) : begin].rstrip().endswith(
            ("deputy", "Deputy")
        ):
            continue
        if told or (
            field
            and match[0].lower().split()[0]
            in (
                "ambassador",
                "commander",
                "chief",
                "head",
                "attache",
                "attaché",
                "inspector",
                "secretary",
                "director",
                "governor",
                "commissioner",
                "minister",
            )
        ):
            yield begin, end


def opening(part: str, start: int) -> tuple[int, bool]:
    """Where an office begins with the country and the fields before its head, and whether a country is among them."""
    before = BEFORE.search(part[max(0, start - 80) : start])
    if not before:
        return start, False
    words = [(m.start() + start - len(before[1]), m[0]) for m in re.finditer(r"\S+", before[1])]
    begin = start
    for place, word in reversed(words):
        plain = word.lower().strip(".").removesuffix("’s").removesuffix("'s")
        if (
            nation(plain)
            or (plain,) in COUNTRY_NAMES
            or (word.isupper() and len(word) in (2, 3, 4) and plain not in ("he", "hrh"))
        ):
            return place, True
        if word[-1] in ",;:.)" or plain in NOT_NAMES or plain in SAID:
            break
        if not (word[0].isupper() or plain in LOWER_FIELDS):
            break
        begin = place
    return begin, False


LOWER_FIELDS = frozenset(
    "foreign defence defense interior prime army military intelligence naval navy air police deputy assistant finance security justice national general chief "
    "energy oil trade state war spy counterterrorism federal vice first acting".split()
)
