"""The only clock of the house."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Today's date as the hall's calendar shows it (Asia/Shanghai)."""
    return now().astimezone(SHANGHAI).date()


def deadline_passed(deadline: datetime | None, at: datetime | None = None) -> bool:
    """Whether a deadline typed as HH:MM is over: it lasts to the end of that minute."""
    if deadline is None:
        return False
    end = deadline.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return (at or now()) >= end
