"""What makes a short code too easy to guess. Pure: knows no account and no database."""

from itertools import pairwise

LENGTH = 6
FEWEST_DIGITS = 3  # different ones


def is_too_easy(code: str) -> bool:
    """True when a code is not six digits, or is among those that people try first."""
    if len(code) != LENGTH or not (code.isascii() and code.isdigit()):
        return True
    return _is_monotonous(code) or _is_a_run(code) or _is_a_date(code)


def _is_monotonous(code: str) -> bool:
    """Few different digits, or a group said again: 111222, 121212, 123123, 123321."""
    repeated = code in {code[:2] * 3, code[:3] * 2, code[:3] + code[2::-1]}
    return repeated or len(set(code)) < FEWEST_DIGITS


def _is_a_run(code: str) -> bool:
    """Digits that follow one another, up or down, nine before zero: 345678, 987654, 890123."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(code)}
    return len(steps) == 1 and steps <= {1, 9}


def _is_a_date(code: str) -> bool:
    """A birthday as people write it: day month year, or year month day."""
    first, middle, last = int(code[:2]), int(code[2:4]), int(code[4:])
    return 1 <= middle <= 12 and (1 <= first <= 31 or 1 <= last <= 31)
