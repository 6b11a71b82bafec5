"""A pasted page told apart: site furniture, headline, byline, dates, paragraphs, and the documents inside it.

Works on lines and their looks alone; knows no site. Every span counts characters of the text as
pasted, and every non-blank line belongs to exactly one part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from statements.text.arabic import fold, language_of
from statements.text.dates import read
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


FURNITURE = re.compile(
    r"^(?:(?:اخر|احدث)\s+الاخبار|الرييسيه|القايمه|شارك(?:ها|ه)?|مشاركه(?:\s+الخبر)?|طباعه|نسخ الرابط|"
    r"اقرا\s+(?:ايضا|المزيد).*|المزيد|مواضيع\s+ذات\s+صله|اخبار\s+ذات\s+صله|الوسوم.*|كلمات\s+(?:مفتاحيه|دلاليه).*|تابعونا.*|اعلان|"
    r"share(?:\s+this)?.*|tweet|print|e-?mail|read\s+(?:more|also).*|related\s+(?:articles|news|stories)|tags?:?.*|"
    r"advertisement|menu|home|search|subscribe.*|follow\s+us.*|copyright.*|all\s+rights\s+reserved.*|"
    r"(?:photo|image)(?:\s+credit)?:.*|facebook|whatsapp|telegram|x|latest\s+news|breaking\s+news|skip\s+to.*|loading.*|\d+\s+views?)$"
)
MARKERS: list[tuple[str, str]] = [
    ("joint_statement", r"(?:نص\s+)?(?:ال)?بيان\s+(?:ال)?(?:مشترك|ختامي)|joint\s+(?:press\s+)?statement|text\s+of\s+(?:the\s+)?joint"),
    ("communique", r"(?:ال)?بيان\s+(?:ال)?ختامي|(?:joint\s+)?communiqu[eé]"),
    ("remarks", r"(?:نص\s+)?(?:كلمه|خطاب|تصريح(?:ات)?|موتمر\s+صحفي)\s|(?:remarks|speech|address|press\s+(?:briefing|conference))\s+(?:by|of|with|as)|opening\s+remarks"),
    ("readout", r"readout\s+of|(?:قراءه|ملخص|موجز)\s+(?:ل)?(?:لقاء|اجتماع|اتصال|مكالمه)"),
    ("news_release", r"(?:news|press)\s+release|for\s+immediate\s+release|(?:ال)?بيان\s+(?:ال)?صحفي"),
    ("statement", r"(?:نص\s+)?(?:ال)?بيان(?:\s+(?:صادر|عن|من|وزاره|رياسه|الحكومه))|statement\s+(?:by|from|of|on)"),
]  # fmt: skip
COMPILED = [(kind, re.compile(rf"^(?:{pattern})", re.IGNORECASE)) for kind, pattern in MARKERS]
BYLINE = re.compile(r"^(?:\*\s*)?[^/.!؟?]{2,40}/\s*[^/.!؟?]{2,60}$|^(?:by|كتب|كتبت|اعداد|ترجمه)[\s:].{2,60}$|^\*.{2,80}$", re.IGNORECASE)  # fmt: skip
SAID = re.compile(
    r"(?:^|\s)[وف]?(?:قال|قالت|اضاف|اضافت|اكد|اشار|اوضح|ذكر|said|says|added|told|noted)\b"
)


def split(text: str) -> Page:
    """The documents of a pasted page, with spans into the text as it is."""
    documents: list[Block] = []
    furniture: list[Span] = []
    page_date: Span | None = None
    lines = list(units(text))
    current: Block | None = None
    for at, span in enumerate(lines):
        words = span.of(text)
        folded = " ".join(fold(words).split())
        heading = is_heading(words)
        if is_furniture(folded):
            furniture.append(span)
            continue
        if is_date(words):
            last = not any(
                not is_furniture(fold(later.of(text)).strip()) for later in lines[at + 1 :]
            )
            opener = documents[0] if documents else None
            numeric = not re.search(r"[^\W\d_]{3}", words)
            if current is None:
                page_date = page_date or span
            elif (
                last
                and numeric
                and opener is not None
                and opener.kind == "article"
                and opener.date_line is None
            ):
                opener.date_line = span
            elif current.date_line is None:
                current.date_line = span
                current.end = span.end
            else:
                furniture.append(span)
            continue
        kind = (
            marker(folded)
            if heading
            or len(words) < 200
            and at + 1 < len(lines)
            and marker(folded)
            and not ends(words)
            else None
        )
        if current is not None and not current.paragraphs and BYLINE.match(folded) and heading:
            current.byline = span
            current.end = span.end
        elif kind and (current is None or current.paragraphs):
            current = Block("statement", kind, span.start, span.end, title=span)
            documents.append(current)
        elif current is None:
            current = Block("article", "news_report", span.start, span.end)
            documents.append(current)
            if heading or len(words) < 200 and not ends(words):
                current.title = span
            else:
                current.paragraphs.append(span)
        else:
            current.paragraphs.append(span)
            current.end = span.end
    for document in documents:
        finish(document, text)
    if page_date and documents and documents[0].date_line is None:
        documents[0].date_line, page_date = page_date, None
    return Page([document for document in documents if document.paragraphs], furniture, page_date)


def units(text: str) -> list[Span]:
    """Paragraphs: lines, or blocks parted by blank lines where lines are broken short."""
    lines = [
        Span(
            match.start() + len(match[0]) - len(match[0].lstrip()),
            match.start() + len(match[0].rstrip()),
        )
        for match in re.finditer(r"[^\n\r\u2028\u2029]+", text)
        if match[0].strip()
    ]
    if not lines:
        return []
    gaps = [text[a.end : b.start].count("\n") > 1 for a, b in zip(lines, lines[1:], strict=False)]
    wrapped = [line for line, gap in zip(lines, gaps, strict=False) if not gap]
    if len(wrapped) < len(lines) / 2 or sum(len(w.of(text)) > 110 for w in lines) > len(lines) / 5:
        return lines
    joined = [lines[0]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        joined = [*joined, line] if gap else [*joined[:-1], Span(joined[-1].start, line.end)]
    return joined


def is_furniture(folded: str) -> bool:
    return len(re.findall(r"\w", folded)) < 3 or bool(FURNITURE.match(folded))


def is_date(words: str) -> bool:
    if len(words) > 60 or not re.search(r"\d", words):
        return False
    reading = read(words)
    return reading is not None and reading.edtf is not None and reading.edtf.precision == "day"


def ends(words: str) -> bool:
    """Whether a line ends like a sentence."""
    return words.rstrip().endswith((".", "!", "؟", "?", "»", '"', "”", ":", "،", "…"))


def is_heading(words: str) -> bool:
    return len(words) <= 160 and len(words.split()) <= 24 and not ends(words)


def marker(folded: str) -> str | None:
    bare = folded.lstrip("*-–• ")
    return next((kind for kind, pattern in COMPILED if pattern.match(bare)), None)


def finish(document: Block, text: str) -> None:
    """Language, and whether a text headed as a speech is one."""
    body = " ".join(paragraph.of(text) for paragraph in document.paragraphs)
    document.language = language_of(body or (document.title.of(text) if document.title else ""))
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
