"""Put notes, reviews and closings behind row-level security."""

from django.db import migrations

from entremise.foundation.access.row_security import put_behind_wall


class Migration(migrations.Migration):
    dependencies = [("activity", "0004_entries_notes_reviews_closings")]

    operations = [
        put_behind_wall(
            "activity_actnote",
            "activity_dayreview",
            "activity_monthclosing",
            "activity_frozencount",
        )
    ]
