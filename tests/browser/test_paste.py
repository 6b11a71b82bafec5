"""In a real browser: a text pasted at the desk in both languages, and all that may go wrong on the way to its drafts."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session

from statements.models import (
    Article,
    Capture,
    Mention,
    Official,
    Participation,
    Paste,
    Statement,
    Undertaking,
)
from tests import cast
from tests.browser.test_journey import editor, groups, sign_in  # noqa: F401
from tests.ingest.test_ingest import PAGE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADD = "/{}/admin/statements/paste/add/"
HOSTILE = PAGE.replace(
    "وقال العباسي إن الجولة كانت مثمرة",
    '<script>window.taken=1</script><img src=x onerror="window.taken=1"> وقال العباسي "\'>{{ 7*7 }} إن الجولة كانت مثمرة',
)


@pytest.fixture
def records(editor: Any) -> None:  # noqa: F811
    cast.minister(cast.post())
    cast.july_round(cast.dialogue())


def paste(page: Any, text: str, language: str = "en") -> None:
    page.goto(ADD.format(language))
    page.evaluate("text => { document.querySelector('textarea[name=text]').value = text }", text)
    page.click("#content-main form [type=submit]")


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(("language", "side"), [("en", "ltr"), ("ar", "rtl")])
def test_a_draft_is_corrected_beside_its_text_and_confirmed(
    page: Any, language: str, side: str
) -> None:
    sign_in(page, language)
    paste(page, PAGE, language)
    assert page.get_attribute("html", "dir") == side
    text, fields = page.locator(".beside .text").first, page.locator(".beside .decide").first
    one, other = text.bounding_box(), fields.bounding_box()
    assert one["y"] < other["y"] + other["height"]
    assert other["y"] < one["y"] + one["height"]
    assert page.locator(".found[data-state=certain]", has_text="ثابت العباسي").count() >= 1
    page.fill("input[name=d0-title]", "عنوان صححه محرر")
    page.fill("input[name=d1-date]", "23 تموز 2024")
    page.locator(".proposal input[value=refuse]").first.check()
    page.click("input[name=confirm]")
    assert page.locator(".messagelist .success").count() == 1
    article, statement = Article.objects.get(), Statement.objects.get()
    assert (article.title, str(statement.date)) == ("عنوان صححه محرر", "2024-07-23")
    assert {article.state, statement.state} == {"draft"}
    assert Mention.objects.filter(decided=True, outcome="none").count() >= 1


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(
    ("text", "english", "arabic"),
    [
        pytest.param(" \n ", "There is no text.", "لا يوجد نص", id="empty"),
        pytest.param(PAGE * 800, "characters", "حرف", id="huge"),
        pytest.param("×", "No paragraph was found", "فقرة", id="no paragraph"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_with_a_sentence_and_not_lost(
    page: Any, text: str, english: str, arabic: str
) -> None:
    sign_in(page, "en")
    for language, sentence in (("en", english), ("ar", arabic)):
        page.goto(ADD.format(language))
        page.evaluate(
            "text => { const area = document.querySelector('textarea[name=text]'); area.value = text; area.form.noValidate = true }",
            text,
        )
        with page.expect_navigation(
            timeout=120_000
        ):  # a browser takes its time to lay a megabyte out
            page.evaluate("document.querySelector('textarea[name=text]').form.requestSubmit()")
        assert sentence in page.locator(".errorlist").first.inner_text()
        kept = page.eval_on_selector("textarea[name=text]", "area => area.value.length")
        assert kept == len(text)
    assert not Paste.objects.exists()
    assert not Capture.objects.exists()


@pytest.mark.usefixtures("records")
def test_nothing_in_a_text_runs(page: Any) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, "en")
    paste(page, HOSTILE)
    assert "<script>window.taken=1</script>" in page.locator(".beside .text").first.inner_text()
    assert "{{ 7*7 }}" in page.inner_text("#content-main")
    page.click("input[name=confirm]")
    article = Article.objects.get()
    page.goto(f"/en/admin/statements/article/{article.pk}/change/")
    page.click("text=Preview")
    assert page.evaluate("window.taken") is None
    assert page.locator("img[src=x]").count() == 0
    assert errors == []


@pytest.mark.usefixtures("records")
def test_the_same_text_again_opens_the_draft_that_exists(page: Any) -> None:
    sign_in(page, "en")
    paste(page, PAGE)
    first = page.url
    paste(page, PAGE)
    assert page.url == first
    assert "pasted before" in page.locator(".messagelist").inner_text()
    assert Paste.objects.count() == 1


@pytest.mark.usefixtures("records")
def test_two_windows_that_confirm_at_once_make_one_set_of_drafts(page: Any) -> None:
    sign_in(page, "en")
    paste(page, PAGE)
    other = page.context.new_page()
    other.goto(page.url)
    answers = page.evaluate(
        """async () => {
            const form = document.querySelector('form.draft');
            const send = () => {
                const data = new FormData(form);
                data.set('confirm', 'x');
                return fetch(location.href, {method: 'POST', body: data}).then(answer => answer.text());
            };
            return await Promise.all([send(), send(), send()]);
        }"""
    )
    assert (Article.objects.count(), Statement.objects.count()) == (1, 1)
    assert all("Confirmed. The drafts:" in answer for answer in answers), (
        "each is told what came of it"
    )
    other.click("input[name=confirm]")
    assert "decided already" in other.locator(".messagelist").inner_text()
    assert other.locator("#content-main ul a").count() == 2
    assert (Article.objects.count(), Statement.objects.count()) == (1, 1)


@pytest.mark.usefixtures("records")
def test_a_window_that_discards_late_takes_nothing_back(page: Any) -> None:
    sign_in(page, "en")
    paste(page, PAGE)
    other = page.context.new_page()
    other.goto(page.url)
    page.click("input[name=confirm]")
    other.click("input[name=discard]")
    assert "decided already" in other.locator(".messagelist").inner_text()
    assert Paste.objects.get().state == "confirmed"


# By keyboard, and through all that may go wrong


def decided(page: Any) -> dict[str, str]:
    """Proposal → state, as the screen has it."""
    return page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.proposal')].map(item => [item.id, item.dataset.state]))"
    )


def saved(page: Any) -> None:
    words = page.get_attribute(".saving", "data-saved")
    page.locator(".saving", has_text=words).wait_for(timeout=15_000)


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_is_decided_by_keyboard_alone(page: Any, language: str) -> None:
    Official.objects.create(slug="karim", name_en="Karim al-Lami", name_ar="كريم اللامي")
    sign_in(page, language)
    paste(page, PAGE.replace("وقال العباسي", "وقال العباسي للصحفي كريم الربيعي والصحفية سلمى الدليمي"), language)  # fmt: skip
    page.wait_for_selector(".count:not(:empty)")
    number = page.locator(".proposal").count()
    states = list(decided(page).values())
    page.keyboard.press("j")
    page.keyboard.press("r")
    assert decided(page)["p0"] == "refuse"
    assert page.evaluate("document.activeElement.id") == "p1", "it goes on to the next"
    page.keyboard.press("k")
    page.keyboard.press("u")
    assert decided(page)["p0"] == states[0]
    page.keyboard.press("Shift+A")
    assert "certain" not in decided(page).values()
    strangers = [at for at, state in decided(page).items() if state == "open"]
    assert len(strangers) >= 2
    for _ in range(number):
        if page.evaluate("document.activeElement.id") == strangers[0]:
            break
        page.keyboard.press("j")
    assert page.locator(".found[data-present]").count() >= 1, "its words are marked in the text"
    page.keyboard.press("c")
    page.keyboard.type("اللامي")
    page.wait_for_selector(".records:not([hidden]) li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert decided(page)[strangers[0]] == "link"
    assert page.evaluate("document.activeElement.id") == strangers[1]
    page.keyboard.press("n")
    page.keyboard.type("Salma al-Dulaimi")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == strangers[1]
    assert decided(page)[strangers[1]] == "new"
    saved(page)
    page.focus("input[name=confirm]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")
    assert Mention.objects.filter(official__slug="karim", decided=True).count() == 1
    assert Official.objects.filter(name_en="Salma al-Dulaimi", state="draft").count() == 1
    left = Mention.objects.filter(decided=False).count()
    assert left == sum(state == "open" for at, state in decided(page).items() if at not in strangers)  # fmt: skip


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_decided_by_keyboard_is_confirmed_published_and_read(
    page: Any, language: str
) -> None:
    sign_in(page, language)
    paste(page, PAGE, language)
    page.wait_for_selector(".count:not(:empty)")
    promise = page.locator(".proposal[id^=r]", has_text="قرر الجانبان")
    page.locator(".found", has_text="قرر").last.click()
    promise_id = promise.get_attribute("id")
    assert page.evaluate("document.activeElement.id") == promise_id, "its words lead to it"
    page.keyboard.press("c")
    page.keyboard.press("End")
    assert page.input_value(f"[name={promise_id}-strength]") == "committed"
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert decided(page)[promise_id] == "link"
    page.keyboard.press("Shift+A")
    head = page.locator(".proposal[id^=r]", has_text="برئاسة").get_attribute("id")
    assert decided(page)[head] == "link", "who surely led is certain"
    saved(page)
    page.reload()
    page.wait_for_selector(".count:not(:empty)")
    assert decided(page)[promise_id] == "link", "kept as one works"
    page.focus("input[name=confirm]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")
    assert Undertaking.objects.get().strength == "committed"
    assert Participation.objects.get().role == "head"
    for record in (Statement.objects.get(), Article.objects.get()):
        kind = record._meta.model_name
        page.goto(f"/{language}/admin/statements/{kind}/{record.pk}/change/")
        page.focus("button[value=publish]")
        page.keyboard.press("Enter")
        page.wait_for_selector(".messagelist .success")
    page.context.clear_cookies()
    statement, article = Statement.objects.published().get(), Article.objects.published().get()
    page.goto(f"/{language}/statements/{statement.slug}/")
    head = Participation.objects.get().official
    assert page.locator(f"main a[href*='/officials/{head.slug}/']").count() >= 1
    assert page.locator(f"main a[href*='/articles/{article.slug}/']").count() >= 1
    page.goto(f"/{language}/articles/{article.slug}/")
    assert page.locator(f"main a[href*='/statements/{statement.slug}/']").count() >= 1


@pytest.mark.usefixtures("records")
def test_what_was_decided_survives_a_closed_window(page: Any) -> None:
    sign_in(page, "en")
    paste(page, PAGE)
    page.wait_for_selector(".count:not(:empty)")
    address = page.url
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.fill("input[name=d0-title]", "A title of my own")
    saved(page)
    other = page.context.new_page()
    page.close()
    other.goto(address)
    other.wait_for_selector(".count:not(:empty)")
    assert decided(other)["p0"] == "refuse"
    assert other.input_value("input[name=d0-title]") == "A title of my own"


@pytest.mark.usefixtures("records")
def test_decisions_made_while_signed_out_or_away_are_sent_afterwards(page: Any) -> None:
    sign_in(page, "en")
    paste(page, PAGE)
    page.wait_for_selector(".count:not(:empty)")
    address = page.url
    page.route("**/keep/", lambda route: route.abort())
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.locator(".saving", has_text="Not reached").wait_for()
    page.unroute("**/keep/")
    Session.objects.all().delete()
    page.keyboard.press("r")
    page.locator(".saving", has_text="signed out").wait_for(timeout=15_000)
    assert Paste.objects.get().corrections.get("proposals", {}) == {}
    other = page.context.new_page()
    sign_in(other, "en")
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved(page)
    kept = Paste.objects.get().corrections["proposals"]
    assert [value["decision"] for value in kept.values()].count("refuse") == 2
    page.goto(address)
    page.wait_for_selector(".count:not(:empty)")
    assert list(decided(page).values())[:2] == ["refuse", "refuse"]


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_screen_fits_and_can_be_used_by_everybody(page: Any, language: str) -> None:
    sign_in(page, language)
    paste(page, PAGE, language)
    page.wait_for_selector(".count:not(:empty)")
    for width in (1400, 900, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.keyboard.press("j")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    found = Axe().run(page, {"exclude": [[".select2"], ["#header"], [".breadcrumbs"]]})
    assert found.violations_count == 0, found.generate_report()
