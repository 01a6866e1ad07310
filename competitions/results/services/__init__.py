"""The only writers of tallies, signatures and publications."""

from competitions.results.services.publishing import issue_certificates, publish
from competitions.results.services.signing import make_tally, sign_tally

__all__ = ["issue_certificates", "make_tally", "publish", "sign_tally"]
