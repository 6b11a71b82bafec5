"""``manage.py bench``: what pages cost, side by side with what they could cost at best; timings are printed, never tested."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

EXAMPLES = """
Without PART: pages, search, ingesting and serving, of the demo archive in a database of its own; with HIWAR_CORPUS
set the real article is taken in too. With --statements a synthetic archive of that size is added, and classes of
queries are timed on it beside what could be installed (--alone: without those), and served pages once more.

  pages       queries and milliseconds of a page without a web server
  search      the judged queries          ingesting   how well texts are taken in
  serving     requests a second beside nginx, WhiteNoise, plain Django and Wagtail (wrk, nginx)
  transport   every kind of page under Lighthouse (node, npm, Chromium)
  growth      pages drawn anew at several sizes, in ratios to the smallest (wrk)
  soak        an editor who saves each second, and 64 connections (wrk)

Example: manage.py bench --statements 10000 --words 400-1200

Further ones:
  manage.py bench transport --runs 5
  manage.py bench growth --statements 1000,10000,100000
  manage.py bench growth --archives /srv/small,/srv/large
  manage.py bench serving soak --minutes 5 --archives /srv/large
"""
PARTS = ("pages", "search", "ingesting", "serving", "transport", "growth", "soak")
USUAL = PARTS[:4]
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


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="manage.py bench",
        description="What pages cost, side by side with what they could cost at best.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("parts", nargs="*", metavar="PART")
    made.add_argument(
        "--statements", type=sizes, default=[], metavar="N[,N…]", help="size of a synthetic archive"
    )
    made.add_argument("--words", default="400-1200", metavar="FROM-TO", help="words a language")
    made.add_argument("--alone", action="store_true", help="search without others beside it")
    made.add_argument(
        "--archives", type=folders, default=[], metavar="DATA[,DATA…]",
        help="data folders of archives to measure as they are, instead of new ones",
    )  # fmt: skip
    made.add_argument("--runs", type=int, default=5, help="of each page under Lighthouse (5)")
    made.add_argument(
        "--kinds", default="", metavar="NAME[,NAME…]", help="these kinds of pages alone"
    )
    made.add_argument("--seconds", type=float, default=4, help="that each page is pressed (4)")
    made.add_argument("--minutes", type=float, default=5, help="of soaking (5)")
    made.add_argument(
        "--plot", type=Path, metavar="FILE.svg", help="draw the table of served pages"
    )
    return made


def sizes(written: str) -> list[int]:
    return [int(number) for number in written.split(",") if number != "0"]


def folders(written: str) -> list[Path]:
    found = [Path(name).resolve() for name in written.split(",")]
    for folder in found:
        if not folder.is_dir():
            raise argparse.ArgumentTypeError(f"there is no folder {folder}")
    return found


def main(arguments: list[str]) -> int:
    reading = parser()
    chosen = reading.parse_args(arguments)
    parts = set(chosen.parts or USUAL)
    for word in sorted(parts - set(PARTS)):
        reading.error(f"“{word}” is not understood; a part is one of {', '.join(PARTS)}")
    if "growth" in parts:
        if len(chosen.statements) + len(chosen.archives) < 2 or len(parts) > 1:
            reading.error("growth stands alone, and wants two --statements or --archives at least")
        return growth(chosen)
    if len(chosen.statements) > 1 or len(chosen.archives) > 1:
        reading.error("several sizes are for growth")
    if chosen.archives and (chosen.statements or parts & {"pages", "search", "ingesting"}):
        reading.error("an archive as it is can be served, soaked and looked at under transport")
    # Stopping is one thing, by Ctrl-C or by a supervisor: the servers are stopped too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="hiwar-bench-") as scratch:
        # Servers of other users read here: nginx, PostgreSQL.
        Path(scratch).chmod(0o755)
        with archive(chosen.archives[0] if chosen.archives else None, Path(scratch) / "data"):
            run(parts, chosen, Path(scratch))
    return 0


@contextlib.contextmanager
def archive(existing: Path | None, new: Path) -> Iterator[None]:
    """Django over an archive that is there, or over a new one with the demo archive in it, until the end."""
    data = existing or new
    os.environ |= {"DATA": str(data), "DATA_MAY_BE_LOST": "1"}
    os.environ.pop("DATABASE_URL", None)
    import django

    from archive.serving import collect_static, compile_translations, prepare_database

    compile_translations()
    django.setup()
    try:
        started = time.perf_counter()
        if existing is None:
            prepare_database()
            print(f"demo archive loaded in {time.perf_counter() - started:.1f} s")
        collect_static()
        yield
    finally:
        sys.stdout.flush()
        from django.db import connections

        connections.close_all()
        from archive.database.server import Server

        Server.at(data).release()


def run(parts: set[str], chosen: argparse.Namespace, scratch: Path) -> None:
    kinds = tuple(chosen.kinds.split(",")) if chosen.kinds else ()
    if "pages" in parts:
        measure()
    if "search" in parts:
        quality()
    if "ingesting" in parts:
        ingesting()
    if chosen.statements:
        if "serving" in parts:
            serving(chosen, kinds, scratch)
        scale(chosen.statements[0], chosen.words, scratch, not chosen.alone)
    if "serving" in parts:
        serving(chosen, kinds, scratch)
    if "transport" in parts:
        from tests.benchmarks import transport

        transport.table(scratch, chosen.runs, kinds)
    if "soak" in parts:
        from tests.benchmarks import soaking

        soaking.table(scratch, chosen.minutes)


def measure() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

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


def serving(chosen: argparse.Namespace, kinds: tuple[str, ...], folder: Path) -> None:
    """Pages through the web server, beside nginx, WhiteNoise, a plain view and Wagtail."""
    from tests.benchmarks import serving

    serving.table(folder, chosen.seconds, kinds, chosen.plot)


def growth(chosen: argparse.Namespace) -> int:
    """Each size in a process of its own, since a process works on one archive."""
    from tests.benchmarks import growing

    return growing.table(chosen.archives, chosen.statements, chosen.words, chosen.seconds)


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
