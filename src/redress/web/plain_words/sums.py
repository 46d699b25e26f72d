"""Sums as people read them: with their currency, the thousands set apart."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def yuan(amount: object) -> str:
    """``12345.50`` as ``¥12,345.50``: a sum in yuan with the decimals it was written with; what is no number stays."""
    try:
        return f"¥{Decimal(str(amount)):,f}"
    except InvalidOperation:
        return f"¥{amount}"
