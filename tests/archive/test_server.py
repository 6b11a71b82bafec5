"""The embedded server: how much memory it takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from archive.database.server import LEAST_MEMORY, MOST_MEMORY, shared_memory

GIB = 1 << 30


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (str(2 * GIB), 512),
        (str(100 << 20), LEAST_MEMORY),
        (str(1000 * GIB), None),
        ("max", None),
        ("", None),
    ],
)
def test_a_quarter_of_what_a_container_may_have(
    tmp_path: Path, limit: str, expected: int | None
) -> None:
    file = tmp_path / "memory.max"
    file.write_text(limit)
    of_the_machine = shared_memory(tmp_path / "nothing")
    assert LEAST_MEMORY <= of_the_machine <= MOST_MEMORY
    assert shared_memory(file) == min(expected or MOST_MEMORY, of_the_machine)


@pytest.mark.django_db
def test_the_server_of_the_tests_has_it() -> None:
    if not connection.settings_dict.get("EMBEDDED"):
        pytest.skip("the tests have a server of another's")
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting::int / 128 FROM pg_settings WHERE name = 'shared_buffers'")
        assert cursor.fetchone() == (shared_memory(),)
