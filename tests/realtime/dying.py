"""A process that touches a topic and is killed before it has projected it; run by test_projector."""

from __future__ import annotations

import os
import signal
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402

from backend.core.models import Job  # noqa: E402
from realtime import projector  # noqa: E402
from realtime.notices import touch  # noqa: E402

projector.builder("open", lambda key, parts: time.sleep(60) or {})

with transaction.atomic():
    Job.objects.create(name="test", state="done")
    touch(sys.argv[1])
time.sleep(0.5)
os.kill(os.getpid(), signal.SIGKILL)
