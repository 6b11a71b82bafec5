"""Addresses: the readers' pages and the desk under a language, the interface and the health check without one."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from archive.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("statements.api.urls")),
    path("", include("statements.addresses")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("statements.urls")),
    ),
]

handler400 = "statements.views.errors.bad_request"
handler403 = "statements.views.errors.forbidden"
handler404 = "statements.views.errors.not_found"
handler500 = "statements.views.errors.server_error"
