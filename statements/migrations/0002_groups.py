"""The three groups of the desk: contributors write drafts, editors publish, administrators keep the users."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WRITTEN = (
    "agreement", "agreementstep", "article", "carriage", "chain", "chainstep", "claim", "comparison",
    "conflict", "country", "dialogue", "event", "mention", "name", "official", "organization", "outlet",
    "participation", "passage", "passagetext", "paste", "place", "post", "round", "source", "statement",
    "tenure", "term", "theme", "undertaking", "version",
)  # fmt: skip
READ = ("capture", "change", "oldaddress")


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("statements", "auth"):
        config = apps.get_app_config(name)
        before = getattr(config, "models_module", None)
        config.models_module = True  # type: ignore[assignment]  create_permissions skips apps without models
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = before
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")

    def allowed(models: tuple[str, ...], *verbs: str) -> list[str]:
        return [f"{verb}_{model}" for model in models for verb in verbs]

    contributor = allowed(WRITTEN, "add", "change", "view") + allowed(READ, "view")
    editor = [*contributor, *allowed(WRITTEN, "delete"), "publish_records"]
    users = allowed(("user", "group"), "add", "change", "delete", "view")
    for name, codenames in (
        ("contributor", contributor),
        ("editor", editor),
        ("administrator", editor + users),
    ):
        made, _ = group.objects.get_or_create(name=name)
        made.permissions.set(permission.objects.filter(codename__in=codenames))


def remove_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    names = ("contributor", "editor", "administrator")
    apps.get_model("auth", "Group").objects.filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, remove_groups)]
