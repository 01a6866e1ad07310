"""A process that keeps an uploaded workbook, commits, and is killed before it can wake the queue."""

from __future__ import annotations

import os
import signal

import django

django.setup()

from django.db import transaction  # noqa: E402

from backend.config.demo import basics  # noqa: E402
from backend.core.actor import SYSTEM  # noqa: E402
from backend.people import services as people  # noqa: E402
from backend.people.models import Group  # noqa: E402
from competitions.contests import services as contests  # noqa: E402
from competitions.registration import services as registration  # noqa: E402
from tests.registration.world import SAMPLE  # noqa: E402

people.load_groups(actor=SYSTEM)
group = Group.objects.get(number=12)
organiser = basics.account("organiser", "李老师", "organiser", group.ref)
edition = contests.create_edition(
    actor=organiser, group=group, contest_code="PROV", contest_name="大赛", year=2026, name="2026年大赛"
)
event = basics.opened(organiser, group, edition, "GZ-2026-046", "网站技术", "Web Technologies")
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))  # the first thing after the commit
    registration.stage_import(actor=organiser, event=event, content=SAMPLE.read_bytes())
