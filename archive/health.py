"""``/healthz``: 200 while readers can be served, 503 with a sentence when they cannot.

``status`` is ``ok``, or ``reading only`` when the primary does not answer and a replica serves readers. ``pages``
says of the process that answers whether it hears of changes (``kept``), or does not and draws every page anew (``drawn
anew``). ``replicas`` tells of each whether it answers, its revision, the seconds by which it is behind and whether
readers are served from it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from archive.database.replicas import Replica, primary, replicas
from archive.database.server import ServerFailed
from archive.revision import watch


def healthz(request: HttpRequest) -> JsonResponse:
    try:
        revision = primary.ask()
    except ServerFailed:
        revision = None
    told = [described(replica) for replica in replicas.all]
    if revision is None and not any(one["used"] for one in told):
        return JsonResponse({"error": "The database does not answer."}, status=503)
    answer: dict[str, Any] = {"status": "ok", "revision": revision}
    if revision is None:
        answer = {
            "status": "reading only",
            "revision": max(one["revision"] for one in told if one["used"]),
        }
    answer["pages"] = "kept" if settings.PAGE_CACHE_MB and watch.state() else "drawn anew"
    if told:
        answer["replicas"] = told
    return JsonResponse(answer)


def described(replica: Replica) -> dict[str, Any]:
    return {
        "name": replica.alias,
        "answers": replica.answers,
        "revision": replica.revision,
        "behind": replica.behind,
        "used": replicas.usable(replica),
    }
