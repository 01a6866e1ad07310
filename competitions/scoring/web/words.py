"""The tablet's texts, translated here and read by its JavaScript from a JSON block; {n} is filled in there."""

from __future__ import annotations

from django.utils.translation import gettext as _


def judge_words() -> dict[str, str]:
    """Every text of the tablet by its key."""
    return {**_frame(), **_notices(), **_sheet(), **_measuring(), **_handing_in()}


def _frame() -> dict[str, str]:
    return {
        "scoring": _("Scoring"),
        "loading": _("Loading your sheets …"),
        "sheet": _("Sheet"),
        "seat": _("Judge {n}"),
        "recorder": _("recorder"),
        "line_on": _("Connected"),
        "line_off": _("No network · scores are kept"),
        "line_out": _("Signed out · scores are kept"),
        "delivered": _("Delivered {n}"),
        "kept": _("On this tablet {n}"),
        "sign_out": _("Sign out"),
        "my_works": _("My works"),
        "done": _("done"),
        "again": _("score again"),
        "unscored": _("not scored"),
        "status_absent": _("absent"),
        "status_withdrawn": _("withdrawn"),
        "status_disqualified": _("disqualified"),
        "no_works": _("No work waits for you yet. The chief judge opens scoring; this page then fills by itself."),
        "not_loaded": _("This sheet is not on the tablet yet. It is loaded as soon as the network is back."),
        "own_total": _("{code}, own total"),
        "scored": _("{n} scored"),
        "progress": _("{done} of {all} sub-criteria submitted"),
        "review": _("Review and submit"),
        "previous": _("Previous item"),
        "next": _("Next item"),
        "next_work": _("Work {code}"),
    }


def _notices() -> dict[str, str]:
    return {
        "offline": _(
            "The network is interrupted. Go on scoring: everything is kept on this tablet and sent by itself. "
            "{loaded} of {all} sheets are loaded."
        ),
        "signed_out": _("Your sign-in has ended. Sign in again with your card to go on."),
        "signed_out_kept": _(
            "Your sign-in has ended. {n} scores are safe on this tablet: "
            "sign in again with your card and they are sent."
        ),
        "signed_out_here": _("Signed out"),
        "no_disk": _("This device keeps nothing"),
        "no_disk_hint": _(
            "The tablet must keep scores while the network is away, and this browser refuses to. "
            "Close the private window, allow the site to store data, or free some space; then reload the page."
        ),
        "reload": _("Reload the page"),
        "signed_out_there": _("This device was signed out in another window. Nothing unsent was lost."),
        "sign_in_again": _("Sign in again"),
        "sign_out_offline": _(
            "Signing out needs the network, so this device stays signed in. Nothing is lost: try again when it is back."
        ),
        "sign_out_held": _(
            "{n} scores are not delivered yet, so this tablet stays signed in. "
            "Wait for the network, then sign out again."
        ),
        "refused": _("{n} scores were not taken:"),
        "understood": _("Understood"),
    }


def _sheet() -> dict[str, str]:
    return {
        "sub_of": _("Sub-criterion {n} / {all}"),
        "sub_max": _("Maximum here"),
        "judgement": _("Judgement"),
        "measurement": _("Measurement"),
        "requirement": _("Required:"),
        "take_back": _("Take back"),
        "take_back_of": _("Take back the score of {code}"),
        "tick_kept": _("kept"),
        "tick_taken": _("delivered"),
        "score_again": _("Please score this sub-criterion again."),
        "score_again_why": _(
            "The panel does not agree on {codes}: levels too far apart, or a disputed measurement. "
            "Talk it over, score what is marked anew, then submit."
        ),
        "panel_gave": _("The panel gave:"),
    }


def _measuring() -> dict[str, str]:
    return {
        "met": _("Met"),
        "not_met": _("Not met"),
        "between": _("Other value …"),
        "panel_confirms": _("The whole panel confirms it"),
        "recorder_has_not": _("The recorder has not submitted this measurement yet."),
        "recorder_gave": _("The recorder entered"),
        "confirm": _("Confirm"),
        "dispute": _("Dispute"),
        "reason": _("What is wrong with it?"),
        "reason_misread": _("Misread"),
        "reason_retest": _("Needs testing again"),
        "reason_wrong_work": _("Entered for another work"),
        "reason_rule": _("Rule applied differently"),
        "reason_own": _("or in your own words"),
        "erase": _("Erase the last digit"),
        "cancel": _("Cancel"),
        "enter": _("Enter"),
        "measurement_changed": _(
            "The recorder has changed a measurement since you confirmed it. Look at it and submit again."
        ),
    }


def _handing_in() -> dict[str, str]:
    return {
        "missing_unscored": _("Not scored yet: {codes}."),
        "missing_unconfirmed": _("To confirm or dispute, with a reason: {codes}."),
        "missing_awaited": _("The recorder still has to submit: {codes}."),
        "missing_n": _("{n} missing: {codes}"),
        "sheet_full": _("Everything here is scored. Submitting it cannot be undone."),
        "submit_sheet": _("Submit {code}"),
        "sheet_submitted": _("Submitted. Nothing here changes any more."),
        "sheet_handed": _("Kept on this tablet and on its way to the server."),
        "submitted": _("submitted"),
        "handed": _("on its way"),
        "ready": _("ready to submit"),
        "not_loaded_short": _("not loaded"),
        "review_title": _("Review and submit"),
        "close": _("Close"),
        "confirm_all": _("Confirm {n} measurements"),
        "submit_n": _("Submit {n} sub-criteria"),
    }
