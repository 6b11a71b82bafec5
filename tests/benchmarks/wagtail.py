"""A page of Wagtail to compare with: as many bytes, eight queries, with Django's cache before it and without.

Wagtail is installed from PyPI into an environment of its own that goes away, and has a database of its own on the
archive's server. Without PyPI it is left out, in a line.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.db import connection

from archive.bootstrap import TOOLS, package_index
from tests.benchmarks.processes import application, fetched, free_port, running

SITE = Path(__file__).resolve().parent / "wagtail_site"
WAGTAIL = ("wagtail==8.0.1", f"django=={django.__version__}", "psycopg[binary]", "granian")
DATABASE = "hiwar_bench_wagtail"
PAGE = "/text-7/"


@contextlib.contextmanager
def pages(folder: Path) -> Iterator[dict[str, str]]:
    """Name → address of the page as it is, and with the cache; empty when Wagtail cannot be had."""
    python = installed(folder)
    if python is None:
        yield {}
        return
    where = connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    environment = {
        "SITE_HOST": str(where["HOST"]), "SITE_PORT": str(where["PORT"]), "SITE_USER": str(where["USER"]),
        "SITE_PASSWORD": str(where.get("PASSWORD") or ""), "SITE_DATABASE": DATABASE, "DJANGO_SETTINGS_MODULE": "site_settings",
    }  # fmt: skip
    try:
        site = folder / "site"
        shutil.copytree(SITE, site, dirs_exist_ok=True)
        done = subprocess.run(
            [python, "site_fill.py"], cwd=site, env={**os.environ, **environment, "PYTHONPATH": str(site)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            print(f"\nWithout Wagtail: {(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}")  # fmt: skip
            yield {}
            return
        queries, size = done.stdout.split()
        print(f"\nWagtail's page: {queries} queries, {size} bytes")
        plain, cached = free_port(), free_port()
        with (
            running(application("site_wsgi", plain, python), plain, site, **environment) as plain_at,
            running(application("site_wsgi", cached, python), cached, site, **environment, CACHED="1") as cached_at,
        ):  # fmt: skip
            fetched(plain_at + PAGE)
            yield {"Wagtail": plain_at + PAGE, "Wagtail, Django's cache": cached_at + PAGE}
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def installed(folder: Path) -> str | None:
    """The Python of an environment with Wagtail in it."""
    uv, python = TOOLS / "bin" / "uv", folder / "venv" / "bin" / "python"
    environment = {"UV_SYSTEM_CERTS": "1", **os.environ, "UV_PYTHON_DOWNLOADS": "never", **package_index()}  # fmt: skip
    for command in (
        ["venv", "--quiet", "--python", sys.executable, str(folder / "venv")],
        ["pip", "install", "--quiet", "--python", str(python), *WAGTAIL],
    ):
        done = subprocess.run([str(uv), *command], env=environment, capture_output=True, text=True, check=False)  # fmt: skip
        if done.returncode:
            print(f"\nWithout Wagtail, which could not be installed: {done.stderr.strip().splitlines()[-1:]}")  # fmt: skip
            return None
    return str(python)
