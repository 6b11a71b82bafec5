"""``manage.py ingest``: text files to linked drafts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from statements.ingest.confirming import DocumentChoice, confirm
from statements.ingest.draft import DraftRefused, paste, understand
from statements.models import Event, Paste


class Command(BaseCommand):
    help = (
        "Read articles and statements from text files and save them as unpublished drafts. "
        "Example: manage.py ingest article.txt --dry-run --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="show the draft, write nothing")
        parser.add_argument("--json", action="store_true", help="print the draft as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"]:
            text = self.read(path)
            try:
                if options["dry_run"]:
                    self.show(path, understand(text), options["json"])
                else:
                    self.save(path, text)
            except DraftRefused as refused:
                raise CommandError(f"{path}: {refused}") from None

    def read(self, path: Path) -> str:
        try:
            return path.read_bytes().decode("utf-8")
        except OSError as error:
            raise CommandError(f"{path} cannot be read ({error.strerror}).") from None
        except UnicodeDecodeError:
            raise CommandError(f"{path} is not UTF-8 text; convert it first.") from None

    def show(self, path: Path, draft: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(draft, ensure_ascii=False, indent=1))
            return
        for document in draft["documents"]:
            linked = sum(mention["outcome"] == "one" for mention in document["mentions"])
            self.stdout.write(
                f"{path}: {document['type']}, {document['date'] or 'no date'}, "
                f"{len(document['passages'])} passages, {linked} of {len(document['mentions'])} mentions linked: "
                f"{document['title']}"
            )
        for warning in draft["warnings"]:
            self.stdout.write(f"  ! {warning}")

    def save(self, path: Path, text: str) -> None:
        kept = paste(text, filename=path.name)
        if kept.state != Paste.State.OPEN:
            self.stdout.write(f"{path}: taken in before; nothing was written.")
            return
        outlet = (
            next((d["outlet"] for d in kept.draft["documents"] if d["outlet"]), None) or "not known"
        )
        choices = [
            DocumentChoice(
                title=document["title"] or path.stem,
                date=document["date"] or "",
                outlet=document["outlet"] or outlet,
                publisher=outlet,
                language=document["language"] if document["language"] in ("ar", "en") else "ar",
                event=Event.objects.filter(slug=document["event"] or "").first(),
            )
            for document in kept.draft["documents"]
        ]
        for record in confirm(kept, choices):
            self.stdout.write(f"{path}: draft {record._meta.model_name} {record.slug}")
