from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "redress.letters"
    label = "letters"
