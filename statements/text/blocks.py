"""A pasted page told apart: site furniture, headline, byline, dates, paragraphs, and the documents inside it.

Works on lines and their looks alone; knows no site. Every span counts characters of the text as
pasted, and every non-blank line belongs to exactly one part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from statements.text import mail
from statements.text.arabic import fold, language_of
from statements.text.dates import find
from statements.text.furniture import (
    CAPTION,
    LISTING,
    RELATED,
    is_furniture,
    is_navigation,
    is_tag_line,
)
from statements.text.given import is_given
from statements.text.lines import Span, closes_with_a_word, dated, ends, is_heading, units
from statements.text.markers import CLOSED, INTRODUCED, is_news_story, marker
from statements.text.senders import (
    BYLINE,
    ISSUED,
    LETTERHEAD,
    OUTLET,
    PARTED,
    READOUT,
    is_press_office,
    is_signature,
)
from statements.text.sentence import Sentence


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
    done: Span | None = None  # where and when it was done, in its last line
    paragraphs: list[Span] = field(default_factory=list)
    language: str | None = None
    claimed: Sentence | None = None


@dataclass
class Page:
    documents: list[Block]
    furniture: list[Span]
    date_line: Span | None = None


#: What opens the last line of a text that says where and when it was done, folded.
DONE = re.compile(r"^(?:صدر|حرر|وقع|كتب)\w?\s(?:في|ب)|^(?:done|issued|signed)\s(?:at|in|on)\s")
#: A place alone under a title: "Washington, D.C.", "BRUSSELS".
PLACE = re.compile(
    r"[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)?(?:, (?:D\.C\.|United Kingdom|Saudi Arabia|[A-Z][\w'’-]+))?"
)
#: How many lines behind a heading its date may stand.
NEAR = 6
PUBLISHED = re.compile(
    r"^(?:published|posted|updated|last\s+(?:updated|modified)|date|(?:تاريخ\s+)?(?:النشر|نشر|نشرت|التحديث|اخر\s+تحديث))(?!\w)"
)


def split(text: str) -> Page:
    """The documents of a pasted page, with spans into the text as it is."""
    lines, subject, at = mail.head(text)
    reading = Reading(text, lines + units(text, at), subject=subject, heads=len(lines))
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
    subject: Span | None = None  # of a mail, whose head is the first ``heads`` lines
    heads: int = 0
    #: documents that say again in another language what the one beside them says
    translations: list[tuple[Block, Block]] = field(default_factory=list)
    introduced: str | None = None  # the last paragraph said that a text of this type follows

    def __post_init__(self) -> None:
        self.words = [span.of(self.text) for span in self.lines]
        self.folded = [" ".join(fold(words).split()) for words in self.words]
        if self.subject:
            self.leave_out_of_a_mail(self.subject)
        self.bodies = [self.is_body(at) for at in range(len(self.lines))]
        self.markers = self.find_markers()
        self.last_body = max((at for at, body in enumerate(self.bodies) if body), default=-1)
        self.last_marker = max((at for at, kind in enumerate(self.markers) if kind), default=-1)
        self.last_said = max((at for at, words in enumerate(self.folded) if not is_furniture(words)), default=-1)  # fmt: skip
        self.languages_behind: list[frozenset[str | None]] = []
        found: frozenset[str | None] = frozenset()
        for body, words in zip(reversed(self.bodies), reversed(self.words), strict=True):
            self.languages_behind.append(found)
            found |= {language_of(words)} if body else frozenset()
        self.languages_behind.reverse()

    def leave_out_of_a_mail(self, subject: Span) -> None:
        """What a mail has around its text is furniture, whatever its words: its head, salutation, and all from “Regards” on."""
        signed = next((at for at in range(self.heads, len(self.lines)) if mail.SIGNED.match(self.folded[at])), len(self.lines))  # fmt: skip
        for at, span in enumerate(self.lines):
            if (at < self.heads and span != subject) or at >= signed or mail.SALUTATION.match(self.folded[at]):  # fmt: skip
                self.folded[at] = ""

    def is_body(self, at: int) -> bool:
        words = self.words[at]
        if self.lines[at] == self.subject:
            return False
        if is_furniture(self.folded[at]) or self.is_date_line(at):
            return False
        long = len(words) >= 120 or (
            ends(words) and len(words.split()) >= 5 and not closes_with_a_word(words)
        )
        return long and not CAPTION.search(self.folded[at])

    def is_date_line(self, at: int) -> bool:
        """Whether a line says a day and little else, or where and when a text was done: «صدر في عمّان بتاريخ …»."""
        return bool(dated(self.words[at], 8 if DONE.match(self.folded[at]) else 3))

    def find_markers(self) -> list[str | None]:
        """The type of document that begins at each line; a marker without a body behind it begins none."""
        found: list[str | None] = []
        for at, words in enumerate(self.words):
            kind = marker(self.folded[at], words) if len(words) < 200 and not ends(words) else None
            found.append(kind if kind and not is_furniture(self.folded[at]) else None)
        body, behind = (
            False,
            None,
        )  # ``behind``: the marker of the body below, while only headings stand between
        for at in range(len(found) - 1, -1, -1):
            if found[at]:
                again = behind is not None and found[behind] == found[at]
                if again and len(self.words[at].split()) > len(self.words[behind or 0].split()):
                    found[behind or 0] = None  # it says again, shorter, what the title says
                else:
                    found[at] = found[at] if body else None
                body, behind = False, at if found[at] else behind
            body = body or self.bodies[at] or not is_heading(self.words[at])
            behind = None if body else behind
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
        if self.subject:
            chosen = self.lines.index(self.subject)
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
        elif self.is_date_line(at) and not kind:
            self.date(at)
        elif kind and (self.current is None or self.current.paragraphs):
            self.linking, self.introduced = False, None
            self.open("statement", kind, span, span)
        elif self.current and self.current.paragraphs and self.is_said_again(self.current, at):
            before = self.current
            self.linking, self.over = False, False
            self.translations.append((before, self.open(before.kind, before.type, span, span)))
        elif (
            CAPTION.search(folded) or (self.linking and is_heading(words)) or self.over and not kind
        ):
            self.furniture.append(span)
        elif self.current and CLOSED.match(folded):
            self.close(at)
            self.furniture.append(span)
        elif (
            self.current
            and self.is_last(at)
            and (
                is_navigation(words)
                or is_press_office(folded)
                or is_tag_line(words)
                or is_signature(words)
            )
        ):
            self.furniture.append(span)
        elif self.introduced and self.current and self.current.kind == "article":
            title = span if is_heading(words) and not self.bodies[at] else None
            self.open("statement", self.introduced, span, title)
            self.introduced = None
        else:
            self.paragraph(at)

    def is_said_again(self, block: Block, at: int) -> bool:
        """Whether a heading in another script begins the text anew: it is of the same day, and all behind it is in that script."""
        if not is_heading(self.words[at]) or self.bodies[at] or len(self.words[at].split()) < 3:
            return False
        language = language_of(self.words[at])
        if language not in ("ar", "en") or language == language_of(block.paragraphs[0].of(self.text)):  # fmt: skip
            return False
        if self.languages_behind[at] != {language}:
            return False
        first = next(k for k in range(at + 1, len(self.lines)) if self.bodies[k])
        days = {
            day.edtf
            for words in (
                *(self.words[k] for k in range(at + 1, min(first, at + NEAR))),
                *(span.of(self.text) for span in (block.date_line, self.page_date) if span),
            )
            if (day := dated(words, 3)) and day.edtf
        }
        return len(days) == 1

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
        if not INTRODUCED.search(self.folded[at]):
            return
        following = next((k for k in range(at + 1, len(self.lines)) if not is_furniture(self.folded[k])), None)  # fmt: skip
        if following is not None and not self.markers[following]:
            joint = re.search(r"مشترك|joint", self.folded[at])
            self.introduced = "joint_statement" if joint else "statement"

    def under_heading(self, block: Block, at: int) -> bool:
        """Lines between the title of a statement and its first paragraph: the rest of the title, or place and days."""
        span, words = self.lines[at], self.words[at]
        if (
            block.title
            and at < self.last_body
            and PLACE.fullmatch(words)
            and not is_given(fold(words.split()[0]))
        ):
            self.furniture.append(span)
            return True
        if block.title is None or not is_heading(words) or self.bodies[at] or at >= self.last_body:
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

    def is_last(self, at: int) -> bool:
        """Whether no paragraph and no title comes behind a line."""
        return at >= max(self.last_body, self.last_marker)

    def close(self, at: int) -> None:
        """A printed text has ended; what follows is the article's again, or, behind an article, nothing."""
        opener = self.documents[0]
        if self.current is opener and opener.kind == "article":
            self.over = self.is_last(at)
        if self.current and self.current.kind == "statement" and opener.kind == "article":
            self.current = opener

    def date(self, at: int) -> None:
        """A date line: the document's own, or, last of all and in figures, the page's."""
        span, words = self.lines[at], self.words[at]
        opener = self.documents[0] if self.documents else None
        last = at >= self.last_said
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
        elif DONE.match(self.folded[at]) and self.current.paragraphs and not self.current.done:
            self.current.done = span
            self.current.end = span.end
            self.close(at)
        else:
            self.furniture.append(span)

    def page(self) -> Page:
        for document in self.documents:
            finish(document, self.text)
        opener = self.documents[0] if self.documents else None
        around = [" ".join(fold(span.of(self.text)).split()) for span in self.furniture]
        sent = any(is_press_office(words) or ISSUED.match(words) for words in around)
        told = any(READOUT.match(words) for words in around)
        if (sent or told) and opener and opener.kind == "article" and opener.byline is None:
            opener.kind, opener.type = "statement", "readout" if told else "news_release"
        for before, again in self.translations:
            again.kind, again.type = before.kind, before.type
        kept = [document for document in self.documents if document.paragraphs]
        for document in self.documents:
            if not document.paragraphs:
                parts = (document.title, document.byline, document.date_line)
                self.furniture += [part for part in parts if part]
        if self.page_date and kept and kept[0].date_line is None:
            kept[0].date_line, self.page_date = self.page_date, None
        self.furniture.sort(key=lambda span: span.start)
        return Page(kept, self.furniture, self.page_date)


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
