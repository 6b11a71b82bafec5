"""The text layer of a PDF, from the order of print to the order of reading, its paragraphs put together again.

A PDF holds characters at places, no words and no lines. Arabic stands in it as it is printed: from left
to right on the page, in presentation forms, lam-alef as one sign. Characters are gathered into lines
by their places, brought to their plain forms (NFKC), and lines of Arabic turned round by the
Unicode bidirectional algorithm, which is its own inverse for lines like these.
"""

from __future__ import annotations

import io
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bidi import get_display
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer, LTImage, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from statements.ingest.formats import Extract, Unreadable, paragraphs

RIGHT = {"R", "AL"}
UNKNOWN = re.compile(r"\(cid:\d+\)")
#: Letters whose upright strokes join a lam to one sign; how a font names that sign is often wrong.
LAM_ALEF = re.compile("ل[اأإآٱ]")
NUMBER = re.compile(r"\W*(?:page|صفحة)?\W*\d{1,3}\W*(?:(?:/|of|من)\W*\d{1,3})?\W*", re.IGNORECASE)
PAGES = 300
LETTERS = 20  # fewer are a page number or a stamp


@dataclass(frozen=True)
class Sign:
    """A printed sign: what it stands for, and its box in points from the left and from the foot of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass
class Row:
    """A line of a page in reading order, where it stands, and the edges of its column."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    edges: tuple[float, float] = (0.0, 0.0)

    @property
    def from_right(self) -> bool:
        return is_rtl(self.text)

    @property
    def is_short(self) -> bool:
        """Whether a word more would have fitted, so that the line ended because its paragraph did."""
        room = self.left - self.edges[0] if self.from_right else self.edges[1] - self.right
        return room > max(4 * self.size, 0.12 * (self.edges[1] - self.edges[0]))


