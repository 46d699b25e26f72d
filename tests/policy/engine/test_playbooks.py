"""An incident opens its tasks: in order, together, each with its own clock and clause."""

from engine_stage import Play, accepted

RULES = """
- playbook: injury
  clauses: [t-1]
  after: register
  when: level == "high"
  who: clerk
  steps:
    - {step: look, within: 5 min}
    - {step: ambulance, together: yes, within: 3 min}
    - {step: hospital, who: manager, within: 30 min}
    - {step: family, together: yes}
"""


def open_now(play: Play) -> list[str]:
    return sorted(duty.rule for duty in play.case.live_duties())


def test_the_tasks_open_in_order_and_together_as_written():
    play = Play(RULES)
    play.register()
    assert open_now(play) == ["injury.ambulance", "injury.look"]
    assert all(duty.clauses == ("t-1",) for duty in play.case.live_duties())
    accepted(play.do("bei", "injury.ambulance"))
    assert open_now(play) == ["injury.family", "injury.hospital", "injury.look"]
    assert play.case.duties["injury.hospital"].roles == ("manager",)


def test_another_level_opens_no_playbook():
    play = Play(RULES)
    play.register(level="low")
    assert open_now(play) == []
