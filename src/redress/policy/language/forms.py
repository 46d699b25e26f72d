"""Forms: which fields an act records, and which of them it cannot do without."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from .base import Condition, Written, as_tuple


class FormField(Written):
    """A field on a form. ``required`` is yes, no, or a condition over the case and what is being typed.

    What the case holds already need not be typed again, unless ``anew``: a reason, a progress note, the next date.
    """

    field: str
    required: bool | Condition = True
    anew: bool = False
    clauses: tuple[str, ...] = ()


OPTIONAL = "optional "


def _form_field(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.endswith("?"):
        raise ValueError(f"an optional field is written 'optional {value[:-1]}'")
    return {"field": value.removeprefix(OPTIONAL).strip(), "required": not value.startswith(OPTIONAL)}


def _form(value: Any) -> Any:
    return [_form_field(item) for item in as_tuple(value)]


Form = Annotated[tuple[FormField, ...], BeforeValidator(_form)]
"""A list of fields: ``phone`` is required, ``optional phone`` is not, ``{field: phone, required: "channel == 'phone'"}`` depends."""
