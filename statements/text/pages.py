"""A page on its way to being told apart: its lines, what each looks like, and the documents found so far.

Every span counts characters of the text as pasted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from statements.text import mail
from statements.text.arabic import fold, language_of
from statements.text.furniture import (
    CAPTION,
    is_furniture,
)
from statements.text.lines import Span, closes_with_a_word, dated, ends, is_heading
from statements.text.markers import marker
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


@dataclass
class Lines:
    """The lines of a page with their looks, and what has been read of it."""

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

    def keep_page_date(self, span: Span) -> None:
        """The first date that stands above everything is the page's."""
        if self.page_date is None:
            self.page_date = span
        else:
            self.furniture.append(span)

    def open(self, kind: str, type: str, span: Span, title: Span | None) -> Block:
        self.current = Block(kind, type, span.start, span.end, title=title)
        self.documents.append(self.current)
        if title is None:
            self.add(self.current, span)
        return self.current

    def add(self, block: Block, span: Span) -> None:
        block.paragraphs.append(span)
        block.end = span.end
