"""What others may want to know about a selection."""

from django.dispatch import Signal

offer_decided = Signal()  # offer, organisations (the confirmed, the best first), actor; in the transaction
