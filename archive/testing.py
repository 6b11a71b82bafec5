"""``manage.py test``: all tests, on a PostgreSQL server of their own, with Chromium where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from archive.bootstrap import ROOT

HELP = """usage: manage.py test [PYTEST ARGUMENT …]

Installs what is needed and runs all tests, browser tests included, several at once when nothing says which.
Example: manage.py test tests/text -q
"""
#: Each with a database of its own; in the order of files, so that the browser's long tests do not come last.
AT_ONCE = ("-n", "auto", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    if "--help" in arguments or "-h" in arguments:
        print(HELP)
        return 0
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="hiwar-test-") as folder:
        environment = {
            **os.environ,
            "DATA": folder,
            "DATA_MAY_BE_LOST": "1",
            "DJANGO_SETTINGS_MODULE": "archive.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's loop runs in the tests' own thread
            "CHROMIUM": browser or "",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        for name in (
            "DEBUG",
            "HTTPS",
            "SECRET_KEY",
            "ALLOWED_HOSTS",
            "BIND",
            "PORT",
            "DATABASE_REPLICA_URLS",
            "DATABASE_DIRECT_URL",
        ):
            environment.pop(name, None)
        if "TEST_DATABASE_URL" in os.environ:
            environment["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
        else:
            environment.pop("DATABASE_URL", None)
        code = subprocess.run(
            # Its folders inside this one: those of another run at the same time are its own.
            [
                sys.executable,
                "-m",
                "pytest",
                f"--basetemp={folder}/pytest",
                *(() if chosen(arguments) else AT_ONCE),
                *arguments,
            ],
            cwd=ROOT,
            env=environment,
            check=False,
        ).returncode
    if not browser:
        print("No Chromium was found: the browser tests were skipped.")
    return code


def chosen(arguments: list[str]) -> bool:
    """Some tests and not all; their databases would take longer to make than they themselves."""
    return any((ROOT / argument.partition("::")[0]).exists() for argument in arguments)


def find_browser() -> str | None:
    """The machine's Chromium, or one installed now when that is possible."""
    named = os.environ.get("CHROMIUM")
    if named and Path(named).exists():
        return named
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found or os.getuid() != 0 or not shutil.which("apt-get"):
        return found
    print("Installing Chromium for the browser tests …", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update"], check=False, **quiet)  # type: ignore[call-overload]
    subprocess.run(  # type: ignore[call-overload]
        [
            "apt-get",
            "install",
            "-y",
            "--no-install-recommends",
            "chromium",
            "fonts-noto-core",
            "libatomic1",
        ],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        check=False,
        **quiet,
    )
    return shutil.which("chromium")
