from tests.store.canteen import canteen, packs_dir

__all__ = ["canteen", "packs_dir"]
