"""Persons whom no record knows: a name behind an office, rank or courtesy, or told by a given name.

They are proposed with a canonical name and with the officials whose surname sounds the same, and never linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from statements.ingest.knowledge import Knowledge
from statements.ingest.mentioned import Mentioned, covered
from statements.search.lexicon import Token, starts
from statements.text.arabic import fold
from statements.text.calendars import MONTHS, WEEKDAYS
from statements.text.names import comparison_key, romanize
from statements.text.nations import NATIONS, nation
from statements.text.sentence import Sentence


def folded(words: str) -> set[str]:
    return {fold(word) for word in words.split()}


RANKS = folded(
    "الفريق الأول أول الركن ركن اللواء لواء العميد عميد العقيد عقيد المقدم الرائد النقيب المشير الجنرال الأدميرال الفريقان "
    "فريق طيار مهندس حقوقي general gen lt lieutenant maj major adm admiral col colonel brig brigadier capt captain vice rear staff"
)
#: Words that complete a rank and are none by themselves.
AFTER_RANK = folded("الأول أول الركن ركن طيار مهندس حقوقي staff")
TITLES = folded(
    "السيد السيدة السير اللورد الدكتور الدكتورة معالي سعادة دولة فخامة سمو الشيخ الأستاذ الأمير mr mrs ms dr sir lord dame prof professor the his her excellency "
    "honorable hon ministers secretaries presidents leaders secretary minister president prime ambassador chairman senator spokesman spokeswoman spokesperson king prince sheikh defense foreign "
    "interior chief director commander adviser advisor"
)
COURTESY = folded("السيد السيدة السير اللورد الدكتور الدكتورة الشيخ الأستاذ mr mrs ms dr sir")
#: Words that head an office in Arabic; behind their qualifiers a name may stand.
OFFICES = folded(
    "وزير وزيرة رئيس رئيسة قائد سفير سفيرة السفير السفيرة مستشار مستشارة مدير مديرة نائب المتحدث المتحدثة الناطق الناطقة "
    "متحدث ناطق أمين وكيل مبعوث المبعوث ممثل ممثلة مساعد مساعدة محافظ القنصل الوزير الرئيس المستشار المدير القائد"
)
#: What else belongs to an office: «سفيرة جمهورية العراق لدى المملكة».
OF_AN_OFFICE = folded("باسم لشؤون لدى جمهورية مملكة دولة سلطنة إقليم")
#: Given names of the Arab world, Kurdish and Turkish ones among them; no dictionary of all, but of the commonest.
GIVEN = folded(
    "محمد أحمد محمود سامح حامد حمد حمدان علي حسن حسين عباس جعفر كاظم موسى عيسى إبراهيم إسماعيل إسحاق يعقوب يوسف داود سليمان "
    "يحيى زكريا عمر عثمان أبو خالد وليد طارق زياد سعد سعيد سعود سالم سلمان سليم صالح صلاح صباح عادل عامر عمار عمرو "
    "ناصر نصر نزار نبيل نوري هاشم هشام هادي همام مهدي منير مروان مصطفى مازن ماجد مالك كريم كمال قاسم قيس فؤاد فهد فيصل فاضل "
    "فارس غسان غازي عدنان عدي عبد عبدالله عبدالرحمن عبدالعزيز طه طلال ضياء شوقي شاكر رياض رياد رعد رشيد رامي ربيع راشد خليل "
    "خليفة حيدر حمزة حازم حاتم جمال جمعة جواد جاسم جبار ثامر ثابت تميم تامر بشار بسام بدر باسم برهم أيمن أيمان أيوب أنور أنس أمين "
    "أمجد أكرم أشرف أسامة أسعد أياد إياد إحسان أيهم هوشيار نيجيرفان مسرور مسعود شورش قباد ريبر بافل جلال نجاح منى نورا ليلى "
    "فاطمة مريم زينب عائشة سارة هدى سهى ندى رانيا دينا سلمى أمل آمال نجلاء هند سميرة لطيفة نادية ناديا رجب بلال عصام علاء لؤي "
    "صفية رقية آمنة خديجة سمية عبير غادة هالة هيفاء وفاء ريم لمى نهى سناء ابتسام إيمان حنان نوال سوسن بشرى ميسون شيماء زهراء هبة دلال "
    "بختيار دلشاد كاوه سيروان ريبوار آزاد هيوا بيستون فياض عوض مشعل تركي نايف متعب بندر مشاري عبدالأمير عبدالكريم عبدالوهاب عبدالقادر "
    "معتز مؤيد نعيم وسام وائل ياسر ياسين يونس زهير سامي سامر سمير شريف طاهر ظافر عاصم عزيز عماد غالب فراس فلاح مثنى مقداد منصور "
    "mohammed muhammad ahmed ali hassan hussein khaled khalid omar yousef ibrahim abdul abdullah mustafa mahmoud"
)  # fmt: skip
#: Words that stand behind an office or before a name and are no part of one.
NOT_NAMES = folded(
    "في من إلى على عن مع أن إن أنه أنها الذي التي الذين اللذين حول خلال بين ضمن عبر نحو ضد لدى عند منذ حتى اليوم أمس غدا قال قالت أكد أكدت "
    "هذا هذه ذلك تلك لم لن لا قد لقد كان كانت بعد قبل أثناء عقب بشأن بشكل بحضور برئاسة بمشاركة بدعوة بهدف بصفته ونظيره نظيره نظيرته وفد لقاء "
    "اجتماع زيارة بيان كلمة أعلن أعلنت أضاف أشار شدد بحث ناقش زار التقى استقبل وصل غادر دعا رحب وقع وجه تسلم أجرى أوضح ذكر كشف جدد حذر "
    "أعرب عبر قدم ترأس شارك حضر السابق الحالي الجديد السابقة الحالية الجديدة بالوكالة أيضا كل جميع عدد عدة كافة هو هي هم أو أم ثم لكن بل إذا "
    "حيث كما فيما عندما بينما دون غير سوى مثل أي ما ماذا لماذا كيف متى أين هنا هناك مرحبا دعم تعزيز تعاون مشترك مشتركة عام عامة أجل صباح مساء ظهر يوم "
    "شهر سنة جديد جديدة رسمي رسمية عسكري عسكرية أمني أمنية قوات جيش دولة دول حكومة ملف ملفات سبل آخر أخرى مستقبل مسار دور "
    "a an the and or of in on at to for from with by as is was were has had but not after before when while yesterday today tomorrow "
    "monday tuesday wednesday thursday friday saturday sunday during since both then also however meanwhile his her their its this that"
)  # fmt: skip
#: Capitalised English words that no name has.
GENERIC = folded(
    "joint security cooperation dialogue statement commission committee ministry department agency council force forces army navy air command operation "
    "operations defense defence foreign affairs interior strategic framework agreement partnership national international coalition global higher military "
    "united states kingdom republic government embassy house office university press news center centre middle east north south west european union "
    "northern southern eastern western session round memorandum understanding task combined peshmerga kurdistan region regional"
)  # fmt: skip
#: Between a name and that of the father or the house.
SON = {"بن", "ابن", "بنت", "ال"}
#: What offices are for, in English.
FIELDS = GENERIC | folded(
    "state policy political water resources oil electricity trade transport health education finance planning justice labor labour culture youth "
    "agriculture industry migration displaced environment communications construction housing human rights intelligence arms control legal economic "
    "energy climate near gulf levant africa asia europe america affairs programs partnerships plans special conflict stability"
)
SAID = folded("said says told added noted stressed wrote met signed thanked welcomed")


def given(word: str) -> bool:
    return word in GIVEN


def strangers(
    part: str, words: list[Token], found: list[Mentioned], knowledge: Knowledge
) -> list[Mentioned]:
    """Names of persons without a record in a part."""
    results: list[Mentioned] = []
    taken = covered(part, found)
    for first, after, start in candidates(part, words, found):
        end = words[after - 1].end
        if any(taken[start:end]):
            continue
        printed_from = first
        while printed_from and words[printed_from - 1].word in RANKS and gap(part, words, printed_from - 1).strip(" .\xa0") == "":  # fmt: skip
            printed_from -= 1
        begin = words[printed_from].start if printed_from < first else start
        apostrophe = re.match(r"['’ʼ][a-z]+\b", part[end:]) if part[start].isascii() else None
        if apostrophe and apostrophe[0][1:] != "s":
            end += apostrophe.end()  # "al-Shara'a"
        name = part[start:end]
        mention = Mentioned(begin, end, part[begin:end], "official", "official")
        taken[begin:end] = b"\x01" * (end - begin)
        results.append(proposed(mention, name, alike(name, knowledge)))
    return results


def proposed(mention: Mentioned, name: str, near: list[str]) -> Mentioned:
    """A person not in the archive, with a name to file him under and those who may be the same."""
    mention.outcome, mention.slug, mention.candidates = "none", None, near
    mention.reason = Sentence("No record has this name.", "لا سجل بهذا الاسم.")
    mention.name = canonical(name if len(name) <= 80 else mention.as_printed)
    return mention


def canonical(name: str) -> str:
    """A name in Latin letters for a record: «جمعة عناد» is "Juma Inad"."""
    if name.isascii() or not re.search(r"[\u0600-\u06ff]", name):
        return " ".join(name.split())
    latin = " ".join(word[:1].upper() + word[1:] for word in romanize(name).split())
    latin = re.sub(r"\bAl-(\w)", lambda match: f"al-{match[1].upper()}", latin)
    return re.sub(r"\bAbdul al-", "Abdul ", latin)


def alike(name: str, knowledge: Knowledge) -> list[str]:
    """Officials whose surname sounds the same in either script: perhaps the same person, for a person to decide."""
    keys = comparison_key(name).split()
    if not keys:
        return []
    if len(keys[-1]) < 3:
        return []
    words = fold(name).split()
    return sorted(
        slug
        for slug, (initials, parts) in knowledge.sounds.get(keys[-1], {}).items()
        if keys[0][:1] in initials or words[0] in parts
    )[:5]


def candidates(
    part: str, words: list[Token], found: list[Mentioned]
) -> Iterator[tuple[int, int, int]]:
    """(first word, index behind the last, start in the part) of what may be a name."""
    posts = {one.end for one in found if one.type == "post"}
    place = 0
    while place < len(words):
        after = place
        if words[place].word in RANKS - AFTER_RANK | COURTESY:
            while after < len(words) and words[after].word in RANKS | TITLES:
                after += 1
        elif words[place].end in posts:
            after = place + 1
            while after < len(words) and words[after].word in RANKS | COURTESY:
                after += 1
        elif not part[words[place].start].isascii() and any(word in OFFICES for _, word in starts(words[place].word)):  # fmt: skip
            after = behind_office(part, words, place)
        elif part[words[place].start].isascii() and words[place].word in TITLES - {
            "the",
            "his",
            "her",
        }:
            after = behind_english_office(part, words, place)
        if after > place and after < len(words) and joined(part, words, place, after):
            name = name_at(part, words, after, sure=words[place].word in RANKS | COURTESY)
            if name:
                yield (after, name, words[after].start)
                place = name
                continue
        name = told_by_itself(part, words, place)
        if name:
            start = words[place].start + own_start(words[place].word)
            yield (place, name, start)
            place = name
            continue
        place += 1


def joined(part: str, words: list[Token], first: int, after: int) -> bool:
    return not re.search(r"[!؟?;؛:(]|(?<=\w{3})\.", part[words[first].end : words[after].start])


def behind_office(part: str, words: list[Token], place: int) -> int:
    """Where a name may begin behind an office and what qualifies it: «وزير الشؤون الخارجية ‹ناصر›»."""
    after = place + 1
    while after < len(words) and after < place + 7:
        word = words[after].word
        if gap(part, words, after - 1).strip(" \xa0"):
            return place
        qualifies = word.startswith(("ال", "لل")) or word in RANKS | COURTESY | OF_AN_OFFICE
        if not qualifies and not nation(word):
            break
        after += 1
    return (
        after if after < len(words) and (after > place + 1 or given(words[after].word)) else place
    )


def behind_english_office(part: str, words: list[Token], place: int) -> int:
    """Where a name may begin behind an office and its field: "Secretary of Defense for the Middle East ‹Daniel›"."""
    after = place + 1
    if after < len(words) and words[after].word in ("of", "for"):
        while after < len(words) and words[after].word in ("of", "for", "the", "and") + tuple(
            FIELDS
        ):
            if gap(part, words, after - 1).strip(" \xa0-–"):
                return place + 1
            after += 1
        return after if words[after - 1].word in FIELDS else place + 1
    return after


def own_start(word: str) -> int:
    """Letters of particles before a given name."""
    return next((cut for cut, rest in starts(word) if rest in GIVEN), 0)


def told_by_itself(part: str, words: list[Token], place: int) -> int | None:
    """A given name with another name behind it, in Arabic; in English two names and "said", or an office behind a comma."""
    token = words[place]
    if not part[token.start].isascii():
        if not any(rest in GIVEN for _, rest in starts(token.word)):
            return None
        after = name_at(part, words, place, sure=True)
        if after is None:
            return None
        last = words[after - 1].word
        family = last.startswith("ال") and last.endswith("ي")
        office = after < len(words) and gap(part, words, after - 1).strip(" \xa0") in ("", "،") and words[after].word in OFFICES  # fmt: skip
        return after if family or given(last) or office else None
    if not capital(part, token) or token.word in NOT_NAMES | TITLES | GENERIC | RANKS:
        return None
    after = name_at(part, words, place, sure=False)
    if after is None:
        return None
    behind = part[words[after - 1].end : words[after - 1].end + 40]
    titled = re.match(r"\s*,\s*(?:the\s+|an?\s+)?(?:[A-Z][\w.’'-]*\s+){0,3}(?:Minister|Secretary|President|Ambassador|Commander|Director|Chief|Adviser|Spokes\w+|Chairman|Head)\b", behind)  # fmt: skip
    said = after < len(words) and words[after].word in SAID
    return after if titled or said else None


def capital(part: str, token: Token) -> bool:
    printed = part[token.start : token.end]
    return printed[:1].isupper() and (len(printed) == 1 or not printed.isupper())


def gap(part: str, words: list[Token], place: int) -> str:
    return part[words[place].end : words[place + 1].start]


def name_at(part: str, words: list[Token], place: int, sure: bool) -> int | None:
    """The index behind a name of two to four words that begins here; None when there is none."""
    token = words[place]
    latin = part[token.start].isascii()
    after, most = place, place + 4
    while after < len(words) and after < most:
        if after > place and not re.fullmatch(
            r"[ \xa0]+|-|\. ?|\.? [\"“]|[\"”] ", gap(part, words, after - 1)
        ):
            break
        word = words[after].word
        if latin:
            particle = word in ("al", "el", "bin", "ibn", "de", "van", "von") and after > place
            if not particle and not capital(part, words[after]) or word in NOT_NAMES | TITLES | GENERIC | RANKS or word in MONTHS or word in WEEKDAYS or word in NATIONS:  # fmt: skip
                break
        elif after > place and word in SON:
            most += 2
        elif not arabic_name_word(part, words, place, after, sure):
            break
        after += 1
    while after > place and words[after - 1].word in SON:
        after -= 1
    initials = all(len(words[at].word) == 1 for at in range(place, after))
    return after if after - place >= 2 and not initials else None


def arabic_name_word(part: str, words: list[Token], place: int, at: int, sure: bool) -> bool:
    """Whether a word may be part of a name that begins at ``place``."""
    word, printed = words[at].word, part[words[at].start : words[at].end]
    if len(word) < 2 or printed.isascii() or printed.isdigit() or printed.endswith("على"):
        return False
    if at == place:
        if any(rest in GIVEN for _, rest in starts(word)):
            return True
        future = () if sure else ("سي", "ست")
        if (
            word in NOT_NAMES | OFFICES | RANKS
            or word.startswith(("ال", "لل", "بال", "وال", *future))
            or nation(word)
        ):
            return False
        if (
            printed.endswith("ة")
            or re.search(r"(?:هم|هما|ها|نا)$", word)
            or re.match(r"ت\w{4}", word)
        ):
            return False
        return sure or not word.startswith(("ي", "و", "ب", "ل")) and len(word) > 2
    if word in NOT_NAMES | OFFICES | RANKS | TITLES or word.startswith(
        ("لل", "بال", "وال", "فال", "كال")
    ):
        return False
    if word.startswith("و") and not given(word):
        return False
    if nation(word) and not word.startswith("ال"):
        return False
    before = words[at - 1].word
    if at == place + 1:
        return not (
            word.startswith("ال") and word[2:] in {office.removeprefix("ال") for office in OFFICES}
        )
    if before in SON or before in ("عبد", "ابو", "يار", "خير"):
        return True
    family = before.startswith("ال") and before.endswith("ي")
    return not family and (
        given(word) or (word.startswith("ال") and word.endswith("ي") and not nation(word))
    )
