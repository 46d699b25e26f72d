"""`redress claim`: the word by which an empty installation is claimed; nothing once somebody has an account."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from redress.people.claiming import claim_word, is_unclaimed

    if is_unclaimed():
        print(claim_word())
    return 0
