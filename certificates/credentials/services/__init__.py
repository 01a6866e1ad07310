"""The issuing office."""

from certificates.credentials.services.ending import end_unclaimed, reissue, revoke
from certificates.credentials.services.issuing import Claim, record, unprintable
from certificates.credentials.services.many import carry_out, end_many
from certificates.credentials.services.printing import printed

__all__ = ["Claim", "carry_out", "end_many", "end_unclaimed", "printed", "record", "reissue", "revoke", "unprintable"]
