"""`redress db`: the embedded database on its own, for backups and for looking inside."""

import argparse
import os
import subprocess

from redress.config import environment
from redress.config.databases import conninfo
from redress.config.postgres import Server
from redress.config.postgres_machine import client_program


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    parts.add_parser("start", help="start it and leave it running")
    parts.add_parser("stop", help="stop it (everything that uses it loses its connection)")
    parts.add_parser("status", help="say whether it runs; exit code 3 when not")
    shell = parts.add_parser("shell", help="print the URL for psql and pg_dump")
    shell.add_argument("--owner", action="store_true", help="the role that owns the tables")
    dump = parts.add_parser("dump", help="write a backup file with pg_dump (custom format)")
    dump.add_argument("file")
    restore = parts.add_parser("restore", help="read a backup file into an empty database")
    restore.add_argument("file")


def run(args: argparse.Namespace) -> int:
    settings = environment.read()
    if args.part == "shell":
        print(conninfo(settings, "owner" if args.owner else "app"))
        return 0
    if args.part in ("dump", "restore"):
        return _dump_or_restore(settings, args)
    if not settings.embedded:
        print("DATABASE_URL is set: the embedded database is not used.")
        return 0
    return {"start": _start, "stop": _stop, "status": _status}[args.part](Server(settings.data))


def _start(server: Server) -> int:
    started = server.start()
    print("started" if started else "already running", f"(process {_pid(server)})")
    return 0


def _stop(server: Server) -> int:
    print("stopped" if server.stop() else "was not running")
    return 0


def _status(server: Server) -> int:
    running = server.running()
    print(f"{running.status} (process {running.pid}) in {server.folder}" if running else "not running")
    return 0 if running else 3


def _dump_or_restore(settings: environment.Environment, args: argparse.Namespace) -> int:
    from redress.config.databases import database_ready

    url = conninfo(settings, "owner")
    if args.part == "dump":
        command = [client_program("pg_dump"), "--format=custom", f"--file={args.file}", url]
    else:
        options = ["--exit-on-error", "--single-transaction", "--no-owner"]
        command = [client_program("pg_restore"), *options, f"--dbname={url}", args.file]
    with database_ready(settings):
        return subprocess.run([str(word) for word in command], env={**os.environ, "LC_ALL": "C.UTF-8"}).returncode


def _pid(server: Server) -> int:
    running = server.running()
    return running.pid if running else 0
