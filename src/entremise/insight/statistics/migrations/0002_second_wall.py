"""Put the differences behind row-level security."""

from django.db import migrations

from entremise.foundation.access.row_security import put_behind_wall


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_deltas_and_folds")]

    operations = [put_behind_wall("statistics_delta", "statistics_monthlydelta")]
