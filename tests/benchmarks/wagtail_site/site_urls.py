"""Every address is a page of Wagtail's tree."""

from django.urls import include, path

urlpatterns = [path("", include("wagtail.urls"))]
