"""In a real browser: an editor takes an article in and publishes it; a reader in Arabic finds it and walks through the archive."""

from __future__ import annotations

from typing import Any

import pytest

from statements.actions import publish
from statements.models import Article, Statement
from tests import cast
from tests.browser.test_page_kinds import sideways
from tests.ingest.test_ingest import PAGE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def groups(transactional_db: None) -> None:
    """The groups of the desk again: a transactional test before this one may have emptied the tables."""
    cast.groups()


@pytest.fixture
def editor(groups: None) -> Any:
    return cast.user("editor")


def sign_in(page: Any, language: str) -> None:
    page.goto(f"/{language}/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "a long enough password")
    page.click("input[type=submit]")


def test_an_editor_pastes_confirms_and_publishes_and_a_reader_finds_it(
    page: Any, editor: Any
) -> None:
    minister = cast.minister(cast.post())
    event = cast.july_round(cast.dialogue())
    cast.take_part(event, minister)
    sign_in(page, "en")
    page.goto("/en/admin/statements/paste/add/")
    page.fill("textarea[name=text]", PAGE)
    page.click("input[value='Show the draft']")
    page.wait_for_selector(".count:not(:empty)")
    assert page.locator(".document:has(.fields)").count() == 2
    assert "2 passages" in page.locator(".document > summary").nth(1).inner_text()
    page.select_option("select[name=d1-rights]", "full")
    page.click("button[name=accept]")
    page.click("input[name=confirm]")
    assert "2 drafts were made" in page.locator(".messagelist").inner_text()
    statement = Statement.objects.get()
    assert statement.event == event
    assert not Statement.objects.published().exists()
    page.goto(f"/en/admin/statements/statement/{statement.pk}/change/")
    page.click("text=Preview")
    assert "readers do not see this page yet" in page.inner_text("main")
    page.go_back()
    page.click("button[value=publish]")
    assert Statement.objects.published().exists()
    publish(Article.objects.get(), editor)

    page.context.clear_cookies()
    page.goto("/ar/")
    assert page.get_attribute("html", "dir") == "rtl"
    page.fill("main input[name=q]", "العباسي")
    page.press("main input[name=q]", "Enter")
    assert "بيان مشترك للجولة الثانية" in page.inner_text("main")
    page.goto("/ar/statements/")
    page.fill("#from", "تموز 2024")
    page.fill("#to", "صيف 2024")
    page.press("#to", "Enter")
    page.click("main .entries a")
    assert page.url.split("?")[0].endswith(statement.get_absolute_url().removeprefix("/en"))
    page.click("a[aria-describedby]:has-text('ثابت العباسي')")
    assert "/ar/officials/thabit-al-abbasi/" in page.url
    page.click("main a:has-text('الجولة الثانية')")
    assert "/ar/events/us-iraq-jscd-2/" in page.url
    page.click("main a:has-text('بيان مشترك للجولة الثانية')")
    assert "/ar/statements/" in page.url


def test_a_second_editors_save_is_not_overwritten_and_nothing_typed_is_lost(
    page: Any, editor: Any
) -> None:
    minister = cast.minister()
    sign_in(page, "en")
    page.goto(f"/en/admin/statements/official/{minister.pk}/change/")
    minister.rank_en = "General"
    minister.save()
    page.fill("#id_name_en", "Thabet Abbasi")
    page.click("input[name=_save]")
    assert "changed this record after you opened it" in page.inner_text("#content")
    assert page.input_value("#id_name_en") == "Thabet Abbasi"
    minister.refresh_from_db()
    assert (minister.name_en, minister.rank_en) == ("Thabit al-Abbasi", "General")


def test_a_date_in_words_is_understood_while_it_is_typed(page: Any, editor: Any) -> None:
    event = cast.july_round()
    sign_in(page, "ar")
    page.goto(f"/ar/admin/statements/event/{event.pk}/change/")
    page.fill("#id_date", "")
    page.type("#id_date", "يومي 7 و8 آب 2023")
    page.locator("[data-understood]:has-text('2023-08-07/2023-08-08')").wait_for()


def test_names_are_suggested_by_keyboard_and_a_chip_takes_a_meaning_back(
    page: Any, own_demo: None
) -> None:
    page.goto("/ar/")
    box = page.locator("main input[type=search]")
    box.press_sequentially("عبا")
    page.locator("main [role=option]").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    chosen = page.locator("main [role=option][aria-selected=true]")
    assert "ثابت العباسي" in chosen.inner_text()
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    box.fill("")
    box.press_sequentially("عباس")
    page.locator("main [role=option]").first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/ar/officials/thabit-al-abbasi/")
    page.goto("/en/search/?q=al-Abbasi+July+2024")
    chip = page.locator(".chips a:has-text('July 2024')")
    chip.click()
    assert "literal=" in page.url
    assert page.locator(".chips a:has-text('July 2024')").count() == 0
    assert page.locator(".chips a:has-text('Thabit al-Abbasi')").count() == 1


def test_search_works_without_javascript(page: Any, own_demo: None, live_server: Any) -> None:
    context = page.context.browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/en/")
    plain.fill("main input[type=search]", "العباسي")
    plain.click("main .find button")
    assert "Thabit al-Abbasi" in plain.inner_text("main")
    context.close()


def test_a_mention_has_a_card_that_stays_on_the_page_and_goes_by_escape(
    page: Any, own_demo: None
) -> None:
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for language in ("en", "ar"):
            page.goto(f"/{language}/statements/us-iraq-jscd-2-joint-statement/?lang=both")
            for mention in page.locator(".m").all()[:40]:
                mention.locator("> a").focus()
                box = mention.locator(".card").bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width
                assert not sideways(page)
    mention = page.locator(".m-official").first
    mention.hover()
    card = mention.locator(".card")
    assert "2024" in card.inner_text()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.mouse.move(0, 0)
    mention.hover()
    assert card.is_visible()


def test_the_theme_is_chosen_and_remembered_and_every_focus_is_seen(
    page: Any, own_demo: None
) -> None:
    page.goto("/ar/")
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.click("button.theme")
    assert page.evaluate(paper) != before
    page.goto("/ar/statements/")
    assert page.evaluate(paper) != before
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_print_leaves_the_text_its_address_and_nothing_to_press(page: Any, own_demo: None) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/ar/statements/us-iraq-jscd-2-joint-statement/?lang=both")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".passage").first.is_visible()
    assert "/ar/statements/us-iraq-jscd-2-joint-statement/" in page.inner_text(".printed")
    for gone in (".bar nav", ".tools", ".foot", "button.theme"):
        assert not page.locator(gone).is_visible()
