"""Figures of a report: a mean where it was given, a rate by what the standing files count."""

from dataclasses import dataclass

from engine_stage import MONDAY_NINE, ORGANISATION, pack_of

from redress.policy.engine.commands import Perform, Register
from redress.policy.engine.measures import report, standing_read_by
from redress.policy.scenarios.language import Given
from redress.policy.scenarios.stage import Stage

FIGURES = """
- field: rating
  type: number
- field: served
  type: number
- act: rate
  who: staff
  form: [rating]
- standing: day
  recurs: {every: day, at: "20:00"}
  unit kinds: [shop]
  who: manager
  record: [served]
- measure: mean
  what: average
  of: rating
- measure: often
  what: rate
  of: served
- measure: badly
  what: rate
  of: served
  where: rating < 3 && "rating" in filled
- report: monthly
  sections: [{zh: 数字, measures: [mean, often, badly]}]
"""


@dataclass
class Month:
    """Complaints and shop days, and the figures they come to."""

    stage: Stage

    def complain(self, label: str, rating: int | None = None) -> None:
        zhao = self.stage.actor("zhao")
        self.stage.do(label, Register("north", {"shop": "north", "level": "high"}), zhao)
        if rating is not None:
            self.stage.do(label, Perform("rate", {"rating": rating}), zhao)

    def serve(self, who: str, shop: str, guests: int) -> None:
        self.stage.do(f"day@{shop}", Perform("day", {"served": guests}), self.stage.actor(who))

    def figures(self) -> dict[str, object]:
        stage = self.stage
        sections = report(stage.pack, "monthly", list(stage.cases.values()), stage.now, stage)
        return {name: value if value is None else float(value) for name, value in sections[0].figures.items()}


def a_month() -> Month:
    return Month(Stage(pack_of(FIGURES), ORGANISATION, Given(), MONDAY_NINE, ["day"]))


def test_a_mean_counts_only_where_it_was_given():
    month = a_month()
    assert month.figures()["mean"] is None
    month.complain("A", 4)
    month.complain("B", 1)
    month.complain("C")
    assert month.figures()["mean"] == 2.5


def test_a_rate_is_per_thousand_of_what_the_standing_files_add_up_to():
    month = a_month()
    month.complain("A", 4)
    month.complain("B", 1)
    assert month.figures()["often"] is None
    month.stage.pass_time(MONDAY_NINE.replace(hour=21))
    month.serve("bei", "north", 300)
    month.serve("nan", "south", 100)
    assert month.figures() == {"mean": 2.5, "often": 5.0, "badly": 2.5}


def test_a_report_knows_whose_files_it_reads():
    assert standing_read_by(pack_of(FIGURES), "monthly") == {"day"}
