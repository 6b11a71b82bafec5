"""The ledger on paper: A4 on its side, every column on the sheet, headings on every page."""

from __future__ import annotations

import io
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_ledger_prints_on_a4_landscape(page: Any, own_demo: None, language: str) -> None:
    from pdfminer.high_level import extract_text
    from pdfminer.pdfpage import PDFPage

    page.goto(f"/{language}/dialogues/us-iraq-jscd/")
    printed = page.pdf(prefer_css_page_size=True)
    boxes = [sheet.mediabox for sheet in PDFPage.get_pages(io.BytesIO(printed))]
    assert {(round(box[2]), round(box[3])) for box in boxes} == {(842, 595)}
    if language == "en":
        second = extract_text(io.BytesIO(printed), page_numbers=[1])
        for heading in ("Undertaking", "Round 1", "Round 2", "Since then"):
            assert heading in second
    page.set_viewport_size(
        {"width": 1032, "height": 700}
    )  # what A4 on its side has between its margins
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    words = page.locator(".rounds th[scope=row]").first.evaluate(size)
    for less in (".rounds .remark", ".rounds .tag", ".rounds th[scope=row] small"):
        assert page.locator(less).first.evaluate(size) < words, less
    assert page.locator(".others li").first.is_visible()
    assert not page.locator(".facts .go").first.is_visible()


def test_the_ledger_folds_on_a_phone_and_needs_no_script(
    page: Any, own_demo: None, live_server: Any
) -> None:
    context = page.context.browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 800}
    )
    phone = context.new_page()
    for language in ("en", "ar"):
        phone.goto(f"/{language}/dialogues/us-iraq-jscd/")
        cell = phone.locator(".rounds td:not(.none)").first
        box = cell.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert cell.locator(".of").is_visible()  # the cell says of which round it is
        phone.locator(".tools a").nth(2).click()
        assert "view=themes" in phone.url
    phone.goto("/en/undertakings/")
    phone.fill("#on", "1 September 2024")
    phone.select_option("#status", "postponed")
    phone.click("main .filters button")
    assert "As of 1 September 2024" in phone.inner_text("main")
    assert phone.locator(".entries > li").count() == 1
    context.close()
