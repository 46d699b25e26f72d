"""`redress rotate-key`: secrets of second factors are written anew under a new key.

With keys in the data folder it makes the new one itself, while nothing runs. With REDRESS_ENCRYPTION_KEYS it uses the first of them.
"""

import argparse
from collections.abc import Callable

from redress.config import environment
from redress.config.trouble import Trouble


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> int:
    from redress.config.databases import database_ready

    settings = environment.read()
    with database_ready(settings):
        number = rotated(settings, _reseal)
    print(f"{number} second factors are kept under the new key")
    return 0


def rotated(settings: environment.Environment, reseal: Callable[[], int]) -> int:
    """Makes the new key where keys lie in the data folder, and calls ``reseal`` while old and new are both known."""
    from redress.config.datafolder import only_run

    if not settings.keys_kept:
        return reseal()
    path, old = settings.data / environment.KEYS_FILE, settings.encryption_keys
    with only_run(settings.data, "redress rotate-key"):  # a running part would not know the new key
        new = environment.new_encryption_key()
        environment.keep(path, "\n".join((new, *old)))
        try:
            number = reseal()
        except Trouble:
            environment.keep(path, "\n".join(old))
            raise
        environment.keep(path, new)
    return number


def _reseal() -> int:
    import django

    django.setup()
    from allauth.mfa.models import Authenticator

    from redress.people.sealing import KeyIsLost, reseal_all

    try:
        return reseal_all(Authenticator)
    except KeyIsLost as error:
        raise Trouble(f"Nothing was changed: {error}.") from None
