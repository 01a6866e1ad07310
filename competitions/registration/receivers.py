"""What registration answers when rooms below it ask or say something."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from backend.people.models import Person
from competitions.registration.models import Member


def clashes_of_a_merge(*, duplicate: Person, into: Person, **_kwargs: Any) -> list[str]:
    """Events still to come or running in which both numbers are contestants: counted as one, one entry is too many.

    What is published stays as it was, and keeps nobody from being one person.
    """
    live = Member.objects.filter(role="contestant", ended_at=None).exclude(entry__state="withdrawn")
    live = live.exclude(event__state__in=["published", "cancelled"])
    of_one = live.filter(person=duplicate).values("event")
    both = live.filter(person=into, event__in=of_one).select_related("event").order_by("event__code")
    told = _("%(code)s %(name)s: both are entered as contestants; one of the two has to be taken out.")
    return [told % {"code": m.event.code, "name": m.event.name} for m in both]
