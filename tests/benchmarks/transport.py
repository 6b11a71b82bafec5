"""What a reader with a phone and a slow line waits for: every kind of page under Lighthouse, in both languages.

Lighthouse is fetched from npm into a folder that goes away, and drives the machine's Chromium with its own
simulated "slow 4G". Of each page several runs are made and the middle one counts.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from archive.testing import find_browser
from tests.benchmarks.kinds import pages
from tests.benchmarks.processes import application, free_port, running

LIGHTHOUSE = "lighthouse@12.8.2"  # the newest for node 18 and 20
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
    " --disable-sync --no-first-run"
)
#: Results of searches ask search engines to stay away, and mean it; Lighthouse takes that for a mistake.
UNLISTED = ("search",)
TRIES = 3
#: Wanted, by measure: at least for the categories, at most for the others (milliseconds, bytes).
WANTED_LCP, WANTED_CLS, WANTED_PERFORMANCE, WANTED_BYTES, WANTED_REQUESTS = 1500, 0.02, 0.98, 150 * 1024, 15  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One page: categories from 0 to 1, milliseconds, bytes as they travelled, and what Lighthouse found wanting."""

    scores: tuple[float, ...]
    lcp: float
    cls: float
    tbt: float
    bytes: int
    requests: int
    faults: frozenset[str]

    def short_of(self) -> list[str]:
        """What is not as wanted, in words."""
        found = []
        if self.scores[0] < WANTED_PERFORMANCE:
            found.append("performance")
        found += [name for name, score in zip(CATEGORIES[1:], self.scores[1:], strict=True) if score < 1]  # fmt: skip
        found += ["LCP"] * (self.lcp > WANTED_LCP) + ["CLS"] * (self.cls > WANTED_CLS)
        found += ["bytes"] * (self.bytes > WANTED_BYTES)
        found += ["requests"] * (self.requests > WANTED_REQUESTS)
        return found


def read(report: str) -> Seen:
    """A report of Lighthouse as it writes it, JSON."""
    told = json.loads(report)
    audits = told["audits"]
    if told.get("runtimeError"):
        raise RuntimeError(told["runtimeError"]["message"])
    faults = {
        f"{name}: {part['id']}"
        for name in CATEGORIES
        for part in told["categories"][name]["auditRefs"]
        if part["weight"] and (audits[part["id"]]["score"] or 0) < 0.9
        and audits[part["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    }  # fmt: skip
    transfers = audits["network-requests"]["details"]["items"]
    return Seen(
        tuple(told["categories"][name]["score"] or 0.0 for name in CATEGORIES),
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        audits["total-blocking-time"]["numericValue"],
        sum(int(one.get("transferSize", 0)) for one in transfers),
        len(transfers),
        frozenset(faults),
    )


def middle(runs: list[Seen]) -> Seen:
    """The median of each measure; a fault that any run found."""
    of = statistics.median
    return Seen(
        tuple(of(run.scores[at] for run in runs) for at in range(len(CATEGORIES))),
        of(run.lcp for run in runs),
        of(run.cls for run in runs),
        of(run.tbt for run in runs),
        int(of(run.bytes for run in runs)),
        int(of(run.requests for run in runs)),
        frozenset().union(*(run.faults for run in runs)),
    )


def installed(folder: Path) -> Path | None:
    """Lighthouse, put into a folder by npm; says why in a line when it cannot."""
    missing = [name for name in ("node", "npm") if not shutil.which(name)]
    if missing or not find_browser():
        print(f"\nNo table of transport: {' and '.join(missing) or 'Chromium'} is not on this machine.")  # fmt: skip
        return None
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), LIGHTHOUSE]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if done.returncode or not program.exists():
        print("\nNo table of transport: npm could not install Lighthouse.")
        return None
    return program


def looked_at(program: Path, address: str, unlisted: bool) -> Seen:
    command = [
        str(program), address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
        "--no-enable-error-reporting", f"--chrome-flags={FLAGS}", *["--skip-audits=is-crawlable"] * unlisted,
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": find_browser() or ""}
    for _ in range(TRIES):  # now and then Chromium gives it no trace
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if not done.returncode:
            return read(done.stdout)
    raise RuntimeError(f"Lighthouse failed at {address}: {done.stderr.strip()[-300:]}")


def table(folder: Path, runs: int = 5, only: tuple[str, ...] = ()) -> None:
    """Print a line for each kind of page and language; ``only`` names kinds. ``folder`` is for what is fetched."""
    program = installed(folder)
    if program is None:
        return
    port = free_port()
    short: list[str] = []
    print(
        f"\n{LIGHTHOUSE}, slow 4G simulated, middle of {runs}; scores of 100; milliseconds; KB and requests of a first visit\n"
        f"{'':22} {'perf':>4} {'a11y':>4} {'best':>4} {'seo':>4} {'LCP':>6} {'CLS':>6} {'TBT':>5} {'KB':>6} {'requests':>8}"
    )
    with running(application("archive.wsgi", port), port) as place:
        for language in ("en", "ar"):
            for name, address in pages(language).items():
                if only and name not in only:
                    continue
                seen = middle(
                    [looked_at(program, place + address, name in UNLISTED) for _ in range(runs)]
                )
                scores = " ".join(f"{100 * score:4.0f}" for score in seen.scores)
                print(
                    f"{name + ' ' + language:22} {scores} {seen.lcp:6.0f} {seen.cls:6.3f} {seen.tbt:5.0f}"
                    f" {seen.bytes / 1024:6.1f} {seen.requests:8}",
                    flush=True,
                )
                if wanting := seen.short_of():
                    short.append(f"{name} {language}: {', '.join(wanting)} ({', '.join(sorted(seen.faults))})")  # fmt: skip
    print("Not as wanted: " + ("\n".join(["", *short]) if short else "nothing."))
    print("Search results ask search engines to stay away, so that one audit is left out for them.")
