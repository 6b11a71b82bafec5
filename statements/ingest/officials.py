"""Officials and strangers by name: any printed form, a form spelled otherwise, a surname or royal first name after a full name."""

from __future__ import annotations

import re

from statements.ingest.english_names import may_be
from statements.ingest.forms import BREAK, ONLY, Forms, Hit
from statements.ingest.mentioned import Context, Mentioned, Page, Person, covered
from statements.ingest.strangers import proposed, strangers
from statements.ingest.titles import (
    COURTESY,
    LATIN_PARTICLES,
    NOT_NAMES,
    RANKS,
    ROYAL,
    SAID,
    SON,
    TITLES,
    VERBS,
    folded,
)
from statements.search.lexicon import Token, starts, tokens, words_of
from statements.text.given import FAMILY_FIRST, is_given
from statements.text.nations import nation
from statements.text.sentence import Sentence

AFTER_NAME = {"الثالث", "الثاني", "السادس", "الاول", "الابن", "jr", "sr", "iii", "ii", "iv", "vi"}
#: Particles that a surname is not said without: "al-Sudani", "Di Maio", "von der Leyen".
OF_SURNAMES = LATIN_PARTICLES - {"bin", "ibn", "bint", "ben", "and", "und", "abu"}
IN_FULL = Sentence(
    "Named in full in this text, and the only one with this surname in it.",
    "ورد اسمه كاملًا في هذا النص، ولا يحمل هذا اللقب فيه غيره.",
)
INTRODUCED = Sentence(
    "The only one with this surname who was named in full before.",
    "لم يرد قبله اسم كامل بهذا اللقب سواه.",
)
SEVERAL = Sentence(
    "Several persons have this surname in this text.", "يحمل هذا اللقب في هذا النص عدة أشخاص."
)


