"""What stands before the first paragraph of a page: furniture, the headline, and who printed it when."""

from __future__ import annotations

import re

from statements.text.arabic import fold
from statements.text.furniture import (
    CAPTION,
    RELATED,
    is_furniture,
    is_navigation,
)
from statements.text.lines import Span, dated
from statements.text.pages import Block, Lines
from statements.text.senders import (
    BYLINE,
    LETTERHEAD,
    OUTLET,
    PARTED,
    is_press_office,
)


class Heads(Lines):
    """Tells apart what stands above a page's first paragraph."""

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
