"""What a page costs as a reader gets it: requests a second and waiting times through the web server, side by side.

Each kind of page is drawn anew for each request, then given as the application keeps it, then as nginx keeps it
by the shipped configuration. Beside them stand a static file of the same bytes under nginx, a stylesheet under
WhiteNoise, a plain Django view with eight queries to a page of the same size, and a page of Wagtail with as many, with Django's cache and without.
``wrk`` and ``nginx`` have to be on the machine. One worker serves each; all share the machine.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.benchmarks import front, plotting, wagtail
from tests.benchmarks.kinds import addresses
from tests.benchmarks.processes import Pressed, application, fetched, free_port, press, running

CONNECTIONS = (16, 64)


@dataclass(frozen=True)
class Row:
    """One kind of page: what it costs as a file, behind nginx, kept, drawn anew, and drawn by a plain view to the same size."""

    name: str
    bytes: int
    file: Pressed
    front: Pressed
    kept: Pressed
    anew: Pressed
    plain: Pressed

    @property
    def failed(self) -> int:
        return self.front.failed + self.kept.failed + self.anew.failed


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
        for connections in CONNECTIONS:
            print(
                f"\n{number:,} statements; {connections} connections; requests a second, p50/p95 in milliseconds\n"
                f"{'':12} {'bytes':>7} {'nginx file':>24} {'behind nginx':>24} {'× file':>6} {'kept':>24} {'× file':>6}"
                f" {'drawn anew':>24} {'plain view':>24} {'× plain':>7} failed"
            )
            others = {
                name: press(place, connections, seconds, folder) for name, place in beside.items()
            }
            rows = []
            for name, address in addresses().items():
                if only and name not in only:
                    continue
                address = quote(address, safe="/?=&%")
                body = fetched(kept_at + address)
                (folder / "nginx-files" / "files" / "page.html").write_bytes(body)
                fetched(front_at + address)
                places = (
                    f"{file_at}/page.html", front_at + address, kept_at + address, anew_at + address,
                    f"{plain_at}/?bytes={len(body)}",
                )  # fmt: skip
                row = Row(
                    name,
                    len(body),
                    *(press(place, connections, seconds, folder) for place in places),
                )
                rows.append(row)
                print(
                    f"{name:12} {row.bytes:7} {row.file} {row.front} {row.front.rate / row.file.rate:6.2f} {row.kept}"
                    f" {row.kept.rate / row.file.rate:6.2f} {row.anew} {row.plain} {row.anew.rate / row.plain.rate:7.2f} {row.failed:6}",
                    flush=True,
                )
            middle = sorted(row.file.rate for row in rows)[len(rows) // 2]
            for name, one in others.items():
                print(f"{name:30} {one}  {one.rate / middle:.3f} × file, {one.failed} failed")
            if plot is not None and connections == CONNECTIONS[0]:
                title = f"Requests a second as a share of a file under nginx, {number:,} statements"
                plotting.draw(plot, rows, others, title)
