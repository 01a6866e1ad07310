"""What a school has entered before, so that it need not be typed again."""

from __future__ import annotations

from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration.models import Member
from competitions.registration.selectors.priors import key_of


def words_of_school(school: Organisation) -> dict[str, list[str]]:
    """The majors (codes and names) and grades that the school has written, by field; nobody's data."""
    keys = ("major_code", "major_name", "grade")
    rows = Member.objects.filter(entry__school=school, ended_at=None).exclude(entry__state="withdrawn")
    written = set(rows.values_list(*keys))
    return {key: sorted({words[place] for words in written} - {""}) for place, key in enumerate(keys)}


def people_of_school(actor: Actor, school: Organisation, event: Event) -> list[Member]:
    """Whom the school has entered elsewhere and not in this event: each person once, as last written, by role."""
    found = Member.objects.visible_to(actor).filter(entry__school=school, ended_at=None)
    found = found.exclude(entry__state="withdrawn").select_related("person__merged_into")
    here = {key_of(member.person) for member in found.filter(event=event)}
    newest = {key: m for m in found.exclude(event=event).order_by("pk") if (key := key_of(m.person)) not in here}
    return sorted(newest.values(), key=lambda m: (m.role, m.major_name, m.grade, m.pk))
