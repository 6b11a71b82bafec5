"""What an editor says between texts, laying passages together and ruling on a conflict: at the desk, on the page, in the history."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from statements.models import Change, Claim, Comparison, Conflict, Statement
from tests import cast
from tests.desk.test_promises import words
from tests.views.test_compare import address, rows_of
from tests.views.test_compare_texts import version

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.user("editor"))
    return client


def rounds() -> list[Statement]:
    """Two rounds; the second says of the embassies in other words what the first said of advisers."""
    series, found = cast.dialogue(), []
    texts = (["Advisers are protected by the host.", "Oil was discussed."], ["The host answers for embassies.", "Oil was discussed."])  # fmt: skip
    for n, passages in enumerate(texts, 1):
        event = cast.july_round(slug=f"round-{n}", date=f"202{n}-07-01")
        event.rounds.create(dialogue=series, number=n)
        statement = Statement.objects.create(slug=f"s{n}", title_en=f"S{n}", event=event, date=f"202{n}-07-01", **cast.PUBLIC)  # fmt: skip
        version(statement, "Ministry", passages)
        found.append(statement)
    return found


def compared(client: Client) -> dict[Any, str]:
    return rows_of(client.get(address("s1", "s2")))


def test_passages_laid_together_stay_so_until_it_is_taken_back(editor: Client) -> None:
    first, second = rounds()
    by_words = {((1,), ()): "gone", ((), (1,)): "new", ((2,), (2,)): "same"}
    assert compared(editor) == by_words
    passage = second.passages.get(number=1)
    form = {
        "undertakings-TOTAL_FORMS": "0", "undertakings-INITIAL_FORMS": "0",
        "comparisons-TOTAL_FORMS": "1", "comparisons-INITIAL_FORMS": "0", "comparisons-0-passage": passage.pk,
        "comparisons-0-relation": "softened", "comparisons-0-note_en": "The advisers are named no more.",
    }  # fmt: skip
    desk = f"/en/admin/statements/passage/{passage.pk}"
    refused = editor.post(f"{desk}/change/", form)
    assert refused.status_code == 200
    assert "The advisers are named no more." in words(refused)
    earlier = first.passages.get(number=1).pk
    saved = editor.post(f"{desk}/change/", {**form, "comparisons-0-earlier": earlier})
    assert saved.status_code == 302, words(saved)
    assert compared(editor) == {((1,), (1,)): "reworded", ((2,), (2,)): "same"}
    page = words(editor.get(address("s1", "s2")))
    assert "softer" in page
    assert "laid together by an editor" in page
    assert "The advisers are named no more." in page
    history = words(editor.get(f"{desk}/history/"))
    assert "added: comparison" in history
    assert "softer" in history
    change = Change.objects.filter(table_name=Comparison._meta.db_table).latest("pk")
    assert change.editor.username == "editor"
    editor.post(f"{desk}/history/{change.pk}/take-back/")
    assert compared(editor) == by_words


def test_a_ruling_is_told_with_its_reason_and_taken_back_from_the_history(editor: Client) -> None:
    statement = cast.july_statement()
    conflict = Conflict.objects.create(
        slug="which-day", question_en="Which day?", statement=statement, **cast.PUBLIC
    )
    claims = [
        Claim.objects.create(conflict=conflict, number=number, value_en=value)
        for number, value in ((1, "The 23rd"), (2, "The 24th"))
    ]
    assert "Unresolved." in words(editor.get(conflict.get_absolute_url()))
    form = {
        "slug": "which-day", "question_en": "Which day?", "question_ar": "", "statement": statement.pk,
        "ruling": "2", "note_en": "The release bears that day.",
        "claims-TOTAL_FORMS": "2", "claims-INITIAL_FORMS": "2",
    }  # fmt: skip
    for at, claim in enumerate(claims):
        form |= {
            f"claims-{at}-id": claim.pk, f"claims-{at}-conflict": conflict.pk,
            f"claims-{at}-number": claim.number, f"claims-{at}-value_en": claim.value_en,
        }  # fmt: skip
    desk = f"/en/admin/statements/conflict/{conflict.pk}"
    saved = editor.post(f"{desk}/change/", form)
    assert saved.status_code == 302, words(saved)
    page = words(editor.get(conflict.get_absolute_url()))
    assert "The archive follows: The 24th" in page
    assert "The 23rd" in page
    assert "The release bears that day." in page
    history = words(editor.get(f"{desk}/history/"))
    assert "The release bears that day." in history
    change = Change.objects.of(conflict).filter(after__ruling=2).latest("pk")
    assert change.editor.username == "editor"
    editor.post(f"{desk}/history/{change.pk}/take-back/")
    assert "Unresolved." in words(editor.get(conflict.get_absolute_url()))
