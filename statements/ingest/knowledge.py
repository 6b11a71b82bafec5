"""What the archive knows when it reads a text: its names, the shapes that print gives them, and what they have to do with each other.

Read once from the records, then plain values; reading never writes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from statements.models import (
    Agreement,
    AgreementStep,
    Country,
    Dialogue,
    Event,
    Official,
    Organization,
    Participation,
    Place,
    Post,
)
from statements.search.lexicon import Form, Lexicon, load, tokens, words_of
from statements.text.names import comparison_key, same_name, surname_sound
from statements.text.nations import ADJECTIVES, COUNTRY_NAMES, SHORT_NAMES, nation
from statements.text.sentence import Sentence

#: Steps that say that an agreement is not made yet.
NOT_YET = {"proposed", "negotiating", "postponed"}


@dataclass(frozen=True)
class Meeting:
    """A dated event with those who took part, by which a text may mean it."""

    slug: str
    type: str
    first: datetime.date | None
    last: datetime.date | None
    officials: frozenset[str]
    bodies: frozenset[str]


@dataclass
class Knowledge:
    lexicon: Lexicon
    forms: list[Form] = field(default_factory=list)
    #: (kind, address) of officials, posts, organizations and places → ISO code of their country
    nations: dict[tuple[str, str], str] = field(default_factory=dict)
    #: post → the organization that it heads or belongs to
    bodies: dict[str, str] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    #: agreement → (first day, step) in order
    steps: dict[str, list[tuple[datetime.date | None, str]]] = field(default_factory=dict)
    memoranda: list[str] = field(default_factory=list)
    #: dialogue → ISO codes of its parties
    parties: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def sounds(self) -> dict[str, dict[str, tuple[set[str], set[str]]]]:
        """How a surname sounds in either script → the officials who have it, with the first sounds and the words of their names."""
        found: dict[str, dict[str, tuple[set[str], set[str]]]] = {}
        for form in self.lexicon.forms:
            if form.kind == "official" and len(keys := comparison_key(form.text).split()) > 1:
                of_surname = found.setdefault(keys[-1], {})
                initials, parts = of_surname.setdefault(form.slug, (set(), set()))
                initials.add(keys[0][:1])
                parts.update(words_of(form.text))
        return found

    @cached_property
    def countries(self) -> dict[str, str]:
        """ISO code → address of the country."""
        return {code: slug for (kind, slug), code in self.nations.items() if kind == "country"}

    def country(self, code: str) -> Sentence:
        """The name of a country in both languages."""
        return Sentence(*self.lexicon.words.get(("country", self.countries.get(code, "")), (code, code)))  # fmt: skip

    def spelled_otherwise(self, name: str) -> str | None:
        """The only official whose full name is another spelling of this one."""
        found = {
            slug
            for slug, forms in self.full_names.get(surname_sound(name), {}).items()
            if any(same_name(name, form) for form in forms)
        }
        return found.pop() if len(found) == 1 else None

    @cached_property
    def full_names(self) -> dict[str, dict[str, list[str]]]:
        """How a surname sounds → officials who have it, with their names in full."""
        found: dict[str, dict[str, list[str]]] = {}
        for form in self.lexicon.forms:
            if form.kind != "official" or form.bare or form.misleading:
                continue
            if len(words_of(form.text)) > 1:
                found.setdefault(surname_sound(form.text), {}).setdefault(form.slug, []).append(
                    form.text
                )
        return found

    @classmethod
    def of_the_archive(cls) -> Knowledge:
        lexicon = load()
        known = cls(lexicon, list(lexicon.forms))
        relations(known)
        for (kind, slug), names in lexicon.words.items():
            known.forms += [
                Form(kind, slug, text, bare) for text, bare in shapes(known, kind, slug, *names)
            ]
        for form in known.lexicon.forms:
            if form.kind == "organization":
                known.forms += [Form(form.kind, form.slug, text, form.bare, form.misleading) for text in loosened(form.text)]  # fmt: skip
            elif form.kind == "official":
                known.forms += [Form(form.kind, form.slug, text, form.bare, form.misleading) for text in joined(form.text)]  # fmt: skip
        for kind, slug in known.lexicon.ids:
            if kind == "country":
                short = SHORT_NAMES.get(known.nations[kind, slug], [])
                known.forms += [Form(kind, slug, name) for name in short]
        known.forms += list(leading(known))
        known.forms += [replace(form, text=form.text.replace("كردستان", "كوردستان")) for form in known.forms if "كردستان" in form.text]  # fmt: skip
        known.forms += [replace(form, text=form.text.replace("U.S.", "US").replace("U.K.", "UK")) for form in known.forms if "U." in form.text]  # fmt: skip
        known.forms = in_context_where_shared(known.forms)
        known.forms = sorted(set(known.forms), key=lambda form: (form.kind, form.slug, form.text))
        return known

    def held(
        self, official: str, post: str, day: tuple[datetime.date | None, datetime.date | None]
    ) -> bool:
        """Whether the official held the post on a day of the range; days not known hold."""
        low, high = day
        return any(
            held == post
            and (high is None or first is None or first <= high)
            and (low is None or last is None or last >= low)
            for held, first, last in self.lexicon.tenures.get(official, [])
        )

    def planned(self, agreement: str, day: datetime.date | None) -> bool:
        """Whether the agreement was still to be made on that day, by the steps recorded up to a year after it."""
        steps = self.steps.get(agreement, [])
        horizon = day + datetime.timedelta(days=31) if day else None
        known = [
            step for first, step in steps if horizon is None or first is None or first <= horizon
        ]
        return bool(known) and set(known) <= NOT_YET


def relations(known: Knowledge) -> None:
    """Countries, bodies, events with participants, and the steps of agreements."""
    for slug, code in Country.objects.values_list("slug", "iso2"):
        known.nations["country", slug] = code
    for slug, code in Place.objects.values_list("slug", "country__iso2"):
        known.nations["place", slug] = code or ""
    for slug, code in Official.objects.values_list("slug", "country__iso2"):
        known.nations["official", slug] = code or ""
    for slug, code in Organization.objects.values_list("slug", "country__iso2"):
        known.nations["organization", slug] = code or ""
    for slug, body, code in Post.objects.values_list("slug", "organization__slug", "organization__country__iso2"):  # fmt: skip
        known.nations["post", slug] = code or ""
        known.bodies[slug] = body
    people: dict[str, set[str]] = {}
    for event, official in Participation.objects.filter(official__isnull=False).values_list("event__slug", "official__slug"):  # fmt: skip
        people.setdefault(event, set()).add(official)
    bodies: dict[str, set[str]] = {}
    for event, body in Event.objects.filter(organizations__isnull=False).values_list("slug", "organizations__slug"):  # fmt: skip
        bodies.setdefault(event, set()).add(body)
    for slug, type, first, last in Event.objects.order_by("slug").values_list("slug", "type", "date_first", "date_last"):  # fmt: skip
        known.meetings.append(
            Meeting(slug, type, first, last, frozenset(people.get(slug, ())), frozenset(bodies.get(slug, ())))
        )  # fmt: skip
    for slug, first, step in AgreementStep.objects.order_by("agreement__slug", "order", "date_first").values_list("agreement__slug", "date_first", "status"):  # fmt: skip
        known.steps.setdefault(slug, []).append((first, step))
    for slug, code in Dialogue.objects.filter(countries__isnull=False).values_list("slug", "countries__iso2"):  # fmt: skip
        known.parties.setdefault(slug, set()).add(code)
    known.memoranda = list(
        Agreement.objects.filter(type="memorandum").order_by("slug").values_list("slug", flat=True)
    )


#: Steps with which an agreement begins to be one.
MADE = {"signed", "announced"}
#: A title that ends with the body it leads: "Commander, U.S. Central Command".
LEADS = re.compile(r"((?:Deputy )?(?:Commander|Director|Head|Chief)),? (?:of )?(?:the )?([A-Z].+)")


def leading(known: Knowledge) -> Iterator[Form]:
    """Titles with any name of the body: "CENTCOM Commander", "Commander of Combined Joint Task Force – Operation Inherent Resolve", «قائد عملية العزم الصلب»."""
    names: dict[str, list[Form]] = {}
    for form in known.forms:
        if form.kind == "organization" and not form.misleading:
            names.setdefault(form.slug, []).append(form)
    for slug, body in known.bodies.items():
        english, arabic = known.lexicon.words.get(("post", slug), ("", ""))
        name, arabic_name = known.lexicon.words.get(("organization", body), ("", ""))
        led = LEADS.fullmatch(english)
        if not led or not name or len({*words_of(led[2])} & {*words_of(name)}) < 2:
            continue
        head = arabic.removesuffix(f" {arabic_name}")
        for form in names.get(body, []):
            if not re.search(r"[\u0600-\u06ff]", form.text):
                yield Form("post", slug, f"{form.text} {led[1]}", form.bare)
                yield Form("post", slug, f"{led[1]} of {form.text}", form.bare)
            elif head != arabic:
                yield Form("post", slug, f"{head} {form.text}", form.bare)


def in_context_where_shared(forms: list[Form]) -> list[Form]:
    """A title or name without a country that is another record's without its country is sure of neither."""
    bare = {(form.kind, words_of(form.text)) for form in forms if form.bare}
    return [
        replace(form, bare=True)
        if form.kind in ("post", "organization") and not form.bare and (form.kind, words_of(form.text)) in bare
        else form
        for form in forms
    ]  # fmt: skip


