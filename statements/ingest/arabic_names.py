"""Where names of persons stand in Arabic: behind a rank or courtesy, behind an office and all that it is for, by a given name, before an office.

What stands before them is in ``arabic_titles``; the first word that can be no part of an office begins its holder's name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from statements.ingest.arabic_titles import (
    OFFICE,
    behind_expert,
    behind_office,
    behind_titles,
    gap,
    in_apposition,
    is_office,
    near,
)
from statements.ingest.titles import (
    COURTESY,
    HONORIFIC,
    INSTITUTIONS,
    NOT_NAMES,
    OFFICES,
    PERSONS,
    PLURAL,
    RANKS,
    ROYAL,
    SON,
    VERBS,
)
from statements.search.lexicon import Token, starts
from statements.text.arabic import fold
from statements.text.calendars import MONTHS, WEEKDAYS
from statements.text.given import COMPOUND, EUROPEAN, is_given
from statements.text.nations import COUNTRY_WORDS, nation
from statements.text.tense import DUE

#: Words that may follow a royal first name: «عبدالله الثاني», «محمد السادس».
ORDINALS = {fold(f"ال{word}") for word in "أول ثاني ثالث رابع خامس سادس سابع ثامن".split()}
#: What never goes on with a name.
STOPPING = (
    (NOT_NAMES - {"علي"})
    | OFFICES
    | RANKS
    | COURTESY
    | HONORIFIC
    | set(WEEKDAYS)
    | set(MONTHS)
    | {"رمضان", "شعبان", "محرم", "شوال"}
)
#: Nouns that make one name with «الله»: «يار الله».
DIVINE = frozenset("يار خير نصر سعد جاد فضل حسب جار".split())
#: The longest name, in words.
NAME = 6
#: Behind the last word of a name that no list knows.
CLOSED = re.compile(r"[ \xa0]+و|[ \xa0]*(?:[،,.؛;:()«»\"”“\n\-–—/!؟]|$)")
MAYBE_JOINED = re.compile(r"[ \xa0]+|[ \xa0]?[-–][ \xa0]?|\. ?|\.? ?[\"“«]|[\"”»] ?")


def particles(word: str) -> int:
    """Letters of particles before a given name or office: «وحسين»."""
    if is_given(word) or word in STOPPING:
        return 0
    return next((cut for cut, rest in starts(word) if is_given(rest)), 0)


def candidates(part: str, words: list[Token]) -> Iterator[tuple[int, int, int]]:
    """(first word, index behind the last, start in the part) of each name."""
    place, row = 0, 0  # ``row``: behind the last name of a row of office-holders
    while place < len(words):
        found = at(part, words, place) or (place == row and in_row(part, words, place)) or None
        if found:
            yield found
            row = found[1] if place == row or of_several(part, words, found[0]) else 0
            place = found[1]
        else:
            place += 1


def of_several(part: str, words: list[Token], first: int) -> bool:
    """Whether an office of several stands before a name in its clause: «وزراء الخارجية ‹بدر عبد العاطي› و…»."""
    for place in range(first - 1, max(-1, first - 1 - OFFICE), -1):
        if gap(part, words, place).strip(" \xa0"):
            return False
        if any(rest in PLURAL for _, rest in starts(words[place].word)):
            return True
    return False


def in_row(part: str, words: list[Token], place: int) -> tuple[int, int, int] | None:
    """A name that «و» joins to one before it, whatever its words: «… و‹كونستانتينوس كومبوس›»."""
    token = words[place]
    if not place or not token.word.startswith("و") or len(token.word) < 4:
        return None
    if gap(part, words, place - 1).strip(" \xa0،,"):
        return None
    bare = Token(token.word[1:], token.start + 1, token.end)
    length = name_at(part, [bare, *words[place + 1 : place + NAME + 1]], 0, sure=True)
    return (place, place + length, bare.start) if length else None


def at(part: str, words: list[Token], place: int) -> tuple[int, int, int] | None:
    if part[words[place].start].isascii():
        return None
    titles = behind_titles(part, words, place)
    if titles > place and titles < len(words):
        royal = any(words[k].word in ROYAL for k in range(place, titles))
        after = name_at(part, words, titles, sure=True, royal=royal)
        if after:
            return titles, after, words[titles].start
    expert = behind_expert(part, words, place)
    if expert:
        after = name_at(part, words, expert, sure=True)
        if after:
            return expert, after, words[expert].start
    if is_office(words[place].word):
        begin = behind_office(part, words, place)
        if begin:
            after = name_at(part, words, begin, sure=begin > place + 1)
            if after:
                return begin, after, words[begin].start
    return told_by_itself(part, words, place)


def name_at(
    part: str, words: list[Token], place: int, sure: bool, royal: bool = False
) -> int | None:
    """The index behind a name of two words or more that begins here; None when there is none."""
    if not first_word(part, words[place], sure):
        return None
    after = place + 1
    while after < len(words) and after < place + NAME:
        if not MAYBE_JOINED.fullmatch(gap(part, words, after - 1)):
            break
        word = words[after].word
        if word in SON:
            after += 1
            continue
        if royal and after == place + 1 and word in ORDINALS:
            return after + 1
        if not later_word(part, words, place, after):
            break
        after += 1
    while after > place and words[after - 1].word in SON:
        after -= 1
    divine = any(words[k].word in DIVINE and words[k + 1].word == "الله" for k in range(place, after - 1))  # fmt: skip
    return after if after - place >= 2 + (divine and not royal) else None


def first_word(part: str, token: Token, sure: bool) -> bool:
    """Whether a name may begin with a word; ``sure`` where an office or rank before it says that one does."""
    word, printed = token.word, part[token.start : token.end]
    if len(word) < 2 or printed.isascii() or printed.isdigit() or printed.endswith("على"):
        return False
    if (
        word in STOPPING
        or printed.startswith(("بأن", "لأن", "كأن"))
        or word.removeprefix("و") in STOPPING
    ):
        return False
    if any(is_given(rest) for _, rest in starts(word)):
        return True
    if any(rest in STOPPING or rest in VERBS for _, rest in starts(word)):
        return False
    if sure and word.startswith("ال") and is_given(word[2:]) and not nation(word):
        return True  # «الفريق ‹السعيد› شنقريحة»
    if word.startswith(("ال", "لل", "وال", "است")) or nation(word):
        return False
    if word.startswith(("سي", "ست", "وي", "وت")):
        return False
    if word.startswith(("بال", "فال", "كال")) and (not sure or len(word) > 6):
        return False
    if printed.endswith(("ة", "ًا", "اً")) or re.search(r"(?:هم|هما|ها|نا|ين|\w\wات)$", word):
        return False
    if (
        word in COUNTRY_WORDS
        or word in INSTITUTIONS
        or re.match(r"[يت]\w{3,4}$", word)
        and not sure
    ):
        return False
    return sure or foreign(word)


def later_word(part: str, words: list[Token], place: int, at: int) -> bool:
    """Whether a word goes on with a name that begins at ``place``."""
    word, printed = words[at].word, part[words[at].start : words[at].end]
    if len(word) < 2 or printed.isascii() or printed.isdigit() or printed.endswith("على"):
        return False
    before = words[at - 1].word
    second = place + 1 + (words[place].word in COMPOUND)
    if before in SON or before == "عبد" or before in DIVINE:
        return word not in NOT_NAMES
    if word in STOPPING or is_office(word):
        return False
    closed = bool(CLOSED.match(part[words[at].end : words[at].end + 3])) or before_a_verb(part, words, at)  # fmt: skip
    if is_given(word):
        return True
    if word in VERBS:
        return at == second and closed
    if word[0] in "وف" and len(word) > 3 and not (at == second and begins_so(word, closed)) or word.startswith("لل"):  # fmt: skip
        return False
    if word.startswith("بال") and len(word) > 5:
        return False
    if nation(word) and not word.startswith("ال"):
        return False
    if printed.startswith(("ال", "ٱل")):
        house = closed and any(words[k].word in SON for k in range(place + 1, at))
        if closed and at > second and all(is_given(words[k].word) for k in range(place, at)):
            # «بندر سالم ‹المزين›،»: behind two given names
            house = house or (word[2:] not in INSTITUTIONS and not re.search(r"(?:ات|ه)$", word))
        return house or family(word, at <= second, before, closed or is_given(words[place].word))
    if word in INSTITUTIONS or word in COUNTRY_WORDS or printed.endswith(("ات", "ًا", "اً")):
        return False
    if printed.endswith("ة") and not (closed and is_given(words[place].word.removeprefix("ال"))):
        return False
    if at <= second:
        verb = re.match(r"ي\w{3,4}$", word) or re.match(r"ا[نتس]", printed)
        if verb and not closed and word not in DUE and between_names(part, words, place, at):
            return True
        return closed or not (verb or re.search(r"(?:هم|هما|ها)$", word))
    # a word that no list knows ends a name only where the text pauses behind it
    return closed and not before.startswith("ال")


def before_a_verb(part: str, words: list[Token], at: int) -> bool:
    """Whether a verb stands right behind, so that a name ends here: «اللواء حسان عودة ‹تلقى›», «العميد توم فولكس ‹سيبقى›»."""
    if at + 1 >= len(words) or not near(part, words, at):
        return False
    word = words[at + 1].word
    return not is_given(word) and (word in VERBS or bool(re.match(r"س[يت]\w{3,}", word)))


def begins_so(word: str, closed: bool) -> bool:
    """Whether a second name may begin with «ف» or «و» as its own letter: «توم ‹فولكس›», «ريتشارد ‹ويلسون›»."""
    rest = word[1:]
    known = is_given(rest) or rest in VERBS or rest in NOT_NAMES or rest in STOPPING or is_office(rest)  # fmt: skip
    if known or nation(rest) or rest in INSTITUTIONS or rest in COUNTRY_WORDS or rest.startswith("ال"):  # fmt: skip
        return False
    if re.search(r"(?:ه|ها|هم|هما|نا)$", rest):
        return False
    return word[0] == "ف" or (closed and rest.startswith(("ي", "و", "اي")))


def between_names(part: str, words: list[Token], place: int, at: int) -> bool:
    """Whether a word that looks like a verb stands between a given name and a last one: «علي ‹يرلي› كايا،»."""
    if at + 1 >= len(words) or not near(part, words, at) or not is_given(words[place].word):
        return False
    last = words[at + 1]
    if not CLOSED.match(part[last.end : last.end + 3]) or len(last.word) < 3:
        return False
    known = last.word in NOT_NAMES or last.word in VERBS or last.word in STOPPING
    return not (known or last.word in INSTITUTIONS or last.word[0] in "البلوف" or nation(last.word))


def family(word: str, second: bool, before: str, told: bool) -> bool:
    """Whether a definite word is the name of a family here: «الفرج», «العبيدي», «الأحمد الجابر الصباح»."""
    if re.search(r"(?:ات|يه|ه)$", word) and not is_given(word[2:]) and not second:
        return False
    if second and told:
        return not re.search(r"(?:ات|يه)$", word)
    if is_given(word[2:]):
        return True
    nisba = word.endswith("ي") and len(word) > 4
    return nisba and not (before.startswith("ال") and before.endswith("ي"))


@functools.lru_cache(maxsize=20_000)
def foreign(word: str) -> bool:
    """Whether the letters of a word are a foreign name's: Arabic words seldom have so many long vowels and no pattern."""
    if (
        word.isascii()
        or len(word) < 4
        or word.startswith(("م", "ا", "ت", "است", "ب", "ل", "ك", "و", "ي"))
    ):
        return False
    vowels = len(re.findall(r"[اوي]", word))
    return (
        vowels * 2 >= len(word) - 1
        and vowels >= 2
        and not re.search(r"(?:ان|ون|ين|ه|اء|ات|ي)$", word)
    )


