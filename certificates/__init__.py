"""The 1+X exam trade and, at its bottom, the issuing office (`credentials`)."""