# The shapes that print gives a name


def shapes(
    known: Knowledge, kind: str, slug: str, english: str, arabic: str
) -> Iterator[tuple[str, bool]]:
    """Forms of a name as the press varies it, each with whether it is sure only in context."""
    code = known.nations.get((kind, slug), "")
    if kind == "official":
        family = re.fullmatch(r"\S.* [Aa]l[- ](\w{5,})", english)
        if family:
            yield family[1], True
        for name in (english, arabic):  # the house is often left out: "Khalid bin Salman Al Saud"
            house = re.fullmatch(r"(\S+ (?:bin|bint|بن|بنت) .+) (?:[Aa]l|آل)[- ]\S+", name)
            if house:
                yield house[1], False
                yield " ".join(house[1].split()[:3]), False
    elif kind == "post":
        yield from english_offices(english, english_core(known, english, code), code)
        yield from arabic_offices(arabic, code)
    elif kind == "organization":
        yield from english_bodies(english, english_core(known, english, code), code)
        yield from arabic_bodies(arabic)
        words = arabic.split()
        if len(words) > 2 and code and nation(tokens(words[-1])[0].word) == code:
            yield " ".join(words[:-1]), True
    elif kind == "place":
        for name, tail in ((english, ", D.C."), (arabic, " العاصمة")):
            if name.endswith(tail):
                yield name.removesuffix(tail), False


