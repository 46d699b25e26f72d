"""Real input: rows of a table become complaints, and what is known to have happened next is replayed.

``mapping.py`` is what a mapping file can say and ``reading.py`` reads it; ``tables.py`` opens files; ``plans.py`` makes a
row into commands with their times; ``carrying.py`` gives them to the case file; ``tally.py`` counts duties met and late.
"""
