"""The head of a mail as it is pasted: who sent it to whom, when, about what (RFC 5322 § 3.6), and what a mail opens and closes with."""

from __future__ import annotations

import re

from statements.text.lines import LINE, Span

FIELD = re.compile(
    r"(from|to|cc|bcc|date|sent|subject|reply-to|من|إلى|الى|نسخة|التاريخ|تاريخ|المرسل|المستلم|الموضوع)[ \t]*[:：][ \t]*",
    re.IGNORECASE,
)
SUBJECT = {"subject", "الموضوع"}
#: "Dear colleagues,", «الزملاء الكرام،», folded.
SALUTATION = re.compile(
    r"^(?:dear\s|hello\b|(?:ال)?(?:ساده|زملاء|اخوه|زميلات)\s|تحيه\s+طيبه|السلام\s+عليكم|بعد\s+التحيه).{0,60}$"
)
#: "Best regards,", «مع التحية», folded; the sender's name, office and telephone follow.
SIGNED = re.compile(
    r"^(?:(?:with\s+)?(?:(?:best|kind|warm)\s+)?(?:regards|wishes)|(?:yours\s+)?sincerely|yours\s+(?:truly|faithfully)|many\s+thanks|"
    r"(?:مع\s+)?(?:خالص|فايق|اطيب)?\s*(?:ال)?(?:تحيه|تحيات|تحياتي|تقدير|احترام)(?:\s+و?(?:ال)?(?:تقدير|احترام))?)\s*[،,.!]?$"
)


def head(text: str) -> tuple[list[Span], Span | None, int]:
    """The lines of a mail's head at the top of a text, its subject among them apart from its word; the subject; where the rest begins."""
    spans: list[Span] = []
    names: set[str] = set()
    subject = None
    at = 0
    while (line := LINE.search(text, at)) and (field := FIELD.match(text, *line.span())):
        names.add(field[1].lower())
        if field[1].lower() in SUBJECT and field.end() < line.end():
            subject = Span(field.end(), line.end())
            spans += [Span(line.start(), field.end()), subject]
        else:
            spans.append(Span(line.start(), line.end()))
        at = line.end()
    if subject is None or len(names) < 2:
        return [], None, 0
    return spans, subject, at
