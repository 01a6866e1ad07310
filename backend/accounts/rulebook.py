"""Time-based codes (RFC 6238), card words and device names as pure functions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from urllib.parse import quote, urlencode

STEP_SECONDS, DIGITS = 30, 6
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else on paper
DEVICES = [
    (r"iPad", "iPad"),
    (r"iPhone", "iPhone"),
    (r"Android.*Mobile", "Android phone"),
    (r"Android", "Android tablet"),
    (r"HarmonyOS|OpenHarmony", "HarmonyOS"),
    (r"Windows", "Windows"),
    (r"Macintosh", "Mac"),
    (r"Linux", "Linux"),
]
BROWSERS = [
    (r"MicroMessenger", "WeChat"),
    (r"Edg/", "Edge"),
    (r"QQBrowser", "QQ"),
    (r"Firefox/", "Firefox"),
    (r"Chrome/", "Chrome"),
    (r"Safari/", "Safari"),
]


def time_code(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of a base32 secret in that 30-second step (HMAC-SHA-1)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[at : at + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, *, now: float, after: int) -> int | None:
    """The step whose code was typed, one step of a slow clock either way; never one that is not after `after`."""
    middle = int(now) // STEP_SECONDS
    for step in (middle - 1, middle, middle + 1):
        if hmac.compare_digest(time_code(secret, step).encode(), code.encode()) and step > after:
            return step
    return None


def enrolment_uri(secret: str, *, account: str, issuer: str) -> str:
    """What an authenticator app scans."""
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{urlencode({'secret': secret, 'issuer': issuer})}"


def tidy_word(typed: str) -> str:
    """Characters of a card or a recovery code as they are kept: upper case, without gaps."""
    return re.sub(r"[\s\-–—]", "", typed).upper()


def in_fours(word: str) -> str:
    """`ABCDEFGH` as it is printed: `ABCD EFGH`."""
    return " ".join(word[at : at + 4] for at in range(0, len(word), 4))


def device_name(user_agent: str) -> str:
    """A short name of a device from what its browser says: `iPad · Safari`."""
    parts = [next((name for seen, name in known if re.search(seen, user_agent)), "") for known in (DEVICES, BROWSERS)]
    return " · ".join(part for part in parts if part)
