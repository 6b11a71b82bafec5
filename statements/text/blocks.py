"""A pasted page told apart: site furniture, headline, byline, dates, paragraphs, and the documents inside it.

Works on lines and their looks alone; knows no site. Every span counts characters of the text as
pasted, and every non-blank line belongs to exactly one part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from statements.text.arabic import fold, language_of
from statements.text.dates import Found, find
from statements.text.sentence import Sentence


@dataclass(frozen=True)
class Span:
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass
class Block:
    """One document in a page: an article, or a statement embedded in one or standing alone."""

    kind: str  # article, statement
    type: str  # news_report, joint_statement, communique, remarks, readout, news_release, statement
    start: int
    end: int
    title: Span | None = None
    byline: Span | None = None
    date_line: Span | None = None
    paragraphs: list[Span] = field(default_factory=list)
    language: str | None = None
    claimed: Sentence | None = None


@dataclass
class Page:
    documents: list[Block]
    furniture: list[Span]
    date_line: Span | None = None


#: Lines of a site that belong to no document, folded, from beginning to end.
FURNITURE = re.compile(
    r"^(?:(?:اخر|احدث|اهم)\s+(?:ال)?اخبار|(?:اخبار\s+)?عاجله?|(?:الصفحه\s+)?الرييسيه|القايمه|شارك(?:ها|ه|وا)?(?:\s.{0,30})?|مشاركه(?:\s+(?:الخبر|المقال|علي.*))?|"
    r"طباعه|نسخ الرابط|حفظ|استمع.{0,30}|الوسوم.*|كلمات\s+(?:مفتاحيه|دلاليه).*|الكلمات\s+(?:المفتاحيه|الدلاليه|المفتاح).*|تابعونا.*|تابعنا.*|تابعوا\s.{0,40}(?:قناتنا|صفحتنا|علي|عبر).*|اعلانا?ت?|انضم\s+الي.*|اشترك.*|"
    r"جميع\s+الحقوق.*|حقوق\s+(?:النشر|الطبع).*|عدد\s+(?:المشاهدات|القراءات|القراء).*|تسجيل\s+الدخول|بحث|المصدر\s*:.{0,60}|(?:ال)?صوره\s*:.*|(?:عدسه|تصوير)\s*:.*|مده\s+القراءه.*|\d+\s+مشاهده|"
    r".{0,80}(?:ملفات\s+تعريف\s+الارتباط|كوكيز).{0,200}|[^.]{0,120}\bcookies?\b.{0,200}|"
    r"share(?:\s.{0,30})?|tweet|print|e-?mail|save|listen.{0,30}|tags?\s*:?.*|topics?\s*:.*|filed\s+under.*|keywords?\s*:.*|advertisement|sponsored|menu|home|search|sections?|"
    r"sign\s+(?:in|up).{0,40}|log\s*in|subscribe.*|newsletter.*|follow\s+(?:us|@).*|join\s+(?:us|our).*|(?:©|\(c\)\s|copyright).*|all\s+rights\s+reserved.*|"
    r"(?:photo|image|picture|file\s+photo)(?:\s+(?:credit|by))?\s*:.*|facebook|whatsapp|telegram|twitter|linkedin|x|latest\s+news|breaking(?:\s+news)?|skip\s+to.*|loading.*|"
    r"(?:https?://|www\.)\S+|\d{1,2}:\d{2}(?:\s?\w{1,3}){0,2}|\d{1,6}|as\s+prepared(?:\s+for\s+delivery)?|check\s+against\s+delivery|(?:this\s+is\s+an\s+)?archived\s+(?:page|content).*|our\s+standards\s*:.*|"
    r"\(?(?:(?:additional\s+)?reporting|writing|editing|compiled)\s+by\s.*|hosted\s+by\s.*|(?:تحرير|المحرر|محرر\s+الخبر)\s*:.{0,40}|يتبع|"
    r"(?:ال)?تعليقات.{0,30}|back\s+to\s+.{2,40}|\(?release\s+id\b.*|read\s+this\s+(?:release|page|article)\s+in.*|press\s+release(?:\s*\|.*)?|media\s+note|related\s+content|news\s+story|from\s*:.{2,60}|for\s+queries\s*:.*|"
    r"-{1,3}\s*\([^)]{2,12}\)(?:[\s./،-]+[^\W\d_]{1,2}){0,9}|[\w.+-]+@[\w-]+\.\S+|[^\W\d_]{1,2}(?:[\s./،-]+[^\W\d_]{1,2}){1,9}|(?:\w{3,5}\s)?\d{6}\s*(?:جمت|gmt)\s*\w{3}\s*\d{2}|"
    r"\d+\s+(?:views?|comments?|shares?|min(?:ute)?s?(?:\s+read)?)|\d+\s+min(?:ute)?s?\s+read|back\s+to\s+top|click\s+here.*|accept(?:\s+all)?|updates\s+to\s+this\s+page|(?:is|was)\s+this\s+(?:page|article|story)\s+(?:useful|helpful).{0,20}|report\s+a\s+problem.{0,30}|.{2,40}\s(?:website|site)\s+contains\s+only\s.*|privacy\s+policy.*|terms\s+of\s+(?:use|service).*)$"
)
#: Links to other stories: inside a line, or heading a list of them.
RELATED = re.compile(
    r"^(?:اقرا(?:وا)?\s+(?:ايضا|المزيد|كذلك)|المزيد(?:\s+من.{0,30})?|(?:مواضيع|اخبار|مقالات|مواد)\s+(?:ذات\s+صله|متعلقه|مشابهه)|شاهد\s+ايضا|قد\s+يهمك.{0,20}|"
    r"read\s+(?:more|also|next)|see\s+also|related(?:\s+(?:articles?|news|stories|topics|content))?|more\s+(?:on|from|stories|news).{0,40}|you\s+may\s+also\s+like|most\s+(?:read|popular)|recommended.{0,30}|editors?'? picks?)(?P<rest>\s*[:|-].*)?$"
)
#: What heads a list of subjects, one a line.
LISTING = re.compile(
    r"^(?:tags?|topics?|keywords?|(?:ال)?وسوم|(?:ال)?كلمات\s+(?:ال)?(?:مفتاحيه|دلاليه))\s*:?$"
)
#: The press office of a ministry or head of government, which heads or signs what it sends out.
PRESS_OFFICE = re.compile(
    r"^(?:ال)?(?:مكتب|مديريه|دايره|قسم|خليه|وحده|هييه)\s+(?:ال)?(?:اعلام|صحف)\w*(?:\s\w+){0,6}$|(?:ال)?اعلام\s+(?:ال)?(?:امني|حربي|حكومي)$|"
    r"^وزاره(?:\s(?:و?ال\w+)){1,3}$|^ministry\s+of(?:\s[a-z]+){1,5}$|^(?:press\s+and\s+information\s+(?:team|office)|inter\s+services\s+public\s+relations|office\s+of\s+the\s+(?:press\s+secretary|spokes\w+)|press\s+information\s+bureau|public\s+relations)(?:\s\w+){0,8}$|^(?:the\s+)?(?:media|press|information|public\s+affairs)\s+(?:office|directorate|department|section)(?:\s\w+){0,6}$"
)
#: The name of a paper or agency, or of the state, that stands above a headline.
LETTERHEAD = re.compile(
    r"^(?:وكاله|صحيفه|جريده|قناه|شبكه|مجله|اذاعه)(?:\s\w+){1,5}$|^(?:جمهوريه|مملكه|المملكه|دوله|سلطنه)(?:\s\w+){1,3}$"
)
#: What says of a page that its sender issued it.
ISSUED = re.compile(
    r"^(?:press|media|news)\s+release$|^(?:ال)?بيان\s+صحفي$|^from\s*:\s*(?:the\s+)?(?:ministry|office|department|embassy|prime\s+minister|foreign|home)\b.*$"
)
CAPTION = re.compile(
    r"\((?:photos?|image|picture|file|getty.*|reuters|afp|ap|epa|(?:ال)?صوره|تصوير|ارشيف(?:يه)?|رويترز|ا\s?ف\s?ب|الاناضول)\b[^)]*\)\s*$"
)
PUBLISHED = re.compile(
    r"^(?:published|posted|updated|last\s+(?:updated|modified)|date|(?:تاريخ\s+)?(?:النشر|نشر|نشرت|التحديث|اخر\s+تحديث))(?!\w)"
)
MARKERS: list[tuple[str, str]] = [
    ("communique", r"(?:نص\s+)?(?:ال)?بيان\s+(?:ال)?ختامي|(?:(?:final|joint)\s+)?communiqu[eé]"),
    ("joint_statement", r"(?:(?:ال)?نص\s+)?(?:ال)?(?:كامل\s+)?(?:لل|ال)?بيان\s+(?:ال)?(?:صحفي\s+)?(?:ال)?مشترك|(?:full\s+)?(?:text\s+of\s+(?:the\s+)?)?joint\s+(?:press\s+)?(?:statement|declaration)"),
    ("remarks", r"(?:نص\s+)?(?:كلمه|خطاب|تصريح(?:ات)?|موتمر\s+صحفي)\s|(?:remarks|speech|address|press\s+(?:briefing|conference))\s+(?:by|of|with|as)|opening\s+remarks|(?:press\s+conference\s+)?transcript"),
    ("readout", r"readout\s+of|(?:قراءه|ملخص|موجز)\s+(?:ل)?(?:لقاء|اجتماع|اتصال|مكالمه)"),
    ("news_release", r"(?:news|press)\s+release|for\s+immediate\s+release|(?:ال)?بيان\s+(?:ال)?صحفي"),
    ("statement", r"(?:نص\s+)?(?:ال)?بيان(?:\s+(?:صادر|عن|من|وزاره|رياسه|الحكومه))|statement\s+(?:by|from|of|on)"),
]  # fmt: skip
COMPILED = [(kind, re.compile(rf"^(?:{pattern})", re.IGNORECASE)) for kind, pattern in MARKERS]
#: In English a title may name the parties first; a headline that tells of a statement does not capitalise it.
NAMED_FIRST = [
    ("joint_statement", re.compile(r"^(?:[A-Z][\w.’'–-]*[\s,–-]+(?:and\s+|the\s+)?){1,6}Joint (?:Press )?(?:Statement|Declaration)\b")),
    ("communique", re.compile(r"^(?:[A-Z][\w.’'–-]*[\s,–-]+(?:and\s+|the\s+)?){1,6}(?:Joint |Final )?Communiqu[eé]\b")),
    ("readout", re.compile(r"^(?:[A-Z][\w.’'–-]*\s+){0,3}Readout\b")),
    ("remarks", re.compile(r"^(?:[A-Z][\w.’'–-]*\s+){1,6}(?:Remarks|Speech)\s+(?:at|to|on|before)\b")),
]  # fmt: skip
#: What stands before a text that is printed whole without a title of its own.
INTRODUCED = re.compile(
    r"(?:في\s?ما\s+(?:ياتي|يلي)|وهذا|هنا|وجاء\s+في)?.{0,20}(?:نص|النص\s+الكامل\s+ل)\s*(?:ال|لل)?بيان.{0,60}[:：]$|"
    r"(?:the\s+)?(?:following|full\s+text\s+of\s+the)\s+(?:is\s+(?:the\s+)?)?(?:full\s+)?(?:text\s+of\s+(?:the\s+)?)?(?:joint\s+)?(?:statement|communiqu[eé]).{0,60}:$|(?:statement|communiqu[eé])\s+(?:reads|follows|read)(?:\s+as\s+follows)?\s*:$"
)
#: What closes a text that is printed whole.
CLOSED = re.compile(
    r"^\W*(?:انتهي(?:\s+البيان)?|ends?|30|end\s+of\s+(?:the\s+)?(?:statement|text))\W*$|^#{2,}$"
)
BYLINE = re.compile(r"^(?:\*\s*)?[^/.!؟?:]{2,40}/\s*[^/.!؟?:]{2,60}$|^(?:by|كتب|كتبت|اعداد|ترجمه|تقرير|بقلم)[\s:].{2,60}$|^\*.{2,80}$", re.IGNORECASE)  # fmt: skip
OUTLET = re.compile(
    r"(?:^|\s)(?:ال)?(?:صحيفه|جريده|وكاله|قناه|موقع|شبكه|مجله|نيوز|برس|اذاعه|تلفزيون|تايمز|بوست)(?:\s|$)|"
    r"^(?:ا\s?ش\s?ا|ا\s?ف\s?ب|د\s?ب\s?ا|واع|واس|وام|وكاع|سانا|كونا|بترا|قنا|نينا)$|"
    r"\b(?:news|times|gazette|post|agency|watch|herald|tribune|journal|press|daily|observer|monitor|chronicle|telegraph|reuters|afp|upi|network|tv|radio|media)\b"
)
#: An agency by its letters: "INA", «و م ع».
INITIALS = re.compile(r"(?:By\s+)?([A-Z]{2,5}|[\u0600-\u06ff](?:\s[\u0600-\u06ff]){1,3})")
PARTED = re.compile(r"\s*[|•·/]\s*|\s+[–—-]{1,2}\s+")
SAID = re.compile(
    r"(?:^|\s)[وف]?(?:قال|قالت|اضاف|اضافت|اكد|اشار|اوضح|ذكر|said|says|added|told|noted)\b"
)
#: What numbers the paragraphs of a text.
NUMBERED = re.compile(
    r"(?:\d{1,2}|[أ-ي])\s*[.)–-]\s|[•▪●]\s|(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا)ً?\s*[:،-]"
)
#: Marks without ink that pages put at the ends of lines: byte order mark, joiners, direction controls.
MARGIN = "\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069"


def split(text: str) -> Page:
    """The documents of a pasted page, with spans into the text as it is."""
    reading = Reading(text, units(text))
    reading.head()
    for at in range(reading.at, len(reading.lines)):
        reading.take(at)
    return reading.page()


@dataclass
class Reading:
    """A page on its way to being told apart, line by line."""

    text: str
    lines: list[Span]
    at: int = 0
    documents: list[Block] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    page_date: Span | None = None
    current: Block | None = None
    linking: bool = False  # in a list of links to other stories
    over: bool = False  # the article has said that it ended
    introduced: str | None = None  # the last paragraph said that a text of this type follows

    def __post_init__(self) -> None:
        self.words = [span.of(self.text) for span in self.lines]
        self.folded = [" ".join(fold(words).split()) for words in self.words]
        self.bodies = [self.is_body(at) for at in range(len(self.lines))]
        self.markers = self.find_markers()

    def is_body(self, at: int) -> bool:
        words = self.words[at]
        if is_furniture(self.folded[at]) or dated(words, 3):
            return False
        long = len(words) >= 120 or (
            ends(words) and len(words.split()) >= 5 and not closes_with_a_word(words)
        )
        return long and not CAPTION.search(self.folded[at])

    def find_markers(self) -> list[str | None]:
        """The type of document that begins at each line; a marker without a body behind it begins none."""
        found: list[str | None] = []
        for at, words in enumerate(self.words):
            kind = marker(self.folded[at], words) if len(words) < 200 and not ends(words) else None
            found.append(kind if kind and not is_furniture(self.folded[at]) else None)
        body = False
        for at in range(len(found) - 1, -1, -1):
            if found[at]:
                found[at] = found[at] if body else None
                body = False
            body = body or self.bodies[at] or not is_heading(self.words[at])
        return found

    def head(self) -> None:
        """What stands before the first paragraph: furniture, the headline, and who printed it when."""
        first = next((at for at, body in enumerate(self.bodies) if body), len(self.lines))
        marked = next((at for at, kind in enumerate(self.markers) if kind), len(self.lines))
        self.at = min(first, marked)
        if self.at == len(self.lines):
            self.at = 0
            return
        names = [at for at in range(self.at) if self.may_be_title(at)]
        chosen = next(
            (at for at in names if len(self.words[at].split()) >= 4 and not self.is_letterhead(at)),
            next((at for at in names if len(self.words[at].split()) >= 4), None),
        )
        if chosen is None and names:
            chosen = max(names, key=lambda at: len(self.words[at]))
        beside = None
        if chosen is None:
            beside = next((at for at in range(self.at) if self.title_beside_outlet(at)), None)
            chosen = beside
        if chosen is None or self.at == marked:
            for at in range(self.at):
                self.before_title(at)
            return
        title, byline = self.lines[chosen], None
        if beside is not None:
            title, byline = self.title_beside_outlet(beside) or (title, None)
        opened = self.open("article", "news_report", title, title)
        opened.byline = byline
        for at in range(chosen):
            self.before_title(at)
        for at in range(chosen + 1, self.at):
            self.under_title(at)

    def is_letterhead(self, at: int) -> bool:
        """Whether a line only says who sends what follows: a name in capitals, or a paper's or state's."""
        words = self.words[at]
        return (words.isupper() and words.isascii() and len(words.split()) <= 6) or bool(
            LETTERHEAD.match(self.folded[at])
        )

    def before_title(self, at: int) -> None:
        if dated(self.words[at], 8):
            self.keep_page_date(self.lines[at])
        else:
            self.furniture.append(self.lines[at])

    def keep_page_date(self, span: Span) -> None:
        """The first date that stands above everything is the page's."""
        if self.page_date is None:
            self.page_date = span
        else:
            self.furniture.append(span)

    def title_beside_outlet(self, at: int) -> tuple[Span, Span] | None:
        """«وكالة - عنوان»: the headline and the outlet of a line that has both, else None."""
        words, span = self.words[at], self.lines[at]
        cut = PARTED.search(words)
        if cut is None or is_furniture(self.folded[at]) or dated(words, 8):
            return None
        parts = [
            Span(span.start, span.start + cut.start()),
            Span(span.start + cut.end(), span.end),
        ]
        outlets = [part for part in parts if OUTLET.search(fold(part.of(self.text)))]
        titles = [
            part for part in parts if part not in outlets and len(part.of(self.text).split()) >= 4
        ]
        return (titles[0], outlets[0]) if len(outlets) == 1 and titles else None

    def may_be_title(self, at: int) -> bool:
        words = self.words[at]
        return not (
            is_furniture(self.folded[at])
            or RELATED.match(self.folded[at])
            or CAPTION.search(self.folded[at])
            or dated(words, 8)
            or BYLINE.match(self.folded[at])
            or is_press_office(self.folded[at])
            or (PARTED.search(words) and OUTLET.search(self.folded[at]))
            or is_navigation(words)
        )

    def under_title(self, at: int) -> None:
        """A line between a headline and the first paragraph: date, byline, deck, or furniture."""
        assert self.current is not None
        block, span, words = self.current, self.lines[at], self.words[at]
        if (
            is_furniture(self.folded[at])
            or CAPTION.search(self.folded[at])
            or is_press_office(self.folded[at])
        ):
            self.furniture.append(span)
        elif dated(words, 8):
            self.date_and_byline(block, span)
        elif block.byline is None and (
            BYLINE.match(self.folded[at])
            or OUTLET.search(self.folded[at])
            or (len(words.split()) <= 4 and not block.paragraphs)
        ):
            block.byline = span
            block.end = span.end
        elif len(words.split()) >= 7:
            self.add(block, span)
        else:
            self.furniture.append(span)

    def date_and_byline(self, block: Block, span: Span) -> None:
        """A line such as «جريدة | كاتب | 10 آب 2023»: what stands before or behind the date is the byline."""
        block.end = max(block.end, span.end)
        if block.date_line is not None:
            self.furniture.append(span)
            return
        block.date_line = span
        words = span.of(self.text)
        date = dated(words, 8)
        if date is None or block.byline is not None:
            return
        tail = re.match(r"\s*م?\s*([^\W\d_]{3,12})\s*$", words[date.end :])
        if tail and OUTLET.search(fold(tail[1])):  # «22 فبراير 2024 م واس»
            block.byline = Span(
                span.start + date.end + tail.start(1), span.start + date.end + tail.end(1)
            )
            block.date_line = Span(span.start, span.start + date.end)
            return
        cuts = [match.span() for match in PARTED.finditer(words)]
        before = [cut for cut in cuts if cut[1] <= date.start]
        behind = [cut for cut in cuts if cut[0] >= date.end]
        low, high = 0, len(words)
        if before:
            low = before[-1][1]
            block.byline = Span(span.start, span.start + before[-1][0])
        if behind:
            high = behind[0][0]
            rest = Span(span.start + behind[0][1], span.end)
            if block.byline is None and re.search(r"[^\W\d_]{1}", rest.of(self.text)):
                block.byline = rest
            elif rest.end > rest.start:
                self.furniture.append(rest)
        block.date_line = Span(span.start + low, span.start + high)

    def take(self, at: int) -> None:
        """One line from the first paragraph or marker on."""
        span, words, folded = self.lines[at], self.words[at], self.folded[at]
        kind, related = self.markers[at], RELATED.match(folded)
        if related or is_furniture(folded):
            listing = bool(related and not related["rest"]) or LISTING.match(folded)
            self.linking = bool(listing) or self.linking
            if self.current and CLOSED.match(folded):
                self.close(at)
            self.furniture.append(span)
        elif dated(words, 3) and not kind:
            self.date(at)
        elif kind and (self.current is None or self.current.paragraphs):
            self.linking, self.introduced = False, None
            self.open("statement", kind, span, span)
        elif (
            CAPTION.search(folded) or (self.linking and is_heading(words)) or self.over and not kind
        ):
            self.furniture.append(span)
        elif self.current and CLOSED.match(folded):
            self.close(at)
            self.furniture.append(span)
        elif (
            self.current
            and self.last_body(at)
            and (is_navigation(words) or is_press_office(folded) or is_tag_line(words))
        ):
            self.furniture.append(span)
        elif self.introduced and self.current and self.current.kind == "article":
            title = span if is_heading(words) and not self.bodies[at] else None
            self.open("statement", self.introduced, span, title)
            self.introduced = None
        else:
            self.paragraph(at)

    def paragraph(self, at: int) -> None:
        span = self.lines[at]
        self.linking = False
        if self.current is None:
            self.open("article", "news_report", span, None)
            return
        block = self.current
        if not block.paragraphs and block.kind == "statement" and self.under_heading(block, at):
            return
        if (
            not block.paragraphs
            and block.kind == "statement"
            and block.byline is None
            and is_heading(self.words[at])
            and BYLINE.match(self.folded[at])
        ):
            block.byline = span
            block.end = span.end
            return
        self.add(block, span)
        following = next((k for k in range(at + 1, len(self.lines)) if not is_furniture(self.folded[k])), None)  # fmt: skip
        if (
            INTRODUCED.search(self.folded[at])
            and following is not None
            and not self.markers[following]
        ):
            joint = re.search(r"مشترك|joint", self.folded[at])
            self.introduced = "joint_statement" if joint else "statement"

    def under_heading(self, block: Block, at: int) -> bool:
        """Lines between the title of a statement and its first paragraph: the rest of the title, or place and days."""
        span, words = self.lines[at], self.words[at]
        if (
            block.title is None
            or not is_heading(words)
            or self.bodies[at]
            or not any(self.bodies[at + 1 :])
        ):
            return False
        days = [one for one in find(words) if one.edtf and one.edtf.is_range]
        rest = words[: days[0].start] + words[days[0].end :] if days else words
        if days and block.date_line is None and len(re.findall(r"[^\W\d_]+", rest)) <= 3:
            block.date_line = span
        elif (
            block.date_line is None
            and self.lines[at - 1].end == block.title.end
            and len(words.split()) >= 4
            and not BYLINE.match(self.folded[at])
            and block.byline is None
        ):
            block.title = Span(block.title.start, span.end)
        else:
            return False
        block.end = span.end
        return True

    def open(self, kind: str, type: str, span: Span, title: Span | None) -> Block:
        self.current = Block(kind, type, span.start, span.end, title=title)
        self.documents.append(self.current)
        if title is None:
            self.add(self.current, span)
        return self.current

    def add(self, block: Block, span: Span) -> None:
        block.paragraphs.append(span)
        block.end = span.end

    def last_body(self, at: int) -> bool:
        """Whether no paragraph and no title comes behind a line."""
        return not any(self.bodies[at + 1 :]) and not any(self.markers[at + 1 :])

    def close(self, at: int) -> None:
        """A printed text has ended; what follows is the article's again, or, behind an article, nothing."""
        opener = self.documents[0]
        if self.current is opener and opener.kind == "article":
            self.over = self.last_body(at)
        if self.current and self.current.kind == "statement" and opener.kind == "article":
            self.current = opener

    def date(self, at: int) -> None:
        """A date line: the document's own, or, last of all and in figures, the page's."""
        span, words = self.lines[at], self.words[at]
        opener = self.documents[0] if self.documents else None
        last = all(is_furniture(folded) for folded in self.folded[at + 1 :])
        of_page = PUBLISHED.match(self.folded[at]) or not re.search(r"[^\W\d_]{3}", words)
        if self.current is None:
            self.keep_page_date(span)
        elif last and of_page and opener and opener.kind == "article" and opener.date_line is None:
            opener.date_line = span
        elif self.current.date_line is None:
            ended = bool(self.current.paragraphs)
            self.current.date_line = span
            self.current.end = span.end
            if ended:
                self.close(at)
        else:
            self.furniture.append(span)

    def page(self) -> Page:
        for document in self.documents:
            finish(document, self.text)
        opener = self.documents[0] if self.documents else None
        sent = any(
            is_press_office(words) or ISSUED.match(words)
            for words in (" ".join(fold(span.of(self.text)).split()) for span in self.furniture)
        )
        if sent and opener and opener.kind == "article" and opener.byline is None:
            opener.kind, opener.type = "statement", "news_release"
        kept = [document for document in self.documents if document.paragraphs]
        for document in self.documents:
            if not document.paragraphs:
                parts = (document.title, document.byline, document.date_line)
                self.furniture += [part for part in parts if part]
        if self.page_date and kept and kept[0].date_line is None:
            kept[0].date_line, self.page_date = self.page_date, None
        self.furniture.sort(key=lambda span: span.start)
        return Page(kept, self.furniture, self.page_date)


