"""Takes the pictures of README and docs/editors.md from a running archive.

python3 manage.py up, then .venv/bin/python docs/pictures/take.py [ADDRESS [USER PASSWORD]]; the desk's
pictures need an account, and on the way paste two of the pages of tests/ingest/golden and add a step to a promise.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PAGES = {
    "statement-en.png": "/en/statements/us-iraq-jscd-2-joint-statement/?lang=both#p3",
    "ledger-en.png": "/en/dialogues/us-iraq-jscd/#ledger",
    "ledger-ar.png": "/ar/dialogues/us-iraq-jscd/#ledger",
    "home-ar.png": "/ar/",
}
#: language → the page that is pasted, and the keys by which a part of it is decided
PASTED = {"en": ("article-and-statement", "jaa"), "ar": ("carried-in-part", "jaa")}
GOLDEN = HERE.parent.parent / "tests" / "ingest" / "golden"


def main(address: str, *account: str) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("Chromium is needed to take pictures.")
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=root)
        page = chromium.new_page(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
        for name, path in PAGES.items():
            page.goto(address + path)
            page.screenshot(path=HERE / name)
        if account:
            desk(page, address, *account)
            relations(page, address)


def desk(page: Any, address: str, user: str, password: str) -> None:
    page.goto(f"{address}/en/admin/")
    page.fill("#id_username", user)
    page.fill("#id_password", password)
    page.click("[type=submit]")
    page.set_viewport_size({"width": 1280, "height": 860})
    for language, (name, keys) in PASTED.items():
        page.goto(f"{address}/{language}/admin/statements/paste/add/")
        text = (GOLDEN / f"{name}.txt").read_text("utf-8")
        page.evaluate("text => { document.querySelector('[name=text]').value = text }", text)
        page.screenshot(path=HERE / f"paste-{language}.png")
        page.click("#content-main [type=submit]")
        page.wait_for_selector(".count:not(:empty)")
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(1500)
        page.screenshot(path=HERE / f"review-{language}.png")
        page.goto(f"{address}/{language}/admin/statements/statement/?q=us-iraq-jscd-2")
        page.click("#result_list a[href*='/change/']")
        page.locator("#versions-compared").evaluate("there => there.scrollIntoView({block: 'end'})")
        page.screenshot(path=HERE / f"versions-{language}.png")


def relations(page: Any, address: str) -> None:
    """What an editor says of passages laid together, of a promise, of sources that disagree; and the history of it."""
    for language in PASTED:
        desk = f"{address}/{language}/admin/statements"
        page.goto(f"{desk}/passage/?q=second+Joint+Security")
        page.locator("#result_list a[href*='/change/']").nth(6).click()
        shown(page, "#comparisons-group", f"align-{language}.png")
        page.goto(f"{desk}/chain/?q=chain-commission")
        page.click("#result_list a[href*='/change/']")
        if language == "en":  # the history shows it in both languages
            page.click("#steps-group .add-row a")
            row = "[name='steps-6-{}']"
            page.fill(row.format("date"), "7 November 2025")
            page.select_option(row.format("status"), "recalled")
            page.click("#steps-6 .field-passage .select2-selection")
            page.locator(".select2-search__field").press_sequentially("technical security")
            page.locator(".select2-results__option--highlighted:has-text('technical')").click()
            shown(page, "#steps-6", f"step-{language}.png")
            page.click("input[name=_continue] >> nth=-1")
        else:
            shown(page, "#steps-6", f"step-{language}.png")
        page.goto(page.url.partition("/change/")[0] + "/history/")
        page.screenshot(path=HERE / f"history-{language}.png")
        page.goto(f"{desk}/conflict/?q=austin")
        page.click("#result_list a[href*='/change/']")
        shown(page, ".field-ruling", f"ruling-{language}.png", "center")


def shown(page: Any, place: str, name: str, block: str = "end") -> None:
    page.wait_for_load_state()
    page.locator(place).evaluate("(there, block) => there.scrollIntoView({block})", block)
    page.screenshot(path=HERE / name)


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["http://127.0.0.1:8000"]))
