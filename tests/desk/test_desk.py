"""The editors' desk: every record, few queries, Arabic under any spelling, three groups, history taken back, nothing typed lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from statements.actions import merge
from statements.models import (
    Change,
    Conflict,
    Country,
    Event,
    Mention,
    Official,
    OldAddress,
    Organization,
    Outlet,
    Paste,
    Place,
    Source,
    State,
    Statement,
    Theme,
)
from tests import cast
from tests.ingest.test_ingest import PAGE

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"
#: Records of the desk that stand alone, with a list of their own; the others are edited inside them.
ALONE = [
    model
    for model in admin.site._registry
    if model._meta.app_label == "statements"  # and what Django brings is Django's to test
]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.user("editor"))
    return client


def page(client: Client, address: str, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, (address, response.status_code)
    return html.unescape(response.content.decode())


def listing(model: Any) -> str:
    return f"/en/admin/statements/{model._meta.model_name}/"


# Every record


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_every_record_has_a_list_and_a_form_in_both_languages(
    editor: Client, model: Any, language: str
) -> None:
    minister = cast.minister(cast.post())
    cast.take_part(cast.july_round(cast.dialogue()), minister)
    cast.july_statement(minister)
    cast.article()
    direction = "rtl" if language == "ar" else "ltr"
    address = f"/{language}/admin/statements/{model._meta.model_name}/"
    assert f'dir="{direction}"' in page(editor, address)
    options = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = cast.user("administrator")
    if options.has_add_permission(request):
        assert "<form" in page(editor, f"{address}add/")
    record = model._default_manager.first()
    if record is not None:
        assert f'dir="{direction}"' in page(editor, f"{address}{record.pk}/change/")


def forms_of(options: Any, request: Any) -> list[tuple[Any, str]]:
    """A record's form and those of its inlines, each with the name of the field that points at the record."""
    inlines = options.get_formsets_with_inlines(request)
    return [
        (options.get_form(request), ""),
        *((formset.form, formset.fk.name) for formset, _ in inlines),
    ]


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_every_field_explains_itself_with_an_example(model: Any) -> None:
    options = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = cast.user("administrator")
    if not options.has_change_permission(request) or model is Paste:
        return
    forms = forms_of(options, request)
    silent = []
    for language, example in (("en", "[Ee]\\.g\\.|“"), ("ar", "مثل|«")):
        with override(language):
            silent += [
                f"{language} {form.__name__}.{name}: {field.help_text}"
                for form, parent in forms
                for name, field in form.base_fields.items()
                if name != parent
                and not field.widget.is_hidden
                and not re.search(example, str(field.help_text))
            ]
    assert not silent


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_every_field_and_column_has_an_arabic_name(model: Any) -> None:
    options = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = cast.user("administrator")
    with override("ar"):
        labels = {
            name: label_for_field(name, model, options)
            for name in options.get_list_display(request)
        }
        labels |= {f"kind {model.__name__}": model._meta.verbose_name}
        if options.has_change_permission(request) and model is not Paste:
            shown = options.get_readonly_fields(request)
            labels |= {name: label_for_field(name, model, options) for name in shown}
            for form, parent in forms_of(options, request):
                for name, field in form.base_fields.items():
                    if name != parent and not field.widget.is_hidden:
                        labels[f"{form.__name__}.{name}"] = field.label
        foreign = {
            name: str(label)
            for name, label in labels.items()
            if not re.search("[ء-ي]", str(label)) and name != "sha256"
        }
    assert not foreign


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_every_relation_is_chosen_by_autocompletion(model: Any) -> None:
    options = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = cast.user("administrator")
    if not options.has_change_permission(request) or model is Paste:
        return
    forms = forms_of(options, request)
    plain = [
        f"{form.__name__}.{name}: {type(field.widget).__name__}"
        for form, parent in forms
        for name, field in form.base_fields.items()
        if name != parent
        and hasattr(field, "queryset")
        and not field.widget.is_hidden
        and "Autocomplete" not in type(getattr(field.widget, "widget", field.widget)).__name__
    ]
    assert not plain


