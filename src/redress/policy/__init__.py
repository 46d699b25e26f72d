"""The policy floor: what a pack may say, and what it obliges people to do.

Everything here is pure: no Django, no clock, no network, no files outside ``reading``. ``language`` holds what can be
written, ``reading`` turns files into a checked ``Pack``, ``engine`` decides, ``scenarios`` tests packs.
"""
