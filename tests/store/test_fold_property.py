"""Whatever people do, in whatever order: what is stored is what the log folds into."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.canteen import MONDAY, complain

from redress.cases import case_file
from redress.cases.store.verify import Proof
from redress.policy.engine.case import encode_case, fold
from redress.policy.engine.commands import Perform

pytestmark = pytest.mark.django_db

PEOPLE = st.sampled_from(["lin", "chen", "gao", "zhao"])
TEXT = st.text(max_size=20)
COMMANDS = st.one_of(
    st.sampled_from(["contact", "answer", "close", "upward.manager", "upward.director", "comment-book"]).map(Perform),
    st.builds(lambda text: Perform("note", {"note": text}), TEXT),
    st.builds(lambda text: Perform("propose", {"outcome": text}), TEXT),
    st.builds(lambda text: Perform("reopen", {"reason": text}), TEXT),
    st.builds(lambda who: Perform("name-person", {"person_slot": "accused", "person_named": who}), PEOPLE),
)
STEPS = st.lists(st.tuples(st.integers(0, 900), PEOPLE, COMMANDS), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, level=st.sampled_from(["normal", "major"]), content=TEXT)
def test_any_sequence_of_commands_keeps_log_and_projections_equal(
    canteen: str, steps, level: str, content: str
) -> None:
    first = complain(canteen, level=level, content=f"x{content}", phone=str(len(content)))
    now = MONDAY
    for minutes, person, command in steps:
        now += timedelta(minutes=minutes)
        case_file.act(first.case_id, command, person, now)
    stored = case_file.history(first.case_id)
    case = fold(str(first.case_id), stored)
    assert case.seq == len(stored)
    from redress.cases.models import CaseRecord

    assert CaseRecord.objects.get(id=first.case_id).state.encode() == encode_case(case)


def test_the_proof_agrees_after_a_busy_day(canteen: str, transactional_db) -> None:
    for number in range(5):
        case_id = complain(canteen, level="major", phone="1380000000" + str(number % 2)).case_id
        for minutes, person, command in [
            (3, "chen", Perform("upward.manager")),
            (50, "lin", Perform("contact")),
            (60, "zhao", Perform("note", {"note": "又来电"})),
            (70, "gao", Perform("name-person", {"person_slot": "accused", "person_named": "chen"})),
            (80, "lin", Perform("answer")),
            (90, "lin", Perform("close")),
            (95, "lin", Perform("reopen", {"reason": "不满意"})),
        ]:
            case_file.act(case_id, command, person, MONDAY + timedelta(minutes=minutes))
    assert list(Proof().differences()) == []
