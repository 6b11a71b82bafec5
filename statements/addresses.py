"""Addresses without a language: the way in, crawlers' files."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from statements.sitemaps import SITEMAPS
from statements.views import plain

urlpatterns = [
    path("", plain.way_in),
    path("admin/", plain.desk),
    path("robots.txt", plain.robots),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
