"""The numbers that a text gives, in figures and in words of either language, counts and ordinals alike.

«خمسة وعشرين», «الاجتماع الثامن», "twenty-five", "2,500", «٢٥٠٠» and "1.2 million" are read to what they
count. One and two are no numbers of the text when they are written out as counts ("one of", "the two sides",
which is one word in Arabic), and "first" is as often an adverb; so they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from statements.text.arabic import fold, fold_with_offsets
from statements.text.calendars import COUNTS, HUNDREDS, ORDINALS, TEENS, TENS, table

#: What the tables for dates, which need to go no further than thirty-one, leave out.
FURTHER = {
    13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen",
    40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
}  # fmt: skip
FURTHER_ORDINALS = {
    40: "الأربعين|الأربعون|fortieth", 50: "الخمسين|الخمسون|fiftieth", 60: "الستين|الستون|sixtieth",
    70: "السبعين|السبعون|seventieth", 80: "الثمانين|الثمانون|eightieth", 90: "التسعين|التسعون|ninetieth",
    100: "المئة|المائة|hundredth",
}  # fmt: skip
#: What multiplies the number before it, or counts one by itself.
MULTIPLES = table(
    {
        100: "hundred|hundreds",
        1000: "ألف|ألفا|آلاف|الآلاف|thousand|thousands",
        1_000_000: "مليون|مليونا|ملايين|million|millions",
        1_000_000_000: "مليار|مليارا|مليارات|billion|billions",
    }
)
#: "thousands of …" counts nothing by itself.
VAGUE = {fold(form) for form in "آلاف الآلاف ملايين مليارات hundreds thousands millions billions".split()}  # fmt: skip
DUALS = table({200: "مئتا|مئتي|مائتا|مائتي|مئتان|مائتان", 2000: "ألفان|ألفين|ألفي", 2_000_000: "مليونان|مليونين", 2_000_000_000: "ملياران|مليارين"})  # fmt: skip
CARDINALS = COUNTS | TENS | HUNDREDS | DUALS | TEENS | table(FURTHER)
CARDINALS = {form: number for form, number in CARDINALS.items() if form not in ("a", "an")}
ALL_ORDINALS = ORDINALS | table(FURTHER_ORDINALS)
#: «اجتماع ثالث», «ثالثا»: without the article, where no count is written the same.
ALL_ORDINALS |= {
    form.removeprefix("ال") + tail: number
    for form, number in ALL_ORDINALS.items()
    for tail in ("", "ا")
    if form.startswith("ال") and 1 < number < 11
}

WORD = re.compile(r"\d{1,3}(?:[,\u066c]\d{3})+(?![\d,])|\d+(?:[.\u066b]\d+)?(?:st|nd|rd|th)?(?!\w)|[^\W\d_]+|\w+")  # fmt: skip
#: «1.», «2 -», "(3)" before a paragraph number it and say nothing.
NUMBERING = re.compile(r"\s*\(?\d{1,2}\s*[.)\u2013-]\s")
PARTICLES = re.compile(r"^(?:[وف]?(?:[بلك]|لل)?)(?=.{2})")


@dataclass(frozen=True)
class Number:
    """A number as printed at ``start``–``end``. ``counts`` is false for one and two, which languages say in many ways."""

    start: int
    end: int
    as_printed: str
    value: float
    ordinal: bool = False

    @property
    def counts(self) -> bool:
        return self.value > 2 or self.as_printed.isdigit()


@dataclass
class Word:
    start: int
    end: int
    text: str
    kind: str  # figure, cardinal, multiple, ordinal
    value: float
    joined: bool  # by «و»


def numbers(text: str) -> list[Number]:
    """The numbers of a text in order, none overlapping."""
    folded = fold_with_offsets(text)
    begin = match.end() if (match := NUMBERING.match(folded.text)) else 0
    words = [*number_words(folded.text, begin)]
    found: list[Number] = []
    at = 0
    while at < len(words):
        after, value = number_at(words, at, folded.text)
        start, end = folded.original_span(words[at].start, words[after - 1].end)
        number = Number(start, end, text[start:end], value, words[at].kind == "ordinal")
        vague = words[at].kind == "multiple" and words[at].text in VAGUE
        if number.value > 1 and (number.ordinal or number.counts) and not vague:
            found.append(number)
        at = after
    return found


def number_words(text: str, begin: int) -> Iterator[Word]:
    """The words that give numbers, two words that give one («الثاني عشر») as one."""
    matches = [*WORD.finditer(text, begin)]
    at = 0
    while at < len(matches):
        for size in (2, 1):
            group = matches[at : at + size]
            if len(group) < size or text[group[0].end() : group[-1].start()].strip(" -"):
                continue
            if word := known(text[group[0].start() : group[-1].end()], group[0].start()):
                yield word
                at += size
                break
        else:
            at += 1


def known(printed: str, start: int) -> Word | None:
    """What a folded word or pair of words says as a number."""
    words = re.sub(r"[\s-]+", " ", printed)
    end = start + len(printed)
    figures = re.fullmatch(r"(\d[\d,.\u066b\u066c]*)(st|nd|rd|th)?", words)
    if figures:
        value = float(re.sub("[,\u066c]", "", figures[1]).replace("\u066b", "."))
        return Word(start, end, words, "ordinal" if figures[2] else "figure", value, False)
    for form in dict.fromkeys((words, PARTICLES.sub("", words), *lost_article(words))):
        for kind, table_ in (("ordinal", ALL_ORDINALS), ("multiple", MULTIPLES), ("cardinal", CARDINALS)):  # fmt: skip
            if form in table_ and not (kind == "ordinal" and form in CARDINALS):
                at = end - len(form) if printed.endswith(form) else start
                return Word(at, end, form, kind, table_[form], words.startswith("و"))
    return None


def lost_article(words: str) -> Iterator[str]:
    """«للثامنه» is «ل» and «الثامنه»; «التسعه» counts what «تسعه» counts."""
    bare = re.sub(r"^[وف]?لل(?=.{3})", "ال", words)
    yield bare
    yield re.sub(r"^[وف]?[بك]?ال(?=.{2})", "", bare)


def number_at(words: list[Word], at: int, text: str) -> tuple[int, float]:
    """(the word after the number that begins at ``at``, what it counts)."""
    first = words[at]
    if first.kind == "ordinal":
        return at + 1, first.value
    total, current = 0.0, 0.0
    last: Word | None = None
    while at < len(words):
        word = words[at]
        between = text[last.end : word.start] if last else ""
        apart = re.sub(r"(?<!\w)و$", "", between).strip(" -")
        if last and apart not in ("", "and"):
            break
        linked = word.joined or apart == "and"
        if word.kind == "multiple":
            if last and (linked and not word.joined):
                break
            if word.joined and last:
                if total + current < 10 * word.value:
                    break
                total, current = total + current, 0.0
            current = (current or 1) * word.value
            if word.value >= 1000:
                total, current = total + current, 0.0
        elif last is None:
            current = word.value
        elif word.kind != "cardinal" or last.kind == "figure":
            break
        elif (
            word.joined
            and 0 < current < 10
            and 20 <= word.value < 100
            or (linked or current == 0 or word.text.isascii())
            and fits(word.value, current or total)
        ):
            current += word.value
        else:
            break
        last = word
        at += 1
    return at, total + current


def fits(value: float, number: float) -> bool:
    """Whether a count goes on from a number that has nothing at its place yet: twenty and five, a hundred and twenty."""
    return value < number and number % 10 ** len(str(int(value))) == 0
