"""Where and when it happens: halls and stations, sessions, the schedule, the teams' places, and who has arrived."""

from competitions.venues.models.calendars import CalendarLink
from competitions.venues.models.checkin import ADMISSIONS, VERDICTS, CheckIn, CheckInPlan, ConflictRuling
from competitions.venues.models.places import Session, Station, Venue
from competitions.venues.models.schedule import Booking, Programme, ScheduleItem

__all__ = [
    "ADMISSIONS",
    "VERDICTS",
    "Booking",
    "CalendarLink",
    "CheckIn",
    "CheckInPlan",
    "ConflictRuling",
    "Programme",
    "ScheduleItem",
    "Session",
    "Station",
    "Venue",
]
