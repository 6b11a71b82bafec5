"""The application for a WSGI server: Django, with whole pages kept in front of it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402  settings are there when Django is

from archive.database.replicas import replicas  # noqa: E402
from archive.page_cache import PageCache  # noqa: E402
from archive.revision import watch  # noqa: E402

watch.start()  # known before the first reader comes
replicas.start()
application = PageCache(
    django,
    watch,
    0 if settings.DEBUG else settings.PAGE_CACHE_MB * 1024 * 1024,
    settings.BEHIND_PROXY,
    settings.STATIC_URL,
    replicas.alias,
)
