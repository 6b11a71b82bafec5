"""The portable format: out and in again gives the same bytes; a bad file is refused whole and says where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from statements.models import Official, Rights, Statement
from statements.records import export_all, import_files
from tests import cast

pytestmark = pytest.mark.django_db


def line(**changes: Any) -> str:
    return json.dumps(
        {"kind": "official", "slug": "thabit-al-abbasi", "name_en": "Thabit al-Abbasi", **changes},
        ensure_ascii=False,
    )


BAD = [
    (line(name_en=7), 'field "name_en"'),
    (line(nom="x"), 'field "nom"'),
    (line(country="atlantis"), "atlantis"),
    (line(state="gone"), "published"),
    (line(tenures=[{"post": "x", "start": "24.7.2024"}]), 'field "tenures[0].start"'),
    (line(kind="oficial"), "did you mean “official”"),
    (line(slug="bad slug"), 'field "slug"'),
    ("{", "JSON"),
    ("[]", "object"),
    (line() + "\n" + line(), "line 2"),
]


@pytest.mark.parametrize(("content", "expected"), BAD)
def test_a_bad_file_is_refused_whole_and_says_where(
    content: str, expected: str, tmp_path: Path
) -> None:
    file = tmp_path / "officials.jsonl"
    file.write_text(line(slug="somebody-else") + "\n" + content, encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("import_records", str(file))
    assert "officials.jsonl, line" in str(refusal.value)
    assert expected in str(refusal.value)
    assert not Official.objects.exists()


def test_a_rule_of_the_database_refuses_the_file_with_its_sentence(tmp_path: Path) -> None:
    cast.post()
    rows = [
        line(
            slug=slug,
            tenures=[{"post": "iq-minister-of-defence", "start": "2022", "status": "current"}],
        )
        for slug in ("first", "second")
    ]
    (tmp_path / "officials.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(CommandError, match="Somebody else held this post"):
        call_command("import_records", str(tmp_path / "officials.jsonl"))
    assert not Official.objects.exists()


def test_a_text_held_as_excerpts_does_not_leave_with_the_export(tmp_path: Path) -> None:
    cast.july_statement(rights=Rights.EXCERPTS)
    export_all(tmp_path)
    content = (tmp_path / "statements.jsonl").read_text("utf-8")
    assert "خلاصة 1." in content
    assert not any(words in content for words in (*cast.ARABIC, *cast.ENGLISH))


def test_an_exported_draft_comes_back_as_a_draft(tmp_path: Path) -> None:
    cast.july_statement(state="draft")
    export_all(tmp_path)
    Statement.objects.all().delete()
    import_files([tmp_path / "countries.jsonl", tmp_path / "statements.jsonl"])
    assert Statement.objects.get().state == "draft"


def test_a_dry_run_writes_nothing(demo_files: list[str]) -> None:
    kinds = {"countries", "officials", "organizations", "places", "posts", "sources"}
    few = [file for file in demo_files if Path(file).stem in kinds]
    call_command("import_records", *few, "--dry-run")
    assert not Official.objects.exists()
