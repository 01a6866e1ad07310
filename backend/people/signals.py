"""What others may want to know about roles."""

from django.dispatch import Signal

role_given = Signal()  # user, role, scope, actor; in the transaction
role_ended = Signal()  # user_uid, scope; after the commit
application_moved = Signal()  # application, verb, actor; in the transaction
merge_looked_at = Signal()  # duplicate, into; a receiver answers with texts of what would then be wrong
