"""Grants follow the privacy declarations, whether or not a table changed."""

import pytest
from django.db import connections

from entremise.foundation.access.grants import apply_grants
from entremise.ground.network.models import Site

ASKED = "SELECT has_column_privilege('entremise_statistics', 'network_site', 'comment', 'SELECT')"


def _statistics_reads_the_comment() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute(ASKED)
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(databases=["default", "owner"])
def test_declaration_changed_without_a_migration_changes_the_grants(monkeypatch):
    assert _statistics_reads_the_comment()
    assert apply_grants() is False

    monkeypatch.setattr(Site.Privacy, "neutral", Site.Privacy.neutral - {"comment"})
    monkeypatch.setattr(Site.Privacy, "free_text", {"comment"}, raising=False)

    assert apply_grants() is True
    assert not _statistics_reads_the_comment()
