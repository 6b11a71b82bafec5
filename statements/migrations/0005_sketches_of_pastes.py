"""Pastes keep a sketch of their text, so that a near copy pasted later is noticed; those that are there get theirs."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from statements.text.sketch import sketch


def draw(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    pastes = apps.get_model("statements", "Paste").objects
    for paste in pastes.only("text").iterator(chunk_size=20):
        pastes.filter(pk=paste.pk).update(sketch=sketch(paste.text))


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0004_warc_of_captures'),
    ]

    operations = [
        migrations.AddField(
            model_name='paste',
            name='sketch',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None),
        ),
        migrations.RunPython(draw, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='paste',
            index=django.contrib.postgres.indexes.GinIndex(fields=['sketch'], name='paste_sketch'),
        ),
    ]