def english_adjectives(code: str) -> list[str]:
    return [form for form in ADJECTIVES.get(code, []) if form.isascii()]


def english_core(known: Knowledge, name: str, code: str) -> str:
    """A name without « of Iraq», when that is its country."""
    for (kind, slug), (english, _) in known.lexicon.words.items():
        if kind == "country" and known.nations.get(("country", slug)) == code:
            for tail in (f" of {english}", f" of the {english}", f" – {english}", f" - {english}"):
                if name.endswith(tail):
                    return name.removesuffix(tail)
    return name


def english_offices(title: str, core: str, code: str) -> Iterator[tuple[str, bool]]:
    """ "Minister of Defence of Iraq": "Iraqi Defence Minister", "Iraqi Minister of Defence", "Defence Minister"."""
    if not title:
        return
    bare = core != title
    if bare:
        yield core, True
    if "," in core:
        yield core.replace(", ", " of ", 1), bare
        yield core.replace(", ", " of the ", 1), bare
        if bare and core.endswith(" Command"):
            yield core.removesuffix(" Command").replace(", ", " of ", 1), True
    adjectives = english_adjectives(code)
    yield from ((f"{adjective} {core}", False) for adjective in adjectives)
    led = re.fullmatch(r"((?:Deputy )?(?:Chief of Staff|Commander|Director|Head|President|Chief)),? (?:of )?(?:the )?([A-Z].+)", core)  # fmt: skip
    if led and "," not in led[2]:
        yield f"{led[2]} {led[1]}", bare and core == title
        yield f"{led[2]}'s {led[1]}", bare and core == title
    affairs = re.fullmatch(r"((?:Minister|Ministry) of [A-Z]\w+) Affairs", core)
    if affairs and not affairs[1].endswith("Foreign"):
        yield affairs[1], bare
    office = re.fullmatch(r"(?:Federal )?((?:Deputy )?(?:Minister|Secretary))(?: of State)? (?:of|for) ([A-Z]\w+(?: [A-Z]\w+)*)", core)  # fmt: skip
    if office and office[2] != "State":
        head, field_ = office[1], office[2]
        short = field_.removesuffix(" Affairs").removeprefix("National ").removeprefix("the ")
        if field_.startswith("National "):
            yield f"{head} of {short}", True
            yield from ((f"{adjective} {head} of {short}", False) for adjective in adjectives)
        for subject in dict.fromkeys((field_, short)):
            yield f"{subject} {head}", True
            yield from ((f"{adjective} {subject} {head}", False) for adjective in adjectives)


