"""In a real browser: a text pasted at the desk in both languages, and all that may go wrong on the way to its drafts."""

from __future__ import annotations

from typing import Any

import pytest

from statements.models import Article, Capture, Mention, Paste, Statement
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
    text, fields = page.locator(".beside .text").first, page.locator(".beside .fields").first
    one, other = text.bounding_box(), fields.bounding_box()
    assert one["y"] < other["y"] + other["height"]
    assert other["y"] < one["y"] + one["height"]
    assert page.locator(".found-one", has_text="ثابت العباسي").count() >= 1
    page.fill("input[name=d0-title]", "عنوان صححه محرر")
    page.fill("input[name=d1-date]", "23 تموز 2024")
    refused = page.locator("input[name=d0-accept]").first
    refused.uncheck()
    page.click("input[name=confirm]")
    assert page.locator(".messagelist .success").count() == 1
    article, statement = Article.objects.get(), Statement.objects.get()
    assert (article.title, str(statement.date)) == ("عنوان صححه محرر", "2024-07-23")
    assert {article.state, statement.state} == {"draft"}
    assert Mention.objects.filter(decided=True, outcome="none").count() == 1


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
    assert sum("drafts were made" in answer for answer in answers) >= 1
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
