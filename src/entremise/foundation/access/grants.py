"""What each database role may touch, generated from the privacy declarations after migrate."""

import hashlib

from django.db import connections, transaction

from entremise.foundation.access.row_security import role_of
from entremise.foundation.core.privacy import fields_of, own_models

# Written by their triggers and functions alone, or never changed once written.
APPEND_ONLY = dict.fromkeys(
    (
        "journal_decision",
        "journal_access",
        "activity_dayreview",
        "activity_monthclosing",
        "activity_frozencount",
    ),
    "SELECT, INSERT",
)
NEVER_DELETED = {"vault_datakey": "SELECT, INSERT, UPDATE"}  # what it sealed could not be opened
READ_ONLY = {"journal_decisionlink", "journal_accesslink", "journal_accesssegment"}


def grant_statements(tables: list[str]) -> list[str]:
    """Return the grants of the application and statistics roles on the tables given."""
    application, statistics = role_of("default"), role_of("statistics")
    statements = [
        f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{application}", "{statistics}"',
        f'GRANT USAGE ON SCHEMA public TO "{application}", "{statistics}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{application}"',
    ]
    for table in tables:
        if table in READ_ONLY or table == "django_migrations":
            allowed = "SELECT"
        else:
            kept = APPEND_ONLY | NEVER_DELETED
            allowed = kept.get(table, "SELECT, INSERT, UPDATE, DELETE")
        statements.append(f'GRANT {allowed} ON "{table}" TO "{application}"')
    for model in own_models():
        columns = sorted(
            f'"{declared.field.column}"'
            for declared in fields_of(model)
            if declared.kind == "neutral" and not declared.field.many_to_many
        )
        if columns:
            statements.append(
                f'GRANT SELECT ({", ".join(columns)}) ON "{model._meta.db_table}" TO "{statistics}"'
            )
    return statements


def apply_grants(*, again: bool = False) -> bool:
    """Grant, as the owner, exactly what the declarations allow, and nothing that was before.

    Does nothing when tables and declarations are those granted last, unless asked `again`: a
    release may change a declaration and no table. Returns whether anything was granted.
    """
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        statements = grant_statements(sorted(owner.introspection.table_names()))
        mark = f"grants {hashlib.sha256(chr(10).join(statements).encode()).hexdigest()}"
        cursor.execute("SELECT obj_description('django_migrations'::regclass)")
        if cursor.fetchone()[0] == mark and not again:
            return False
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON TABLE django_migrations IS '{mark}'")
    return True
