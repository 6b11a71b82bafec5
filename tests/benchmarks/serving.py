"""What a page costs as a reader gets it: requests a second and waiting times through the web server, side by side.

Each kind of page is given as the application keeps it and as nginx keeps it by the shipped configuration, in the
coding that browsers ask for and in none; then it is drawn anew for each request. Beside them stand a static file of the
same bytes under nginx, a stylesheet under WhiteNoise, a plain Django view with eight queries to a page of the same size, and a page of Wagtail with as many, with Django's cache and without.
What is fast is measured in turns, since what is compared is seldom ten times as fast and the machine may well be half as fast a second later.
``wrk`` and ``nginx`` have to be on the machine. One worker serves each; all share the machine.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.benchmarks import front, plotting, wagtail
from tests.benchmarks.kinds import addresses
from tests.benchmarks.processes import (
    Pressed,
    application,
    fetched,
    free_port,
    press,
    running,
    side_by_side,
)

CONNECTIONS = (16, 64)
#: What browsers say that they read.
BROWSER = "gzip, deflate, br, zstd"


@dataclass(frozen=True)
class Served:
    """A page in one coding: its bytes as they travel, and what they cost as a file, behind nginx, and kept by the application."""

    bytes: int
    file: Pressed
    front: Pressed
    kept: Pressed

    @property
    def shares(self) -> tuple[float, float]:
        """Of the file's requests a second: behind nginx, kept."""
        return self.front.rate / self.file.rate, self.kept.rate / self.file.rate

    def __str__(self) -> str:
        front, kept = self.shares
        return f"{self.bytes:7} {self.file} {self.front} {front:6.2f} {self.kept} {kept:6.2f}"


@dataclass(frozen=True)
class Row:
    """One kind of page: served to a browser and to who reads no coding, drawn anew, and drawn by a plain view to the same size."""

    name: str
    browser: Served
    whole: Served
    anew: Pressed
    plain: Pressed

    @property
    def failed(self) -> int:
        return self.anew.failed + sum(
            one.front.failed + one.kept.failed for one in (self.browser, self.whole)
        )


def table(
    folder: Path, seconds: float = 4, only: tuple[str, ...] = (), plot: Path | None = None
) -> None:
    """Print the table, of the archive as it is in the database; with ``plot`` draw that of the fewest connections."""
    if not shutil.which("wrk") or not shutil.which("nginx"):
        print("\nNo table of served pages: wrk and nginx are not on this machine.")
        return
    from django.conf import settings

    from statements.models import Statement

    static = Path(settings.STATIC_ROOT)
    stylesheet = next(static.glob("base.*.css")).name
    kept, anew, plain = free_port(), free_port(), free_port()
    with (
        front.files(folder / "nginx-files") as file_at,
        running(application("archive.wsgi", kept), kept, BEHIND_PROXY="1") as kept_at,
        front.before(kept, folder / "nginx-front", static) as front_at,
        running(application("archive.wsgi", anew), anew, PAGE_CACHE_MB="0") as anew_at,
        running(application("tests.benchmarks.plain", plain), plain) as plain_at,
        wagtail.pages(folder / "wagtail") as wagtail_at,
    ):
        beside = {"WhiteNoise": f"{kept_at}/static/{stylesheet}", "Django, eight queries, one long string": f"{plain_at}/"}  # fmt: skip
        beside |= wagtail_at
        number = Statement.objects.count()
        # Connections, templates and plans are there afterwards.
        for first in (f"{anew_at}/en/", f"{plain_at}/"):
            press(first, CONNECTIONS[0], seconds, folder)
        for connections in CONNECTIONS:
            print(
                f"\n{number:,} statements; {connections} connections; requests a second, p50/p95 in milliseconds\n"
                f"{'':12} "
                + 2
                * f"{'bytes':>7} {'nginx file':>24} {'behind nginx':>24} {'× file':>6} {'kept':>24} {'× file':>6} "
                + f"{'drawn anew':>24} {'plain view':>24} {'× plain':>7} failed\n{'':12} {'as browsers ask':121}in no coding"
            )
            others = {
                name: press(place, connections, seconds, folder) for name, place in beside.items()
            }
            rows = []
            for name, address in addresses().items():
                if only and name not in only:
                    continue
                address = quote(address, safe="/?=&%")
                browser, whole = (
                    served(
                        address, file_at, front_at, kept_at, coding, connections, seconds, folder
                    )
                    for coding in (BROWSER, "")
                )
                anew_, plain_ = (
                    press(place, connections, seconds, folder)
                    for place in (anew_at + address, f"{plain_at}/?bytes={whole.bytes}")
                )
                row = Row(name, browser, whole, anew_, plain_)
                rows.append(row)
                print(
                    f"{name:12} {row.browser} {row.whole} {row.anew} {row.plain} {row.anew.rate / row.plain.rate:7.2f} {row.failed:6}",
                    flush=True,
                )
            middle = sorted(row.whole.file.rate for row in rows)[len(rows) // 2]
            for name, one in others.items():
                print(f"{name:30} {one}  {one.rate / middle:.3f} × file, {one.failed} failed")
            if plot is not None and connections == CONNECTIONS[0]:
                title = f"Requests a second as a share of a file under nginx, {number:,} statements"
                plotting.draw(plot, rows, others, title)


def served(
    address: str, file_at: str, front_at: str, kept_at: str, coding: str, connections: int, seconds: float, folder: Path
) -> Served:  # fmt: skip
    """A page in a coding, its very bytes being the file."""
    body = fetched(kept_at + address, coding)
    (folder / "nginx-files" / "files" / "page.html").write_bytes(body)
    fetched(front_at + address, coding)
    places = (f"{file_at}/page.html", front_at + address, kept_at + address)
    return Served(len(body), *side_by_side(places, connections, seconds, folder, coding))
