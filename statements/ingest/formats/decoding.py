"""Which characters the bytes of a text stand for: UTF-8, UTF-16 with its mark, and the code pages of Windows.

Code pages of one byte read anything, so they are taken only when what they give looks like the language
that they were made for; else the bytes are no text that we know.
"""

from __future__ import annotations

import codecs
import re

from statements.ingest.formats import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Names that pages and mails give to their encodings and that are taken at their word.
DECLARED = re.compile(r"utf-?8|utf-?16(le|be)?|windows-?125\d|cp125\d|iso-?8859-?\d{1,2}|ascii|us-ascii|x?-?mac-?arabic|latin-?1")  # fmt: skip
LATIN = {"iso8859-1", "cp1252", "ascii"}
#: The letters that make up most of any Arabic text; Cyrillic or Greek read as windows-1256 has others.
FREQUENT = set("اليمونترب")
ARABIC_RUN = re.compile(r"[\u0621-\u0652\u067e\u0686\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06d2]+")
BEYOND = re.compile(r"[^\x00-\x7f]")
#: Control characters that no text has.
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(content: bytes) -> tuple[str, str]:
    """(text, encoding). UTF-8 keeps its mark, as every other character, so that places in the text stay."""
    for mark, name in MARKS:
        if content.startswith(mark):
            try:
                text = content.decode("utf-8" if name == "utf-8" else name)
            except UnicodeDecodeError:
                raise Unreadable("encoding") from None
            return plain(text), name
    try:
        return plain(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\x00" in content:
        raise Unreadable("binary")
    arabic = content.decode("cp1256")
    if is_arabic(arabic):
        return plain(arabic), "windows-1256"
    try:
        western = content.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    if is_western(western):
        return plain(western), "windows-1252"
    raise Unreadable("encoding")


def decode_declared(content: bytes, *declared: str | None) -> tuple[str, str]:
    """(text, encoding) of a page or mail that says what it is written in; what it says is checked against its bytes."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace").removeprefix("\ufeff"), name
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    for label in declared:
        name = codec_of(label) or ""
        if name in LATIN and is_arabic(content.decode("cp1256")):
            return content.decode("cp1256"), "windows-1256"
        if name in LATIN:
            name = "cp1252"  # what browsers read
        if name and name != "utf-8":
            return content.decode(name, "replace"), name
    if any(codec_of(label) == "utf-8" for label in declared):
        # One broken byte does not make a page of it another encoding.
        text = content.decode("utf-8", "replace")
        if text.count("\ufffd") <= max(3, len(text) // 1000):
            return text, "utf-8"
    return decode(content)


def codec_of(label: str | None) -> str | None:
    """Python's name for a declared encoding, when it is one that texts are written in."""
    label = (label or "").strip().strip("\"'").lower().replace("_", "-")
    if not DECLARED.fullmatch(label):
        return None
    if "arabic" in label:
        return "mac-arabic"
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def plain(text: str) -> str:
    """The text, unless it is full of control characters: then it is no text at all."""
    if len(CONTROL.findall(text)) > len(text) // 200:
        raise Unreadable("binary")
    return text


def is_arabic(text: str) -> bool:
    """Whether what windows-1256 made of the bytes is Arabic: its foreign letters stand in Arabic words, with Arabic's frequencies."""
    foreign = [letter for letter in BEYOND.findall(text) if letter.isalpha()]
    words = ARABIC_RUN.findall(text)
    letters = "".join(words)
    if len(letters) < 8 or len(letters) < 0.9 * len(foreign):
        return False
    whole = sum(len(word) for word in words if len(word) >= 2)
    frequent = sum(letter in FREQUENT for letter in letters)
    return whole >= 0.9 * len(letters) and frequent >= 0.5 * len(letters)


def is_western(text: str) -> bool:
    """Whether what windows-1252 made of the bytes is a language of Latin letters: few foreign ones, inside words or as marks."""
    foreign = BEYOND.findall(text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    printed = all(letter.isprintable() or letter == "\xa0" for letter in foreign)
    return printed and latin >= 8 and len(foreign) <= 0.15 * latin
