"""The roof: settings, addresses, the embedded database, and how the parts are put together.

Nothing below imports this package; the doors receive what they need through Django's settings.
"""
