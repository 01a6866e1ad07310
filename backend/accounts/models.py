"""Accounts and the printed cards that sign somebody in once."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from backend.core.models import Row


class UserManager(BaseUserManager["User"]):
    def create_user(self, account_name: str, password: str | None = None, **fields: object) -> User:
        """An account; without a password it can only sign in by card."""
        user = self.model(account_name=account_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Row, AbstractBaseUser):
    """One account: signs in by account name, phone or e-mail; roles are granted to it in scopes (people.Grant)."""

    account_name = models.CharField(max_length=60, unique=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)  # blind index, never the number
    email = models.EmailField(blank=True, db_index=True)
    display_name = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "account_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.account_name


class SignInCard(Row):
    """A printed card: QR and 8 characters; works once, then only its use is remembered.

    purpose: `seat` binds the session to a judge's seat for its life; `password` lets the holder set a new password.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cards")
    purpose = models.CharField(max_length=10, default="seat")
    secret_hash = models.CharField(max_length=64, unique=True)  # of the QR's secret
    code_hash = models.CharField(max_length=64, db_index=True)  # of the 8 characters
    issued_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by_device = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code_hash"],
                condition=models.Q(used_at=None, ended_at=None),
                name="one_live_card_per_code",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} card of {self.user_id}"
