"""Files of every kind that tests take in, good and hostile, made here by hand."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from email.message import EmailMessage
from typing import Any

HEADLINE = "وفد عراقي يختتم زيارته إلى واشنطن"
BYLINE = "الوكالة/بغداد"
PARAGRAPHS = [
    "اختتم وفد عراقي برئاسة وزير الدفاع العراقي ثابت العباسي زيارته إلى العاصمة الأميركية، وفق بيان مشترك صدر الأربعاء 24 تموز 2024.",
    "وقال العباسي إن الجولة كانت مثمرة ومفيدة للجانبين، فيما يأتي نص البيان:",
    "بيان مشترك للجولة الثانية من حوار التعاون الأمني المشترك",
    "عقد الجانبان (الأميركي والعراقي) جولتهما الثانية يومي 22 و23 تموز 2024، والتقى وزير الدفاع السيد ثابت العباسي نظيره.",
    "قرر الجانبان في حوار التعاون الأمني المشترك الثاني البدء في العمل على مذكرة تفاهم للأمن والإعلام.",
]
ENGLISH = [
    "Joint Statement on the Second Round",
    "July 24, 2024",
    "The two sides met in Washington on July 22 and 23, 2024, and affirmed that their cooperation would continue.",
    "They decided to begin work on a memorandum of understanding, and discussed training and long-term assistance.",
]


def page(charset: str | None = "utf-8", body: str = "") -> str:
    """A page of a paper: menu, headline, byline, date, paragraphs, related stories, foot, and a script."""
    meta = f'<meta charset="{charset}">' if charset else ""
    paragraphs = "".join(f"<p>{words}</p>" for words in PARAGRAPHS[:2])
    statement = f"<h2>{PARAGRAPHS[2]}</h2>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS[3:])
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head>{meta}<title>{HEADLINE} | الوكالة</title>'
        "<script>document.title = 'taken'</script><style>p { color: red }</style></head><body>"
        "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/p'>سياسة</a></li></ul></nav>"
        f"<div class='content'><h1>{HEADLINE}</h1><div class='meta'><span>{BYLINE}</span>"
        f"<time>25 تموز 2024</time></div><div class='body'>{paragraphs}{statement}{body}</div>"
        "<aside><h3>اقرأ أيضا</h3><a href='/o'>خبر آخر تماما عن أسعار النفط في الأسواق العالمية</a></aside></div>"
        "<footer>جميع الحقوق محفوظة</footer><div style='display:none'>كلام خفي لا يراه القارئ</div></body></html>"
    )


def article_text() -> str:
    return "\n\n".join([HEADLINE, BYLINE, "25 تموز 2024", *PARAGRAPHS])


# PDF


def pdf(pages: list[bytes], extra: dict[int, bytes] | None = None, trailer: bytes = b"") -> bytes:
    """A PDF of these content streams, with the font of ``TO_UNICODE`` as /F1 and Helvetica as /F2."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * at) for at in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>",
        5: stream(to_unicode()),
        6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for at, content in enumerate(pages):
        objects[10 + 2 * at] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 6 0 R >> /XObject << /X1 7 0 R >> >> >>" % (11 + 2 * at)
        )  # fmt: skip
        objects[11 + 2 * at] = stream(content)
    objects |= extra or {}
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n" % size)
    for number in range(size):
        used = number in places
        out.write(
            b"%010d %05d %s \n"
            % (places.get(number, 0), 0 if used else 65535, b"n" if used else b"f")
        )
    out.write(
        b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start)
    )
    return out.getvalue()


def stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


#: Glyph numbers of the hand-made font: every character below U+3000 is its own number, forms of print follow.
def glyph(form: str) -> int:
    code = ord(form)
    return code if code < 0x3000 else code - 0xC000


def to_unicode() -> bytes:
    ranges = b"2 beginbfrange\n<0000> <2FFF> <0000>\n<3B00> <3EFF> <FB00>\nendbfrange\n"
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + ranges + b"endcmap end end"
    )


