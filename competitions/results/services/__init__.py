"""The only writers of tallies, signatures, publications and promotions."""

from competitions.results.services.correcting import prepare_correction
from competitions.results.services.promoting import PromotionReport, preview_promotion, promote
from competitions.results.services.publishing import publish
from competitions.results.services.rewarding import issue_certificates
from competitions.results.services.signing import make_tally, sign_tally

__all__ = [
    "PromotionReport",
    "issue_certificates",
    "make_tally",
    "prepare_correction",
    "preview_promotion",
    "promote",
    "publish",
    "sign_tally",
]
