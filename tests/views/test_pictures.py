"""Pictures over the demo archive: every link in them leads to a page, and their tables tell the same."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import html5lib
import pytest
from django.test import Client

from statements.models import Agreement, Official, Post
from statements.views.graph import NODES

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"
DRAWN = [
    "",
    "dialogues/",
    "dialogues/hcc-sessions/",
    "timeline/",
    "timeline/?from=2024&to=2024",
    "timeline/?from=July+2024&to=July+2024",
    "officials/thabit-al-abbasi/",
    "officials/lloyd-austin/",
    "posts/iq-minister-of-defence/",
    "agreements/sfa-2008/",
    "agreements/withdrawal-2008/",
    "undertakings/chain-detailed-statement/",
    "statements/",
]
#: addresses that answered 200, with the anchors of their pages; many pictures lead to the same
FOLLOWED: dict[str, set[str]] = {}


def tree(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return html5lib.parse(response.content.decode())


def main_of(client: Client, address: str) -> str:
    content = unescape(client.get(address).content.decode())
    return content[content.index("<main") : content.index("</main>")]


def words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", DRAWN)
def test_every_link_of_a_picture_has_a_name_and_leads_to_a_page(
    client: Client, path: str, language: str
) -> None:
    page = tree(client, f"/{language}/{path}")
    links = page.findall(f".//{SVG}a")
    addresses = {link.get("href") for link in links}
    for link in links:
        assert link.find(f"{SVG}title") is not None or link.find(f"{SVG}text") is not None
        assert words(link)
    if path == "statements/":
        addresses = {
            link.get("href") for link in page.findall(f".//{HTML}ol[@class='years']//{HTML}a")
        }
    assert addresses or path.startswith("posts/")  # whose lanes have their links beside them
    for address in addresses:
        place, _, anchor = address.partition("#")
        if place.startswith("?"):
            place = f"/{language}/{path.partition('?')[0]}{place}"
        place = place or f"/{language}/{path}"
        if place not in FOLLOWED:
            response = client.get(place)
            assert response.status_code == 200, address
            FOLLOWED[place] = set(re.findall(r'\sid="([^"]+)"', response.content.decode()))
        assert not anchor or anchor in FOLLOWED[place], address


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", DRAWN[:-1])
def test_a_picture_is_a_group_of_links_or_an_image_and_has_a_name(
    client: Client, path: str, language: str
) -> None:
    page = tree(client, f"/{language}/{path}")
    parents = {child: parent for parent in page.iter() for child in parent}
    drawn = 0
    for svg in page.findall(f".//{HTML}main//{SVG}svg"):
        hidden, above = False, svg
        while above is not None:
            hidden = hidden or above.get("aria-hidden") == "true"
            above = parents.get(above)
        if hidden or parents[svg].tag.startswith(SVG):
            continue
        drawn += 1
        linked = svg.find(f".//{SVG}a") is not None
        assert svg.get("role") == ("group" if linked else "img")
        assert svg.get("aria-label")
        for inner in svg.iter():
            assert inner.get("style") is None  # the policy of the pages forbids it
    assert drawn


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["", "dialogues/", "timeline/", "timeline/?from=2024&to=2024"])
def test_the_table_beside_a_picture_tells_the_same(
    client: Client, path: str, language: str
) -> None:
    page = tree(client, f"/{language}/{path}")
    told = page.findall(f".//{HTML}details[@class='told']")
    assert told
    rows = [
        (words(cells[1]), words(cells[0]), (link.get("href") if (link := cells[1].find(f".//{HTML}a")) is not None else ""))
        for table in told
        for row in table.findall(f".//{HTML}tbody/{HTML}tr")
        if len(cells := row.findall(f"{HTML}td")) == 2
    ]  # fmt: skip
    drawn = []
    for title in page.findall(f".//{HTML}main//{SVG}title"):
        parent = next(node for node in page.iter() if title in list(node))
        drawn.append((words(title), parent.get("href") or ""))
    assert len(rows) == len(drawn)
    for (said, url), (what, when, address) in zip(drawn, rows, strict=True):
        assert url == address
        assert when in said
        assert said.split(" · ")[0] in what


def test_years_of_a_search_are_links_with_the_same_in_a_table(client: Client) -> None:
    page = tree(client, "/en/search/?q=Coalition")
    bars = {
        words(link): link.get("href")
        for link in page.findall(f".//{HTML}ol[@class='years']//{HTML}a")
    }
    table = page.find(f".//{HTML}table[@class='by-year']")
    rows = {
        f"{words(row[0])}: {words(row[1])}": row[0].find(f"{HTML}a").get("href")
        for row in table.findall(f"{HTML}tbody/{HTML}tr")
    }
    assert bars == rows
    assert all(f"from={name[:4]}&to={name[:4]}" in href for name, href in bars.items())


def test_the_timeline_reads_dates_as_lists_do(client: Client) -> None:
    for asked in (
        "from=July+2024&to=July+2024",
        "from=2024-07&to=2024-07",
        "from=تموز+2024&to=تموز+2024",
    ):
        assert "Timeline: <bdi>July 2024</bdi>" in main_of(client, f"/en/timeline/?{asked}")
    assert "تموز/يوليو 2024" in main_of(client, "/ar/timeline/?from=2024-07&to=2024-07")
    year = main_of(client, "/en/timeline/?from=2024&to=2024")
    for around in (
        "?from=2023&to=2023",
        "?from=2025&to=2025",
        "?from=2023&to=2025",
        "?from=2024-07&to=2024-07",
    ):
        assert f'href="{around}"' in year


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("from=nonsense", "“nonsense” was not understood as a date"),
        ("to=31+February+2024", "“31 February 2024” was not understood as a date"),
        ("from=44+BCE", "“44 BCE” was not understood as a date"),
        ("from=-0044", "“-0044” was not understood as a date"),
        ("from=99999", "“99999” was not understood as a date"),
        ("from=the+year+1066&to=the+year+1067", "The timeline tells of the years 1800 to 2099"),
        ("from=2024&to=2023", "These days end before they begin"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_a_sentence_and_the_whole(
    client: Client, asked: str, sentence: str
) -> None:
    content = main_of(client, f"/en/timeline/?{asked}")
    assert sentence in content
    assert "Timeline: <bdi>2007–2026</bdi>" in content
    assert 'class="problem"' in main_of(client, f"/ar/timeline/?{asked}")


def test_days_of_which_nothing_is_known_lead_back(client: Client) -> None:
    content = main_of(client, "/en/timeline/?from=1850&to=1851")
    assert "Nothing in the archive falls on these days." in content
    assert 'href="/en/timeline/"' in content


def test_the_timeline_is_led_to_from_everywhere(client: Client) -> None:
    for path, years in (
        ("officials/thabit-al-abbasi/", "from=2022&to=2024"),
        ("posts/iq-minister-of-defence/", "from=2006&to=2024"),
        ("dialogues/us-iraq-jscd/", "from=2023&to=2024"),
        ("agreements/withdrawal-2008/", "from=2008&to=2011"),
    ):
        assert f'href="/en/timeline/?{years}"' in main_of(client, f"/en/{path}")
    home = client.get("/en/").content.decode()
    assert home.count('href="/en/timeline/"') == 3
    assert "/en/timeline/" in client.get("/sitemap-pages.xml").content.decode()


def test_acting_disputed_and_last_seen_differ_by_shape(client: Client) -> None:
    content = main_of(client, "/en/posts/iq-minister-of-defence/")
    held = content[content.index('id="holders"') :]
    svg = held[held.index("<svg") : held.index('<ol class="line">')]
    assert svg.count('<rect class="bar-acting"') == 2 + 1  # two held it acting, and the key
    assert '<svg class="beyond"' in svg  # al-Abbasi is in it when last seen
    assert "acting" in svg
    tenures = Post.objects.get(slug="iq-minister-of-defence").tenures
    tenures.filter(official__slug="juma-inad").update(disputed=True)
    assert '<rect class="bar-disputed"' in main_of(client, "/en/posts/iq-minister-of-defence/")


def test_whom_an_official_met_is_drawn_from_right_to_left_in_arabic_with_a_figure(
    client: Client,
) -> None:
    graphs = {}
    for language in ("en", "ar"):
        page = tree(client, f"/{language}/officials/lloyd-austin/")
        graphs[language] = page.find(f".//{HTML}figure[@class='graph']/{SVG}svg")
    places = {
        language: [float(line.get("x2").rstrip("%")) for line in graph.findall(f"{SVG}line")]
        for language, graph in graphs.items()
    }
    assert places["ar"] == [100 - place for place in places["en"]]
    graph = graphs["en"]
    lines = [float(line.get("stroke-width")) for line in graph.findall(f"{SVG}line")]
    figures = [
        int(words(text)) for text in graph.findall(f".//{SVG}text") if text.get("class") == "figure"
    ]
    assert lines == sorted(lines, reverse=True)
    assert figures == sorted(figures, reverse=True)
    assert 1 <= len(figures) <= NODES
    met = re.findall(r'href="(/en/officials/[^"]+/with/[^"]+/)">(\d+) time', client.get("/en/officials/lloyd-austin/").content.decode())  # fmt: skip
    listed = dict(met)
    for link in graph.findall(f"{SVG}a"):
        assert listed[link.get("href")] == words(link.find(f".//{SVG}text[@class='figure']"))


def test_an_agreement_has_all_its_steps_and_years_in_picture_and_list(client: Client) -> None:
    agreement = Agreement.objects.get(slug="sfa-2008")
    page = tree(client, agreement.get_absolute_url())
    life = page.find(f".//{HTML}section[@aria-labelledby='life']")
    said = " ".join(words(title) for title in life.findall(f".//{SVG}title"))
    for step in agreement.steps.exclude(date=""):
        assert step.get_status_display() in said or "steps" in said
    columns = {
        words(link.find(f"{SVG}title")): link.get("href")
        for link in life.findall(f".//{SVG}a")
        if link.find(f"{SVG}rect[@class='column']") is not None
    }
    years = page.find(f".//{HTML}section[@aria-labelledby='invoked']/{HTML}ul")
    listed = {
        f"{words(row.find(f'{HTML}a'))}: {words(row.find(f'{HTML}small'))}": row[0].get("href")
        for row in years
    }
    assert columns == listed


def test_an_official_without_a_day_has_no_picture(client: Client) -> None:
    nobody = Official.objects.create(slug="nobody", name_en="Nobody", state="published")
    content = main_of(client, nobody.get_absolute_url())
    assert "<svg" not in content
    assert "timeline" not in content