def shaped(words: str) -> str:
    """Arabic as print draws it: presentation forms, lam-alef as one sign, from left to right on the page."""
    from bidi import get_display

    joined = words
    for alef, form in (("ا", "ﻻ"), ("أ", "ﻷ"), ("إ", "ﻹ"), ("آ", "ﻵ")):
        joined = joined.replace(f"ل{alef}", form)
    drawn = []
    for letter in joined:
        try:
            name = unicodedata.name(letter)
            drawn.append(unicodedata.lookup(f"{name} MEDIAL FORM"))
        except (KeyError, ValueError):
            try:
                drawn.append(unicodedata.lookup(f"{unicodedata.name(letter)} FINAL FORM"))
            except (KeyError, ValueError):
                drawn.append(letter)
    return str(get_display("".join(drawn), base_dir="R"))


def line(words: str, x: float, y: float, size: float = 12, width: float = 6) -> bytes:
    """Words drawn at a place with the hand-made font, each sign half as wide as it is high."""
    shown = b"".join(b"%04X" % glyph(letter) for letter in words)
    return b"BT /F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET\n" % (size, x, y, shown)


def wrapped(words: str, most: int) -> list[str]:
    rows = [""]
    for word in words.split():
        if len(rows[-1]) + len(word) + 1 > most:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def pdf_of(paragraphs: list[str], arabic: bool, most: int = 70) -> bytes:
    """Paragraphs laid out as print does, on as many pages as they need, each with its number at the foot."""
    pages: list[bytes] = []
    content, y = b"", 780.0
    for paragraph in paragraphs:
        for row in wrapped(paragraph, most):
            if y < 90:
                pages.append(content)
                content, y = b"", 780.0
            drawn = shaped(row) if arabic else row
            content += line(drawn, 545 - 6 * len(drawn) if arabic else 50, y)
            y -= 15
        y -= 12
    pages.append(content)
    return pdf([one + line(str(at + 1), 300, 40) for at, one in enumerate(pages)])


def scanned_pdf() -> bytes:
    picture = zlib.compress(bytes(100 * 100))
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(picture), picture)
    )
    return pdf([b"q 500 0 0 700 50 50 cm /X1 Do Q"], {7: image})


def encrypted_pdf() -> bytes:
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"28" * 32, b"29" * 32)
    return pdf([line(ENGLISH[2], 50, 700)], {8: lock}, b"/Encrypt 8 0 R /ID [<00> <00>]")


def looping_pdf() -> bytes:
    """A page tree that is its own child, and a form that draws itself."""
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X1 7 0 R >> >> /Length 6 >>\nstream\n/X1 Do\nendstream"
    kids = b"<< /Type /Pages /Kids [2 0 R 10 0 R 2 0 R] /Count 3 >>"
    return pdf([b"/X1 Do"], {7: form, 2: kids})


# Word


def docx(paragraphs: list[str]) -> bytes:
    import docx as word

    document = word.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(parts: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx_of(document: str | bytes) -> bytes:
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": document})


def bomb() -> bytes:
    """Half a megabyte that unpacks to half a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(512):
                part.write(b"a" * 1024 * 1024)
    return out.getvalue()


def lying_bomb() -> bytes:
    """A bomb whose directory says that it unpacks to a thousand bytes."""
    content = bytearray(bomb())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.rfind(mark) if mark == b"PK\x01\x02" else content.find(mark, 4)
        content[place + at : place + at + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


def laughing_docx() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(12)
    )
    return docx_of(f'<?xml version="1.0"?><!DOCTYPE w [{entities}]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>')  # fmt: skip


def reading_docx(path: str) -> bytes:
    return docx_of(f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file://{path}">]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>')  # fmt: skip


# Mail


def mail(html: bool = False, charset: str = "utf-8", attach: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"] = "press@example.org"
    message["To"] = "archive@example.org"
    message["Subject"] = HEADLINE
    message["Date"] = "Thu, 25 Jul 2024 10:00:00 +0300"
    message["Message-ID"] = "<1@example.org>"
    if html:
        message.set_content(page(charset), subtype="html", charset=charset)
    else:
        message.set_content("\n\n".join(PARAGRAPHS) + "\n\n-- \nالمكتب الإعلامي\n", charset=charset)
        message.add_alternative("<p>HTML part</p>", subtype="html")
    if attach:
        message.add_attachment(attach, maintype="application", subtype="pdf", filename="x.pdf")
    return message.as_bytes()
