"""The printed form: typeset once, kept encrypted under the digest of what it shows, handed out from there."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings

from backend.core.vault import InvalidTag, KeyMissing, seal_bytes, unseal_bytes
from certificates.credentials.models import Credential
from certificates.credentials.render import digest_of, pdf_of


def printed(credential: Credential) -> bytes:
    """The certificate as PDF; the caller has decided who may have it.

    The folder may be emptied at any time: what is missing or cannot be opened is typeset again.
    """
    digest = digest_of(credential)
    path = Path(settings.MEDIA_ROOT) / "certificates" / digest[:2] / digest
    try:
        return unseal_bytes(path.read_bytes(), bound_to=_bound(digest))
    except (FileNotFoundError, KeyMissing, InvalidTag, ValueError):
        made = pdf_of(credential)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{digest}.{time.time_ns()}.part")
    part.write_bytes(seal_bytes(made, bound_to=_bound(digest)))
    part.replace(path)
    return made


def _bound(digest: str) -> str:
    return f"certificate|{digest}"
