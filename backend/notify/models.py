"""Notes to a person, the notices they may come from, and their copies by e-mail or SMS."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.notify.enums import Channel, Wants
from backend.people.enums import Role
from backend.people.models import Person

NOTICE = Lifecycle("notice", {("draft", "send"): "sent", ("queued", "send"): "sent"})  # queued: news on its way
DELIVERY = Lifecycle(
    "delivery",
    {
        ("queued", "take"): "sending",
        ("sending", "arrive"): "sent",
        ("sending", "wait"): "queued",
        ("sending", "fail"): "failed",
        ("failed", "retry"): "queued",
    },
)


class OwnedQuerySet(VisibleQuerySet):
    """Rows of a scope: of a group's, an event's or the system's officers."""

    def owned_by(self, actor: Any) -> Self:
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role not in (Role.ORGANISER, Role.GROUP_SECRETARY) or actor.scope is None:
            return self.none()
        return self.filter(scope_kind=actor.scope.kind, scope_key=actor.scope.key)


class TemplateQuerySet(OwnedQuerySet):
    def visible_to(self, actor: Any) -> TemplateQuerySet:
        """One's own scope's, and the system's, which everybody who writes may use."""
        if actor.role not in (Role.ORGANISER, Role.GROUP_SECRETARY):
            return self.owned_by(actor)
        return self.owned_by(actor) | self.filter(scope_kind="system")


class Words(Row):
    """A text in both languages, for one kind of audience. Without English words everybody reads the Chinese ones."""

    scope_kind = models.CharField(max_length=20, default="system")
    scope_key = models.CharField(max_length=64, blank=True)
    audience = models.CharField(max_length=40)
    subject_zh = models.CharField(max_length=120)
    body_zh = models.TextField(max_length=4000)
    subject_en = models.CharField(max_length=200, blank=True)
    body_en = models.TextField(max_length=6000, blank=True)

    class Meta:
        abstract = True


class Template(Words):
    """One version of a template; a change is the next version, and a notice names the one it began with."""

    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=60)
    made_by_uid = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scope_kind", "scope_key", "code", "version"], name="one_template_version"),
            models.UniqueConstraint(
                fields=["scope_kind", "scope_key", "code"],
                condition=models.Q(ended_at=None),
                name="one_live_template",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @property
    def ref(self) -> Ref:
        return Ref("template", str(self.uid), f"{self.code} {self.version}")


class NoticeQuerySet(OwnedQuerySet):
    def visible_to(self, actor: Any) -> NoticeQuerySet:
        """Those who write for the same scope; recipients see their note instead."""
        return self.owned_by(actor)


class Notice(Words):
    """A message to an audience: written as a draft, sent once; or news that the system tells by itself.

    audience, audience_key: who, as a room above registered it; duty: recipients must know it, so they cannot turn its
    copies off; client_id: the form it was made with, so that sending the form twice makes one draft.
    Of news: kind, params: its registered text and what fills it; topics: what is told about, each with what only its
    hearers read; keys: such as the codes of the events; link: a page of this site; client_id: what the news is of, so
    that it is told once.
    """

    client_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=60, blank=True)
    params = models.JSONField(default=dict)
    topics = models.JSONField(default=dict)
    keys = models.JSONField(default=list)
    link = models.CharField(max_length=200, blank=True)
    audience_key = models.CharField(max_length=64, blank=True)
    audience_label = models.CharField(max_length=160, blank=True)
    template = models.ForeignKey(Template, null=True, on_delete=models.PROTECT, related_name="notices")
    channels = models.JSONField(default=list)
    duty = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="draft")
    made_by_uid = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True)
    recipients_count = models.PositiveIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [NOTICE.check()]

    def __str__(self) -> str:
        return f"notice {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("notice", str(self.uid))


class NoteQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> NoteQuerySet:
        """Only the recipient: the account, and what its person was written before they had one."""
        if not actor.user_id:
            return self.none()
        mine = models.Q(recipient_id=actor.user_id)
        if actor.person_id:  # keys, not a join: either index is used and the many notes of others are never read
            mine |= models.Q(person_id__in=list(Person.objects.same_as(actor.person_id).values_list("pk", flat=True)))
        return self.filter(mine)


class Note(Row):
    """One message; its text is translated when shown: `kind` names a text, `params` fill it.

    recipient: the account that finds it in the system; person: instead, whoever has no account and only gets letters.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="notes")
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "recipient"], name="one_note_per_recipient"),
            models.UniqueConstraint(fields=["notice", "person"], name="one_note_per_person"),
            models.CheckConstraint(
                condition=models.Q(recipient=None, person__isnull=False)
                | models.Q(recipient__isnull=False, person=None),
                name="note_has_one_reader",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def reader(self) -> str:
        """The reader's name, which is not kept with the note."""
        if self.person is not None:
            return self.person.reveal("name")
        user = self.recipient
        if user is None or user.display_name:
            return user.display_name if user else ""
        own = getattr(user, "person", None)  # an account that its person opened bears a number only
        return own.reveal("name") if own is not None else user.account_name

    @property
    def person_key(self) -> int | None:
        """Key of the person who has no account, as it counts after a merge."""
        return (self.person.merged_into_id or self.person.pk) if self.person is not None else None


class Delivery(models.Model):
    """A note's copy by one channel, and how it fares. detail: the server's number, such as 550, never its words."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10)
    client_id = models.UUIDField(unique=True)  # the carrier's and the mail's own id: a repeat is recognised by it
    state = models.CharField(max_length=10, default="queued")
    failure = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=10, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            DELIVERY.check(),
            models.UniqueConstraint(fields=["note", "channel"], name="one_delivery_per_channel"),
            models.CheckConstraint(
                condition=models.Q(channel__in=[str(c) for c in Channel]), name="delivery_channel_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class PreferenceQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> PreferenceQuerySet:
        """Only one's own."""
        return self.filter(user_id=actor.user_id) if actor.user_id else self.none()


class Preference(Row, SealedRow):
    """Where an account is reached outside the system, and for what. The new address counts once it is confirmed."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference")
    email_sealed = models.TextField(blank=True)
    new_email_sealed = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True)  # when the link that confirms the new address was asked for
    phone_sealed = models.TextField(blank=True)
    email_wants = models.CharField(max_length=10, default=Wants.ALL)
    sms_wants = models.CharField(max_length=10, default=Wants.DUTY)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email_wants__in=["all", "duty"]), name="email_wants_known"),
            models.CheckConstraint(condition=models.Q(sms_wants__in=[str(w) for w in Wants]), name="sms_wants_known"),
        ]

    def __str__(self) -> str:
        return f"preference of {self.user_id}"


class Silence(models.Model):
    """A person without account who wants letters only about what they must know; they said so by a letter's link."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="silence")
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"silence of {self.person_id}"
