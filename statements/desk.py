"""The editors' desk as a site of Django's admin: what waits for an editor, and the records in the order one thinks of them."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statements.models import Divergence, Mention, Participation, Paste, State
from statements.models.base import PublicationQuerySet, Publishable

GROUPS = (
    (gettext_lazy("Texts"), ("statement", "article", "passage", "mention", "paste")),
    (gettext_lazy("People and posts"), ("official", "post")),
    (gettext_lazy("Meetings and agreements"), ("event", "participation", "dialogue", "agreement")),
    (gettext_lazy("Bodies and places"), ("organization", "outlet", "country", "place")),
    (gettext_lazy("Promises and conflicts"), ("chain", "conflict", "divergence", "theme", "term")),
    (gettext_lazy("Evidence and history"), ("source", "capture", "change", "oldaddress")),
)


class Desk(AdminSite):
    site_header = gettext_lazy("Hiwar: the editors' desk")
    site_title = gettext_lazy("Hiwar: the editors' desk")
    index_title = gettext_lazy("The desk")
    index_template = "admin/desk_index.html"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The records in groups; what the account may not see is not in them."""
        apps = super().get_app_list(request, app_label)
        found: list[Any] = []
        for app in apps:
            if app["app_label"] != "statements":
                found.append(app)
                continue
            models = {entry["object_name"].lower(): entry for entry in app["models"]}
            grouped = [
                {
                    **app,
                    "name": name,
                    "models": [models.pop(kind) for kind in kinds if kind in models],
                }
                for name, kinds in GROUPS
            ]
            rest = [{**app, "models": list(models.values())}] if models else []
            found = [*(group for group in grouped if group["models"]), *rest, *found]
        return found

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().index(request, {"work": self.work(request), **(extra_context or {})})

    def work(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What waits, with its list: drafts and reviews by kind, mentions to decide, pastes to confirm, differences of
        versions to be put right; one query."""
        counts = []
        for model, options in self._registry.items():
            records = model._default_manager.order_by()
            if not options.has_view_permission(request):
                continue
            if isinstance(records, PublicationQuerySet):
                counts += [
                    counted(records.filter(state=state), state.value)
                    for state in (State.IN_REVIEW, State.DRAFT)
                ]
            elif model is Divergence:
                counts.append(counted(records.outdated(), ""))  # type: ignore[attr-defined]
            elif model is Mention:
                counts.append(counted(records.filter(decided=False), ""))
            elif model is Participation:
                counts.append(counted(records.filter(official=None), ""))
            elif model is Paste:
                counts.append(counted(records.filter(state=Paste.State.OPEN), ""))
        if not counts:
            return []
        by_name = {str(model._meta.model_name): model for model in self._registry}
        rows = counts[0].union(*counts[1:], all=True) if len(counts) > 1 else counts[0]
        return [
            {
                "count": number,
                "what": capfirst(by_name[kind]._meta.verbose_name_plural),
                "state": State(state).label if state else waiting_for(kind),
                "url": reverse(f"admin:statements_{kind}_changelist")
                + (f"?work={state}" if issubclass(by_name[kind], Publishable) else ""),
            }
            for kind, state, number in rows
            if number
        ]


def counted(records: QuerySet, state: str) -> QuerySet:
    """One row: (kind, state, how many)."""
    kind = Value(records.model._meta.model_name)
    rows = records.values(kind_counted=kind, state_counted=Value(state))
    return rows.annotate(count=Count("pk")).values_list("kind_counted", "state_counted", "count")


def waiting_for(kind: str) -> str:
    """What those of a kind without publication wait for."""
    found = {
        "divergence": _("words no longer in the text"),
        "mention": _("to decide"),
        "participation": _("without a name"),
    }
    return found.get(kind, _("to be confirmed"))
