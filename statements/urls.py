"""Public addresses; the language prefix is put before them in the project's urls."""

from django.urls import path

from statements.views import (
    agreements,
    compare,
    documents,
    events,
    home,
    organizations,
    people,
    plain,
    quotation,
    search,
    undertakings,
    usage,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("check-quotation/", quotation.check_quotation, name="check-quotation"),
    path("read-date/", plain.read_date, name="read-date"),
    path("search/", search.search_view, name="search"),
    path("suggest/", search.suggestions, name="suggest"),
    path("statements/", documents.statements, name="statements"),
    path("statements/<slug:slug>/", documents.statement, name="statement"),
    path("compare/<slug:earlier>/<slug:later>/", compare.compare, name="compare"),
    path("articles/", documents.articles, name="articles"),
    path("articles/<slug:slug>/", documents.article, name="article"),
    path("articles/<slug:slug>/uses/<slug:statement>/", usage.usage, name="usage"),
    path("officials/", people.officials, name="officials"),
    path("officials/<slug:slug>/", people.official, name="official"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/<slug:slug>/", organizations.organization, name="organization"),
    path("posts/", people.posts, name="posts"),
    path("posts/<slug:slug>/", people.post, name="post"),
    path("dialogues/", events.dialogues, name="dialogues"),
    path("dialogues/<slug:slug>/", events.dialogue, name="dialogue"),
    path("dialogues/<slug:slug>/ledger.csv", events.ledger_file, name="ledger"),
    path("undertakings/", undertakings.undertakings, name="undertakings"),
    path("undertakings/<slug:slug>/", undertakings.undertaking, name="undertaking"),
    path("events/", events.events, name="events"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<slug:slug>/", agreements.agreement, name="agreement"),
]
