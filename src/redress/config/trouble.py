"""What went wrong with the machine, said in one sentence to the person at the keyboard.

Refusals of the policy live in `redress.policy`; this is only about ports, disks, locks and servers.
"""

import errno
from pathlib import Path

_NO_SPACE = ("no space left on device", "disk quota exceeded")


class Trouble(Exception):
    """Carries one finished sentence. The command line prints it without a traceback."""


def sentence_for(error: BaseException | str, folder: Path) -> str | None:
    """The sentence for a well-known trouble of the machine, or None when it is not one of them."""
    text = str(error).lower()
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT) or any(words in text for words in _NO_SPACE):
        return f"The disk which holds {folder} is full; free some space and start again. No data is lost."
    if number == errno.EROFS or "read-only file system" in text:
        return f"The disk which holds {folder} is read-only; choose another folder with REDRESS_DATA."
    if isinstance(error, PermissionError) or "permission denied" in text:
        return (
            f"This user may not write in {folder} (was it made by another user, or by root?);"
            " give it to this user with chown, or choose another folder with REDRESS_DATA."
        )
    return None