def arabic_offices(title: str, code: str) -> Iterator[tuple[str, bool]]:
    """«رئيس مجلس الوزراء العراقي»: «رئيس الوزراء العراقي», «رئيس الوزراء»; «رئيس الولايات المتحدة»: «الرئيس الأمريكي»."""
    words = title.split()
    if not words:
        return
    adjectives = [form for form in ADJECTIVES.get(code, []) if not form.isascii()]
    if words[0] == "وزير" and words[1:2] == ["شؤون"]:
        yield f"وزير {' '.join(words[2:])}", False
    qualified = nation(tokens(words[-1])[0].word) == code if code and tokens(words[-1]) else False
    core = " ".join(words[:-1]) if qualified else title
    if qualified and len(words) > 2:
        yield core, True
    if qualified and not words[-1].endswith("ة"):  # held by her
        yield f"{title}ة", False
    minister = re.fullmatch(r"وزير(?: الشؤون)? ال(خارجية|دفاع|داخلية)(?: الوطني)?", core)
    if minister:
        field_ = minister[1]
        yield f"وزير ال{field_}", True
        for country in (names for names, found in COUNTRY_NAMES.items() if found == code and not names[0].isascii()):  # fmt: skip
            for state in ("", "جمهورية ", "مملكة ", "دولة ", "سلطنة "):
                yield f"وزير {field_} {state}{' '.join(country)}", False
        if field_ == "خارجية":
            yield "وزير الشؤون الخارجية", True
        if field_ == "دفاع":
            yield "وزير الدفاع الوطني", True
        for adjective in adjectives:
            yield f"وزير ال{field_} ال{adjective}", False
    premier = re.fullmatch(r"(نائب )?رئيس (?:مجلس الوزراء|الوزراء|وزراء .+|حكومة .+)", core)
    if premier:
        deputy = premier[1] or ""
        for name in ("رئيس الوزراء", "رئيس مجلس الوزراء"):
            yield deputy + name, True
            for adjective in adjectives:
                yield f"{deputy}{name} ال{adjective}", False
    elif re.fullmatch(r"رئيس (?:ال)?(?:جمهورية|مملكة|ولايات|اتحاد).*", core):
        yield "الرئيس", True
        for adjective in adjectives:
            yield f"الرئيس ال{adjective}", False
    elif words[0] == "سفير":
        yield "السفير", True
        for adjective in adjectives:
            yield f"السفير ال{adjective}", False
            yield f"السفير ال{adjective}ة", False


def english_bodies(name: str, core: str, code: str) -> Iterator[tuple[str, bool]]:
    """ "Ministry of Defence of Iraq": "Iraqi Ministry of Defence", "Iraqi Defence Ministry", "Ministry of Defence"."""
    if not name:
        return
    adjectives = english_adjectives(code)
    for adjective in adjectives:
        if name.lower().startswith(f"{adjective} ") and len(name.split()) > 2:
            core = name[len(adjective) + 1 :]
    if core != name:
        yield core, True
    if name.lower().startswith("the "):
        yield name[4:], False
    yield from ((f"{adjective} {core}", False) for adjective in adjectives)
    affairs = re.fullmatch(r"(Ministry of [A-Z]\w+) Affairs", core)
    if affairs and not affairs[1].endswith("Foreign"):
        yield affairs[1], core != name
    office = re.fullmatch(r"(Ministry|Department) of ([A-Z]\w+(?: [A-Z]\w+)*)", core)
    if office:
        yield core, True
        for subject in dict.fromkeys((office[2], office[2].removesuffix(" Affairs"))):
            if subject != "State" or office[1] == "Department":
                yield f"{subject} {office[1]}", True
                yield from (
                    (f"{adjective} {subject} {office[1]}", False) for adjective in adjectives
                )


def loosened(form: str) -> Iterator[str]:
    """A body's form without the article: "Pentagon" of "the Pentagon", «لجنة عسكرية عليا» of «اللجنة العسكرية العليا»."""
    words = form.split()
    if form.startswith(("the ", "The ")) and form != "the Coalition":
        yield form[4:]
    if len(words) >= 3 and all(word.startswith("ال") and len(word) > 4 for word in words):
        yield " ".join(word.removeprefix("ال") for word in words)


def joined(name: str) -> Iterator[str]:
    """«عبدالأمير», «يارالله», as many write «عبد الأمير» and «يار الله»."""
    servant = re.sub(r"(?<!\S)عبد (?=ال)", "عبد", name)
    yield from {servant, re.sub(r"(?<=\S) الله(?!\S)", "الله", servant)} - {name}


def arabic_bodies(name: str) -> Iterator[tuple[str, bool]]:
    if name.startswith("وزارة شؤون "):
        yield f"وزارة {name.removeprefix('وزارة شؤون ')}", False
    if "مجلس الوزراء" in name:
        spoken = name.replace("رئيس مجلس الوزراء", "رئيس الوزراء")
        yield spoken, False
        words = spoken.split()
        if nation(tokens(words[-1])[0].word):
            yield " ".join(words[:-1]), True
    elif name.startswith("مكتب رئيس الوزراء "):
        yield "مكتب رئيس الوزراء", True
