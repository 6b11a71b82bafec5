"""The demo archive: out as it went in, and a second time without a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from statements.models import ArchiveRevision, Change
from statements.records import export_all, import_files

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_the_demo_archive_comes_out_as_it_went_in(demo_files: list[str], tmp_path: Path) -> None:
    export_all(tmp_path)
    for name in demo_files:
        assert (tmp_path / Path(name).name).read_bytes() == Path(name).read_bytes()


def test_importing_twice_changes_nothing(demo_files: list[str]) -> None:
    before = ArchiveRevision.current(), Change.objects.count()
    import_files([Path(name) for name in demo_files])
    assert (ArchiveRevision.current(), Change.objects.count()) == before
