"""Questions about accounts."""

from django.db import connection
from django.http import HttpRequest

from entremise.foundation.accounts import counter
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


def opened_by_code(request: HttpRequest) -> bool:
    """True when this session was taken with a short code: it never opens identities
    (decisions.md 33) and asks for the password before anything but the desk.
    """
    return counter.opened_by_code(request)