class Officials(Forms):
    """Decides which official a name means."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.names = self.names_in_two()

    def names_in_two(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """First name → (words of the family name, official): between the two a text may print more."""
        families: dict[str, list[tuple[str, ...]]] = {}
        for form in self.knowledge.forms:
            if form.kind == "official" and form.bare and not form.misleading:
                families.setdefault(form.slug, []).append(words_of(form.text))
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for form in self.knowledge.forms:
            if form.kind != "official" or form.bare or form.misleading:
                continue
            words = words_of(form.text)
            for family in families.get(form.slug, []):
                pair = (family, form.slug)
                if len(words) > len(family) and pair not in found.setdefault(words[0], []):
                    found[words[0]].append(pair)
        return found

    # Names in full

    def persons(self, part: str, words: list[Token], hits: list[Hit]) -> list[Mentioned]:
        """Everybody named in full in a part, with a record or without."""
        found: list[Mentioned] = []
        for hit in hits:
            if hit.kind == "official" and len(hit.sure) == 1 and not self.is_partial(hit):
                if tail_of_another(part, words, hit):
                    continue
                mention = Mentioned(
                    hit.start, hit.end, part[hit.start : hit.end], "official", "official"
                )
                with_titles(part, words, hit.first, hit.after, mention)
                found.append(self.linked(mention, hit, hit.sure[0], ONLY))
        found += self.gapped(part, words, found)
        others = [hit for hit in hits if hit.kind in ("organization", "agreement") and hit.sure]
        found += strangers(
            part, words, found, self.knowledge, [(hit.start, hit.end) for hit in others]
        )
        return found

    def is_partial(self, hit: Hit) -> bool:
        """Whether the forms are one word of a name only."""
        return all(form.bare or len(words_of(form.text)) == 1 for form in hit.forms)

    def gapped(self, part: str, words: list[Token], found: list[Mentioned]) -> list[Mentioned]:
        """A first and a family name with other names between them: «ثابت محمد سعيد العباسي»."""
        results: list[Mentioned] = []
        for place in range(len(words)):
            for shift, first in starts(words[place].word):
                for gap in (1, 2, 3):
                    slugs, after = set(), 0
                    for family, slug in self.names.get(first, []):
                        begin = place + 1 + gap
                        if (
                            tuple(token.word for token in words[begin : begin + len(family)])
                            == family
                        ):
                            slugs.add(slug)
                            after = begin + len(family)
                    if len(slugs) != 1 or not names_only(part, words, place, place + 1 + gap):
                        continue
                    mention = Mentioned(
                        words[place].start + shift, words[after - 1].end,
                        part[words[place].start + shift : words[after - 1].end], "official", "official",
                    )  # fmt: skip
                    covering = [m for m in found if m.start < mention.end and mention.start < m.end]
                    if any(m.outcome == "one" and m.slug not in slugs for m in covering):
                        continue
                    for other in covering:
                        found.remove(other)
                    with_titles(part, words, place, after, mention)
                    mention.outcome, mention.slug = "one", slugs.pop()
                    mention.reason = Sentence(
                        "The only official with this first name and surname.",
                        "المسؤول الوحيد بهذا الاسم الأول واللقب.",
                    )
                    results.append(mention)
        return results

    # Names in part

    def partly_named(
        self, part: str, words: list[Token], hits: list[Hit], found: list[Mentioned], context: Context
    ) -> list[Mentioned]:  # fmt: skip
        """Surnames alone, first names of royals, and forms that several officials have, in the light of who is named in full."""
        results: list[Mentioned] = []
        at = {hit.first: hit for hit in hits if hit.kind == "official"}
        full = {one.end: one for one in found}
        taken = covered(part, found)
        headed = is_headline(part)
        reached = 0
        for place, token in enumerate(words):
            one = full.get(token.end)
            if one is not None:
                context.introduced.update(persons_of(one))
            if place < reached or any(taken[token.start : token.end]):
                continue
            mention = self.partial(part, words, place, at.get(place), context, headed)
            if mention:
                results.append(mention)
                reached = next((k for k in range(place, len(words)) if words[k].start >= mention.end), len(words))  # fmt: skip
        return results

    def partial(
        self, part: str, words: list[Token], place: int, hit: Hit | None, context: Context, headed: bool
    ) -> Mentioned | None:  # fmt: skip
        token = words[place]
        if hit is not None and hit.sure and not self.is_partial(hit):
            return self.shared(part, words, hit, context)
        royal = place > 0 and words[place - 1].word in ROYAL and near(part, words, place - 1)
        known: set[Person] = set()
        shift = 0
        for cut, word in starts(token.word):
            known = context.page.surnames.get(word, set()) or (
                context.page.firsts.get(word, set()) if royal else set()
            )
            if known:
                shift = cut
                break
        after = hit.after if hit and (not known or hit.after > place + 1) else place + 1
        if not known and hit is None:
            return unheard_of(part, words, place, royal, headed)
        start = hit.start if hit and not known else token.start + shift
        titled = titled_before(words, place)
        if token.word in VERBS and not titled:
            return None
        if not alone(part, words, place, after, headed, joined=start > token.start):
            return None
        if self.is_of_a_nation(part, words, place, after, titled, bool(known), start):
            return None
        mention = Mentioned(start, words[after - 1].end, "", "official", "official")
        mention.start = with_article(part, words, place, start)
        with_titles(part, words, place, after, mention)
        slugs = hit.slugs if hit else []
        if not known:
            named = [slug for slug in slugs if slug in context.named.get("official", set())]
            known = {(slug, "") for slug in named}
        return self.meant(mention, known, slugs, hit, titled or royal, context)

    def meant(
        self, mention: Mentioned, known: set[Person], slugs: list[str], hit: Hit | None, titled: bool, context: Context
    ) -> Mentioned | None:  # fmt: skip
        """Whom a surname means: the only bearer on the page, the only one named so far, or the only one there is."""
        reason = IN_FULL
        if len(known) > 1:
            before = known & context.introduced
            known, reason = (before, INTRODUCED) if len(before) == 1 else (known, SEVERAL)
        if len(known) > 1:
            mention.candidates = sorted({slug for slug, _ in known if slug})
            mention.reason = reason
            return mention
        if known:
            [(slug, name)] = known
            if slug is None:
                near_ = proposed(mention, name, slugs)
                near_.name = name
                return near_
            if hit and slug in hit.slugs:
                return self.linked(mention, hit, slug, reason)
            mention.outcome, mention.slug, mention.reason = "one", slug, reason
            return mention
        if len(slugs) == 1 and hit and (titled or hit.end - hit.start >= 5):
            reason = Sentence(
                "The only official in the archive with this surname.",
                "المسؤول الوحيد في الأرشيف بهذا اللقب.",
            )
            return self.linked(mention, hit, slugs[0], reason)
        mention.candidates = slugs
        mention.reason = Sentence(
            "Several officials have this surname.", "يحمل هذا اللقب عدة مسؤولين."
        )
        return mention

    def shared(self, part: str, words: list[Token], hit: Hit, context: Context) -> Mentioned | None:
        """A full form that several officials have."""
        if tail_of_another(part, words, hit):
            return None
        mention = Mentioned(hit.start, hit.end, part[hit.start : hit.end], "official", "official")
        with_titles(part, words, hit.first, hit.after, mention)
        named = [slug for slug in hit.slugs if slug in context.officials]
        if len(named) == 1:
            return self.linked(mention, hit, named[0], ONLY)
        return self.plain(part, hit)[0]

    def is_of_a_nation(
        self, part: str, words: list[Token], place: int, after: int, titled: bool, known: bool, start: int
    ) -> bool:  # fmt: skip
        """Whether a word such as «السوداني» means a nation here and not the man."""
        word = words[place].word
        if not nation(word) or titled or after > place + 1:
            return False
        if not known or not definite(word):
            return True
        return bool(re.search(r"(?:^|\s)(?:ال)?[^\W\d_]+\s+$", part[:start])) and described(
            words, place
        )


def introduce(part: str, mention: Mentioned, page: Page) -> None:
    """Remember by which words of his name a person may be called later."""
    words = [token for token in tokens(mention.as_printed) if token.word not in AFTER_NAME]
    if len(words) < 2:
        return
    people = persons_of(mention)
    last = words[-1].word
    if len(last) >= 3 and last not in NOT_NAMES and not is_title(last):
        page.surnames.setdefault(last, set()).update(people)
    names = [token.word for token in words if token.word not in RANKS | TITLES]
    before = [token.word for token in tokens(part[max(0, mention.start - 30) : mention.start])]
    noble = {"بن", "بنت", "bin", "bint"} & set(names) or set(before[-1:]) & ROYAL
    if noble and names:
        page.firsts.setdefault(names[0], set()).update(people)
    if names and names[0] in FAMILY_FIRST and mention.as_printed.isascii():
        page.surnames.setdefault(names[0], set()).update(people)


def persons_of(mention: Mentioned) -> set[Person]:
    if mention.outcome == "several":
        return set()
    return {(mention.slug, "" if mention.slug else mention.name or "")}


def near(part: str, words: list[Token], place: int) -> bool:
    """Whether only white space parts a word from the next."""
    return not part[words[place].end : words[place + 1].start].strip(" \xa0")


def tail_of_another(part: str, words: list[Token], hit: Hit) -> bool:
    """Whether a name is the father's in a longer one: «الحسين بن ‹عبدالله الثاني›»."""
    before = words[hit.first - 1] if hit.first else None
    return (
        before is not None
        and before.word in SON | {"bin", "ibn", "bint"}
        and near(part, words, hit.first - 1)
    )


