"""Time limits in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from redress.policy.language.duties import Limit
from redress.policy.pack import Pack

from . import names
from .conditions import condition


def limit(pack: Pack, within: Limit | None) -> str:
    """「30 分钟内」, 「重大 10 分钟、一般 2 个工作日内」, 「按约定的…，最迟 3 天」; "" without a limit."""
    if within is None:
        return ""
    if within.until:
        text = _("不迟于所约定的%(field)s") % {"field": names.quoted(names.field(pack, within.until))}
        if within.at_most:
            text += _("，且最长 %(span)s") % {"span": names.span(pack, within.at_most)}
        if within.unless:
            text += _("（除非%(condition)s）") % {"condition": condition(pack, within.unless)}
        return text
    if within.table:
        rows = [
            f"{names.option(pack, within.by, value)} {names.span(pack, span)}" for value, span in within.table.items()
        ]
        if within.otherwise:
            rows.append(_("其他 %(span)s") % {"span": names.span(pack, within.otherwise)})
        return _("限时：%(rows)s") % {"rows": names.joined(rows)}
    if not within.span:
        return ""
    text = _("%(span)s内") % {"span": names.span(pack, within.span)}
    if within.from_:
        text += _("（自%(field)s起算）") % {"field": names.quoted(names.field(pack, within.from_))}
    return text
