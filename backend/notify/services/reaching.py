"""Where an account is reached outside the system, what it wants there, and the letter that goes."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.accounts.services import account_ref
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.later import later
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.notify.enums import Channel, Wants
from backend.notify.errors import LinkOver, TooSoon
from backend.notify.models import Note, Preference
from backend.notify.selectors import CONFIRM, audience_of, body_of, is_duty, lines_below, text_of
from backend.notify.services.carriers import Letter, carrier_of
from backend.notify.services.leaving import leave_link, person_link

LINK_LIFE = timedelta(days=3)
ASK_AGAIN = timedelta(minutes=1)
_CONFIRM_SALT = "notify.confirm"


def letter_of(note: Note, channel: str, address: str, client_id: UUID) -> Letter:
    """The copy as the recipient will read it, in their language."""
    user = note.recipient
    with translation.override((user.language if user else "") or settings.LANGUAGE_CODE):
        subject, body = text_of(note), body_of(note, in_letter=channel == Channel.EMAIL)
        leave = _way_out(note)
        path = _confirm_link(note) if note.kind == CONFIRM else note.link
        link = f"{settings.PUBLIC_URL}{path}" if path else ""
        if channel == Channel.SMS:  # who has an account finds the link there, and turns SMS off there
            outside = [link, _as_whom(note), leave] if note.person is not None else []
            return Letter(client_id, address, subject, "\n".join(p for p in (subject, body, *outside) if p))
        parts = [body or subject, link, *lines_below(note)]
        if user is None:
            parts.append(_why_written(note))
        elif note.kind != CONFIRM:
            parts.append(_("All your messages: %(url)s") % {"url": f"{settings.PUBLIC_URL}/inbox/"})
        if leave:
            parts.append(_("No longer want such e-mails? %(url)s") % {"url": leave})
        return Letter(client_id, address, subject, "\n\n".join(p for p in parts if p), leave)


def _way_out(note: Note) -> str:
    """Where the reader turns such letters off, "" of what they must know."""
    if is_duty(note) or note.kind == CONFIRM:
        return ""
    if note.person is not None:
        return f"{settings.PUBLIC_URL}{person_link(note.person.uid)}"
    return f"{settings.PUBLIC_URL}{leave_link(note.recipient.uid)}" if note.recipient is not None else ""


def _as_whom(note: Note) -> str:
    """The same in an SMS, where words are few."""
    return _("You are told as: %(audience)s") % {"audience": _audience_words(note)} if note.notice is not None else ""


def _audience_words(note: Note) -> str:
    because = str(note.params.get("because", "")) or (note.notice.audience if note.notice is not None else "")
    return str(audience_of(because).label)


def _why_written(note: Note) -> str:
    """What somebody without an account is told below a letter."""
    if note.notice is None:
        return ""
    words = {"audience": _audience_words(note), "which": note.notice.audience_label}
    return _("You get this letter because you belong to: %(audience)s (%(which)s). You need no account for it.") % words


@transaction.atomic
def prefer(*, actor: Actor, email_wants: str, sms_wants: str, phone: str) -> Preference:
    """What the actor wants outside the system, and the phone that SMS go to."""
    preference = _own(actor)
    preference.email_wants, preference.sms_wants = Wants(email_wants), Wants(sms_wants)
    preference.put("phone", phone)
    preference.save(update_fields=["email_wants", "sms_wants", "phone_sealed"])
    audit.record(actor=actor, action="preference.change", subject=_ref(preference), email=email_wants, sms=sms_wants)
    return preference


@transaction.atomic
def ask_for_address(*, actor: Actor, email: str) -> Preference:
    """Send a link to a new e-mail address; it counts once the link was opened. Raises TooSoon, Invalid."""
    preference = _own(actor)
    if preference.asked_at is not None and clock.now() < preference.asked_at + ASK_AGAIN:
        raise TooSoon
    if carrier_of(Channel.EMAIL) is None:
        raise Invalid({"email": _("E-mail is not set up on this system.")})
    preference.put("new_email", email)
    preference.asked_at = clock.now()
    preference.save(update_fields=["new_email_sealed", "asked_at"])
    audit.record(actor=actor, action="preference.ask", subject=_ref(preference))
    later("notify.send_confirmation", user_uid=preference.user.uid)
    return preference


@transaction.atomic
def record_address(*, actor: Actor, user: User, email: str) -> None:
    """The e-mail address of an account that others keep, such as a seat's; the caller has decided that they may."""
    preference, _made = Preference.objects.get_or_create(user=user)
    preference.put("email", email.strip())
    preference.save(update_fields=["email_sealed"])
    audit.record(actor=actor, action="preference.record", subject=_ref(preference))


@transaction.atomic
def forget_address(*, actor: Actor) -> None:
    """No copies by e-mail to an address of one's own choice any more."""
    preference = _own(actor)
    preference.email_sealed = preference.new_email_sealed = ""
    preference.save(update_fields=["email_sealed", "new_email_sealed"])
    audit.record(actor=actor, action="preference.forget", subject=_ref(preference))


@transaction.atomic
def confirm_address(*, actor: Actor, token: str) -> None:
    """The link in the mailbox was opened; a second time changes nothing. Raises LinkOver."""
    preference = _locked(_asked(token))
    if preference.new_email_sealed:
        preference.put("email", preference.reveal("new_email"))
        preference.new_email_sealed = ""
        preference.save(update_fields=["email_sealed", "new_email_sealed"])
        audit.record(actor=actor, action="preference.confirm", subject=_ref(preference))


def check_confirmation(token: str) -> None:
    """Raises LinkOver unless the link may still be used or was used."""
    _locked(_asked(token), lock=False)


def _confirm_link(note: Note) -> str:
    assert note.recipient is not None
    preference: Preference = note.recipient.preference
    value = {"user": preference.user.uid.hex, "asked": _stamp(preference)}
    return f"/inbox/confirm/{signing.dumps(value, salt=_CONFIRM_SALT)}/"


def _asked(token: str) -> dict[str, str]:
    try:
        found = signing.loads(token, salt=_CONFIRM_SALT, max_age=LINK_LIFE)
    except signing.BadSignature as error:
        raise LinkOver from error
    return {"user": found["user"], "asked": found["asked"]}


def _locked(told: dict[str, str], *, lock: bool = True) -> Preference:
    """The preference that the link was sent for; a newer question makes the older link void."""
    rows = Preference.objects.select_for_update(of=("self",)) if lock else Preference.objects
    preference: Preference | None = rows.filter(user__uid=UUID(told["user"])).first()
    if preference is None or _stamp(preference) != told["asked"]:
        raise LinkOver
    return preference


def _stamp(preference: Preference) -> str:
    return preference.asked_at.isoformat() if preference.asked_at else ""


def _own(actor: Actor) -> Preference:
    user_id = actor.user_id or 0
    require(bool(user_id), _("Sign in first."))
    Preference.objects.get_or_create(user_id=user_id)
    preference: Preference = Preference.objects.select_for_update(of=("self",)).get(user_id=user_id)
    return preference


def _ref(preference: Preference) -> Ref:
    return account_ref(preference.user)
