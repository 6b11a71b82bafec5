"""A long while of many readers and one editor: what fails, how long a save takes, how soon it is read, what memory it takes.

The editor opens a form at the desk and saves it, once a second; after each save a reader asks for the page until it says what
was saved. It writes in the archive: one dialogue's description, which it puts back, and an account, which it closes.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import numpy as np
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from statements.models import Dialogue
from tests.benchmarks.desk import Editor, Form
from tests.benchmarks.kinds import addresses, published
from tests.benchmarks.processes import Pressed, application, fetched, free_port, group, press

CONNECTIONS = 64
#: Megabytes of pages that a worker keeps, as is usual, and seconds that a reader looks for what was saved.
KEPT_MB, LOOKING = 64, 10.0
#: Not among the kinds that are soaked: a file and the interface.
NO_PAGES = ("export", "interface", "facets")


def table(folder: Path, minutes: float = 5) -> None:
    """Print what happened, of the archive as it is in the database."""
    if not shutil.which("wrk"):
        print("\nNo soaking: wrk is not on this machine.")
        return
    paths = tuple(
        quote(path, safe="/?=&%") for name, path in addresses().items() if name not in NO_PAGES
    )
    editor = account()
    port = free_port()
    try:
        with group(application("archive.wsgi", port), port, PAGE_CACHE_MB=str(KEPT_MB)) as (place, leader):  # fmt: skip
            empty = resident(leader)
            fill(place)
            full = resident(leader)
            pressed: list[Pressed] = []
            readers = threading.Thread(
                target=lambda: pressed.append(press(place, CONNECTIONS, 60 * minutes, folder, "br", paths))
            )  # fmt: skip
            readers.start()
            saves, seen, lost = edit(place, editor, readers)
            readers.join()
            most = resident(leader)
    finally:
        get_user_model().objects.filter(username=editor[0]).update(is_active=False)
    one = pressed[0]
    print(
        f"\n{minutes:g} minutes, {CONNECTIONS} connections over {len(paths)} kinds of pages, one worker, a save each second\n"
        f"requests a second   {one.rate:,.0f}; {one.failed} failed; p50/p95/p99 {one.p50:.0f}/{one.p95:.0f}/{one.p99:.0f} ms\n"
        f"saves               {len(saves)}; p50/p95/longest {spread(saves)} ms; {lost} refused\n"
        f"read after a save   p50/p95/longest {spread(seen)} ms, the drawing included\n"
        f"memory of a worker  {empty:.0f} MB at first, {full:.0f} MB with {KEPT_MB} MB of pages, {most:.0f} MB at the end"
    )


def account() -> tuple[str, str]:
    """(name, password) of a new editor."""
    name, password = f"soak-{secrets.token_hex(4)}", secrets.token_urlsafe(16)
    made = get_user_model().objects.create_user(name, password=password, is_staff=True)  # type: ignore[attr-defined]
    made.groups.add(Group.objects.get(name="editor"))
    return name, password


def fill(place: str) -> None:
    """Ask for pages until what a worker may keep is full."""
    wanted, had = KEPT_MB * 1024 * 1024, 0
    for year in range(1950, 2050):
        for other in range(year, 2050):
            had += len(fetched(f"{place}/en/timeline/?from={year}&to={other}"))
            if had > wanted:
                return


def edit(
    place: str, editor: tuple[str, str], readers: threading.Thread
) -> tuple[list[float], list[float], int]:
    """(milliseconds of each save, milliseconds until each was read, saves refused), as long as there are readers."""
    record = published(Dialogue).order_by("pk")[0]
    path = reverse("admin:statements_dialogue_change", args=[record.pk])
    page = reverse("dialogue", args=[record.slug])
    desk = Editor(place, *editor)
    saves: list[float] = []
    seen: list[float] = []
    lost = 0
    due = time.monotonic()
    while readers.is_alive():
        token = f"soak {secrets.token_hex(6)}"
        try:
            fields = Form(desk.get(path)).fields
            begin = time.perf_counter()
            desk.save(path, fields, description_en=token)
            saves.append(1000 * (time.perf_counter() - begin))
            seen.append(1000 * until_read(place + page, token))
        except (RuntimeError, OSError) as problem:
            lost += 1
            print(problem)
        due += 1
        time.sleep(max(0.0, due - time.monotonic()))
    desk.save(path, Form(desk.get(path)).fields, description_en=record.description_en)
    return saves, seen, lost


def until_read(address: str, token: str) -> float:
    """Seconds until a reader finds a word on a page; raises RuntimeError when he does not."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < LOOKING:
        if token.encode() in fetched(address):
            return time.perf_counter() - begin
        time.sleep(0.01)
    raise RuntimeError(f"what was saved was not read within {LOOKING:.0f} seconds")


def spread(times: list[float]) -> str:
    if not times:
        return "–"
    p50, p95 = np.percentile(times, [50, 95])
    return f"{p50:.0f}/{p95:.0f}/{max(times):.0f}"


def resident(leader: int) -> float:
    """Megabytes of the largest process of a group: the worker."""
    return max(size_of(pid) for pid in processes() if group_of(pid) == leader)


def processes() -> Iterator[int]:
    yield from (int(name) for name in os.listdir("/proc") if name.isdigit())


def group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def size_of(pid: int) -> float:
    asked = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)  # fmt: skip
    return int(asked.stdout.strip() or 0) / 1024
