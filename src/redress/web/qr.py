"""An address as a QR code: one path of an SVG, made here, so that nothing is asked of another host."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""Empty modules around the code, without which readers do not find it."""


def qr(text: str, label: str) -> SafeString:
    """The code, black on white in either theme, as readers and printers need it."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    size = len(rows) + 2 * QUIET
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>',
        label, size, size, size, size, path,
    )  # fmt: skip
