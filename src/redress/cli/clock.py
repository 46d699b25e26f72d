"""`redress clock`: watches the deadlines until it is stopped."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="handle what is due now, say how much it was, and end")
    parser.add_argument("--trouble", action="store_true", help="list the cases that could not be handled, and end")


def run(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from redress.clocks.process import real_time, run_forever
    from redress.clocks.sweep import sweep
    from redress.clocks.trouble import open_trouble

    if args.trouble:
        found = open_trouble()
        for row in found:
            print(f"{row.case_id}  since {row.since:%Y-%m-%d %H:%M}  {row.tries} tries  {row.error}")
        return 1 if found else 0
    if args.once:
        print(sweep(real_time()))
        return 0
    run_forever()
    return 0
