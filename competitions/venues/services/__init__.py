"""The only writers of venues, sessions, places of teams, and the schedule."""

from competitions.venues.services.booking import Placement, book, equip_stations, give_back, place_teams
from competitions.venues.services.places import (
    add_session,
    add_stations,
    change_session,
    remove_session,
    station_range,
)
from competitions.venues.services.schedule import ItemDraft, add_item, change_item, publish_programme, remove_item

__all__ = [
    "ItemDraft",
    "Placement",
    "add_item",
    "add_session",
    "add_stations",
    "book",
    "change_item",
    "change_session",
    "equip_stations",
    "give_back",
    "place_teams",
    "publish_programme",
    "remove_item",
    "remove_session",
    "station_range",
]
