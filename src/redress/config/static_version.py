"""One short name for the contents of all static files, put into their address.

With it a browser may keep a file for ever, and no collecting step stands between a change and a page.
"""

import hashlib
from pathlib import Path


def static_version(*folders: Path) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
