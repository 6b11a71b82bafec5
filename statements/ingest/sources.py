"""A source as found, whatever it is in, to the text that is read: typed by its bytes, never by its name.

Text is decoded here; every other format is read apart (``isolation``). What cannot be taken in is
refused with a sentence in the reader's language.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from statements.ingest.formats import Extract, Unreadable
from statements.ingest.formats.decoding import MARKS, decode
from statements.ingest.isolation import read_apart
from statements.text.sentence import Sentence

LARGEST = 25 * 1024 * 1024  # bytes of a file

SENTENCES = {
    "empty": gettext_noop("The file is empty."),
    "large": gettext_noop("The file is larger than 25 MB; the archive takes texts, not whole books of pictures."),
    "picture": gettext_noop("This is a picture. The archive reads text only: type the text, or recognise it with a program first."),
    "old_word": gettext_noop("This is a Word document of the old kind, or one with a password; save it as .docx without a password first."),
    "rich_text": gettext_noop("This is a rich text file (.rtf), which is not read; save it as .docx or as plain text first."),
    "binary": gettext_noop("This is not a text. The archive takes web pages, PDF, Word documents (.docx), mails (.eml) and plain text."),
    "archive": gettext_noop("This is a packed file and not a Word document; unpack it and take in what is in it one by one."),
    "encoding": gettext_noop("The letters of this text cannot be told: it is not in UTF-8, UTF-16 or windows-1256. Save it as UTF-8 first."),
    "encrypted": gettext_noop("The file is encrypted; save it without a password or restrictions first."),
    "scanned": gettext_noop("This PDF has no text layer; it is a scanned picture. Recognise its text with a program first, or type it."),
    "pages": gettext_noop("This PDF has more than 300 pages; take out those that hold the text."),
    "letters": gettext_noop("The fonts of this PDF do not say which letters they draw, so its text cannot be read; copy it from another source."),
    "unpacked": gettext_noop("Unpacked, the file would be larger than the archive takes (100 MB), as files made to do harm are."),
    "entities": gettext_noop("The document defines entities, as no Word document does; it is not read."),
    "no_text": gettext_noop("No text was found in it."),
    "broken": gettext_noop("The file is damaged or cut off and cannot be read."),
    "too_much": gettext_noop("Reading the file took more time or memory than a text needs; it was stopped."),
}  # fmt: skip

#: What a person has to look at, beside the draft.
REMARKS = {
    "windows": Sentence(
        "The text was in the older encoding windows-1256; look at its letters.",
        "كان النص بترميز قديم هو windows-1256؛ راجع حروفه.",
    ),
    "western": Sentence(
        "The text was in the older encoding windows-1252; look at its accents.",
        "كان النص بترميز قديم هو windows-1252؛ راجع علاماته.",
    ),
    "whole_page": Sentence(
        "The main text of the page could not be told from the rest, so everything a reader sees was kept.",
        "لم يتميز متن الصفحة من غيره، فأُبقي كل ما يراه القارئ.",
    ),
    "lam_alef": Sentence(
        "PDF files often print lam-alef as one sign with its letters exchanged; look at the words that have it.",
        "كثيرا ما ترسم ملفات PDF «لا» علامة واحدة تتبادل حرفاها الموضع؛ راجع الكلمات التي ترد فيها.",
    ),
    "letters_missing": Sentence(
        "Some letters of the PDF could not be read; compare the text with the source.",
        "تعذرت قراءة بعض حروف ملف PDF؛ قابل النص بالمصدر.",
    ),
    "scanned_pages": Sentence(
        "Some pages of the PDF are pictures without text; what stands on them is missing here.",
        "بعض صفحات ملف PDF صور بلا نص؛ فما فيها ناقص هنا.",
    ),
    "attachments": Sentence(
        "The mail has attachments, which were not read; take them in by themselves.",
        "للرسالة مرفقات لم تُقرأ؛ أدخلها وحدها.",
    ),
}

MEDIA_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "zip": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "mail": "message/rfc822",
}
PICTURES = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:avif|heic)", re.DOTALL)  # fmt: skip
#: Files that are sure to be nothing we read, some of which would pass for text.
OTHERS = (b"MZ", b"\x7fELF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"%!PS", b"\xca\xfe\xba\xbe", b"#!")  # fmt: skip
RICH_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TAG = re.compile(
    r"(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}>)*<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|header|main|article|section|div|p|h[1-6]|table|span|center|font|ul|ol|br|b|i|a|blockquote)(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
HEADER = re.compile(rb"[A-Za-z][A-Za-z-]{1,60}:[ \t]?[^\r\n]*\r?\n(?:[ \t]+[^\r\n]+\r?\n)*")
#: A mail says who sent it, and how it went or in what it is written; a text that begins with a name and a colon does not.
SENT = (b"from", b"return-path", b"received", b"delivered-to")
CARRIED = (b"mime-version", b"message-id", b"received", b"content-type")


class SourceRefused(Exception):
    """A file or an address that is not taken in; the message says why."""


@dataclass(frozen=True)
class Original:
    """A source as found: what is kept as a capture. ``charset`` is what its server said; ``warc`` records the fetch."""

    content: bytes
    filename: str = ""
    address: str = ""
    charset: str = ""
    warc: bytes | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Reading:
    """What was read of a source: its text, its type by its bytes, and remarks for the person who looks at the draft."""

    original: Original
    text: str
    media_type: str
    remarks: list[Sentence] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether the text is the decoded file, unchanged, so that places in it are places in the file."""
        return self.media_type.startswith("text/plain")


