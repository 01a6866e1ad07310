"""One school office on deadline night, in a process of its own: `python -m tests.bench.deadline WORDS`.

`prepare QUOTA` makes the event, `result` says how it stands. `NUMBER OF` submits that process's share: a team, a photo
of each contestant, the submission. Prints JSON: how many were submitted, how many the quota refused, the seconds from
the word to the end, and the CPU seconds of this process in that time, its projector's among them.
"""

from __future__ import annotations

import io
import json
import sys
import time
from uuid import uuid4

import django

django.setup()

from PIL import Image  # noqa: E402

from backend.config.collecting import search_seldom  # noqa: E402
from backend.core.actor import SYSTEM, Actor  # noqa: E402
from backend.core.errors import DomainError  # noqa: E402
from backend.documents import services as documents  # noqa: E402
from backend.people.models import Organisation  # noqa: E402
from competitions.contests.models import Event, RuleSet  # noqa: E402
from competitions.registration import services  # noqa: E402
from competitions.registration.models import Entry  # noqa: E402
from competitions.registration.rulebook import EntryDraft, MemberDraft  # noqa: E402
from tests.bench.hall import event_of  # noqa: E402
from tests.registration.world import id_number  # noqa: E402

SCHOOLS, TEAM = 120, 3


def prepare(quota: int) -> None:
    event = event_of("T29")
    rules = {"team": {"contestants": TEAM, "teams_per_school_max": quota}}
    rule_set = RuleSet.objects.create(code="rules-t29", title="规程", rules=rules)
    Event.objects.filter(pk=event.pk).update(state="registering", rule_set=rule_set)
    Organisation.objects.bulk_create(Organisation(name=f"第{n}学院", name_key=f"第{n}学院") for n in range(SCHOOLS))
    fresh = Event.objects.select_related("edition").get(pk=event.pk)
    services.set_review_plan(
        actor=SYSTEM, event=fresh, steps=["organiser"], reviewed_fields=["name"], papers=["entry.photo"]
    )


def photo(n: int) -> bytes:
    """A picture of its own for each person, about as heavy as a scanned one."""
    out = io.BytesIO()
    Image.effect_noise((413, 579), 20 + n % 60).convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()


def share(number: int, processes: int) -> dict[str, float]:
    """Every process tries one team of every school: more processes than the quota must meet refusals."""
    event = Event.objects.get(code="T29")
    schools = list(Organisation.objects.filter(name__startswith="第").order_by("pk"))
    search_seldom()  # as a serving process does
    pictures = [photo(number * 1000 + n) for n in range(20)]
    print("ready", flush=True)
    sys.stdin.readline()
    started, worked, done, refused = time.perf_counter(), time.process_time(), 0, 0
    for n, school in enumerate(schools[number:] + schools[:number]):
        office = Actor(role="school_coordinator", scope=school.ref)
        people = tuple(_person(number * SCHOOLS * TEAM + n * TEAM + k) for k in range(TEAM))
        draft = EntryDraft(str(school.uid), 0, "", people)
        try:
            entry = services.enter_many(actor=office, event=event, drafts=[draft])[0]
        except DomainError:
            refused += 1
            continue
        photos = [
            documents.Upload(member.ref, pictures[(n + k) % len(pictures)], "p.jpg", uuid4())
            for k, member in enumerate(entry.members.order_by("pk"))
        ]
        documents.attach_many(actor=office, kind="entry.photo", uploads=photos)
        services.submit_entry(actor=office, entry=entry)
        done += 1
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    return {"submitted": done, "refused": refused, "seconds": seconds, "cpu": cpu}


def _person(serial: int) -> MemberDraft:
    born = f"{2004 + serial % 3}{1 + serial // 900 % 12:02d}{1 + serial // 30 % 28:02d}"
    return MemberDraft("contestant", f"人{serial}", id_number(serial % 1000, born))


def result() -> dict[str, int]:
    """What stands afterwards: entries, the most of one school, the most teams one person is in."""
    entries = list(Entry.objects.filter(state="submitted").values_list("school_id", flat=True))
    people = list(Entry.objects.filter(state="submitted").values_list("members__person_id", flat=True))
    return {
        "entries": len(entries),
        "most_of_a_school": max(entries.count(school) for school in set(entries)),
        "doubled": len(people) - len(set(people)),
    }


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]))
    elif sys.argv[1] == "result":
        print(json.dumps(result()))
    else:
        print(json.dumps(share(int(sys.argv[1]), int(sys.argv[2]))))
