"""Documents of registration: cards and rosters to print, the workbook to fill in."""

from competitions.registration.render.cards import cards_pdf, roster_pdf
from competitions.registration.render.workbooks import template_workbook

__all__ = ["cards_pdf", "roster_pdf", "template_workbook"]
