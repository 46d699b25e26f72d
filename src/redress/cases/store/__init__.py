"""The case log and its projections in PostgreSQL. Pure rows are made in ``rows.py``; SQL stands in ``writing.py``."""
