"""The standard as data: complete, in our words, and refused with the line of the mistake."""

import shutil
import subprocess
import sys
from datetime import date

import pytest

from entremise.ground.standard import queries
from entremise.ground.standard.enums import Chapter, PrincipleFamily
from entremise.ground.standard.errors import BrokenEdition, NoEditionInForce, UnknownRegister


def test_registers_are_eight_in_order_with_concertation():
    registers = queries.registers()

    assert [register.number for register in registers] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [register.colour for register in registers] == [f"r{n}" for n in range(1, 9)]
    assert registers[0].label == "assurer une présence active de proximité"
    assert registers[5].label == (
        "favoriser la concertation entre les habitants et les institutions"
    )


def test_register_is_found_by_number_or_refused():
    assert queries.register(3).code == "understanding"
    with pytest.raises(UnknownRegister):
        queries.register(9)


def test_principles_are_four_of_process_then_five_of_posture():
    principles = queries.principles()

    assert [p.code for p in principles] == ["P1", "P2", "P3", "P4", "Q1", "Q2", "Q3", "Q4", "Q5"]
    assert [p.family for p in principles] == [PrincipleFamily.PROCESS] * 4 + [
        PrincipleFamily.POSTURE
    ] * 5
    assert principles[0].label == "libre consentement et participation des parties prenantes"
    assert principles[4].label == "position de tiers"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2016, 12, 13), "XP-2016"),
        (date(2021, 11, 30), "XP-2016"),
        (date(2021, 12, 1), "NF-2021"),
        (date(2026, 11, 23), "NF-2021"),
    ],
)
def test_edition_in_force_changes_on_its_day(day, code):
    assert queries.edition_in_force(day).code == code


def test_edition_in_force_before_the_first_is_refused():
    with pytest.raises(NoEditionInForce):
        queries.edition_in_force(date(2016, 12, 12))


def test_editions_sign_their_dates_and_hold_the_four_chapters():
    newest = queries.editions()[-1]

    assert "à caler avec le certificateur" in newest.note
    assert newest.set_by
    assert [chapter.code for chapter in newest.chapters] == list(Chapter)


def test_label_is_given_in_the_language_asked():
    register = queries.register(6)

    assert register.name("en-gb") == "foster consultation between residents and institutions"
    assert register.name("fr") == register.label


def broken_copy(tmp_path, name, before, after):
    shutil.copytree(queries.FOLDER, tmp_path / "data")
    path = tmp_path / "data" / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path.parent, text[: text.index(before)].count("\n") + 1


@pytest.mark.parametrize(
    ("read", "name", "before", "after"),
    [
        (queries.registers, "registers.yaml", "colour: r4", "colour: red"),
        (queries.registers, "registers.yaml", "code: watch", "code: conflict"),
        (queries.registers, "registers.yaml", "number: 8", "number: 9"),
        (queries.principles, "principles.yaml", "code: Q5", "code: Q6"),
        (queries.principles, "principles.yaml", "label: indépendance", "label: l'indépendance"),
        (queries.editions, "editions.yaml", "in_force_from: 2021-12-01", "in_force_from: soon"),
        (queries.editions, "editions.yaml", "code: NF-2021", "code: [NF-2021"),
    ],
)
def test_broken_file_is_refused_with_its_name_and_line(tmp_path, read, name, before, after):
    folder, line = broken_copy(tmp_path, name, before, after)

    with pytest.raises(BrokenEdition) as refusal:
        read(folder)

    expected = line if "[" not in after else line + 1
    assert str(refusal.value).startswith(f"{name}, line {expected}: ")


def test_missing_label_is_refused_at_the_entry_that_lacks_it(tmp_path):
    folder, line = broken_copy(tmp_path, "principles.yaml", "    label_en: independence\n", "")

    with pytest.raises(BrokenEdition, match=rf"principles.yaml, line {line - 3}: 'label_en'"):
        queries.principles(folder)


def test_key_written_twice_is_refused(tmp_path):
    twice = "    code: watch\n    code: watch\n"
    folder, line = broken_copy(tmp_path, "registers.yaml", "    code: watch\n", twice)

    with pytest.raises(BrokenEdition, match=rf"line {line + 1}: 'code' is written twice"):
        queries.registers(folder)


def test_standard_is_read_without_django():
    script = (
        "import sys; from entremise.ground.standard import queries; queries.registers();"
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
