"""Pages of many shapes against the readings written beside them, and what holds for any text at all."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.ingest.draft import understand
from statements.ingest.knowledge import Knowledge
from statements.ingest.parse import parse
from statements.models import Change, Official
from statements.text.blocks import split
from tests.benchmarks import relating
from tests.benchmarks.ingesting import articles, measure, real, written

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]
KNOWN = [pytest.param(path, id=path.stem) for path in articles()]


@pytest.mark.parametrize("path", KNOWN)
def test_a_page_reads_as_its_reader_read_it(path: Path) -> None:
    scores = measure([written(path)])
    wrong = [line for kind, score in scores.items() if kind != "date" for line in score.wrong]
    assert wrong == []


@pytest.mark.parametrize("path", KNOWN)
def test_a_draft_says_what_the_page_is(path: Path) -> None:
    reading = json.loads(path.with_suffix(".json").read_text("utf-8"))
    draft = understand(path.read_bytes().decode("utf-8"))
    for document, expected in zip(draft["documents"], reading["documents"], strict=True):
        wanted = {key: expected[key] for key in ("kind", "type", "language", "outlet", "event")}
        assert {key: document[key] for key in wanted} == wanted
        assert document["title"] == " ".join(expected["title"].split())
    assert [[link["from"], link["to"]] for link in draft["links"]] == reading["links"]
    for words in reading["warnings"]:
        assert any(words in warning for warning in draft["warnings"])
    strangers = [m for d in draft["documents"] for m in d["mentions"] if m["outcome"] == "none" and m["type"] == "official"]  # fmt: skip
    assert all(re.fullmatch(r"[A-Z][\w .'’\-]+", mention["name"]) for mention in strangers)


@pytest.mark.parametrize("path", KNOWN)
def test_a_draft_says_who_promises_what_and_who_led(path: Path) -> None:
    """Readings: ``undertakings`` [document, passage, strength, parties, due, verb, words], ``delegates`` [document, name, role, party]."""
    reading = json.loads(path.with_suffix(".json").read_text("utf-8"))
    text = path.read_bytes().decode("utf-8")
    draft = understand(text)
    promises = [
        [
            n,
            one["passage"],
            one["strength"],
            " ".join(sorted(one["countries"])),
            one["due"],
            " ".join(text[slice(*one["verb"])].split()),
            " ".join(one["as_printed"].split()),
        ]
        for n, document in enumerate(draft["documents"])
        for one in document["undertakings"]
    ]
    assert promises == reading.get("undertakings", [])
    delegates = [
        [n, one["as_printed"], one["role"], one["party"]]
        for n, document in enumerate(draft["documents"])
        for one in document["delegates"]
    ]
    wanted = reading.get("delegates", [])
    for found, expected in zip(delegates, wanted, strict=True):
        assert found[1] in expected[1], "a name may be read in part"
        assert [found[0], *found[2:]] == [expected[0], *expected[2:]]


@pytest.mark.parametrize("path", KNOWN)
def test_a_draft_says_what_an_article_carries_and_which_statements_it_uses(path: Path) -> None:
    reading = json.loads(path.with_suffix(".json").read_text("utf-8"))
    draft = understand(path.read_bytes().decode("utf-8"))
    carried = [
        [link["to"], " ".join(one["how"] for one in link["passages"])] for link in draft["links"]
    ]
    assert carried == reading.get("carried", [])
    used = [[one["document"], one["statement"], one["relation"]] for one in draft["used"]]
    assert used == reading.get("used", [])


def test_promises_are_read_as_the_archive_has_them() -> None:
    for language, score in relating.measure().items():
        assert score.precision >= 0.85, language
        assert score.recall >= 0.65, language
        assert score.strength_right >= 0.85, language


def test_dates_in_pages_are_nine_times_in_ten_right() -> None:
    score = measure(written(path) for path in articles())["date"]
    assert score.precision >= 0.9, score.wrong
    assert score.recall >= 0.9, score.wrong


@pytest.mark.corpus
def test_the_real_article_is_read_as_its_gold_has_it() -> None:
    gold = real()
    assert gold
    scores = measure([gold])
    floors = {"organization": 0.95, "event": 0.95}
    low = {kind: score.wrong for kind, score in scores.items() if score.f1 < floors.get(kind, 1)}
    assert low == {}


# What holds for any text


def values(draft: dict[str, Any]) -> list[Any]:
    """All that a draft says but where."""
    return [
        [
            *(document[key] for key in ("kind", "type", "title", "outlet", "date", "event")),
            [passage["text"] for passage in document["passages"]],
            [(date["as_printed"], date["edtf"]) for date in document["dates"]],
            [(m["as_printed"], m["type"], m["outcome"], m["slug"]) for m in document["mentions"]],
            [(u["as_printed"], u["strength"], u["countries"]) for u in document["undertakings"]],
            [(d["as_printed"], d["role"], d["party"]) for d in document["delegates"]],
        ]
        for document in draft["documents"]
    ]


@pytest.mark.parametrize("path", KNOWN)
@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: "𐎀🕊️\n\n" + text, id="characters beyond the first plane"),
        pytest.param(lambda text: text.replace("\n", "  \n"), id="spaces at line ends"),
    ],
)  # fmt: skip
def test_offsets_count_the_characters_as_they_are(path: Path, printed: Any) -> None:
    plain = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    if "\n" in plain.strip() and not re.search(r"\n\s*\n", plain):
        pytest.skip("one paragraph")
    text = printed(plain)
    draft = understand(text)
    for document in draft["documents"]:
        for passage in document["passages"]:
            assert text[passage["start"] : passage["end"]] == passage["text"]
        said = (*document["delegates"], *document["undertakings"])
        for part in (*document["dates"], *document["mentions"], *said):
            assert text[part["start"] : part["end"]] == part["as_printed"]
    if "\n" not in "".join(p["text"] for d in draft["documents"] for p in d["passages"]):
        assert values(draft) == values(understand(plain))


def covered(text: str) -> list[tuple[int, int]]:
    page = split(text)
    spans = [
        (span.start, span.end)
        for document in page.documents
        for span in (
            document.title,
            document.byline,
            document.date_line,
            document.done,
            *document.paragraphs,
        )
        if span
    ]
    spans += [(span.start, span.end) for span in page.furniture]
    if page.date_line:
        spans.append((page.date_line.start, page.date_line.end))
    return sorted(spans)


def check_reassembly(text: str) -> None:
    """The parts and what is left between them, in order, are the text, and nothing with ink is left."""
    at, rest = 0, ""
    for start, end in covered(text):
        assert start >= at
        rest += text[at:start]
        at = end
    rest += text[at:]
    left = re.sub(r"[\s|•·/–—\-\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", rest)
    assert left == ""


@pytest.mark.parametrize("path", KNOWN)
def test_a_page_reassembles_from_its_parts(path: Path) -> None:
    check_reassembly(path.read_bytes().decode("utf-8"))


PIECES = ["بيان مشترك بشأن الأمن", "Joint Statement on Security", "24 تموز 2024", "25/07/2024", "By A. Writer", "الوكالة/بغداد",
    "اقرأ أيضا", "Share", "قال الوزير إن الجولة كانت مثمرة ومفيدة جدا.", "The two sides met and agreed on next steps.",
    "فيما يلي نص البيان:", "انتهى", "\x00", "🕊", "\ufeff", "جريدة | كاتب | 10 آب 2023", "عنوان من أربع كلمات هنا"]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.sampled_from(["\n", "\r\n", "\n\n", "\r\n\r\n"]),
)
@settings(max_examples=200)
def test_any_page_reassembles_from_its_parts(pieces: list[str], between: str) -> None:
    check_reassembly(between.join(pieces))


def test_reading_does_not_hang_on_the_order_of_records() -> None:
    knowledge = Knowledge.of_the_archive()
    text = "\n\n".join(path.read_text("utf-8") for path in articles()[:6])
    once = parse(text, knowledge).as_json(text)
    knowledge.forms.reverse()
    knowledge.lexicon.forms.reverse()
    knowledge.meetings.reverse()
    for held in knowledge.lexicon.tenures.values():
        held.reverse()
    assert parse(text, knowledge).as_json(text) == once


def test_reading_writes_nothing() -> None:
    before = Change.objects.count(), Official.objects.count()
    for path in articles():
        understand(path.read_text("utf-8"))
    assert (Change.objects.count(), Official.objects.count()) == before


def test_one_record_is_only_said_where_exactly_one_fits() -> None:
    for path in articles():
        for document in understand(path.read_text("utf-8"))["documents"]:
            for mention in document["mentions"]:
                assert (mention["slug"] is not None) == (mention["outcome"] == "one"), mention
                assert mention["reason"].endswith("."), mention


def test_a_table_of_dates_is_read_in_part_and_says_so() -> None:
    draft = understand("A table of days\n\n" + "24 July 2024; " * 3000)
    assert any("more than 2000 dates" in warning for warning in draft["warnings"])
    assert 2000 < sum(len(document["dates"]) for document in draft["documents"]) < 3000
