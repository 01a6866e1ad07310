"""Typed readers of the environment."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name)
    return default if not value else value.lower() in ("1", "true", "yes", "on")


def number(name: str, default: int) -> int:
    return int(text(name) or default)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def postgres(url: str) -> dict[str, Any]:
    """Django's database settings from `postgres://user:password@host:port/name`."""
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit("DATABASE_URL must start with postgres://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,  # a connection that died with the server is replaced, not handed out
        "OPTIONS": {
            # A pool that lost its server gives up soon and begins anew with the next request: the longer it keeps
            # trying by itself, the longer it waits between two tries, also when the server is back.
            "pool": {"min_size": 2, "max_size": number("DATABASE_POOL", 16), "timeout": 5, "reconnect_timeout": 5}
        },
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Django's database settings for the embedded file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def embedded_keys(path: Path) -> dict[str, str]:
    """The embedded installation's own secrets, made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "FIELD_KEYS": "a:" + base64.b64encode(secrets.token_bytes(32)).decode(),
            "INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        temporary = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
        try:
            os.link(temporary, path)
        except FileExistsError:  # another process was first: its keys stand
            pass
        temporary.unlink()
    return dict(json.loads(path.read_text()))


def field_keys(value: str) -> list[tuple[str, bytes]]:
    """`id:base64,id:base64`, the first seals, the others only open."""
    pairs = (item.split(":", 1) for item in value.split(",") if item)
    return [(name, base64.b64decode(key)) for name, key in pairs]
