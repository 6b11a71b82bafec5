"""``manage.py read_dates``: date expressions to EDTF (ISO 8601-2:2019).

With ``--jsonl`` each line comes back with ``edtf`` (null when it is no date) added, and, when there are
any, ``alternatives`` (EDTF values that it may mean as well) and ``warnings`` (what contradicts itself).
"""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from statements.text.dates import read


class Command(BaseCommand):
    help = (
        "Read date expressions, in Arabic or English, as EDTF. "
        "Example: manage.py read_dates 'يومي 22 و23 تموز 2024'   or   manage.py read_dates --jsonl dates.jsonl"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("expressions", nargs="*", metavar="EXPRESSION")
        parser.add_argument(
            "--on",
            metavar="DATE",
            help="the day that relative expressions count from, e.g. 2024-07-25",
        )
        parser.add_argument(
            "--jsonl", metavar="FILE", help="lines with “text” and “reference”; - is standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        on = self.day(options["on"], "--on") if options["on"] else None
        if options["jsonl"]:
            self.lines(options["jsonl"], on)
        elif not options["expressions"]:
            raise CommandError("Name a date expression, or a file with --jsonl.")
        for expression in options["expressions"]:
            reading = read(expression, on=on)
            others = " ".join(f"or {other}" for other in reading.alternatives) if reading else ""
            self.stdout.write(
                f"{expression}\t{reading.edtf if reading else 'no date'}\t{others}".rstrip()
            )

    def day(self, value: str, where: str) -> datetime.date:
        try:
            return datetime.date.fromisoformat(value)
        except (ValueError, TypeError):
            raise CommandError(f"{where}: “{value}” is not a day such as 2024-07-25.") from None

    def lines(self, name: str, on: datetime.date | None) -> None:
        try:
            content = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{name} cannot be read ({error}).") from None
        for number, line in enumerate(content.split("\n"), 1):
            if not line.strip():
                continue
            row = self.row(line, f"{name}, line {number}")
            anchor = (
                self.day(row["reference"], f"{name}, line {number}") if row.get("reference") else on
            )
            reading = read(row["text"], on=anchor)
            row["edtf"] = reading.edtf if reading else None
            if reading and reading.alternatives:
                row["alternatives"] = list(reading.alternatives)
            if reading and reading.warnings:
                row["warnings"] = [warning.en for warning in reading.warnings]
            self.stdout.write(self.printable(row))

    def row(self, line: str, where: str) -> dict[str, Any]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise CommandError(f"{where}: not a JSON object with “text”.")
        return row

    def printable(self, row: dict[str, Any]) -> str:
        """The row as JSON; halves of characters, which no encoding has, stay escaped."""
        printed = json.dumps(row, ensure_ascii=False)
        try:
            printed.encode()
        except UnicodeEncodeError:
            return json.dumps(row)
        return printed
