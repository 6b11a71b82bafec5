"""The table of served pages as a picture: bars in SVG, by hand, legible on white and on black paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

WIDTH, NAMES, ROOM, BAR, GAP = 860, 190, 90, 12, 10
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#333}.soft{fill:#666}.a{fill:#0e5a5a}.b{fill:#4f9a94}.c{fill:#b5651d}.line{stroke:#999}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.soft{fill:#aaa}.a{fill:#74c6bb}.b{fill:#3f8580}.c{fill:#e5a080}.line{stroke:#777}}"
)


def draw(path: Path, rows: Sequence[Any], others: Mapping[str, Any], title: str) -> None:
    """Write a picture of shares of what nginx does with a file of the same bytes; the line stands at one.

    ``rows`` are kinds of pages with what was measured of each (``browser``, ``whole``, ``anew``); ``others`` are set against the middle file. A share under a hundredth is written, since its bar cannot be seen.
    """
    middle = sorted(row.whole.file.rate for row in rows)[len(rows) // 2]
    groups = [
        (row.name, [*zip("ba", row.browser.shares, strict=True), ("c", row.anew.rate / row.whole.file.rate)])
        for row in rows
    ] + [(name, [("c", one.rate / middle)]) for name, one in others.items()]  # fmt: skip
    most = max(1.0, *(share for _name, bars in groups for _colour, share in bars))
    scale = (WIDTH - NAMES - ROOM) / most
    parts, y = [], 62
    for name, bars in groups:
        parts.append(f'<text x="{NAMES - 10}" y="{y + len(bars) * BAR / 2 + 4:.0f}" text-anchor="end">{escape(name)}</text>')  # fmt: skip
        for colour, share in bars:
            long = max(share * scale, 1)
            parts.append(f'<rect class="{colour}" x="{NAMES}" y="{y}" width="{long:.1f}" height="{BAR - 2}"/>')  # fmt: skip
            parts.append(f'<text class="soft" x="{NAMES + long + 5:.1f}" y="{y + BAR - 2}" style="font-size:10px">{written(share)}</text>')  # fmt: skip
            y += BAR
        y += GAP
    one = NAMES + scale
    legend = "".join(
        f'<rect class="{colour}" x="{x}" y="34" width="12" height="10"/><text x="{x + 18}" y="44">{words}</text>'
        for colour, x, words in (("b", NAMES, "behind nginx"), ("a", NAMES + 140, "kept by the application"), ("c", NAMES + 330, "drawn anew, and others"))
    )  # fmt: skip
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 8}" role="img"><title>{escape(title)}</title><style>{STYLE}</style>'
        f'<text x="{NAMES}" y="20">{escape(title)}</text>{legend}<path class="line" d="M{one:.1f} 52V{y}" stroke-dasharray="3 3"/>{"".join(parts)}</svg>\n'
    )


def written(share: float) -> str:
    return f"{share:.2f}" if share >= 0.1 else f"{share:.1g}"
