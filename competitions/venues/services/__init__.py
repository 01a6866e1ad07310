"""The only writers of venues, sessions, places of teams, the schedule, and check-in."""

from competitions.venues.services.booking import Placement, book, equip_stations, free_places, give_back, place_teams
from competitions.venues.services.calendars import (
    end_own_calendar,
    give_calendars,
    renew_calendar,
    renew_own_calendar,
)
from competitions.venues.services.checking_in import Scan, ScanVerdict, record_scans, rule_on_conflict, set_plan
from competitions.venues.services.desks import add_desk, close_desk, print_desk_card
from competitions.venues.services.places import (
    add_session,
    add_stations,
    change_session,
    remove_session,
    station_range,
)
from competitions.venues.services.schedule import ItemDraft, add_item, change_item, publish_programme, remove_item
from competitions.venues.services.telling import tell_judge

__all__ = [
    "ItemDraft",
    "Placement",
    "Scan",
    "ScanVerdict",
    "add_desk",
    "add_item",
    "add_session",
    "add_stations",
    "book",
    "change_item",
    "change_session",
    "close_desk",
    "end_own_calendar",
    "equip_stations",
    "free_places",
    "give_back",
    "give_calendars",
    "place_teams",
    "print_desk_card",
    "publish_programme",
    "record_scans",
    "remove_item",
    "remove_session",
    "renew_calendar",
    "renew_own_calendar",
    "rule_on_conflict",
    "set_plan",
    "station_range",
    "tell_judge",
]