def units(text: str) -> list[Span]:
    """Paragraphs: lines, or blocks parted by blank lines where lines are broken short."""
    lines = [
        Span(match.start(), match.end())
        for match in re.finditer(
            rf"[^\s{MARGIN}](?:[^\n\r\u2028\u2029\x85\x0b\x0c]*[^\s{MARGIN}])?", text
        )
    ]
    if not lines:
        return []
    gaps = [
        len(re.findall(r"\r\n|[\n\r\u2028\u2029\x85]", text[a.end : b.start])) > 1
        for a, b in zip(lines, lines[1:], strict=False)
    ]
    wrapped = [line for line, gap in zip(lines, gaps, strict=False) if not gap]
    if len(wrapped) < len(lines) / 2 or sum(len(w.of(text)) > 110 for w in lines) > len(lines) / 5:
        return lines
    if sum(w.of(text).endswith((".", "!", "؟", "?")) for w in wrapped) * 2 > len(wrapped):
        gaps = [
            gap or one.of(text).endswith((".", "!", "؟", "?"))
            for one, gap in zip(lines, gaps, strict=False)
        ]
    joined = [lines[0]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        apart = gap or NUMBERED.match(line.of(text))
        joined = [*joined, line] if apart else [*joined[:-1], Span(joined[-1].start, line.end)]
    return joined


def is_navigation(words: str) -> bool:
    """A row of sections or the way to a page: «أخبار > سياسة», «اقتصاد | رياضة | ثقافة»."""
    if re.search(r"\s[>›]\s", words) and not ends(words):
        return True
    parts = re.split(r"\s*[|>›»/•·]\s*", words)
    return len(parts) > 1 and all(len(part.split()) <= 2 for part in parts)


def is_press_office(folded: str) -> bool:
    """A line with a ministry or its press office, or both: «وزارة الدفاع - مديرية الإعلام»."""
    return all(PRESS_OFFICE.match(part) for part in PARTED.split(folded))


def is_tag_line(words: str) -> bool:
    """A last line that is no sentence: the names of subjects in a row, or one word."""
    found = words.split()
    return len(found) == 1 or (len(found) <= 8 and words.istitle() and not ends(words))


def is_furniture(folded: str) -> bool:
    return len(re.findall(r"\w", folded)) < 3 or bool(FURNITURE.match(folded))


def dated(words: str, others: int) -> Found | None:
    """The day of a line that says little else: at most so many ``others`` words, and no sentence."""
    if len(words) > 100 or not re.search(r"\d", words):
        return None
    days = [one for one in find(words) if one.edtf and one.edtf.precision == "day"]
    if not days or any(one.edtf and one.edtf.is_range for one in days):
        return None
    rest = words[: days[0].start] + " " + words[days[-1].end :]
    left = re.findall(r"[^\W\d_]+", rest)
    if len(left) > (others if not ends(words) else 1):
        return None
    return days[0]


def ends(words: str) -> bool:
    """Whether a line ends like a sentence."""
    return words.rstrip().endswith((".", "!", "؟", "?", "»", '"', "”", ":", "،", "…", ";", "؛"))


def closes_with_a_word(words: str) -> bool:
    """Whether a line ends with a word or two in quotation marks and is no sentence: «شراكة أمنية "نموذجية"»."""
    return bool(re.search(r"[\s(](?:\"[^\"]{2,25}\"|«[^»]{2,25}»|“[^”]{2,25}”)\s*$", words)) and not re.search(r"[.،,:]", words)  # fmt: skip


def is_heading(words: str) -> bool:
    return (
        len(words) <= 160
        and len(words.split()) <= 24
        and (not ends(words) or closes_with_a_word(words))
    )


def marker(folded: str, words: str) -> str | None:
    """The type of document that a line heads, by how such titles begin."""
    bare = folded.lstrip("*-–•# ")
    for kind, pattern in COMPILED:
        if pattern.match(bare):
            return kind
    return next((kind for kind, pattern in NAMED_FIRST if pattern.match(words)), None)


def outlet_of(byline: str) -> str | None:
    """Who printed it, from a byline: the part that names a paper or agency or is its initials, else the part before a slash."""
    parts = [part.strip(" *()[]") for part in PARTED.split(byline)]
    named = next((part for part in parts if OUTLET.search(fold(part))), None)
    if named:
        return named
    initials = next((found[1] for part in parts if (found := INITIALS.fullmatch(part))), None)
    if initials:
        return initials
    return parts[0] if "/" in byline and parts[0] else None


def finish(document: Block, text: str) -> None:
    """Language, and whether a text headed as a speech is one."""
    body = " ".join(paragraph.of(text) for paragraph in document.paragraphs)
    document.language = language_of(body or (document.title.of(text) if document.title else ""))
    if (
        document.type in ("joint_statement", "communique", "statement")
        and document.byline
        and is_news_story(body)
    ):  # a headline about a statement
        document.kind, document.type = "article", "news_report"
    if document.type == "remarks" and is_news_story(body):
        document.type = "news_release"
        document.claimed = Sentence(
            "It is headed as a speech, but tells of one in the third person with quotations: a news story.",
            "عنوانه كلمة، لكنه يرويها بصيغة الغائب مع اقتباسات: فهو خبر.",
        )


def is_news_story(body: str) -> bool:
    folded = fold(body)
    quotations = len(re.findall(r'"[^"]{8,}"|«[^»]{8,}»', folded))
    first_person = len(
        re.findall(
            r"(?<!\w)(?:i|we|my|our|انا|نحن|اشكركم|ايها)(?!\w)", re.sub(r'"[^"]*"', " ", folded)
        )
    )
    return len(SAID.findall(folded)) >= 3 and quotations >= 2 and first_person <= 3
