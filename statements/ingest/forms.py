"""Known forms as they stand in a part: the longest match of each kind at each place, and what a form alone decides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from statements.ingest.knowledge import Knowledge
from statements.ingest.mentioned import Context, Mentioned
from statements.search.lexicon import Form, Token, Tree, words_of
from statements.text.nations import COUNTRY_WORDS, nation
from statements.text.sentence import Sentence

#: Capitalised words before an English office that name a part of a country.
REGIONS = {"region", "kurdistan", "province", "governorate", "state", "krg"}
#: Where one sentence or clause ends: no name goes across it.
BREAK = re.compile(r"[!؟?;؛:]|(?<=[^\W\d_]{4})[\"”»]?\.(?=\s)")
ONLY = Sentence("The only record with this form.", "السجل الوحيد بهذه الصيغة.")
WHERE = Sentence("The text does not say of which country.", "لا يذكر النص لأي بلد هو.")


@dataclass
class Hit:
    """Known forms of one kind at ``words[first:after]``, and where they stand in the part."""

    kind: str
    first: int
    after: int
    forms: list[Form]
    start: int
    end: int

    @property
    def sure(self) -> list[str]:
        """Records by forms that need no context; a form that misleads counts only where no other has it."""
        certain = [form for form in self.forms if not form.bare]
        plain = [form for form in certain if not form.misleading]
        return sorted({form.slug for form in plain or certain})

    @property
    def slugs(self) -> list[str]:
        return self.sure or sorted({form.slug for form in self.forms})


@dataclass
class Forms:
    """Finds known forms; its tree is built once from what the archive knows."""

    knowledge: Knowledge
    tree: Tree = field(init=False)

    def __post_init__(self) -> None:
        self.tree = Tree(self.knowledge.forms)
        self.countries = {
            words_of(form.text): self.knowledge.nations.get(("country", form.slug))
            for form in self.knowledge.forms
            if form.kind == "country"
        }

    def hits(self, part: str, words: list[Token]) -> list[Hit]:
        """The longest match of each kind at each place, none inside a longer one of its kind."""
        found: list[Hit] = []
        covered: dict[str, int] = {}
        for place in range(len(words)):
            best: dict[str, tuple[int, int, list[Form]]] = {}
            for shift, after, forms in self.tree.at(words, place):
                for kind in {form.kind for form in forms}:
                    of_kind = [form for form in forms if form.kind == kind]
                    known = best.get(kind)
                    if known is None or (after, -shift) > (known[1], -known[0]):
                        best[kind] = (shift, after, of_kind)
            for kind, (shift, after, of_kind) in sorted(best.items()):
                start, end = words[place].start + shift, words[after - 1].end
                of_kind = [form for form in of_kind if printed_so(form, part[start:end])]
                if (
                    covered.get(kind, 0) > place
                    or not of_kind
                    or BREAK.search(part[start : end - 1])
                ):
                    continue
                covered[kind] = after
                found.append(Hit(kind, place, after, of_kind, start, end))
        return found

    def plain(self, part: str, hit: Hit) -> list[Mentioned]:
        """A form that needs no context: one record, or several."""
        kind = "place" if hit.kind == "country" else hit.kind
        mention = Mentioned(hit.start, hit.end, part[hit.start : hit.end], kind, hit.kind)
        if len(hit.slugs) == 1:
            return [self.linked(mention, hit, hit.slugs[0], ONLY)]
        mention.candidates = hit.slugs
        mention.reason = Sentence(
            f"{len(hit.slugs)} records have this form.", f"لهذه الصيغة {len(hit.slugs)} سجلات."
        )
        return [mention]

    def linked(self, mention: Mentioned, hit: Hit, slug: str, reason: Sentence) -> Mentioned:
        """The mention as one record, with a warning when every form that says so misleads."""
        mention.outcome, mention.slug, mention.reason = "one", slug, reason
        forms = [form for form in hit.forms if form.slug == slug]
        if forms and all(form.misleading for form in forms):
            label = self.knowledge.lexicon.labels.get((hit.kind, slug), slug)
            mention.warning = Sentence(
                f"“{mention.as_printed}” is a form that misleads; the archive knows it for {label}. A person should confirm.",
                f"«{mention.as_printed}» صيغة مضللة يعرفها الأرشيف لـ {label}، فليؤكدها محرر.",
            )
        return mention

    # Offices and bodies printed with or without a country

    def another_nation(self, part: str, words: list[Token], hit: Hit) -> bool:
        """Whether a country beside an office without one is none of those that the archive has it for.

        «وزير الدفاع السعودي», "Britain's interior minister", "Saudi Defence Minister", "Kurdistan Region Interior Minister".
        """
        own = {self.knowledge.nations.get((hit.kind, slug), "") for slug in hit.slugs}
        if (hit.sure and not nationless(words, hit)) or own == {""}:
            return False
        behind = None
        if hit.after < len(words) and not part[hit.end : words[hit.after].start].strip():
            behind = nation(words[hit.after].word)
            further = None if behind else self.governed(part, words, hit)
            if further:
                return further not in own
        if behind and not words[hit.after].word.startswith("و"):
            name = any(
                f.kind == "official" for *_, forms in self.tree.at(words, hit.after) for f in forms
            )
            return behind not in own and not name  # «رئيس الوزراء السوداني», the man
        if not part[hit.start].isascii() or not hit.first:
            return False
        before = part[max(0, hit.start - 80) : hit.start]
        owner = re.search(
            r"((?:[A-Z][\w.]*\s+){0,2}[A-Z][\w.]*)['’]s?\s+(?:[A-Z][\w-]*\s+){0,3}$", before
        )
        if owner:
            codes = {self.countries.get(words_of(owner[1])), nation(words_of(owner[1])[-1])} - {
                None
            }
            return bool(codes) and not codes & own
        token = words[hit.first - 1]
        if part[token.end : hit.start].strip(" \xa0"):
            return False
        code = nation(token.word)
        if code:
            return code not in own
        return token.word in REGIONS and part[token.start].isupper()

    def governed(self, part: str, words: list[Token], hit: Hit) -> str | None:
        """The country of what an office or body is of: «هيئة الأركان المشتركة ‹للقوات المسلحة الأردنية›», "Joint Chiefs of Staff ‹of the Jordanian Armed Forces›"."""
        word = words[hit.after].word
        if not word.startswith("لل") and word != "of":
            return None
        for place in range(hit.after, min(len(words), hit.after + 5)):
            if place > hit.after and part[words[place - 1].end : words[place].start].strip(" \xa0"):
                return None
            if code := nation(words[place].word):
                return code
        return None

    def is_of_the_page(self, hit: Hit, slugs: list[str], context: Context) -> bool:
        """Whether the page names anybody or anything of the country that an office or body printed without one belongs to."""
        own = {self.knowledge.nations.get((hit.kind, slug), "") for slug in slugs} - {""}
        return not own or bool(own & self.nations_of(context))

    def nations_of(self, context: Context) -> set[str]:
        """Countries of whom and what the page names in full."""
        page = context.page
        if page.nations is None:
            page.nations = {
                self.knowledge.nations.get((kind, slug), "")
                for kind in ("official", "post", "organization", "country")
                for slug in page.named.get(kind, ())
                if kind == "official" or (kind, slug) in page.telling
            } | page.adjectives
        return page.nations

    def of_that_nation(
        self, words: list[Token], hit: Hit, mention: Mentioned, part: str
    ) -> list[str]:
        """The records of a form that the adjective behind it allows: «وزير الدفاع المصري» is none of Iraq's."""
        if hit.after >= len(words) or part[hit.end : words[hit.after].start].strip():
            return hit.slugs
        code = nation(words[hit.after].word)
        if (
            code is None
            or words[hit.after].word.startswith("و")
            or nation(words[hit.after - 1].word)
        ):
            return hit.slugs
        own = {slug: self.knowledge.nations.get((hit.kind, slug), "") for slug in hit.slugs}
        allowed = [slug for slug in hit.slugs if own[slug] in ("", code)]
        if not hit.sure and len(allowed) == 1 and own[allowed[0]] == code:
            mention.end = words[hit.after].end
            mention.as_printed = part[mention.start : mention.end]
        return allowed

    def in_context(
        self, words: list[Token], hit: Hit, slugs: list[str], context: Context
    ) -> tuple[list[str], Sentence | None]:
        """An office or body without its country: by the delegation it leads, what was named before, or who speaks."""
        own = {slug: self.knowledge.nations.get((hit.kind, slug), "") for slug in slugs}
        side = side_before(words, hit.first)
        if side:
            of_side = [slug for slug in slugs if own[slug] == side]
            if len(of_side) == 1:
                return of_side, Sentence(
                    "The delegation named before it is of this country.",
                    "الوفد المذكور قبله من هذا البلد.",
                )
        seen = [slug for slug in slugs if slug in context.seen.get(hit.kind, ())]
        title = tuple(token.word for token in words[hit.first : hit.after])
        titled = context.page.holders.get(title, set()) if hit.kind == "post" else set()
        if len(seen) == 1 and None not in titled:
            return seen, Sentence(
                "Named with its country before in this text.", "ورد مع بلده قبل ذلك في النص."
            )
        if hit.kind == "post":
            held = [
                slug
                for slug in slugs
                if any(self.knowledge.held(one, slug, context.days) for one in context.officials)
            ]
            beside = [slug for slug in slugs for one in titled if one and self.knowledge.held(one, slug, context.days)]  # fmt: skip
            if len(beside) == 1 and len(titled) == 1 and not seen:
                return beside, Sentence(
                    "This text prints it beside its holder.", "يذكره النص مع صاحبه."
                )
            if len(held) == 1 and not seen and None not in titled:
                return held, Sentence(
                    "Only its holder is named in this text.", "لم يرد في النص إلا صاحب هذا المنصب."
                )
        if hit.kind == "organization":
            led = [slug for slug in slugs if slug in {self.knowledge.bodies.get(post) for post in context.seen.get("post", ())}]  # fmt: skip
            if len(led) == 1:
                return led, Sentence(
                    "The body of an office that this text names.", "جهة منصب يذكره النص."
                )
        spoken = [slug for slug in slugs if context.voice and own[slug] == context.voice]
        if len(spoken) == 1:
            return spoken, Sentence(
                "The document speaks for this country.", "الوثيقة تتكلم باسم هذا البلد."
            )
        return slugs, None


def nationless(words: list[Token], hit: Hit) -> bool:
    """Whether the words of an office or body name no country."""
    return not any(
        nation(token.word) or token.word in COUNTRY_WORDS for token in words[hit.first : hit.after]
    )


def printed_so(form: Form, printed: str) -> bool:
    """Short capitals are printed in capitals: "US" is not "us"."""
    return not (form.text.isascii() and form.text.isupper() and len(form.text) <= 6) or printed.upper() == printed  # fmt: skip


def side_before(words: list[Token], first: int) -> str | None:
    """The country of the delegation or side named in the few words before: «الوفد العراقي برئاسة …»."""
    window = words[max(0, first - 6) : first]
    for place in range(len(window) - 1, -1, -1):
        word = window[place].word.removeprefix("و").removeprefix("ال")
        if word in ("وفد", "جانب", "وفدا"):
            return next(
                (code for token in window[place + 1 :] if (code := nation(token.word))), None
            )
        if word in ("delegation", "side", "team"):
            return next(
                (code for token in reversed(window[:place]) if (code := nation(token.word))), None
            )
    return None
