"""``manage.py check_archive``: is everything as it should be?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db.models import F, Max

from statements.models import (
    PUBLIC_KINDS,
    Article,
    Capture,
    Mention,
    OldAddress,
    SearchDocument,
    Statement,
)
from statements.models.fields import EDTFField
from statements.search.index import KINDS, catch_up
from statements.text.edtf import EDTF


class Command(BaseCommand):
    help = "Check references, checksums, numbering, dates and the search index; a list, exit 1 when something is wrong. Example: manage.py check_archive"

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = [*days(), *captures(), *numbers(), *mentions(), *addresses(), *index()]
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} things are wrong.")
        self.stdout.write("Everything is as it should be.")


def days() -> Iterator[str]:
    """Derived days that disagree with their EDTF value, in every field of dates there is."""
    for model in apps.get_app_config("statements").get_models():
        for field in model._meta.local_fields:
            if not isinstance(field, EDTFField):
                continue
            columns = {other.name for other in model._meta.local_fields}
            derived = [
                name for name in (f"{field.name}_first", f"{field.name}_last") if name in columns
            ]
            if len(derived) < 2:
                continue
            rows = model._default_manager.exclude(**{field.name: ""})
            for pk, date, first, last in rows.values_list("pk", field.name, *derived):
                if (EDTF(date).first, EDTF(date).last) != (first, last):
                    yield f"{model._meta.model_name} {pk}: the days of {date} are wrong"


def numbers() -> Iterator[str]:
    """Passages numbered above what their document has given out, which it would give again."""
    for kind, model in (("statement", Statement), ("article", Article)):
        rows = model._default_manager.annotate(highest=Max("passages__number"))
        for slug, highest in rows.filter(highest__gt=F("last_number")).values_list(
            "slug", "highest"
        ):
            yield f"{kind} {slug}: passage {highest} is numbered higher than any given out"


def captures() -> Iterator[str]:
    for capture in Capture.objects.iterator(chunk_size=20):
        if hashlib.sha256(bytes(capture.content)).hexdigest() != capture.sha256:
            yield f"capture {capture.pk}: the bytes do not have the checksum"


def mentions() -> Iterator[str]:
    """Mentions whose words do not stand where they should."""
    for mention in Mention.objects.select_related("text").iterator(chunk_size=500):
        words = getattr(mention.text, mention.layer)
        if words[mention.start : mention.end] != mention.as_printed:
            yield f"mention {mention.pk}: “{mention.as_printed}” does not stand at {mention.start}"


def addresses() -> Iterator[str]:
    models = {model._meta.model_name: model for model in PUBLIC_KINDS}
    for old in OldAddress.objects.all():
        model = models.get(old.kind)
        if model and not model._default_manager.filter(slug=old.target).exists():
            yield f"old address {old}: there is nothing at the present one"


def index() -> Iterator[str]:
    catch_up()
    for kind, model in KINDS.items():
        published = set(model.objects.published().values_list("pk", flat=True))
        indexed = set(SearchDocument.objects.filter(kind=kind).values_list("record_id", flat=True))
        if published != indexed:
            yield f"search index: {len(published ^ indexed)} records of kind {kind} differ; run rebuild_search"
