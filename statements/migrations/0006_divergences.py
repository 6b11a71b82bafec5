"""Differences of versions that an editor has confirmed, or refused; whoever writes statements may note them."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The three groups may do with them what they may do with statements."""
    config = apps.get_app_config("statements")
    before = getattr(config, "models_module", None)
    config.models_module = True  # type: ignore[assignment]  create_permissions skips apps without models
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = before
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name in ("contributor", "editor", "administrator"):
        for made in group.objects.filter(name=name):
            verbs = ("add", "change", "view", *(() if name == "contributor" else ("delete",)))
            codes = [f"{verb}_divergence" for verb in verbs]
            made.permissions.add(*permission.objects.filter(codename__in=codes))


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0005_sketches_of_pastes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Divergence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('who', 'who is named'), ('body', 'which body is named'), ('place', 'which place is named'), ('number', 'which number'), ('date', 'which date'), ('force', 'how strongly'), ('text', 'what is said'), ('left_out', 'said by one only')], help_text='E.g. “who is named”.', max_length=8, verbose_name='what differs')),
                ('left_words', models.CharField(blank=True, max_length=300, verbose_name='words of the first version')),
                ('right_words', models.CharField(blank=True, max_length=300, verbose_name='words of the second version')),
                ('sentence_en', models.CharField(blank=True, max_length=500, verbose_name='sentence in English')),
                ('sentence_ar', models.CharField(blank=True, max_length=500, verbose_name='sentence in Arabic')),
                ('refused', models.BooleanField(default=False, help_text='An editor found that the versions agree here.', verbose_name='refused')),
                ('left', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='statements.version', verbose_name='first version')),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='divergences', to='statements.passage', verbose_name='passage')),
                ('right', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='statements.version', verbose_name='second version')),
                ('sources', models.ManyToManyField(blank=True, related_name='+', to='statements.source', verbose_name='sources')),
            ],
            options={
                'verbose_name': 'difference of versions',
                'verbose_name_plural': 'differences of versions',
                'ordering': ('passage__statement_id', 'passage__order', 'passage__number', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('left', models.F('right')), _negated=True), name='version_does_not_differ_from_itself', violation_error_message='A version differs from another one, not from itself.'), models.CheckConstraint(condition=models.Q(('left_words', ''), ('right_words', ''), _negated=True), name='divergence_has_words', violation_error_message='Give the words of one version at least.'), models.CheckConstraint(condition=models.Q(('refused', True), models.Q(('sentence_ar', ''), ('sentence_en', ''), _negated=True), _connector='OR'), name='divergence_has_a_sentence', violation_error_message='Say in a sentence what differs, in one language at least.'), models.UniqueConstraint(fields=('passage', 'left', 'right', 'kind', 'left_words', 'right_words'), name='divergence_noted_once', violation_error_message='This difference is noted already.')],
            },
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
