"""The issuing office."""

from certificates.credentials.services.ending import end_unclaimed, reissue, revoke
from certificates.credentials.services.issuing import Claim, record, unprintable
from certificates.credentials.services.printing import printed

__all__ = ["Claim", "end_unclaimed", "printed", "record", "reissue", "revoke", "unprintable"]
