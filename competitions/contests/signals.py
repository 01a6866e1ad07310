"""What rooms above may want to know about events."""

from django.dispatch import Signal

postponed = Signal()  # postponement, events (list), actor; in the transaction
