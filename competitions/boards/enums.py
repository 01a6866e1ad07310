"""What a board may show, and what acts are called on the workbench."""

from enum import StrEnum

from django.utils.translation import gettext_noop


class BoardMode(StrEnum):
    """hidden: nothing; progress: counts only; coded: totals under codes; named: the publication."""

    HIDDEN = "hidden"
    PROGRESS = "progress"
    CODED = "coded"
    NAMED = "named"


MODE_LABELS = {
    BoardMode.HIDDEN: gettext_noop("Hidden: nothing is shown"),
    BoardMode.PROGRESS: gettext_noop("Progress only: how many sheets are in"),
    BoardMode.CODED: gettext_noop("Coded: codes, totals and ranks so far"),
    BoardMode.NAMED: gettext_noop("Named: the published results"),
}

ACTS = {
    "board.set_mode": gettext_noop("Public board changed"),
    "card.issue": gettext_noop("Sign-in card issued"),
    "credential.issue": gettext_noop("Certificate issued"),
    "credential.reissue": gettext_noop("Certificate reissued"),
    "credential.revoke": gettext_noop("Certificate revoked"),
    "draw.done": gettext_noop("Draw done, codes sealed"),
    "entry.create": gettext_noop("Entry begun"),
    "entry.delete": gettext_noop("Draft entry deleted"),
    "entry.enter": gettext_noop("Entries taken in"),
    "entry.reopen": gettext_noop("Entry handed back for changes"),
    "entry.submit": gettext_noop("Entry submitted"),
    "entry.withdraw": gettext_noop("Entry withdrawn"),
    "event.create": gettext_noop("Event created"),
    "event.edit": gettext_noop("Event changed"),
    "event.open_registration": gettext_noop("Registration opened"),
    "event.close_registration": gettext_noop("Registration closed"),
    "event.draw": gettext_noop("Event moved on to the draw"),
    "event.start_scoring": gettext_noop("Scoring started"),
    "event.tally": gettext_noop("Scores tallied"),
    "event.reopen_scoring": gettext_noop("Scoring opened again"),
    "event.sign": gettext_noop("Result signed by both"),
    "event.publish": gettext_noop("Results published"),
    "event.correct": gettext_noop("Corrected results published"),
    "import.check": gettext_noop("Workbook checked"),
    "import.confirm": gettext_noop("Workbook taken in"),
    "import.discard": gettext_noop("Workbook discarded"),
    "import.download": gettext_noop("Marked workbook downloaded"),
    "import.purge": gettext_noop("Kept workbook purged"),
    "import.refuse": gettext_noop("Workbook refused"),
    "import.stage": gettext_noop("Workbook uploaded"),
    "import.take_name": gettext_noop("School name matched"),
    "marks.take": gettext_noop("Marks arrived"),
    "panel.add": gettext_noop("Panel added"),
    "panel.score_again": gettext_noop("Panel asked to score again"),
    "role.end": gettext_noop("Role ended"),
    "role.grant": gettext_noop("Role granted"),
    "rules.adopt": gettext_noop("Rules adopted"),
    "rules.sign_off": gettext_noop("Rules signed off"),
    "scheme.import": gettext_noop("Marking scheme imported"),
    "scheme.lock": gettext_noop("Marking scheme locked"),
    "scoring.open": gettext_noop("Sheets handed out"),
    "seat.add": gettext_noop("Judge seated"),
    "seat.end": gettext_noop("Judge's seat ended"),
    "session.add": gettext_noop("Session added"),
    "session.end": gettext_noop("Session ended"),
    "sheet.submit": gettext_noop("Sheet submitted"),
    "stations.add": gettext_noop("Stations added"),
    "tally.draw_up": gettext_noop("Tally drawn up"),
    "tally.sign": gettext_noop("Tally signed"),
    "results.publish": gettext_noop("Results published"),
    "work.status": gettext_noop("Work's status noted"),
}
