"""Who issues, ends and downloads certificates."""

from collections.abc import Sequence

from backend.core.actor import Actor
from certificates.credentials.models import Credential

OFFICERS = ("sys_admin", "group_secretary", "organiser")


def may_end(actor: Actor, credential: Credential) -> bool:
    """Officers of the issuing group, or of the event it came from."""
    return actor.role in OFFICERS and type(credential).objects.visible_to(actor).filter(pk=credential.pk).exists()


def may_end_all(actor: Actor, credentials: Sequence[Credential]) -> bool:
    """The same for many, in one question."""
    wanted = {c.pk for c in credentials}
    if actor.role not in OFFICERS or actor.user_uid is None:
        return False
    return Credential.objects.visible_to(actor).filter(pk__in=wanted).count() == len(wanted)


def may_list(actor: Actor) -> bool:
    return actor.role in OFFICERS or actor.person_id is not None
