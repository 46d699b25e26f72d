"""Who signed in when, and the attempts that failed: sessions can be ended, and guessing is slow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_first_run"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FailedSignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("username", models.CharField(max_length=150)),
                ("address", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "failed_sign_in",
                "indexes": [
                    models.Index(fields=["username", "at"], name="failed_by_name"),
                    models.Index(fields=["address", "at"], name="failed_by_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("address", models.CharField(blank=True, max_length=64)),
                ("agent", models.CharField(blank=True, max_length=200)),
                ("how", models.CharField(max_length=20)),
                ("session", models.CharField(db_index=True, max_length=40)),
                ("ended", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "sign_in",
                "indexes": [models.Index(fields=["user", "-at"], name="sign_in_newest")],
            },
        ),
    ]
