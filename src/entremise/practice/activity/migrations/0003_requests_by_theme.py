"""Find the acts about a theme without reading every request of the structure."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activity", "0002_second_wall")]

    operations = [
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                fields=["structure", "theme"], include=["activity"], name="request_of_theme"
            ),
        ),
    ]