def make(model: Any, number: int) -> None:
    """Many records of a kind, with the relations that its list shows."""
    rows = range(number)
    organization = Organization.objects.filter(slug="iq-mod").first() or cast.ministry()
    if model is Statement:
        event = Event.objects.filter(slug="e").first() or Event.objects.create(
            slug="e", title_en="An event", date="2024"
        )
        model.objects.bulk_create(
            Statement(slug=f"s{n}-{number}", title_en="A text", event=event, date="2024-07")
            for n in rows
        )
    elif model is Mention:
        minister = Official.objects.filter(slug="thabit-al-abbasi").first() or cast.minister()
        first = Mention.objects.first() or cast.name(
            cast.july_statement(), minister, "ثابت العباسي", "ar"
        )
        model.objects.bulk_create(
            Mention(
                text=first.text, layer="text", start=n, end=1000 + number + n,
                as_printed="x", type="official", outcome="one", official=minister, decided=False,
            )
            for n in rows
        )  # fmt: skip
    else:
        country = cast.iraq()
        relation = {
            "Official": {"country": country},
            "Organization": {"country": country, "type": "ministry"},
            "Post": {"organization": organization},
            "Event": {"date": "2024"},
        }[model.__name__]
        words = "name_en" if hasattr(model, "name_en") else "title_en"
        model.objects.bulk_create(
            model(slug=f"r{n}-{number}", **{words: f"Name {n}"}, **relation) for n in rows
        )


@pytest.mark.parametrize(
    "kind", ["statement", "official", "organization", "post", "event", "mention"]
)
def test_a_list_of_a_thousand_costs_no_more_queries_than_one_of_ten(
    editor: Client, kind: str
) -> None:
    model = next(model for model in ALONE if model._meta.model_name == kind)
    make(model, 10)
    page(editor, listing(model))  # what is cached once
    with CaptureQueriesContext(connection) as few:
        page(editor, listing(model))
    make(model, 1000)
    with CaptureQueriesContext(connection) as many:
        page(editor, listing(model))
    assert len(many) <= len(few)
    assert len(many) < 20


# Lists and search


def test_lists_open_on_work_to_do_and_say_so_when_there_is_none(editor: Client) -> None:
    cast.july_statement()
    assert "Nothing here waits for an editor" in page(editor, listing(Statement))
    assert "Joint statement of July 2024" in page(editor, listing(Statement), work="all")
    cast.july_statement(slug="draft", title_en="A draft to finish", state=State.DRAFT)
    shown = page(editor, listing(Statement))
    assert "A draft to finish" in shown
    assert "Joint statement of July 2024" not in shown


def test_a_search_looks_among_all_records_and_not_only_at_what_waits(editor: Client) -> None:
    cast.minister()
    assert "Thabit al-Abbasi" not in page(editor, listing(Official))
    assert "Thabit al-Abbasi" in page(editor, listing(Official), q="العبّاسى")
    shown = page(editor, listing(Official), q="nobody of this name")
    assert "Nothing here waits" not in shown


def test_records_without_a_date_and_texts_to_confirm_are_lists_of_work(editor: Client) -> None:
    cast.july_statement()
    cast.july_statement(slug="undated", title_en="A text of no day", date="", state=State.DRAFT)
    shown = page(editor, listing(Statement), work="undated")
    assert "A text of no day" in shown
    assert "Joint statement of July 2024" not in shown
    editor.get(listing(Official), {"work": "undated"})  # a kind without dates has no such list
    assert "Nothing here waits" in page(editor, listing(Paste))
    editor.post(f"{listing(Paste)}add/", {"text": PAGE})
    assert "Nothing here waits" not in page(editor, listing(Paste))


def test_a_passage_is_edited_beside_its_words(editor: Client) -> None:
    passage = cast.july_statement().passages.get(number=2)
    shown = page(editor, f"/en/admin/statements/passage/{passage.pk}/change/")
    assert cast.ARABIC[1] in shown
    assert cast.ENGLISH[1] in shown


