"""The house: a part imports lower floors only, and ``text`` knows neither Django nor the records."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    "text": 1, "models": 2, "search": 3, "citations": 3, "compare": 3, "usage": 4, "quotation": 4, "actions": 4, "ingest": 5, "records": 5, "synthetic": 5,
    "admin": 6, "desk": 6, "views": 6, "api": 6, "feeds": 6, "sitemaps": 6, "templatetags": 6, "management": 6,
}  # fmt: skip
ABOVE = {"urls", "addresses", "apps", "migrations"}
#: The desk previews readers' pages, and the interface and addresses stand on the same lists: top floor, one roof.
TOP = 6
FILES = sorted(
    path for path in (ROOT / "statements").rglob("*.py") if "migrations" not in path.parts
)


def part_of(path: Path) -> str:
    return path.relative_to(ROOT / "statements").parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_part_imports_lower_floors_only(path: Path) -> None:
    own = part_of(path)
    for name in imports(path):
        assert not name.startswith("archive"), f"{path} imports {name}"
        if own == "text":
            assert not name.startswith(("django", "psycopg")), f"{path} imports {name}"
        if own not in FLOORS or not name.startswith("statements."):
            continue
        other = name.split(".")[1]
        if other == own:
            continue
        assert other in FLOORS, f"{path} imports {name}, which stands above all floors"
        lower = FLOORS[other] < FLOORS[own] or FLOORS[other] == FLOORS[own] == TOP
        assert lower, f"{path} (floor {FLOORS[own]}) imports {name} (floor {FLOORS[other]})"


def test_requirements_name_no_host() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text()
