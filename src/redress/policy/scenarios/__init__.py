"""Timelines that live beside a pack: what happens when, and what must then be open, late, done, blocked, fined, reported."""
