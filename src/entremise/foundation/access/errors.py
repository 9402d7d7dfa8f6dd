"""Refusals: raised with the French sentence that the person will read."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Refusal(Exception):
    """A domain said no. `message` is for the person; subclasses name the refusal."""

    message: str | Promise = ""
    status = 409

    def __init__(self, message: str = "", **facts: Any) -> None:
        self.facts = facts
        super().__init__(message or str(self.message))

    def __str__(self) -> str:
        return str(self.args[0])


class NotAllowed(Refusal):
    """The person may see but not act."""

    status = 403

    def __init__(self, permission: Any) -> None:
        self.permission = permission
        label = getattr(permission, "label", permission)
        super().__init__(_("Votre rôle ne comprend pas : %(what)s.") % {"what": label})
