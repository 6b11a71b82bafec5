"""In a real browser: a statement typed by hand, its paragraphs numbered as one types, its versions side by side."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from statements.actions import save_body
from statements.models import Divergence, State, Statement, Version
from tests.browser.test_journey import editor, groups, sign_in  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def statement(editor: Any) -> Statement:  # noqa: F811
    made = Statement.objects.create(title_en="Statement of July", date="2024-07-24")
    for language, publisher, text in (
        ("en", "DoD", "The two sides met.\n\nThey decided to train 250 officers."),
        ("ar", "الوكالة", "اجتمع الجانبان.\n\nوقررا تدريب 350 ضابطا."),
    ):
        version = Version.objects.create(
            statement=made, language=language, publisher=publisher, rights="full"
        )
        save_body(version, text)
    return made


def numbers(page: Any, field: str) -> list[str]:
    return page.locator(f".numbered:has([name={field}]) .gutter b").all_inner_texts()


def open_form(page: Any, language: str, statement: Statement) -> None:
    sign_in(page, language)
    page.goto(f"/{language}/admin/statements/statement/{statement.pk}/change/")
    page.locator(".numbered .gutter b").first.wait_for()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_paragraphs_are_numbered_as_one_types_and_keep_their_numbers(
    page: Any, language: str, statement: Statement
) -> None:
    open_form(page, language, statement)
    english, arabic = (
        page.get_attribute(f"textarea[name$=-text][lang={language}]", "name")
        for language in ("en", "ar")
    )
    for field in (english, arabic):
        assert numbers(page, field) == ["1", "2"]
    page.focus(f"[name={english}]")
    page.keyboard.press("Control+Home")
    page.keyboard.type("A paragraph before them.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert numbers(page, english) == ["3", "1", "2"]
    field = page.locator(f".numbered:has([name={arabic}])")
    area, number = field.locator("textarea").bounding_box(), field.locator("b").first.bounding_box()
    assert number["x"] > area["x"] + area["width"] - 1, "Arabic has its numbers at its right"
    page.click(".add-row a")
    page.fill("[name=versions-2-text]", "One.\n\nTwo.\n\nThree.")
    assert numbers(page, "versions-2-text") == ["1", "2", "3"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_versions_stand_side_by_side_and_one_below_the_other_on_a_phone(
    page: Any, language: str, statement: Statement
) -> None:
    open_form(page, language, statement)
    page.set_viewport_size({"width": 1280, "height": 900})
    one, other = (page.locator(f"#versions-{n}").bounding_box() for n in (0, 1))
    assert one["y"] == other["y"]
    assert (one["x"] < other["x"]) == (language == "en")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.set_viewport_size({"width": 400, "height": 800})
    one, other = (page.locator(f"#versions-{n}").bounding_box() for n in (0, 1))
    assert one["y"] + one["height"] <= other["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, {"include": [["#versions-group"], ["#versions-compared"]], "exclude": [[".select2"]]})  # fmt: skip
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("script", [True, False])
def test_a_difference_is_confirmed_by_keyboard_alone_and_read_with_its_sign(
    page: Any, live_server: Any, statement: Statement, script: bool
) -> None:
    Statement.objects.update(state=State.PUBLISHED)
    context = page.context.browser.new_context(base_url=live_server.url, java_script_enabled=script)
    own = context.new_page()
    sign_in(own, "en")
    own.goto(f"/en/admin/statements/statement/{statement.pk}/change/")
    own.focus("[name=versions-0-note_ar]" if script else "[name=versions-0-digest]")
    radio = own.locator("[name=differences-0-refused]:focus")
    for _ in range(60):
        own.keyboard.press("Tab")
        if radio.count():
            break
    own.keyboard.press("ArrowDown")
    assert own.locator("[name=differences-0-refused]:checked").get_attribute("value") == "False"
    for _ in range(10):
        own.keyboard.press("Tab")
        if own.locator("[name=differences-0-sentence_en]:focus").count():
            break
    own.keyboard.press("Control+a")
    own.keyboard.type("250 officers in English, 350 in Arabic.")
    for _ in range(60):
        own.keyboard.press("Tab")
        if own.locator("[name=_save]:focus").count():
            break
    own.keyboard.press("Enter")
    own.locator(".messagelist .success").wait_for()
    made = Divergence.objects.get()
    assert (made.sentence_en, made.refused) == ("250 officers in English, 350 in Arabic.", False)
    own.goto(f"{statement.get_absolute_url()}?lang=both")
    own.locator(".differing a").focus()
    own.keyboard.press("Enter")
    assert own.url.endswith("#p2")
    own.locator("#p2 .differs-here").focus()
    own.keyboard.press("Enter")
    assert own.url.endswith(f"#d{made.pk}")
    assert own.locator("mark.differs").all_inner_texts() == ["250", "350"]
    own.emulate_media(media="print")
    assert own.locator("#p2 .differs-here").is_visible()
    assert "250 officers in English" in own.locator("#p2 .divergence").inner_text()
    context.close()
