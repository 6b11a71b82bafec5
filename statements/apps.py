"""The application: puts the database's own rules in place after every migration."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin, with the desk's own front page."""

    default = False
    default_site = "statements.desk.Desk"


class StatementsConfig(AppConfig):
    name = "statements"
    verbose_name = _("Hiwar")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from statements.models.checks import database_fits
        from statements.models.triggers import after_migrate

        register(database_fits, Tags.database)
        post_migrate.connect(after_migrate, sender=self)
