"""Pictures on a phone, by keyboard and on paper, without a script."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_timeline_is_walked_on_a_phone_by_keyboard_and_printed_without_a_script(
    page: Any, own_demo: None, live_server: Any
) -> None:
    context = page.context.browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 800}
    )
    phone = context.new_page()
    for language, last in (("en", False), ("ar", True)):
        phone.goto(f"/{language}/timeline/")
        marks = phone.locator("section[aria-labelledby=dialogues] .lane + .axis > a")
        places = [mark.bounding_box() for mark in marks.all()]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in places)
        years = phone.locator("section[aria-labelledby=dialogues] .strip.last a")
        ends = [years.first.bounding_box()["x"], years.last.bounding_box()["x"]]
        assert (ends[0] > ends[1]) is last  # time runs from right to left in Arabic
        years.last.click()
        assert "?from=2023&to=2023" in phone.url
        phone.locator(".tools a").last.click()
        assert phone.url.endswith(f"/{language}/timeline/")
    details = phone.locator("details.told").first
    assert not details.locator("table").is_visible()
    phone.emulate_media(media="print")
    assert details.locator("table").is_visible()
    context.close()


def test_a_link_in_a_picture_is_seen_when_it_is_focused(page: Any, own_demo: None) -> None:
    page.goto("/en/officials/lloyd-austin/")
    for link, shape in ((".graph a", "circle"), (".strips .axis a", "circle")):
        seen = page.locator(link).first
        before = seen.locator(shape).evaluate("node => getComputedStyle(node).strokeWidth")
        page.keyboard.press("Tab")
        seen.focus()
        after = seen.locator(shape).evaluate("node => getComputedStyle(node).strokeWidth")
        assert (before, after) == ("1.5px", "4px")
        page.keyboard.press("Enter")
        page.wait_for_url("**/with/**" if link == ".graph a" else "**/events/**")
        page.go_back()
