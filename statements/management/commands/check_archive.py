"""``manage.py check_archive``: is everything as it should be?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Count, F, Max, Q

from statements.models import (
    MENTIONED,
    Article,
    Capture,
    Conflict,
    Mention,
    OldAddress,
    Passage,
    PassageText,
    Rights,
    Statement,
)
from statements.models.fields import EDTFField
from statements.models.triggers import missing
from statements.search.index import KINDS, catch_up, stale
from statements.text.edtf import EDTF, DateError

NO_DATE = "is no date"


class Command(BaseCommand):
    help = "Check rules, references, checksums, numbering, dates, rights and the search index; a list, exit 1 when something is wrong. Example: manage.py check_archive"

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = [*rules(), *days()]
        if any(line.endswith(NO_DATE) for line in wrong):
            wrong.append("The rest is checked when every date can be read.")
        else:
            parts = (choices, captures, numbers, texts, mentions, claims, addresses, index)
            wrong += [line for part in parts for line in part()]
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError("Something is wrong in the archive; see the list.")
        self.stdout.write("Everything is as it should be.")


def rules() -> Iterator[str]:
    """Rules that the database no longer upholds."""
    app = apps.get_app_config("statements")
    for trigger, table in sorted(missing(app, DEFAULT_DB_ALIAS)):
        yield f"table {table}: the rule {trigger} is switched off; run migrate, or ALTER TABLE … ENABLE TRIGGER"


def stored(model: Any, *columns: str) -> Iterator[tuple[Any, ...]]:
    """(id, columns …) of every row as they stand in the database: what is no date is not read as one."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {', '.join(map(quote, columns))} FROM {quote(model._meta.db_table)}"  # nosec B608
        )
        yield from cursor.fetchall()


def days() -> Iterator[str]:
    """Dates that are none, and derived days that disagree with their date, in every field of dates there is."""
    for model in apps.get_app_config("statements").get_models():
        name = model._meta.model_name
        columns = {other.name for other in model._meta.local_fields}
        for field in model._meta.local_fields:
            if isinstance(field, ArrayField) and isinstance(field.base_field, EDTFField):
                for pk, dates in stored(model, str(field.column)):
                    yield from (
                        f"{name} {pk}: “{date}” {NO_DATE}" for date in dates if not dated(date)
                    )
            if not isinstance(field, EDTFField):
                continue
            derived = [f"{field.name}_first", f"{field.name}_last"]
            if not columns.issuperset(derived):
                derived = []
            for pk, date, *ends in stored(model, str(field.column), *derived):
                value = dated(date) if date else None
                if date and value is None:
                    yield f"{name} {pk}: “{date}” {NO_DATE}"
                elif value and ends and ends != [value.first, value.last]:
                    yield f"{name} {pk}: the days of {date} are wrong"


def dated(value: str) -> EDTF | None:
    try:
        return EDTF(value)
    except DateError:
        return None


def choices() -> Iterator[str]:
    """Values outside the lists that a field may have."""
    for model in apps.get_app_config("statements").get_models():
        for field in model._meta.local_fields:
            if not field.choices:
                continue
            known = [value for value, _label in field.flatchoices]
            allowed = [*known, ""] if field.blank else known
            odd = model._default_manager.exclude(**{f"{field.name}__in": allowed})
            for pk, value in odd.values_list("pk", field.name):
                yield f"{model._meta.model_name} {pk}: {field.name} is “{value}”, not one of {', '.join(map(str, known))}"


def numbers() -> Iterator[str]:
    """Passages numbered above what their document has given out, which it would give again."""
    for kind, model in (("statement", Statement), ("article", Article)):
        rows = model._default_manager.annotate(highest=Max("passages__number"))
        for slug, highest in rows.filter(highest__gt=F("last_number")).values_list(
            "slug", "highest"
        ):
            yield f"{kind} {slug}: passage {highest} is numbered higher than any given out"


def texts() -> Iterator[str]:
    """Texts that nobody should keep, places given twice, and passages said to be removed that are not."""
    kept = PassageText.objects.exclude(text="").filter(
        Q(version__rights=Rights.DIGEST) | Q(version=None, passage__article__rights=Rights.DIGEST)
    )
    for text in kept.select_related("passage__statement", "passage__article"):
        yield f"{text}: the source's words are kept, but its rights are those of a digest"
    for text in PassageText.objects.filter(passage__removed=True).select_related(
        "passage__statement", "passage__article"
    ):
        yield f"{text}: the passage is removed, but has a text"
    for owner in ("statement", "article"):
        present = Passage.objects.filter(removed=False, **{f"{owner}__isnull": False})
        twice = present.values(f"{owner}__slug", "order").annotate(n=Count("pk")).filter(n__gt=1)
        for slug, order in twice.order_by().values_list(f"{owner}__slug", "order"):
            yield f"{owner} {slug}: two passages stand in place {order}"


def claims() -> Iterator[str]:
    """Rulings for a claim that is not there."""
    ruled = Conflict.objects.exclude(ruling=None)
    for conflict in ruled.exclude(claims__number=F("ruling")):
        yield f"conflict {conflict.slug}: the archive follows claim {conflict.ruling}, which is not there"


def captures() -> Iterator[str]:
    for capture in Capture.objects.defer("warc").iterator(chunk_size=20):
        if hashlib.sha256(bytes(capture.content)).hexdigest() != capture.sha256:
            yield f"capture {capture.pk}: the bytes do not have the checksum"


def mentions() -> Iterator[str]:
    """Mentions whose words do not stand where they should, or that propose records that are not there."""
    targets = {name: Mention._meta.get_field(name).related_model for name in MENTIONED}
    slugs: dict[str, set[str]] = {}
    for mention in Mention.objects.select_related("text").iterator(chunk_size=500):
        words = getattr(mention.text, mention.layer)
        if words[mention.start : mention.end] != mention.as_printed:
            yield f"mention {mention.pk}: “{mention.as_printed}” does not stand at {mention.start}"
        if mention.candidates:
            model: Any = targets[mention.type]
            known = slugs.setdefault(
                mention.type, set(model._default_manager.values_list("slug", flat=True))
            )
            for slug in mention.candidates:
                if slug not in known:
                    yield f"mention {mention.pk}: there is no {mention.type} {slug} to choose"


def addresses() -> Iterator[str]:
    """Old addresses that lead nowhere, or at which another record stands now."""
    for model in apps.get_app_config("statements").get_models():
        kind = str(model._meta.model_name)
        slugs = (
            set(model._default_manager.values_list("slug", flat=True)) if has_slug(model) else set()
        )
        for old in OldAddress.objects.filter(kind=kind):
            if old.target not in slugs:
                yield f"old address {old}: there is nothing at the present one"
            if old.slug in slugs:
                yield f"old address {old}: another record stands at the old one"


def has_slug(model: Any) -> bool:
    return model is not OldAddress and any(f.name == "slug" for f in model._meta.local_fields)


def index() -> Iterator[str]:
    catch_up()
    for kind in KINDS:
        for slug in sorted(stale(kind)):
            yield f"search index: {kind} {slug} is not as it should be; run rebuild_search"
