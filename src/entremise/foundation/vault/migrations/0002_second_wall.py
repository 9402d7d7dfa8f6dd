"""Put the keys of structures behind row-level security: the owner plays the structure."""

from django.db import migrations

from entremise.foundation.access.row_security import put_behind_wall


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_data_keys")]

    operations = [put_behind_wall("vault_datakey", column="owner")]
