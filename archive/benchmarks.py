"""``manage.py bench``: what pages cost, side by side with what they could cost at best; timings are printed, never tested."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from archive.bootstrap import explain

HELP = """usage: manage.py bench [--statements N [--words FROM-TO] [--alone]]

Loads the demo archive into a database of its own, times pages and measures how good search is and how
well texts are taken in, with HIWAR_CORPUS set the real article too. With
--statements it adds a synthetic archive of that size and times classes of queries on it, beside what
could be installed (--alone: without those).
Example: manage.py bench --statements 10000 --words 400-1200
"""
PAGES = (
    "/healthz",
    "/en/",
    "/ar/statements/",
    "/en/statements/us-iraq-jscd-2-joint-statement/",
    "/ar/statements/us-iraq-jscd-2-joint-statement/?lang=both",
    "/en/officials/thabit-al-abbasi/",
    "/en/events/us-iraq-jscd-2/",
    "/en/agreements/sfa-2008/",
    "/ar/search/?q=العباسي",
    "/api/v1/search/?q=memorandum",
)


def main(arguments: list[str]) -> int:
    size, words, beside = "0", "400-1200", True
    rest = list(arguments)
    while rest:
        name = rest.pop(0)
        if name == "--statements" and rest and rest[0].isdigit():
            size = rest.pop(0)
        elif name == "--words" and rest:
            words = rest.pop(0)
        elif name == "--alone":
            beside = False
        else:
            return explain(HELP, [name])
    with tempfile.TemporaryDirectory(prefix="hiwar-bench-") as data:
        os.environ |= {"DATA": data, "DATA_MAY_BE_LOST": "1"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        measure()
        quality()
        ingesting()
        serving(Path(data))
        if int(size):
            scale(int(size), words, Path(data), beside)
            serving(Path(data))
        sys.stdout.flush()
        from django.db import connections

        connections.close_all()
        from archive.database.server import Server

        Server.at(data).release()
    return 0


def measure() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from archive.serving import collect_static, prepare_database

    started = time.perf_counter()
    prepare_database()
    collect_static()
    print(f"demo archive loaded in {time.perf_counter() - started:.1f} s")
    call_command("rebuild_search", verbosity=0)
    client = Client()
    base = None
    print(f"{'page':60} {'queries':>7} {'median ms':>9} {'× healthz':>9}")
    for page in PAGES:
        client.get(page, headers={"host": "localhost"})
        with CaptureQueriesContext(connection) as captured:
            client.get(page, headers={"host": "localhost"})
        queries = len(captured)  # the next request empties the log
        times = []
        for _ in range(15):
            begin = time.perf_counter()
            client.get(page, headers={"host": "localhost"})
            times.append(1000 * (time.perf_counter() - begin))
        median = statistics.median(times)
        base = base or median
        print(f"{page:60} {queries:7} {median:9.1f} {median / base:9.1f}")


def quality() -> None:
    """The judged queries, for the archive and for what could be installed."""
    from django.core.management import call_command

    from tests.search.measuring import archive, icontains, measure, postgresql

    call_command("rebuild_search", verbosity=0)
    tables = {
        "archive": measure(archive),
        "icontains": measure(icontains),
        "PostgreSQL": measure(postgresql()),
    }
    print(
        f"\n{'class':10} {'queries':>7}"
        + "".join(f" {name + ' nDCG':>17}" for name in tables)
        + f" {'recall':>7} {'precision':>9} {'MRR':>5}"
    )
    ours = tables["archive"]
    for name in sorted(ours, key=lambda name: (name == "all", name)):
        row = ours[name]
        print(
            f"{name:10} {row['queries']:7.0f}"
            + "".join(f" {table[name]['nDCG']:17.2f}" for table in tables.values())
            + f" {row['recall']:7.2f} {row['precision']:9.2f} {row['MRR']:5.2f}"
        )


def ingesting() -> None:
    """How well texts are told apart and understood: the written ones, and the real article where it is at hand."""
    from tests.benchmarks import aligning, ingesting, relating

    ingesting.table()
    relating.table()
    aligning.table()


def serving(folder: Path) -> None:
    """Pages through the web server, beside nginx, WhiteNoise and a plain view."""
    from tests.benchmarks import serving

    serving.table(folder)


def scale(statements: int, words: str, folder: Path, beside: bool) -> None:
    """Load a synthetic archive, make its index anew, and time classes of queries on it."""
    from django.core.management import call_command

    from tests.benchmarks.searching import table

    print()
    started = time.perf_counter()
    call_command("generate_archive", statements=statements, words=words)
    loading = time.perf_counter() - started
    started = time.perf_counter()
    call_command("rebuild_search", verbosity=0)
    print(
        f"loading {loading:.0f} s; rebuild_search {(again := time.perf_counter() - started):.0f} s, {again / loading:.1f} ×"
    )
    table(folder, beside)
