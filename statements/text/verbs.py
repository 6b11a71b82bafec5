"""The verbs by which statements of governments promise, and how strongly: discussed, intends, affirmed, understanding,
decided, committed, from the weakest to the strongest.

Facts: usage of joint statements, communiqués and readouts in English and Arabic. Words are folded; a
verb is known in all its persons, and phrases by the words that make them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from statements.text.arabic import fold

STRENGTHS = ("discussed", "intends", "affirmed", "understanding", "decided", "committed")


class Governor(NamedTuple):
    """The verb that governs a promise: ``strength``, its words ``first`` up to ``after``, and how its subject is told.

    ``subject`` is ``named`` (a party says it), ``implied`` (the form of the verb says that the parties
    named before it do), ``before`` (a participle: «العراق ملتزم»), ``thing`` ("talks are to go on") or ``none``
    (passive: «تقرر», "was agreed").
    """

    strength: str
    first: int
    after: int
    subject: str = "named"
    #: whether it only tells of what somebody will do: "announced that … will"
    reported: bool = False
    #: place of the noun that says how strongly, where the verb alone does not: «أعرب عن أمله»
    noun: int | None = None


# Arabic

#: strength → perfect stem / stem of the imperfect, where it differs.
_ARABIC = {
    "discussed": "ناقش بحث تباحث استعرض/ستعرض تناول تدارس تشاور استكشف/ستكشف تداول",
    "intends": "اعتزم/عتزم عزم نوي تطلع امل/امل سعي خطط طمح",
    "affirmed": "اكد/وكد جدد شدد كرر ايد/ويد دعم تمسك/تمسك اقر/قر",
    "decided": "قرر اتفق/تفق حسم وافق/وافق",
    "committed": "التزم/لتزم تعهد وعد/عد كفل",
}
_PERFECT = ("", "ت", "ا", "تا", "وا", "نا")
_IMPERFECT = ("", "ان", "ون", "ا", "وا")
_IMPLIED = ("ا", "تا", "وا", "ان", "ون")


def _forms() -> dict[str, tuple[str, str]]:
    """Each form of the Arabic verbs → its strength and how its subject is told."""
    found: dict[str, tuple[str, str]] = {}
    for strength, verbs in _ARABIC.items():
        for verb in verbs.split():
            perfect, _, imperfect = verb.partition("/")
            imperfect = imperfect or perfect
            weak = perfect.endswith("ي")
            for ending in _PERFECT:
                form = (perfect[:-1] if weak and ending in ("ت", "تا", "وا") else perfect) + ending
                found.setdefault(form, (strength, "implied" if ending in _IMPLIED else "named"))
            for person in "يتن":
                for ending in _IMPERFECT:
                    form = person + (imperfect[:-1] if weak and ending in ("ون", "وا") else imperfect) + ending  # fmt: skip
                    implied = ending in _IMPLIED or person == "ن"
                    found.setdefault(form, (strength, "implied" if implied else "named"))
    found |= {"تقرر": ("decided", "none")}
    for form in "يعد تعد نعد يعدا تعدا نقر تقر نقرا دعما عزما املا وعدا".split():  # other words
        found.pop(form, None)
    for ending in ("", "ه", "ون", "ين", "ان", "تان", "تين"):
        found |= {"ملتزم" + ending: ("committed", "before"), "عازم" + ending: ("intends", "before")}
    return found


FORMS = _forms()
#: Forms that are nouns too: verbs only at the head of a clause, with a party behind them.
AMBIGUOUS = frozenset("امل عزم دعم بحث بحثت وعد تشاور تعهد تامل تداول تناول خطط جدد".split())  # fmt: skip
#: Before a verb: it did not happen, may happen, or hangs on another verb.
_NOT = frozenset(map(fold, "لم لن لا ما أن ألا لكي كي حتى قد_ دون عدم التي الذي الذين اللذين اللتين لو إذا ربما حين عندما بعدما".split()))  # fmt: skip
#: Of these the ones that «و» and «ف» join to what was said: «ولم يتفق».
_NOT |= {fold(f"{joining}{word}") for joining in "وف" for word in "لم لن لا ما ألا لو إذا ربما حين عندما بعدما".split()}  # fmt: skip
_PLANNED = frozenset(map(fold, "المقرر المزمع المنتظر المرتقب المتوقع المخطط".split()))
_DONE = frozenset(("جري", "جرت", "تم", "تمت", "يجري", "شهد"))
_NOUNS = {
    "discussed": frozenset(map(fold, "بحث مناقشة استعراض تناول التباحث البحث التداول التشاور تدارس".split())),
    "affirmed": frozenset(map(fold, "التأكيد تأكيد التشديد تجديد الإعراب".split())),
    "decided": frozenset(map(fold, "الاتفاق".split())),
}  # fmt: skip
_UNDERSTANDING = frozenset(map(fold, "تفاهم تفاهمات التفاهم".split()))
_REACH = re.compile(r"(?:ي|ت)?(?:توصل|بلغ)(?:ت|ا|تا|وا|ان|ون)?")
_AGAIN = re.compile(r"اعاد(?:ت|ا|تا|وا)?|[يت]عيد(?:ان|ون)?")
_VOICED = re.compile(r"(?:اعرب|عبر|ابد(?:ي|ت|يا)|يعرب|تعرب|يعبر|تعبر)(?:ت|ا|تا|وا|ان|ون)?")
#: What is voiced → strength.
_FEELING = {
    **{fold(word): "affirmed" for word in "دعم التزام تأييد تمسك حرص".split()},
    **{fold(word): "intends" for word in "عزم نية رغبة أمل تطلع استعداد".split()},
}
_ANNOUNCED = re.compile(r"اعلن(?:ت|ا|تا|وا)?|[يت]علن(?:ان|ون)?|افاد(?:ت|ا|تا|وا)?")
#: The future of a verb: «ستواصل», and no noun like «سياسة», «سنوات».
FUTURE = re.compile(r"س(?!يا|يطر|نو|ته|تين|ني|تراتيج)[يتنا]\w{3,}")
_SAID = re.compile(r"(?:قال|ذكر|اضاف|اوضح|بين)(?:ت|ا|تا|وا)?")
_WENT_ON = re.compile(r"(?:وسع|واصل|تبادل)(?:ت|ا|تا|وا)?")
_TALKS = ("حوار", "مباحث", "محادث", "مشاور", "وجهات", "اراء", "راي")
_BEGUN = frozenset(map(fold, "انطلاق بدء إطلاق تشكيل إنشاء تأسيس البدء".split()))
#: An affirmation of these, by one side, or in these words, commits.
PLEDGES = frozenset(map(fold, "تعهد تعهدها تعهده تعهدهما تعهدهم تعهدات وعد وعدها وعده".split()))
ABSOLUTE = frozenset(map(fold, "المطلق الكامل الراسخ الثابت القاطع التام الأكيد مطلقا كاملا راسخا ثابتا قاطعا تاما".split()))  # fmt: skip
COMMITMENT = frozenset(map(fold, "التزام التزامه التزامها التزامهما التزامهم التزاما الالتزام".split()))  # fmt: skip


def bare(word: str) -> str:
    """A folded word without the «و» or «ف» that joins it to what stands before."""
    return word[1:] if word[:1] in ("و", "ف") and len(word) > 3 else word


def is_joined(word: str) -> bool:
    """Whether the «و» or «ف» before an Arabic verb is not a letter of it."""
    if word == "ومن":
        return True
    return word[:1] in ("و", "ف") and len(word) > 3 and (word not in FORMS or word[1:] in FORMS)


def arabic(words: list[str], heads: set[int]) -> Iterator[Governor]:
    """The governing verbs of a sentence in folded Arabic words; ``heads`` are the places where a clause may begin."""
    for at, printed in enumerate(words):
        if not _may_govern(printed):
            continue
        before = words[at - 1] if at else ""
        if before in _NOT and printed not in _PLANNED:
            continue
        joined = bare(printed)
        for word in dict.fromkeys((printed, joined)):
            found = _phrase(words, at, word) or _verb(words, at, word, heads)
            if found:
                yield _strengthened(words, found)
                break


@functools.lru_cache(maxsize=50_000)
def _may_govern(printed: str) -> bool:
    """Whether a word could be one that governs, whatever stands around it."""
    return any(
        word in FORMS
        or word in _PLANNED
        or word in _DONE
        or (word.startswith("س") and len(word) > 4)
        or any(
            one.fullmatch(word) for one in (_REACH, _AGAIN, _VOICED, _ANNOUNCED, _SAID, _WENT_ON)
        )
        for word in {printed, bare(printed)}
    )


def _verb(words: list[str], at: int, word: str, heads: set[int]) -> Governor | None:
    strength, subject = FORMS.get(word, ("", ""))
    if word.startswith(("اتفق", "يتفق", "تتفق")) and fold("أهمية") in words[at + 1 : at + 5]:
        strength = "affirmed"
    if not strength and at in heads and FUTURE.fullmatch(word):
        return Governor("decided", at, at + 1, "implied" if word.startswith("سن") else "named")
    if not strength:
        future = word[1:] if word.startswith("س") else ""
        strength, subject = FORMS.get(future, ("", "")) if len(future) > 3 else ("", "")
    if not strength or (word in AMBIGUOUS and at and (word == words[at] or at not in heads)):
        return None
    return Governor(strength, at, at + 1, subject)


def _phrase(words: list[str], at: int, word: str) -> Governor | None:
    near = words[at + 1 : at + 7]
    if word in _PLANNED and at and words[at - 1] in ("من", "ومن"):
        return Governor("intends", at - 1, at + 1, "none")
    if word in _DONE:
        for shift, noun in enumerate(near[:4]):
            for strength, nouns in _NOUNS.items():
                if noun in nouns:
                    return Governor(strength, at, at + shift + 2, "none")
            if noun == fold("التوصل") and _UNDERSTANDING & set(near[shift:]):
                return Governor("understanding", at, at + shift + 2, "none")
    if _REACH.fullmatch(word):
        place = next((n for n, noun in enumerate(words[at + 1 : at + 12]) if noun in _UNDERSTANDING), None)  # fmt: skip
        if place is not None:
            subject = "implied" if word.endswith(_IMPLIED) else "named"
            return Governor("understanding", at, at + 1, subject, noun=at + 1 + place)
    if _AGAIN.fullmatch(word) and {fold("تأكيد"), fold("التأكيد")} & set(near[:4]):
        return Governor("affirmed", at, at + 1, "implied" if word.endswith(_IMPLIED) else "named")
    if _VOICED.fullmatch(word) and "عن" in near:
        begin = at + 1 + near.index("عن")
        for place, said in enumerate(words[begin : at + 7], begin):
            for feeling, strength in _FEELING.items():
                if said.removeprefix("ال").startswith(feeling):
                    subject = "implied" if word.endswith(_IMPLIED) else "named"
                    return Governor(strength, at, at + 1, subject, noun=place)
    if _ANNOUNCED.fullmatch(word):
        behind = [*near, *words[at + 7 : at + 16]]
        if any(FUTURE.fullmatch(bare(said)) for said in behind) or _BEGUN & set(map(bare, behind)):
            return Governor("decided", at, at + 1, "named", True)
    if _SAID.fullmatch(word) and any(FUTURE.fullmatch(bare(said)) for said in words[at + 1 : at + 12]):  # fmt: skip
        return Governor("intends", at, at + 1, "named", True)
    if _WENT_ON.fullmatch(word) and any(said.removeprefix("ال").startswith(_TALKS) for said in near[:4]):  # fmt: skip
        return Governor("discussed", at, at + 1, "implied" if word.endswith(_IMPLIED) else "named")
    return None


def _strengthened(words: list[str], found: Governor) -> Governor:
    """An affirmed pledge, or an affirmed commitment that is called absolute, commits."""
    if found.strength == "affirmed":
        near = [bare(word) for word in words[found.after : found.after + 7]]
        for place, word in enumerate(near):
            if word in PLEDGES or (word in COMMITMENT and ABSOLUTE & set(near[place : place + 4])):
                return found._replace(strength="committed", noun=found.after + place)
    return found


# English

_ENGLISH = {
    "discussed": "discuss discusses discussed discussing examined explored explore addressed reviewed review consulted",
    "intends": "intend intends intended",
    "affirmed": "affirm affirms affirmed affirming reaffirm reaffirms reaffirmed reaffirming reiterate reiterates reiterated reiterating stress stresses stressed stressing emphasize emphasizes emphasized emphasizing emphasise emphasised emphasising underscore underscores underscored underscoring underline underlines underlined underlining restate restates restated renewed confirmed supports supported endorsed upheld",
    "decided": "decide decides decided resolved",
    "committed": "pledge pledges pledged pledging vow vowed vows promised undertook",
}
_WORDS = {word: strength for strength, words in _ENGLISH.items() for word in words.split()}
#: (verb, the words that must stand behind it in this order, strength); "*" is any one word.
_TABLE = [
    ("discussed", "exchanged|exchange", "views|ideas|assessments"),
    ("discussed", "looked|look", "into"),
    ("discussed", "took|take", "up"),
    ("discussed", "widened|continued|held", "(?:their |the |a )?(?:dialogue|discussions|consultations|talks) on"),
    ("intends", "plan|plans|planned|aim|aims|aimed|hope|hopes|hoped|expect|expects|expected|mean|means|meant|seek|seeks|sought|wish|wishes|wished", "(?:further )?to"),
    ("intends", "look|looks|looked|looking", "(?:forward|ahead) to"),
    ("intends", "sought|seek|seeks", "an|a|further"),
    ("affirmed", "repeat|repeats|repeated", r"(?:that|its|their|his|her|\w+ support|\w+ commitment)"),
    ("affirmed", "support|recognize|recognise", "the|a|iraq"),
    ("affirmed", "held|hold|holds", "to"),
    ("affirmed", "agree|agrees|agreed", "on the importance"),
    ("understanding", "reach|reaches|reached|came to|arrived at", r"(?:an |a |the )?(?:\w+ )?understandings?"),
    ("understanding", "agreed|agree", "in principle"),
    ("decided", "agree|agrees|agreed", "to|on|that|upon"),
    ("decided", "settled", "on|that|the"),
    ("committed", "commit|commits|committed", "(?:itself |themselves |himself )?to"),
    ("committed", "promise|promises|undertake|undertakes|guarantee|guarantees|guaranteed", "to|that"),
    ]  # fmt: skip
_PHRASES = [
    (re.compile(rf"(?:{verb}) (?:{behind})"), strength) for strength, verb, behind in _TABLE
]
_VOICE = re.compile(r"(?:voiced?|voices|express(?:es|ed|ing)?|spoke in) (?:\w+ ){0,3}?(support|commitment|determination|intention|intent|desire|hope|readiness|wish)")  # fmt: skip
_VOICED_AS = {"support": "affirmed", "commitment": "affirmed"}
_PASSIVE = re.compile(r"(?:it )?(?:was|were|is|has been|have been) (agreed|decided|settled|discussed|planned|foreseen|scheduled|reaffirmed|affirmed|stressed)")  # fmt: skip
_PASSIVE_AS = {"agreed": "decided", "decided": "decided", "settled": "decided", "discussed": "discussed", "planned": "intends", "foreseen": "intends", "scheduled": "intends"}  # fmt: skip
_REACHED = re.compile(r"understandings? (?:was|were|has been|have been) reached")
_IS_TO = re.compile(r"(?:is|are|was|were) (?:due |set |scheduled |expected )?to (?!the\b|a\b|an\b|this\b|that\b|it\b|his\b|their\b)\w+")  # fmt: skip
_REPORTS = re.compile(r"(?:announced?|announces|declared?|said|says|added|stated)")
_WILL = frozenset(("will", "would", "shall"))
_UNREAL = frozenset("not never no to would could may might should can cannot that which who what whom as if whether unless without than".split())  # fmt: skip
#: What stands before a noun or a participle: «a renewed memorandum», "their wish to".
_NOUN_BEFORE = frozenset("a an the its their his her our this these any no shared".split())
_FIRM = frozenset("absolute absolutely full firm unwavering ironclad steadfast unconditional strong".split())  # fmt: skip


#: Every word that a governing verb in English may begin with.
_FIRST = frozenset(_WORDS) | {
    *(form.split()[0] for _, verbs, _ in _TABLE for form in verbs.split("|")),
    *"it was were is are has have been understanding understandings will shall".split(),
    *"voice voices voiced express expresses expressed expressing spoke".split(),
    *"announce announces announced declare declared say said says added stated".split(),
}


def english(words: list[str]) -> Iterator[Governor]:
    """The governing verbs of a sentence in folded English words."""
    after = 0
    future = False
    for at, word in enumerate(words):
        if at < after or word not in _FIRST:
            continue
        found = _english(words, at, word, future)
        if found:
            after = found.after
            future = True
            yield found


def _english(words: list[str], at: int, word: str, governed: bool) -> Governor | None:
    before = words[at - 1] if at else ""
    here = " ".join(words[at : at + 7])
    if match := _REACHED.match(here):
        return Governor("understanding", at, at + len(match[0].split()), "none")
    if match := _PASSIVE.match(here):
        strength = _PASSIVE_AS.get(match[1], "affirmed")
        by_whom = "none" if before in ("", "it", "and", "that") or word == "it" else "thing"
        return Governor(strength, at, at + len(match[0].split()), by_whom)
    if match := _IS_TO.match(here):
        if not governed and before not in ("who", "which", "that", "what", "aim"):
            return Governor("intends", at, at + len(match[0].split()) - 1, "thing")
        return None
    if before in _UNREAL or before in _NOUN_BEFORE or words[max(0, at - 2) : at] == ["did", "not"]:
        return None
    for pattern, strength in _PHRASES:
        if match := pattern.match(here):
            if match.end() < len(here) and here[match.end()] not in " ":
                continue
            return _made_firm(words, Governor(strength, at, at + len(match[0].split())))
    if match := _VOICE.match(here):
        noun = at + len(match[0].split()) - 1
        strength = _VOICED_AS.get(match[1], "intends")
        return _made_firm(words, Governor(strength, at, at + 1, noun=noun))
    if word in _WORDS:
        if word == "confirmed" and words[at + 1 : at + 2] not in (["that"], ["their"], ["its"]):
            return None
        return _made_firm(words, Governor(_WORDS[word], at, at + 1))
    if _REPORTS.fullmatch(word) and not governed:
        behind = words[at + 1 : at + 22]
        if behind[:1] and _WILL & set(behind):
            announces = word.startswith(("announce", "declare"))
            return Governor("decided" if announces else "intends", at, at + 1, reported=True)
    if word in ("will", "shall") and not governed:
        return Governor("decided", at, at + 1)
    return None


def _made_firm(words: list[str], found: Governor) -> Governor:
    """An affirmed pledge, or an affirmed commitment that is called absolute, commits."""
    if found.strength == "affirmed":
        near = words[found.after : found.after + 6]
        for place, word in enumerate(near):
            firm = word == "commitment" and _FIRM & set(near[max(0, place - 2) : place])
            if firm or (place < 4 and word in ("pledge", "pledges", "promise")):
                return found._replace(strength="committed", noun=found.after + place)
    return found
