"""``manage.py ingest``: files, addresses and folders of them to linked drafts."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from statements.ingest import fetching
from statements.ingest.confirming import DocumentChoice, confirm
from statements.ingest.draft import DraftRefused, paste, understand
from statements.ingest.sources import LARGEST, Original, Reading, SourceRefused, read
from statements.models import Event, Paste


class Command(BaseCommand):
    help = (
        "Read articles and statements from files (text, web page, PDF, Word, mail), web addresses and folders, "
        "and save them as unpublished drafts. What is near to a source taken in before waits at the desk. "
        "Example: manage.py ingest article.txt --dry-run --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="FILE|URL|FOLDER")
        parser.add_argument("--dry-run", action="store_true", help="show the draft, write nothing")
        parser.add_argument("--json", action="store_true", help="print the draft as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = gathered(options["sources"])
        counts: Counter[str] = Counter()
        refused: list[str] = []
        started = time.monotonic()
        for done, source in enumerate(sources):
            self.progress(done, len(sources), started)
            try:
                reading = self.read(source)
                if options["dry_run"]:
                    draft = understand(reading.text)
                    if not reading.is_plain:
                        draft["text"] = reading.text  # what the places in the draft count in
                    self.show(source, draft, options["json"])
                else:
                    draft = self.save(source, reading, counts)
                self.count(draft, counts)
            except (DraftRefused, SourceRefused) as error:
                refused.append(f"{source}: {error}")
        self.progress(len(sources), len(sources), started)
        if not options["json"]:
            self.summarize(len(sources), counts, refused)
        if refused:
            raise CommandError("\n".join(refused))

    def progress(self, done: int, total: int, started: float) -> None:
        """A bar for many sources; one needs none."""
        if total > 1:
            full = round(30 * done / total)
            bar = "█" * full + "░" * (30 - full)
            seconds = time.monotonic() - started
            ending = "\n" if done == total else ""
            self.stderr.write(f"\r{bar} {done:,} of {total:,} in {seconds:.0f} s", ending=ending)

    def read(self, source: str) -> Reading:
        if is_address(source):
            return read(fetching.fetch(source))
        try:
            with Path(source).open("rb") as file:
                return read(Original(file.read(LARGEST + 1), filename=Path(source).name))
        except OSError as error:
            raise SourceRefused(f"It cannot be read ({error.strerror}).") from None

    def count(self, draft: dict[str, Any], counts: Counter[str]) -> None:
        for document in draft["documents"]:
            for mention in document["mentions"]:
                counts["matched" if mention["outcome"] == "one" else "unsure"] += 1

    def summarize(self, seen: int, counts: Counter[str], refused: list[str]) -> None:
        self.stdout.write(
            f"{seen} seen: {counts['drafts']} drafts made, {counts['before']} taken in before, "
            f"{counts['near']} near to what is there and left for an editor, {len(refused)} refused. "
            f"Mentions: {counts['matched']} matched, {counts['unsure']} unsure."
        )

    def show(self, source: str, draft: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(draft, ensure_ascii=False, indent=1))
            return
        for document in draft["documents"]:
            linked = sum(mention["outcome"] == "one" for mention in document["mentions"])
            self.stdout.write(
                f"{source}: {document['type']}, {document['date'] or 'no date'}, "
                f"{len(document['passages'])} passages, {linked} of {len(document['mentions'])} mentions linked: "
                f"{document['title']}"
            )
        for warning in draft["warnings"]:
            self.stdout.write(f"  ! {warning}")

    def save(self, source: str, reading: Reading, counts: Counter[str]) -> dict[str, Any]:
        kept = paste(reading.text, source=reading)
        if kept.state != Paste.State.OPEN:
            counts["before"] += 1
            self.stdout.write(f"{source}: taken in before; nothing was written.")
            return kept.draft
        if any(kind != "statement" for kind, *_rest in kept.draft["resembles"]):
            counts["near"] += 1
            self.stdout.write(f"{source}: nearly a source that is there; waits at the desk.")
            return kept.draft
        outlet = (
            next((d["outlet"] for d in kept.draft["documents"] if d["outlet"]), None) or "not known"
        )
        choices = [
            DocumentChoice(
                title=document["title"] or Path(source).stem,
                date=document["date"] or "",
                outlet=document["outlet"] or outlet,
                publisher=outlet,
                language=document["language"] if document["language"] in ("ar", "en") else "ar",
                event=Event.objects.filter(slug=document["event"] or "").first(),
            )
            for document in kept.draft["documents"]
        ]
        for record in confirm(kept, choices):
            counts["drafts"] += 1
            self.stdout.write(f"{source}: draft {record._meta.model_name} {record.slug}")
        return kept.draft


def is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def gathered(given: list[Any]) -> list[str]:
    """Every file and address once, folders opened, in an order that does not hang on how they were given."""
    found: set[str] = set()
    for source in map(str, given):
        if not is_address(source) and Path(source).is_dir():
            inside = (path for path in Path(source).rglob("*") if path.is_file())
            found |= {str(path) for path in inside if not is_hidden(path, Path(source))}
        else:
            found.add(source)
    return sorted(found)


def is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
