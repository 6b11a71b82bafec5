"""Lines of a site that belong to no document: its buttons, captions, links to other stories and lists of subjects."""

from __future__ import annotations

import re

from statements.text.lines import ends

#: Lines of a site that belong to no document, folded, from beginning to end.
FURNITURE = re.compile(
    r"^(?:(?:اخر|احدث|اهم)\s+(?:ال)?اخبار|(?:اخبار\s+)?عاجله?|(?:الصفحه\s+)?الرييسيه|القايمه|شارك(?:ها|ه|وا)?(?:\s.{0,30})?|مشاركه(?:\s+(?:الخبر|المقال|علي.*))?|"
    r"طباعه|نسخ الرابط|حفظ|استمع.{0,30}|الوسوم.*|كلمات\s+(?:مفتاحيه|دلاليه).*|الكلمات\s+(?:المفتاحيه|الدلاليه|المفتاح).*|تابعونا.*|تابعنا.*|تابعوا\s.{0,40}(?:قناتنا|صفحتنا|علي|عبر).*|اعلانا?ت?|انضم\s+الي.*|اشترك.*|"
    r"جميع\s+الحقوق.*|حقوق\s+(?:النشر|الطبع).*|عدد\s+(?:المشاهدات|القراءات|القراء).*|تسجيل\s+الدخول|بحث|المصدر\s*:.{0,60}|(?:ال)?صوره\s*:.*|(?:عدسه|تصوير)\s*:.*|مده\s+القراءه.*|\d+\s+مشاهده|"
    r".{0,80}(?:ملفات\s+تعريف\s+الارتباط|كوكيز).{0,200}|[^.]{0,120}\bcookies?\b.{0,200}|"
    r"share(?:\s.{0,30})?|tweet|print|e-?mail|save|listen.{0,30}|tags?\s*:?.*|topics?\s*:.*|filed\s+under.*|keywords?\s*:.*|advertisement|sponsored|menu|home|search|sections?|"
    r"sign\s+(?:in|up).{0,40}|log\s*in|subscribe.*|newsletter.*|follow\s+(?:us|@).*|follow\s.{2,60}\son\s(?:social\s+media|twitter|x|facebook|instagram|linkedin|youtube|telegram)\b.{0,40}|join\s+(?:us|our).*|(?:©|\(c\)\s|copyright).*|all\s+rights\s+reserved.*|"
    r"(?:photo|image|picture|file\s+photo)(?:\s+(?:credit|by))?\s*:.*|facebook|whatsapp|telegram|twitter|linkedin|x|latest\s+news|breaking(?:\s+news)?|skip\s+to.*|loading.*|"
    r"(?:https?://|www\.)\S+|\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?\w{1,4}){0,2}|\d{1,6}|as\s+prepared(?:\s+for\s+delivery)?|check\s+against\s+delivery|(?:this\s+is\s+an\s+)?archived\s+(?:page|content).*|our\s+standards\s*:.*|"
    r"\(?(?:(?:additional\s+)?reporting|writing|editing|compiled)\s+by\s.*|hosted\s+by\s.*|(?:تحرير|المحرر|محرر\s+الخبر)\s*:.{0,40}|يتبع|"
    r"(?:ال)?تعليقات.{0,30}|back\s+to\s+.{2,40}|\(?release\s+id\b.*|read\s+this\s+(?:release|page|article)\s+in.*|press\s+release(?:\s*\|.*)?|media\s+note|related\s+content|news\s+story|from\s*:.{2,60}|for\s+queries\s*:.*|"
    r"-{1,3}\s*\([^)]{2,12}\)(?:[\s./،-]+[^\W\d_]{1,2}){0,9}|\([^)]{2,12}\)(?:[\s./،-]+[^\W\d_]{1,2}){1,9}|(?:for\s+)?immediate\s+release\b.{0,60}|(?:published|posted|updated|last\s+updated|date|(?:تاريخ\s+)?(?:النشر|التحديث)|اخر\s+تحديث)\s*:?|embargoed\s+until.{0,60}|للنشر\s+الفوري|\(?(?:the\s+)?(?:press\s+)?(?:briefing|conference)\s+(?:was\s+)?(?:concluded|ended|adjourned)\b.{0,60}|for\s+(?:(?:media|press|further|more|any|additional)\s+){0,2}(?:questions|queries|enquiries|inquiries|information)\b.{0,160}|(?:media|press)\s+(?:contacts?|enquiries|inquiries)\s*:.{0,80}|\+?\d[\d\s()-]{6,20}|[\w.+-]+@[\w-]+\.\S+|[^\W\d_]{1,2}(?:[\s./،-]+[^\W\d_]{1,2}){1,9}|(?:\w{3,5}\s)?\d{6}\s*(?:جمت|gmt)\s*\w{3}\s*\d{2}|"
    r"\d+\s+(?:views?|comments?|shares?|min(?:ute)?s?(?:\s+read)?)|\d+\s+min(?:ute)?s?\s+read|back\s+to\s+top|click\s+here.*|accept(?:\s+all)?|updates\s+to\s+this\s+page|(?:is|was)\s+this\s+(?:page|article|story)\s+(?:useful|helpful).{0,20}|report\s+a\s+problem.{0,30}|.{2,40}\s(?:website|site)\s+contains\s+only\s.*|privacy\s+policy.*|terms\s+of\s+(?:use|service).*)$"
)
#: Links to other stories: inside a line, or heading a list of them.
RELATED = re.compile(
    r"^(?:اقرا(?:وا)?\s+(?:ايضا|المزيد|كذلك)|المزيد(?:\s+من.{0,30})?|(?:مواضيع|موضوعات|اخبار|مقالات|مواد|ملفات)\s+(?:ذات\s+صله|متعلقه|مشابهه)|شاهد\s+ايضا|قد\s+يهمك.{0,20}|"
    r"read\s+(?:more|also|next)|see\s+also|related(?:\s+(?:articles?|news|stories|topics|content))?|more\s+(?:on|from|stories|news).{0,40}|you\s+may\s+also\s+like|most\s+(?:read|popular)|recommended.{0,30}|editors?'? picks?)(?P<rest>\s*[:|-].*)?$"
)
#: What heads a list of subjects, one a line.
LISTING = re.compile(
    r"^(?:tags?|topics?|keywords?|(?:ال)?وسوم|(?:ال)?كلمات\s+(?:ال)?(?:مفتاحيه|دلاليه))\s*:?$"
)
CAPTION = re.compile(
    r"\((?:photos?|image|picture|file|getty.*|reuters|afp|ap|epa|(?:ال)?صوره|تصوير|ارشيف(?:يه)?|رويترز|ا\s?ف\s?ب|الاناضول)\b[^)]*\)\s*$"
)


def is_tag_line(words: str) -> bool:
    """A last line that is no sentence: the names of subjects in a row, or one word."""
    found = words.split()
    return len(found) == 1 or (len(found) <= 8 and words.istitle() and not ends(words))


def is_furniture(folded: str) -> bool:
    return len(re.findall(r"\w", folded)) < 3 or bool(FURNITURE.match(folded))


def is_navigation(words: str) -> bool:
    """A row of sections or the way to a page: «أخبار > سياسة», «اقتصاد | رياضة | ثقافة»."""
    if re.search(r"\s[>›]\s", words) and not ends(words):
        return True
    parts = re.split(r"\s*[|>›»/•·]\s*", words)
    return len(parts) > 1 and all(len(part.split()) <= 2 for part in parts)
