"""A pasted page told apart: site furniture, headline, byline, dates, paragraphs, and the documents inside it.

Works on lines and their looks alone; knows no site. Every span counts characters of the text as
pasted, and every non-blank line belongs to exactly one part.
"""

from __future__ import annotations

import re

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
from statements.text.heads import Heads
from statements.text.lines import Span, dated, is_heading, units
from statements.text.markers import CLOSED, INTRODUCED, is_news_story
from statements.text.pages import DONE, Block, Page
from statements.text.senders import (
    BYLINE,
    ISSUED,
    READOUT,
    is_press_office,
    is_signature,
)
from statements.text.sentence import Sentence

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


class Reading(Heads):
    """Takes the lines of a page one by one."""

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

    def stands_over_a_date(self, at: int) -> bool:
        """Whether only short lines part a line from the date line under a heading: who speaks, as what, and where."""
        for below in range(at, min(at + NEAR, self.last_body)):
            if self.is_date_line(below):
                return True
            if self.bodies[below] or self.markers[below] or len(self.words[below].split()) > 4:
                return False
        return False

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
        if block.title and len(words.split()) <= 3 and self.stands_over_a_date(at):
            if block.byline is None and re.fullmatch(r"(?:[^\W\d_][\w.’'-]*\s?){2,3}", words):
                block.byline, block.end = span, span.end
            else:
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
