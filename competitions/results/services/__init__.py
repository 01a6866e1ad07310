"""The only writers of tallies, signatures and publications."""

from competitions.results.services.correcting import prepare_correction
from competitions.results.services.publishing import publish
from competitions.results.services.rewarding import issue_certificates
from competitions.results.services.signing import make_tally, sign_tally

__all__ = ["issue_certificates", "make_tally", "prepare_correction", "publish", "sign_tally"]
