"""Nothing generated unchecked: the references and the English catalogue follow the code."""

import pytest
from django.core.management import CommandError, call_command

from entremise.foundation.ui import catalogue
from entremise.shell.web import references
from tests.architecture.house import PACKAGE, PROJECT

REFERENCE = PROJECT / "docs" / "reference"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize("name", references.PAGES)
def test_reference_is_what_the_code_says(name):
    assert (REFERENCE / name).read_text(encoding="utf-8") == references.pages()[name]


def test_documents_check_refuses_a_page_out_of_date(tmp_path):
    call_command("documents", folder=tmp_path)
    call_command("documents", "--check", folder=tmp_path)
    (tmp_path / "privacy.md").write_text("ancien")

    with pytest.raises(CommandError, match=r"privacy\.md"):
        call_command("documents", "--check", folder=tmp_path)


def test_english_catalogue_is_complete():
    assert list(catalogue.problems(catalogue.extracted(PACKAGE), catalogue.read(ENGLISH))) == []
