"""A web page: headline, byline, date line and paragraphs in the order of the page; menus, scripts and related stories left out.

``trafilatura`` tells which words are the main text; the page itself gives them back, line by line as
they stand, for the head of an article and headings inside it are part of the record. Where too little
is found, everything that a reader sees is kept: furniture between paragraphs is told apart later.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction

from statements.ingest.formats import Extract, Unreadable, paragraphs
from statements.ingest.formats.decoding import decode_declared

META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,30})""", re.IGNORECASE)
XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w-]{3,30})""", re.IGNORECASE)
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul",
}  # fmt: skip
UNSEEN = {"head", "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "canvas", "audio", "video", "select",
    "textarea", "button", "title", "datalist"}  # fmt: skip
#: Never the article, wherever they stand.
FURNITURE = {"nav", "aside", "footer", "form"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ENOUGH = 25  # words of main text; a readout of one paragraph has more
LONGEST = 2_000_000  # characters; what is longer is no article, and is not looked through for one
HEAD = 12  # lines between a headline and the first paragraph, with pictures' captions and buttons to share
NAMED_DATES = {"article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "publishdate", "pubdate"}  # fmt: skip


@dataclass
class Line:
    """A line as a reader sees it: its block's tag and the element that holds that block; ``furniture`` is a menu or the like."""

    text: str
    tag: str
    within: Any
    furniture: bool

    @property
    def key(self) -> str:
        return re.sub(r"\W+", "", self.text)


def read_page(content: bytes, declared: str = "") -> Extract:
    said = [match[1].decode("ascii") for match in (META.search(content[:4096]), XML.match(content)) if match]  # fmt: skip
    source, encoding = decode_declared(content, declared, *said)
    root = parsed(source)
    lines = Walk(root).lines
    if not lines:
        raise Unreadable("no_text")
    remarks = ["windows"] if encoding == "windows-1256" and not declared and not said else []
    day = declared_day(root)
    kept = article(root, lines, declared_title(root))
    if kept is None:
        kept = [line.text for line in lines if not line.furniture] or [line.text for line in lines]
        remarks.append("whole_page")
    elif day and not any(re.search(r"\d{4}", line) for line in kept[:HEAD]):
        kept.insert(1, day)
    return Extract(paragraphs(kept), remarks)


def parsed(source: str) -> Any:
    # Characters that XML cannot hold, and a declaration that lxml will not have beside decoded text.
    source = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", source)
    source = re.sub(r"^\s*<\?xml[^>]*>", "", source)
    try:
        root = html.document_fromstring(source, parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("no_text") from None
    return root


class Walk:
    """A page read element by element, its lines gathered as a browser breaks them; what is hidden or runs is left out."""

    def __init__(self, root: Any) -> None:
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.blocks: list[Any] = [root]
        self.hidden = self.furniture = self.inside_link = 0
        #: of the line being read: how many links it has, and whether letters stand outside them
        self.links, self.unlinked = 0, False
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self.open(node)
            elif event == "end":
                self.close(node)
            self.say(node.text if event == "start" else node.tail)
        self.end_line()

    def open(self, node: Any) -> None:
        self.hidden += is_concealed(node)
        if node.tag in BLOCKS:
            self.end_line()
            self.blocks.append(node)
            self.furniture += node.tag in FURNITURE
        elif node.tag == "br" and not self.hidden:
            self.end_line()
        elif node.tag == "a":
            self.inside_link += 1
            self.links += 1

    def close(self, node: Any) -> None:
        if node.tag in BLOCKS:
            self.end_line()
            self.blocks.pop()
            self.furniture -= node.tag in FURNITURE
        self.inside_link -= node.tag == "a"
        self.hidden -= is_concealed(node)

    def say(self, words: str | None) -> None:
        if words and not self.hidden:
            self.words.append(words)
            self.unlinked |= not self.inside_link and any(map(str.isalnum, words))

    def end_line(self) -> None:
        text = " ".join("".join(self.words).split())
        menu = self.links > 1 and not self.unlinked
        self.words.clear()
        self.links, self.unlinked = self.inside_link, False
        if text:
            block = self.blocks[-1]
            within = block if block.tag in ("td", "th", "body") else block.getparent()
            self.lines.append(Line(text, block.tag, within, menu or bool(self.furniture)))


def is_concealed(node: Any) -> bool:
    return node.tag in UNSEEN or is_hidden(node)


def is_hidden(node: Any) -> bool:
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(HIDDEN.search(node.get("style", "")))
    )


def article(root: Any, lines: list[Line], title: str) -> list[str] | None:
    """The lines from the headline to the last paragraph that are the article; None when too little was found."""
    if sum(len(line.text) for line in lines) > LONGEST:
        return None
    # Without its guesses at metadata, the date among them: those take seconds, and the page says what it says.
    found = bare_extraction(
        root, favor_recall=True, include_comments=False, include_tables=True, with_metadata=False
    )
    text = (found.text if found else "") or ""
    seen = [line for line in lines if not line.furniture]
    if len(text.split()) < ENOUGH:
        return None
    main = re.sub(r"\W+", "", text)
    body = [at for at, line in enumerate(lines) if len(line.key) >= 12 and line.key in main]
    words = sum(len(lines[at].text.split()) for at in body)
    sentences = [line for line in seen if len(line.text.split()) >= 12]
    if words < ENOUGH or words < 0.4 * sum(len(line.text.split()) for line in sentences):
        return None
    # Paragraphs beside paragraphs of the main text, in the same element, are of the article too.
    holders = Counter(id(lines[at].within) for at in body if len(lines[at].text.split()) >= 6)
    own = {holder for holder, _count in holders.most_common(3)}
    whole = [at for at in body if len(lines[at].text.split()) >= 8] or body
    first, last = whole[0], whole[-1]
    start, headline = head(lines, first, title, own)
    inside = set(body)
    kept = [headline] if headline else []
    for at in range(start, len(lines)):
        line = lines[at]
        if at > last and id(line.within) not in own:
            continue
        in_head = at < first and not line.furniture
        if in_head or at in inside or (id(line.within) in own and not line.furniture):
            kept.append(line.text)
    return kept


def head(lines: list[Line], first: int, title: str, own: set[int]) -> tuple[int, str]:
    """Where the article begins, and its headline when the page shows it nowhere.

    It begins at the last line above the text that is the title, alone or with the site's name behind it, or
    the page's first-level heading; else at the first line of the element that holds the text.
    """
    wanted = re.sub(r"\W+", "", title)
    above = range(first - 1, max(-1, first - 4 * HEAD), -1)
    for at in above:
        key = lines[at].key
        whole = len(key) >= 0.5 * len(wanted) and key in wanted
        if lines[at].tag == "h1" or (len(key) >= 8 and (whole or wanted.startswith(key))):
            return at, ""
    beside = [at for at in above if id(lines[at].within) in own and not lines[at].furniture]
    return (beside[-1], "") if beside else (first, title)


def declared_title(root: Any) -> str:
    """The title that the page gives to those who share it, or to the browser."""
    for node in root.iter("meta"):
        if node.get("property") == "og:title" and node.get("content"):
            return " ".join(node.get("content").split())
    return " ".join((root.findtext(".//title") or "").split())


def declared_day(root: Any) -> str:
    """The day of publication that the page declares to machines, empty when it declares none."""
    for node in root.iter("meta", "time"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        day = re.match(r"\d{4}-\d\d-\d\d", node.get("content") or node.get("datetime") or "")
        if day and name in NAMED_DATES:
            return day[0]
    return ""
