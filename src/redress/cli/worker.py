"""`redress worker`: carries out what the outbox holds, until it is stopped."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at a time")


def run(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from procrastinate.contrib.django import app

    # Jobs still running when a stop is asked for get a few seconds; the queue keeps the rest.
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            concurrency=args.concurrency,
            shutdown_graceful_timeout=4,
            install_signal_handlers=True,
            # What went well is told by its own tables; failures stay, to be looked at.
            delete_jobs="successful",
        )
    return 0