def test_a_mention_is_decided_where_it_stands(editor: Client) -> None:
    minister = cast.minister()
    mention = cast.name(cast.july_statement(), minister, "ثابت العباسي", "ar")
    Mention.objects.filter(pk=mention.pk).update(
        outcome="several", official=None, candidates=[minister.slug], decided=False
    )
    address = f"{listing(Mention)}{mention.pk}/change/"
    shown = page(editor, address)
    assert "<mark>ثابت العباسي</mark>" in shown
    assert f"/official/{minister.pk}/change/" in shown
    form = {"type": "official", "outcome": "one", "reason_en": "", "reason_ar": ""}
    refused = editor.post(address, form)
    assert "errornote" in refused.content.decode()
    assert editor.post(address, {**form, "official": minister.pk}).status_code == 302
    mention.refresh_from_db()
    assert (mention.outcome, mention.official, mention.decided) == ("one", minister, True)


def test_changes_are_listed_and_shown_in_words(editor: Client) -> None:
    minister = cast.minister()
    minister.rank_en = "General"
    minister.save()
    change = Change.objects.of(minister).first()
    for address in (listing(Change), f"{listing(Change)}{change.pk}/change/"):
        shown = page(editor, address)
        assert "statements_official" not in re.sub(r'"[^"]*"', "", shown)
        assert "Official" in shown
    assert '<td dir="auto">General</td>' in shown


def test_the_front_page_counts_what_waits_in_one_query_more(editor: Client) -> None:
    minister = cast.minister(state=State.IN_REVIEW)
    statement = cast.july_statement(minister, state=State.DRAFT)
    Mention.objects.filter(text__passage__statement=statement).update(decided=False)
    with CaptureQueriesContext(connection) as asked:
        shown = page(editor, "/en/admin/")
    work = re.sub(r"<[^>]+>|\s+", " ", shown[shown.index("Waiting for you") :])
    assert re.search(r"Officials · in review +1 ", work)
    assert re.search(r"Statements · draft +1 ", work)
    assert re.search(r"Mentions · to decide +2 ", work)
    assert len(asked) < 10


@pytest.mark.parametrize(
    "typed",
    ["العبّاسي", "العباسى", "abbasi", "ABBASI", "ثابت", "محمّد العباسى", "  thabit   ABB "],
)
def test_the_desk_finds_an_official_under_any_spelling(editor: Client, typed: str) -> None:
    minister = cast.minister()
    other = cast.minister(slug="other", name_en="Somebody Else", name_ar="شخص آخر")
    other.names.all().delete()
    shown = page(editor, listing(Official), q=typed, work="all")
    assert f"/official/{minister.pk}/change/" in shown
    assert "Somebody Else" not in shown
    found = editor.get(
        "/en/admin/autocomplete/",
        {"term": typed, "app_label": "statements", "model_name": "statement", "field_name": "speaker"},
    ).json()  # fmt: skip
    assert [row["id"] for row in found["results"]] == [str(minister.pk)]


@pytest.mark.parametrize("typed", ["%_%", "\x00", "'; DROP TABLE", "((((((((((", "\\", "\ud800"])
def test_hostile_searches_find_nothing_and_break_nothing(editor: Client, typed: str) -> None:
    cast.minister()
    response = editor.get(
        listing(Official), {"q": typed.encode("utf-8", "surrogatepass"), "work": "all"}
    )
    assert response.status_code == 200


# Groups


