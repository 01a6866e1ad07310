"""What rooms above may want to know about entries."""

from django.dispatch import Signal

left = Signal()  # actor, entry (withdrawn or refused for good); in the transaction
