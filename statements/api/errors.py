"""Errors of the interface: JSON with one sentence."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, Http404):
        return Response({"error": "There is nothing at this address."}, status=404)
    if isinstance(error, PermissionDenied):
        return Response({"error": "This is not for readers."}, status=403)
    if isinstance(error, exceptions.MethodNotAllowed):
        return Response({"error": "The interface is read-only."}, status=405)
    if isinstance(error, exceptions.APIException):
        return Response({"error": str(error.detail)}, status=error.status_code)
    return None