class Pages(PDFLayoutAnalyzer):
    """Gives each page's objects as they stand, without a guess at lines: that is ours, for it goes wrong in Arabic."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.page: LTPage | None = None

    def receive_layout(self, page: LTPage) -> None:
        self.page = page


def read_pdf(content: bytes, _declared: str = "") -> Extract:
    try:
        return read_pages(content)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise Unreadable("encrypted") from None
    except (PDFException, PSException):
        raise Unreadable("broken") from None


def read_pages(content: bytes) -> Extract:
    document = PDFDocument(PDFParser(io.BytesIO(content)))
    if document.encryption is not None:
        raise Unreadable("encrypted")
    resources = PDFResourceManager()
    device = Pages(resources)
    interpreter = PDFPageInterpreter(resources, device)
    rows: list[Row] = []
    empty = unknown = known = 0
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number == PAGES:
            raise Unreadable("pages")
        interpreter.process_page(page)
        signs, pictures, strange = signs_of(device.page)
        unknown += strange
        known += len(signs)
        empty += bool(pictures) and len(signs) < LETTERS
        rows += rows_of(signs, number)
    if unknown > max(known, 1) / 10:
        raise Unreadable("letters")
    if sum(letter.isalpha() for row in rows for letter in row.text) < LETTERS:
        raise Unreadable("scanned")
    text = paragraphs([unmirrored(one) for one in joined(without_running_heads(rows))])
    remarks = ["scanned_pages"] if empty else []
    if unknown:
        remarks.append("letters_missing")
    if LAM_ALEF.search(text):
        remarks.append("lam_alef")
    return Extract(text, remarks)


def signs_of(page: Any) -> tuple[list[Sign], int, int]:
    """The signs of a page, how many pictures it has, and how many signs whose font does not say what they stand for."""
    signs: list[Sign] = []
    pictures = strange = 0
    waiting: list[Any] = [page]
    while waiting:
        one = waiting.pop()
        if isinstance(one, LTImage):
            pictures += 1
        elif isinstance(one, LTChar):
            if UNKNOWN.fullmatch(one.get_text()) or "\ufffd" in one.get_text():
                strange += 1
            elif one.upright and one.size > 0:
                signs.append(Sign(plain(one.get_text()), one.x0, one.x1, one.matrix[5], one.size))
        elif isinstance(one, LTContainer):
            waiting.extend(one)
    return [sign for sign in signs if sign.text], pictures, strange


def plain(text: str) -> str:
    """The plain letters of a sign; one that stands for several letters of Arabic gives them as printed, last letter first."""
    letters = unicodedata.normalize("NFKC", text).replace("\u0640", "")
    letters = "".join(one for one in letters if one.isprintable() or one.isspace())
    if len(letters) > 1 and any(unicodedata.bidirectional(one) in RIGHT for one in letters):
        return letters[::-1]
    return letters


def is_mark(text: str) -> bool:
    return bool(text) and all(unicodedata.combining(letter) for letter in text.strip())


def is_rtl(text: str) -> bool:
    """Whether most letters of the line are written from the right."""
    strong = Counter(unicodedata.bidirectional(letter) for letter in text)
    return strong["R"] + strong["AL"] > strong["L"]


def rows_of(signs: list[Sign], page: int) -> Iterator[Row]:
    """The lines of a page in the order of reading, column by column."""
    lines: list[Line] = []
    for sign in sorted(signs, key=lambda sign: (-sign.base, sign.left)):
        if lines and abs(lines[-1][0].base - sign.base) <= 0.35 * max(lines[-1][0].size, sign.size):
            lines[-1].append(sign)
        else:
            lines.append([sign])
    printed = [line for line in lines if any(sign.text.strip() for sign in line)]
    for column in columns(printed):
        rows = [row_of(line, page) for line in column]
        edges = min(row.left for row in rows), max(row.right for row in rows)
        for row in rows:
            row.edges = edges
            yield row


Line = list[Sign]


def columns(lines: list[Line]) -> Iterator[list[Line]]:
    """The columns of a page in the order of reading; lines as wide as the page end the columns above them."""
    pieces = [piece for line in lines for piece in cut(line)]
    gutter = gutter_of(pieces)
    if gutter is None:
        if lines:
            yield lines
        return
    rtl = is_rtl("".join(sign.text for line in lines for sign in line))
    sides: dict[str, list[Line]] = {"left": [], "right": []}
    wide: list[Line] = []
    order = ("right", "left") if rtl else ("left", "right")
    for piece in [*pieces, []]:
        crosses = not piece or (left_of(piece) < gutter < right_of(piece))
        if crosses and any(sides.values()):
            yield from (sides[side] for side in order if sides[side])
            sides = {"left": [], "right": []}
        if not crosses and wide:
            yield wide
            wide = []
        if crosses and piece:
            wide.append(piece)
        elif piece:
            sides["left" if right_of(piece) <= gutter else "right"].append(piece)
    if wide:
        yield wide


def cut(line: Line) -> list[Line]:
    """A line cut where the gap is too wide for a space between words."""
    pieces: list[Line] = []
    reach = 0.0
    for sign in sorted(line, key=lambda sign: sign.left):
        if not sign.text.strip():
            if pieces:
                pieces[-1].append(sign)
            continue
        if not pieces or sign.left - reach > 1.2 * sign.size:
            pieces.append([])
        pieces[-1].append(sign)
        reach = max(reach, sign.right)
    return pieces


def left_of(piece: Line) -> float:
    return min(sign.left for sign in piece if sign.text.strip())


def right_of(piece: Line) -> float:
    return max(sign.right for sign in piece if sign.text.strip())


def gutter_of(pieces: list[Line]) -> float | None:
    """Where the page has a gap from top to bottom between two columns of four lines or more; None when it is one column."""
    spans = [(left_of(piece), right_of(piece)) for piece in pieces]
    best: tuple[int, float] | None = None
    for edge in sorted({right for _left, right in spans}):
        x = edge + 1
        before = sum(right <= x for _left, right in spans)
        behind = sum(left >= x for left, _right in spans)
        if min(before, behind) >= 4 and before + behind >= 0.5 * len(spans):
            best = max(best or (0, 0.0), (min(before, behind), x))
    return best[1] if best else None


def row_of(line: Line, page: int) -> Row:
    """A line's signs as text: by their places, gaps as spaces, marks behind their letters, turned round when it is Arabic."""
    letters: list[Sign] = sorted(
        (s for s in line if not is_mark(s.text)), key=lambda s: (s.left, s.right)
    )
    marks = [sign for sign in line if is_mark(sign.text)]
    size = statistics.median(sign.size for sign in line)
    over: dict[int, str] = {}
    for mark in marks:
        middle = (mark.left + mark.right) / 2
        inked = [at for at, sign in enumerate(letters) if sign.text.strip()]
        if inked:
            base = min(
                inked, key=lambda at: abs((letters[at].left + letters[at].right) / 2 - middle)
            )
            over[base] = over.get(base, "") + mark.text.strip()
    pieces: list[str] = []
    reach: float | None = None
    for at, sign in enumerate(letters):
        if reach is not None and sign.left - reach > 0.18 * size:
            pieces.append(" ")
        # A line is turned round sign by sign: what stands over a letter of Arabic goes before it here.
        pieces.append(
            over.get(at, "") + sign.text if is_rtl(sign.text) else sign.text + over.get(at, "")
        )
        reach = max(reach or sign.right, sign.right)
    text = re.sub(r"\s+", " ", "".join(pieces)).strip()
    if any(unicodedata.bidirectional(letter) in RIGHT for letter in text):
        text = str(get_display(text, base_dir="R" if is_rtl(text) else "L"))
    left, right = min(sign.left for sign in line), max(sign.right for sign in line)
    return Row(text.strip(), left, right, line[0].base, size, page)