#: Companies and things that a rank opens the name of.
NO_PERSONS = frozenset("motors dynamics electric atomics mills staff league assembly".split())
#: What is called after a king or prince, in Arabic before his name.
CALLED_AFTER = folded(
    "مدينة قاعدة جامعة مطار ميناء مستشفى شارع طريق جسر جامع مسجد مركز كلية معهد مجمع استاد ملعب سد محمية مؤسسة جائزة قصر حي ميدان ساحة كأس"
)


def unheard_of(
    part: str, words: list[Token], place: int, royal: bool, headed: bool
) -> Mentioned | None:
    """Somebody of whom only one name is printed, behind a title: "King Abdullah", "Deputy Prime Minister Safadi", «الملك سلمان».

    In English any capitalised word that is nothing else is a name behind a title (The Chicago Manual of Style, 17th ed.,
    § 8.19); in Arabic, where an adjective may follow, a given name is, behind a royal style.
    """
    token = words[place]
    latin = part[token.start].isascii()
    if not place or not near(part, words, place - 1):
        return None
    before = words[place - 1]
    if royal and is_given(token.word):
        earlier = words[place - 2].word if place > 1 else ""
        if not latin and any(rest in CALLED_AFTER for _, rest in starts(earlier)):
            return None
    elif not (
        latin
        and not headed
        and before.word in TITLED
        and part[before.start].isupper()
        and may_be(part, token, first=True)
        and token.word not in NO_PERSONS
    ):
        return None
    if not alone(part, words, place, place + 1, headed, joined=False) or after_a_name(part, words, place):  # fmt: skip
        return None
    start = before.start if royal else token.start
    mention = Mentioned(start, token.end, "", "official", "official")
    if not royal:
        with_titles(part, words, place, place + 1, mention)
    mention.as_printed = part[mention.start : mention.end]
    return proposed(mention, part[start : token.end], [])


#: Titles before a surname alone.
TITLED = (RANKS | COURTESY | {"minister", "secretary", "president", "ambassador", "senator", "representative", "congressman", "governor", "chancellor"}) - {"retd", "ret", "staff", "field", "air", "rear", "vice", "hon", "judge"}  # fmt: skip


def after_a_name(part: str, words: list[Token], place: int) -> bool:
    """Whether more of a name or of a thing's name follows: "King Abdullah Economic City", «الملك محمد السادس»."""
    if place + 1 >= len(words) or not near(part, words, place):
        return False
    word = words[place + 1]
    if part[word.start].isascii():
        return part[word.start].isupper()
    return word.word.startswith("ال") or is_given(word.word) or word.word in SON


