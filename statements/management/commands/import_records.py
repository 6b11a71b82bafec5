"""``manage.py import_records``: the portable format in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from statements.models import recording
from statements.records import RecordsRefused, import_files


class Command(BaseCommand):
    help = (
        "Bring records in the portable format into the archive; everything or nothing. "
        "Example: manage.py import_records fixtures/*.jsonl"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with recording(reason="import_records"):
                summary = import_files(options["files"], options["dry_run"])
        except RecordsRefused as refused:
            raise CommandError(f"Nothing was imported.\n{refused}") from None
        for word, counts in (
            ("added", summary.added),
            ("changed", summary.changed),
            ("unchanged", summary.unchanged),
        ):
            if counts:
                kinds = ", ".join(f"{number} {kind}" for kind, number in counts.items())
                self.stdout.write(f"{word}: {kinds}")
        if options["dry_run"]:
            self.stdout.write("Nothing was written (--dry-run).")
