"""The account that runs the embedded server: never root, which PostgreSQL refuses."""

import os
import pwd
from dataclasses import dataclass
from typing import TypedDict


class Identity(TypedDict, total=False):
    """What `subprocess` wants in order to leave root."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The server's account; `differs` when it is not the current one, that is as root."""

    uid: int
    gid: int
    differs: bool

    def identity(self) -> Identity:
        """Return the arguments that make a subprocess run under this account."""
        if not self.differs:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account() -> Account:
    """Return the current account, or `postgres`, else `nobody`, for root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), differs=False)
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid, differs=True)


def name_of(uid: int) -> str:
    """Return an account's name, or its number when it has none (a container)."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
