"""Where names of persons stand in English: capitalised words that are nothing else, told by what stands around them.

Behind a rank, courtesy or office; before or behind an office between commas; before a verb of saying; or opened by
a given name. Sources: The Chicago Manual of Style (17th ed.) §§ 8.2–8.14 (names with particles), 8.19–8.35
(titles and offices), Associated Press style for apposition, and the transliterations of the press.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from statements.ingest.titles import (
    COURTESY,
    ENGLISH_OFFICE,
    FIELDS,
    GENERIC,
    HONORIFIC,
    LATIN_PARTICLES,
    NOT_NAMES,
    PERSONS,
    PLURAL,
    RANKS,
    SAID,
    TITLES,
)
from statements.search.lexicon import Token
from statements.text.calendars import MONTHS, WEEKDAYS
from statements.text.given import is_given
from statements.text.nations import COUNTRY_WORDS, nation

#: The longest name, in words without particles.
NAME = 6
JOINT = re.compile(r"[ \xa0]|[ \xa0]?-[ \xa0]?|['’ʼ]|[ \xa0][\"“]|[\"”][ \xa0]")
INITIAL = re.compile(r"\.[ \xa0]?[\"“]?")
#: One clause before or behind a name.
BEFORE = re.compile(r"(?:^|[,;.:(\n]|\band\b)([^,;.:(\n]{3,110}?),\s*(?:the\s+)?$")
BEHIND = re.compile(r"\s*[,(]\s*([^,;.:)\n]{3,110})")
ARTICLE = re.compile(
    r"(?:the|an?|his|her|its|their|who|currently|former|acting|then)\s+", re.IGNORECASE
)
#: What opens a name by a son's or daughter's: "Abu Bakr", "Umm Qasim".
KUNYA = frozenset(("abu", "umm"))
#: Behind a quotation its speaker may follow the verb: “…,” said Hannah Lytton.
QUOTED = re.compile(r"[\"”’'],?\s(?:said|says|added|asked|wrote)\s$")
#: Words before a name that say that it is a place's or a thing's.
PLACING = {
    "the",
    "in",
    "at",
    "near",
    "from",
    "exercise",
    "port",
    "base",
    "operation",
    "city",
    "town",
}


def gap(part: str, words: list[Token], place: int) -> str:
    return part[words[place].end : words[place + 1].start]


def capital(part: str, token: Token) -> bool:
    printed = part[token.start : token.end]
    return printed[:1].isupper() and (len(printed) == 1 or not printed.isupper())


def candidates(part: str, words: list[Token]) -> Iterator[tuple[int, int, int]]:
    """(first word, index behind the last, start in the part) of each name."""
    place, row = 0, 0  # ``row``: where the last name of a row of office-holders ended
    while place < len(words):
        if part[words[place].start].isupper() and part[words[place].start].isalpha():
            after = name_at(part, words, place)
            if after:
                start, end = words[place].start, words[after - 1].end
                goes_on = bool(row and ROW.fullmatch(part, row, start))
                if told(part, words, place, after) or goes_on:
                    yield place, after, start
                    row = end if goes_on or of_several(part, start) else 0
                place = after
                continue
        place += 1


#: Between the names of a row.
ROW = re.compile(r"\s*(?:,|,?\s+and|&)\s*(?:and\s+)?")
#: The clause before a name, whether a comma closes it or not.
CLAUSE = re.compile(r"(?:^|[,;.:(\n])([^,;.:(\n]{0,110}?),?\s*$")


def of_several(part: str, start: int) -> bool:
    """Whether the clause before a name has an office of several: "our ministers of defence, ‹Abdel Mageed Saqr›, …"."""
    before = CLAUSE.search(part[max(0, start - 140) : start])
    return before is not None and not PLURAL.isdisjoint(re.findall(r"[a-z]+", before[1].lower()))


def may_be(part: str, token: Token, first: bool) -> bool:
    """Whether a word may be part of a name; what is a place, a body or a title is none."""
    word = token.word
    if len(word) == 1:
        return not first and part[token.start].isupper()
    if not capital(part, token) or word in NOT_NAMES or word in WEEKDAYS:
        return False
    if word in MONTHS:
        return not first and len(word) > 3 and word in ("may", "june", "april", "august", "march")
    if is_given(word):
        return word not in TITLES
    if (
        word in GENERIC
        or word in TITLES
        or word in RANKS
        or word in HONORIFIC
        or word in ENGLISH_OFFICE
    ):
        return False
    return not nation(word) and not (first and word in COUNTRY_WORDS)


def name_at(part: str, words: list[Token], place: int) -> int | None:
    """The index behind a name of two words or more that begins here."""
    token = words[place]
    opens = token.word in ("al", "el") or token.word in KUNYA
    if not (opens and part[token.start].isupper()) and not may_be(part, token, True):
        return None
    after, count, last = place + 1, 1, place
    if token.word in KUNYA and not opens_a_kunya(words, after):
        return None
    if token.word in ("al", "el") and after < len(words) and words[after].word in LATIN_PARTICLES:
        return None
    while after < min(len(words), place + 2 * NAME) and count < NAME:
        between = gap(part, words, after - 1)
        initial = len(words[after - 1].word) == 1 and INITIAL.fullmatch(between)
        if not initial and not JOINT.fullmatch(between):
            break
        hyphened = between.strip() == "-" and len(between) == 1
        apostrophe = between[:1] in "'’ʼ"
        token = words[after]
        if apostrophe and len(token.word) == 1 and token.word == "s":
            break
        if token.word in LATIN_PARTICLES and (after + 1 < len(words)):
            after += 1
            continue
        if re.fullmatch(r"[IVX]{1,4}", part[token.start : token.end]) and is_given(words[after - 1].word):  # fmt: skip
            return after + 1  # "Mohammed VI"
        if apostrophe or (hyphened and part[token.start].isalpha() and not token.word.isdigit()):
            if hyphened and (
                token.word in ENGLISH_OFFICE | FIELDS | {"led", "based", "backed"}
                or nation(token.word)
                or token.word in COUNTRY_WORDS
            ):
                break
            count += not (hyphened or apostrophe)
        elif not may_be(part, token, False):
            break
        else:
            count += 1
        after += 1
        last = after - 1
    initials = all(len(words[k].word) == 1 for k in range(place, last + 1))
    whole = [k for k in range(place, last + 1) if words[k].word not in LATIN_PARTICLES or words[k].word in KUNYA]  # fmt: skip
    if last == place or initials or len(whole) < 2:
        return None
    if all(
        words[k].word in FIELDS or words[k].word in LATIN_PARTICLES for k in range(place, last + 1)
    ):
        return None
    behind = words[last + 1] if last + 1 < len(words) else None
    if (
        behind is not None
        and not part[words[last].end : behind.start].strip(" \xa0")
        and part[behind.start].isupper()
        and behind.word in GENERIC
        and behind.word not in SAID
    ):
        return None  # "Tawazun Council", "External Action Service"
    return last + 1


def opens_a_kunya(words: list[Token], after: int) -> bool:
    """Whether a child's given name, or a name with a family's behind it, follows "Abu": "Abu Bakr al-Khatib", not "Abu Dhabi"."""
    given = after < len(words) and is_given(words[after].word)
    return given or (after + 1 < len(words) and words[after + 1].word in ("al", "el"))


def told(part: str, words: list[Token], place: int, after: int) -> bool:
    """Whether what stands around capitalised words says that they are a person's name."""
    start, end = words[place].start, words[after - 1].end
    before = words[place - 1] if place else None
    adjacent = before is not None and not re.sub(
        r"\.|\(ret\.?\)|\(retd\.?\)", "", part[before.end : start]
    ).strip(" \xa0")
    if before is not None and adjacent and before.word in TITLE_WORDS:
        return True
    if (
        before is not None
        and before.word in ("ret", "retd")
        and part[before.end : start].strip(" ") in (")", ".)", ".")
    ):
        return True
    if behind_field(part, words, place):
        return True
    clause = BEFORE.search(part[max(0, start - 140) : start])
    if clause and office_in(clause[1], head=False):
        return True
    behind = BEHIND.match(part[end : end + 130])
    if behind and office_in(ARTICLE.sub("", behind[1], count=1), head=True):
        return True
    if (
        after < len(words)
        and words[after].word in SAID
        and not part[end : words[after].start].strip(" \xa0,")
    ):
        return True
    if QUOTED.search(part[max(0, start - 12) : start]):
        return True
    if not is_given(words[place].word) and words[place].word not in KUNYA:
        return False
    # a given name and another name; not a place or a thing called after somebody
    placed = adjacent and before is not None and part[before.start : before.end] in PLACING
    return not placed


