"""Every kind of event is known wherever events are read."""

from typing import get_args

from redress.policy.engine.case.folding import FOLDS
from redress.policy.engine.events import AnyEvent, Event


def kinds(of: type) -> set[type]:
    return {of, *(kind for below in of.__subclasses__() for kind in kinds(below))}


def test_every_kind_of_event_can_be_read_again_and_folded():
    assert kinds(Event) - {Event} == set(get_args(AnyEvent)) == set(FOLDS)
