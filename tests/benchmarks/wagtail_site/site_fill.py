"""Make the tables and forty pages; prints how many queries one of them takes and how many bytes it has."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from pages.models import TextPage  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

call_command("makemigrations", "pages", verbosity=0)
call_command("migrate", verbosity=0)
Page.objects.filter(slug="home").delete()
root = Page.get_first_root_node()
body = "".join(f"<p>{'Both sides reaffirmed what they had said. ' * 6}</p>" for _ in range(92))
home = root.add_child(instance=TextPage(title="Home", slug="home", body=body))
for number in range(40):
    home.add_child(instance=TextPage(title=f"Text {number}", slug=f"text-{number}", body=body))
site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
site.hostname, site.port, site.root_page = "127.0.0.1", 80, home
site.save()
client = Client(headers={"host": "127.0.0.1"})
client.get("/text-7/")
with CaptureQueriesContext(connection) as captured:
    answer = client.get("/text-7/")
if answer.status_code != 200:
    raise SystemExit(f"Wagtail answered {answer.status_code}")
print(len(captured), len(answer.content))
