"""The product's settings, with the tests' canteen for a policy."""

from tests.store.canteen import PACKS

from redress.config.settings import *  # noqa: F403

PACKS_DIR = PACKS
