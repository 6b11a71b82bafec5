"""Bodies that no record has, by the nouns that head their names or close them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statements.ingest.arabic_titles import is_office
from statements.ingest.forms import Hit
from statements.ingest.mentioned import Mentioned
from statements.ingest.titles import (
    ENGLISH_OFFICE,
    INSTITUTIONS,
    NOT_NAMES,
    SAID,
    folded,
)
from statements.ingest.unknown import CAP, WORD, of_country, phrase, proposals
from statements.search.lexicon import Token, starts
from statements.text.arabic import fold
from statements.text.calendars import ORDINALS as CALENDAR_ORDINALS
from statements.text.nations import COUNTRY_NAMES, nation
from statements.text.sentence import Sentence

NO_BODY = Sentence("No record has this name.", "لا سجل بهذا الاسم.")
#: Nouns that head a body's name.
BODIES = folded(
    "وزارة هيئة هيأة جهاز مجلس لجنة قيادة قوات قوة جيش مديرية إدارة وكالة مؤسسة منظمة حزب اتحاد حلف حرس شرطة درك خفر أمانة مركز بعثة مكتب ديوان أسطول بحرية فرقة لواء فيلق "
    "غرفة برلمان منطقة أكاديمية كلية معهد جامعة رابطة"
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
_BODY = r"(?:Council|Committee|Commission|Staff|Forces?|Guards?|Navy|Army|Command|Ministry|Agency|Authority|Administration|Services?|Directorate|Office|Fleet|Union|Organi[sz]ation|Mission|Corps|Police|Department|Board|Bureau|Parliament|Assembly|Construct|Party|Gendarmerie|Constabulary|Secretariat|Intelligence|Group|Task\s+Force|Battalion|Brigade|Division|Regiment|Squadron|Academy|University|College|Institute|Cent(?:re|er))"
BODY = re.compile(
    rf"\b((?:{WORD}(?:[-–]|(?:\s+and)?\s+)){{1,7}}{_BODY})\b(?:\s+(\d{{1,3}})\b|\s+((?:of|for)\s+(?:the\s+)?{CAP}(?:\s+(?:(?:and|of|for)\s+)?{CAP}){{0,5}})|(\s+{CAP}))?"
)
LED = re.compile(
    rf"\b((?:{CAP}\s+){{0,3}}(?:Directorate|Ministry|Office|Department|Council|Organi[sz]ation|Agency|Committee|Commission|Authority|Bureau|Institute|Academy|College|Cent(?:re|er)|House)\s+(?:of|for)\s+(?:the\s+)?{CAP}(?:\s+(?:(?:and|of|for)\s+)?{CAP}){{1,6}})"
)


#: Organizations and missions of many states that are called by their letters (UN Terminology Database, and their own usage).
LETTERS = re.compile(
    r"\b(?:NATO|UNIFIL|UNAMI|UNDOF|UNTSO|UNMISS|UNSMIL|UNITAMS|MINURSO|UNHCR|UNICEF|UNESCO|UNDP|UNODC|OPCW|IAEA|OSCE|OPEC|INTERPOL|EUROPOL|IGAD|ECOWAS|ASEAN|AFRICOM|EUCOM|NAVCENT|ARCENT|AFCENT|SOCCENT)\b"
)
#: What makes the letters say whose another thing is: "NATO mission", "UNIFIL's commander".
ATTRIBUTIVE = re.compile(
    r"[-–/]\w|[’']s?\s|\s(?:missions?|forces?|troops|allies|members?|member states|summits?|spokes\w+|officials?|command\w*|headquarters|ministerial|peacekeepers?)\b"
)
CHAMBER = re.compile(r"\bHouse\s+of\s+(?:Commons|Lords|Representatives)\b")


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
        if rest and is_name_of_a_body(bare, [token.word for token in rest]):
            yield words[place].start + cut, words[after - 1].end
        place = max(after, place + 1)


def is_name_of_a_body(noun: str, rest: list[str]) -> bool:
    """Whether a class noun and what it heads are one body's name: it has its country, its own words, its number, or a body above it."""
    if is_office(rest[0]) or (noun == "منطقه" and rest[0] != "العسكريه"):
        return False
    told = any(of_country(word) for word in rest)
    if rest[0] in ("الوزراء", "النواب", "الشيوخ") and not told:
        return False
    own = [word for word in rest if word not in COMMON and not of_country(word)]
    if told and (own or len(rest) >= 2):
        return True
    if noun in SPECIAL and (len(own) >= 2 or (own and len(rest) >= 3)):
        return True
    if len(rest) >= 2 and (
        (noun == "وزاره" and own)
        or noun == "منطقه"
        or any(word.startswith("لل") and word[2:] in BODIES for word in rest)
    ):
        return True
    return noun in NUMBERED and rest[0] in ORDINALS


def of_class_nouns(words: list[Token], hit: Hit) -> bool:
    """Whether an Arabic name of a body is made of class nouns alone, as many countries have one: «هيئة الأركان المشتركة»."""
    return not words[hit.first].word.isascii() and hit.kind == "organization" and all(
        any(rest in COMMON or rest.removeprefix("ال") in BODIES | INSTITUTIONS for _, rest in starts(token.word))
        for token in words[hit.first : hit.after]
    )  # fmt: skip


def english_bodies(part: str) -> Iterator[tuple[int, int]]:
    for match in (*LETTERS.finditer(part), *CHAMBER.finditer(part)):
        if not ATTRIBUTIVE.match(part, match.end()):
            yield match.span()
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
