"""Organisations, their units and people, who is appointed where, and the packs that have ruled there.

Who may do what is the policy engine's to say; it is told through ``directory.py``. A trigger of the migration gives an
organisation a new ``version`` whenever any of its rows here changes, whoever changes them, so that every process sees it.
"""

from django.conf import settings
from django.db import models


class Organisation(models.Model):
    """``pack`` is the policy it lives by; ``settings`` its own values of the pack's parameters, by parameter id.

    ``channels`` says how notices leave the house: ``{"mail": true, "webhook": "https://..."}``.
    ``second_factor``: the roles that may only be worked in after a second factor at sign-in ("*": everybody).
    """

    slug = models.CharField(primary_key=True, max_length=80)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200, blank=True)
    pack = models.CharField(max_length=80)
    settings = models.JSONField(default=dict, blank=True)
    channels = models.JSONField(default=dict, blank=True)
    second_factor = models.JSONField(default=list, blank=True)
    created = models.DateTimeField()
    version = models.BigIntegerField(default=0, editable=False)

    class Meta:
        db_table = "organisation"

    def __str__(self) -> str:
        return self.zh


class Unit(models.Model):
    """A node of the organisation's tree. ``kind``: company, department, project ... as the pack names them.

    A retired one (not ``active``) takes no new cases; those it has keep their place.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units")
    slug = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    kind = models.CharField(max_length=80)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "unit"
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="unit_slug")]

    def __str__(self) -> str:
        return self.zh


class Person(models.Model):
    """Somebody who works there. Without ``user`` they cannot sign in; not ``active``, they hold no seat.

    ``administers``: may set the organisation up without a seat at its top. ``email`` is where single sign-on finds them.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="people")
    slug = models.CharField(max_length=80)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    administers = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "person"
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="person_slug")]

    def __str__(self) -> str:
        return self.zh


class Appointment(models.Model):
    """A role held in a unit from one day to another, both included; ``to_date`` empty: until further notice."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "appointment"
        constraints = [models.UniqueConstraint(fields=["person", "role", "unit", "from_date"], name="appointment_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}@{self.unit}"


class StandIn(models.Model):
    """``person`` acts for ``for_person`` on these days, both included: in one role, or in all of them (``role`` empty)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="stands_in")
    for_person = models.ForeignKey(Person, models.CASCADE, related_name="stand_ins")
    role = models.CharField(max_length=80, blank=True)
    from_date = models.DateField()
    to_date = models.DateField()

    class Meta:
        db_table = "stand_in"

    def __str__(self) -> str:
        return f"{self.person} → {self.for_person}"


class Absence(models.Model):
    """Somebody is away on these days, both included. Who acts for them meanwhile is a ``StandIn``."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    reason = models.CharField(max_length=200, blank=True)
    from_date = models.DateField()
    to_date = models.DateField()

    class Meta:
        db_table = "absence"

    def __str__(self) -> str:
        return f"{self.person}: {self.from_date} - {self.to_date}"


class Confirmation(models.Model):
    """Somebody has confirmed a value that the policy leaves open. Only the newest of a parameter counts, for its value alone."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="confirmations")
    parameter = models.CharField(max_length=80)
    value = models.TextField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        db_table = "confirmation"
        indexes = [models.Index(fields=["organisation", "parameter", "-at"], name="confirmation_newest")]

    def __str__(self) -> str:
        return f"{self.parameter} = {self.value}"


class AdministrationEntry(models.Model):
    """A line of the administration log: who changed what, when, from what to what. The database lets it only grow.

    Organisation and person are kept as words, so that the line outlives them.
    """

    organisation = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    change = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        db_table = "administration_entry"
        indexes = [models.Index(fields=["organisation", "-id"], name="administration_newest")]

    def __str__(self) -> str:
        return f"{self.change} {self.subject}"


class FoundingDraft(models.Model):
    """An organisation that somebody is setting up, step by step: ``data`` holds what they have written so far.

    ``organisation`` is set once it has been founded; what is left then are the values to confirm and the trial.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="founding_drafts")
    data = models.JSONField(default=dict)
    organisation = models.CharField(max_length=80, blank=True)
    begun = models.DateTimeField()
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "founding_draft"

    def __str__(self) -> str:
        return self.organisation or str(self.data.get("zh", ""))


class SignIn(models.Model):
    """An account signed in: when, from where, how (password, provider, invitation), and until when its session lasts or lasted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    address = models.CharField(max_length=64, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=20)
    session = models.CharField(max_length=40, db_index=True)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sign_in"
        indexes = [models.Index(fields=["user", "-at"], name="sign_in_newest")]

    def __str__(self) -> str:
        return f"{self.user} {self.at}"


class FailedSignIn(models.Model):
    """An attempt that failed; of these the limit of attempts is reckoned, across all processes."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "failed_sign_in"
        indexes = [
            models.Index(fields=["username", "at"], name="failed_by_name"),
            models.Index(fields=["address", "at"], name="failed_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.at}"


class PackBinding(models.Model):
    """From this day on the organisation lives by another policy. Before the first of these it is the organisation's ``pack``."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="bindings")
    pack = models.CharField(max_length=80)
    from_date = models.DateField()

    class Meta:
        db_table = "pack_binding"
        constraints = [models.UniqueConstraint(fields=["organisation", "from_date"], name="one_pack_a_day")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.pack} {self.from_date}"


class PackVersion(models.Model):
    """A pack exactly as it ruled: its files by path, with the organisation's values; found again by its content hash."""

    hash = models.CharField(primary_key=True, max_length=64)
    pack = models.CharField(max_length=80, db_index=True)
    version = models.CharField(max_length=80)
    effective_from = models.DateField()
    settings = models.JSONField(default=dict)
    files = models.JSONField()
    first_seen = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "pack_version"

    def __str__(self) -> str:
        return f"{self.pack} {self.version} {self.hash[:12]}"
