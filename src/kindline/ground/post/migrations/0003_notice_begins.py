from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0002_feed")]

    operations = [
        migrations.AddField(
            "notice",
            "begins_from",
            models.DateTimeField(help_text="when what it tells of begins; of a day, its start", null=True),
        ),
        migrations.AddField(
            "notice",
            "begins_before",
            models.DateTimeField(help_text="before when that is; of a day, its end", null=True),
        ),
    ]
