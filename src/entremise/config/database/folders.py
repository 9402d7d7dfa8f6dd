"""Create the folders of the embedded server, refuse those of somebody else, watch the disk.

No parent folder's mode is ever changed, and no symbolic link of another account is followed.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from entremise.config.database.account import Account, name_of
from entremise.config.database.errors import (
    DiskFullError,
    FolderGoneError,
    FolderRefusedError,
    OtherOwnerError,
)
from entremise.config.database.locations import Locations

NEEDED_MEGABYTES = 300  # binaries of the wheel (75), an empty cluster (40), room for the WAL
REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY}


@contextmanager
def plain_refusals(places: Locations) -> Iterator[None]:
    """Turn what the system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise disk_full(places) from error
        if error.errno in REFUSED:
            raise FolderRefusedError(
                folder=error.filename or places.base, reason=error.strerror
            ) from error
        raise


def prepare_base(places: Locations, account: Account) -> None:
    """Create the server's folder, closed to others, and the state folder's link to it.

    Raises FolderGoneError, OtherOwnerError.
    """
    places.home.mkdir(parents=True, exist_ok=True)
    if places.link.is_symlink() and not places.link.exists():
        raise FolderGoneError(link=places.link, folder=os.readlink(places.link))
    places.base.mkdir(mode=0o700, exist_ok=True)
    refuse_other_owner(places)
    if account.differs and not any(places.base.iterdir()):
        # Root owns programs and configuration; the server's group may only cross and read.
        os.chown(places.base, 0, account.gid)
        places.base.chmod(0o750)
    if places.base != places.link:
        with suppress(FileExistsError):
            places.link.symlink_to(places.base)


def refuse_other_owner(places: Locations) -> None:
    """Refuse a server's folder, or a link to it, that another account made."""
    found = [place.lstat() for place in (places.link, places.base) if os.path.lexists(place)]
    if places.base.exists():
        found.append(places.base.stat())
    for owner in {entry.st_uid for entry in found} - {os.geteuid()}:
        raise OtherOwnerError(
            folder=places.link, owner=name_of(owner), current=name_of(os.geteuid())
        )


def make_private(folder: Path, account: Account) -> None:
    """Create a folder that the server's account alone (and root) may enter.

    Raises OtherOwnerError when it exists and is somebody else's: /tmp is open to all.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    if account.differs and is_folder_of(folder, 0):
        os.chown(folder, account.uid, account.gid)
    if not is_folder_of(folder, account.uid):
        raise OtherOwnerError(
            folder=folder, owner=name_of(folder.lstat().st_uid), current=name_of(account.uid)
        )
    folder.chmod(0o700)


def is_folder_of(folder: Path, uid: int) -> bool:
    """Tell whether this is a real folder, not a link, of that account."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid


def refuse_full_disk(places: Locations) -> None:
    """Raise DiskFullError when a new cluster would not fit comfortably."""
    if free_megabytes(places) < NEEDED_MEGABYTES:
        raise disk_full(places)


def disk_full(places: Locations) -> DiskFullError:
    """Return the refusal that tells how much room is left and how much is needed."""
    return DiskFullError(folder=places.base, free=free_megabytes(places), needed=NEEDED_MEGABYTES)


def free_megabytes(places: Locations) -> int:
    """Return the room that an ordinary account may still use on the server's disk."""
    disk = os.statvfs(
        next(p for p in (places.base, places.home, *places.home.parents) if p.exists())
    )
    return disk.f_bavail * disk.f_frsize // 2**20
