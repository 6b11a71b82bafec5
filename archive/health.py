"""``/healthz``: 200 when the database answers, 503 with a sentence when it does not.

``pages`` says of the process that answers whether it hears of changes (``kept``), or does not and draws every page
anew (``drawn anew``).
"""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from archive.database.server import ServerFailed
from archive.revision import watch


def healthz(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM statements_archiverevision")
            (revision,) = cursor.fetchone()
    except (DatabaseError, ServerFailed, TypeError):
        return JsonResponse({"error": "The database does not answer."}, status=503)
    pages = "kept" if settings.PAGE_CACHE_MB and watch.state() else "drawn anew"
    return JsonResponse({"status": "ok", "revision": revision, "pages": pages})
