from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "redress.practice"
    label = "practice"
