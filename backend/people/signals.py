"""What others may want to know about roles."""

from django.dispatch import Signal

role_ended = Signal()  # user_uid, scope