def told_by_itself(part: str, words: list[Token], place: int) -> tuple[int, int, int] | None:
    """A given name with a name behind it; any two names before a comma and an office: «ميرا ريزنيك، نائبة مساعد …»."""
    token = words[place]
    cut = particles(token.word)
    known = is_given(token.word[cut:])
    if not known and token.word.startswith("و") and len(token.word) > 4:
        cut = 1
    bare = Token(token.word[cut:], token.start + cut, token.end)
    beside = place > 0 and gap(part, words, place - 1).strip(" \xa0") in ("،", ",")
    beside = beside and (
        any(words[k].word in PERSONS for k in range(max(0, place - 3), place))
        or in_apposition(part, words, place)
    )
    if not first_word(part, bare, sure=known or beside):
        return None
    here = [bare, *words[place + 1 : place + NAME + 1]]
    length = name_at(part, here, 0, sure=known or beside)
    if length is None:
        return None
    after = place + length
    if beside and re.match(r"\s*[،,.)]", part[words[after - 1].end :][:3]):
        return place, after, bare.start
    last, printed = words[after - 1].word, part[words[after - 1].start : words[after - 1].end]
    office = (
        after < len(words)
        and gap(part, words, after - 1).strip(" \xa0") in ("", "،", "(", "،(")
        and is_office(words[after].word)
    )
    if office:
        return place, after, bare.start
    if not known:
        return None
    nisba = last.startswith("ال") and (last.endswith("ي") or is_given(last[2:]))
    strange = (foreign(last) or bare.word in EUROPEAN) and not printed.endswith("ة")
    listed = bool(CLOSED.match(part[words[after - 1].end : words[after - 1].end + 3])) or (
        after < len(words) and words[after].word.startswith("و")
    )
    if (
        after < len(words)
        and re.match(r"[يت]\w{3,}", words[after].word)
        and near(part, words, after - 1)
    ):
        listed = True  # a headline's verb: «مسرور بارزاني يستقبل»
    second = words[place + 1].word
    if (
        nisba
        or is_given(last)
        or strange
        or (
            listed and second not in NOT_NAMES and is_given(bare.word) and not last.startswith("ال")
        )
    ):
        return place, after, bare.start
    return None
