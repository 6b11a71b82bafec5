"""In a real browser: files given to the desk, hostile pages among them, and Arabic as a browser prints it to PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from statements.ingest.sources import Original, read
from statements.models import Article, Paste
from tests import cast
from tests.browser.test_journey import editor, groups, sign_in  # noqa: F401
from tests.ingest import files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADD = "/{}/admin/statements/paste/add/"
ATTACK = (
    "<p>&lt;script&gt;window.taken=1&lt;/script&gt; &lt;img src=x onerror=window.taken=1&gt; قال الوزير إن الجولة كانت مثمرة للجانبين.</p>"
    "<script>window.taken=1</script><img src=x onerror='window.taken=1'><svg onload='window.taken=1'></svg>"
    "<p onclick='window.taken=1'>\"'&gt;&lt;/textarea&gt;&lt;/title&gt;&lt;script&gt;window.taken=1&lt;/script&gt; {{ 7*7 }} {% now 'Y' %} وأضاف أن العمل مستمر بين البلدين.</p>"
    "<iframe srcdoc='<script>parent.taken=1</script>'></iframe><a href='javascript:window.taken=1'>رابط في الخبر</a>"
)


@pytest.fixture
def records(editor: Any) -> None:  # noqa: F811
    cast.minister(cast.post())
    cast.july_round(cast.dialogue())


def give(page: Any, path: Path, language: str = "en") -> None:
    page.goto(ADD.format(language))
    page.set_input_files("input[name=file]", str(path))
    page.click("#content-main form [type=submit]")


@pytest.mark.usefixtures("records")
def test_nothing_in_a_page_that_was_uploaded_runs_anywhere_on_its_way(
    page: Any, tmp_path: Path
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    path = tmp_path / "<img src=x onerror=alert(1)>.html"
    path.write_text(files.page(body=ATTACK), "utf-8")
    sign_in(page, "en")
    give(page, path)
    shown = page.inner_text("#content-main")
    assert "<script>window.taken=1</script>" in shown
    assert "{{ 7*7 }}" in shown
    assert page.evaluate("window.taken") is None
    kept = Paste.objects.get()
    page.goto(f"/en/admin/statements/capture/{kept.capture_id}/change/")
    with page.expect_download() as download:
        page.click("a[href$='/download/']")
    assert Path(download.value.path()).read_bytes() == path.read_bytes()
    assert page.evaluate("window.taken") is None
    page.goto(f"/en/admin/statements/paste/{kept.pk}/change/")
    page.click("input[name=confirm]")
    article = Article.objects.get()
    page.goto(f"/en/admin/statements/article/{article.pk}/change/")
    page.click("text=Preview")
    assert page.evaluate("window.taken") is None
    assert page.locator("img[src=x]").count() == 0
    assert errors == []


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_form_is_used_without_a_mouse_and_says_what_is_wrong_beside_the_field(
    page: Any, language: str
) -> None:
    sign_in(page, language)
    page.goto(ADD.format(language))
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    found = Axe().run(page, {"exclude": [["#header"], [".breadcrumbs"]]})
    assert found.violations_count == 0, found.generate_report()
    page.focus("textarea[name=text]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "file"
    page.keyboard.press("Tab")
    page.keyboard.type("http://127.0.0.1:1/x")
    page.keyboard.press("Enter")
    page.wait_for_selector(".errorlist")
    assert page.locator(".form-row:has([name=address]) .errorlist").count() == 1
    assert page.input_value("input[name=address]") == "http://127.0.0.1:1/x"


def test_arabic_printed_to_pdf_by_a_browser_is_read_as_it_was_written(page: Any) -> None:
    paragraphs = [
        "عقد الجانبان (الولايات المتحدة والعراق) جولتهما الثانية يومي 22 و23 تموز 2024 في واشنطن، والتقى وزير الدفاع السيد ثابت العباسي نظيره لويد أوستن.",
        "وأكد الجانبان أن الأمن والإعلام والآليات تعالج وفق اتفاقية الإطار الاستراتيجي SFA، وأن 25% من الالتزامات قد أُنجزت منذ اللقاء الأول في آب 2023.",
    ]
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    page.set_content(f"<html lang=ar dir=rtl><body style='font: 16px Noto Naskh Arabic'><h1>{files.HEADLINE}</h1>{body}")  # fmt: skip
    reading = read(Original(page.pdf(format="A4")))
    assert reading.text.replace("أُ", "أ").split("\n\n") == [files.HEADLINE, paragraphs[0], paragraphs[1].replace("أُ", "أ")]  # fmt: skip
