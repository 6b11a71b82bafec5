"""The round ledger: undertakings, participants and themes against the rounds of a dialogue, as table and as CSV."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any

import pytest
from django.test import Client

from statements.models import Dialogue

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def table(response: Any) -> dict[str, list[str]]:
    """The rows of the ledger on a page: what stands in each cell, in words, by the row's heading."""
    content = html.unescape(response.content.decode())
    body = content[content.index("<table") : content.index("</table>")]
    found: dict[str, list[str]] = {}
    for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL):
        heading = re.search(r'<th scope="row">(.*?)</th>', row, re.DOTALL)
        if heading is None:
            continue
        cells = [
            re.sub(r'<span class="of">.*?</span>', "", cell, flags=re.DOTALL)
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        ]
        found[plain(heading[1])] = [plain(cell) for cell in cells]
    return found


def plain(words: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())


def row(rows: dict[str, list[str]], begins: str) -> list[str]:
    return next(cells for heading, cells in rows.items() if heading.startswith(begins))


def test_the_commission_is_promised_at_work_and_delivered(client: Client) -> None:
    cells = row(
        table(client.get("/en/dialogues/us-iraq-jscd/")),
        "The two sides will form a higher military commission.",
    )
    assert cells[0] == "✚ new ¶ 10 committed"
    assert "≈ reworded ¶ 6" in cells[1]
    assert "◐ at work 25 January 2024" in cells[1]
    assert "✔ fulfilled 27 September 2024" in cells[2]


def test_the_detailed_statement_has_a_row_of_its_own(client: Client) -> None:
    cells = row(
        table(client.get("/en/dialogues/us-iraq-jscd/")),
        "A detailed joint statement on the Coalition's future",
    )
    assert cells[0] == "nothing"
    assert cells[1].startswith("✚ new ¶ 7 decided")
    assert "◷ postponed 15 August 2024" in cells[2]
    assert "✔ fulfilled 27 September 2024" in cells[2]


def test_stronger_kept_and_gone_are_told(client: Client) -> None:
    rows = table(client.get("/en/dialogues/us-iraq-jscd/"))
    protection = row(rows, "Iraq protects American and Coalition personnel")
    assert protection[0].startswith("● kept ¶ 7")  # of a statement before the dialogue began
    assert protection[1].startswith("▲ stronger ¶ 14 committed")
    education = row(rows, "The two sides discuss places for Iraqis in military education.")
    assert education[1].startswith("▲ stronger ¶ 11 decided")
    assert "○ gone 27 September 2024" in education[2]


def test_the_combat_role_goes_from_round_to_round(client: Client) -> None:
    cells = row(
        table(client.get("/en/dialogues/sfa-strategic-dialogue/")),
        "The United States intends to reduce its forces further",
    )
    # The second session has a text that does not speak of it: that is silence, and is said once.
    assert cells[0].startswith("✚ new ¶ 4 intends")
    assert cells[2].startswith("▲ stronger ¶ 3 reached an understanding")
    assert cells[3].startswith("▲ stronger ¶ 4 decided")
    assert "✔ fulfilled 9 December 2021" in cells[4]


def test_a_chain_joins_what_follows_nothing(client: Client) -> None:
    rows = table(client.get("/en/dialogues/us-iraq-jscd/"))
    cells = row(rows, "Both countries work together on repatriation from Syria.")
    assert "▼ softer ¶ 13 discussed" in cells[0]
    assert "● kept ¶ 15" in cells[1]


@pytest.mark.parametrize("view", ["undertakings", "participants", "themes"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_view_is_a_table_that_a_screen_reader_reads(
    client: Client, view: str, language: str
) -> None:
    for dialogue in Dialogue.objects.published():
        content = client.get(f"/{language}/dialogues/{dialogue.slug}/?view={view}").content.decode()  # fmt: skip
        body = content[content.index("<table") : content.index("</table>")]
        assert "<caption>" in body
        heads = body.count('<th scope="col">')
        for line in re.findall(r'<tr><th scope="row">.*?</tr>', body, re.DOTALL):
            assert line.count("<td") == heads - 1
        assert "<th>" not in body


def test_who_took_part_and_as_what(client: Client) -> None:
    rows = table(client.get("/en/dialogues/us-iraq-jscd/?view=participants"))
    assert rows["Thabit al-Abbasi"] == ["head of delegation", "head of delegation"]
    assert row(rows, "Lloyd")[1] == "host"


def test_the_silences_of_a_round(client: Client) -> None:
    rows = table(client.get("/en/dialogues/us-iraq-jscd/?view=themes"))
    assert rows["Repatriation from north-east Syria"][0].startswith("✚ new ¶ 13")
    assert rows["Repatriation from north-east Syria"][1].startswith("● kept ¶ 15")
    fourth = table(client.get("/en/dialogues/sfa-strategic-dialogue/?view=themes"))
    assert any(cells[3] == "○ gone" for cells in fourth.values())


def test_the_csv_has_a_byte_order_mark_and_headings_in_the_language(client: Client) -> None:
    for language, heading in (("en", "Undertaking"), ("ar", "التعهد")):
        answer = client.get(f"/{language}/dialogues/us-iraq-jscd/ledger.csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert f"us-iraq-jscd-undertakings-{language}.csv" in answer["Content-Disposition"]
        assert answer.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0][1] == heading
        assert len({len(line) for line in rows}) == 1
        page = client.get(f"/{language}/dialogues/us-iraq-jscd/").context["ledger"]
        assert len(rows) - 1 == page["count"]
    people = client.get("/ar/dialogues/us-iraq-jscd/ledger.csv?view=participants")
    assert "ثابت العباسي" in people.content.decode()
    assert client.get("/en/dialogues/nothing/ledger.csv").status_code == 404


@pytest.mark.parametrize(
    ("query", "english", "arabic"),
    [
        ("view=poem", "has no view “poem”", "عرض باسم «poem»"),
        ("last=nothing", "has no round “nothing”", "جولة باسم «nothing»"),
        ("rows=99", "is no page of this ledger", "ليست من صفحات هذا السجل"),
        ("rows=%D9%A2x", "is no page of this ledger", "ليست من صفحات هذا السجل"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(
    client: Client, query: str, english: str, arabic: str
) -> None:
    for language, sentence in (("en", english), ("ar", arabic)):
        answer = client.get(f"/{language}/dialogues/us-iraq-jscd/?{query}")
        assert answer.status_code == 200
        assert sentence in html.unescape(answer.content.decode())
        assert "<table" in answer.content.decode()
