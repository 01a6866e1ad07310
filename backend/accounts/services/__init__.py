"""The only writers of accounts, cards, sessions and second factors."""

from backend.accounts.services.cards import CardSecret, issue_card, redeem_card
from backend.accounts.services.keeping import (
    account_ref,
    create_account,
    free_name,
    reauthenticate,
    set_password,
    sign_in,
)
from backend.accounts.services.second import (
    begin_second_factor,
    check_second_factor,
    confirm_second_factor,
    remove_second_factor,
)
from backend.accounts.services.sessions import end_session, end_sessions, move_session, open_session

__all__ = [
    "remove_second_factor",
    "CardSecret",
    "account_ref",
    "begin_second_factor",
    "check_second_factor",
    "confirm_second_factor",
    "create_account",
    "end_session",
    "free_name",
    "end_sessions",
    "issue_card",
    "move_session",
    "open_session",
    "reauthenticate",
    "redeem_card",
    "set_password",
    "sign_in",
]
