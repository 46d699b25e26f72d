"""Invented complaints tried out under a pack: what people did in them, and what each step brought. Nothing is stored here.

``moves`` is what a sandbox consists of, ``sandbox`` plays them, ``story`` takes the steps of a scenario as moves, ``drill``
plays the others around a trainee, ``review`` says afterwards what became of every clause.
"""
