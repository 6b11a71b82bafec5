"""Citations copied from a page that was made on an earlier day; and the day said where nothing runs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from statements.views import citing
from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATH = "statements/july-2024/"
MADE, LATER = datetime.date(2026, 3, 1), datetime.date(2026, 3, 5)


@pytest.fixture
def statement(transactional_db: None) -> None:
    cast.july_statement()


@pytest.fixture
def made(page: Any, statement: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A page read on the day on which it was made, with the hours set forward since."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    monkeypatch.setattr(citing.timezone, "localdate", lambda: MADE)
    page.clock.set_fixed_time(f"{MADE}T12:00:00+03:00")
    page.goto(f"/en/{PATH}")
    monkeypatch.setattr(citing.timezone, "localdate", lambda: LATER)
    return page


def copied(page: Any) -> str:
    """What a click copies of the first passage, and of the citation in BibTeX."""
    page.locator("a.cite").first.click()
    page.locator("a.cite:text-is('Copied')").wait_for()
    passage = page.evaluate("navigator.clipboard.readText()")
    page.evaluate("document.querySelector('.citing').open = true")
    page.locator("pre.citation + .copy").first.click()
    page.locator("pre + .copy:text-is('Copied')").first.wait_for()
    return f"{passage}\n{page.evaluate('navigator.clipboard.readText()')}"


def test_on_the_day_itself_a_page_is_cited_as_it_was_made(made: Any) -> None:
    made.clock.set_fixed_time(f"{MADE}T23:59:00+03:00")
    words = copied(made)
    assert "accessed 1 March 2026" in words
    assert "{2026-03-01}" in words


def test_on_a_later_day_the_citation_that_is_copied_has_that_day(made: Any) -> None:
    made.clock.set_fixed_time(f"{LATER}T00:30:00+03:00")
    words = copied(made)
    assert "accessed 5 March 2026" in words
    assert "{2026-03-05}" in words
    assert "5 March 2026, is the day" in made.inner_text(".citing .made")
    assert "5 March 2026" in made.locator(".printed").text_content()


def test_when_the_archive_cannot_be_asked_the_citation_has_the_day_of_the_page_that_is_read(
    made: Any,
) -> None:
    made.clock.set_fixed_time(f"{LATER}T00:30:00+03:00")
    made.context.set_offline(True)
    words = copied(made)
    assert "accessed 1 March 2026" in words
    assert "{2026-03-01}" in words


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "1 March 2026, is the day on which this page was made"),
        ("ar", "1 آذار/مارس 2026، هو اليوم الذي أُعدّت فيه هذه الصفحة"),
    ],
)
def test_without_a_script_the_page_says_that_it_is_the_day_on_which_it_was_made(
    page: Any,
    statement: None,
    live_server: Any,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    sentence: str,
) -> None:
    monkeypatch.setattr(citing.timezone, "localdate", lambda: MADE)
    context = page.context.browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"/{language}/{PATH}")
    plain.click(".citing summary")
    assert sentence in plain.inner_text(".citing .made")
    context.close()
