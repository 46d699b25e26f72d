"""The command line: one small module per command, listed in main.py."""
