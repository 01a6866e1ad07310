"""Who may write to whom."""

from backend.core.actor import Actor
from backend.notify.models import Notice, Template
from backend.people.enums import Role

WRITERS = (Role.SYS_ADMIN, Role.GROUP_SECRETARY, Role.ORGANISER)


def may_write(actor: Actor) -> bool:
    """Officers of the system, of a group or of an event; to whom, each audience says itself."""
    return actor.role in (*WRITERS, "system")


def may_change_notice(actor: Actor, notice: Notice) -> bool:
    return may_write(actor) and Notice.objects.visible_to(actor).filter(pk=notice.pk).exists()


def may_change_template(actor: Actor, template: Template) -> bool:
    """A template belongs to the scope it was made in; the system's are changed by system officers."""
    return may_write(actor) and Template.objects.owned_by(actor).filter(pk=template.pk).exists()
