"""The master key: in the environment, or in a file that only the server's account reads.

ENTREMISE_MASTER_KEY holds 32 bytes in base64; ENTREMISE_KEY_FILE names a file that holds them;
without either, `keys/master.key` in the state folder, made once when the network is set up.
"""

import base64
import binascii
import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from entremise.foundation.vault import engine
from entremise.foundation.vault.errors import KeyMissing


def master_key() -> bytes:
    """Return the 32 bytes of the master key. Raises KeyMissing, saying where it was expected."""
    if given := os.environ.get("ENTREMISE_MASTER_KEY"):
        return _decoded(given, place="ENTREMISE_MASTER_KEY")
    path = key_file()
    try:
        written = path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyMissing(
            _(
                "La clé maîtresse n’a pas pu être lue dans %(file)s (%(reason)s). Remettez ce "
                "fichier, ou donnez la clé dans ENTREMISE_MASTER_KEY."
            )
            % {"file": path, "reason": getattr(error, "strerror", None) or type(error).__name__}
        ) from error
    return _decoded(written, place=str(path))


def key_file() -> Path:
    """Return the file that holds the master key when the environment does not."""
    named = os.environ.get("ENTREMISE_KEY_FILE")
    return Path(named) if named else default_file()


def default_file() -> Path:
    """Return the file that Entremise makes itself."""
    return Path(settings.HOME) / "keys" / "master.key"


def is_in_environment() -> bool:
    """Tell whether the environment itself holds the key."""
    return bool(os.environ.get("ENTREMISE_MASTER_KEY"))


def write_new_key(path: Path) -> bool:
    """Write a new key that its owner alone reads; return False when the file was there before."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Linked into place when complete: a second command never reads half a key.
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(engine.new_key()) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(partial, path)
            return True
        return False
    finally:
        partial.unlink()


def _decoded(text: str, *, place: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != engine.KEY_BYTES:
        raise KeyMissing(
            _("La clé maîtresse de %(place)s n’est pas faite de 32 octets écrits en base64.")
            % {"place": place}
        )
    return key
