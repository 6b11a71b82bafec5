"""Every kind of page in both languages: accessible, strict HTML, nothing beside the window or the paper."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "", "about/", "statements/", "statements/us-iraq-jscd-2-joint-statement/", "statements/us-iraq-jscd-2-joint-statement/?lang=both",
    "articles/", "articles/almarsad-2024-07-25/", "officials/", "officials/thabit-al-abbasi/", "officials/lloyd-austin/", "officials/lloyd-austin/with/thabit-al-abbasi/", "officials/lloyd-austin/with/lloyd-austin/", "officials/lloyd-austin/with/nobody/",
    "conflicts/", "conflicts/who-met-brown/", "conflicts/sofa-signatory/", "officials/charles-q-brown/with/thabit-al-abbasi/", "organizations/", "organizations/hmc/",
    "officials/lloyd-austin/?on=2015", "officials/lloyd-austin/briefing/", "dialogues/us-iraq-jscd/briefing/?on=2024-07-01", "events/us-iraq-jscd-2/briefing/", "events/us-iraq-jscd-2/briefing/?on=2024-07-01", "events/brown-meeting-2024/briefing/",
    "posts/", "posts/iq-minister-of-defence/", "posts/iq-minister-of-defence/?on=June+2011", "posts/iq-minister-of-defence/?on=never", "posts/iq-cts-head/?on=2024-07", "dialogues/", "dialogues/us-iraq-jscd/", "dialogues/us-iraq-jscd/?view=participants", "dialogues/hcc-sessions/?view=themes&last=none",
    "undertakings/", "undertakings/?on=2024-09-01&status=postponed", "undertakings/?on=never", "undertakings/?on=1900", "undertakings/chain-combat-role/", "undertakings/chain-detailed-statement/?on=2024-09-01",
    "events/", "events/us-iraq-jscd-2/", "timeline/", "timeline/?from=2024&to=2024", "timeline/?from=July+2024&to=July+2024", "timeline/?from=never", "timeline/?from=1850&to=1851",
    "agreements/", "agreements/sfa-2008/", "search/?q=Coalition", "search/?q=zzzz", "search/?q=Abasy",
    "statements/?from=nonsense&official=nobody", "statements/?country=iq&from=2023", "nothing/",
    "compare/us-iraq-jscd-1-joint-statement/us-iraq-jscd-2-joint-statement/", "compare/us-iraq-jscd-1-joint-statement/us-iraq-jscd-2-joint-statement/?show=changes",
    "compare/us-iraq-jscd-2-joint-statement/us-iraq-jscd-2-joint-statement/", "compare/uk-iq-sd-2-communique/us-iraq-jscd-1-joint-statement/",
    "articles/almarsad-2024-07-25/uses/us-iraq-jscd-2-joint-statement/", "check-quotation/", "check-quotation/?q=three+words+only",
    "check-quotation/?q=Both+sides+stressed+that+Iraq%27s+support+for+the+Coalition+matters",
    "check-quotation/?q=The+delegations+took+up+bilateral+economic+matters+within+the+Strategic+Framework+Agreement", "check-quotation/?q=nobody+has+ever+printed+such+words",
    "statements/us-iraq-jscd-2-joint-statement/?passage=4", "statements/us-iraq-jscd-2-joint-statement/?passage=99", "articles/almarsad-2024-07-25/?cite=doc",
    "undertakings/?status=pending&on=2024-10-01&official=thabit-al-abbasi", "undertakings/chain-nothing/", "conflicts/nothing/", "posts/iq-cts-head/",
]  # fmt: skip


def sideways(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.usefixtures("own_demo")
def test_no_page_kind_breaks_an_accessibility_rule_or_scrolls_sideways(page: Any) -> None:
    """Every rule in both languages and themes, once as wide as a desk and once as narrow as a phone."""
    axe, wrong = Axe(), []
    page.emulate_media(reduced_motion="reduce")
    for language in ("en", "ar"):
        for path in PAGES:
            page.goto(f"/{language}/{path}")
            for scheme, width in (("light", 1280), ("dark", 320)):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                where = f"{language}/{path} {scheme} {width}"
                for violation in axe.run(page).response["violations"]:
                    nodes = [node["html"][:100] for node in violation["nodes"][:2]]
                    wrong.append(f"{where}: {violation['id']} {nodes}")
                for other in (width, 768, 1600):
                    page.set_viewport_size({"width": other, "height": 900})
                    if sideways(page):
                        wrong.append(f"{where}: scrolls sideways at {other}")
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.usefixtures("own_demo")
def test_no_page_kind_is_cut_off_on_paper(page: Any) -> None:
    """As wide as A4 is between Chromium's margins, upright; a ledger on its side."""
    page.emulate_media(media="print", color_scheme="dark")
    wrong = []
    for language in ("en", "ar"):
        for path in PAGES:
            page.goto(f"/{language}/{path}")
            wide = page.locator(".ledger").count() > 0
            page.set_viewport_size({"width": 1032 if wide else 718, "height": 900})
            over = page.evaluate(
                """() => [...document.querySelectorAll('main *')].filter(node => {
                    const box = node.getBoundingClientRect();
                    return box.width && !node.closest('.hidden') && (box.left < -1 || box.right > innerWidth + 1);
                }).map(node => node.outerHTML.slice(0, 80))"""
            )
            if over or sideways(page):
                wrong.append(f"{language}/{path}: {over[:2]}")
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.usefixtures("own_demo")
def test_the_page_is_strict_html(client: Any) -> None:
    pages = {
        f"{language}/{path}": client.get(f"/{language}/{path}").content.decode()
        for language in ("en", "ar")
        for path in PAGES
    }
    pages["400"] = client.get("/ar/", headers={"host": "elsewhere.example"}).content.decode()
    for status in ("500", "503"):
        pages[status] = render_to_string(f"errors/{status}.html")
    for where, content in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(content)
        assert not parser.errors, f"{where}: {parser.errors[:3]}"
        ids = re.findall(r'\sid="([^"]+)"', content)
        assert len(ids) == len(set(ids)), f"{where}: an id twice"
        assert "Sentence(" not in content, f"{where}: a sentence in no language"
