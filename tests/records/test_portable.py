"""The portable format: out and in again gives the same bytes; a bad file is refused whole and says where."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from statements.actions import save_body
from statements.actions.texts import body_of
from statements.models import (
    Article,
    Change,
    Country,
    Dialogue,
    Divergence,
    Event,
    Layer,
    Mention,
    Official,
    Organization,
    Outlet,
    PassageText,
    Post,
    Rights,
    Statement,
    Version,
)
from statements.records import export_all, import_files
from tests import cast

pytestmark = pytest.mark.django_db


def line(**changes: Any) -> str:
    return json.dumps(
        {"kind": "official", "slug": "thabit-al-abbasi", "name_en": "Thabit al-Abbasi", **changes},
        ensure_ascii=False,
    )


def statement(**changes: Any) -> str:
    """A sound statement of two passages in one version, but for the changes."""
    sound: dict[str, Any] = {
        "kind": "statement",
        "slug": "july-2024",
        "type": "joint_statement",
        "date": "2024-07-24",
        "passages": [
            {"number": 1},
            {"number": 2, "undertakings": [{"number": 1, "strength": "decided"}]},
        ],
        "versions": [
            {
                "language": "en", "publisher": "Ministry", "origin": "original", "rights": "full",
                "extent": "full", "passages": ["The Minister came.", "They met."],
                "mentions": [{"passage": 1, "start": 4, "end": 12, "as_printed": "Minister",
                              "official": "somebody-else"}],
            }
        ],
    }  # fmt: skip
    return json.dumps(sound | changes, ensure_ascii=False)


def version(**changes: Any) -> list[dict[str, Any]]:
    return [json.loads(statement())["versions"][0] | changes]


def mention(**changes: Any) -> list[dict[str, Any]]:
    return version(mentions=[version()[0]["mentions"][0] | changes])


def second(**changes: Any) -> list[dict[str, Any]]:
    return [{"number": 1}, {"number": 2, **changes}]


def undertaking(**changes: Any) -> list[dict[str, Any]]:
    return second(undertakings=[{"number": 1, "strength": "decided", **changes}])


def divergence(**changes: Any) -> str:
    """The statement with a second version, and a difference of the two; None leaves a key out."""
    sound = {
        "kind": "number", "left": "en:Ministry", "left_words": "They\nmet", "right": "ar:الوزارة",
        "sentence_en": "Only the English says how many.",
    }  # fmt: skip
    arabic = {"language": "ar", "publisher": "الوزارة", "passages": [None, "التقيا."]}
    versions = [*version(mentions=[]), *version(mentions=[], **arabic)]
    row = {key: value for key, value in (sound | changes).items() if value is not None}
    return statement(passages=second(divergences=[row]), versions=versions)


HERE = "july-2024#p2"
BAD: list[tuple[str | bytes, str]] = [
    (line(name_en=7), 'field "name_en"'),
    (line(name_en="a" * 301), 'field "name_en"'),
    (line(name_en="a\u0007b"), "U+0007"),
    (line(name_en="a\x00b"), "U+0000"),
    (line(nom="x"), 'field "nom"'),
    (line(country="atlantis"), "atlantis"),
    (line(state="gone"), "published"),
    (line(tenures=[{"post": "x", "start": "24.7.2024"}]), 'field "tenures[0].start"'),
    (line(tenures={"post": "x"}), 'field "tenures": this is a list'),
    (line(names=[{"language": "en"}]), 'field "names[0].form": this is missing'),
    (line(names=[{"form": "A", "language": "en"}] * 2), "the same name as [0]"),
    (line(kind="oficial"), "did you mean “official”"),
    (line(slug="bad slug"), 'field "slug"'),
    (line(slug=""), 'field "slug"'),
    ("{", "JSON"),
    ("[]", "object"),
    ("[" * 100_000, "nested too deep"),
    ('{"kind": "official", "slug": "a", "slug": "b"}', 'field "slug": this field stands twice'),
    ('{"kind": "official", "slug": "a", "name_en": NaN}', "NaN is not a number"),
    ('{"kind": "official", "slug": "a", "name_en": ' + "9" * 9999 + "}", "too large"),
    (b'{"kind": "official", "slug": "a", "name_en": "\xff"}', "line 2: is not UTF-8"),
    (line() + "\n" + line(), "line 2"),
    (statement(date=2024), 'field "date": 2024 is not a date'),
    (statement(date="2024-02-31"), "names a day that does not exist"),
    (statement(date="2024/2020"), "ends before it begins"),
    (statement(date="", state="published"), "needs a date before"),
    (statement(type=""), 'field "type": this is missing; write one of: joint_statement'),
    (statement(event="nothing"), "there is no event “nothing”"),
    (statement(passages=[{}]), 'field "passages[0].number": this is missing'),
    (statement(passages=second(number=1)), "the same passage as [0]"),
    (statement(passages=second(number=10**9)), 'field "passages[1].number"'),
    (statement(passages=undertaking(follows="rubbish")), "write e.g. “its-slug#p4”"),
    (statement(passages=undertaking(follows="july-2024#p9")), "has no passage “9”"),
    (statement(passages=undertaking(follows=HERE)), "An undertaking follows an earlier passage"),
    (statement(passages=second(comparisons=[{"with": HERE, "relation": "new"}])), "another one"),
    (
        statement(passages=second(comparisons=[{"relation": "new"}])),
        "write e.g. “its-slug#p4” or “its-slug”",
    ),
    (divergence(kind="colour"), "is not one of: who, body, place"),
    (divergence(left=None), 'divergences[0].left": this is missing; write e.g. “en:Mirage News”'),
    (divergence(left="en:Nobody"), "the statement has no version “en:Nobody”"),
    (divergence(right="Ministry"), "the statement has no version “Ministry”"),
    (divergence(right="en:Ministry"), "A version differs from another one"),
    (divergence(left_words=None), "Give the words of one version at least"),
    (divergence(sentence_en=None), "Say in a sentence what differs"),
    (divergence(left_words="x" * 301), "at most 300 characters"),
    (divergence(sources=["nothing"]), "there is no source “nothing”"),
    (statement(versions=version(passages=["One."])), "1 passages, but the statement has 2"),
    (statement(versions=version() * 2), "the same version as [0]"),
    (statement(versions=mention(end=13)), "the passage has “Minister ”"),
    (statement(versions=mention(start=-1)), "as_printed"),
    (statement(versions=mention(official="nobody")), "there is no official “nobody”"),
    (statement(versions=mention(passage=3)), "there is no text for passage 3"),
    (statement(versions=mention(candidates={"a": 1})), "list of slugs"),
    (statement(versions=mention(outcome="none")), "names no record"),
]


@pytest.mark.parametrize(("content", "expected"), BAD)
def test_a_bad_file_is_refused_whole_and_says_where(
    content: str | bytes, expected: str, tmp_path: Path
) -> None:
    file = tmp_path / "officials.jsonl"
    bad = content.encode() if isinstance(content, str) else content
    file.write_bytes(line(slug="somebody-else").encode() + b"\n" + bad)
    with pytest.raises(CommandError) as refusal:
        call_command("import_records", str(file))
    said = str(refusal.value)
    assert re.search(r"officials\.jsonl, line [23]", said)
    assert expected in said
    assert ".." not in said.replace("...", "")
    assert not Official.objects.exists()
    assert not Statement.objects.exists()


def test_the_sound_statement_of_these_tests_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + (line(slug="somebody-else") + "\r\n" + statement()).encode())
    call_command("import_records", str(file))
    assert Statement.objects.get().passages.count() == 2


CIRCLE = [
    {"kind": "organization", "slug": "a", "name_en": "A", "type": "ministry", "parent": "b"},
    {"kind": "organization", "slug": "b", "name_en": "B", "type": "agency", "parent": "a"},
]
TWICE = [
    {"kind": "country", "slug": slug, "iso2": "IQ", "iso3": f"IQ{number}"}
    for number, slug in enumerate("ab")
]
RULED = [
    {"kind": "organization", "slug": "a", "name_en": "A", "type": "ministry"},
    {"kind": "conflict", "slug": "c", "subject": "organization:a", "ruling": 2, "claims": [{"value_en": "x"}]},
]  # fmt: skip
PASSAGE = [{"kind": "conflict", "slug": "c", "subject": "statement:a#p4", "claims": []}]
PROMISE = [{"kind": "chain", "slug": "c", "outcome": "open", "steps": [{"status": "promised"}]}]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            CIRCLE,
            'line 2, field "parent": a record of statements_organization would be inside itself',
        ),
        (TWICE, "line 2: another record has the iso2 “IQ” already"),
        (RULED, 'line 2, field "ruling": there is no claim 2'),
        (PASSAGE, "field \"subject\": 'statement:a#p4' is not understood"),
        (PROMISE, 'field "steps[0].ref": this is missing'),
    ],
)
def test_records_that_do_not_fit_each_other_are_refused_together(
    rows: list[dict[str, Any]], expected: str, tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("import_records", str(file))
    assert expected in str(refusal.value)
    assert not Country.objects.exists()


def test_a_whole_archive_comes_out_of_an_empty_one_as_it_went_in(tmp_path: Path) -> None:
    """Every odd thing at once: drafts, moved and removed passages, a date in words, mentions of several and none."""
    minister = cast.minister(cast.post())
    event = cast.july_round(cast.dialogue())
    cast.take_part(event, minister)
    cast.take_part(event, post=Post.objects.get(), role="member")
    made = cast.july_statement(minister, event=event, state="in_review", date_printed="تموز 2024")
    save_body(made.versions.get(language="ar"), f"{cast.ARABIC[1]}\n\n{cast.ARABIC[0]}")
    for one in made.versions.all():
        save_body(one, [*body(one), "A third paragraph about water and trade."])
        save_body(one, body(one)[:2])
    text = PassageText.objects.filter(passage__statement=made, text__contains="The two sides").get()
    for at, outcome in ((0, "several"), (4, "none")):
        Mention.objects.create(text=text, start=at, end=at + 3, as_printed=text.text[at : at + 3],
                               type="official", outcome=outcome, reason_en="why")  # fmt: skip
    cast.article(state="withdrawn")
    cast.july_statement(slug="second", rights=Rights.DIGEST)
    first, again = tmp_path / "first", tmp_path / "again"
    export_all(first)
    content = (first / "statements.jsonl").read_text("utf-8")
    assert '"removed": true' in content
    assert "تموز 2024" in content
    empty()
    import_files(sorted(first.glob("*.jsonl")))
    export_all(again)
    for path in first.glob("*.jsonl"):
        assert (again / path.name).read_bytes() == path.read_bytes()


def body(version: Version) -> list[str]:
    return body_of(version, Layer.TEXT).split("\n\n")


def empty() -> None:
    for model in (
        Article,
        Statement,
        Event,
        Dialogue,
        Official,
        Post,
        Organization,
        Outlet,
        Country,
    ):
        model.objects.all().delete()


def test_a_text_goes_when_a_file_says_that_only_its_digest_is_kept(tmp_path: Path) -> None:
    cast.july_statement(rights=Rights.EXCERPTS)
    export_all(tmp_path)
    file = tmp_path / "statements.jsonl"
    file.write_text(file.read_text("utf-8").replace('"excerpts"', '"digest"'), "utf-8")
    import_files([file])
    assert not PassageText.objects.exclude(text="").exists()
    assert PassageText.objects.exclude(digest="").count() == 4


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


def test_differences_of_versions_come_out_as_they_went_in_and_follow_their_file(
    tmp_path: Path,
) -> None:
    file, out = tmp_path / "in" / "statements.jsonl", tmp_path / "out"
    file.parent.mkdir()
    refused = {"kind": "who", "refused": True, "sentence_en": None, "right_words": "التقيا"}
    for changes in ({}, {"sentence_ar": "لا تذكر العدد إلا الإنكليزية."}, refused):
        file.write_text(divergence(**changes), "utf-8")
        import_files([file])
        export_all(out)
        (written,) = (out / "statements.jsonl").read_text("utf-8").splitlines()
        assert json.loads(written)["passages"] == json.loads(divergence(**changes))["passages"]
        before = Change.objects.count()
        import_files([out / "statements.jsonl"])
        assert Change.objects.count() == before
    assert Divergence.objects.get().refused
    file.write_text(statement(versions=version(mentions=[])), "utf-8")
    import_files([file])
    assert not Divergence.objects.exists()
