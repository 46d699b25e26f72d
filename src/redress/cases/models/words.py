"""The column most tables are made of."""

from django.db import models


def word() -> models.CharField:
    """A short text of any length, "" where there is none."""
    return models.CharField(blank=True, default="")
