from django.apps import AppConfig


class ReplaysConfig(AppConfig):
    name = "redress.replays"
    default_auto_field = "django.db.models.BigAutoField"
