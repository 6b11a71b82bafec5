"""``/healthz``: 200 when the database answers, 503 with a sentence when it does not."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from archive.database.server import ServerFailed


def healthz(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM statements_archiverevision")
            (revision,) = cursor.fetchone()
    except (DatabaseError, ServerFailed, TypeError):
        return JsonResponse({"error": "The database does not answer."}, status=503)
    return JsonResponse({"status": "ok", "revision": revision})
