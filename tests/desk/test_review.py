"""Deciding a paste: what a person says is linked, the rest waits, nothing is lost, and the archive learns."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from statements.admin.review import rows_of
from statements.admin.shown import blocks
from statements.ingest.decisions import Decision, Proposal, decisions, proposals
from statements.ingest.draft import paste, understand
from statements.ingest.relations import Relation, choices, relations
from statements.models import (
    Article,
    Carriage,
    Change,
    Mention,
    Name,
    Official,
    Participation,
    Paste,
    Place,
    Round,
    Statement,
    Undertaking,
)
from tests import cast
from tests.benchmarks.ingesting import articles
from tests.ingest.test_ingest import PAGE

pytestmark = pytest.mark.django_db
STRANGE = PAGE.replace("وقال العباسي", "وقال ثابت محمد سعيد العباسي للصحفي كريم الربيعي")


@pytest.fixture
def kept() -> Paste:
    cast.minister(cast.post())
    cast.july_round(cast.dialogue())
    return paste(STRANGE, cast.user("editor"))


@pytest.fixture
def desk(kept: Paste) -> Client:
    client = Client()
    client.force_login(kept.created_by)
    return client


def address(kept: Paste) -> str:
    return reverse("admin:statements_paste_change", args=[kept.pk])


def sheet(desk: Client, kept: Paste, **sent: str) -> dict[str, Any]:
    """The form as the screen shows it, with what is sent besides."""
    shown = desk.get(address(kept)).context
    form: dict[str, Any] = {}
    for entry in shown["documents"]:
        for field in entry["form"]:
            value = field.value()
            form[field.html_name] = "on" if value is True else "" if value is None else value
        form[f"d{entry['number']}-was"] = entry["was"]
    for row in shown["rows"]:
        form[f"p{row.number}-shown"] = "1"
        form[f"p{row.number}-was"] = row.decision.mark
        form[f"p{row.number}-here"] = [str(place[0]) for place in row.places if place[-1]]
        form[f"p{row.number}-decision"] = next(
            (f"link:{key}" for key, _, chosen in row.choices if chosen), row.decision.decision
        )
    return form | sent


def number(kept: Paste, printed: str) -> int:
    """The number of the proposal for these words."""
    return next(n for n, p in enumerate(proposals(kept.draft)) if printed in p.printed)


def proposal(kept: Paste, printed: str) -> Proposal:
    return proposals(kept.draft)[number(kept, printed)]


@pytest.mark.parametrize("path", articles(), ids=lambda path: path.stem)
def test_the_screen_shows_the_whole_text_and_every_mention_belongs_to_one_proposal(
    path: Any,
) -> None:
    text = path.read_text("utf-8")
    draft = understand(text)
    here = Paste(text=text, draft=draft)
    assert (
        "".join(w for block in blocks(text, draft, rows_of(here)) for w, *_ in block.pieces) == text
    )
    site = {place for a, b in draft["furniture"] for place in range(a, b)}
    at = 0
    for block in blocks(text, draft, rows_of(here)):
        for words, *_ in block.pieces:
            heading = block.kind == "heading" and words.strip()
            assert not (heading and site & set(range(at, at + len(words)))), words
            at += len(words)
    places = [at for found in proposals(draft) for at in found.places]
    assert sorted(places) == [
        (n, m) for n, d in enumerate(draft["documents"]) for m in range(len(d["mentions"]))
    ]


def test_only_what_a_person_decided_is_linked_and_the_rest_is_work_to_do(
    desk: Client, kept: Paste
) -> None:
    minister, post = number(kept, "ثابت العباسي"), number(kept, "وزير الدفاع العراقي")
    sent = {
        "confirm": "1",
        f"p{minister}-decision": "link:official/thabit-al-abbasi",
        f"p{post}-decision": "refuse",
    }
    desk.post(address(kept), sheet(desk, kept, **sent))
    assert Statement.objects.get().state == "draft"
    linked = Mention.objects.filter(outcome="one")
    assert {m.official.slug for m in linked} == {"thabit-al-abbasi"}
    assert all(m.decided for m in linked)
    refused = Mention.objects.get(as_printed="وزير الدفاع العراقي")
    assert (refused.outcome, refused.decided, refused.candidates) == (
        "none",
        True,
        [proposal(kept, "وزير الدفاع العراقي").candidates[0].partition("/")[2]],
    )
    waiting = Mention.objects.filter(decided=False)
    assert waiting.exists()
    assert not waiting.filter(outcome="one").exists(), "no link that nobody has seen"
    event = waiting.filter(type="event").first()
    assert event is not None
    assert event.candidates, "the proposal is kept with the work"


def test_a_place_can_be_left_out_of_a_decision(desk: Client, kept: Paste) -> None:
    minister = number(kept, "ثابت العباسي")
    places = [str(at) for at in proposal(kept, "ثابت العباسي").places]
    sent: dict[str, Any] = {
        "confirm": "1",
        f"p{minister}-decision": "link:official/thabit-al-abbasi",
        f"p{minister}-here": places[1:],
    }
    desk.post(address(kept), sheet(desk, kept, **sent))
    assert Mention.objects.filter(official__isnull=False).count() == len(places) - 1
    assert Mention.objects.filter(type="official", outcome="none", decided=True).count() == 1


def test_what_is_decided_is_kept_by_itself_and_two_editors_do_not_overwrite_each_other(
    desk: Client, kept: Paste
) -> None:
    other = Client()
    other.force_login(cast.user("editor", "second"))
    minister, post = number(kept, "ثابت العباسي"), number(kept, "وزير الدفاع العراقي")
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    link = "link:official/thabit-al-abbasi"
    one = desk.post(keep, {f"p{minister}-shown": "1", f"p{minister}-decision": link})
    two = other.post(keep, {f"p{post}-shown": "1", f"p{post}-decision": "refuse"})
    three = other.post(keep, {"d0-title": "عنوان آخر", "d0-take": "on"})
    assert [answer.status_code for answer in (one, two, three)] == [200, 200, 200]
    kept.refresh_from_db()
    decided = decisions(kept)
    assert decided[proposal(kept, "ثابت العباسي").key].target == "official/thabit-al-abbasi"
    assert decided[proposal(kept, "وزير الدفاع العراقي").key].decision == "refuse"
    again = desk.get(address(kept)).content.decode()
    assert "عنوان آخر" in again
    form = sheet(desk, kept)
    assert (form[f"p{minister}-decision"], form[f"p{post}-decision"]) == (link, "refuse")


def test_a_window_left_open_takes_nothing_back_of_what_was_decided_in_another(
    desk: Client, kept: Paste
) -> None:
    minister, post = number(kept, "ثابت العباسي"), number(kept, "وزير الدفاع العراقي")
    old = sheet(desk, kept, confirm="1", **{"d1-title": "عنوان من النافذة القديمة"})
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    link = "link:official/thabit-al-abbasi"
    here = [str(at) for at in proposal(kept, "ثابت العباسي").places]
    chosen = {f"p{minister}-shown": "1", f"p{minister}-decision": link, f"p{minister}-here": here}
    desk.post(keep, chosen)
    desk.post(keep, {f"p{post}-shown": "1", f"p{post}-decision": "refuse"})
    now = sheet(desk, kept, **{"d0-title": "عنوان من النافذة الأخرى", "d0-was": ""})
    desk.post(keep, {name: value for name, value in now.items() if name.startswith("d0-")})
    desk.post(address(kept), old | {f"p{post}-decision": ""})
    article, statement = Article.objects.get(), Statement.objects.get()
    assert article.title == "عنوان من النافذة الأخرى"
    assert statement.title_ar == "عنوان من النافذة القديمة"
    assert Mention.objects.filter(official__slug="thabit-al-abbasi", decided=True).count() >= 3
    assert Mention.objects.get(as_printed="وزير الدفاع العراقي").decided


def test_a_decision_is_taken_back_though_the_screen_had_shown_none(
    desk: Client, kept: Paste
) -> None:
    """The script empties what the screen had shown once anything was changed."""
    minister = number(kept, "ثابت العباسي")
    old = sheet(desk, kept, confirm="1")
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    link = "link:official/thabit-al-abbasi"
    here = [str(at) for at in proposal(kept, "ثابت العباسي").places]
    chosen = {f"p{minister}-shown": "1", f"p{minister}-decision": link, f"p{minister}-here": here}
    desk.post(keep, chosen)
    desk.post(address(kept), old | {f"p{minister}-was": ""})
    assert not Mention.objects.filter(official__isnull=False).exists()


def test_nobody_without_the_right_and_nobody_signed_out_decides(desk: Client, kept: Paste) -> None:
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    sent = {"p0-shown": "1", "p0-decision": "refuse"}
    assert Client().post(keep, sent).status_code == 403
    reader = Client()
    reader.force_login(get_user_model().objects.create_user("reader", password="x", is_staff=True))
    assert reader.post(keep, sent).status_code in (302, 403)
    find = reverse("admin:statements_paste_find")
    assert Client().get(find, {"kind": "official", "q": "x"}).status_code == 302
    kept.refresh_from_db()
    assert decisions(kept) == {}


def test_a_decided_paste_takes_no_more_decisions(desk: Client, kept: Paste) -> None:
    desk.post(address(kept), sheet(desk, kept, confirm="1"))
    answer = desk.post(
        reverse("admin:statements_paste_keep", args=[kept.pk]),
        {"p0-shown": "1", "p0-decision": "refuse"},
    )
    assert answer.status_code == 409
    assert answer.json()["detail"].endswith(".")
    kept.refresh_from_db()
    assert decisions(kept) == {}


@pytest.mark.parametrize(
    "sent",
    [
        {"p0-decision": "link:secret/x"},
        {"p0-decision": "link:official/"},
        {"p0-decision": "other", "p0-target": "nonsense"},
        {"p0-decision": "new"},
        {"p0-decision": "\x00" * 99},
        {"p999-decision": "refuse", "p999-shown": "1"},
        {"d77-title": "x"},
    ],
    ids=str,
)
def test_what_makes_no_sense_decides_nothing(
    desk: Client, kept: Paste, sent: dict[str, str]
) -> None:
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    assert desk.post(keep, {"p0-shown": "1", **sent}).status_code == 200
    kept.refresh_from_db()
    assert {decision.decision for decision in decisions(kept).values()} == {""}


def test_all_that_is_certain_is_accepted_without_a_script(desk: Client, kept: Paste) -> None:
    post = number(kept, "وزير الدفاع العراقي")
    answer = desk.post(
        address(kept), sheet(desk, kept, accept="certain", **{f"p{post}-decision": "refuse"})
    )
    assert answer.status_code == 302
    kept.refresh_from_db()
    decided = decisions(kept)
    for found in proposals(kept.draft):
        expected = "link" if found.certain else ""
        if found.key == proposal(kept, "وزير الدفاع العراقي").key:
            expected = "refuse"
        assert decided.get(found.key, Decision()).decision == expected, found.key
    assert kept.state == "open"


def test_a_record_that_went_meanwhile_is_told_and_nothing_is_made(
    desk: Client, kept: Paste
) -> None:
    minister = number(kept, "ثابت العباسي")
    form = sheet(
        desk, kept, confirm="1", **{f"p{minister}-decision": "link:official/thabit-al-abbasi"}
    )
    Official.objects.filter(slug="thabit-al-abbasi").delete()
    shown = desk.post(address(kept), form).content.decode()
    assert "is not there any more" in shown
    assert not Statement.objects.exists()
    kept.refresh_from_db()
    assert kept.state == "open"


def test_an_article_without_an_outlet_is_told_beside_the_field(desk: Client, kept: Paste) -> None:
    shown = desk.post(address(kept), sheet(desk, kept, confirm="1", **{"d0-outlet": " "}))
    assert shown.status_code == 200
    assert "An article needs its outlet." in shown.content.decode()
    assert not Statement.objects.exists()


def test_a_document_may_be_something_else_than_was_thought(desk: Client, kept: Paste) -> None:
    desk.post(address(kept), sheet(desk, kept, confirm="1", **{"d0-type": "news_release"}))
    assert sorted(Statement.objects.values_list("type", flat=True)) == [
        "joint_statement",
        "news_release",
    ]


def test_a_draft_speaks_the_language_of_whoever_looks_at_it(desk: Client, kept: Paste) -> None:
    english = desk.get(address(kept)).content.decode()
    arabic = desk.get(address(kept).replace("/en/", "/ar/")).content.decode()
    assert "Its own date line." in english
    assert "The only " in english
    assert "سطر تاريخه." in arabic
    assert "The only " not in arabic
    desk.post(address(kept), sheet(desk, kept, confirm="1"))
    reasons = Mention.objects.values_list("reason_en", "reason_ar")
    assert reasons
    assert all(english and arabic and english != arabic for english, arabic in reasons)


# Learning


def test_an_accepted_spelling_becomes_a_printed_form_and_is_read_the_next_time(
    desk: Client, kept: Paste
) -> None:
    printed = "كريم الربيعي"
    stranger = number(kept, printed)
    Official.objects.create(slug="karim", name_en="Karim Jasim al-Lami", name_ar="كريم جاسم اللامي")
    sent = {
        "confirm": "1",
        f"p{stranger}-decision": "other",
        f"p{stranger}-target": "official/karim",
    }
    assert understand(STRANGE)["documents"][0]["mentions"] == kept.draft["documents"][0]["mentions"]
    desk.post(address(kept), sheet(desk, kept, **sent))
    name = Name.objects.get(official__slug="karim")
    assert (name.form, name.language) == (printed, "ar")
    assert "وفد عراقي يختتم" in name.note_ar
    mentions = understand(STRANGE)["documents"][0]["mentions"]
    assert "karim" in {m["slug"] for m in mentions if m["outcome"] == "one"}
    assert printed in desk.get(address(kept)).content.decode(), "the editor is told"


def test_words_that_name_nobody_by_themselves_teach_nothing(desk: Client, kept: Paste) -> None:
    before = set(Name.objects.values_list("form", flat=True))
    desk.post(address(kept), sheet(desk, kept, accept="certain"))
    desk.post(address(kept), sheet(desk, kept, confirm="1"))
    learnt = set(Name.objects.values_list("form", flat=True)) - before
    assert not learnt & {"وزير الدفاع", "العباسي", "الجانبان", "وزير الدفاع العراقي"}
    assert Mention.objects.filter(official__isnull=False).count() >= 3


def test_a_new_official_is_made_once_in_place_as_a_draft(desk: Client, kept: Paste) -> None:
    stranger = number(kept, "كريم الربيعي")
    row = desk.get(address(kept)).context["rows"][stranger]
    english, arabic = row.names
    assert arabic == "كريم الربيعي"
    assert english.isascii()
    assert english.startswith("Karim")
    sent = {
        "confirm": "1",
        f"p{stranger}-decision": "new",
        f"p{stranger}-name_en": "Karim al-Rubaie",
        f"p{stranger}-name_ar": "كريم الربيعي",
        f"p{stranger}-country": "iq",
    }
    desk.post(address(kept), sheet(desk, kept, **sent))
    official = Official.objects.get(slug="karim-al-rubaie")
    assert (official.state, official.country and official.country.slug) == ("draft", "iq")
    assert Mention.objects.get(official=official).decided
    desk.post(address(kept), sheet(desk, kept, **sent))
    assert Official.objects.filter(name_en="Karim al-Rubaie").count() == 1


def test_an_office_without_a_record_leads_to_its_form_with_the_words_filled_in(
    desk: Client, kept: Paste
) -> None:
    text = PAGE.replace("وقال العباسي", "وقال العباسي لوزير الداخلية الأردني")
    new = paste(text, kept.created_by)
    office = next(
        row for row in desk.get(address(new)).context["rows"] if row.form and not row.choices
    )
    assert office.type == "post"
    form = desk.get(office.form)
    assert form.status_code == 200
    assert form.context["adminform"].form["title_ar"].value() == office.proposal.names[1]
    assert office.proposal.names[1] in text
    shown = desk.get(address(new)).content.decode()
    assert f'href="{html.escape(office.form)}" target="_blank" rel="noopener"' in shown


# Another record


def test_another_record_is_found_by_any_spelling(desk: Client) -> None:
    find = reverse("admin:statements_paste_find")
    for words in ("عباسي", "abbasi", "العباسى"):
        found = desk.get(find, {"kind": "official", "q": words}).json()["found"]
        assert "official/thabit-al-abbasi" in [record["target"] for record in found], words
    assert desk.get(find, {"kind": "official", "q": "\x00%_("}).json() == {"found": []}
    assert desk.get(find, {"kind": "secret", "q": "x"}).status_code == 400


def test_a_new_place_needs_its_country(desk: Client, kept: Paste) -> None:
    from statements.ingest.confirming import new_record
    from statements.ingest.draft import DraftRefused

    with pytest.raises(DraftRefused, match="needs its country"):
        new_record("place", "Irbil", "أربيل", "")
    assert new_record("place", "Irbil", "أربيل", "iq") == Place.objects.get()
    with pytest.raises(DraftRefused, match="form of its own"):
        new_record("event", "A meeting", "", "")


def test_the_screen_asks_no_query_more_for_more_mentions(desk: Client, kept: Paste) -> None:
    first = "اختتم وفد عراقي برئاسة وزير الدفاع العراقي ثابت العباسي زيارته، وفق بيان مشترك صدر الأربعاء 24 تموز 2024."
    longer = paste(STRANGE.replace(first, "\n\n".join([first] * 9)), kept.created_by)
    assert len(longer.draft["documents"]) == len(kept.draft["documents"])
    asked = []
    for one in (kept, longer):
        desk.get(address(one))
        with CaptureQueriesContext(connection) as queries:
            shown = desk.get(address(one))
        asked.append((len(queries), sum(len(row.places) for row in shown.context["rows"])))
    assert asked[1][1] > 2 * asked[0][1]
    likeness = 2  # the longer one is told to be nearly the other: which, and where
    assert asked[1][0] <= asked[0][0] + likeness


# By hand


def filled(shown: Any) -> dict[str, Any]:
    """A change form of the desk as it is shown, ready to be sent."""
    form: dict[str, Any] = {}
    bound = [shown.context["adminform"].form]
    for inline in shown.context["inline_admin_formsets"]:
        bound += [inline.formset.management_form, *inline.formset.forms]
    for one in bound:
        for field in one:
            value = field.value()
            if value is not None and value is not False:
                form[field.html_name] = getattr(value, "pk", value)
    return form


def test_links_are_proposed_in_a_text_written_by_hand_and_only_there(desk: Client) -> None:
    address = reverse("admin:statements_statement_add")
    form = filled(desk.get(address)) | {
        "title_en": "A statement", "type": "statement", "date": "2024-07-24", "original_language": "ar",
        "versions-TOTAL_FORMS": "1", "versions-0-language": "ar", "versions-0-title": "بيان",
        "versions-0-publisher": "الوزارة", "versions-0-origin": "press", "versions-0-rights": "full",
        "versions-0-extent": "full", "versions-0-text": "استقبل وزير الدفاع العراقي ثابت العباسي وفدا.\n\nوانتهى اللقاء.",
    }  # fmt: skip
    saved = desk.post(address, form | {"_continue": "1"}, follow=True)
    assert "proposed in the new text" in saved.content.decode(), saved.context.get("errors")
    proposed = Mention.objects.filter(text__passage__statement__title_en="A statement")
    assert {m.as_printed for m in proposed} == {"وزير الدفاع العراقي", "ثابت العباسي"}
    assert not proposed.filter(decided=True).exists()
    assert not proposed.filter(outcome="one").exists()
    again = desk.post(saved.redirect_chain[-1][0], filled(saved) | {"_continue": "1"}, follow=True)
    assert "proposed in the new text" not in again.content.decode()
    assert proposed.count() == 2


# Undertakings, delegations, statements used


def relation(kept: Paste, kind: str) -> tuple[int, Relation]:
    """The first relation of a kind, with its number."""
    return next((n, one) for n, one in enumerate(relations(kept.draft)) if one.kind == kind)


def related(desk: Client, kept: Paste, **sent: Any) -> dict[str, Any]:
    """The form as the screen shows it, relations with what they propose, with what is sent besides."""
    form = sheet(desk, kept)
    for _, rows in desk.get(address(kept)).context["related"]:
        for row in rows:
            prefix = f"r{row.number}"
            form |= {f"{prefix}-shown": "1", f"{prefix}-was": row.choice.mark}
            form[f"{prefix}-decision"] = row.choice.decision
            form |= {f"{prefix}-{name}": row.shown(name) for name in row.form.fields}
    return form | sent


def test_an_accepted_undertaking_is_made_on_its_passage_with_history(
    desk: Client, kept: Paste
) -> None:
    n, found = relation(kept, "undertaking")
    assert (found.fields["strength"], found.document, found.passage) == ("decided", 1, 2)
    sent = {
        "confirm": "1",
        f"r{n}-decision": "accept",
        f"r{n}-strength": "committed",
        f"r{n}-countries": ["iq"],
        f"r{n}-due": "أيلول 2024",
        f"r{n}-summary_en": "Work on a memorandum begins.",
    }
    desk.post(address(kept), related(desk, kept, **sent))
    made = Undertaking.objects.get()
    assert (made.passage.statement, made.passage.number) == (Statement.objects.get(), 2)
    assert (made.strength, str(made.due), made.number) == ("committed", "2024-09", 1)
    assert made.summary_en == "Work on a memorandum begins."
    assert made.summary_ar.startswith("قرر الجانبان")
    assert [country.slug for country in made.countries.all()] == ["iq"]
    changes = Change.objects.of(made).values_list("operation", "editor")
    assert set(changes) == {("INSERT", kept.created_by.pk)}


def test_relations_that_were_refused_or_left_are_not_made(desk: Client, kept: Paste) -> None:
    n, _ = relation(kept, "undertaking")
    desk.post(address(kept), related(desk, kept, confirm="1", **{f"r{n}-decision": "refuse"}))
    assert Statement.objects.exists()
    assert not Undertaking.objects.exists()
    assert not Participation.objects.exists()


def test_an_accepted_head_takes_part_in_the_chosen_event(desk: Client, kept: Paste) -> None:
    n, found = relation(kept, "delegate")
    assert (found.certain, found.fields, found.about["party"]) == (True, {"role": "head"}, "iq")
    sent = {"confirm": "1", f"r{n}-decision": "accept"}
    desk.post(address(kept), related(desk, kept, **sent))
    made = Participation.objects.get()
    assert (made.event.slug, made.official and made.official.slug, made.role) == (
        "us-iraq-jscd-2",
        "thabit-al-abbasi",
        "head",
    )
    assert (made.country and made.country.slug, made.standing) == ("iq", "reported")
    assert made.passage
    assert made.passage.article == Article.objects.get()


def test_what_is_certain_is_accepted_together_and_no_undertaking_is(
    desk: Client, kept: Paste
) -> None:
    desk.post(address(kept), related(desk, kept, accept="certain"))
    kept.refresh_from_db()
    decided_ = {key.partition(":")[0] for key, choice in choices(kept).items() if choice.decision}
    assert decided_ == {"delegate"}


def test_choices_are_kept_as_one_works_and_shown_again(desk: Client, kept: Paste) -> None:
    n, found = relation(kept, "undertaking")
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    sent = {"shown": "1", "decision": "accept", "strength": "intends", "due": "2025", "summary_en": "x"}  # fmt: skip
    assert desk.post(keep, {f"r{n}-{name}": value for name, value in sent.items()}).status_code == 200  # fmt: skip
    kept.refresh_from_db()
    choice = choices(kept)[found.key]
    assert (choice.decision, choice.fields["strength"]) == ("accept", "intends")
    form = related(desk, kept)
    assert (form[f"r{n}-decision"], form[f"r{n}-due"]) == ("accept", "2025")
    desk.post(address(kept), related(desk, kept, confirm="1"))
    assert Undertaking.objects.get().strength == "intends"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("due", "the day after never", "was not understood as a date"),
        ("follows", "nowhere#p1", "is not there any more"),
        ("summary_ar", "", "needs a summary"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_lost(
    desk: Client, kept: Paste, name: str, value: str, said: str
) -> None:
    n, found = relation(kept, "undertaking")
    sent = {"confirm": "1", f"r{n}-decision": "accept", f"r{n}-{name}": value}
    shown = desk.post(address(kept), related(desk, kept, **sent)).content.decode()
    assert said in shown
    assert not Statement.objects.exists()
    kept.refresh_from_db()
    assert (kept.state, choices(kept)[found.key].fields[name]) == ("open", value)


@pytest.mark.parametrize(
    "sent",
    [{"decision": "link:official/x"}, {"decision": "\x00"}, {"strength": "shouted"}, {"shown": "1"}],
    ids=str,
)  # fmt: skip
def test_a_choice_that_makes_no_sense_decides_nothing(
    desk: Client, kept: Paste, sent: dict[str, str]
) -> None:
    n, found = relation(kept, "undertaking")
    keep = reverse("admin:statements_paste_keep", args=[kept.pk])
    fields = {"shown": "1"} | sent
    assert desk.post(keep, {f"r{n}-{name}": value for name, value in fields.items()}).status_code == 200  # fmt: skip
    kept.refresh_from_db()
    choice = choices(kept).get(found.key)
    assert choice is None or (choice.decision, choice.fields["strength"]) == ("", "decided")


def test_a_delegate_who_is_nobody_yet_waits_for_his_name(desk: Client, kept: Paste) -> None:
    n, _ = relation(kept, "delegate")
    minister = number(kept, "ثابت العباسي")
    sent = {"confirm": "1", f"r{n}-decision": "accept", f"p{minister}-decision": "refuse"}
    shown = desk.post(address(kept), related(desk, kept, **sent)).content.decode()
    assert "decide among the names who that is" in shown
    assert not Statement.objects.exists()


def test_a_later_round_offers_what_it_may_follow_and_is_linked_to_it() -> None:
    dialogue = cast.dialogue()
    dialogue.countries.set([cast.iraq(), cast.america()])
    first = cast.july_round(slug="us-iraq-jscd-1", title_en="First round", date="2023-08-07/2023-08-08")  # fmt: skip
    Round.objects.create(dialogue=dialogue, event=first, number=1)
    cast.july_round(dialogue)
    earlier = cast.july_statement(slug="first-2023", date="2023-08-08", event=first)
    passage = earlier.passages.get(number=2)
    Undertaking.objects.create(passage=passage, strength="decided", summary_ar="يبدأ الجانبان العمل على مذكرة تفاهم.", summary_en="Work on a memorandum begins.")  # fmt: skip
    kept = paste(PAGE, cast.user("editor"))
    n, found = relation(kept, "undertaking")
    assert found.fields["follows"] == "first-2023#p2"
    assert found.fields["countries"] == "iq us"
    client = Client()
    client.force_login(kept.created_by)
    shown = client.get(address(kept)).content.decode()
    assert "Work on a memorandum begins." in shown
    client.post(address(kept), related(client, kept, confirm="1", **{f"r{n}-decision": "accept"}))
    made = Undertaking.objects.exclude(passage=passage).get()
    assert made.follows == passage
    assert {country.slug for country in made.countries.all()} == {"iq", "us"}


def test_a_statement_that_an_article_uses_is_linked_when_accepted() -> None:
    dialogue = cast.dialogue()
    event = cast.july_round(dialogue)
    statement = cast.july_statement(event=event)
    told = "قال بيان مشترك إن الجولة الثانية من حوار التعاون الأمني المشترك عقدت يومي 22 و23 تموز 2024."
    text = f"خبر من واشنطن عن الحوار\n\nجريدة المرفأ | سلمى الهاشم | 25 تموز 2024\n\n{told}\n\n{cast.ARABIC[1]}"
    kept = paste(text, cast.user("editor"))
    n, found = relation(kept, "used")
    assert (found.fields["relation"], found.certain) == ("carries", False)
    assert [one["how"] for one in found.about["passages"]] == ["absent", "same"]
    client = Client()
    client.force_login(kept.created_by)
    sent = {"confirm": "1", f"r{n}-decision": "accept", f"r{n}-relation": "quotes"}
    client.post(address(kept), related(client, kept, **sent))
    carriage = Carriage.objects.get()
    assert (carriage.statement, carriage.relation) == (statement, "quotes")


def test_the_screen_shows_what_the_article_carries(desk: Client, kept: Paste) -> None:
    carried = "قرر الجانبان في حوار التعاون الأمني المشترك الثاني البدء في العمل على مذكرة تفاهم."
    text = PAGE.replace("وقال العباسي", f"{carried}\n\nوقال العباسي")
    again = paste(text, kept.created_by)
    (shown,) = desk.get(address(again)).context["carried"]
    assert [(one["number"], one["in"]) for one in shown.same] == [(2, [2])]
    assert [one["number"] for one in shown.absent] == [1]
    assert "word for word" in desk.get(address(again)).content.decode()


def test_a_draft_made_before_relations_were_read_is_decided_as_ever(
    desk: Client, kept: Paste
) -> None:
    for document in kept.draft["documents"]:
        del document["undertakings"], document["delegates"]
    for document in kept.draft["arabic"]["documents"]:
        del document["undertakings"], document["delegates"]
    del kept.draft["used"], kept.draft["arabic"]["used"]
    for link in kept.draft["links"]:
        del link["passages"]
    kept.save()
    assert desk.get(address(kept).replace("/en/", "/ar/")).status_code == 200
    desk.post(address(kept), sheet(desk, kept, confirm="1"))
    assert Statement.objects.exists()
