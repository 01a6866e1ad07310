"""Documents of sign-off as workbooks: on codes only."""

from __future__ import annotations

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from backend.spreadsheets.writer import OutColumn, write_xlsx
from competitions.contests.models import Round
from competitions.results.models import Tally


def signatures_xlsx(round: Round) -> bytes:
    """Every document that was tallied with what each duty signed and when; one that nobody signed has a line too."""
    duties = {"chief": _("Chief judge"), "supervisor": _("Supervisor")}
    columns = [
        OutColumn(_("Document")),
        OutColumn(_("Tallied"), 18),
        OutColumn(_("Fingerprint"), 70),
        OutColumn(_("Duty")),
        OutColumn(_("Signed"), 18),
        OutColumn(_("Replaced"), 18),
    ]
    rows: list[list[str | int]] = []
    for tally in Tally.objects.filter(round=round).prefetch_related("signatures").order_by("number"):
        made, ended = f"{localtime(tally.made_at):%Y-%m-%d %H:%M}", ""
        if tally.ended_at is not None:
            ended = f"{localtime(tally.ended_at):%Y-%m-%d %H:%M}"
        signed = [
            [duties[s.duty], f"{localtime(s.signed_at):%Y-%m-%d %H:%M}"]
            for s in sorted(tally.signatures.all(), key=lambda s: s.duty)
        ]
        rows += [[tally.number, made, tally.results_sha256, *words, ended] for words in signed or [["", ""]]]
    return write_xlsx(columns, rows, title=_("Signatures"))
