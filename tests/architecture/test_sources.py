"""Sources: docstrings, absolute imports, migrations that say what they do."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, modules

MIGRATIONS = [
    file for file in modules() if file.parent.name == "migrations" and file.stem[0] == "0"
]


def named(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("file", modules(), ids=named)
def test_module_says_what_lives_in_it(file):
    if file in MIGRATIONS:
        return
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))

    assert said
    assert len(said.splitlines()) <= 12


@pytest.mark.parametrize("file", modules(), ids=named)
def test_module_imports_by_absolute_names(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))

    assert [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level] == []


@pytest.mark.parametrize("file", MIGRATIONS, ids=named)
def test_migration_is_named(file):
    assert not re.search(r"_auto_|_initial$|_\d{8}_", file.stem)


def test_migrations_of_a_domain_follow_one_another():
    for folder in {file.parent for file in MIGRATIONS}:
        numbers = sorted(int(file.stem[:4]) for file in MIGRATIONS if file.parent == folder)

        assert numbers == list(range(1, len(numbers) + 1)), folder


def test_no_file_is_named_after_a_drawer():
    drawers = re.compile(r"(^|_)(utils?|helpers?|managers?|info)(_|$)")

    assert [named(file) for file in modules() if drawers.search(file.stem)] == []
