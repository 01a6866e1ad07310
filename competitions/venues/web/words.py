"""The desk's texts, translated here and read by its JavaScript from a JSON block; {n} is filled in there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from competitions.venues.projections.doors import PAPER_WORDS, REASON_WORDS, VERDICT_WORDS


def desk_words() -> dict[str, str]:
    """Every text of the desk by its key."""
    kinds = {
        **{f"paper_{k}": str(v) for k, v in PAPER_WORDS.items()},
        **{f"reason_{k}": str(v) for k, v in REASON_WORDS.items()},
        **{f"verdict_{k}": str(v) for k, v in VERDICT_WORDS.items()},
    }
    return {**kinds, **_frame(), **_line(), **_person()}


def _frame() -> dict[str, str]:
    return {
        "title": _("Check-in"),
        "desk": _("Desk"),
        "loading": _("Loading the list …"),
        "session": _("Session"),
        "whole_event": _("Whole event"),
        "inside": _("{n} of {all} inside"),
        "scan": _("Scan with the camera"),
        "stop": _("Stop the camera"),
        "find": _("Code, name or school"),
        "find_hint": _("Hold a card's code before the camera, scan it with a hand scanner, or type a name or school."),
        "no_match": _("Nobody on the list fits. Check the spelling, or say that the person is not listed."),
        "more": _("{n} more: type more letters"),
        "empty": _(
            "Nobody is expected here yet. Entries take part once submitted, or approved where they are reviewed."
        ),
        "last": _("Last at this desk"),
        "sound": _("Sound and vibration"),
        "sign_out": _("Sign out"),
        "board": _("Arrival board"),
        "no_camera": _("The camera did not open. Allow it in the browser, or type the name."),
        "team": _("Team {n}"),
        "noted_unlisted": _("Unknown code"),
    }


def _line() -> dict[str, str]:
    return {
        "insecure": _(
            "This address is not https, so the browser reads no codes here. Find people by name or school, and ask the "
            "organiser for the https address."
        ),
        "line_on": _("Connected"),
        "line_off": _("No network · all is kept"),
        "line_out": _("Signed out · all is kept"),
        "kept": _("To send {n}"),
        "delivered": _("Delivered {n}"),
        "offline": _(
            "The network is interrupted. Go on checking in: everything is kept on this device and sent by itself. "
            "The list is from {time}."
        ),
        "signed_out": _("Your sign-in has ended. Sign in again with the desk's card to go on."),
        "signed_out_kept": _(
            "Your sign-in has ended. {n} verdicts are safe on this device: sign in again with the desk's card and they "
            "are sent."
        ),
        "signed_out_here": _("Signed out"),
        "no_disk": _("This device keeps nothing"),
        "no_disk_hint": _(
            "The desk must keep verdicts while the network is away, and this browser refuses to. "
            "Close the private window, allow the site to store data, or free some space; then reload the page."
        ),
        "reload": _("Reload the page"),
        "signed_out_there": _("This device was signed out in another window. Nothing unsent was lost."),
        "sign_in_again": _("Sign in again"),
        "held": _("{n} verdicts are not delivered yet, so this device stays signed in. Wait for the network."),
        "held_offline": _(
            "Signing out needs the network, so this device stays signed in. Nothing is lost: try again when it is back."
        ),
        "refused": _("{n} verdicts were not taken. Check these people in again:"),
        "conflict": _("Another desk had let this person in already: {name}. The organisers see it."),
        "conflicts": _(
            "{n} people had been let in already by another desk, {names} among them. The organisers see it."
        ),
        "understood": _("Understood"),
        "tick_kept": _("kept"),
        "tick_taken": _("delivered"),
    }


def _person() -> dict[str, str]:
    return {
        "compare": _("Compare the face with the photos on the ID card and the participation card."),
        "papers": _("Papers shown"),
        "papers_all": _("All of them"),
        "admit": _("Let in"),
        "admit_late": _("Let in late"),
        "refuse": _("Do not let in"),
        "why": _("Why not?"),
        "note": _("Note"),
        "note_late": _("Why is the person let in late?"),
        "late": _("Since {time} nobody enters without a reason."),
        "already": _("This person is inside already."),
        "elsewhere": _("This team's place is in another session: {name}, {time}."),
        "card_ended": _("This card was replaced: it lets nobody in."),
        "unlisted": _("This code is not on the list."),
        "unlisted_hint": _("A card of another event, or issued after the list was loaded. Find the person by name."),
        "next": _("Scanned meanwhile: {name}. This person opens by itself once you are done here."),
        "next_of": _("Scanned meanwhile: {n} people, {name} first. They open by themselves once you are done here."),
        "strange": _(
            "That was no participation card. Scan the code of the participation card, or find the person by name."
        ),
        "not_kept": _(
            "This device could not keep the verdict. Free some storage or write the name down, then try again."
        ),
        "missing_papers": _("Tick the papers that were shown."),
        "missing_note": _("Write the reason first."),
        "missing_reason": _("Choose a reason."),
        "cancel": _("Back"),
    }
