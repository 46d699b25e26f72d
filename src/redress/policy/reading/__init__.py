"""From files to a checked pack: the only part of the policy floor that opens files."""

from .folder import Folder
from .reader import load, load_folder, read_source

__all__ = ["Folder", "load", "load_folder", "read_source"]
