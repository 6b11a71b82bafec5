"""The archive's settings for web servers in tests: static files are not collected first."""

from archive.settings import *  # noqa: F403
from archive.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
