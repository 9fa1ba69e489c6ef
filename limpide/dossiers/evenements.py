"""What the room announces, inside the transaction that did it: who listens commits with it, or not at all."""

from django.dispatch import Signal

droits_liquides = Signal()
"""Lines of rights were written: `liquidation`, and `cause` (one French sentence, may be empty)."""