def without_running_heads(rows: list[Row]) -> list[Row]:
    """The lines without page numbers and what is printed at the head or foot of page after page."""
    ends: dict[int, list[Row]] = {}
    for row in rows:
        ends.setdefault(row.page, []).append(row)
    outer = []
    for page in ends.values():
        ordered = sorted(page, key=lambda row: -row.base)
        outer += [*ordered[:2], *ordered[2:][-2:]]
    shape = Counter(shape_of(row) for row in outer)
    dropped = {
        id(row)
        for row in outer
        if NUMBER.fullmatch(row.text)
        or (len(ends) > 1 and shape[shape_of(row)] >= max(2, 0.6 * len(ends)))
    }
    return [row for row in rows if id(row) not in dropped]


def shape_of(row: Row) -> tuple[str, int]:
    """The words of a line, any number for its numbers, at its height on the page."""
    return re.sub(r"\d+", "#", row.text), round(row.base)


def joined(rows: list[Row]) -> Iterator[str]:
    """Paragraphs out of lines: a new one begins after a gap, another size of print, or a line that ended early."""
    pitches = [
        one.base - other.base
        for one, other in zip(rows, rows[1:], strict=False)
        if one.page == other.page and 0 < one.base - other.base < 4 * one.size
    ]
    pitch = statistics.median_low(sorted(pitches)) if pitches else 0.0
    text = ""
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else None
        if before is None or begins(before, row, pitch):
            if text:
                yield text
            text = row.text
        elif re.search(r"[a-z]-$", text) and row.text[:1].islower():
            text = text[:-1] + row.text
        else:
            text += " " + row.text
    if text:
        yield text


MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")


def unmirrored(paragraph: str) -> str:
    """Brackets the right way: some programs write the one that is printed, others the one that is meant."""
    brackets = re.findall(r"[()\[\]{}«»]", paragraph)
    if brackets and brackets[0] in ")]}»" and brackets[-1] in "([{«":
        return paragraph.translate(MIRRORED)
    return paragraph


def begins(before: Row, row: Row, pitch: float) -> bool:
    """Whether a paragraph begins with ``row``."""
    if abs(before.size - row.size) > 0.15 * max(before.size, row.size):
        return True
    ended = bool(re.search(r"[.!?؟:;؛»”\"]\s*$", before.text))
    if before.page != row.page or row.base > before.base:  # the next page, or the next column
        return ended or before.is_short
    gap = before.base - row.base
    if gap > 1.3 * max(pitch, 1.2 * row.size):
        return True
    edge = row.edges[1] - row.right if row.from_right else row.left - row.edges[0]
    edge_before = (
        before.edges[1] - before.right if before.from_right else before.left - before.edges[0]
    )
    indented = 0.8 * row.size < edge - edge_before < 6 * row.size
    return before.is_short or (indented and ended)
