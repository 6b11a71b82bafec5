"""What the rows of the search index hold has a number, so that an upgrade knows an older index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0002_groups'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchprogress',
            name='format',
            field=models.IntegerField(default=0),
        ),
    ]
