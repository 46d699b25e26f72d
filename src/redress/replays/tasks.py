"""What the worker plays again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .asking import carry_out


@app.task
def replay(replay_id: int, run: int) -> None:
    """One comparison of two versions. A second call for the same run does nothing."""
    carry_out(replay_id, run)