def read(original: Original) -> Reading:
    """The text of a source; raises SourceRefused with a sentence."""
    try:
        kind = kind_of(original.content)
        if kind == "text":
            text, encoding = decode(original.content)
            odd = {"windows-1256": [REMARKS["windows"]], "windows-1252": [REMARKS["western"]]}
            return Reading(original, text, f"text/plain; charset={encoding}", odd.get(encoding, []))
        extract: Extract = read_apart(kind, original.content, original.charset)
        if not extract.text.strip():
            raise Unreadable("no_text")
    except Unreadable as refused:
        raise SourceRefused(_(SENTENCES[refused.why])) from None
    remarks = [REMARKS[key] for key in extract.remarks]
    return Reading(original, extract.text, MEDIA_TYPES[kind], remarks)


def pasted(text: str) -> Reading:
    """What was typed or pasted: a text as it is, or the source of a web page, which is read as one."""
    original = Original(text.encode("utf-8", "surrogatepass"))
    if TAG.match(text):
        return read(original)
    return Reading(original, text, "text/plain; charset=utf-8")


def kind_of(content: bytes) -> str:
    """``text``, ``html``, ``pdf``, ``zip`` or ``mail``, by what the file begins with; raises Unreadable for all else."""
    if not content.strip(b" \t\r\n"):
        raise Unreadable("empty")
    if len(content) > LARGEST:
        raise Unreadable("large")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if content.startswith(OLD_WORD):
        raise Unreadable("old_word")
    if RICH_TEXT.match(content):
        raise Unreadable("rich_text")
    if PICTURES.match(content):
        raise Unreadable("picture")
    if content.startswith(OTHERS):
        raise Unreadable("binary")
    if TAG.match(beginning(content)):
        return "html"
    if beginning(content).lstrip().startswith("<?xml"):
        raise Unreadable("binary")
    return "mail" if is_mail(content) else "text"


def beginning(content: bytes) -> str:
    """The first characters, good enough to see tags in: these are ASCII in every encoding but UTF-16."""
    wide = any(name == "utf-16" and content.startswith(mark) for mark, name in MARKS)
    start = content[:8192]
    return start.decode("utf-16" if wide else "utf-8", "replace").removeprefix("\ufeff")


def is_mail(content: bytes) -> bool:
    names = set()
    at = 0
    while (header := HEADER.match(content, at)) and at < 65536:
        names.add(content[at : content.index(b":", at)].lower())
        at = header.end()
    ended = content[at : at + 2] in (b"\r\n", b"\n\r") or content[at : at + 1] == b"\n"
    return ended and bool(names.intersection(SENT)) and bool(names.intersection(CARRIED))
