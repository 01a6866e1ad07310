"""What a board may show, and what acts are called on the workbench."""

from enum import StrEnum

from django.utils.translation import gettext_noop as _noop


class BoardMode(StrEnum):
    """hidden: nothing; progress: counts only; coded: totals under codes; named: the publication."""

    HIDDEN = "hidden"
    PROGRESS = "progress"
    CODED = "coded"
    NAMED = "named"


MODE_LABELS = {
    BoardMode.HIDDEN: _noop("Hidden: nothing is shown"),
    BoardMode.PROGRESS: _noop("Progress only: how many sheets are in"),
    BoardMode.CODED: _noop("Coded: codes, totals and ranks so far"),
    BoardMode.NAMED: _noop("Named: the published results"),
}

ACTS = {
    "board.set_mode": _noop("Public board changed"),
    "card.issue": _noop("Sign-in card issued"),
    "credential.issue": _noop("Certificate issued"),
    "credential.reissue": _noop("Certificate reissued"),
    "credential.revoke": _noop("Certificate revoked"),
    "draw.done": _noop("Draw done, codes sealed"),
    "entry.create": _noop("Entry begun"),
    "entry.delete": _noop("Draft entry deleted"),
    "entry.enter": _noop("Entries taken in"),
    "entry.reopen": _noop("Entry handed back for changes"),
    "entry.submit": _noop("Entry submitted"),
    "entry.withdraw": _noop("Entry withdrawn"),
    "event.create": _noop("Event created"),
    "event.edit": _noop("Event changed"),
    "event.open_registration": _noop("Registration opened"),
    "event.close_registration": _noop("Registration closed"),
    "event.draw": _noop("Event moved on to the draw"),
    "event.start_scoring": _noop("Scoring started"),
    "event.tally": _noop("Scores tallied"),
    "event.reopen_scoring": _noop("Scoring opened again"),
    "event.sign": _noop("Result signed by both"),
    "event.publish": _noop("Results published"),
    "event.correct": _noop("Corrected results published"),
    "import.check": _noop("Workbook checked"),
    "import.confirm": _noop("Workbook taken in"),
    "import.discard": _noop("Workbook discarded"),
    "import.download": _noop("Marked workbook downloaded"),
    "import.purge": _noop("Kept workbook purged"),
    "import.refuse": _noop("Workbook refused"),
    "import.stage": _noop("Workbook uploaded"),
    "import.take_name": _noop("School name matched"),
    "marks.take": _noop("Marks arrived"),
    "panel.add": _noop("Panel added"),
    "panel.score_again": _noop("Panel asked to score again"),
    "role.end": _noop("Role ended"),
    "role.grant": _noop("Role granted"),
    "rules.adopt": _noop("Rules adopted"),
    "rules.sign_off": _noop("Rules signed off"),
    "scheme.import": _noop("Marking scheme imported"),
    "scheme.lock": _noop("Marking scheme locked"),
    "scoring.open": _noop("Sheets handed out"),
    "seat.add": _noop("Judge seated"),
    "seat.end": _noop("Judge's seat ended"),
    "session.add": _noop("Session added"),
    "session.end": _noop("Session ended"),
    "sheet.submit": _noop("Sheet submitted"),
    "stations.add": _noop("Stations added"),
    "tally.draw_up": _noop("Tally drawn up"),
    "tally.sign": _noop("Tally signed"),
    "results.publish": _noop("Results published"),
    "work.status": _noop("Work's status noted"),
}
