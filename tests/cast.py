"""The standing cast: Minister al-Abbasi and his spellings, the July 2024 round, its statement and an article."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from statements.models import (
    Article,
    Country,
    Dialogue,
    Event,
    Layer,
    Mention,
    Name,
    Official,
    Organization,
    Outlet,
    Participation,
    Passage,
    PassageText,
    Post,
    Rights,
    Round,
    State,
    Statement,
    Tenure,
    Version,
)

PUBLIC = {"state": State.PUBLISHED}


def iraq() -> Country:
    return Country.objects.get_or_create(
        slug="iq", defaults={"name_en": "Iraq", "name_ar": "العراق", "iso2": "IQ", "iso3": "IRQ"}
    )[0]


def america() -> Country:
    return Country.objects.get_or_create(
        slug="us",
        defaults={
            "name_en": "United States",
            "name_ar": "الولايات المتحدة",
            "iso2": "US",
            "iso3": "USA",
        },
    )[0]


def ministry(**fields: Any) -> Organization:
    return Organization.objects.create(
        **{
            "slug": "iq-mod",
            "name_en": "Ministry of Defence of Iraq",
            "name_ar": "وزارة الدفاع العراقية",
            "type": "ministry",
            "country": iraq(),
            **PUBLIC,
            **fields,
        }  # fmt: skip
    )


def post(organization: Organization | None = None, **fields: Any) -> Post:
    return Post.objects.create(
        **{
            "slug": "iq-minister-of-defence",
            "title_en": "Minister of Defence of Iraq",
            "title_ar": "وزير الدفاع العراقي",
            "organization": organization or ministry(),
            **PUBLIC,
            **fields,
        }  # fmt: skip
    )


def minister(held: Post | None = None, **fields: Any) -> Official:
    official = Official.objects.create(
        **{
            "slug": "thabit-al-abbasi",
            "name_en": "Thabit al-Abbasi",
            "name_ar": "ثابت العباسي",
            "country": iraq(),
            **PUBLIC,
            **fields,
        }  # fmt: skip
    )
    Name.objects.create(official=official, form="محمد العباسي", language="ar", misleading=True)
    if held:
        Tenure.objects.create(
            official=official,
            post=held,
            start="2022-10-27",
            status="current",
            attested=["2024-07-23"],
        )
    return official


def dialogue(**fields: Any) -> Dialogue:
    return Dialogue.objects.create(
        **{
            "slug": "us-iraq-jscd",
            "name_en": "Joint Security Cooperation Dialogue",
            "name_ar": "حوار التعاون الأمني المشترك",
            **PUBLIC,
            **fields,
        }  # fmt: skip
    )


def july_round(series: Dialogue | None = None, **fields: Any) -> Event:
    event = Event.objects.create(
        **{
            "slug": "us-iraq-jscd-2",
            "title_en": "Second round",
            "title_ar": "الجولة الثانية",
            "type": "round",
            "date": "2024-07-22/2024-07-23",
            **PUBLIC,
            **fields,
        }  # fmt: skip
    )
    if series:
        Round.objects.create(dialogue=series, event=event, number=2)
    return event


ARABIC = [
    "التقى وزير الدفاع ثابت العباسي نظيره الأمريكي في واشنطن.",
    "قرر الجانبان البدء في العمل على مذكرة تفاهم أمنية.",
]
ENGLISH = [
    "Minister of Defence Thabit al-Abbasi met his American counterpart in Washington.",
    "The two sides decided to begin work on a memorandum of understanding.",
]


def july_statement(
    official: Official | None = None,
    rights: str = Rights.FULL,
    event: Event | None = None,
    **fields: Any,
) -> Statement:
    statement = Statement.objects.create(
        **{
            "slug": "july-2024",
            "title_en": "Joint statement of July 2024",
            "title_ar": "البيان المشترك لتموز 2024",
            "date": "2024-07-24",
            "event": event,
            **PUBLIC,
            **fields,
        }  # fmt: skip
    )
    passages = [Passage.objects.create(statement=statement, number=n, order=n) for n in (1, 2)]
    for language, words in (("ar", ARABIC), ("en", ENGLISH)):
        version = Version.objects.create(
            statement=statement,
            language=language,
            publisher="Ministry",
            rights=rights,
            title=statement.title_en,
        )
        for passage, text in zip(passages, words, strict=True):
            PassageText.objects.create(
                passage=passage, version=version, language=language, text=text,
                digest="" if rights == Rights.FULL else f"{'خلاصة' if language == 'ar' else 'Digest'} {passage.number}.",
            )  # fmt: skip
    if official:
        name(statement, official, "ثابت العباسي", "ar")
        name(statement, official, "Thabit al-Abbasi", "en")
    return statement


def name(statement: Statement, official: Official, words: str, language: str) -> Mention:
    text = PassageText.objects.filter(
        passage__statement=statement, language=language, text__contains=words
    ).first()
    assert text is not None
    start = text.text.index(words)
    return Mention.objects.create(
        text=text, layer=Layer.TEXT, start=start, end=start + len(words), as_printed=words,
        type="official", outcome="one", official=official, decided=True,
    )  # fmt: skip


def take_part(event: Event, official: Official | None = None, **fields: Any) -> Participation:
    return Participation.objects.create(
        event=event, official=official, **{"role": "head", **fields}
    )


def article(**fields: Any) -> Article:
    outlet = Outlet.objects.get_or_create(
        slug="al-marsad", defaults={"name_en": "Al-Marsad", "name_ar": "المرصد"}
    )[0]
    return Article.objects.create(
        **{
            "slug": "al-marsad-july",
            "outlet": outlet,
            "language": "ar",
            "title": "تفاهمات جديدة",
            "date": "2024-07-25",
            "rights": Rights.FULL,
            **PUBLIC,
            **fields,
        }  # fmt: skip
    )


def groups() -> None:
    """The groups of the desk as the migrations make them."""
    import_module("statements.migrations.0002_groups").make_groups(apps, None)
    import_module("statements.migrations.0006_divergences").allow(apps, None)


def user(group: str, name: str = "") -> Any:
    """A user of the desk; the groups are there by migration, but for tests that empty the database behind them."""
    if not Group.objects.exists():
        groups()
    made = get_user_model().objects.create_user(
        name or group, password="a long enough password", is_staff=True
    )
    made.groups.add(Group.objects.get(name=group))
    return made
