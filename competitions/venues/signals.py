"""What rooms above may want to know about schedules."""

from django.dispatch import Signal

programme_published = Signal()  # programme, before (the former version or None), actor; in the transaction
