"""Takes the README's pictures from a running archive: python3 manage.py up, then python3 docs/pictures/take.py [ADDRESS]."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGES = {
    "statement-en.png": "/en/statements/us-iraq-jscd-2-joint-statement/?lang=both",
    "home-ar.png": "/ar/",
}


def main(address: str) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("Chromium is needed to take pictures.")
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    for name, path in PAGES.items():
        subprocess.run(
            [
                browser,
                "--headless=new",
                *root,
                "--disable-gpu",
                "--hide-scrollbars",
                "--window-size=1280,1000",
            ]
            + [
                "--disable-background-networking",
                "--disable-component-update",
                f"--screenshot={HERE / name}",
            ]
            + [address + path],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
