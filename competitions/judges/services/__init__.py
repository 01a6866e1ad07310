"""The only writers of judges, nominations, panels and seats."""

from competitions.judges.services.naming import accept, nominate, refuse, withdraw
from competitions.judges.services.panels import change, confirm, discard, fill, propose
from competitions.judges.services.pool import (
    Absence,
    JudgeDraft,
    answer,
    declare,
    give_address,
    invite,
    place_unit,
    record_judge,
    restore,
    suspend,
    take_back,
)
from competitions.judges.services.records import note_conduct, record_service, record_services
from competitions.judges.services.seating import (
    add_panel,
    add_seat,
    appoint,
    appoint_named,
    end_seat,
    print_card,
    renew_calendar,
    succeed_seat,
)

__all__ = [
    "Absence",
    "JudgeDraft",
    "accept",
    "add_panel",
    "add_seat",
    "answer",
    "appoint",
    "appoint_named",
    "change",
    "confirm",
    "declare",
    "discard",
    "end_seat",
    "fill",
    "give_address",
    "invite",
    "nominate",
    "note_conduct",
    "place_unit",
    "print_card",
    "propose",
    "record_judge",
    "record_service",
    "record_services",
    "refuse",
    "renew_calendar",
    "restore",
    "succeed_seat",
    "suspend",
    "take_back",
    "withdraw",
]
