"""``manage.py relink``: texts read again after names were learnt; proposals for editors."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from statements.ingest.relinking import KINDS, Relinked, relink
from statements.models import Article, Statement


class Command(BaseCommand):
    help = (
        "Read statements and articles again and propose links that the archive sees now; nothing that a person "
        "decided is changed. Example: manage.py relink us-iraq-jscd-2-joint-statement --kinds official"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="ADDRESS", help="these records alone")
        parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, metavar="KIND")
        parser.add_argument("--dry-run", action="store_true", help="count only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        slugs = options["slugs"]
        records: list[Statement | Article] = []
        for model in (Statement, Article):
            found = model._default_manager.order_by("pk")
            records += found.filter(slug__in=slugs) if slugs else found
        missing = set(slugs) - {record.slug for record in records}
        if missing:
            raise CommandError(f"No statement or article has the address {sorted(missing)[0]}.")
        total = Relinked()
        for n, (record, done) in enumerate(
            relink(records, options["kinds"], dry_run=options["dry_run"]), 1
        ):
            total.read += done.read
            total.new += done.new
            total.changed += done.changed
            if done.new or done.changed:
                self.stdout.write(f"{record.slug}: {done.new} new, {done.changed} changed")
            self.stderr.write(f"\r{n:,} of {len(records):,}", ending="")
        self.stderr.write("")
        self.stdout.write(
            f"{total.read} passages read; {total.new} new proposals, {total.changed} changed."
        )
