"""Refusals of the domain guard, each with its French sentence."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal
from entremise.foundation.guard.engine import Finding


class TextIdentifies(Refusal):
    """The text says who someone is. `findings` are what was seen.

    The message quotes the words seen, and never a number or a password that is refused outright.
    """

    message = _("Cette note permet de reconnaître une personne.")

    def __init__(self, sentences: list[str], *, findings: tuple[Finding, ...]) -> None:
        self.sentences = sentences
        self.findings = findings
        super().__init__(" ".join(sentences))


class TextTooLong(Refusal):
    """The text is longer than a note may be."""

    message = _("La note est trop longue : raccourcissez-la.")
