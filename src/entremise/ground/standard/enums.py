"""The closed lists of the standard."""

from enum import StrEnum


class PrincipleFamily(StrEnum):
    """What a principle guarantees: the process of a mediation, or the mediator’s posture."""

    PROCESS = "process"
    POSTURE = "posture"


class Chapter(StrEnum):
    """The four chapters under which requirements are sorted."""

    FRAMEWORK = "framework"
    IMPLEMENTATION = "implementation"
    ORGANISATION = "organisation"
    FOLLOW_UP = "follow_up"


class EditionStatus(StrEnum):
    """What the standardisation body says of an edition."""

    EXPERIMENTAL = "experimental"
    APPROVED = "approved"
