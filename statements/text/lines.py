"""The lines of a pasted text: where they stand, whether they are sentences, headings or days, and what paragraphs they make."""

from __future__ import annotations

import re
from dataclasses import dataclass

from statements.text.dates import Found, find


@dataclass(frozen=True)
class Span:
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


#: What numbers the paragraphs of a text.
NUMBERED = re.compile(
    r"(?:\d{1,2}|[أ-ي])\s*[.)–-]\s|[•▪●]\s|(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا)ً?\s*[:،-]"
)
#: Marks without ink that pages put at the ends of lines: byte order mark, joiners, direction controls.
MARGIN = "\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069"


#: A line with ink, without the white space and marks at its ends.
LINE = re.compile(rf"[^\s{MARGIN}](?:[^\n\r\u2028\u2029\x85\x0b\x0c]*[^\s{MARGIN}])?")


def units(text: str, start: int = 0) -> list[Span]:
    """Paragraphs from ``start`` on: lines, or blocks parted by blank lines where lines are broken short."""
    lines = [Span(match.start(), match.end()) for match in LINE.finditer(text, start)]
    if not lines:
        return []
    gaps = [
        b.start - a.end > 1
        and len(re.findall(r"\r\n|[\n\r\u2028\u2029\x85]", text[a.end : b.start])) > 1
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
        if gap or NUMBERED.match(line.of(text)):
            joined.append(line)
        else:
            joined[-1] = Span(joined[-1].start, line.end)
    return joined


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
