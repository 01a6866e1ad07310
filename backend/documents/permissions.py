"""Who may hand in, take away and judge a document."""

from backend.core.actor import Actor
from backend.documents.models import HOLDERS, Document


def may_attach(actor: Actor, document: Document) -> bool:
    """Whoever may hand in for its holder, and of several owners only the one it came from."""
    holder = HOLDERS.get(document.holder_kind)
    if holder is None or not holder.may_attach(actor, document.holder_uid):
        return False
    return owns(actor, document)


def owns(actor: Actor, document: Document) -> bool:
    scope = actor.scope
    if scope is None or not scope.key:
        return not document.owner_key
    return (document.owner_kind, document.owner_key) == (scope.kind, scope.key)


def may_verify(actor: Actor, document: Document) -> bool:
    """Never the scope that handed it in; else whom the holder's room names."""
    holder = HOLDERS.get(document.holder_kind)
    if holder is None or (document.owner_key and owns(actor, document)):
        return False
    return holder.may_verify(actor, document.holder_uid)
