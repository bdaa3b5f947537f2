"""Why the system could not do something with a file, in the language in use: its own words are English in every locale."""

from __future__ import annotations

import errno

from salescli.core.i18n import N_, Message, msg

_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("you may not (permissions)"),
    errno.EPERM: N_("you may not (permissions)"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of its path is no folder"),
    errno.EEXIST: N_("it exists already"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk quota is used up"),
    errno.EFBIG: N_("it is too large for the disk"),
    errno.EIO: N_("the disk does not answer"),
    errno.ELOOP: N_("its links go round in a circle"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.EBUSY: N_("it is in use"),
    errno.ETXTBSY: N_("it is in use"),
    errno.ENXIO: N_("nobody takes or gives anything there"),
    errno.EMFILE: N_("too many files are open"),
}


def why(error: OSError) -> Message | str:
    """The reason as a sentence; the system's own words for a rare one."""
    text = _REASONS.get(error.errno or 0)
    return msg(text) if text else error.strerror or str(error) or type(error).__name__