TITLE_WORDS = (RANKS | COURTESY | TITLES | HONORIFIC) - {"the", "his", "her", "their", "h", "e", "defense", "foreign", "interior", "air", "field", "royal", "right", "general"} | {"gen", "general"}  # fmt: skip


def office_in(words: str, head: bool) -> bool:
    """Whether a phrase between commas is an office: its head stands among the first words, or anywhere before a name."""
    found = re.findall(r"[A-Za-z][\w’'.-]*", words)
    folded = [word.lower().strip(".").replace("’s", "").replace("'s", "") for word in found]
    pieces = [
        piece
        for word in folded[: 8 if head else 20]
        for piece in (word, *word.split("-"), *word.split("/"))
    ]
    person = any(piece in PERSONS for piece in (pieces if head else pieces[-1:]))
    if not person and not any(piece in ENGLISH_OFFICE for piece in pieces):
        return False
    verbs = sum(word in SAID for word in folded)
    return verbs == 0 or not head


def behind_field(part: str, words: list[Token], place: int) -> bool:
    """Whether an office and its field stand right before: "Secretary of Defense for the Middle East ‹Daniel …›"."""
    at = place - 1
    while at >= 0 and place - at < 14:
        if re.search(r"[^ \xa0\-–/&.]", gap(part, words, at)) or (
            "." in gap(part, words, at) and len(words[at].word) > 1
        ):
            return False
        word = words[at].word
        if word in ENGLISH_OFFICE or word in ("counterpart",):
            return True
        known = (
            word in FIELDS
            or word in ("of", "for", "and", "the", "to")
            or nation(word)
            or word in COUNTRY_WORDS
        )
        if not known and not part[words[at].start].isupper():
            return False
        at -= 1
    return False
