"""The rules of the ledger one by one, and what it costs, on dialogues made for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from statements.models import (
    Chain,
    ChainStep,
    Comparison,
    Dialogue,
    Event,
    Passage,
    Round,
    State,
    Statement,
    Theme,
    Undertaking,
)
from statements.search import columns
from statements.views.ledger import guarded
from tests import cast
from tests.views.test_ledger import row, table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1", " =1"])
def test_no_cell_is_taken_for_a_formula(value: str) -> None:
    assert guarded(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "¶ 7", "التعهد", "a=b", "2024-07-24"])
def test_other_cells_stay_as_they_are(value: str) -> None:
    assert guarded(value) == value


def series(rounds: int, each: int = 1) -> tuple[Dialogue, list[list[Passage]]]:
    """A dialogue of yearly rounds, each with a statement of ``each`` passages."""
    dialogue = cast.dialogue()
    passages = []
    for n in range(rounds):
        event = cast.july_round(slug=f"e{n}", title_en=f"Event {n}", date=f"{1960 + n}-07-01")
        Round.objects.create(dialogue=dialogue, event=event, number=n + 1)
        statement = Statement.objects.create(
            slug=f"s{n}", title_en=f"Statement {n}", date=f"{1960 + n}-07-02", event=event,
            state=State.PUBLISHED,
        )  # fmt: skip
        passages.append(
            [
                Passage.objects.create(statement=statement, number=k, order=k)
                for k in range(1, each + 1)
            ]
        )
    return dialogue, passages


def undertake(passage: Passage, strength: str = "affirmed", **fields: Any) -> Undertaking:
    return Undertaking.objects.create(
        passage=passage, strength=strength, **{"summary_en": "A thing", **fields}
    )


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [
        ("discussed", "decided", "▲ stronger"),
        ("committed", "intends", "▼ softer"),
        ("affirmed", "affirmed", "● kept"),
    ],
)
def test_without_a_comparison_the_strengths_decide(
    client: Client, before: str, after: str, mark: str
) -> None:
    dialogue, passages = series(2)
    undertake(passages[0][0], before)
    undertake(passages[1][0], after, follows=passages[0][0])
    cells = row(table(client.get(dialogue.get_absolute_url())), "A thing")
    assert cells[0].startswith("✚ new")
    assert cells[1].startswith(mark)
    Comparison.objects.create(passage=passages[1][0], earlier=passages[0][0], relation="postponed")
    cells = row(table(client.get(dialogue.get_absolute_url())), "A thing")
    assert cells[1].startswith("◷ postponed")


def test_gone_is_said_once_and_only_of_a_round_that_has_a_text(client: Client) -> None:
    dialogue, passages = series(5)
    undertake(passages[0][0])
    undertake(passages[4][0], follows=passages[0][0])
    Statement.objects.filter(slug="s1").update(state=State.DRAFT)
    cells = row(table(client.get(dialogue.get_absolute_url())), "A thing")
    assert [cell.split(" ¶")[0] for cell in cells] == ["✚ new", "nothing", "○ gone", "nothing", "● kept"]  # fmt: skip


def test_of_a_passage_with_two_undertakings_the_one_of_the_theme_is_followed(
    client: Client,
) -> None:
    dialogue, passages = series(2)
    arms, training = (Theme.objects.create(slug=slug, name_en=slug) for slug in ("arms", "training"))  # fmt: skip
    undertake(passages[0][0], theme=arms, summary_en="Arms")
    undertake(passages[0][0], theme=training, summary_en="Training", number=2)
    undertake(passages[1][0], "decided", theme=training, follows=passages[0][0])
    rows = table(client.get(dialogue.get_absolute_url()))
    assert row(rows, "Training")[1].startswith("▲ stronger")
    assert row(rows, "Arms")[1] == "○ gone"


def test_what_follows_itself_in_a_circle_is_shown_all_the_same(client: Client) -> None:
    dialogue, passages = series(2)
    undertake(passages[0][0], follows=passages[1][0], summary_en="First")
    undertake(passages[1][0], follows=passages[0][0], summary_en="Second")
    answer = client.get(dialogue.get_absolute_url())
    assert answer.status_code == 200
    assert table(answer)


def test_a_dialogue_without_rounds_or_undertakings_says_so(client: Client) -> None:
    dialogue = cast.dialogue()
    assert "No round of this dialogue" in client.get(dialogue.get_absolute_url()).content.decode()
    Round.objects.create(dialogue=dialogue, event=cast.july_round())
    for view, words in (
        ("undertakings", "No undertaking of these rounds"),
        ("themes", "No passage of these rounds has a theme"),
        ("participants", "does not know yet who took part"),
    ):
        content = client.get(f"{dialogue.get_absolute_url()}?view={view}").content.decode()
        assert words in content


def test_a_big_dialogue_is_shown_six_rounds_at_a_time(client: Client) -> None:
    dialogue, passages = series(60, 9)
    themes = [Theme.objects.create(slug=f"t{n}", name_en=f"Theme {n}") for n in range(9)]
    Undertaking.objects.bulk_create(
        Undertaking(
            passage=passage, number=1, strength="affirmed", theme=themes[k], summary_en=f"Thing {k}",
            follows=passages[n - 1][k] if n % 7 else None,
        )
        for n, of_round in enumerate(passages)
        for k, passage in enumerate(of_round)
    )  # fmt: skip
    assert Undertaking.objects.count() == 540
    latest = client.get(dialogue.get_absolute_url())
    ledger = latest.context["ledger"]
    assert (ledger["first"], ledger["last"], ledger["rounds"]) == (55, 60, 60)
    assert [column.round.number for column in ledger["columns"]] == list(range(55, 61))
    assert len(latest.content) < 400_000
    earlier = client.get(dialogue.get_absolute_url(), {"last": ledger["earlier"]})
    assert (earlier.context["ledger"]["first"], earlier.context["ledger"]["last"]) == (49, 54)
    assert earlier.context["ledger"]["later"] == "e59"
    csv_rows = client.get(f"{dialogue.get_absolute_url()}ledger.csv").content.decode().splitlines()
    assert len(csv_rows) == 1 + 9 * 9  # a promise ends where nothing follows it up
    assert Event.objects.filter(rounds__dialogue=dialogue).count() == 60


@pytest.mark.parametrize("number", [10, 500])
def test_the_ledger_costs_at_most_fifteen_queries_and_the_promises_twelve(
    client: Client, django_assert_max_num_queries: Any, number: int
) -> None:
    rounds = 60 if number == 500 else 2
    dialogue, passages = series(rounds, -(-number // rounds))
    flat = [passage for of_round in passages for passage in of_round][:number]
    theme = Theme.objects.create(slug="t", name_en="Theme")
    for n, passage in enumerate(flat):
        undertake(passage, theme=theme, follows=flat[n - 1] if n % 3 else None).countries.add(
            cast.iraq()
        )
        passage.themes.add(theme)
    minister = cast.minister(cast.post())
    for event in Event.objects.all():
        cast.take_part(event, minister, country=cast.iraq())
    followed(flat)
    client.get("/en/undertakings/?q=thing")  # the lexicon of names is read once a revision
    for view in ("undertakings", "participants", "themes"):
        for suffix in ("", "ledger.csv"):
            with django_assert_max_num_queries(15):
                answer = client.get(f"{dialogue.get_absolute_url()}{suffix}?view={view}")
            assert answer.status_code == 200
    every = (
        "country=iq&dialogue=us-iraq-jscd&theme=t&official=thabit-al-abbasi"
        "&strength=affirmed&status=open&on=2025"
    )
    for query in ("", "status=fulfilled", every, "q=thing&from=1960"):
        with django_assert_max_num_queries(12):
            answer = client.get(f"/en/undertakings/?{query}")
        assert answer.status_code == 200
        with django_assert_max_num_queries(12):
            assert client.get(f"/api/v1/undertakings/?{query}").status_code == 200
    columns.forget()  # a process that has just begun
    for address in ("/en/undertakings/", "/api/v1/undertakings/?on=2024"):
        with django_assert_max_num_queries(8):  # without words the index is not read
            assert client.get(address).status_code == 200
    assert client.get(f"/en/undertakings/?{every}").context["asked"].count > 0
    with django_assert_max_num_queries(12):
        assert client.get("/en/undertakings/c0/").status_code == 200


def followed(passages: list[Passage]) -> None:
    """A chain from every tenth passage to the one after it."""
    for n, passage in enumerate(passages[::10]):
        chain = Chain.objects.create(
            slug=f"c{n}", title_en=f"Promise {n}", outcome="open", state=State.PUBLISHED
        )
        for order, status in enumerate(("promised", "at_work")):
            ChainStep.objects.create(
                chain=chain, order=order, status=status, passage=passage, date=f"19{60 + order}"
            )
