"""A book for colleagues on one machine: folder and file writable for the group, never on a network file system (CLI.md §1)."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.os_reason import why

if TYPE_CHECKING:
    from collections.abc import Iterator

MOUNTS = Path("/proc/mounts")
NETWORK = frozenset(
    {"nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "coda", "ncpfs", "davfs", "webdav", "ceph", "lustre",
     "glusterfs", "gpfs", "beegfs", "orangefs", "pvfs2", "sshfs", "s3fs", "rclone", "gcsfuse", "ocfs2", "gfs2"}
)  # fmt: skip
"""File systems that several machines write to: SQLite's locks do not hold there."""

FOLDER = stat.S_ISGID | stat.S_IRWXG
BOOK = 0o660


def check_place(book: Path) -> None:
    """Refuse a place a shared book may not have. Raises SalesError (exit 4): a network file system, or a folder of somebody else."""
    folder = nearest(book.absolute().parent)
    kind = file_system(folder)
    if kind.removeprefix("fuse.") in NETWORK:
        fail(
            "network_file_system",
            N_("{folder} lies on the network file system {type}, where two machines could damage the book"),
            rule="DAT-03",
            hint=N_("put it on a disk of one machine and let colleagues work there by ssh"),
            folder=str(folder),
            type=kind,
        )
    if folder == book.absolute().parent.resolve() and (folder.stat().st_uid != os.geteuid() or folder == _home()):
        fail("folder_not_yours", N_("the folder {folder} is not yours, or is your home: it is not opened to the group"), rule="DAT-03",
             hint=N_("make a folder of your own for the book, as in /srv/sales"), folder=str(folder))  # fmt: skip


def _home() -> Path | None:
    """The home folder of the OS account: opened to a group, ssh would no longer let its owner in."""
    import pwd

    with suppress(KeyError):
        return Path(pwd.getpwuid(os.geteuid()).pw_dir).resolve()
    return None


def nearest(folder: Path) -> Path:
    """The folder itself, or the nearest above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.is_dir()).resolve()


def file_system(folder: Path) -> str:
    """The type of the file system a folder lies on; "" where the machine does not tell."""
    found = [(mount, kind) for mount, kind in _mounts() if folder == mount or mount in folder.parents]
    return max(found, key=lambda pair: len(pair[0].parts), default=(folder, ""))[1]


def _mounts() -> Iterator[tuple[Path, str]]:
    """Every mount point and its type, later ones last: from /proc, elsewhere (macOS) from the command `mount`."""
    if MOUNTS.exists():
        for line in MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            _device, place, kind = line.split(" ")[:3]
            yield Path(place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")), kind
        return
    import subprocess

    listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
    for line in listed.splitlines():
        place, _bracket, more = line.partition(" on ")[2].partition(" (")
        yield Path(place), more.partition(",")[0].strip(")")


def share(book: Path) -> None:
    """Open folder and book to the group: new files in the folder belong to it, SQLite's own files take the book's mode.

    Raises SalesError (exit 8) when the permissions cannot be set.
    """
    try:
        folder = book.absolute().parent
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | FOLDER)
        book.chmod(BOOK)
    except OSError as error:
        fail("cannot_share", N_("{book} cannot be opened to the group: {why}"), kind=Kind.BOOK, book=str(book), why=why(error))
