"""The only writers of documents."""

from backend.documents.services.attaching import Upload, attach, attach_many, remove, replace, reuse
from backend.documents.services.keeping import content_of, purge
from backend.documents.services.verifying import accept, accept_many, refuse

__all__ = [
    "Upload",
    "accept",
    "accept_many",
    "attach",
    "attach_many",
    "content_of",
    "purge",
    "refuse",
    "remove",
    "replace",
    "reuse",
]
