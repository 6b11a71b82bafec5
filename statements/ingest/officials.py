"""Officials by name: any printed form, a bare surname after a full name, a first and a family name with others between."""

from __future__ import annotations

import re

from statements.ingest.forms import BREAK, ONLY, Forms, Hit
from statements.ingest.mentioned import Context, Mentioned, covered
from statements.ingest.strangers import NOT_NAMES, RANKS, TITLES, given, proposed
from statements.search.lexicon import Token, starts, tokens, words_of
from statements.text.nations import nation
from statements.text.sentence import Sentence

AFTER_NAME = {"الثالث", "الثاني", "الابن", "jr", "sr", "iii", "ii", "iv"}


class Officials(Forms):
    """Decides which official a name means."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.names = self.names_in_two()
        self.parts_of: dict[str, set[str]] = {}
        for form in self.knowledge.forms:
            if form.kind == "official":
                self.parts_of.setdefault(form.slug, set()).update(words_of(form.text))

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

    def official(
        self, part: str, words: list[Token], hit: Hit, context: Context
    ) -> list[Mentioned]:
        mention = Mentioned(hit.start, hit.end, part[hit.start : hit.end], "official", "official")
        if not hit.sure or all(form.bare or len(words_of(form.text)) == 1 for form in hit.forms):
            return self.family_name(part, words, hit, mention, context)
        with_titles(part, words, hit.first, hit.after, mention)
        if len(hit.slugs) == 1:
            return [self.linked(mention, hit, hit.slugs[0], ONLY)]
        named = [slug for slug in hit.slugs if slug in context.officials]
        if len(named) == 1:
            return [self.linked(mention, hit, named[0], ONLY)]
        return self.plain(part, hit)

    def family_name(
        self, part: str, words: list[Token], hit: Hit, mention: Mentioned, context: Context
    ) -> list[Mentioned]:
        """A surname alone: whoever is named in full on the page, or the only one, and never a nation's name by itself."""
        before = words[hit.first - 1] if hit.first else None
        adjacent = (
            before is not None and part[before.end : words[hit.first].start].strip(" \xa0") == ""
        )
        if adjacent and before and other_person(part, words, hit.first, self.parts_of, hit.slugs):
            mention.start = before.start
            while mention.start and part[mention.start] in "وف" and not given(before.word):
                mention.start += 1
            mention.as_printed = part[mention.start : mention.end]
            return [proposed(mention, mention.as_printed, hit.slugs)]
        titled = titled_before(words, hit.first)
        if nation(words[hit.first].word) and not titled and hit.first + 1 == hit.after:
            if not (set(hit.slugs) & context.named.get("official", set())) or not definite(words[hit.first].word):  # fmt: skip
                return []
            if re.search(r"(?:^|\s)(?:ال)?[^\W\d_]+\s+$", part[: hit.start]) and described(words, hit.first):  # fmt: skip
                return []
        with_titles(part, words, hit.first, hit.after, mention)
        known = [slug for slug in hit.slugs if slug in context.named.get("official", set())]
        before_here = context.surnames.get(words[hit.after - 1].word, set())
        strangers_ = [name for slug, name in before_here if slug is None]
        if strangers_ and len(before_here) == 1:
            return [proposed(mention, strangers_[0], hit.slugs)]
        if strangers_:
            mention.candidates = hit.slugs
            mention.reason = Sentence(
                "Several persons have this surname in this text.",
                "يحمل هذا اللقب في هذا النص عدة أشخاص.",
            )
            return [mention]
        if len(known) == 1:
            reason = Sentence(
                "Named in full in this text, and the only one with this surname in it.",
                "ورد اسمه كاملًا في هذا النص، ولا يحمل هذا اللقب فيه غيره.",
            )
            return [self.linked(mention, hit, known[0], reason)]
        if not known and len(hit.slugs) == 1 and (titled or hit.end - hit.start >= 5):
            reason = Sentence(
                "The only official in the archive with this surname.",
                "المسؤول الوحيد في الأرشيف بهذا اللقب.",
            )
            return [self.linked(mention, hit, hit.slugs[0], reason)]
        mention.candidates = known or hit.slugs
        mention.reason = Sentence(
            "Several officials have this surname.", "يحمل هذا اللقب عدة مسؤولين."
        )
        return [mention]

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


def by_surname(
    part: str, words: list[Token], found: list[Mentioned], context: Context
) -> list[Mentioned]:
    """The last word of a name that stood in full before, alone: «شورش إسماعيل … وشدد إسماعيل», "Rebar Ahmed … Ahmed's office"."""
    results: list[Mentioned] = []
    ends = {one.end: one for one in found if one.type == "official" and not one.unnamed}
    taken = covered(part, found)
    for place, token in enumerate(words):
        for shift, word in starts(token.word):
            known = context.surnames.get(word, set())
            if len(known) != 1 or any(taken[token.start : token.end]):
                continue
            start, end = token.start + shift, token.end
            if not alone(part, words, place):
                continue
            [(slug, name)] = known
            mention = Mentioned(start, end, part[start:end], "official", "official")
            mention.reason = Sentence(
                "The only person with this surname in this text.",
                "الشخص الوحيد بهذا اللقب في هذا النص.",
            )
            if slug:
                mention.outcome, mention.slug = "one", slug
            else:
                mention.outcome, mention.name = "none", name
            results.append(mention)
            break
        full = ends.get(token.end)
        whole = full is not None and full.outcome != "several" and len(tokens(full.as_printed)) > 1
        if full and whole and len(token.word) >= 3 and token.word not in NOT_NAMES | AFTER_NAME:
            one = (full.slug, "" if full.slug else full.name or "")
            context.surnames.setdefault(token.word, set()).add(one)
    return results


def alone(part: str, words: list[Token], place: int) -> bool:
    """Whether a surname stands without another name beside it, capitalised where letters can be."""
    token = words[place]
    if part[token.start].isascii():
        if not part[token.start].isupper():
            return False
        for other in words[max(0, place - 1) : place] + words[place + 1 : place + 2]:
            gap = part[min(token.end, other.end) : max(token.start, other.start)]
            if (
                not gap.strip(" \xa0")
                and part[other.start].isupper()
                and other.word not in TITLES | RANKS | NOT_NAMES
            ):
                return False
        return True
    for other in words[max(0, place - 1) : place] + words[place + 1 : place + 2]:
        gap = part[min(token.end, other.end) : max(token.start, other.start)]
        preposition = part[other.start : other.end] == "على"
        if not gap.strip(" \xa0") and given(other.word) and not preposition:
            return False
    return True


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


def other_person(
    part: str, words: list[Token], first: int, parts_of: dict[str, set[str]], slugs: list[str]
) -> bool:
    """Whether the word before a surname is another given name than those of its bearers: "Masrour Barzani"."""
    before = words[first - 1]
    printed = part[before.start : before.end]
    if any(before.word in parts_of.get(slug, ()) for slug in slugs):
        return False
    if not printed.isascii():
        return given(before.word)
    if not printed[:1].isupper() or len(printed) < 3 or before.word in TITLES | NOT_NAMES | RANKS:
        return False
    opens = (
        not part[: before.start].rstrip(" \"'“«(") or part[: before.start].rstrip()[-1:] in ".!?:\n"
    )
    return not opens or given(before.word)


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
