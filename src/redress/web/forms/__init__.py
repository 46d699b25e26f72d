"""A pack's forms on a page: what to show for an act (``build``) and what was typed into it (``parse``)."""

from .build import Choice, FieldView, Group, form_view, grouped
from .parse import NAME, raw_values, values_of

__all__ = ["NAME", "Choice", "FieldView", "Group", "form_view", "grouped", "raw_values", "values_of"]
