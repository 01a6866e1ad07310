"""Somebody whom a note waits for, written into an embedded installation's database."""

from __future__ import annotations


def somebody() -> int:
    """How many were told: one, with a copy by e-mail."""
    from backend.accounts.models import User
    from backend.notify.services import send_note

    user = User.objects.create_user("teacher", email="teacher@example.cn")
    params = {"role": "organiser", "where": "GZ-2026-046"}
    return send_note(recipients=[user], kind="role.given", params=params, link="/role/")
