"""``manage.py generate_archive``: a synthetic archive of any size, for measurements."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from statements.synthetic import generate


class Command(BaseCommand):
    help = (
        "Add synthetic statements, deterministic by seed, for measurements; use a data folder of its own. "
        "Example: DATA=/tmp/big manage.py generate_archive --statements 10000 --seed 1"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--statements", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument(
            "--words",
            default="400-1200",
            metavar="FROM-TO",
            help="words in each language, e.g. 40-120",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        first, _, last = options["words"].partition("-")
        if not (first.isdigit() and last.isdigit() and 0 < int(first) <= int(last) <= 5000):
            raise CommandError("--words is a range such as 400-1200, up to 5000.")
        if not 0 < options["statements"] <= 10_000_000:
            raise CommandError("--statements is a number from 1 to 10000000.")
        started = time.monotonic()

        def progress(done: int) -> None:
            share = done / options["statements"]
            bar = "█" * round(30 * share) + "░" * (30 - round(30 * share))
            self.stderr.write(f"\r{bar} {done:,} in {time.monotonic() - started:.0f} s", ending="")

        try:
            generate(options["statements"], options["seed"], (int(first), int(last)), progress)
        except DatabaseError as error:
            raise CommandError(
                f"The database refused: {str(error).strip().splitlines()[0]} "
                "A seed can be used once in an archive."
            ) from None
        self.stderr.write("")
        self.stdout.write(
            f"{options['statements']:,} statements in {time.monotonic() - started:.0f} s"
        )
