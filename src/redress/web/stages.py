"""The common life of every case, in words and in the order of the picture on the case page."""

from django.utils.translation import gettext_lazy as _

STAGES = {
    "registered": _("已登记"),
    "assessed": _("已受理"),
    "declined": _("不予受理"),
    "investigated": _("已调查"),
    "proposed": _("已提方案"),
    "agreed": _("已同意"),
    "disputed": _("有异议"),
    "referred": _("已转外部"),
    "carried-out": _("已落实"),
    "followed-up": _("已回访"),
    "closed": _("已了结"),
    "archived": _("已归档"),
}
MAIN_LINE = (
    "registered",
    "assessed",
    "investigated",
    "proposed",
    "agreed",
    "carried-out",
    "followed-up",
    "closed",
    "archived",
)
"""The stages every picture shows; a side stage is put in when the case stands there."""
BESIDE = {"declined": "assessed", "disputed": "agreed", "referred": "agreed"}


def stage_name(stage: str) -> str:
    """The stage in the language of the request."""
    return str(STAGES.get(stage, stage))


def life_of(stage: str) -> list[tuple[str, str, str]]:
    """(stage, name, past | here | ahead) along the common life of a case that stands at ``stage``."""
    line = [stage if BESIDE.get(stage) == step else step for step in MAIN_LINE]
    at = line.index(stage) if stage in line else -1
    return [
        (step, stage_name(step), "past" if place < at else "here" if place == at else "ahead")
        for place, step in enumerate(line)
    ]
