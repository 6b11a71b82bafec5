"""Management commands: what they print, what they refuse and with which exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import connection, transaction

from statements.actions import rename
from statements.models import Article, Capture, Change, Claim, Conflict, Paste, Statement
from statements.models.checks import database_fits
from statements.search.settling import rebuild
from tests import cast
from tests.ingest import files
from tests.ingest.test_ingest import PAGE
from tests.text.test_sketch import SECOND

OURS = sorted(name for name, app in get_commands().items() if app == "statements")


def run(name: str, *arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("name", OURS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    from django.core.management import load_command_class

    assert f"manage.py {name}" in load_command_class("statements", name).help


# Dates


def test_dates_are_read_from_the_command_line_and_against_a_day() -> None:
    assert run("read_dates", "تموز 2024").split("\t")[1].strip() == "2024-07"
    assert run("read_dates", "روسيا اليوم", on="2024-07-25").split("\t")[1].strip() == "no date"
    assert run("read_dates", "last summer", on="2024-07-25").split("\t")[1].strip() == "2023-22"


def test_lines_come_back_with_their_date_and_all_that_was_in_them(tmp_path: Path) -> None:
    file = tmp_path / "dates.jsonl"
    rows = [{"id": 7, "text": "أمس", "reference": "2024-07-25"}, {"text": "no day at all"}]
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", "utf-8")
    lines = [json.loads(line) for line in run("read_dates", jsonl=str(file)).splitlines()]
    assert lines == [{**rows[0], "edtf": "2024-07-24"}, {**rows[1], "edtf": None}]


def test_what_a_line_may_mean_as_well_comes_back_with_it(tmp_path: Path) -> None:
    file = tmp_path / "dates.jsonl"
    rows = [{"text": "03/04/2024"}, {"text": "الاثنين 24 تموز 2024"}, {"text": "\ud800 2024"}]
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8-sig")
    first, second, third = (
        json.loads(line) for line in run("read_dates", jsonl=str(file)).splitlines()
    )
    assert first == {"text": "03/04/2024", "edtf": "2024-04-03", "alternatives": ["2024-03-04"]}
    assert second["edtf"] == "2024-07-24?"
    assert "weekday" in second["warnings"][0]
    assert third == {"text": "\ud800 2024", "edtf": None}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1]", "line 1"),
        ('{"text": "x"}\n{"words": "x"}', "line 2"),
        ('{"text": "x", "reference": "July"}', "line 1"),
        ("\n\n{", "line 3"),
        ('{"text": 5}', "line 1"),
        ('{"text": null}', "line 1"),
        ("[" * 100_000, "line 1"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "dates.jsonl"
    file.write_text(content, "utf-8")
    with pytest.raises(CommandError, match=said):
        run("read_dates", jsonl=str(file))


def test_no_expression_a_wrong_day_and_a_missing_file_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Name a date expression"):
        run("read_dates")
    with pytest.raises(CommandError, match="is not a day"):
        run("read_dates", "x", on="32 July")
    with pytest.raises(CommandError, match="cannot be read"):
        run("read_dates", jsonl=str(tmp_path / "none"))


# Ingest


@pytest.mark.django_db
def test_a_dry_run_prints_the_draft_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, "utf-8")
    before = Change.objects.count()
    draft = json.loads(run("ingest", file, dry_run=True, json=True))
    assert [document["kind"] for document in draft["documents"]] == ["article", "statement"]
    for document in draft["documents"]:
        for passage in document["passages"]:
            assert PAGE[passage["start"] : passage["end"]] == passage["text"]
        for found in (*document["dates"], *document["mentions"]):
            assert PAGE[found["start"] : found["end"]] == found["as_printed"]
    assert (Change.objects.count(), Capture.objects.count()) == (before, 0)


@pytest.mark.django_db
def test_a_file_taken_in_twice_is_one_set_of_drafts(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, "utf-8")
    run("ingest", file)
    assert "taken in before" in run("ingest", file)
    assert (Article.objects.count(), Statement.objects.count()) == (1, 1)
    assert not Statement.objects.published().exists()
    assert bytes(Capture.objects.get().content).decode() == PAGE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"page.txt: The file is empty"),
        (b" \n \n", r"page.txt: The file is empty"),
        (b"\xff\xfe\x00", r"page.txt: The letters of this text cannot be told"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), r"page.txt: This is a picture"),
        (b"\xd7", r"page.txt: The letters"),
        (None, r"page.txt: It cannot be read \(No such file"),
    ],
)
def test_a_file_that_is_no_text_is_a_sentence_that_names_it(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "page.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        run("ingest", file)
    assert not Capture.objects.exists()


def folder(at: Path) -> Path:
    """A folder of sources of every kind, two of which cannot be taken in."""
    (at / "inner").mkdir(parents=True)
    (at / "page.txt").write_text(PAGE, "utf-8")
    (at / "inner" / "page.html").write_bytes(files.page().encode())
    (at / "inner" / "statement.docx").write_bytes(files.docx(files.ENGLISH))
    (at / "copy.txt").write_text(PAGE.replace("\n", "\r\n"), "utf-16")
    (at / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (at / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (at / ".hidden").write_bytes(b"\x00")
    return at


@pytest.mark.django_db
def test_many_are_taken_in_whatever_becomes_of_each_with_a_bar_and_a_summary(
    tmp_path: Path,
) -> None:
    out, bar = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("ingest", folder(tmp_path / "all"), stdout=out, stderr=bar)
    assert "6 of 6 in" in bar.getvalue()
    assert "█" in bar.getvalue()
    lines = out.getvalue().splitlines()
    assert sum("taken in before" in line for line in lines[:-1]) == 1
    assert "6 seen: 5 drafts made, 1 taken in before, 0 near" in lines[-1]
    assert "2 refused" in lines[-1]
    assert "matched" in lines[-1]
    reasons = str(refused.value).splitlines()
    assert [Path(line.partition(": ")[0]).name for line in reasons] == ["broken.pdf", "picture.png"]
    assert "This is a picture" in reasons[1]
    assert refused.value.returncode == 1
    assert (Article.objects.count(), Statement.objects.count()) == (2, 3)


@pytest.mark.django_db
def test_the_order_in_which_sources_are_given_changes_nothing(tmp_path: Path) -> None:
    made = []
    paths = sorted(path for path in folder(tmp_path / "all").rglob("*.*") if path.is_file())
    good = [path for path in paths if path.suffix not in (".png", ".pdf") and path.name[0] != "."]
    for given in (good, good[::-1], [*good[1:], good[0], good[0]]):
        with transaction.atomic():
            lines = run("ingest", *given, stderr=io.StringIO()).splitlines()
            made.append([line for line in lines if " draft " in line or "before" in line])
            transaction.set_rollback(True)
    assert made[0] == made[1] == made[2]
    assert len(made[0]) > 4


@pytest.mark.django_db
def test_a_near_copy_waits_for_an_editor(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SECOND, "utf-8")
    (tmp_path / "b.txt").write_text(SECOND.replace("begin work on", "draft"), "utf-8")
    said = run("ingest", tmp_path, stderr=io.StringIO())
    assert "b.txt: nearly a source that is there; waits at the desk." in said
    assert Statement.objects.count() == 1
    assert sorted(Paste.objects.values_list("state", flat=True)) == ["confirmed", "open"]


@pytest.mark.django_db
def test_an_address_that_is_private_is_refused_with_a_sentence() -> None:
    with pytest.raises(CommandError, match="http://127.0.0.1/: The address leads into a private"):
        run("ingest", "http://127.0.0.1/")


@pytest.mark.django_db
def test_a_dry_run_of_a_page_prints_the_text_that_its_places_count_in(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(files.page(), "utf-8")
    draft = json.loads(run("ingest", file, dry_run=True, json=True))
    for document in draft["documents"]:
        for passage in document["passages"]:
            assert draft["text"][passage["start"] : passage["end"]] == passage["text"]
    assert not Capture.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_of_a_text_prints_the_draft_and_not_a_key_more(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, "utf-8")
    draft = json.loads(run("ingest", file, dry_run=True, json=True))
    assert list(draft) == ["documents", "links", "used", "warnings", "furniture"]


# Integrity


def sound() -> Statement:
    """An archive in which nothing is wrong, and something of every kind can be."""
    minister = cast.minister(cast.post())
    event = cast.july_round()
    statement = cast.july_statement(minister, event=event)
    conflict = Conflict.objects.create(question_en="Who?", event=event, ruling=1)
    Claim.objects.create(conflict=conflict, number=1, value_en="He")
    rename(minister, "al-abbasi")
    rebuild()
    return statement


FAULTS = [
    ("INSERT INTO statements_capture (content, sha256, media_type, address, filename, captured_at)"
     " VALUES ('x', repeat('0', 64), '', '', '', now())", "do not have the checksum"),
    ("UPDATE statements_mention SET as_printed = 'other words'", "does not stand at"),
    ("UPDATE statements_mention SET official_id = NULL, outcome = 'several', candidates = '[\"nobody\"]'",
     "there is no official nobody to choose"),
    ("UPDATE statements_statement SET date_last = '2030-01-01'", "the days of 2024-07-24 are wrong"),
    ("UPDATE statements_statement SET date = '2024-02-31'", "“2024-02-31” is no date"),
    ("UPDATE statements_tenure SET attested = '{last summer}'", "“last summer” is no date"),
    ("UPDATE statements_event SET state = 'public'", "state is “public”, not one of draft"),
    ("ALTER TABLE statements_statement DISABLE TRIGGER rule_statement_count;"
     " UPDATE statements_statement SET last_number = 1", "passage 2 is numbered higher"),
    ("ALTER TABLE statements_official DISABLE TRIGGER change_recorded", "the rule change_recorded is switched off"),
    ("DROP TRIGGER revision_moved ON statements_event", "the rule revision_moved is switched off"),
    ("UPDATE statements_passage SET \"order\" = 1", "two passages stand in place 1"),
    ("UPDATE statements_passage SET removed = true WHERE number = 2", "is removed, but has a text"),
    ("UPDATE statements_version SET rights = 'digest'", "its rights are those of a digest"),
    ("DELETE FROM statements_claim", "follows claim 1, which is not there"),
    ("UPDATE statements_oldaddress SET target = 'nowhere'", "there is nothing at the present one"),
    ("UPDATE statements_oldaddress SET slug = 'al-abbasi'", "another record stands at the old one"),
    ("DELETE FROM statements_searchpassage", "statement july-2024 is not as it should be"),
    ("UPDATE statements_searchpassage SET terms = '' FROM statements_searchdocument AS d WHERE d.id = document_id AND kind = 'event'", "event us-iraq-jscd-2 is not"),
    ("DELETE FROM statements_searchpassage; DELETE FROM statements_searchdocument", "official al-abbasi is not"),
]  # fmt: skip


@pytest.mark.django_db
def test_a_sound_archive_is_found_sound() -> None:
    sound()
    assert "as it should be" in run("check_archive")


@pytest.mark.django_db
@pytest.mark.parametrize(("damage", "said"), FAULTS)
def test_planted_damage_is_found_and_named(damage: str, said: str) -> None:
    sound()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(damage)
    out = io.StringIO()
    with pytest.raises(CommandError, match="Something is wrong"):
        call_command("check_archive", stdout=out)
    assert said in out.getvalue()


# The database


@pytest.mark.django_db
def test_the_embedded_database_knows_arabic_letters_and_their_likeness() -> None:
    assert database_fits(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('ثابت', 'ثابت'), 'العبّاسي' ILIKE '%عبّ%', upper('é')")
        assert cursor.fetchone() == (1.0, True, "É")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_knows_no_arabic_is_refused_with_what_to_do() -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS hiwar_bytes")
        cursor.execute(
            "CREATE DATABASE hiwar_bytes TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'UTF8'"
        )
    kept = connection.settings_dict["NAME"]
    connection.close()
    try:
        connection.settings_dict["NAME"] = "hiwar_bytes"
        found = database_fits(databases=["default"])
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE hiwar_bytes")
    assert [problem.id for problem in found] == ["statements.E003"]
