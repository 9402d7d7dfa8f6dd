"""Questions about accounts."""

from django.db import connection

from entremise.foundation.accounts.models import User

DEMO_MARK = "entremise demo"


def database_is_demo() -> bool:
    """True when this database carries the mark that `demo` itself wrote on its schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return str(cursor.fetchone()[0] or "").startswith(DEMO_MARK)


def system_account(name: str) -> User:
    """Return the named system account under which commands and jobs act; made at need."""
    account, _ = User.objects.get_or_create(
        username=name, defaults={"kind": User.Kind.SYSTEM, "full_name": name, "is_active": False}
    )
    return account
