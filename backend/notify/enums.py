"""Ways to reach somebody, and what becomes of an attempt."""

from enum import StrEnum


class Channel(StrEnum):
    """Every note is shown in the system; these carry a copy of it outside."""

    EMAIL = "email"
    SMS = "sms"


class Unreached(StrEnum):
    """Why somebody without an account is not written to, as it is told before sending."""

    NO_ADDRESS = "no_address"
    NOT_CHOSEN = "not_chosen"  # an address is known for a channel that is not ticked
    NOT_SET_UP = "not_set_up"
    SILENT = "silent"  # wants only what must be known


class Wants(StrEnum):
    """What somebody wants a channel to carry."""

    ALL = "all"
    DUTY = "duty"  # only what they must know
    NOTHING = "nothing"  # for SMS only: e-mail always carries what one must know


class Failure(StrEnum):
    """Why a copy did not arrive; never the server's own words, which may repeat the address."""

    NO_ADDRESS = "no_address"
    REFUSED = "refused"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    NOT_SET_UP = "not_set_up"
