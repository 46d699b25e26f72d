"""Invented complaints that are kept: sandboxes of the playground and drills. Beside ``cases``, which it cannot reach: nothing
that is practised ever enters the log."""
