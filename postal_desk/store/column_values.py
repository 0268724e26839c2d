"""Single values as the tables hold them: dates as text, yuan as whole fen, phones by their digits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def iso(value: date | None) -> str | None:
    """A date as the tables hold it."""
    return None if value is None else value.isoformat()


def day(value: str | None) -> date | None:
    """A date as the tables hold it, read back."""
    return None if value is None else date.fromisoformat(value)


def fen(amount: Decimal | None) -> int | None:
    """Yuan as whole fen; an amount with a finer part is a bug, for it would be lost."""
    if amount is None:
        return None
    scaled = amount.scaleb(2)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{amount} yuan is finer than a fen")
    return whole


def yuan(amount: int | None) -> Decimal | None:
    """Whole fen as yuan with two digits."""
    return None if amount is None else Decimal(amount).scaleb(-2)


def phone_digits(phone: str) -> str:
    """A phone's digits alone, China's own country code left out: how the same phone is known again."""
    digits = "".join(char for char in phone if char.isdigit() and char.isascii())
    if phone.lstrip().startswith(("+86", "0086")):
        digits = digits.removeprefix("00").removeprefix("86")
    return digits
