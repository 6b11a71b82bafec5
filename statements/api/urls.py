"""Addresses of the interface."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from statements.api import views
from statements.api.representation import REPRESENT

urlpatterns = [
    path("", views.Addresses.as_view(), name="api"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    path("search/", views.Searched.as_view(), name="api-search"),
    path("check-quotation/", views.CheckedQuotation.as_view(), name="api-check-quotation"),
    path(
        "compare/<slug:earlier>/<slug:later>/",
        views.ComparedStatements.as_view(),
        name="api-compare",
    ),
    path("undertakings/", views.Undertakings.as_view(), name="api-undertakings"),
    re_path(
        r"^undertakings/(?P<statement>[-\w]+)\.p(?P<passage>\d{1,6})\.u(?P<number>\d{1,4})/$",
        views.OneUndertaking.as_view(),
        name="api-undertaking",
    ),
]
for kind in REPRESENT:
    urlpatterns += [
        path(f"{kind}s/", views.of_kind(views.Listed, kind, "list"), name=f"api-{kind}s"),
        path(f"{kind}s/<slug:slug>/", views.of_kind(views.Detail, kind, "get"), name=f"api-{kind}"),
    ]
