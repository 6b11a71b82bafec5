"""``manage.py export_records``: the portable format out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from statements.records import export_all


class Command(BaseCommand):
    help = (
        "Write every record to <kind>.jsonl files that import into an empty archive as the same archive. "
        "Example: manage.py export_records /backup/hiwar"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=Path("records"),
            metavar="DIR",
            help="default: records",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for path, count in export_all(options["folder"]):
                self.stdout.write(f"{count:>6}  {path}")
        except OSError as error:
            raise CommandError(
                f"The folder “{options['folder']}” cannot be written ({error.strerror}); name another."
            ) from None
