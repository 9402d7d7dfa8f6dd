"""Registry of verbs: each domain says in French what the codes it writes in the journal mean."""

from django.utils.functional import Promise

_verbs: dict[str, str | Promise] = {}


def name_verb(code: str, label: str | Promise) -> None:
    """Say what a code means; called at start-up by the domain that writes it."""
    _verbs[code] = label


def verb_label(code: str) -> str:
    """Return what a code means, or the code itself: an old entry may outlive its domain."""
    return str(_verbs.get(code, code))


def named_verbs() -> list[tuple[str, str]]:
    """Return every code with its label, sorted by label: the choices of a filter."""
    return sorted(((code, str(label)) for code, label in _verbs.items()), key=lambda pair: pair[1])
