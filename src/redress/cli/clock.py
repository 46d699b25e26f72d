"""`redress clock`: watches the deadlines until it is stopped."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from redress.clocks import sweep

    sweep.run_forever()
    return 0
