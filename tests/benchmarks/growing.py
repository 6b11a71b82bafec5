"""How the cost of a page drawn anew, or asked about again, grows with the archive: each kind at one connection, in ratios to the smallest archive.

Each size is measured by a process of its own, since a process works on one archive. That there is as much on a page at
every size, the official is the one named in some two thousand passages, and the dialogue the one with some sixty rounds.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.benchmarks.processes import ROOT, application, fetched, free_port, press, running

#: Mentions and rounds of the records that are compared.
MENTIONS, ROUNDS = 2000, 60
#: p95 of a page of the largest archive may be so many times that of the smallest.
WANTED = 1.3
#: Kinds whose first question is how far the index is: every change has them drawn anew.
INDEXED = ("home", "list", "facets", "search")
Measured = dict[str, tuple[float, float, int]]


def table(archives: list[Path], sizes: list[int], words: str, seconds: float) -> int:
    """Print the table, of archives as they are in their data folders and of new ones of so many statements; 0 when it could."""
    if not shutil.which("wrk"):
        print("No table of growth: wrk is not on this machine.")
        return 1
    found: dict[int, Measured] = {}
    for one in (*archives, *sizes):
        with tempfile.TemporaryDirectory(prefix="hiwar-growth-") as scratch:
            out = Path(scratch) / "measured.json"
            command = [sys.executable, "-m", "tests.benchmarks.growing", str(one), words, str(seconds), scratch, str(out)]  # fmt: skip
            if subprocess.run(command, cwd=ROOT, check=False).returncode:
                return 1
            number, measured = json.loads(out.read_text())
            found[number] = measured
    numbers = sorted(found)
    print(
        f"\np50/p95 in milliseconds of pages drawn anew, one connection, {seconds:g} s each; × {numbers[0]:,} statements"
    )
    print(f"{'':18}" + "".join(f" {number:>14,} {'×':>10}" for number in numbers) + "  failed")
    for name in found[numbers[0]]:
        first = found[numbers[0]][name]
        line, failed = f"{name:18}", 0
        for number in numbers:
            p50, p95, wrong = found[number][name]
            failed += wrong
            line += f" {p50:6.1f}/{p95:7.1f} {p50 / first[0]:4.2f}/{p95 / first[1]:5.2f}"
        largest = found[numbers[-1]][name]
        print(f"{line} {failed:7}" + ("  grows" if largest[1] > WANTED * first[1] else ""))
    return 0


def measured(seconds: float, folder: Path) -> Measured:
    """Kind of page → (p50, p95, failed) of the archive in the database, drawn anew."""
    from django.db.models import Count, F
    from django.db.models.functions import Abs
    from django.urls import reverse

    from statements.models import Dialogue, Official
    from tests.benchmarks.kinds import LONGEST, addresses, published

    def nearest(model: Any, wanted: int) -> str:
        counted = published(model).annotate(n=Count(LONGEST[model]))
        record = counted.order_by(Abs(F("n") - wanted), "pk")[0]
        return reverse(model.page, args=[record.slug])

    places = addresses()
    places["official"] = nearest(Official, MENTIONS)
    places["dialogue"] = nearest(Dialogue, ROUNDS)
    places["export"] = f"{places['dialogue']}ledger.csv"
    found: Measured = {}
    port, moving = free_port(), free_port()
    with (
        running(application("archive.wsgi", port), port, PAGE_CACHE_MB="0") as anew,
        running(application("tests.benchmarks.moving", moving), moving) as asked_again,
    ):
        for name, path in places.items():
            for server, words in ((anew, name), (asked_again, f"{name}, again")):
                if server is asked_again and name in INDEXED:
                    continue
                address = server + quote(path, safe="/?=&%")
                fetched(address)
                one = press(address, 1, seconds, folder)
                found[words] = one.p50, one.p95, one.failed
    return found


def main(which: str, words: str, seconds: str, scratch: str, out: str) -> None:
    """``which`` is a data folder, or the number of statements of a new archive."""
    from archive.benchmarks import archive

    size = int(which) if which.isdigit() else 0
    with archive(None if size else Path(which), Path(scratch) / "data"):
        from django.core.management import call_command

        from statements.models import Statement

        if size:
            call_command("generate_archive", statements=size, words=words)
        number = Statement.objects.count()
        Path(out).write_text(json.dumps([number, measured(float(seconds), Path(scratch))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
