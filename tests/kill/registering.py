"""A process that registers complaints and acts on them as fast as it can; prints the id of each one acknowledged.

Half of them are due already, so that the clock has work at once. A database that goes away is waited for.
"""

import random
import sys
import time
from datetime import UTC, datetime, timedelta

import django
import psycopg


def main() -> None:
    django.setup()
    from django.db import Error, connection

    from redress.cases import case_file
    from redress.policy.engine.commands import Perform, Register

    while True:
        registered = datetime.now(UTC) - timedelta(minutes=random.choice((0, 29.99, 31)))
        phone = str(random.randrange(50))
        try:
            command = Register("east", {"content": "饭菜里有异物", "level": "normal", "phone": phone})
            done = case_file.register("canteen", command, "lin", registered)
            print("registered", done.case_id, flush=True)
            if random.random() < 0.3:
                acted = case_file.act(done.case_id, Perform("contact"), "lin", datetime.now(UTC))
                print("contacted", acted.case_id, flush=True)
        except (Error, psycopg.Error):
            connection.close()
            time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())
