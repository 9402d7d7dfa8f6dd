"""Chain both journals at commit, refuse every change, and open one exit for retention."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
JOURNALS = ("journal_decision", "journal_access")
TABLES = (*JOURNALS, "journal_decisionlink", "journal_accesslink", "journal_accesssegment")


def _chains() -> str:
    text = (SQL / "chain.sql").read_text()
    return "\n".join(
        text.replace("__entry__", journal).replace("__link__", f"{journal}link")
        for journal in JOURNALS
    )


def _triggers() -> str:
    return "\n".join(
        f"""
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER never_truncated BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """
        for table in TABLES
    )


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_two_journals")]

    operations = [
        migrations.RunSQL((SQL / "append_only.sql").read_text()),
        migrations.RunSQL(_chains()),
        migrations.RunSQL((SQL / "retention.sql").read_text()),
        migrations.RunSQL(_triggers()),
    ]
