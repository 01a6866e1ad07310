"""Where and when it happens: halls and stations, sessions, the schedule, and the teams' places."""

from competitions.venues.models.places import Session, Station, Venue
from competitions.venues.models.schedule import Booking, Programme, ScheduleItem

__all__ = ["Booking", "Programme", "ScheduleItem", "Session", "Station", "Venue"]
