"""What a note may hold: nothing refused outright, and nothing identifying without a reason."""

import unicodedata

from django.utils.translation import ngettext

from entremise.foundation.guard.engine import Finding, look
from entremise.foundation.guard.enums import Reason, Severity
from entremise.foundation.guard.errors import TextIdentifies, TextTooLong
from entremise.foundation.guard.sentences import sentence_of

LIMIT = 280  # signs


def tidied(text: str) -> str:
    """Return the text as it is counted, read and kept: one way to write an accent or a new line."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def asks(findings: tuple[Finding, ...]) -> bool:
    """True when all that was seen may stay with a reason, and something was seen."""
    return bool(findings) and all(finding.severity == Severity.ASK for finding in findings)


def check(text: str, *, reason: str = "", limit: int = LIMIT) -> str:
    """Return the text to keep; `reason` is the code of a Reason, or nothing.

    Raises TextTooLong beyond `limit` signs, and TextIdentifies when something refused outright is
    seen, or anything else without a reason.
    """
    kept = tidied(text)
    if len(kept) > limit:
        raise TextTooLong(
            ngettext(
                "La note dépasse %(limit)d signe : raccourcissez-la.",
                "La note dépasse %(limit)d signes : raccourcissez-la.",
                limit,
            )
            % {"limit": limit}
        )
    findings = look(kept)
    if not findings or (asks(findings) and reason in Reason.values):
        return kept
    sentences = list(dict.fromkeys(sentence_of(finding, kept) for finding in findings))
    raise TextIdentifies(sentences, findings=findings)
