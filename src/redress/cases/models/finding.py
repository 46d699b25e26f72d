"""By what a case is found: its part in a pattern, who has a part in it, its words, and what was written up of it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from .words import word


class CaseKey(models.Model):
    """A case's key under a pattern: by these, cases alike are found."""

    pk = models.CompositePrimaryKey("case_id", "pattern")
    case_id = models.UUIDField()
    pattern = word()
    organisation = word()
    key = models.TextField()
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "case_key"


class CasePart(models.Model):
    """Who has a part in a case: named in it, or having acted on it."""

    pk = models.CompositePrimaryKey("organisation", "person", "registered_at", "case_id")
    organisation = word()
    person = word()
    registered_at = models.DateTimeField()
    case_id = models.UUIDField()

    class Meta:
        db_table = "case_part"


class CaseSearch(models.Model):
    """The words of a case, folded for searching, and their grams (see ``store/words.py``)."""

    case_id = models.UUIDField(primary_key=True)
    organisation = word()
    registered_at = models.DateTimeField()
    words = models.TextField()
    grams = SearchVectorField()

    class Meta:
        db_table = "case_search"


class CaseLesson(models.Model):
    """A case written up for others: its words with nobody's name or number in them (see ``store/lessons.py``)."""

    pk = models.CompositePrimaryKey("case_id", "key")
    case_id = models.UUIDField()
    key = word()
    organisation = word()
    rule = word()
    unit = word()
    category = word()
    level = word()
    person = word()
    at = models.DateTimeField()
    title = models.TextField()
    words = models.TextField()
    grams = SearchVectorField()
    hidden_from = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "case_lesson"
        indexes = [models.Index("organisation", "at", name="lesson_newest"), GinIndex("grams", name="lesson_grams")]