def with_article(part: str, words: list[Token], place: int, start: int) -> int:
    """Where a surname with the article before it begins: "al-Sudani", "Al Zayani"."""
    if place and words[place - 1].word in OF_SURNAMES and part[words[place - 1].end : words[place].start] in ("-", " ", "‑"):  # fmt: skip
        return words[place - 1].start
    return start


def is_headline(part: str) -> bool:
    """Whether English words are capitalised whatever they are."""
    found = re.findall(r"\b[A-Za-z]{4,}", part)
    return len(part) < 250 and len(found) > 2 and sum(w[0].isupper() for w in found) > 0.8 * len(found)  # fmt: skip


def alone(
    part: str, words: list[Token], first: int, after: int, headed: bool, joined: bool
) -> bool:
    """Whether a surname stands without another name beside it, capitalised where letters can be."""
    token = words[first]
    latin = part[token.start].isascii()
    if latin and not any(part[one.start].isupper() for one in words[first:after]):
        return False
    before = first - 1
    if latin and before >= 0 and words[before].word in OF_SURNAMES and part[words[before].end : token.start] in ("-", " "):  # fmt: skip
        before -= 1
    for other, low, high in (
        (before, before, before + 1),
        (after, after - 1, after),
    ):
        if not 0 <= other < len(words):
            continue
        between = part[words[low].end : words[high].start]
        if not latin and (between.strip(" \xa0") or (joined and other < first)):
            continue
        if latin and not re.fullmatch(r"[ \xa0]|-|\. ?", between):
            continue
        if beside_a_name(part, words[other], latin, headed, other < first, between):
            return False
    return True


def beside_a_name(
    part: str, other: Token, latin: bool, headed: bool, before: bool, between: str
) -> bool:
    """Whether the word beside a surname is a name too."""
    printed = part[other.start : other.end]
    if not latin:
        if other.word in SON and before:
            return True
        return is_given(other.word) and printed not in ("على", "علي") and not (before and printed.endswith("على"))  # fmt: skip
    if between == "-":
        return before or not is_title(other.word)
    if not printed[:1].isupper():
        return before and other.word in ("bin", "ibn", "bint", "de", "van", "von")
    if is_title(other.word) or other.word in NOT_NAMES | SAID or (len(printed) > 1 and printed.isupper()):  # fmt: skip
        return False
    if between.startswith(".") and len(printed) > 1:
        return False
    return is_given(other.word) or not headed


def is_title(word: str) -> bool:
    return word in TITLES or word in RANKS or word in COURTESY


def with_titles(part: str, words: list[Token], first: int, after: int, mention: Mentioned) -> None:
    """Ranks before a name and «الثالث» behind it belong to it as printed."""
    before = first
    while before > 0 and words[before - 1].word in RANKS and re.fullmatch(r"[.\s]*", part[words[before - 1].end : words[before].start]):  # fmt: skip
        before -= 1
    if before < first:
        mention.start = words[before].start
    if (
        after < len(words)
        and words[after].word in AFTER_NAME
        and part[words[after - 1].end : words[after].start].strip(" ,.") == ""
    ):
        mention.end = words[after].end + (part[words[after].end : words[after].end + 1] == "." and words[after].word in ("jr", "sr"))  # fmt: skip
    mention.as_printed = part[mention.start : mention.end]


def definite(word: str) -> bool:
    return word.startswith(("ال", "al"))


def described(words: list[Token], first: int) -> bool:
    """Whether an adjective's noun stands before it: «الوفد السوداني», «الجانب العراقي»."""
    return first > 0 and words[first - 1].word.removeprefix("و").startswith("ال") and not titled_before(words, first)  # fmt: skip


def titled_before(words: list[Token], first: int) -> bool:
    """Whether an office or title stands close before the word."""
    before = " ".join(token.word for token in words[max(0, first - 4) : first])
    return bool(
        re.search(r"(?:رييس|وزير|قايد|السيد|minister|secretary|president|general|\bmr\b)", before)
    )


def names_only(part: str, words: list[Token], first: int, last: int) -> bool:
    """Whether nothing but names and initials stands from one word to another."""
    for place in range(first, last):
        printed = part[words[place].start : words[place].end]
        gap = part[words[place].end : words[place + 1].start]
        if re.search(r"[^\s.\"“”'’\-–]", gap) or BREAK.search(gap):
            return False
        if place > first and (
            words[place].word in NOT_NAMES
            or (printed.isascii() and not printed[:1].isupper() and words[place].word not in ("al", "bin", "q"))
            or (not printed.isascii() and printed.startswith("ال"))
        ):  # fmt: skip
            return False
    return True
