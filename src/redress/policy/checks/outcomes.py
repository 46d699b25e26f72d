"""How a callback ended: what its outcomes are read from must be recorded by an act that fulfils it, and be a value it can have."""

from __future__ import annotations

from redress.policy.errors import meant
from redress.policy.language.duties import Duty

from .study import Study
from .values import check_value


def check(study: Study) -> None:
    """Reports outcomes of what is no callback, of fields that are not recorded with it, of values these cannot hold."""
    for duty in study.source.of(Duty):
        if duty.outcomes and duty.work != "callback":
            zh, en = "只有回访（work: callback）才有 outcomes", "only a callback (work: callback) has outcomes"
            study.error(study.key(duty, ("outcomes",)), "outcome", zh, en)
        recorded = _recorded(study, duty)
        for outcome, wanted in duty.outcomes.items():
            for field, value in wanted.items():
                path = ("outcomes", outcome, field)
                if field not in recorded:
                    zh = f"这项回访不记录字段 {field}"
                    en = f"the field {field} is not recorded with this callback"
                    study.error(study.key(duty, path), "outcome", zh, en, **meant(field, recorded))
                    continue
                for one in value if isinstance(value, list) else [value]:
                    check_value(study, duty, path, field, one)


def _recorded(study: Study, duty: Duty) -> set[str]:
    """The fields on the forms of the acts that fulfil the duty; an act of a duty has the duty's own form."""
    acts, duties = study.names.own_acts, study.names.own_duties
    names = duty.done_by or (duty.id,)
    forms = [
        acts[name].form if name in acts else duties[name].record for name in names if name in acts or name in duties
    ]
    return {item.field for form in forms for item in form}
