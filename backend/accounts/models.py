"""Accounts and the printed cards that sign somebody in once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.db import models

from backend.core import clock
from backend.core.models import Row, VisibleQuerySet
from backend.core.vault import SealedRow


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
    grant_uid: the role (people.Grant) that a session opened by this card acts in, and no other.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cards")
    purpose = models.CharField(max_length=10, default="seat")
    grant_uid = models.UUIDField(null=True)
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


class SignInQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> SignInQuerySet:
        """Only the account's own."""
        return self.filter(user_id=actor.user_id) if actor.user_id else self.none()

    def live(self) -> SignInQuerySet:
        """Those whose session still stands."""
        standing = Session.objects.filter(session_key=models.OuterRef("session_key"), expire_date__gt=clock.now())
        return self.filter(models.Exists(standing), ended_at=None)


class SignIn(Row):
    """One session of an account: where it was opened, by which card, and how to end it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, blank=True)
    card = models.ForeignKey(SignInCard, null=True, on_delete=models.SET_NULL, related_name="sign_ins")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"session of {self.user_id}"


class SecondFactor(Row, SealedRow):
    """The authenticator app of an account; it counts once a first code has confirmed it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    secret_sealed = models.TextField()
    last_step = models.PositiveBigIntegerField(default=0)  # the newest code used, so that none works twice
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class RecoveryCode(models.Model):
    """One of the codes that replace the authenticator app, each once; only a keyed digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_recovery_code_per_digest")]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"
