"""Who sends or prints a page: press offices, letterheads, bylines, papers and agencies by name or letters."""

from __future__ import annotations

import re

from statements.text.arabic import fold

#: The press office of a ministry or head of government, which heads or signs what it sends out.
PRESS_OFFICE = re.compile(
    r"^(?:ال)?(?:مكتب|مديريه|دايره|قسم|خليه|وحده|هييه)\s+(?:ال)?(?:اعلام|صحف)\w*(?:\s\w+){0,6}$|(?:ال)?اعلام\s+(?:ال)?(?:امني|حربي|حكومي)$|"
    r"^وزاره(?:\s(?:و?ال\w+)){1,3}$|^ministry\s+of(?:\s[a-z]+){1,5}$|^(?:press\s+and\s+information\s+(?:team|office)|inter\s+services\s+public\s+relations|office\s+of\s+the\s+(?:press\s+secretary|spokes\w+)|press\s+information\s+bureau|public\s+relations)(?:\s\w+){0,8}$|^(?:the\s+)?(?:media|press|information|public\s+affairs)\s+(?:office|directorate|department|section)(?:\s\w+){0,6}$"
)
#: An embassy by its name alone: "British Embassy Baghdad", «السفارة البريطانية في بغداد».
_TWO_WORDS = r"abu\s+dhabi|new\s+delhi|tel\s+aviv|kuwait\s+city|saudi\s+arabia|ابو\s+ظبي|تل\s+ابيب|كوالا\s+لمبور"
EMBASSY = re.compile(
    rf"^(?:the\s)?(?:[a-z.]+\s){{1,3}}(?:embass(?:y|ies)|consulates?(?:\sgeneral)?)(?:\s(?:&|and)\sconsulates?(?:\sgeneral)?)?(?:\s(?:in\s|to\s)?(?:{_TWO_WORDS}|[a-z]+))?$|"
    rf"^(?:the\s)?(?:embassy|consulate(?:\sgeneral)?)\sof(?:\s[a-z]+){{1,6}}(?:\sin\s(?:{_TWO_WORDS}|[a-z]+))?$|"
    rf"^(?:ال)?(?:سفاره|قنصليه)(?:\s(?:ال\w+|دوله|مملكه|جمهوريه)){{1,3}}(?:\s(?:في|لدي)\s(?:دوله\s|مملكه\s|جمهوريه\s)?(?:{_TWO_WORDS}|\w+))?$"
)
#: The name of a paper or agency, or of the state, that stands above a headline.
LETTERHEAD = re.compile(
    r"^(?:وكاله|صحيفه|جريده|قناه|شبكه|مجله|اذاعه)(?:\s\w+){1,5}$|^(?:جمهوريه|مملكه|المملكه|دوله|سلطنه)(?:\s\w+){1,3}$"
)
#: What says of a page that its sender issued it.
ISSUED = re.compile(
    r"^(?:press|media|news)\s+release$|^(?:for\s+)?immediate\s+release\b|^(?:ال)?بيان\s+صحفي$|^from\s*:\s*(?:the\s+)?(?:ministry|office|department|embassy|prime\s+minister|foreign|home)\b.*$|"
    r"^(?:from|من|المرسل)\s*:.*\b(?:press\s+(?:office|team|section)|embassy|ministry|spokes\w+|public\s+affairs|media\s+office|اعلام\w*|الاعلامي?|وزاره|سفاره|السفاره)\b"
)
#: A line that only says that what follows is a readout.
READOUT = re.compile(r"^readout$|^(?:قراءه|ملخص|موجز)$")
BYLINE = re.compile(r"^(?:\*\s*)?[^/.!؟?:]{2,40}/\s*[^/.!؟?:]{2,60}$|^(?:by|كتب|كتبت|اعداد|ترجمه|تقرير|بقلم)[\s:].{2,60}$|^\*.{2,80}$", re.IGNORECASE)  # fmt: skip
OUTLET = re.compile(
    r"(?:^|\s)(?:ال)?(?:صحيفه|جريده|وكاله|قناه|موقع|شبكه|مجله|نيوز|برس|اذاعه|تلفزيون|تايمز|بوست)(?:\s|$)|"
    r"^(?:ا\s?ش\s?ا|ا\s?ف\s?ب|د\s?ب\s?ا|واع|واس|وام|ومع|وات|واج|بنا|وكاع|سانا|كونا|بترا|قنا|نينا)$|"
    r"\b(?:news|times|gazette|post|agency|watch|herald|tribune|journal|press|daily|observer|monitor|chronicle|telegraph|reuters|afp|upi|network|tv|radio|media)\b"
)
#: An agency by its letters: "INA", «و م ع».
INITIALS = re.compile(r"(?:By\s+)?([A-Z]{2,5}|[\u0600-\u06ff](?:\s[\u0600-\u06ff]){1,3})")
PARTED = re.compile(r"\s*[|•·/]\s*|\s+[–—-]{1,2}\s+")


def is_press_office(folded: str) -> bool:
    """A line with a ministry or its press office, or both: «وزارة الدفاع - مديرية الإعلام»."""
    return all(PRESS_OFFICE.match(part) or EMBASSY.match(part) for part in PARTED.split(folded))


def is_signature(words: str) -> bool:
    """The agency and its editors in a last line: «وام/أحمد النعيمي/زكريا محي الدين», «ومع : ج ق»."""
    parts = [part.strip() for part in words.split("/")]
    letters = re.fullmatch(r"([^\W\d_]{2,12})\s*:((?:\s*[^\W\d_]{1,2}){1,4})", words.strip())
    if letters and OUTLET.search(fold(letters[1])):
        return True
    return (
        len(parts) > 1
        and all(0 < len(part.split()) <= 4 for part in parts)
        and bool(OUTLET.search(fold(parts[0])))
    )


def outlet_of(byline: str) -> str | None:
    """Who printed it, from a byline: the part that names a paper or agency or is its initials, else the part before a slash."""
    parts = [part.strip(" *()[]") for part in PARTED.split(byline)]
    named = next((part for part in parts if OUTLET.search(fold(part))), None)
    if named:
        return named
    initials = next((found[1] for part in parts if (found := INITIALS.fullmatch(part))), None)
    if initials:
        return initials
    return parts[0] if "/" in byline and parts[0] else None
