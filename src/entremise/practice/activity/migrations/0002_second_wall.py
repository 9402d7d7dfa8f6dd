"""Put the tables of acts behind row-level security."""

from django.db import migrations

from entremise.foundation.access.row_security import put_behind_wall


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_acts")]

    operations = [
        put_behind_wall(
            "activity_activity", "activity_request", "activity_participants", "activity_localtag"
        )
    ]
