"""Takes the pictures of README and docs/editors.md from a running archive.

python3 manage.py up, then .venv/bin/python docs/pictures/take.py [ADDRESS [USER PASSWORD]]; the desk's
pictures need an account, and paste two of the pages of tests/ingest/golden on the way.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PAGES = {
    "statement-en.png": "/en/statements/us-iraq-jscd-2-joint-statement/?lang=both",
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
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        for name, path in PAGES.items():
            page.goto(address + path)
            page.screenshot(path=HERE / name)
        if account:
            desk(page, address, *account)


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


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["http://127.0.0.1:8000"]))
