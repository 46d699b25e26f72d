"""Secrets and recovery codes of second factors, kept in the open until now, go under the key of the installation."""

from django.db import migrations

from redress.people import sealing


def seal(apps, editor):
    sealing.seal_all(apps.get_model("mfa", "Authenticator"))


def back(apps, editor):
    sealing.open_all(apps.get_model("mfa", "Authenticator"))


class Migration(migrations.Migration):
    dependencies = [("people", "0007_shared_cache"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(seal, back)]
