"""Jobs of the worker. Each may run twice (a worker can die at any point) and does its work once."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import channels
from .relay import relay


@app.periodic(cron="* * * * * */3")
@app.task(queueing_lock="relay-notices", pass_context=False)
def relay_notices(timestamp: int) -> None:
    """Every three seconds: notices into inboxes. ``timestamp`` is when the run was planned."""
    relay(datetime.now(UTC))


@app.task(retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send(sending_id: int) -> None:
    """One notice, to one person, by one channel; tried again for about a day when the other side does not answer."""
    channels.send(sending_id, datetime.now(UTC))
