"""Reads one cell: a number, a day, a yes or no, an e-mail. What is not certain is refused."""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from entremise.foundation.core.french import search_key

YES = {"oui", "o", "vrai", "true", "yes", "1", "x"}
NO = {"non", "n", "faux", "false", "no", "0", ""}
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
_FORMULA = re.compile(r"[=+@]|-(?!\d|$)")


class BadCell(ValueError):
    """The cell cannot be read with certainty; `message` is for the person who has the file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def one_line(text: str) -> str:
    """Return the text on one line, single-spaced, without no-break spaces around."""
    return " ".join(text.split())


def decimal_number(text: str, decimal: str) -> float:
    """Return the number written with this decimal mark. Raises BadCell."""
    pattern = rf"[+-]?\d+(?:{re.escape(decimal)}\d+)?"
    if not re.fullmatch(pattern, text, re.ASCII):
        raise BadCell(
            _("« %(text)s » n’est pas un nombre écrit avec « %(decimal)s ».")
            % {"text": text, "decimal": decimal}
        )
    return float(text.replace(decimal, "."))


def calendar_day(text: str, pattern: str = "") -> date:
    """Return the day written as the pattern says, else 2024-08-01 or 01/08/2024. Raises BadCell."""
    for known in [pattern] if pattern else DAYS:
        try:
            return datetime.strptime(text, known).date()  # noqa: DTZ007 -- a day, not an instant
        except ValueError:
            continue
    raise BadCell(_("« %(text)s » n’est pas une date attendue ici.") % {"text": text})


def yes_or_no(text: str) -> bool:
    """Return the answer; an empty cell says no. Raises BadCell on another word."""
    word = search_key(text)
    if word in YES or word in NO:
        return word in YES
    raise BadCell(_("« %(text)s » ne dit ni oui ni non.") % {"text": text})


def email(text: str) -> str:
    """Return the address. Raises BadCell when there are several, or when it is not one."""
    if text.count("@") > 1:
        raise BadCell(
            _("Cette cellule contient plusieurs adresses électroniques : n’en gardez qu’une.")
        )
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise BadCell(
            _("« %(text)s » n’est pas une adresse électronique.") % {"text": text}
        ) from wrong
    return text


def chosen(text: str, choices: dict[str, str]) -> str:
    """Return the code of a closed list (code → label), given its code or label. Raises BadCell."""
    key = search_key(text)
    for code, label in choices.items():
        if key in (search_key(code), search_key(str(label))):
            return code
    raise BadCell(
        _("Code inconnu, « %(text)s » ; valeurs admises : %(known)s.")
        % {"text": text, "known": ", ".join(f"{label}" for label in choices.values())}
    )


def refuse_formula(text: str) -> None:
    """Raise BadCell when a spreadsheet would compute this cell instead of showing it."""
    if _FORMULA.match(text):
        raise BadCell(
            _("« %(text)s » est une formule : remplacez-la par sa valeur.") % {"text": text[:40]}
        )


def whole_number(text: str, *, least: int, most: int) -> int:
    """Return the whole number written, between two bounds. Raises BadCell."""
    digits = text.removesuffix(".0")
    if not re.fullmatch(r"-?\d{1,9}", digits, re.ASCII) or not least <= int(digits) <= most:
        raise BadCell(
            _("« %(text)s » n’est pas un nombre entier de %(least)d à %(most)d.")
            % {"text": text, "least": least, "most": most}
        )
    return int(digits)
