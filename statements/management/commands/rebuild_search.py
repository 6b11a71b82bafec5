"""``manage.py rebuild_search``: the index from the records, while readers read."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from statements.search.settling import rebuild


class Command(BaseCommand):
    help = "Write the search index anew; readers use the old one meanwhile. Example: manage.py rebuild_search"

    def handle(self, *args: Any, **options: Any) -> None:
        written = rebuild()
        if options["verbosity"]:
            self.stdout.write(f"{written} records indexed.")
