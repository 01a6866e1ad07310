"""One spelling of a JSON value, so that two programs can compare and hash it byte for byte."""

import hashlib
import json

_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
)


def canonical(value: object) -> bytes:
    """UTF-8, keys by code point, no spaces, only `"`, `\\` and control characters escaped.

    Raises ValueError (also UnicodeEncodeError), TypeError or RecursionError for what JSON text cannot carry.
    """
    return _ENCODER.encode(value).encode()


def sha256_of(value: object) -> str:
    """The hash by which a result names the tabulation it was computed from."""
    return hashlib.sha256(canonical(value)).hexdigest()
