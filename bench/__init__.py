"""Measures Redress: how much of the machine's raw speed it keeps, and whether pages stay quick as the tables grow.

`python -m bench` writes bench/results.json and a table. Every figure stands beside the raw limit measured in the same run,
on the same machine, with the same data. Nothing here is asserted by a test: figures belong to machines.
"""
