"""Files of every kind to text: typed by their bytes, paragraphs kept, furniture left out, and what is hostile refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from bidi import get_display
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.ingest.formats import Unreadable
from statements.ingest.formats.decoding import decode
from statements.ingest.formats.page import read_page
from statements.ingest.sources import (
    LARGEST,
    SENTENCES,
    Original,
    Reading,
    SourceRefused,
    kind_of,
    read,
)
from tests.ingest import files
from tests.ingest.files import BYLINE, ENGLISH, HEADLINE, PARAGRAPHS


def text_of(content: bytes, **fields: str) -> Reading:
    return read(Original(content, **fields))


def paragraphs(reading: Reading) -> list[str]:
    return reading.text.split("\n\n")


# Pages


ARTICLE = [HEADLINE, BYLINE, "25 تموز 2024", *PARAGRAPHS]


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        pytest.param(files.page().encode(), "", id="UTF-8"),
        pytest.param(files.page(None).encode(), "", id="UTF-8 that nothing declares"),
        pytest.param(files.page(None).encode("utf-8-sig"), "", id="UTF-8 with its mark"),
        pytest.param(files.page(None).encode("utf-16"), "", id="UTF-16 with its mark"),
        pytest.param(files.page("windows-1256").encode("cp1256"), "", id="windows-1256 in the page"),
        pytest.param(files.page(None).encode("cp1256"), "windows-1256", id="windows-1256 by the server"),
        pytest.param(files.page(None).encode("cp1256"), "", id="windows-1256 that nothing declares"),
        pytest.param(files.page("iso-8859-1").encode("cp1256"), "", id="windows-1256 declared as Latin"),
        pytest.param(files.page("iso-8859-6").encode("iso-8859-6", "xmlcharrefreplace"), "", id="ISO 8859-6"),
        pytest.param(files.page("windows-1252").encode(), "iso-8859-1", id="UTF-8 declared as Latin"),
    ],
)  # fmt: skip
def test_a_page_gives_its_article_in_order_in_any_encoding(content: bytes, charset: str) -> None:
    assert kind_of(content) == "html"
    assert read_page(content, charset).text.split("\n\n") == ARTICLE


def test_a_page_is_a_page_under_any_name() -> None:
    reading = text_of(files.page().encode(), filename="picture.png")
    assert paragraphs(reading) == ARTICLE
    assert reading.media_type == "text/html"


def test_a_page_too_short_to_tell_is_kept_whole_with_a_remark() -> None:
    reading = text_of("<html><body><div>وزارة الدفاع</div><p>التقى الوزير نظيره.</p>".encode())
    assert paragraphs(reading) == ["وزارة الدفاع", "التقى الوزير نظيره."]
    assert "could not be told" in reading.remarks[0].en


def test_a_date_that_a_page_declares_stands_in_where_none_is_printed() -> None:
    source = files.page().replace("<time>25 تموز 2024</time>", "")
    source = source.replace("24 تموز 2024", "الأربعاء").replace("2024", "")
    declared = '<meta property="article:published_time" content="2024-07-25T10:00:00+03:00">'
    reading = text_of(source.replace("<title>", declared + "<title>").encode())
    assert paragraphs(reading)[:2] == [HEADLINE, "2024-07-25"]


def test_line_breaks_in_a_page_part_paragraphs() -> None:
    body = "<br><br>".join(PARAGRAPHS)
    reading = text_of(f"<html><body><h1>{HEADLINE}</h1><div>{body}</div></body></html>".encode())
    assert paragraphs(reading) == [HEADLINE, *PARAGRAPHS]


SAID = [
    "The two sides met in Washington on July 22 and 23, 2024, and affirmed that their cooperation would continue in accordance with the agreement.",
    "They decided to begin work on a memorandum of understanding, and discussed training, borders and long-term assistance to the forces.",
    "Officials from both delegations praised the progress since last summer, and agreed to meet again before the end of the year in Baghdad.",
]
BODY = "".join(f"<p>{words}</p>" for words in SAID)
MAKE_UPS = {
    "a paper": (
        f"<title>Two sides meet - Site</title><body><header><a>Site</a><div><a>Home</a><a>News</a></div></header><main><article><header><h1>Two sides meet in Washington</h1><div>By <a>A. Writer</a></div><time>July 25, 2024</time></header><div><a>Facebook</a><a>Twitter</a></div><div>{BODY}</div><footer>Tags: Iraq</footer></article><section class=comments><h3>Comments</h3><p>I think this is a very interesting article about the two sides that met.</p></section></main><aside><h3>Most read</h3><ul><li>Oil prices rise again in world markets after a decision</li></ul></aside><footer>Copyright 2024 Site</footer>",
        ["Two sides meet in Washington", "By A. Writer", "July 25, 2024", *SAID],
    ),
    "a ministry without headings": (
        f"<title>Readout of Meeting &gt; Department &gt; Release</title><body><div><ul><li>News</li><li>About</li></ul></div><div><div><div>Release</div><div>Readout of Meeting</div><div>July 25, 2024</div><div>{BODY}</div></div></div><div>Privacy | Contact</div>",
        ["Readout of Meeting", "July 25, 2024", *SAID],
    ),
    "tables of an old site": (
        f"<body><table><tr><td><a>Home</a><br><a>News</a></td><td><font size=5><b>Readout of the Meeting of Ministers</b></font><br>July 25, 2024<br><br>{'<br><br>'.join(SAID)}</td></tr></table>",
        ["Readout of the Meeting of Ministers", "July 25, 2024", *SAID],
    ),
    "a statement quoted in an article": (
        f"<body><article><h1>Two sides meet in Washington</h1><p>By A. Writer</p><p>{SAID[0]}</p><p>The text of the statement follows:</p><blockquote><h3>Joint Statement on Security</h3><p>{SAID[1]}</p><p>{SAID[2]}</p><p>July 24, 2024</p></blockquote></article>",
        ["Two sides meet in Washington", "By A. Writer", SAID[0], "The text of the statement follows:", "Joint Statement on Security", *SAID[1:], "July 24, 2024"],
    ),
    "a banner before it": (
        f"<body><div id=cookie-banner><p>We use cookies to give you the best experience on our web site and to measure who reads it and when.</p><button>OK</button></div><div><h1>Two sides meet in Washington</h1>{BODY}</div>",
        ["Two sides meet in Washington", *SAID],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MAKE_UPS)
def test_pages_of_many_make_ups_give_their_article(name: str) -> None:
    source, wanted = MAKE_UPS[name]
    extract = read_page(f"<!doctype html><html>{source}</html>".encode())
    assert extract.text.split("\n\n") == wanted


# PDF


@pytest.mark.parametrize("more", [0, 40])
def test_a_pdf_in_english_gives_its_paragraphs_without_page_numbers(more: int) -> None:
    subjects = ["training", "intelligence", "borders", "logistics", "aviation"]
    wanted = ENGLISH + [
        f"{at} officials spoke of {subjects[at % 5]} and of {'the same ' * (at % 7)}plans, which they will review again in {at + 2} months."
        for at in range(more)
    ]
    assert paragraphs(text_of(files.pdf_of(wanted, arabic=False))) == wanted


def test_a_pdf_in_arabic_is_turned_to_the_order_of_reading_with_a_remark_on_lam_alef() -> None:
    reading = text_of(files.pdf_of([HEADLINE, *PARAGRAPHS], arabic=True))
    assert paragraphs(reading) == [HEADLINE, *PARAGRAPHS]
    assert any("lam-alef" in remark.en for remark in reading.remarks)
    assert reading.media_type == "application/pdf"


@pytest.mark.parametrize("by_letter", [False, True])
def test_a_pdf_whose_arabic_stands_in_the_order_of_print_is_read_in_that_of_reading(
    by_letter: bool,
) -> None:
    """Plain letters, no forms of print: a line at once from left to right, or letter by letter as it is read."""
    rows = [
        "عقد الجانبان (الأميركي والعراقي) جولتهما الثانية يومي 22 و23 تموز 2024،",
        "وأكدا أن 25% من الالتزامات أنجزت وفق اتفاقية SFA في 24/7/2024: «نعمل معا».",
    ]
    content = b""
    for at, row in enumerate(rows):
        drawn, y = get_display(row, base_dir="R"), 760 - 15 * at
        left = 545 - 6 * len(drawn)
        letters = [files.line(letter, left + 6 * n, y) for n, letter in enumerate(drawn)]
        content += b"".join(reversed(letters)) if by_letter else files.line(drawn, left, y)
    assert text_of(files.pdf([content])).text == " ".join(rows)


def test_a_pdf_of_two_columns_is_read_column_by_column() -> None:
    content = files.line("A headline that is as wide as the page and both of its columns", 50, 800)
    for at in range(12):
        content += files.line(f"left line {at} of the first", 50, 760 - 15 * at)
        content += files.line(f"right line {at} of the other", 320, 757 - 15 * at)
    text = text_of(files.pdf([content])).text
    assert text.index("left line 11") < text.index("right line 0")


def test_a_scanned_page_among_others_is_remarked() -> None:
    content = files.pdf_of(ENGLISH, arabic=False)
    assert text_of(content).remarks == []
    picture = files.scanned_pdf().split(b"7 0 obj\n")[1].split(b"\nendobj")[0]
    pages = [files.line(ENGLISH[2], 50, 700), b"q 500 0 0 700 50 50 cm /X1 Do Q"]
    (remark,) = text_of(files.pdf(pages, {7: picture})).remarks
    assert "pictures without text" in remark.en


# Word, mail, text


def test_a_word_document_gives_its_paragraphs() -> None:
    assert paragraphs(text_of(files.docx(PARAGRAPHS))) == PARAGRAPHS


def test_a_word_document_is_read_as_it_stands_after_its_corrections() -> None:
    body = (
        "<w:p><w:r><w:t>The two </w:t></w:r><w:ins><w:r><w:t>sides</w:t></w:r></w:ins><w:del><w:r><w:delText>parties</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t xml:space='preserve'> met.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>One</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>cell</w:t><w:br/><w:t>more</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    document = files.docx_of(f"<w:document xmlns:w='{files.WORD}'><w:body>{body}</w:body></w:document>")  # fmt: skip
    assert paragraphs(text_of(document)) == ["The two sides met.", "One", "cell", "more"]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_mail_gives_its_subject_its_day_and_its_text(charset: str) -> None:
    reading = text_of(files.mail(charset=charset))
    assert paragraphs(reading) == [HEADLINE, "25 July 2024", *PARAGRAPHS]
    assert reading.media_type == "message/rfc822"


def test_a_mail_without_a_text_part_is_read_as_the_page_it_carries() -> None:
    reading = text_of(files.mail(html=True, charset="windows-1256", attach=b"%PDF-1.7"))
    assert paragraphs(reading)[:2] == ["25 July 2024", HEADLINE]
    assert paragraphs(reading)[-1] == PARAGRAPHS[-1]
    assert "attachments" in reading.remarks[-1].en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_a_text_in_a_known_encoding_is_that_text(encoding: str) -> None:
    reading = text_of(files.article_text().encode(encoding))
    assert reading.text.removeprefix("\ufeff") == files.article_text()
    assert bool(reading.remarks) == (encoding == "cp1256")
    assert reading.is_plain


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@settings(max_examples=200)
def test_utf_8_is_decoded_unchanged(text: str) -> None:
    assert decode(text.encode())[0] == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param("Министр обороны провёл встречу с делегацией в столице и подписал документ.", "cp1251", id="Russian"),
        pytest.param("Ο υπουργός άμυνας συναντήθηκε με την αντιπροσωπεία στην πρωτεύουσα.", "cp1253", id="Greek"),
        pytest.param("שר הביטחון נפגש עם המשלחת בבירה וחתם על המסמך המשותף.", "cp1255", id="Hebrew"),
        pytest.param("اختتم الوفد زيارته إلى العاصمة وقال إن الجولة كانت مفيدة", "iso-8859-6", id="another Arabic code page"),
        pytest.param("防衛大臣は首都で代表団と会談した。", "shift_jis", id="Japanese"),
        pytest.param(" ".join(chr(0x80 + at % 128) for at in range(400)), "latin-1", id="every byte"),
    ],
)  # fmt: skip
def test_letters_that_cannot_be_told_are_refused_and_never_guessed(
    text: str, encoding: str
) -> None:
    with pytest.raises(Unreadable):
        decode(text.encode(encoding))


def test_a_western_text_is_told_from_an_arabic_one() -> None:
    text = "The minister’s visit to the café — “fruitful”, he said — ended in Orléans."
    assert decode(text.encode("cp1252")) == (text, "windows-1252")


# What is refused


HOSTILE = [
    pytest.param(b"", "The file is empty", id="empty"),
    pytest.param(b" \n\t ", "The file is empty", id="blank"),
    pytest.param(b"a" * (LARGEST + 1), "larger than 25 MB", id="huge"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture", id="picture"),
    pytest.param(b"\xff\xd8\xff\xe0" + bytes(50), "a picture", id="photograph"),
    pytest.param(b"\x7fELF" + bytes(50), "not a text", id="program"),
    pytest.param(b"MZ" + bytes(50), "not a text", id="program of Windows"),
    pytest.param(b"\x1f\x8b\x08" + bytes(50), "not a text", id="packed by gzip"),
    pytest.param(b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'>]><l>&a;</l>", "not a text", id="XML"),
    pytest.param(bytes(range(1, 32)) * 40, "not a text", id="control characters"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "of the old kind", id="old or encrypted Word"),
    pytest.param(rb"{\rtf1\ansi words\par}", "rich text", id="RTF"),
    pytest.param(b"\xef\xbb\xbf\r\n" + rb"{\rtf1\ansi words\par}", "rich text", id="RTF behind a mark"),
    pytest.param(files.packed({"a.txt": "words"}), "not a Word document", id="packed file"),
    pytest.param(files.packed({"[Content_Types].xml": files.TYPES, "xl/workbook.xml": "<x/>"}), "not a Word document", id="spreadsheet"),
    pytest.param(files.bomb(), "100 MB", id="bomb"),
    pytest.param(files.lying_bomb(), "damaged", id="bomb that lies about its size"),
    pytest.param(files.docx_of("<a>" * 200_000), "damaged", id="deeply nested XML"),
    pytest.param(files.laughing_docx(), "entities|damaged", id="a billion laughs"),
    pytest.param(files.reading_docx("/etc/hostname"), "entities", id="a document that reads files"),
    pytest.param(files.docx(PARAGRAPHS)[:3000], "damaged", id="cut off Word document"),
    pytest.param(files.scanned_pdf(), "scanned", id="scanned PDF"),
    pytest.param(files.encrypted_pdf(), "encrypted", id="encrypted PDF"),
    pytest.param(files.looping_pdf(), "scanned|damaged|stopped", id="PDF with loops"),
    pytest.param(b"%PDF-1.7\n" + b"(" * 1_000_000, "damaged|scanned", id="PDF of brackets"),
    pytest.param(files.pdf_of(ENGLISH, arabic=False)[:700], "damaged|scanned", id="cut off PDF"),
    pytest.param(b"<html><body></body></html>", "No text", id="page without a text"),
    pytest.param(b"From: a@b\nMessage-ID: <1>\nContent-Type: multipart/encrypted; boundary=x\n\n--x--\n", "encrypted", id="encrypted mail"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said"), HOSTILE)
def test_what_cannot_be_read_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(SourceRefused, match=said):
        text_of(content)


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_every_refusal_is_said_in_arabic_too(key: str) -> None:
    with translation.override("ar"):
        said = translation.gettext(SENTENCES[key])
    assert said != SENTENCES[key]
    assert said.endswith(".")


def test_hostile_pages_end_in_time_with_their_text_or_a_sentence() -> None:
    """Ten megabytes of brackets, a hundred thousand levels, NULs, a tag that never ends, attributes without number."""
    for content in (
        b"<html>" + b"<" * 10_000_000,
        b"<html>" + b"<div>" * 100_000 + b"deep",
        b"<html><p>The two \x00sides\x00 met.</p>",
        b"<html><p " + b"a=b " * 500_000,
        b"<html><body>" + b"<p>word " * 100_000,
        b"<html><!--" + b"-" * 5_000_000,
    ):
        try:
            assert "\x00" not in text_of(content).text
        except SourceRefused as refused:
            assert str(refused).endswith(".")  # noqa: PT017


def test_a_file_that_breaks_off_anywhere_is_read_or_refused_and_nothing_else(
    tmp_path: Path,
) -> None:
    for whole in (
        files.pdf_of(ENGLISH, arabic=False),
        files.docx(ENGLISH),
        files.mail(),
        files.page().encode(),
    ):
        for share in (0.2, 0.6, 0.95):
            try:
                text_of(whole[: int(len(whole) * share)])
            except SourceRefused as refused:
                assert str(refused).endswith(".")  # noqa: PT017
