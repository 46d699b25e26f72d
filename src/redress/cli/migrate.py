"""`redress migrate`: as the owner of the tables, and only when something is new."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say whether something is new (exit code 1)")


def run(args: argparse.Namespace) -> int:
    from redress.config import environment
    from redress.config.databases import database_ready

    os.environ["REDRESS_DB_ROLE"] = "owner"
    settings = environment.read()
    with database_ready(settings):
        return _migrate(only_check=args.check)


def _migrate(*, only_check: bool) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        print("database: up to date")
        return 0
    print(f"database: {len(plan)} migrations to apply")
    if only_check:
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    return 0