def test_a_contributor_writes_drafts_and_changes_nothing_that_readers_see(client: Client) -> None:
    client.force_login(cast.user("contributor"))
    draft = cast.july_statement(slug="draft", state=State.DRAFT)
    public = cast.july_statement()
    page(client, f"{listing(Statement)}{draft.pk}/change/")
    move = f"{listing(Statement)}{draft.pk}/move/"
    assert client.post(move, {"verb": "publish"}).status_code == 403
    assert (
        client.post(f"{listing(Statement)}{public.pk}/move/", {"verb": "review"}).status_code == 403
    )
    for action in ("publish", "withdraw", "merge_records"):
        client.post(
            listing(Statement) + "?work=all",
            {"action": action, "_selected_action": [draft.pk, public.pk]},
        )
    draft.refresh_from_db()
    public.refresh_from_db()
    assert (draft.state, public.state) == (State.DRAFT, State.PUBLISHED)
    saved = client.post(f"{listing(Statement)}{public.pk}/change/", {"title_en": "Changed"})
    assert saved.status_code == 403
    assert (
        client.post(f"{listing(Statement)}{public.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert client.post(move, {"verb": "review"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW


def test_a_contributor_completes_relations_and_an_outsider_sees_nothing(client: Client) -> None:
    cast.minister()
    query = {
        "term": "abbasi",
        "app_label": "statements",
        "model_name": "statement",
        "field_name": "speaker",
    }
    address = "/en/admin/autocomplete/"
    assert client.get(address, query).status_code == 302
    client.force_login(cast.user("contributor"))
    assert len(client.get(address, query).json()["results"]) == 1


def test_only_administrators_keep_users(client: Client) -> None:
    for group, status in (("contributor", 403), ("editor", 403), ("administrator", 200)):
        client.force_login(cast.user(group))
        assert client.get("/en/admin/auth/user/").status_code == status


@pytest.mark.parametrize("model", ALONE, ids=lambda model: model.__name__)
def test_nobody_enters_without_an_account(client: Client, model: Any) -> None:
    for address in (listing(model), f"{listing(model)}1/change/", f"{listing(model)}1/history/"):
        assert client.get(address).status_code == 302


# Publication, preview, merge


def test_an_editor_publishes_from_the_list_and_follows_the_link_to_the_page(editor: Client) -> None:
    draft = cast.july_statement(state=State.DRAFT)
    assert editor.get(draft.get_absolute_url()).status_code == 404
    preview = page(editor, f"{listing(Statement)}{draft.pk}/preview/")
    assert "readers do not see this page yet" in preview
    editor.post(listing(Statement), {"action": "publish", "_selected_action": draft.pk})
    assert editor.get(draft.get_absolute_url()).status_code == 200
    assert draft.get_absolute_url() in page(editor, f"{listing(Statement)}{draft.pk}/change/")


def test_a_statement_without_a_date_is_not_published_and_the_desk_says_why(editor: Client) -> None:
    draft = cast.july_statement(state=State.DRAFT, date="")
    answer = editor.post(f"{listing(Statement)}{draft.pk}/move/", {"verb": "publish"}, follow=True)
    assert "It has no date." in html.unescape(answer.content.decode())
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_two_records_become_one_and_the_old_address_leads_on(editor: Client) -> None:
    kept = cast.minister()
    double = cast.minister(
        slug="muhammad-al-abbasi", name_en="Muhammad al-Abbasi", name_ar="محمد العباسي"
    )
    statement = cast.july_statement(double)
    form = {"action": "merge_records", "_selected_action": [kept.pk, double.pk]}
    asked = editor.post(listing(Official) + "?work=all", form)
    assert b"become one" in asked.content
    assert Official.objects.count() == 2
    editor.post(
        listing(Official) + "?work=all", {**form, "sure": "1", "kept": kept.pk, "reason": "one man"}
    )
    assert Official.objects.get() == kept
    assert set(
        Mention.objects.filter(text__passage__statement=statement).values_list(
            "official", flat=True
        )
    ) == {kept.pk}
    assert kept.names.filter(form="Muhammad al-Abbasi").exists()
    moved = editor.get("/ar/officials/muhammad-al-abbasi/")
    assert (moved.status_code, moved.url) == (301, "/ar/officials/thabit-al-abbasi/")
    assert Change.objects.filter(reason="one man").exists()


def test_merging_one_record_or_none_says_what_to_do(editor: Client) -> None:
    kept = cast.minister()
    answer = editor.post(
        listing(Official) + "?work=all",
        {"action": "merge_records", "_selected_action": kept.pk},
        follow=True,
    )
    assert b"Choose two records or more" in answer.content
    assert not OldAddress.objects.exists()


def test_a_ruling_follows_a_claim_that_is_there(editor: Client) -> None:
    statement = cast.july_statement()
    form = {
        "question_en": "Which day?", "question_ar": "أي يوم؟", "statement": statement.pk, "ruling": "2",
        "claims-TOTAL_FORMS": "2", "claims-INITIAL_FORMS": "0", "claims-0-number": "1", "claims-0-value_en": "The 23rd",
        "claims-1-number": "3", "claims-1-value_en": "The 24th",
    }  # fmt: skip
    refused = editor.post(f"{listing(Conflict)}add/", form)
    assert "The ruling follows claim 2, which is not among the claims." in refused.content.decode()
    assert not Conflict.objects.exists()
    editor.post(f"{listing(Conflict)}add/", {**form, "claims-1-number": "2"})
    conflict = Conflict.objects.get()
    assert conflict.claims.get(number=conflict.ruling).value_en == "The 24th"


def test_a_list_tells_dates_in_the_editors_language(editor: Client) -> None:
    cast.july_statement()
    assert "24 July 2024" in page(editor, listing(Statement), work="all")
    arabic = page(editor, listing(Statement).replace("/en/", "/ar/"), work="all")
    assert "24 تموز/يوليو 2024" in arabic


# History


def test_a_change_is_read_as_a_difference_and_taken_back(editor: Client) -> None:
    minister = cast.minister()
    minister.rank_en = "General"
    minister.save()
    history = f"{listing(Official)}{minister.pk}/history/"
    shown = page(editor, history)
    assert "General" in shown
    minister.name_en = "Thabit Muhammad al-Abbasi"
    minister.save()
    shown = page(editor, history)
    assert "<span>Thabit</span> <ins>Muhammad</ins> <span>al-Abbasi</span>" in shown
    assert "changed: official" in shown
    assert "statements_official" not in shown
    change = (
        Change.objects.of(minister).filter(before__rank_en="", after__rank_en="General").first()
    )
    assert change is not None
    editor.post(f"{history}{change.pk}/take-back/")
    minister.refresh_from_db()
    assert minister.rank_en == ""
    assert Change.objects.of(minister).first().editor.username == "editor"


def test_a_contributor_may_read_the_history_but_not_take_it_back(client: Client) -> None:
    minister = cast.minister()
    client.force_login(cast.user("contributor"))
    history = f"{listing(Official)}{minister.pk}/history/"
    assert "Take back" not in page(client, history)
    change = Change.objects.of(minister).first()
    assert client.post(f"{history}{change.pk}/take-back/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_merge_is_taken_back_whole_from_the_history_of_the_one_that_stayed(
    client: Client,
) -> None:
    editor = cast.user("editor")
    kept = cast.minister()
    double = cast.minister(slug="muhammad-al-abbasi", name_en="Muhammad al-Abbasi")
    event = cast.july_round()
    cast.take_part(event, double)
    merge(kept, double, editor)
    client.force_login(editor)
    history = f"{listing(Official)}{kept.pk}/history/"
    step = re.search(r'action="(step/\d+/take-back/)"', page(client, history))
    assert step is not None
    assert client.get(history + step[1]).status_code == 403  # a link changes nothing
    answer = client.post(history + step[1], follow=True)
    assert "The whole step was taken back." in answer.content.decode()
    assert event.participations.get().official.slug == "muhammad-al-abbasi"
    assert Official.objects.count() == 2
    again = client.post(history + step[1], follow=True)
    assert "cannot be taken back" in html.unescape(again.content.decode())
    assert Official.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_deleted_record_comes_back_from_the_list_of_changes(client: Client) -> None:
    minister = cast.minister()
    statement = cast.july_statement(minister)
    minister.delete()
    assert not statement.passages.filter(texts__mentions__official__isnull=False).exists()
    change = Change.objects.get(table_name="statements_official", operation="DELETE")
    form = {"action": "take_back", "_selected_action": change.pk}
    client.force_login(cast.user("contributor"))
    client.post(listing(Change), form)
    assert not Official.objects.exists()
    client.force_login(cast.user("editor"))
    answer = client.post(listing(Change), form, follow=True)
    assert "The whole step was taken back." in answer.content.decode()
    assert Official.objects.get().slug == "thabit-al-abbasi"
    assert Mention.objects.filter(official__slug="thabit-al-abbasi", outcome="one").count() == 2


# Nothing typed is lost


def test_a_form_sent_after_the_session_ended_comes_back_and_goes_on_after_signing_in() -> None:
    cast.user("editor")
    client = Client(enforce_csrf_checks=True)
    country = cast.iraq()
    client.get("/en/admin/login/")
    token = client.cookies["csrftoken"].value
    typed = {
        "name_en": "Typed for an hour", "name_ar": "كُتب في ساعة\nوسطر ثان", "country": country.pk,
        "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0",
        "tenures-TOTAL_FORMS": "0", "tenures-INITIAL_FORMS": "0",
    }  # fmt: skip
    address = f"{listing(Official)}add/"
    kept = client.post(address, {**typed, "csrfmiddlewaretoken": token})
    assert kept.status_code == 403
    assert "Typed for an hour" in kept.content.decode()
    hidden = dict(
        re.findall(
            r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', kept.content.decode(), re.S
        )
    )
    hidden = {name: html.unescape(value) for name, value in hidden.items()}
    wrong = {"resume-username": "editor", "resume-password": "wrong", "csrfmiddlewaretoken": token}
    again = client.post(address, {**hidden, **wrong})
    assert "is not right" in again.content.decode()
    assert not Official.objects.exists()
    done = client.post(address, {**hidden, **wrong, "resume-password": PASSWORD})
    assert done.status_code == 302
    made = Official.objects.get()
    assert (made.name_en, made.country) == ("Typed for an hour", country)
    assert "_auth_user_id" in client.session


def test_a_reader_without_a_seat_at_the_desk_cannot_resume_a_form(client: Client) -> None:
    from django.contrib.auth import get_user_model

    get_user_model().objects.create_user("reader", password=PASSWORD)
    client.post(
        f"{listing(Theme)}add/",
        {"name_en": "x", "resume-username": "reader", "resume-password": PASSWORD},
    )
    assert not Theme.objects.exists()
    assert "_auth_user_id" not in client.session


# Pastes


def test_the_same_text_pasted_twice_opens_the_draft_that_exists(editor: Client) -> None:
    first = editor.post(f"{listing(Paste)}add/", {"text": PAGE})
    second = editor.post(f"{listing(Paste)}add/", {"text": PAGE})
    assert first.url == second.url
    assert Paste.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Paste a text"), ("   \n ", "There is no text"), ("x" * 2_000_001, "characters")],
    ids=["empty", "blank", "endless"],
)
def test_an_empty_or_endless_paste_gets_a_sentence(
    editor: Client, text: str, sentence: str
) -> None:
    answer = editor.post(f"{listing(Paste)}add/", {"text": text})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert sentence in answer.content.decode()
    assert not Paste.objects.exists()


def test_a_paste_is_confirmed_once(editor: Client) -> None:
    address = editor.post(f"{listing(Paste)}add/", {"text": PAGE}).url
    shown = editor.get(address)
    form = {"confirm": "1"}
    for entry in shown.context["documents"]:
        for field in entry["form"]:
            value = field.value()
            form[field.html_name] = getattr(value, "pk", value) if value is not None else ""
    editor.post(address, form)
    assert Statement.objects.count() == 1
    editor.post(address, form)
    assert Statement.objects.count() == 1
    assert Statement.objects.get().state == State.DRAFT


def test_records_named_in_tests_exist() -> None:
    """The list of records that stand alone is not empty by accident."""
    assert {Statement, Official, Event, Organization, Source, Outlet, Country, Place, Paste} <= set(
        ALONE
    )
