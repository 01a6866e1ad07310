"""How a page tells what kind of file a document is."""

from __future__ import annotations

from django import template

from backend.documents import projections
from backend.documents.models import Document
from backend.documents.rulebook.examining import name_of

register = template.Library()


@register.filter
def kept_as(document: Document) -> str:
    """The kind, the size and the pixels of what is kept."""
    content = document.content
    if content is None:
        return ""
    pixels = f" · {content.width}×{content.height}" if content.width else ""
    return f"{name_of(content.media_type)} · {projections.size_words(content.size)}{pixels}"


@register.filter
def is_picture(document: Document) -> bool:
    """Whether it can be looked at in the page."""
    return projections.is_picture(document)
