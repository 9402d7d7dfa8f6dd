"""The e-mails of a demonstration, read from the folder where the file backend leaves them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

RULE = re.compile(rb"^-{79}$", re.MULTILINE)
MOST = 100


@dataclass(frozen=True, slots=True)
class SentMessage:
    """One e-mail: to whom, when, and its plain text."""

    subject: str
    to: str
    sent_at: datetime
    text: str


def messages_in(folder: Path) -> list[SentMessage]:
    """Return the hundred newest messages of the folder; none when it does not exist."""
    files = sorted(folder.glob("*.log"), reverse=True)[:MOST] if folder.is_dir() else []
    found = [
        _read(part) for file in files for part in RULE.split(file.read_bytes()) if part.strip()
    ]
    return sorted(found, key=lambda message: message.sent_at, reverse=True)[:MOST]


def _read(written: bytes) -> SentMessage:
    message = message_from_bytes(written.lstrip(b"\n"), policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return SentMessage(
        subject=str(message["Subject"]),
        to=str(message["To"]),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        text=str(body.get_content()).strip() if body else "",
    )
