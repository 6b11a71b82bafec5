"""The desk's one form for a text, a file or an address: what it takes, what it refuses, and who downloads what was kept."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from statements.ingest import fetching
from statements.ingest.confirming import DocumentChoice, confirm
from statements.ingest.draft import paste
from statements.ingest.sources import Original, SourceRefused, read
from statements.models import Capture, Change, Paste
from tests import cast
from tests.ingest import files
from tests.ingest.test_ingest import PAGE
from tests.text.test_sketch import SECOND

pytestmark = pytest.mark.django_db
ADD = "/{}/admin/statements/paste/add/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(cast.user("editor"))
    return client


def send(desk: Client, language: str = "en", **fields: Any) -> Any:
    if "file" in fields:
        fields["file"] = SimpleUploadedFile(fields.pop("name", "source"), fields["file"])
    return desk.post(ADD.format(language), fields)


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


KINDS = [
    pytest.param(files.page().encode(), "text/html", id="page"),
    pytest.param(files.page("windows-1256").encode("cp1256"), "text/html", id="page in windows-1256"),
    pytest.param(files.pdf_of([files.HEADLINE, *files.PARAGRAPHS], arabic=True), "application/pdf", id="PDF"),
    pytest.param(files.docx([files.HEADLINE, *files.PARAGRAPHS]), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", id="Word"),
    pytest.param(files.mail(), "message/rfc822", id="mail"),
    pytest.param(files.article_text().encode(), "text/plain; charset=utf-8", id="text"),
    pytest.param(files.article_text().encode("utf-16"), "text/plain; charset=utf-16", id="text in UTF-16"),
    pytest.param(files.article_text().encode("cp1256"), "text/plain; charset=windows-1256", id="text in windows-1256"),
]  # fmt: skip


RTF = rb"{\rtf1\ansi\ansicpg1256\deff0{\fonttbl{\f0 Arial;}}\rtlpar \'c8\'ed\'c7\'e4 joint statement\par}"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(("content", "media_type"), KINDS)
def test_a_file_of_every_kind_becomes_a_draft_and_is_kept_as_it_was(
    desk: Client, content: bytes, media_type: str
) -> None:
    answer = send(desk, file=content, name="../ملف.bin")
    kept = Paste.objects.get()
    assert answer.url == reverse("admin:statements_paste_change", args=[kept.pk])
    capture = kept.capture
    assert bytes(capture.content) == content
    assert (capture.media_type, capture.filename) == (media_type, "ملف.bin")
    assert files.PARAGRAPHS[-1] in kept.text
    assert [document["kind"] for document in kept.draft["documents"]] == ["article", "statement"]
    shown = desk.get(answer.url)
    assert files.PARAGRAPHS[0][:40] in shown.content.decode()
    assert not Change.objects.filter(after__has_key="content").exists()
    assert not Change.objects.filter(after__has_key="warc").exists()


@pytest.mark.parametrize(
    ("content", "english", "arabic"),
    [
        pytest.param(b"", "The file is empty", "الملف فارغ", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(90), "a picture", "هذه صورة", id="picture"),
        pytest.param(b"\x7fELF" + bytes(90), "not a text", "ليس هذا نصا", id="program"),
        pytest.param(RTF, "rich text", "نص منسق", id="RTF"),
        pytest.param(OLD_WORD, "of the old kind", "من النوع القديم", id="old Word"),
        pytest.param(files.bomb(), "100 MB", "100 ميغابايت", id="bomb"),
        pytest.param(files.encrypted_pdf(), "encrypted", "مشفر", id="encrypted"),
        pytest.param(files.scanned_pdf(), "scanned", "ممسوحة", id="scanned"),
        pytest.param(files.docx(["x"])[:500], "damaged", "معطوب", id="cut off"),
        pytest.param(b"words \x00 and words", "NUL", "NUL", id="NUL"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_beside_its_field_in_the_editors_language(
    desk: Client, content: bytes, english: str, arabic: str
) -> None:
    for language, sentence in (("en", english), ("ar", arabic)):
        answer = send(desk, language, file=content)
        assert answer.status_code == 200
        errors = answer.context["form"].errors
        assert list(errors) == ["file"]
        assert sentence in errors["file"][0]
    assert not Capture.objects.exists()
    assert not Paste.objects.exists()


def test_nothing_typed_is_lost_when_something_is_refused(desk: Client) -> None:
    answer = send(desk, text=PAGE, address="http://127.0.0.1/x")
    assert list(answer.context["form"].errors) == ["address"]
    assert PAGE.strip() in words(answer)
    assert "http://127.0.0.1/x" in words(answer)
    assert "Only one" in words(answer)
    answer = send(desk, address="http://127.0.0.1/خبر")
    assert "http://127.0.0.1/خبر" in words(answer)
    assert "private network" in words(answer)


def test_a_form_without_anything_says_what_to_give(desk: Client) -> None:
    assert "choose a file or give an address" in words(send(desk))


def test_the_source_of_a_page_pasted_as_text_is_read_as_a_page(desk: Client) -> None:
    send(desk, text=files.page())
    kept = Paste.objects.get()
    assert kept.capture.media_type == "text/html"
    assert "<script>" not in kept.text
    assert kept.text.startswith(files.HEADLINE)


def test_a_text_with_tags_in_it_stays_a_text(desk: Client) -> None:
    text = PAGE.replace("وقال", "<script>alert(1)</script> <b>وقال</b>")
    send(desk, text=text)
    assert "<script>alert(1)</script> <b>" in Paste.objects.get().text


def test_an_address_is_fetched_once_and_kept_with_its_record(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetched(address: str) -> Original:
        asked.append(address)
        return Original(files.page().encode(), "", address, "utf-8", b"\x1f\x8bWARC")

    monkeypatch.setattr(fetching, "fetch", fetched)
    answer = send(desk, address="  https://www.example.org/news?id=7 ")
    capture = Paste.objects.get().capture
    assert asked == ["https://www.example.org/news?id=7"]
    assert capture.address == "https://www.example.org/news?id=7"
    again = send(desk, address="https://www.example.org/news?id=7")
    assert again.url == answer.url
    assert "pasted before" in words(desk.get(again.url))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_second_address_of_the_same_bytes_offers_the_record_that_exists(
    desk: Client, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(fetching, "fetch", lambda address: Original(files.page().encode(), "", address, "utf-8", b"\x1f\x8bWARC"))  # fmt: skip
    first = send(desk, language, address="https://www.example.org/news?id=7")
    second = send(desk, language, address="https://mirror.example.net/7.html")
    assert second.url == first.url
    told = {"en": "pasted before", "ar": "أُلصق هذا النص من قبل"}[language]
    assert told in words(desk.get(second.url))
    kept = Paste.objects.get()
    assert (kept.capture.address, Capture.objects.count()) == ("https://www.example.org/news?id=7", 1)  # fmt: skip
    choices = [
        DocumentChoice(type=document["type"] if document["kind"] == "statement" else "article", title=document["title"], language="ar", rights="excerpts", outlet="الوكالة", publisher="الوكالة", date="2024-07-24")
        for document in kept.draft["documents"]
    ]  # fmt: skip
    made = confirm(kept, choices, None)
    third = send(desk, language, address="https://third.example.org/x")
    assert third.url == first.url
    shown = words(desk.get(third.url))
    for record in made:
        address = reverse(f"admin:statements_{record._meta.model_name}_change", args=[record.pk])
        assert f'href="{address}"' in shown
    assert Capture.objects.count() == 1


def test_an_address_that_fails_is_a_sentence_and_stays_in_its_field(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_address: str) -> Original:
        raise SourceRefused("The site answered 404 instead of a page.")

    monkeypatch.setattr(fetching, "fetch", fails)
    answer = send(desk, address="https://example.org/gone")
    assert answer.context["form"].errors == {"address": ["The site answered 404 instead of a page."]}  # fmt: skip
    assert "https://example.org/gone" in words(answer)


def test_a_near_copy_offers_what_exists_and_lets_the_editor_go_on(desk: Client) -> None:
    first = send(desk, text=SECOND)
    answer = send(desk, text=SECOND.replace("begin work on", "draft"))
    assert answer.url != first.url
    shown = words(desk.get(answer.url))
    assert "of this text is in the archive already" in shown
    assert f'href="{first.url}"' in shown
    again = words(desk.get(answer.url))
    assert f'href="{first.url}"' in again, "it stays there until the draft is decided"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_form_has_a_label_and_an_example_for_each_field(desk: Client, language: str) -> None:
    shown = desk.get(ADD.format(language)).content.decode()
    for name in ("text", "file", "address"):
        assert f'for="id_{name}"' in shown
        assert f'id="id_{name}_helptext"' in shown
    assert 'enctype="multipart/form-data"' in shown


# What was kept, downloaded


@pytest.fixture
def capture() -> Capture:
    reading = read(Original(files.page().encode(), "page.html", "https://example.org/a", "", b"\x1f\x8bWARC"))  # fmt: skip
    return paste(reading.text, source=reading).capture


def test_a_capture_is_downloaded_as_found_and_never_shown(desk: Client, capture: Capture) -> None:
    for name, content, ending in (("download", files.page().encode(), ".html"), ("warc", b"\x1f\x8bWARC", ".warc.gz")):  # fmt: skip
        address = reverse(f"admin:statements_capture_{name}", args=[capture.pk])
        assert address in desk.get(reverse("admin:statements_capture_change", args=[capture.pk])).content.decode()  # fmt: skip
        answer = desk.get(address)
        assert answer.content == content
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["Content-Disposition"].endswith(f'{ending}"')
        assert "sandbox" in answer["Content-Security-Policy"]


def test_a_capture_that_was_not_fetched_has_no_record_and_one_that_is_not_there_is_not_found(
    desk: Client,
) -> None:
    typed = paste(PAGE).capture
    shown = desk.get(reverse("admin:statements_capture_change", args=[typed.pk])).content.decode()
    assert "WARC" not in shown
    assert desk.get(reverse("admin:statements_capture_warc", args=[typed.pk])).status_code == 404
    assert desk.get(reverse("admin:statements_capture_download", args=[10**9])).status_code == 404


@pytest.mark.parametrize("name", ["download", "warc"])
def test_readers_and_accounts_without_the_right_download_nothing(
    client: Client, capture: Capture, name: str
) -> None:
    address = reverse(f"admin:statements_capture_{name}", args=[capture.pk])
    assert client.get(address).status_code == 302  # to the sign-in
    account = get_user_model().objects.create_user("someone", is_staff=True)
    client.force_login(account)
    assert client.get(address).status_code == 403
    account.user_permissions.add(Permission.objects.get(codename="view_capture"))
    client.force_login(get_user_model().objects.get(pk=account.pk))
    assert client.get(address).status_code == 200
