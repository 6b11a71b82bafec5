"""Questions put together once are answered as Django answers them, whatever is asked."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from statements.models import Country, Event, Official, Post, Tenure
from statements.models.prepared import prepared
from tests import cast

pytestmark = pytest.mark.django_db


def by_country(slug: str) -> QuerySet[Official]:
    return Official.objects.filter(country__slug=slug).select_related("country")


def in_posts(posts: list[int], official: int) -> QuerySet[Tenure]:
    return (
        Tenure.objects.filter(Q(post__in=posts) | Q(official=official))
        .exclude(post__slug="100%")
        .select_related("post__organization", "official__country")
        .order_by("pk")
    )


def begun_on(day: datetime.date) -> QuerySet[Event]:
    return Event.objects.filter(date_first__lte=day).annotate(n=Count("statements")).order_by("pk")


def countries(slug: str, *, of: str) -> QuerySet[Any]:
    return Country.objects.filter(slug=slug).values_list(of, flat=True)


def with_tenures(slug: str) -> QuerySet[Official]:
    return Official.objects.filter(slug=slug).prefetch_related(
        Prefetch("tenures", Tenure.objects.select_related("post"))
    )


@pytest.fixture
def minister() -> Official:
    return cast.minister(cast.post(cast.ministry()))


def told(rows: list[Any]) -> list[Any]:
    return [
        ({k: v for k, v in row.__dict__.items() if k != "_state"}, {k: v.__dict__.keys() for k, v in row._state.fields_cache.items()})
        if hasattr(row, "_state")
        else row
        for row in rows
    ]  # fmt: skip


def test_rows_are_those_of_the_query_for_each_value(minister: Official) -> None:
    cast.america()
    tenure = minister.tenures.get()
    asked: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
        (by_country, ("iraq",), {}),
        (by_country, ("united-states",), {}),
        (by_country, ("it's 100% \\ %s",), {}),
        (in_posts, ([tenure.post_id], 0), {}),
        (in_posts, ([0, tenure.post_id, 2**40], 2**40), {}),
        (in_posts, ([], minister.pk), {}),
        (in_posts, ([0], 0), {}),
        (begun_on, (datetime.date(2024, 7, 22),), {}),
        (begun_on, (datetime.date(1, 1, 1),), {}),
        (countries, ("iraq",), {"of": "name_en"}),
        (countries, ("iraq",), {"of": "iso2"}),
    ]
    cast.july_round(cast.dialogue())
    for question, values, shape in asked:
        expected = list(question(*values, **shape))
        for _again in range(2):
            assert told(prepared(question)(*values, **shape)) == told(expected), (question, values)
    one = prepared(in_posts)
    assert told(one([tenure.post_id], 0)) == told(list(in_posts([tenure.post_id], 0)))
    assert one([0], 0) == []
    assert told(one([tenure.post_id], 0)) != []


def test_a_question_is_put_together_once_for_each_shape(minister: Official) -> None:
    put_together = []

    @prepared
    def question(slug: str, *, of: str = "slug") -> QuerySet[Official]:
        put_together.append(of)
        return Official.objects.filter(**{of: slug})

    assert question(minister.slug) == question(minister.slug) == [minister]
    assert question("nobody") == []
    assert question(minister.name_en, of="name_en") == [minister]
    assert put_together == ["slug", "name_en"]


def test_as_many_values_as_an_official_with_forty_posts_needs(minister: Official) -> None:
    @prepared
    def days(*asked: datetime.date) -> QuerySet[Event]:
        any_of = Q()
        for day in asked:
            any_of |= Q(date_first=day)
        return Event.objects.filter(any_of)

    event = cast.july_round(cast.dialogue())
    assert event.date_first
    many = [event.date_first + datetime.timedelta(days=n) for n in range(80)]
    assert days(*many) == days(*reversed(many)) == [event]
    assert days(*many[1:]) == []


def test_shapes_are_kept_within_bounds(minister: Official, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("statements.models.prepared.SHAPES", 2)
    put_together = []

    @prepared
    def named(name: str, *, most: int) -> QuerySet[Official]:
        put_together.append(most)
        return Official.objects.filter(name_en=name)[:most]

    for most in (1, 2, 1, 3, 1):
        assert named(minister.name_en, most=most) == [minister]
    assert put_together == [1, 2, 3, 1]


def test_related_rows_are_fetched_for_the_rows_found(minister: Official) -> None:
    ask = prepared(with_tenures)
    for _again in range(2):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            (found,) = ask(minister.slug)
            assert [tenure.post.slug for tenure in found.tenures.all()] == [
                post.slug for post in Post.objects.filter(tenures__official=minister)
            ]
        assert len(captured) == 3  # the official, the tenures, and what this test asks itself


def test_values_that_a_question_cannot_vary_by_are_refused() -> None:
    with pytest.raises(TypeError, match="takes no bool"):
        prepared(by_country)(True)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"\[0\] do not reach"):
        prepared(lambda slug: Official.objects.all())("iraq")
    with pytest.raises(ValueError, match="__in alone"):
        prepared(lambda pks: Official.objects.filter(pk__gt=pks[0]))([1])
