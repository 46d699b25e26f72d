"""Files on cases, and those that wait for their form to be sent."""

from django.db import models

from .words import word


class Attachment(models.Model):
    """A file. While ``case_id`` is empty it waits for ``person`` to send the form ``token``; on a case it never changes again."""

    id = models.UUIDField(primary_key=True)
    organisation = word()
    case_id = models.UUIDField(null=True)
    token = word()
    person = word()
    field = word()
    place = models.IntegerField()
    name = word()
    sha256 = word()
    size = models.IntegerField()
    content_type = word()
    created = models.DateTimeField()
    thumb = models.BinaryField(null=True)
    preview = models.BinaryField(null=True)

    class Meta:
        db_table = "attachment"
        indexes = [
            models.Index(
                "organisation",
                "person",
                "token",
                name="attachment_held",
                condition=models.Q(case_id__isnull=True),
            ),
            models.Index("created", name="attachment_waiting", condition=models.Q(case_id__isnull=True)),
        ]


class AttachmentPart(models.Model):
    """A part of a file's bytes, so that nobody needs a whole file in memory."""

    pk = models.CompositePrimaryKey("attachment", "number")
    attachment = models.UUIDField()
    number = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "attachment_part"
