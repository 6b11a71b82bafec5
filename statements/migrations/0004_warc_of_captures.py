"""A fetched page is kept with the record of its fetch: what was asked and answered, redirects among it, as WARC."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0003_index_format'),
    ]

    operations = [
        migrations.AddField(
            model_name='capture',
            name='warc',
            field=models.BinaryField(editable=False, null=True, verbose_name='WARC'),
        ),
    ]
