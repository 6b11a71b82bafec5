"""What kind of text a line heads, introduces or closes, and whether a text headed as a speech is a news story."""

from __future__ import annotations

import re

from statements.text.arabic import fold

MARKERS: list[tuple[str, str]] = [
    ("communique", r"(?:نص\s+)?(?:ال)?بيان\s+(?:ال)?ختامي|(?:(?:final|joint)\s+)?communiqu[eé]"),
    ("joint_statement", r"(?:(?:ال)?نص\s+)?(?:ال)?(?:كامل\s+)?(?:لل|ال)?بيان\s+(?:ال)?(?:صحفي\s+)?(?:ال)?مشترك|(?:full\s+)?(?:text\s+of\s+(?:the\s+)?)?joint\s+(?:press\s+)?(?:statement|declaration)"),
    ("remarks", r"(?:نص\s+)?(?:كلمه|خطاب|تصريح(?:ات)?|موتمر\s+صحفي)\s|(?:remarks|speech|address|press\s+(?:briefing|conference))\s+(?:by|of|with|as)|opening\s+remarks|(?:press\s+conference\s+)?transcript"),
    ("readout", r"readout\s+of|(?:قراءه|ملخص|موجز)\s+(?:ل)?(?:لقاء|اجتماع|اتصال|مكالمه)"),
    ("news_release", r"(?:news|press)\s+release|(?:ال)?بيان\s+(?:ال)?صحفي"),
    ("statement", r"(?:نص\s+)?(?:ال)?بيان(?:\s+(?:صادر|عن|من|وزاره|رياسه|الحكومه))|statement\s+(?:by|from|of|on)"),
]  # fmt: skip
COMPILED = [(kind, re.compile(rf"^(?:{pattern})", re.IGNORECASE)) for kind, pattern in MARKERS]
#: In English a title may name the parties first; a headline that tells of a statement does not capitalise it.
NAMED_FIRST = [
    ("joint_statement", re.compile(r"^(?:[A-Z][\w.’'–-]*[\s,–-]+(?:and\s+|the\s+)?){1,6}Joint (?:Press )?(?:Statement|Declaration)\b")),
    ("communique", re.compile(r"^(?:[A-Z][\w.’'–-]*[\s,–-]+(?:and\s+|the\s+)?){1,6}(?:Joint |Final )?Communiqu[eé]\b")),
    ("readout", re.compile(r"^(?:[A-Z][\w.’'–-]*\s+){0,3}Readout\b")),
    ("remarks", re.compile(r"^(?:[A-Z][\w.’'–-]*\s+){1,6}(?:Remarks|Speech)\s+(?:at|to|on|before)\b")),
    ("remarks", re.compile(r"^(?:[A-Z][\w.’'–-]*\s+){1,5}(?:Press|Media|News|Daily) (?:Briefing|Conference|Availability|Gaggle)(?:$|\s*[–—,|-]|\s+\(?[A-Z][a-z]+\.? \d)")),
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
SAID = re.compile(
    r"(?:^|\s)[وف]?(?:قال|قالت|اضاف|اضافت|اكد|اشار|اوضح|ذكر|said|says|added|told|noted)\b"
)


def marker(folded: str, words: str) -> str | None:
    """The type of document that a line heads, by how such titles begin."""
    bare = folded.lstrip("*-–•# ")
    for kind, pattern in COMPILED:
        if pattern.match(bare):
            return kind
    return next((kind for kind, pattern in NAMED_FIRST if pattern.match(words)), None)


def is_news_story(body: str) -> bool:
    folded = fold(body)
    quotations = len(re.findall(r'"[^"]{8,}"|«[^»]{8,}»', folded))
    first_person = len(
        re.findall(
            r"(?<!\w)(?:i|we|my|our|انا|نحن|اشكركم|ايها)(?!\w)", re.sub(r'"[^"]*"', " ", folded)
        )
    )
    return len(SAID.findall(folded)) >= 3 and quotations >= 2 and first_person <= 3
