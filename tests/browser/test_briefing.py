"""Briefings on paper: A4 upright, one sheet or two, none empty, the two languages beside each other; on a phone one after the other."""

from __future__ import annotations

import io
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BRIEFINGS = [
    "officials/thabit-al-abbasi", "officials/lloyd-austin", "officials/mohammed-shia-al-sudani", "officials/fuad-hussein",
    "officials/kevin-lambert", "dialogues/us-iraq-jscd", "events/us-iraq-jscd-2",
]  # fmt: skip


def test_a_briefing_prints_on_one_sheet_or_two_and_none_is_empty(page: Any, own_demo: None) -> None:
    from pdfminer.high_level import extract_text
    from pdfminer.pdfpage import PDFPage

    wrong = []
    for language in ("en", "ar"):
        for path in BRIEFINGS:
            page.goto(f"/{language}/{path}/briefing/")
            printed = io.BytesIO(page.pdf(prefer_css_page_size=True))
            boxes = [sheet.mediabox for sheet in PDFPage.get_pages(printed)]
            sizes = {(round(box[2]), round(box[3])) for box in boxes}
            words = [
                len(extract_text(printed, page_numbers=[n]).strip()) for n in range(len(boxes))
            ]
            if sizes != {(595, 842)} or len(boxes) > 2 or min(words) < 150:
                wrong.append(f"{language}/{path}: {sizes} {words}")
    assert not wrong


def test_no_heading_stands_alone_at_the_end_of_a_sheet(page: Any, own_demo: None) -> None:
    """Chromium breaks sheets as it likes; the last words of each sheet are never a heading's."""
    from pdfminer.high_level import extract_text
    from pdfminer.pdfpage import PDFPage

    headings = {
        "Posts, then and now",
        "Last meetings",
        "Last rounds",
        "Open promises",
        "Latest passages",
        "Sources",
    }
    for path in BRIEFINGS:
        page.goto(f"/en/{path}/briefing/")
        printed = io.BytesIO(page.pdf(prefer_css_page_size=True))
        number = len(list(PDFPage.get_pages(printed)))
        for n in range(number - 1):
            latin = [
                line.strip()
                for line in extract_text(printed, page_numbers=[n]).splitlines()
                if line.strip() and line.isascii() and "/ " not in line
            ]
            assert latin[-1] not in headings, (path, n)


def test_the_languages_stand_side_by_side_on_paper_and_one_after_the_other_on_a_phone(
    page: Any, own_demo: None
) -> None:
    for language in ("en", "ar"):
        page.goto(f"/{language}/officials/thabit-al-abbasi/briefing/")
        line = page.locator("#meetings + ol > li").first
        for width, media in ((1280, "screen"), (700, "print"), (320, "screen")):
            page.emulate_media(media=media)
            page.set_viewport_size({"width": width, "height": 900})
            english = line.locator("> [lang=en]").first.bounding_box()
            arabic = line.locator("> [lang=ar]").first.bounding_box()
            if width == 320:
                first, second = (english, arabic) if language == "en" else (arabic, english)
                assert first["y"] + first["height"] <= second["y"]
            else:
                assert english["x"] + english["width"] <= arabic["x"]
            assert line.locator("> .where").is_visible() == (media == "print")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
