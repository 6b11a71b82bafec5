"""The desk for participants that a source names by their post alone: who likely held it, confirmed in one step."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statements.admin.base import PUBLISH, OpensOnWork, RecordAdmin, TabularInline
from statements.models import Event, Hold, Official, Participation, State, recording
from statements.templatetags.archive import spoken
from statements.views.passages import Holding, Holdings

#: the button that confirms a likely holder; its value is ``<participation>.<official>``
CONFIRM = "_holder"


def with_likely(rows: Any) -> list[Any]:
    """Participations, each with its likely holders where it has a post and no name; one query. The event must be loaded."""
    rows = list(rows)
    nameless = [row for row in rows if row.official_id is None and row.post_id]
    holdings = Holdings.of((), [row.post_id for row in nameless])
    for row in rows:
        row.likely_holders = (
            holdings.likely(row.post_id, *row.event.days) if row in nameless else []
        )
    return rows


def named(row: Participation, official: Official) -> bool:
    """Give a participant without a name this one; False when it has one, or the official already takes part."""
    present = Participation.objects.filter(event=row.event_id, official=official)
    if row.official_id is not None or present.exists():
        return False
    row.official = official
    row.save(update_fields=["official"])
    return True


def confirm(request: HttpRequest, asked: str, event: Event) -> None:
    """Confirm a likely holder of a participant of an event, told by the value of the button that was pressed."""
    pk, _dot, chosen = asked.partition(".")
    rows = with_likely(event.participations.select_related("event", "post"))
    row = next((row for row in rows if str(row.pk) == pk), None)
    likely = row.likely_holders if row else []
    holding = next((held for held in likely if str(held.tenure.official_id) == chosen), None)
    if row is None or holding is None:
        messages.error(
            request, _("This is no longer the likely holder of the post; nothing was confirmed.")
        )
        return
    official = holding.tenure.official
    words = {"official": official, "post": row.post}
    with recording(request.user, request.POST.get("reason", "") or REASON):
        done = named(row, official)
    if done:
        messages.success(request, _("%(official)s is confirmed for “%(post)s”.") % words)
    else:
        messages.error(
            request,
            _("%(official)s already takes part in the event by name; nothing was confirmed.")
            % words,
        )


REASON = "confirmed the likely holder of the post"


def told(holding: Holding) -> str:
    remark = holding.remark
    return f"{holding.tenure.official} ({remark})" if remark else str(holding.tenure.official)


class ParticipationFormSet(BaseInlineFormSet):
    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if not hasattr(self, "_likely"):
            self._likely = with_likely(rows)  # the rows that the queryset keeps
        return rows


class ParticipationInline(TabularInline):
    """Who took part, with the likely holder of a post without a name and the button that confirms him."""

    model = Participation
    formset = ParticipationFormSet
    fields = (
        "country",
        "official",
        "post",
        "likely",
        "role",
        "standing",
        "order",
        "passage",
        "note_en",
        "note_ar",
    )
    readonly_fields = ("likely",)
    autocomplete_fields = ("country", "official", "post", "passage")
    may_confirm = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("event")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        event = self.admin_site.get_model_admin(self.parent_model)
        self.may_confirm = event.has_change_permission(request, obj)
        return super().get_formset(request, obj, **kwargs)

    @admin.display(description=gettext_lazy("likely holder"))
    def likely(self, row: Participation) -> str:
        holdings = getattr(row, "likely_holders", ())
        if not self.may_confirm:
            return ", ".join(map(told, holdings)) or "–"
        return (
            format_html_join(
                " ",
                '{} <button name="{}" value="{}.{}">{}</button>',
                (
                    (told(held), CONFIRM, row.pk, held.tenure.official_id, _("Confirm"))
                    for held in holdings
                ),
            )
            or "–"
        )


class NamelessFilter(OpensOnWork):
    """Opens the list on posts whose holder nobody has named yet."""

    title = gettext_lazy("name")
    waiting = gettext_lazy("without a name")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("named", gettext_lazy("with a name")), ("all", gettext_lazy("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(official__isnull=self.value() != "named")


@admin.register(Participation)
class ParticipationAdmin(RecordAdmin):
    """Participants of all events; opens on those known by their post alone."""

    change_list_template = "admin/work_list.html"
    search_fields = ("event__title_en",)
    folded_fields = ("event__title_en", "event__title_ar")
    list_display = ("__str__", "event", "day", "country", "likely")
    list_filter = (NamelessFilter, "role", "standing")
    list_select_related = ("event", "official", "post", "country")
    readonly_fields = ("event", "likely")
    actions = ("confirm_likely",)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        changelist.result_list = with_likely(changelist.result_list)
        return changelist

    @admin.display(description=gettext_lazy("date"), ordering="event__date_first")
    def day(self, row: Participation) -> str:
        return spoken(row.event.date)

    @admin.display(description=gettext_lazy("likely holder"))
    def likely(self, row: Participation) -> str:
        if not hasattr(row, "likely_holders"):
            with_likely([row])
        names = ((told(holding),) for holding in row.likely_holders)  # type: ignore[attr-defined]
        return format_html_join(", ", "{}", names) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the event: a contributor changes nothing that readers see."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        waits = obj.event.state in (State.DRAFT, State.IN_REVIEW)
        return waits or request.user.has_perm(PUBLISH)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Confirm the one likely holder"), permissions=["change"])
    def confirm_likely(self, request: HttpRequest, rows: QuerySet) -> None:
        """Name those whose post one person surely held; the others stay as they are."""
        chosen, asked = rows.select_related("event"), rows.count()
        if not request.user.has_perm(PUBLISH):
            chosen = chosen.filter(event__state__in=(State.DRAFT, State.IN_REVIEW))
        done = 0
        with recording(request.user, REASON):
            for row in with_likely(chosen.select_for_update(of=("self",))):
                sure = [
                    held for held in row.likely_holders if held.hold in (Hold.HELD, Hold.ATTESTED)
                ]
                if len(sure) == 1:
                    done += named(row, sure[0].tenure.official)
        self.message_user(
            request,
            _("%(done)d confirmed, %(left)d left as they were.")
            % {"done": done, "left": asked - done},
        )
